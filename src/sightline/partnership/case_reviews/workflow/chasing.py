"""Reminding agencies, and letting lateness climb: a duty of the worker. Each rung is climbed once, whoever dies over it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, review_access, routes
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyRequestEvent
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.notices import outbox
from sightline.procedures import chasing
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.chasing import Letter, Rung
from sightline.procedures.rapid_review import ENDED_RAPID_REVIEW
from sightline.procedures.working_days import WorkingCalendar

WAITING: Final = tuple(status for status in AgencyRequestStatus if status.waits_for_agency)
_HIGHER: Final = frozenset({"named_executive", "partners_delegates"})


def chase_all(*, at: datetime) -> int:
    """Send what is due for every request that waits; one that fails does not keep the others from it. Says how many rungs were climbed."""
    climbed, problem = 0, None
    waiting = AgencyRequest.objects.filter(status__in=WAITING).exclude(review__status__in=ENDED_RAPID_REVIEW)
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            climbed += chase(pk, at=at)
        except Exception as found:
            problem = found
    if problem is not None:
        raise problem
    return climbed


@transaction.atomic
def chase(request_id: str, *, at: datetime) -> int:
    """Climb the rungs that one request has come to: an event and its letters together, or neither."""
    request = AgencyRequest.objects.select_for_update(of=("self",)).select_related("review__incident__matter", "agency").get(pk=request_id)
    if request.is_over:
        return 0
    on, calendar = as_london_date(at), arrangements.working_calendar()
    letters = due(request, on=on, calendar=calendar)
    if not letters:
        return 0
    people = recipients(request, on=on)
    for letter in letters:
        AgencyRequestEvent.objects.create(request=request, what="chased", detail=detail_of(letter.rung, request.due_on), at=at)
        _write(request, letter.rung, people)
    trail.record("agency_request.chased", request, by=None, kind="K4", matter_id=request.matter_id)
    return len(letters)


def due(request: AgencyRequest, *, on: date, calendar: WorkingCalendar) -> tuple[Letter, ...]:
    """What is to be sent on a day that was not sent for this return-by day; another day begins the ladder anew."""
    is_waiting = AgencyRequestStatus(request.status).waits_for_agency
    return chasing.due_letters(
        asked_on=as_london_date(request.asked_at), due_on=request.due_on, submitted_on=None if is_waiting else on, on=on,
        calendar=calendar, already_sent=sent_rungs(request), is_provisional=is_provisional(request.due_on, calendar),
    )  # fmt: skip


def coming(request: AgencyRequest, *, on: date, calendar: WorkingCalendar) -> Letter | None:
    """The next letter that goes if the agency stays silent."""
    sent = sent_rungs(request)
    codes = [rung.code for rung in chasing.ladder()]
    highest = max((codes.index(code) for code in sent if code in codes), default=-1)
    schedule = chasing.schedule(asked_on=as_london_date(request.asked_at), due_on=request.due_on, calendar=calendar)
    return next((letter for letter in schedule if codes.index(letter.rung.code) > highest and letter.on >= on), None)


def sent_rungs(request: AgencyRequest) -> set[str]:
    """The rungs climbed for the return-by day as it is now."""
    details = (event.detail.partition(":") for event in request.events.all() if event.what == "chased")
    return {code for code, _, day in details if day == request.due_on.isoformat()}


def detail_of(rung: Rung, due_on: date) -> str:
    return f"{rung.code}:{due_on.isoformat()}"


def is_provisional(due_on: date, calendar: WorkingCalendar) -> bool:
    """Whether a holiday that is not proclaimed yet could still move the day."""
    return due_on > calendar.known_until


@dataclass(frozen=True)
class Recipients:
    """Whom the ladder may reach for one request, each replaced by their cover while away, and who is connected with the case."""

    officers: Mapping[str, Officer]
    by_recipient: Mapping[str, Collection[str]]
    connected: frozenset[str]

    def of(self, rung: Rung) -> list[Officer]:
        return [self.officers[pk] for pk in chasing.whom(rung, self.by_recipient, connected=self.connected)]


def recipients(request: AgencyRequest, *, on: date) -> Recipients:
    agency = request.agency
    named = {
        "person_asked": [request.who_answers],
        "agency_lead": [agency.safeguarding_lead],
        "agency_alternate": [agency.alternate_officer],
        "named_executive": [agency.named_executive],
        "partners_delegates": [account.officer for account in access.holders("DSP", on) if review_access.can(account, "R", request.review)],
    }
    officers: dict[str, Officer] = {}
    by_recipient: dict[str, list[str]] = {}
    for recipient, people in named.items():
        for officer in people:
            if officer is None:
                continue
            acting = routes.cover_of(officer, on) or officer
            if acting.is_serving(on):
                officers[acting.pk] = acting
                by_recipient.setdefault(recipient, []).append(acting.pk)
    with_matter = routes.Connected.with_matter(request.matter)
    connected = frozenset(pk for pk, officer in officers.items() if with_matter.includes(officer))
    return Recipients(officers, by_recipient, connected)


def _write(request: AgencyRequest, rung: Rung, people: Recipients) -> None:
    """A letter apart to each; where an agency has nobody left to be told, the business unit is."""
    told = {"about": request.pk, "matter_id": request.matter_id}
    found = people.of(rung)
    for officer in found:
        if rung.is_before_due:
            outbox.queue("case_reviews.request_reminder", to=address_of(officer), **told)
        elif _HIGHER & set(rung.to):
            outbox.queue("case_reviews.request_escalated", to=address_of(officer), **told)
        else:
            outbox.queue("case_reviews.request_overdue", to=address_of(officer), **told)
    if not found:
        for manager in review_access.unit_of(request.review):
            outbox.queue("case_reviews.request_escalated", to=manager.pk, **told)
