"""What the directory holds: for each kind of entry its words, its form, and what its pages show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format

from sightline.partnership.agencies import forms
from sightline.partnership.agencies.models import (
    Absence,
    Agency,
    Appointment,
    Body,
    Delegation,
    DutyTurn,
    Officer,
    ProclaimedHoliday,
    RelevantAgencyListing,
    SchoolTerm,
    Seat,
    SharingAgreement,
    Ward,
)

Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Fact:
    """A thing to know about an entry: its label, and how to read it."""

    label: str
    value: Value
    links_to: Callable[[Any], models.Model | None] | None = None


@dataclass(frozen=True)
class Section:
    """Other entries shown on an entry's page, with those that have ended."""

    title: str
    rows: Callable[[Any], Iterable[Any]]
    facts: tuple[Fact, ...]
    empty: str


@dataclass(frozen=True)
class Entry:
    """A kind of entry of the directory."""

    slug: str
    all_code: str
    code: str
    model: type[models.Model]
    form: type[forms.EntryForm]
    name: str
    plural: str
    lead: str
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    kind: str = "K0"
    related: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    has_period: bool = True
    empty: str = "Nothing has been added yet."
    order: tuple[str, ...] = field(default=())

    def name_of(self, page: str) -> str:
        """What the address of one of its pages is called: agreements, agreement, add_agreement and so on."""
        return {"list": self.all_code, "show": self.code}.get(page, f"{page}_{self.code}")

    def url(self, page: str, *args: str) -> str:
        return reverse(f"agencies:{self.name_of(page)}", args=args)


def day(value: date | None) -> str:
    return date_format(value, "j F Y") if value else ""


def _until(entry: Any) -> str:
    return day(entry.valid_to) or "Still in force"


FROM = Fact("From", lambda e: day(e.valid_from))
UNTIL = Fact("Last day", _until)

WARDS = Entry(
    "wards", "wards", "ward", Ward, forms.WardForm, "ward", "Wards",
    "The electoral wards of the area. Boundaries change, so each ward has dates.",
    facts=(Fact("Ward", lambda w: w.name), Fact("Official code", lambda w: w.code)),
    search=("name",),
)  # fmt: skip

AGENCIES = Entry(
    "agencies", "agencies", "agency", Agency, forms.AgencyForm, "agency", "Agencies",
    "Every organisation that takes part, with the person who leads safeguarding in it.",
    facts=(
        Fact("Agency", lambda a: a.name),
        Fact("Sector", lambda a: a.get_sector_display()),
        Fact("Safeguarding lead", lambda a: a.safeguarding_lead.name if a.safeguarding_lead else "", lambda a: a.safeguarding_lead),
    ),
    more=(
        Fact("Short name", lambda a: a.short_name),
        Fact("Alternate officer", lambda a: a.alternate_officer.name if a.alternate_officer else "", lambda a: a.alternate_officer),
        Fact("Told when an answer stays late", lambda a: a.named_executive.name if a.named_executive else "", lambda a: a.named_executive),
        Fact("Contact in school holidays", lambda a: a.out_of_term_contact),
        Fact("Succeeded by", lambda a: a.succeeded_by or "", lambda a: a.succeeded_by),
        Fact("Follows", lambda a: ", ".join(p.name for p in a.predecessors.all())),
    ),
    sections=(
        Section(
            "Safeguarding partner", lambda a: a.partner_arrangements.order_by("-valid_from"),
            (Fact("As", lambda p: p.get_partner_role_display()), FROM, UNTIL), "This agency has never been a safeguarding partner.",
        ),
        Section(
            "On the list of relevant agencies", lambda a: a.listings.order_by("-valid_from"),
            (Fact("Type", lambda x: x.get_schedule_type_display(), lambda x: x), FROM, UNTIL), "This agency has never been on the list.",
        ),
        Section(
            "People", lambda a: a.officers.order_by("name"),
            (Fact("Name", lambda o: o.name, lambda o: o), Fact("Job title", lambda o: o.job_title), FROM, UNTIL), "Nobody has been added.",
        ),
    ),
    related=("safeguarding_lead", "succeeded_by"), search=("name", "short_name"),
)  # fmt: skip

OFFICERS = Entry(
    "people", "people", "officer", Officer, forms.OfficerForm, "person", "People in agencies",
    "Named people in each agency, whether or not they sign in.",
    facts=(
        Fact("Name", lambda o: o.name),
        Fact("Job title", lambda o: o.job_title),
        Fact("Agency", lambda o: o.agency.short_name, lambda o: o.agency),
    ),
    more=(Fact("E-mail address", lambda o: o.email), Fact("Telephone", lambda o: o.phone)),
    sections=(
        Section(
            "Seats", lambda o: o.appointments.select_related("seat__body").order_by("-valid_from"),
            (
                Fact("Seat", lambda x: x.seat.title, lambda x: x.seat), Fact("Body", lambda x: x.seat.body, lambda x: x.seat.body),
                Fact("As", lambda x: "Deputy" if x.is_deputy else "Full holder"), FROM, UNTIL,
            ),
            "This person has never held a seat.",
        ),
    ),
    related=("agency",), search=("name", "job_title", "agency__name"),
)  # fmt: skip

LISTINGS = Entry(
    "relevant-agencies", "listings", "listing", RelevantAgencyListing, forms.ListingForm, "relevant agency", "Relevant agencies",
    "The agencies that the safeguarding partners have chosen and published, who must act in line with the arrangements.",
    facts=(
        Fact("Agency", lambda x: x.agency.name),
        Fact("Type in the schedule", lambda x: x.get_schedule_type_display()),
        Fact("Why chosen", lambda x: x.why_chosen),
    ),
    more=(
        Fact("Paragraph of the schedule", lambda x: x.paragraph),
        Fact("Page of the agency", lambda x: x.agency.short_name, lambda x: x.agency),
    ),
    related=("agency",), search=("agency__name",),
)  # fmt: skip

BODIES = Entry(
    "bodies", "bodies", "body", Body, forms.BodyForm, "body", "Bodies",
    "The groups that meet, what each is for and whom it reports to.",
    facts=(
        Fact("Body", lambda b: b.name),
        Fact("Kind", lambda b: b.get_kind_display()),
        Fact("Reports to", lambda b: b.reports_to or "", lambda b: b.reports_to),
    ),
    more=(Fact("Short name", lambda b: b.short_name), Fact("What it is for", lambda b: b.purpose)),
    sections=(
        Section(
            "Seats", lambda b: b.seats.order_by("title"),
            (Fact("Seat", lambda s: s.title, lambda s: s), Fact("Capacity", lambda s: s.get_capacity_display()), FROM, UNTIL),
            "No seats yet.",
        ),
        Section(
            "Who has sat on it",
            lambda b: Appointment.objects.filter(seat__body=b).select_related("seat", "officer__agency").order_by("-valid_from"),
            (
                Fact("Name", lambda x: x.officer.name, lambda x: x.officer), Fact("Agency", lambda x: x.officer.agency.short_name),
                Fact("Seat", lambda x: f"{x.seat.title}{' (deputy)' if x.is_deputy else ''}"), FROM, UNTIL,
            ),
            "Nobody has been appointed yet.",
        ),
        Section(
            "Bodies that report to it", lambda b: b.sub_groups.order_by("name"),
            (Fact("Body", lambda s: s.name, lambda s: s), FROM, UNTIL), "No body reports to it.",
        ),
    ),
    related=("reports_to",), search=("name",),
)  # fmt: skip

SEATS = Entry(
    "seats", "seats", "seat", Seat, forms.SeatForm, "seat", "Seats",
    "The places on each body. A seat may speak for a safeguarding partner, whichever agency that is.",
    facts=(
        Fact("Seat", lambda s: s.title),
        Fact("Body", lambda s: s.body.name, lambda s: s.body),
        Fact("Capacity", lambda s: s.get_capacity_display()),
    ),
    more=(
        Fact("Speaks for", lambda s: s.get_partner_role_display() if s.partner_role else ""),
        Fact("Agency", lambda s: s.agency or "", lambda s: s.agency),
    ),
    sections=(
        Section(
            "Who has held it", lambda s: s.appointments.select_related("officer__agency").order_by("-valid_from"),
            (
                Fact("Name", lambda x: x.officer.name, lambda x: x.officer), Fact("Agency", lambda x: x.officer.agency.short_name),
                Fact("As", lambda x: "Deputy" if x.is_deputy else "Full holder"), FROM, UNTIL,
            ),
            "Nobody has held this seat.",
        ),
    ),
    related=("body", "agency"), search=("title", "body__name"),
)  # fmt: skip

APPOINTMENTS = Entry(
    "appointments", "appointments", "appointment", Appointment, forms.AppointmentForm, "appointment", "Appointments",
    "Who holds which seat. A seat has one full holder at a time, and any number of deputies.",
    facts=(
        Fact("Name", lambda x: x.officer.name),
        Fact("Seat", lambda x: x.seat.title, lambda x: x.seat),
        Fact("Body", lambda x: x.seat.body.name, lambda x: x.seat.body),
        Fact("As", lambda x: "Deputy" if x.is_deputy else "Full holder"),
    ),
    more=(Fact("Agency", lambda x: x.officer.agency, lambda x: x.officer.agency),),
    related=("officer__agency", "seat__body"), search=("officer__name", "seat__title", "seat__body__name"),
)  # fmt: skip

AGREEMENTS = Entry(
    "agreements", "agreements", "agreement", SharingAgreement, forms.AgreementForm,
    "information-sharing agreement", "Information-sharing agreements",
    "What agencies have agreed to share, why and until when. "
    "An agreement that expires stops new sharing; it never closes a live statutory review.",
    facts=(
        Fact("Agreement", lambda a: a.title),
        Fact("Parties", lambda a: ", ".join(p.short_name for p in a.parties.all())),
        Fact("Expires on", lambda a: day(a.valid_to)),
    ),
    more=(
        Fact("What for", lambda a: ", ".join(a.purpose_labels)),
        Fact("Signed on", lambda a: day(a.signed_on)),
        Fact("Where the signed text is kept", lambda a: a.where_kept),
    ),
    kind="K17", search=("title",),
)  # fmt: skip

DUTY_TURNS = Entry(
    "duty-rota", "duty_rota", "duty_turn", DutyTurn, forms.DutyTurnForm, "duty turn", "Duty rota",
    "The named person whom an immediate concern about a child reaches on the day, and who covers for them.",
    facts=(
        Fact("On duty", lambda t: t.officer.name),
        Fact("Cover", lambda t: t.cover.name, lambda t: t.cover),
        Fact("Last day", lambda t: day(t.valid_to)),
    ),
    related=("officer", "cover"),
    empty="Nobody is on the rota. Until somebody is, an immediate concern reaches no named person.",
)  # fmt: skip

ABSENCES = Entry(
    "absences", "absences", "absence", Absence, forms.AbsenceForm, "absence", "Who is away",
    "While somebody is away, requests, reminders and lateness reach their cover.",
    facts=(
        Fact("Who is away", lambda a: a.officer.name, lambda a: a.officer),
        Fact("Agency", lambda a: a.officer.agency.short_name),
        Fact("Cover", lambda a: a.cover.name, lambda a: a.cover),
        Fact("Last day", lambda a: day(a.valid_to)),
    ),
    related=("officer__agency", "cover"), search=("officer__name", "cover__name"),
    empty="Nobody is away.",
)  # fmt: skip

DELEGATIONS = Entry(
    "delegations", "delegations", "delegation", Delegation, forms.DelegationForm, "delegation", "Delegations",
    "Who may sign decisions on reviews for a safeguarding partner in place of its chief officer. The chief officer stays accountable.",
    facts=(
        Fact("For which partner", lambda d: d.get_partner_role_display()),
        Fact("To whom", lambda d: d.officer.name, lambda d: d.officer),
        Fact("Delegated by", lambda d: d.delegated_by.name, lambda d: d.delegated_by),
        Fact("Last day", lambda d: day(d.valid_to)),
    ),
    more=(Fact("Where it is recorded", lambda d: d.minute),),
    related=("officer__agency", "delegated_by"), search=("officer__name", "delegated_by__name"),
    empty="No delegation is recorded. Until one is, only the chief officers themselves sign.",
)  # fmt: skip

HOLIDAYS = Entry(
    "proclaimed-holidays", "holidays", "holiday", ProclaimedHoliday, forms.HolidayForm, "proclaimed holiday", "Proclaimed holidays",
    "Bank holidays in England that were proclaimed after the built-in list was made. Every deadline counts them.",
    facts=(Fact("Holiday", lambda h: h.name), Fact("Day", lambda h: day(h.held_on))),
    more=(Fact("Proclaimed on", lambda h: day(h.proclaimed_on)), Fact("Where it was announced", lambda h: h.source)),
    has_period=False, empty="No holiday has been proclaimed beyond the built-in list.",
)  # fmt: skip

SCHOOL_TERMS = Entry(
    "school-terms", "school_terms", "school_term", SchoolTerm, forms.SchoolTermForm, "school term", "School terms",
    "Outside these dates a school is reached by its contact in school holidays.",
    facts=(Fact("Term", lambda t: t.name), Fact("Academic year", lambda t: t.academic_year), Fact("Last day", lambda t: day(t.valid_to))),
)  # fmt: skip

ENTRIES = (
    AGENCIES,
    OFFICERS,
    LISTINGS,
    BODIES,
    SEATS,
    APPOINTMENTS,
    WARDS,
    DUTY_TURNS,
    ABSENCES,
    DELEGATIONS,
    SCHOOL_TERMS,
    HOLIDAYS,
    AGREEMENTS,
)
_ENTRY_BY_MODEL = {entry.model: entry for entry in ENTRIES}


def address_of(thing: models.Model | None) -> str:
    """The page of an entry, or nothing for what has no page of its own."""
    entry = _ENTRY_BY_MODEL.get(type(thing))
    return entry.url("show", thing.pk) if entry and thing is not None else ""
