"""Which details of the people in a case a reader must not learn: gathered from the identity vault for the search, and shown to nobody."""

from collections.abc import Iterator

from sightline.partnership.case_reviews.models import GlossaryEntry, SeriousIncident
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.partnership.people.models import Person
from sightline.procedures.outgoing import scan, texts_of
from sightline.procedures.outgoing.audiences import audiences
from sightline.procedures.outgoing.facts import Fact
from sightline.procedures.outgoing.scan import Found


def facts_for(incident: SeriousIncident, audience: str) -> list[Fact]:
    """Everything that a file for this audience must not say, each by what the case calls the person."""
    barred = audiences()[audience]
    found: list[Fact] = []
    for entry in GlossaryEntry.objects.filter(review__incident=incident, removed_at__isnull=True).select_related("written"):
        kind = "address" if entry.kind == "place" else "name"
        spelt = [entry.written.name, *(part.strip() for part in entry.written.also_written.split(","))]
        found += [Fact(kind, name, entry.called) for name in spelt if name and kind in barred.bars]
    for called, person in _people(incident):
        for fact, is_protected in _facts_of(person, called):
            if fact.value and (fact.kind in barred.bars or barred.protected and is_protected):
                found.append(fact)
    return list(dict.fromkeys(found))


def facts_told(incident: SeriousIncident, content: bytes, *, extension: str, audience: str) -> list[Found]:
    """What a text of the case tells that its reader must not learn; nothing of it is kept."""
    return scan(texts_of(content, extension).found, facts_for(incident, audience))


def _people(incident: SeriousIncident) -> Iterator[tuple[str, Person]]:
    """Everybody in the case once, children first, each by the first thing that the case calls them."""
    called: dict[str, tuple[str, Person]] = {}
    for child in incident.children.select_related("person"):
        called.setdefault(child.person_id, (f"Child {child.position}", child.person))
    for row in incident.significant_people.select_related("person"):
        called.setdefault(row.person_id, (row.get_relationship_display(), row.person))
    for named in MatterPerson.objects.filter(matter=incident.matter).select_related("person"):
        called.setdefault(named.person_id, ("Somebody in the case", named.person))
    yield from called.values()


def _facts_of(person: Person, called: str) -> Iterator[tuple[Fact, bool]]:
    given, family = person.given_name.strip(), person.family_name.strip()
    names = [f"{given} {family}".strip(), *(name.strip() for name in person.also_known_as.replace(";", ",").split(","))]
    for name in names:
        yield Fact("name", name, called), False
    if person.born_on:
        yield Fact("date_of_birth", person.born_on.isoformat(), called), False
    for kind, value in (("nhs_number", person.nhs_number), ("upn", person.upn), ("school", person.school)):
        yield Fact(kind, value.strip(), called), False
    for address in person.addresses.all():
        for line in address.lines.replace("\n", ",").split(",")[:1]:
            yield Fact("address", line.strip(), called), address.is_protected
        yield Fact("postcode", address.postcode.strip(), called), address.is_protected
