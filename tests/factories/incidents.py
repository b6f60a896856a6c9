"""Serious incidents in every status, brought there by the moves that people make, in a small partnership of invented people."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews.models import IncidentChild, PartnerView, SeriousIncident, SignificantPerson
from sightline.partnership.case_reviews.workflow import consideration, course, incidents, safety
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.section_16c import QUESTIONS
from tests.factories import accounts, agencies, people

LONDON = ZoneInfo("Europe/London")
# A Monday with no bank holiday near it, so that five working days run to the Monday after.
AWARE_AT = datetime(2026, 6, 1, 9, 5, tzinfo=LONDON)
CHECKED = {"checked_by": "Invented duty social worker", "checked_at": AWARE_AT, "what_was_done": "Seen and with an aunt."}
EVERYBODY_SAFE = {
    "this_child": {"answer": "safe", **CHECKED},
    "siblings": {"answer": "not_applicable"},
    "other_children": {"answer": "not_applicable"},
}


class Place:
    """Three safeguarding partners, a school, and the people who move an incident on; their roles reach back to the arrangements' start."""

    def __init__(self) -> None:
        agencies.partnership()
        self.council = agencies.agency("Hartshire Council", sector="local_authority")
        self.police = agencies.agency("Hartshire Police", sector="police")
        self.board = agencies.agency("Hartshire Integrated Care Board", sector="health")
        self.school = agencies.agency("Hartshire Invented School", sector="school")
        for role, partner in (("local_authority", self.council), ("police", self.police), ("health", self.board)):
            agencies.arrangement(role, partner)
        self.manager = self.person("BM", of=self.council)
        self.director = self.person("DSP", of=self.council)
        self.superintendent = self.person("DSP", of=self.police)
        self.nurse = self.person("DSP", of=self.board)
        self.lead = self.person("AL", of=self.school)
        self.partners = {"local_authority": self.director, "police": self.superintendent, "health": self.nurse}

    def person(self, *roles: str, of: Agency, **fields: Any) -> Account:
        """Somebody who has held these roles since the arrangements began."""
        made = accounts.account(of=of, **fields)
        for role in roles:
            accounts.holding(made, role, valid_from=agencies.START)
        return made


def draft(by: Account, **fields: Any) -> SeriousIncident:
    """What its author has only begun."""
    incident = incidents.begin(by=by)
    SeriousIncident.objects.filter(pk=incident.pk).update(**fields)
    incident.refresh_from_db()
    return incident


def ready(by: Account, *, children: int = 1, **fields: Any) -> SeriousIncident:
    """A draft that says the least that must be said before it is raised."""
    given = {
        "summary": "Child 1 was hurt in an invented accident.", "happened_on": date(2026, 5, 31), "happened_precision": "exact",
        "aware_at": AWARE_AT, "contact_name": "Example Person", "contact_phone": "01632 960003",
    }  # fmt: skip
    incident = draft(by, **{**given, **fields})
    for position in range(1, children + 1):
        child(incident, position=position, by=by)
    return incident


def child(incident: SeriousIncident, *, by: Account, position: int = 1, **fields: Any) -> IncidentChild:
    person = fields.pop("person", None) or people.child(by=by)
    given = {"incident": incident, "position": position, "person": person, "outcome": "seriously_harmed"}
    return IncidentChild.objects.create(**{**given, **fields})


def carer(incident: SeriousIncident, *, by: Account, **fields: Any) -> SignificantPerson:
    return SignificantPerson.objects.create(**{"incident": incident, "person": people.adult(by=by), "relationship": "mother", **fields})


def raised(place: Place, *, by: Account | None = None, at: datetime = AWARE_AT, **fields: Any) -> SeriousIncident:
    by = by or place.lead
    return incidents.raise_incident(ready(by, **fields), by=by, at=at)


def all_safe(incident: SeriousIncident, *, by: Account) -> None:
    safety.record_answers(incident, answers=EVERYBODY_SAFE, by=by)


def consulted(place: Place, *, ask: Iterable[str] = ("local_authority", "police", "health"), **fields: Any) -> SeriousIncident:
    incident = raised(place, **fields)
    return consideration.consult(incident, ask={role: place.partners[role] for role in ask}, by=place.manager, at=incident.raised_at)


def view_of(incident: SeriousIncident, role: str) -> PartnerView:
    return incident.partner_views.get(partner_role=role)


def gave_views(place: Place, incident: SeriousIncident, views: Mapping[str, str]) -> None:
    for role, answer in views.items():
        consideration.give_view(view_of(incident, role), answer=answer, reasons="Invented reasons.", by=place.partners[role])


def answer_everything(incident: SeriousIncident, *, by: Account, **answers: str) -> None:
    """Every question of section 16C answered: not known, unless told otherwise."""
    given = {question.code: (answers.get(question.code, "not_known"), "") for question in QUESTIONS}
    consideration.answer_legal_test(incident, answers=given, by=by)


def decided(place: Place, *, notify: bool = True, incident: SeriousIncident | None = None, **fields: Any) -> SeriousIncident:
    incident = incident or consulted(place, **fields)
    answer_everything(incident, by=place.manager)
    consideration.decide(
        incident, notify=notify, reasons="Invented reasons of the authority.", by=place.director, at=incident.raised_at,
        notification_type="abuse_or_neglect_serious_harm" if notify else "", learning_route="" if notify else "audit",
    )  # fmt: skip
    incident.refresh_from_db()
    return incident


def notified(place: Place, *, at: datetime = AWARE_AT, **fields: Any) -> SeriousIncident:
    incident = decided(place, **fields)
    consideration.record_sent(incident, notified_at=at, submitted_by_name="Example Director", by=place.manager)
    incident.refresh_from_db()
    return incident


def in_status(place: Place, status: Status) -> SeriousIncident:
    """An incident that has come to this status by the moves that lead to it."""
    ways = {
        Status.DRAFT: lambda: ready(place.lead),
        Status.RAISED: lambda: raised(place),
        Status.UNDER_CONSIDERATION: lambda: consulted(place),
        Status.DECIDED_TO_NOTIFY: lambda: decided(place),
        Status.NOTIFIED: lambda: notified(place),
        Status.NOT_NOTIFIABLE: lambda: decided(place, notify=False),
        Status.CRITERIA_NOT_MET_AFTER_NOTIFICATION: lambda: _moved_on(place, notified(place), status),
        Status.DUPLICATE: lambda: _moved_on(place, raised(place), status),
        Status.TRANSFERRED: lambda: _moved_on(place, raised(place), status),
    }
    return ways[status]()


def _moved_on(place: Place, incident: SeriousIncident, to: Status) -> SeriousIncident:
    course.change(incident, to=to, reasons="Invented reasons.", by=place.director)
    incident.refresh_from_db()
    return incident
