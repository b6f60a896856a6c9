"""What a partnership must have written down before it works with Sightline, and how much of it there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from sightline.partnership.accounts.models import Invitation, RoleHolding, TermsOfUse
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import (
    Agency,
    Appointment,
    Body,
    Officer,
    PartnerRole,
    Partnership,
    RelevantAgencyListing,
    SchoolTerm,
    Ward,
)

NEEDED_OF_THE_PARTNERSHIP = ("name", "short_name", "area", "front_door_name", "front_door_phone", "out_of_hours_phone")


@dataclass(frozen=True)
class State:
    """How far a step has got: what there is, and what is missing if anything."""

    is_done: bool
    says: str


@dataclass(frozen=True)
class Step:
    """One line of the set-up."""

    title: str
    url: str
    hint: str
    state: State

    @property
    def tone(self) -> str:
        return "" if self.state.is_done else "blue"


def steps(on: date) -> list[Step]:
    """Every line of the set-up with its true state."""
    return [Step(title, reverse(name), hint, state(on)) for title, name, hint, state in STEPS]


def is_open(on: date) -> bool:
    """Whether anything is still missing."""
    return any(not state(on).is_done for _, _, _, state in STEPS)


def _partnership(on: date) -> State:
    ours = Partnership.current()
    if ours is None:
        return State(False, "Not started")
    missing = [Partnership._meta.get_field(name).verbose_name for name in NEEDED_OF_THE_PARTNERSHIP if not getattr(ours, name)]
    return State(not missing, "Complete" if not missing else f"Missing: {', '.join(map(str, missing))}")


def _wards(on: date) -> State:
    count = Ward.objects.in_force(on).count()
    return State(count > 0, _counted(count, "ward", "wards"))


def _agencies(on: date) -> State:
    count = Agency.objects.in_force(on).count()
    return State(count >= len(PartnerRole.values), _counted(count, "agency", "agencies"))


def _partners(on: date) -> State:
    held = arrangements.safeguarding_partners(on)
    missing = [role.label.lower() for role in PartnerRole if role.value not in held]
    return State(not missing, "All three recorded" if not missing else f"Missing: {', '.join(missing)}")


def _relevant(on: date) -> State:
    count = RelevantAgencyListing.objects.in_force(on).count()
    return State(count > 0, _counted(count, "agency listed", "agencies listed"))


def _people(on: date) -> State:
    partners = arrangements.safeguarding_partners(on).values()
    without = [
        partner.short_name for partner in partners if partner.safeguarding_lead is None or not partner.safeguarding_lead.is_serving(on)
    ]
    count = Officer.objects.in_force(on).count()
    if without:
        return State(False, f"{_counted(count, 'person', 'people')}. No safeguarding lead yet in {', '.join(without)}")
    return State(count > 0 and bool(partners), _counted(count, "person", "people"))


def _bodies(on: date) -> State:
    bodies = Body.objects.in_force(on)
    missing = [
        label
        for kind, label in (("executive", "the Executive"), ("review_panel", "the review panel"))
        if not bodies.filter(kind=kind).exists()
    ]
    if missing:
        return State(False, f"Missing: {', '.join(missing)}")
    return State(True, _counted(bodies.count(), "body", "bodies"))


def _seats(on: date) -> State:
    sitting = Appointment.objects.in_force(on).filter(is_deputy=False)
    for kind, label in (("executive", "the Executive"), ("review_panel", "the review panel")):
        if not sitting.filter(seat__body__kind=kind).exists():
            return State(False, f"Nobody sits on {label} yet")
    return State(True, f"{_counted(sitting.count(), 'person sits', 'people sit')} on a body")


def _agreements(on: date) -> State:
    partners = arrangements.safeguarding_partners(on).values()
    without = [partner.short_name for partner in partners if not arrangements.has_sharing_agreement(partner, on)]
    if without or not partners:
        return State(False, f"None in force for {', '.join(without)}" if without else "Record the safeguarding partners first")
    return State(True, "In force for all three partners")


def _terms(on: date) -> State:
    staffed = set(Officer.objects.in_force(on).filter(agency__in=Agency.objects.in_force(on)).values_list("agency", flat=True))
    partners = {partner.pk for partner in arrangements.safeguarding_partners(on).values()}
    written = set(TermsOfUse.objects.values_list("agency", flat=True))
    missing = len(partners - written)
    if missing or not partners:
        return State(
            False, f"Missing for {_counted(missing, 'safeguarding partner', 'safeguarding partners')}" if partners else "Not started"
        )
    return State(True, f"Published for {len(staffed & written)} of {_counted(len(staffed), 'agency', 'agencies')} with people")


def _calendar(on: date) -> State:
    known = arrangements.working_calendar().known_until
    term = SchoolTerm.objects.filter(valid_to__gte=on).order_by("-valid_to").first()
    holidays = f"Bank holidays known until {date_format(known, 'j F Y')}"
    if term is None:
        return State(False, f"{holidays}. No school term known from today")
    return State(True, f"{holidays}, school terms until {date_format(term.valid_to, 'j F Y')}")


def _duty(on: date) -> State:
    person = arrangements.duty_person(on)
    return State(person is not None, f"Today: {person.name}" if person else "Nobody is on duty today")


def _accounts(on: date) -> State:
    holdings = RoleHolding.objects.in_force(on).filter(account__is_active=True)
    partners = arrangements.safeguarding_partners(on)
    missing = [] if holdings.filter(role="BM").exists() else ["a business manager"]
    for role, agency in partners.items():
        if not holdings.filter(role="DSP", account__officer__agency=agency).exists():
            missing.append(f"a delegated partner for {PartnerRole(role).label.lower()}")
    people = _counted(holdings.values("account").distinct().count(), "person can sign in", "people can sign in")
    waiting = Invitation.objects.filter(accepted_at=None, revoked_at=None).count()
    said = f"{people}, {_counted(waiting, 'invitation', 'invitations')} open"
    return State(not missing and bool(partners), said if not missing else f"{said}. Still missing: {', '.join(missing)}")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


STEPS: tuple[tuple[str, str, str, Callable[[date], State]], ...] = (
    ("The partnership", "agencies:partnership", "Its name, area, front door and out of hours telephone", _partnership),
    ("Wards", "agencies:wards", "The electoral wards of the area", _wards),
    ("Agencies", "agencies:agencies", "The three safeguarding partners and everybody they work with", _agencies),
    ("Safeguarding partners", "agencies:partners", "Which agency is which partner, and since when", _partners),
    ("Relevant agencies", "agencies:listings", "The list that the partners have published", _relevant),
    ("People in agencies", "agencies:people", "At least a safeguarding lead in each partner", _people),
    ("Bodies", "agencies:bodies", "The Executive, the review panel and the groups below them", _bodies),
    ("Seats and appointments", "agencies:appointments", "Who sits where, with deputies", _seats),
    ("Information-sharing agreements", "agencies:agreements", "Without one in force nothing new is shared", _agreements),
    ("Terms of use", "accounts:list_terms", "Each agency’s own, before its people are invited", _terms),
    ("Calendar", "agencies:school_terms", "Bank holidays are built in; add school terms, and holidays proclaimed since", _calendar),
    ("Duty rota", "agencies:duty_rota", "The named person whom an immediate concern reaches today", _duty),
    ("People who sign in", "accounts:accounts", "A business manager and a delegated partner for each of the three", _accounts),
)
