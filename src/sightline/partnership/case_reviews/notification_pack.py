"""The notification pack: every fact that the national online form may ask for, as plain rows for a page and for a Word file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.models import (
    IncidentChild,
    NotificationDecision,
    NotificationSent,
    SeriousIncident,
    SignificantPerson,
)
from sightline.partnership.case_reviews.models.consultation import PARTNER_ROLES
from sightline.partnership.documents.access import papers_of
from sightline.partnership.need_to_know.access import may_see_protected_addresses
from sightline.partnership.people import pseudonyms
from sightline.partnership.people.models import Person
from sightline.partnership.people.particulars import WITHHELD, day, particulars
from sightline.procedures.safety import GROUPS
from sightline.procedures.section_16c import QUESTIONS

NOT_RECORDED = "Not recorded"
NOT_FOR_THIS_READER = "You have not been let in to this part. Ask the business manager."


@dataclass(frozen=True)
class Row:
    """One field of the form: what it is called, and what is recorded."""

    label: str
    words: str = ""

    @property
    def shown(self) -> str:
        return self.words or NOT_RECORDED

    @property
    def can_be_copied(self) -> bool:
        return bool(self.words) and self.words != WITHHELD


@dataclass(frozen=True)
class Group:
    """Rows that belong together: one child, one professional, one partner's view."""

    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the pack; where it has no rows, a sentence says so."""

    slug: str
    title: str
    groups: tuple[Group, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class NotificationPack:
    """Everything recorded of one incident, in the order of the national form as far as it is known."""

    reference: str
    sections: tuple[Section, ...]

    @property
    def people(self) -> int:
        return sum(len(section.groups) for section in self.sections if section.slug in ("children", "people"))


def build(incident: SeriousIncident, *, reader: Account) -> NotificationPack:
    """Gather the pack. What this reader may not read is named and left out."""
    sections = (
        _notification(incident),
        _what_happened(incident),
        _children(incident, reader),
        _significant_people(incident, reader),
        _several("professionals", "Professionals and services involved", "No service has been named.", [
            _group(f"{number}. {row.agency or row.other_agency or row.role}", *_told(row, PROFESSIONAL))
            for number, row in enumerate(incident.professionals.select_related("agency"), 1)
        ]),
        _one("context", "Family context", [
            Row("What applies to the family", ", ".join(incident.family_context_labels)),
            Row("What is known about it", incident.family_context_notes),
        ]),
        _several("proceedings", "Other proceedings", "No other proceedings have been recorded.", [
            _group(f"{number}. {row.get_kind_display()}", *_told(row, PROCEEDING))
            for number, row in enumerate(incident.parallel_proceedings.all(), 1)
        ]),
        _legal_test(incident),
        _partners_views(incident, reader),
        _decision(incident, reader),
        _safety(incident),
        _family_and_staff(incident, reader),
        _documents(incident, reader),
    )  # fmt: skip
    return NotificationPack(incident.matter.reference, sections)


def people_named(incident: SeriousIncident) -> list[Person]:
    """Everybody whose identity the pack reveals."""
    children = [row.person for row in incident.children.select_related("person")]
    return children + [row.person for row in incident.significant_people.select_related("person")]


# ---- which fields of a record are told, and what they are called ----

Fields = tuple[tuple[str, str], ...]

ASK: Fields = (
    ("Who can be asked about it", "contact_name"), ("Their role", "contact_role"), ("Their telephone number", "contact_phone"),
    ("Their e-mail address", "contact_email"),
)  # fmt: skip
NOTIFIER: Fields = (
    ("Notifier", "submitted_by_name"), ("Role of the notifier", "submitted_by_role"),
    ("Telephone number of the notifier", "submitted_by_phone"), ("E-mail address of the notifier", "submitted_by_email"),
    ("Submitted to the national service", "notified_at"), ("National reference", "national_reference"),
    ("Why it was late", "late_reasons"),
)  # fmt: skip
HAPPENED: Fields = (
    ("Date of the incident", "happened_on"), ("Time of the incident", "happened_time"), ("How exact the date is", "happened_precision"),
    ("Where it happened", "place"), ("Ward", "place_ward"), ("Area", "place_area"),
    ("Other local authority or country", "place_other_authority"), ("What happened", "summary"),
    ("Why abuse or neglect is known or suspected", "grounds"), ("Media interest", "media_interest"),
)  # fmt: skip
OF_A_CHILD: Fields = (
    ("Fatal injury", "was_fatal_injury"), ("Harm likely to be long-term", "is_long_term"),
    ("Local authority of residence", "lives_in"), ("School status", "school_status"), ("Legal status", "legal_status"),
    ("Social care status at the time", "social_care_status"), ("Category of the protection plan", "protection_plan_category"),
    ("On a protection plan before", "previous_protection_plan"),
)  # fmt: skip
AROUND_THE_CHILD: Fields = (
    ("Relationship to the child", "relationship"), ("Lives with the child", "lives_with_child"),
    ("Has parental responsibility", "has_parental_responsibility"), ("Suspected of causing harm", "is_suspected"),
)  # fmt: skip
PROFESSIONAL: Fields = (("Name", "name"), ("Role", "role"), ("Telephone or e-mail", "contact"), ("Whom they knew, and how", "knew_whom"))
PROCEEDING: Fields = (("Reference", "reference"), ("Who leads it", "led_by"), ("Stage reached", "stage"))
VIEW: Fields = (
    ("Agency", "agency"), ("Asked of", "asked_of"), ("Asked on", "asked_at"), ("View", "view"), ("Reasons", "reasons"),
    ("Given by", "given_by"), ("Given on", "given_at"), ("How it was received", "how_received"),
)  # fmt: skip
DECISION: Fields = (
    ("Authorised by", "decided_by"), ("In the role of", "decided_as"), ("Decided on", "decided_at"), ("Reasons", "reasons"),
)  # fmt: skip
SAFETY: Fields = (
    ("Answer", "answer"), ("Who checked", "checked_by"), ("When they checked", "checked_at"), ("What was done", "what_was_done"),
)  # fmt: skip
CONCERN: Fields = (
    ("What the worry is", "what"), ("Raised on", "raised_at"), ("To be answered by the end of", "due_on"),
    ("Duty person", "duty_officer"), ("Cover", "cover_officer"), ("Answered on", "answered_at"), ("What was done", "what_was_done"),
)  # fmt: skip
FAMILY_AND_STAFF: Fields = (
    ("Police view on contact with the family", "police_view"), ("Coroner’s view on contact with the family", "coroner_view"),
    ("Social work view on contact with the family", "social_work_view"), ("What they said", "views_notes"),
    ("Family liaison", "liaison"), ("Support for practitioners", "practitioner_support"), ("Agreed press line", "press_line"),
)  # fmt: skip
CONTACT: Fields = (("When", "happened_at"), ("Who spoke with the family", "told_by"), ("With whom", "told_whom"), ("What was said", "what"))


# ---- the parts, in order ----


def _notification(incident: SeriousIncident) -> Section:
    calendar = arrangements.working_calendar()
    clock = questions.notification_clock(incident, on=timezone.localdate(), calendar=calendar)
    sent = getattr(incident, "notification", None)
    decision = _latest_decision(incident)
    authority = arrangements.safeguarding_partner("local_authority", incident.aware_on or timezone.localdate(incident.raised_at))
    return _one("notification", "Notification", [
        Row("Sightline reference", incident.matter.reference),
        Row("Local reference", incident.local_reference),
        Row("Where it stands", incident.get_status_display()),
        Row("Kind of notification", decision.get_notification_type_display() if decision else ""),
        Row("Notifying local authority", str(authority or "")),
        Row("Raised by", str(incident.raised_by)),
        Row("Agency that raised it", str(incident.raised_by_agency)),
        Row("Raised on", moment(incident.raised_at)),
        Row("Rules that it runs under", incident.rules.title),
        Row("Local authority became aware", moment(incident.aware_at)),
        Row("How the local authority became aware", incident.how_aware),
        Row("To be notified by the end of", day(clock.due_on) if clock else ""),
        Row("Other partners told on", day(incident.partners_told_on)),
        *_told(incident, ASK),
        *_told(sent, NOTIFIER),
        Row("Proof of submission", _proof_in_words(sent)),
    ])  # fmt: skip


def _what_happened(incident: SeriousIncident) -> Section:
    return _one("incident", "The incident", _told(incident, HAPPENED))


def _children(incident: SeriousIncident, reader: Account) -> Section:
    may_see_protected = may_see_protected_addresses(reader, incident.matter)
    groups = [
        _group(f"Child {row.position}", *_child(row, may_see_protected=may_see_protected))
        for row in incident.children.select_related("person", "incident")
    ]
    count = incident.other_children_count
    others = [Row("How many other children", "" if count is None else str(count)), Row("Other children, in words", incident.other_children)]
    if incident.other_children or count:
        groups.append(_group("Other children", *others))
    instead = "No child can be named yet." if incident.no_named_child else "No child has been recorded."
    return _several("children", "Children", instead, groups)


def _child(row: IncidentChild, *, may_see_protected: bool) -> Iterable[Row]:
    age = "Unborn" if row.person.is_unborn else "" if row.age_at_incident is None else str(row.age_at_incident)
    yield from _who(row.person, may_see_protected=may_see_protected)
    yield Row("Age at the time of the incident", age)
    yield Row("Outcome", row.get_outcome_display())
    yield Row("Kinds of harm", ", ".join(row.harm_labels))
    yield from _told(row, OF_A_CHILD)


def _significant_people(incident: SeriousIncident, reader: Account) -> Section:
    may_see_protected = may_see_protected_addresses(reader, incident.matter)
    rows: list[SignificantPerson] = list(incident.significant_people.select_related("person"))
    codes = pseudonyms.codes_for([row.relationship for row in rows])
    return _several("people", "Household and significant people", "Nobody around the child has been recorded.", [
        _group(code, *_told(row, AROUND_THE_CHILD), *_who(row.person, may_see_protected=may_see_protected))
        for code, row in zip(codes, rows, strict=True)
    ])  # fmt: skip


def _legal_test(incident: SeriousIncident) -> Section:
    answers = {row.question: row for row in incident.legal_test_answers.all()}
    rows = []
    for number, question in enumerate(QUESTIONS, 1):
        answer = answers.get(question.code)
        rows.append(Row(f"{number}. {question.text}", answer.get_answer_display() if answer else ""))
        if answer and answer.reason:
            rows.append(Row(f"Reason for answer {number}", answer.reason))
    return _one("legal-test", "The legal test: section 16C of the Children Act 2004", rows)


def _partners_views(incident: SeriousIncident, reader: Account) -> Section:
    title = "The three partners’ views"
    if not access.can(reader, "R", "K5", incident):
        return Section("views", title, instead=NOT_FOR_THIS_READER)
    views = {row.partner_role: row for row in incident.partner_views.select_related("agency", "asked_of__officer", "given_by__officer")}
    groups = [_group(label, *(_told(views[role], VIEW) if role in views else [Row("View", "Not asked")])) for role, label in PARTNER_ROLES]
    return Section("views", title, tuple(groups))


def _decision(incident: SeriousIncident, reader: Account) -> Section:
    decision = _latest_decision(incident)
    if decision is None:
        return Section("decision", "The decision", instead="The local authority has not decided yet.")
    rows = [Row("Decision", str(decision)), *_told(decision, DECISION)]
    if access.can(reader, "R", "K5", incident):
        rows.append(Row("Partners’ views that differ", decision.dissent or "None"))
    return _one("decision", "The decision", rows)


def _safety(incident: SeriousIncident) -> Section:
    answers = questions.latest_safety_answers(incident)
    groups = [_group(label, *(_told(answers[group], SAFETY) if group in answers else [Row("Answer")])) for group, label in GROUPS.items()]
    concerns = incident.immediate_concerns.select_related("duty_officer", "cover_officer")
    groups += [_group(f"Immediate concern {number}", *_told(concern, CONCERN)) for number, concern in enumerate(concerns, 1)]
    return Section("safety", "Are the children safe now", tuple(groups))


def _family_and_staff(incident: SeriousIncident, reader: Account) -> Section:
    if not access.can(reader, "R", "K6", incident):
        return Section("family", "Family and staff", instead=NOT_FOR_THIS_READER)
    groups = [_group("", *_told(getattr(incident, "family_and_staff", None), FAMILY_AND_STAFF))]
    groups += [
        _group(f"Contact {number} with the family", *_told(contact, CONTACT))
        for number, contact in enumerate(incident.family_contacts.all(), 1)
    ]
    return Section("family", "Family and staff", tuple(groups))


def _documents(incident: SeriousIncident, reader: Account) -> Section:
    papers = papers_of(incident.matter, reader)
    rows = []
    for number, document in enumerate(papers.documents, 1):
        seal = f" (sealed: {document.get_seal_display()})" if document.seal else ""
        rows.append(Row(f"Document {number}{seal}", document.title))
    if papers.withheld:
        rows.append(Row("Sealed and not shown to you", str(papers.withheld)))
    return _one("documents", "Supporting documents", rows) if rows else Section("documents", "Supporting documents", instead="None added.")


# ---- words for what is stored ----


def moment(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%-d %B %Y, %H:%M}" if value else ""


def _words(record: Model | None, name: str) -> str:
    """What one field of a record says, as people read it; empty where there is no record or nothing was written."""
    if record is None:
        return ""
    value: Any = getattr(record, name)
    if record._meta.get_field(name).choices:
        return str(getattr(record, f"get_{name}_display")())
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value or "")


def _told(record: Model | None, fields: Fields) -> list[Row]:
    return [Row(label, _words(record, name)) for label, name in fields]


def _who(person: Person, *, may_see_protected: bool) -> list[Row]:
    return [Row(label, words) for label, words in particulars(person, may_see_protected=may_see_protected)]


def _proof_in_words(sent: NotificationSent | None) -> str:
    proof = sent.kept_proof if sent else None
    return f"Kept with the documents of this incident since {moment(proof.added_at)}" if proof else ""


def _latest_decision(incident: SeriousIncident) -> NotificationDecision | None:
    return incident.decisions.select_related("decided_by__officer").last()


def _group(title: str, *rows: Row) -> Group:
    return Group(rows, title)


def _one(slug: str, title: str, rows: Iterable[Row]) -> Section:
    return Section(slug, title, (Group(tuple(rows)),))


def _several(slug: str, title: str, instead: str, groups: list[Group]) -> Section:
    return Section(slug, title, tuple(groups), "" if groups else instead)
