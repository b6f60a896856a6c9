"""Links as the business unit makes, renews and ends them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.partnership.case_reviews import out_of_term, review_access, routes
from sightline.partnership.case_reviews.abilities import link_of_its_review, of_its_review
from sightline.partnership.case_reviews.link_forms import Candidate, MakeLinkForm
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink
from sightline.partnership.case_reviews.views.requests import by_the_unit
from sightline.partnership.case_reviews.workflow import links
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.errors import NotAllowedNow


@needs("K5", "E", of=of_its_review)
@require_http_methods(["GET", "POST"])
@by_the_unit
def make_link(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Give an officer without account a link; its code is shown once, to be read out by telephone."""
    candidates = _candidates(asked)
    form = MakeLinkForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if form.is_valid():
        try:
            link, code = links.make(asked, officer=form.chosen.officer, purpose=form.chosen.purpose, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return _code_page(request, link, code, is_new_link=True)
    context = {
        **_about(asked),
        "form": form,
        "obstacles": [row.obstacle for row in candidates if row.obstacle],
        "is_awaited": Status(asked.status).waits_for_agency and not asked.is_over,
        "holidays": out_of_term.reached_by(asked, on=timezone.localdate()),
    }
    return render(request, "case_reviews/make_link.html", context)


@needs("K5", "E", of=link_of_its_review)
@require_POST
@by_the_unit
def new_code(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Another code, shown once; the old one opens nothing any more."""
    try:
        code = links.new_code(link, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
        return redirect("case_reviews:request", request_id=link.request_id)
    return _code_page(request, link, code, is_new_link=False)


@needs("K5", "E", of=link_of_its_review)
@require_POST
@by_the_unit
def revoke_link(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Take a link back."""
    try:
        links.revoke(link, by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The link has been taken back. It opens nothing any more.")
    return redirect("case_reviews:request", request_id=link.request_id)


def _code_page(request: HttpRequest, link: AnswerLink, code: str, *, is_new_link: bool) -> HttpResponse:
    half = len(code) // 2
    context = {**_about(link.request), "link": link, "code": f"{code[:half]} {code[half:]}", "is_new_link": is_new_link}
    return render(request, "case_reviews/link_code.html", context)


def _candidates(asked: AgencyRequest) -> list[Candidate]:
    """Whoever writes, who covers for them, and whoever signs off what others write."""
    agency, writer, now = asked.agency, asked.who_answers, timezone.now()
    cover = routes.reader_of(asked, timezone.localdate())
    wanted = [(writer, "answer", "who is to answer")]
    if cover != writer:
        wanted.insert(0, (cover, "answer", f"who covers for {writer.name}"))
    if not review_access.signs_for_agency(writer, asked):
        # One who signs off for the agency submits what they wrote themselves.
        for officer, role in ((agency.safeguarding_lead, "safeguarding lead"), (agency.alternate_officer, "alternate officer")):
            if officer is not None:
                wanted.append((officer, "sign_off", f"{role}, to sign off"))
    return [Candidate(officer, purpose, why, links.why_no_link(asked, officer, on=now) or "") for officer, purpose, why in wanted]


def _about(asked: AgencyRequest) -> dict[str, Any]:
    review = asked.review
    return {"review": review, "incident": review.incident, "matter": review.matter, "asked": asked}
