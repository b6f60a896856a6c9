"""The page that says what rapid reviews of a period came to, and what the National Panel said of each decision."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import clocks, review_access
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.pages.fields import DayField
from sightline.procedures import national_panel, practice_review, rapid_review
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.review_summary import ReviewOutcome, is_in_period, summarise

ENDORSES = frozenset({"close", "commission"})


class PeriodForm(forms.Form):
    """From which day to which day."""

    first = DayField(label="Completed from", required=False)
    last = DayField(label="To", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("last", "The last day is before the first")
        return told


@signed_in
@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """What the reviews that this person may read came to, in a period; by default the year up to today."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    form = PeriodForm(request.GET or None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    last = told.get("last") or today
    first = told.get("first") or last - timedelta(days=364)
    rows = [] if form.is_bound and form.errors else [
        row for row in (_row(review, today, calendar) for review in _readable(request)) if is_in_period(row["outcome"], first, last)
    ]  # fmt: skip
    rows.sort(key=lambda row: row["outcome"].completed_on)
    if rows:
        trail.record_reading("rapid_reviews.summarised", None, by=request.user, kind="K5")
    counts = summarise((row["outcome"] for row in rows), first=first, last=last)
    return render(request, "case_reviews/review_summary.html", {"form": form, "first": first, "last": last, "rows": rows, "counts": counts})


def _readable(request: HttpRequest) -> list[RapidReview]:
    found = (
        review_access.visible_to(request.user)
        .filter(status_changes__became=Status.SENT_TO_PANEL)
        .distinct()
        .select_related("incident__matter", "incident__notification", "practice_review")
        .prefetch_related("status_changes", "decisions__signed_text__signatures", "panel_replies")
    )
    return [review for review in found if review_access.can(request.user, "R", review)]


def _row(review: RapidReview, today: date, calendar: Any) -> dict[str, Any]:
    clock = clocks.rapid_review_clock(review, on=today, calendar=calendar)
    decision = next((each for each in reversed(review.decisions.all()) if each.decided_at), None)
    replies = list(review.panel_replies.all())
    called_for = [national_panel.response(reply.response).calls_for for reply in replies]
    told = [call for call in called_for if call in ENDORSES | {"reconsider"}]
    practice = getattr(review, "practice_review", None)
    outcome = ReviewOutcome(
        completed_on=clocks.sent_to_panel_on(review),
        due_on=clock.due_on if clock else None,
        is_counted_for_time=rapid_review.clock_runs(Status(review.status)),
        has_practice_review=practice is not None,
        is_endorsed=(told[-1] in ENDORSES) if told else None,
    )
    signatures = decision.signed_text.signatures.all() if decision and decision.signed_text else ()
    return {
        "review": review, "clock": clock, "decision": decision, "reply": replies[-1] if replies else None, "outcome": outcome,
        "signed": len({each.partner_role for each in signatures if each.agrees}), "practice": practice,
        "practice_due_on": practice and practice_review.target_on(practice.commissioned_on, review.rules.lcspr_months),
    }  # fmt: skip
