"""Pages of sign-off: what is to be signed, who has said what, a partner's own word, and what follows when they do not agree."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.agencies.models import PartnerRole
from sightline.partnership.case_reviews import report_text, review_access
from sightline.partnership.case_reviews.abilities import rapid_review, runs_review, scrutinises_review, signs_review
from sightline.partnership.case_reviews.decision_forms import CommentForm, InterimForm, ResolutionForm, ScrutineerForm, SignForm
from sightline.partnership.case_reviews.models import RapidReview, SignedText
from sightline.partnership.case_reviews.outgoing import facts_told
from sightline.partnership.case_reviews.workflow import deciding, signing
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.outgoing.facts import KINDS
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.signing import PARTNERS, SignOff, signing_rule


@needs("K5", "R", of=rapid_review)
@require_safe
def sign_off(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Where the sign-off stands, in words, with the exact text and everything said about it."""
    every = review.incident.signed_texts.filter(kind="rapid_review")
    text = every.last()
    if text is not None and text.state != "voided" and review.status == Status.DRAFT:
        text = None  # What was signed belongs to the first decision; the second has not been put to anybody yet.
    context = {
        **_about(review), "text": text, "decision": deciding.current(review), "rule": signing_rule(review.rules.id),
        "earlier": every.exclude(pk=text.pk if text else ""),
        "interim": review.interim_positions.select_related("recorded_by__officer"),
        "runs": review_access.can_run(request.user, review), "comment_form": None, "signs": None,
    }  # fmt: skip
    if text is None or text.state == "voided":
        report = report_text.assembled(review)
        told = facts_told(review.incident, report.text.encode(), extension="txt", audience="national_panel")
        context |= {"problems": deciding.problems(review), "gaps": report.open_gaps,
                    "told": sorted({f"{KINDS[each.kind]} of {each.about}" for each in told}),
                    "may_put": review.status == Status.DRAFT and review_access.can_write_report(request.user, review)}  # fmt: skip
    if text is not None:
        found = signing.signer_of(text, request.user) if text.state == "with_partners" else None
        context |= {
            "rows": _rows(text), "state": in_words(text), "signs": found and not _has_agreed(text, found.partner_role),
            "comments": text.comments.select_related("said_by__officer"), "escalations": text.escalations.all(),
            "has_changed": text.state == "with_partners" and report_text.assembled(review).text != text.text,
            "may_comment": review_access.is_scrutineer_of(request.user, review.incident, "K5"),
        }  # fmt: skip
    return render(request, "case_reviews/sign_off.html", context)


@needs("K5", "E", of=rapid_review)
@require_POST
def put(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Put the report and decision to the partners, as they stand now."""
    try:
        signing.put_to_partners(review, problems=deciding.problems(review), by=request.user)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The partners have been asked to sign.")
    return redirect("case_reviews:sign_off", review_id=review.pk)


@signs_review
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """A partner reads the exact text and says whether they agree to it."""
    text = signing.latest(review.incident)
    if text is None:
        return redirect("case_reviews:sign_off", review_id=review.pk)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # The version whose page was open: whoever read another one signs nothing.
        if request.POST.get("fingerprint") != text.sha256:
            form.add_error(None, "This page showed an earlier version. Read the text as it is now, then sign.")
        else:
            told = form.cleaned_data
            try:
                signing.sign(text, agrees=told["agrees"] == "yes", reasons=told["reasons"], by=request.user)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Your word is recorded. Thank you.")
                return redirect("case_reviews:sign_off", review_id=review.pk)
    text.refresh_from_db()
    context = {
        **_about(review), "form": form, "text": text, "decision": deciding.current(review), "rows": _rows(text), "state": in_words(text),
        "comments": text.comments.select_related("said_by__officer"), "gaps": report_text.assembled(review).open_gaps,
        "signer": signing.signer_of(text, request.user),
    }  # fmt: skip
    return render(request, "case_reviews/sign.html", context)


@scrutinises_review
@require_http_methods(["GET", "POST"])
def scrutineer_comment(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The independent scrutineer's word beside the text."""
    text = signing.latest(review.incident)
    form = CommentForm(request.POST or None)
    if text is not None and request.method == "POST" and form.is_valid():
        signing.comment(text, said=form.cleaned_data["said"], by=request.user)
        return redirect("case_reviews:sign_off", review_id=review.pk)
    context = {**_about(review), "form": form, "text": text}
    return render(request, "case_reviews/scrutineer_comment.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def escalation(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What is done while the partners do not agree: the scrutineer helps, and in the end the recorded resolution may be used."""
    text = signing.latest(review.incident)
    still_open = text.escalations.filter(ended_how="").last() if text else None
    asks = request.method == "POST" and "ask" in request.POST
    settles = request.method == "POST" and not asks
    ask_form = ScrutineerForm(request.POST if asks else None, initial={"notes": still_open.notes if still_open else ""})
    form = ResolutionForm(request.POST if settles else None)
    if still_open is not None and asks and ask_form.is_valid():
        signing.ask_scrutineer(still_open, notes=ask_form.cleaned_data["notes"], by=request.user)
        messages.success(request, "The scrutineer has been asked to help.")
        return redirect("case_reviews:escalation", review_id=review.pk)
    if text is not None and settles and form.is_valid():
        told = form.cleaned_data
        try:
            signing.use_resolution(text, who=form.who, scrutineer_heard=told["scrutineer_heard"], because=told["because"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:sign_off", review_id=review.pk)
    context = {
        **_about(review), "text": text, "still_open": still_open, "form": form, "ask_form": ask_form,
        "rule": signing_rule(review.rules.id), "state": in_words(text) if text else "",
        "escalations": text.escalations.select_related("opened_by_signature") if text else (),
    }  # fmt: skip
    return render(request, "case_reviews/escalation.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
@runs_review
def interim_position(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What the National Panel is told while the partners have not agreed."""
    form = InterimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signing.interim_position(review, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:sign_off", review_id=review.pk)
    return render(request, "case_reviews/review_form.html", {**_about(review), "form": form, "title": "Interim position"})


def in_words(text: SignedText) -> str:
    """Where a sign-off stands, as one would say it."""
    last = {row.partner_role: row for row in text.signatures.all()}
    agreed = [role for role in PARTNERS if role in last and last[role].agrees]
    not_agreed = [str(PartnerRole(role).label) for role in PARTNERS if role in last and not last[role].agrees]
    count = ("No partner has", "One of three partners has", "Two of three partners have", "All three partners have")[len(agreed)]
    if text.state == "voided":
        return "The text was changed after it was put to the partners. What was signed holds for nothing."
    if text.state == "resolved":
        return "The partners did not agree; the recorded resolution was used. The review is decided."
    if signing.stands_at(text) == SignOff.DISSENT:
        return f"{count} signed. Does not agree: {', '.join(not_agreed)}. The review is not decided."
    if signing.stands_at(text) == SignOff.SIGNED:
        return "All three partners have signed. The review is decided."
    return f"{count} signed. The review is not decided."


def _rows(text: SignedText) -> list[dict[str, Any]]:
    """Each partner: who may sign, and what was said by whom."""
    may = signing.signers_of(text) if text.state == "with_partners" else {}
    said = list(text.signatures.select_related("agency", "delegation__delegated_by"))
    return [
        {
            "partner": PartnerRole(role).label, "said": [row for row in said if row.partner_role == role],
            "may": [each.account.name for each in may.get(role, ())], "is_open": text.state == "with_partners",
        }
        for role in PARTNERS
    ]  # fmt: skip


def _has_agreed(text: SignedText, role: str) -> bool:
    last = text.signatures.filter(partner_role=role).last()
    return last is not None and last.agrees


def _about(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}
