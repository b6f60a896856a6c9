"""The page on which the business unit chooses whom to ask, and the step by which a review goes on without all answers."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews import clocks, review_access, routes
from sightline.partnership.case_reviews.abilities import rapid_review
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.request_forms import AgencyForm, AskForm, ReasonsForm
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import asking
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import agency_request
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.rapid_review import moves_from

FORM_NAME = "ask-agencies"


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
def ask_agencies(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Tick the agencies to ask: those that intake and respondents named, beside the standing list."""
    _check_runs(request, review)
    today = timezone.localdate()
    also = Agency.objects.in_force(today).filter(pk=request.GET.get("agency", "")).first()
    proposals = routes.proposals(review, on=today, also=also)
    first = review.requests.order_by("asked_at").first()
    facts = {
        "proposals": proposals,
        "needs_reason": first is not None and as_london_date(first.asked_at) != today,
        "initial": {"due_on": answers_due(review, on=today)},
    }
    if request.method == "POST":
        form = typing.posted(request, AskForm(request.POST, **facts))
        if form.is_valid():
            try:
                asked = _ask_all(review, form, request)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                typing.discard(request, FORM_NAME, review.pk)
                messages.success(request, f"{asked} {'agency has' if asked == 1 else 'agencies have'} been asked.")
                return redirect("case_reviews:review", review_id=review.pk)
    else:
        form = typing.restore(request.user, FORM_NAME, review.pk, lambda data: AskForm(data, **facts))
    context = {
        **about(review),
        "form": form,
        "autosave": typing.url(FORM_NAME, review.pk),
        "basis": agency_request.lawful_basis(today),
        "named": [block for block in form.blocks if block.row.is_named or block.row.agency == also],
        "listed": [block for block in form.blocks if not (block.row.is_named or block.row.agency == also)],
        "unreachable": [row for row in proposals if row.agency and row.people_left and not row.routes],
        "unknown": [row for row in proposals if row.agency is None],
        "asked": [row for row in proposals if row.requests],
        "takes_requests": Status(review.status).takes_requests or review.status == Status.OPEN,
        "directory": AgencyForm(agencies=Agency.objects.in_force(today), initial={"agency": also}),
    }
    return render(request, "case_reviews/ask_agencies.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
def go_on_without(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Hold the panel although somebody has not answered."""
    _check_runs(request, review)
    form = ReasonsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.go_on_without(review, reasons=form.cleaned_data["reasons"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded. Agencies that have not answered are still asked and reminded.")
            return redirect("case_reviews:review", review_id=review.pk)
    waiting = [row for row in review.requests.select_related("agency") if not agency_request.AgencyRequestStatus(row.status).is_settled]
    is_possible = Status.INFORMATION_INCOMPLETE in moves_from(Status(review.status))
    return render(
        request, "case_reviews/go_on_without.html", {**about(review), "form": form, "waiting": waiting, "is_possible": is_possible}
    )


def answers_due(review: RapidReview, *, on: date) -> date | None:
    """The day by which the plan wants all answers; none once it has passed, so that somebody chooses one."""
    for planned in clocks.plan_of(review, calendar=arrangements.working_calendar()):
        if Status.INFORMATION_COMPLETE in planned.task.ended_by:
            return planned.due_on if planned.due_on >= on else None
    return None


def about(review: RapidReview) -> dict[str, Any]:
    """What every page about a review is drawn with."""
    return {"review": review, "incident": review.incident, "matter": review.matter}


def _ask_all(review: RapidReview, form: AskForm, request: HttpRequest) -> int:
    """All that were ticked or none: a list half sent would be asked again."""
    said = form.cleaned_data
    with transaction.atomic():
        for chosen in form.chosen():
            asking.ask(
                review, agency=chosen.agency, officer=chosen.officer, subjects=chosen.subjects, due_on=said["due_on"],
                message=said["message"], added_because=said.get("added_because", ""), by=request.user,
            )  # fmt: skip
    return len(form.chosen())


def _check_runs(request: HttpRequest, review: RapidReview) -> None:
    if not review_access.can_run(request.user, review):
        raise Http404
