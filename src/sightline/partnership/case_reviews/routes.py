"""Which agencies may be asked in a review, whom in each, and who in them must not be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Absence, Agency, Officer
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn, InvolvedProfessional, RapidReview
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import AgencySeal, Conflict, Matter, MatterPerson
from sightline.partnership.people import names
from sightline.partnership.people.identifiers import clean_number
from sightline.partnership.people.models import Person
from sightline.procedures.agency_request import AgencyRequestStatus


@dataclass(frozen=True)
class Route:
    """Somebody who could be asked, and what the unit should know before it confirms them."""

    officer: Officer
    why: str
    is_named_at_intake: bool = False
    can_be_written_to: bool = True


@dataclass
class Proposal:
    """An agency that may be asked, who named it, and whom to write to there; one that the directory does not know has only a name."""

    name: str
    agency: Agency | None = None
    professionals: list[InvolvedProfessional] = field(default_factory=list)
    is_listed: bool = False
    proposed_by: list[str] = field(default_factory=list)
    requests: list[AgencyRequest] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    people_left: list["PersonAsked"] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        """Named for this case, and not only on the partnership's standing list."""
        return bool(self.professionals or self.proposed_by)

    @property
    def route(self) -> Route | None:
        return self.routes[0] if self.routes else None

    @property
    def can_be_asked(self) -> bool:
        return self.agency is not None and bool(self.routes) and bool(self.people_left)


@dataclass(frozen=True)
class PersonAsked:
    """One person of a matter by what the review calls them, never by name."""

    matter_person: MatterPerson
    called: str
    is_child: bool


def people_of(review: RapidReview) -> list[PersonAsked]:
    """Everybody whom the incident names, children first: “Child 1”, “Mother”, and “Sibling 2” where there are several."""
    incident = review.incident
    by_person = {row.person_id: row for row in MatterPerson.objects.filter(matter=review.matter)}
    called = {child.person_id: f"Child {child.position}" for child in incident.children.all()}
    around = [row for row in incident.significant_people.all() if row.person_id not in called]
    counts: dict[str, int] = {}
    for row in around:
        counts[row.relationship] = counts.get(row.relationship, 0) + 1
        number = f" {counts[row.relationship]}" if sum(1 for other in around if other.relationship == row.relationship) > 1 else ""
        called[row.person_id] = f"{row.get_relationship_display()}{number}"
    children = {child.person_id for child in incident.children.all()}
    found = [PersonAsked(by_person[person], name, person in children) for person, name in called.items() if person in by_person]
    # Somebody may be named in the matter by another way in; nobody is lost over it.
    others = [row for person, row in by_person.items() if person not in called]
    return found + [PersonAsked(row, f"Person {number}", False) for number, row in enumerate(others, start=1)]


def asked_already(review: RapidReview, agency: Agency) -> set[str]:
    """The people of the matter about whom an agency has been asked and still is."""
    requests = review.requests.filter(agency=agency).exclude(status=AgencyRequestStatus.WITHDRAWN)
    return set(requests.values_list("subjects__matter_person", flat=True))


def proposals(review: RapidReview, *, on: date, also: Agency | None = None) -> list[Proposal]:
    """The agencies that intake or a respondent named, then the rest of the standing list, each with whom to ask."""
    found: dict[str, Proposal] = {}
    directory = {agency.name.casefold(): agency for agency in Agency.objects.in_force(on)}
    directory |= {agency.short_name.casefold(): agency for agency in directory.values() if agency.short_name}
    professionals = list(review.incident.professionals.select_related("agency"))
    for professional in professionals:
        name = professional.other_agency.strip()
        agency = in_our_time(professional.agency, on) if professional.agency else directory.get(name.casefold())
        if agency or name:
            _proposal(found, agency, name).professionals.append(professional)
    for said_by, name in _proposed_by_respondents(review):
        _proposal(found, directory.get(name.casefold()), name).proposed_by.append(said_by)
    for request in review.requests.select_related("agency", "asked_officer", "passed_to"):
        _proposal(found, request.agency, request.agency.name).requests.append(request)
    for agency in arrangements.relevant_agencies(on):
        _proposal(found, agency, agency.name).is_listed = True
    for partner in arrangements.safeguarding_partners(on).values():
        _proposal(found, partner, partner.name).is_listed = True
    if also is not None:
        _proposal(found, also, also.name)

    people, connected, covers = people_of(review), Connected.with_matter(review.matter), covers_on(on)
    for proposal in found.values():
        if proposal.agency is not None:
            known = asked_already(review, proposal.agency) if proposal.requests else set()
            proposal.people_left = [person for person in people if person.matter_person.pk not in known]
            proposal.routes = routes_to(proposal.agency, connected, on=on, professionals=professionals, covers=covers)
    return sorted(found.values(), key=lambda row: (not row.is_named, not row.requests, row.name))


def in_our_time(agency: Agency, on: date) -> Agency:
    """The agency that took over from one that has ended, and so holds its records."""
    seen = {agency.pk}
    while not agency.is_in_force(on) and agency.succeeded_by and agency.succeeded_by.pk not in seen:
        agency = agency.succeeded_by
        seen.add(agency.pk)
    return agency


def routes_to(
    agency: Agency, connected: "Connected", *, on: date, professionals: Iterable[InvolvedProfessional] = (),
    covers: Mapping[str, Officer] | None = None,
) -> list[Route]:  # fmt: skip
    """Whom to ask: the safeguarding lead, else the alternate, each with their cover while away, then anybody else of the agency.

    Whoever is connected with the case is not among them.
    """
    covers = covers_on(on) if covers is None else covers
    in_order: list[tuple[Officer, str]] = []
    for officer, why in ((agency.safeguarding_lead, "safeguarding lead"), (agency.alternate_officer, "alternate officer")):
        if officer is None:
            continue
        cover = cover_of(officer, on, covers=covers)
        in_order.append((cover, f"covers for {officer.name}, {why}, who is away") if cover else (officer, why))
    others = agency.officers.in_force(on)
    in_order += [(officer, officer.job_title) for officer in others if officer.pk not in covers]
    named = {names.words(professional.name) for professional in professionals if professional.name}
    with_account = set(Account.objects.filter(officer__agency=agency, is_active=True).values_list("officer", flat=True))
    found: dict[str, Route] = {}
    for officer, why in in_order:
        if officer.pk not in found and why_not_asked(officer, agency, connected.matter, on=on, connected=connected) is None:
            can_be_written_to = bool(officer.email) or officer.pk in with_account
            found[officer.pk] = Route(officer, why, names.words(officer.name) in named, can_be_written_to)
    return list(found.values())


def covers_on(on: date) -> dict[str, Officer]:
    """Who covers for each officer that is away on a day."""
    return {absence.officer_id: absence.cover for absence in Absence.objects.in_force(on).select_related("cover__agency")}


def cover_of(officer: Officer, on: date, *, covers: Mapping[str, Officer] | None = None) -> Officer | None:
    """Who acts for somebody that is away on a day; covers who are away themselves are followed on."""
    covers = covers_on(on) if covers is None else covers
    seen, cover = {officer.pk}, None
    while found := covers.get((cover or officer).pk):
        if found.pk in seen:
            return None  # two who cover for each other, both away
        seen.add(found.pk)
        cover = found
    return cover


def reader_of(request: AgencyRequest, on: date) -> Officer:
    """Who is written to about a request: whoever answers it, or the colleague who covers for them and is not connected with the case."""
    answers: Officer = request.who_answers
    cover = cover_of(answers, on)
    if cover is not None and why_not_asked(cover, request.agency, request.matter, on=on) is None:
        return cover
    return answers


def why_not_asked(officer: Officer, agency: Agency, matter: Matter, *, on: date, connected: "Connected | None" = None) -> str | None:
    """The sentence with which somebody is refused as the person asked; None for somebody who can be asked."""
    if officer.agency_id != agency.pk:
        return f"{officer.name} does not work for {agency}. Choose one of its people."
    if not officer.is_serving(on):
        return f"{officer.name} is not in post on that day. Choose somebody else of {agency}."
    if (connected or Connected.with_matter(matter)).includes(officer):
        return f"{officer.name} cannot be asked in this matter. Choose somebody else of {agency}."
    return None


@dataclass(frozen=True)
class Connected:
    """Who must not be asked in one matter, gathered once for however many officers are asked about."""

    matter: Matter
    officers: frozenset[str]
    accounts: frozenset[str]
    has_seals: bool
    subjects: tuple[frozenset[str], ...]

    @classmethod
    def with_matter(cls, matter: Matter) -> "Connected":
        conflicts = Conflict.objects.live().filter(matter=matter)
        return cls(
            matter,
            officers=frozenset(conflicts.exclude(officer=None).values_list("officer", flat=True)),
            accounts=frozenset(conflicts.exclude(account=None).values_list("account__officer", flat=True)),
            has_seals=AgencySeal.objects.live().filter(matter=matter).exists(),
            subjects=tuple(_name_of(row.person) for row in MatterPerson.objects.filter(matter=matter).select_related("person")),
        )

    def includes(self, officer: Officer) -> bool:
        """By a conflict of interest, by a seal on the agency, or as one of the people whom the matter names.

        A head may be the school's address and the subject as well; two people of one name are told apart by asking somebody else.
        """
        if officer.pk in self.officers or officer.pk in self.accounts:
            return True
        if any(name and name <= set(names.words(officer.name)) for name in self.subjects):
            return True
        return self.has_seals and need_to_know.is_kept_out(officer, self.matter)


def _name_of(person: Person) -> frozenset[str]:
    """The first given name and the whole family name; nothing while either is not known."""
    given, family = names.words(person.given_name), names.words(person.family_name)
    return frozenset({given[0], *family}) if given and family else frozenset()


def protected_address_in(text: str, matter: Matter) -> bool:
    """Whether a text tells where somebody of the matter is hidden, by its postcode or by its first line."""
    said = clean_number(text)
    for named in MatterPerson.objects.filter(matter=matter).select_related("person"):
        for address in named.person.addresses.filter(is_protected=True):
            first_line = clean_number((address.lines.splitlines() or [""])[0].split(",")[0])
            if any(part and part in said for part in (clean_number(address.postcode), first_line)):
                return True
    return False


def _proposal(found: dict[str, Proposal], agency: Agency | None, name: str) -> Proposal:
    key = agency.pk if agency else name.casefold()
    return found.setdefault(key, Proposal(agency.name if agency else name, agency))


def _proposed_by_respondents(review: RapidReview) -> Iterable[tuple[str, str]]:
    """Who proposed which agency, in the last version of each answer."""
    latest: dict[str, AgencyReturn] = {}
    for submitted in AgencyReturn.objects.filter(request__review=review).select_related("request__agency").order_by("number"):
        latest[submitted.request_id] = submitted
    for submitted in latest.values():
        for row in submitted.answers.get("others_to_ask") or ():
            name = str(row.get("agency", "")).strip()
            if name:
                yield str(submitted.request.agency), name
