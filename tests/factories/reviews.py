"""Rapid reviews, requests and answers of an invented partnership, each in the state a test begins from."""

from datetime import date, datetime, timedelta
from typing import Any

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews.models import (
    AgencyRequest,
    AgencyReturn,
    RapidReview,
    RapidReviewStatusChange,
    RequestSubject,
    SeriousIncident,
)
from sightline.partnership.case_reviews.workflow import consideration
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.factories import agencies, incidents
from tests.factories.incidents import AWARE_AT, Place

NOTIFIED_AT = AWARE_AT + timedelta(days=2)  # Wednesday 3 June 2026: fifteen working days end on Wednesday 24 June
DUE_ON = date(2026, 6, 17)  # the tenth working day


def notified(place: Place, *, at: datetime = NOTIFIED_AT, **fields: Any) -> SeriousIncident:
    """An incident whose notification was submitted: its rapid review is open."""
    incident = incidents.decided(place, **fields)
    consideration.record_sent(incident, notified_at=at, submitted_by_name="Example Notifier", by=place.director, at=at)
    incident.refresh_from_db()
    return incident


def review(place: Place, *, status: Status = Status.OPEN, **fields: Any) -> RapidReview:
    """A review that was opened by its notification, and has come as far as `status`."""
    found = RapidReview.objects.select_related("incident__matter").get(incident=notified(place, **fields))
    if status != Status.OPEN:
        RapidReview.objects.filter(pk=found.pk).update(status=status)
        RapidReviewStatusChange.objects.create(
            review=found, was=Status.OPEN, became=status, happened_on=NOTIFIED_AT.date(), changed_by=place.manager, changed_at=NOTIFIED_AT
        )
        found.refresh_from_db()
    return found


def officer(of: Agency, **fields: Any) -> Officer:
    """Somebody of an agency who has no account."""
    return agencies.officer(of=of, **fields)


def asked(review: RapidReview, agency: Agency, *, by: Account, to: Officer | None = None, **fields: Any) -> AgencyRequest:
    """A request to an agency about everybody whom the matter names."""
    to = to or agency.safeguarding_lead or officer(agency)
    given = {
        "review": review, "agency": agency, "asked_officer": to, "route_confirmed_by": by, "asked_by": by, "asked_at": NOTIFIED_AT,
        "due_on": DUE_ON, "lawful_basis": "section_16h", "period_from": date(2024, 5, 31), "period_to": date(2026, 5, 31),
    }  # fmt: skip
    request = AgencyRequest.objects.create(**{**given, **fields})
    for position, named in enumerate(MatterPerson.objects.filter(matter=review.matter), start=1):
        RequestSubject.objects.create(request=request, matter_person=named, called=f"Child {position}", position=position)
    return request


def nil_answers(request: AgencyRequest, **fields: Any) -> dict[str, Any]:
    """All that an agency to which nobody is known has to say."""
    known = {subject.pk: {"known": "not_known"} for subject in request.subjects.all()}
    given = {
        "people_known": known, "systems_searched": ["Invented records"], "searched_on": "2026-06-05", "records_secured": "yes",
        "records_secured_on": "2026-06-05", "immediate_concern": "no", "author_name": "Example Author", "author_role": "Invented role",
        "author_independent": "yes", "signed_off_by": "Example Lead", "signed_off_on": "2026-06-08",
    }  # fmt: skip
    return {**given, **fields}


def submitted(request: AgencyRequest, *, by: Account | None = None, is_nil: bool = True, **fields: Any) -> AgencyReturn:
    """An answer that was submitted, and not yet looked at."""
    AgencyRequest.objects.filter(pk=request.pk).update(status="submitted")
    request.refresh_from_db()
    given = {
        "request": request, "number": request.returns.count() + 1, "is_nil": is_nil, "answers": nil_answers(request),
        "submitted_at": NOTIFIED_AT + timedelta(days=5), "submitted_via": "account" if by else "link", "submitted_by": by,
    }  # fmt: skip
    return AgencyReturn.objects.create(**{**given, **fields})


def reachable(of: Agency, name: str, **fields: Any) -> Officer:
    """Somebody without account whom a link reaches by e-mail and its code by telephone."""
    email = f"{name.lower().replace(' ', '.')}@{of.pk.lower()}.example.org"
    return officer(of, **{"name": name, "email": email, "phone": "01632 960 111", **fields})
