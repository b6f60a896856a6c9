"""The page of a rapid review's decision: the criteria one by one, the outcome and its reasons."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.abilities import rapid_review
from sightline.partnership.case_reviews.decision_forms import ProposalForm
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import deciding
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures import review_decision
from sightline.procedures.errors import NotAllowedNow


@needs("K5", "R", of=rapid_review)
@require_http_methods(["GET"])
def decision(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What has been proposed so far, what it still lacks, and what was decided before."""
    every = list(review.decisions.prefetch_related("criteria").select_related("signed_text"))
    current = deciding.current(review)
    answered = {row.criterion: row for row in current.criteria.all()} if current else {}
    context = {
        **_about(review), "decision": current, "earlier": [each for each in every if current is None or each.pk != current.pk],
        "criteria": [(each, answered.get(each.code)) for each in review_decision.criteria(as_london_date(review.opened_at))],
        "problems": deciding.problems(review), "options": _options(current),
        "may_write": review_access.can_write_report(request.user, review),
    }  # fmt: skip
    return render(request, "case_reviews/decision.html", context)


@needs("K5", "E", of=rapid_review)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Write the proposed decision, complete or not."""
    current = deciding.current(review)
    initial = ProposalForm.initial_of(current) if current else _carried_over(review)
    given = {"criteria": review_decision.criteria(as_london_date(review.opened_at)), "initial": initial}
    now_recorded: list[tuple[str, Any]] = []
    if request.method == "POST":
        form, seen = typing.posted(request, ProposalForm(request.POST, **given)), request.POST.get("seen_version", "")
        if form.is_valid():
            try:
                deciding.propose(review, **form.proposal, by=request.user, seen_version=int(seen) if seen.isdecimal() else -1)
            except NotAllowedNow as refusal:
                form.add_error(None, str(refusal))
                now_recorded = [(form[name].label, given["initial"].get(name, "")) for name in form.changed_data]
            else:
                typing.discard(request, "review-decision", review.pk)
                messages.success(request, "The proposed decision is kept.")
                return redirect("case_reviews:decision", review_id=review.pk)
    else:
        form = typing.restore(request.user, "review-decision", review.pk, lambda data: ProposalForm(data, **given))
    context = {
        **_about(review), "form": form, "seen_version": current.version if current else 0, "now_recorded": now_recorded,
        "autosave": typing.url("review-decision", review.pk), "may_write": review_access.can_write_report(request.user, review),
    }  # fmt: skip
    return render(request, "case_reviews/propose_decision.html", context)


def _carried_over(review: RapidReview) -> dict[str, str]:
    """A second decision begins with the answers of the first to its criteria; outcome and reasons are written anew."""
    before = ProposalForm.initial_of(review.decisions.last())
    return {name: said for name, said in before.items() if name.startswith(("answer_", "reasons_"))}


def _options(decision: Any) -> list[tuple[str, str]]:
    titles = dict(review_decision.OUTCOMES)
    return [(titles.get(code, code), why_not) for code, why_not in decision.options.items()] if decision else []


def _about(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}
