"""Who is late across all reviews, what goes to them next, and how punctual agencies have been."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import figures, review_access
from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import chasing as ladder
from sightline.partnership.notices.models import Notice
from sightline.procedures import chasing
from sightline.procedures.agency_request import AgencyRequestStatus

MOST_LETTERS = 4
LETTERS = {
    "request_sent": "Request", "request_reminder": "Reminder", "request_overdue": "Late", "request_escalated": "Late, told higher up",
    "request_returned": "Returned", "request_message": "Message", "request_passed_on": "Passed on", "request_for_sign_off": "For sign-off",
    "request_answered": "Answered", "request_accepted": "Accepted",
}  # fmt: skip


@signed_in
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every answer that is awaited in reviews that this person may read, the latest first."""
    today, calendar = timezone.localdate(), arrangements.working_calendar()
    waiting = [each for each in _readable(request.user) if AgencyRequestStatus(each.status).waits_for_agency and not each.is_over]
    letters = _letters_of(waiting)
    rows = []
    for asked in waiting:
        people, following = ladder.recipients(asked, on=today), ladder.coming(asked, on=today, calendar=calendar)
        is_late = today > asked.due_on and not ladder.is_provisional(asked.due_on, calendar)
        rows.append({
            "asked": asked,
            "late_by": calendar.working_days_after(asked.due_on, today) if is_late else 0,
            "is_late": is_late,
            "next": following,
            "next_to": [officer.name for officer in people.of(following.rung)] if following else [],
            "letters": [(LETTERS[name_of(letter)], letter) for letter in letters.get(asked.pk, [])[:MOST_LETTERS]],
            "more_letters": max(len(letters.get(asked.pk, [])) - MOST_LETTERS, 0),
        })  # fmt: skip
    rows.sort(key=lambda row: (not row["is_late"], row["asked"].due_on, row["asked"].agency.name))
    if rows:
        trail.record_reading("chasing.listed", None, by=request.user, kind="K5")
    context = {"rows": rows, "late": sum(row["is_late"] for row in rows), "ladder": chasing.ladder(), "recipients": chasing.recipients()}
    return render(request, "case_reviews/chasing.html", context)


@signed_in
@require_safe
def punctuality(request: HttpRequest) -> HttpResponse:
    """How agencies answered, quarter by quarter: a figure, and the same as a table."""
    calendar = arrangements.working_calendar()
    asked = [
        chasing.Asked(
            agency=str(each.agency), due_on=each.due_on, submitted_on=_submitted_on(each), is_nil=_is_nil(each),
            is_provisional=ladder.is_provisional(each.due_on, calendar),
        )
        for each in _readable(request.user)
        if each.status != AgencyRequestStatus.WITHDRAWN
    ]  # fmt: skip
    found = chasing.punctuality(asked, on=timezone.localdate())
    if found:
        trail.record_reading("punctuality.shown", None, by=request.user, kind="K5")
    agencies = sorted({row.agency for row in found})
    totals = [(agency, [row for row in found if row.agency == agency]) for agency in agencies]
    context = {
        "rows": found,
        "figure": figures.bars([
            figures.Bar(
                agency, on_time=sum(row.on_time for row in rows), late=sum(row.late for row in rows),
                silent=sum(row.unanswered for row in rows),
            )
            for agency, rows in totals
        ]),
    }  # fmt: skip
    return render(request, "case_reviews/punctuality.html", context)


def _readable(account: Account) -> list[AgencyRequest]:
    """The requests of every review that this person may read."""
    may_read: dict[str, bool] = {}
    found = (
        AgencyRequest.objects.filter(review__in=review_access.visible_to(account))
        .select_related("review__incident__matter", "agency__safeguarding_lead", "agency__alternate_officer", "agency__named_executive")
        .select_related("asked_officer__agency", "passed_to__agency")
        .prefetch_related("events", "returns")
    )
    readable = []
    for asked in found:
        if asked.review_id not in may_read:
            may_read[asked.review_id] = review_access.can(account, "R", asked.review)
        if may_read[asked.review_id]:
            readable.append(asked)
    return readable


def _letters_of(asked: Iterable[AgencyRequest]) -> dict[str, list[Any]]:
    """The letters about each request, newest first, with how far each has got."""
    found: dict[str, list[Any]] = {}
    ids = [each.pk for each in asked]
    for notice in Notice.objects.filter(about__in=ids, template__startswith="case_reviews.request_").order_by("-queued_at", "-pk"):
        if name_of(notice) in LETTERS:
            found.setdefault(notice.about, []).append(notice)
    return found


def name_of(letter: Notice) -> str:
    return letter.template.removeprefix("case_reviews.")


def _submitted_on(asked: AgencyRequest) -> Any:
    returns = list(asked.returns.all())
    return as_london_date(returns[0].submitted_at) if returns else None


def _is_nil(asked: AgencyRequest) -> bool:
    returns = list(asked.returns.all())
    return bool(returns) and returns[-1].is_nil
