"""Looks whether anything of the glossary can still be read under codes: every name, day of birth, address, school and number."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sightline.partnership.case_reviews import chronology_people, routes
from sightline.partnership.case_reviews.combined_chronology import Combined, Shown
from sightline.partnership.case_reviews.models import ChronologyFinding, KeyEpisode, RapidReview
from sightline.partnership.people.models import Person
from sightline.procedures.chronology.absence import PROVES, Absence, Hit, Listed, listed_of

FIELDS: Final = {"source": "record", "event": "what happened", "action": "action", "comment": "comment", "shared_with": "shared with"}


@dataclass(frozen=True)
class Place:
    """Where something listed can be read: what kind of thing, of whom by code, and in which row, finding or episode. Never the words."""

    kind: str
    of: str
    where: str
    row: Shown | None = field(default=None, compare=False)


@dataclass
class Scan:
    """What one look found, what was looked for, and what that proves."""

    listed: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    places: list[Place] = field(default_factory=list)
    proves: str = PROVES

    @property
    def looked_for(self) -> list[tuple[str, int]]:
        return sorted(self.listed.items())


def of_review(review: RapidReview, combined: Combined) -> Scan:
    """Every text that readers see under codes, as far as this reader may read it."""
    listed = everything_listed(review)
    absence, found = Absence(listed), Scan(Counter(each.kind for each in listed))
    for row in combined.rows:
        for name, text in row.texts.items():
            found.texts += bool(text)
            where = f"{row.agency}, {row.when.in_words}: {FIELDS.get(name, 'as written')}"
            found.places += [_place(hit, where, row) for hit in absence.hits(text)]
    for where, text in _written_beside(review, {row.pk for row in combined.rows}):
        found.texts += bool(text)
        found.places += [_place(hit, where) for hit in absence.hits(text)]
    found.places = list(dict.fromkeys(found.places))
    return found


def everything_listed(review: RapidReview) -> list[Listed]:
    """What must not be read, from the vault: people of the matter, and the names of the glossary."""
    people = routes.people_of(review)
    vault = Person.objects.prefetch_related("addresses").in_bulk([each.matter_person.person_id for each in people])
    found: list[Listed] = []
    for each in people:
        person = vault[each.matter_person.person_id]
        names = [f"{person.given_name} {person.family_name}".strip(), *chronology_people.BETWEEN_NAMES.split(person.also_known_as)]
        addresses = [part for one in person.addresses.all() for part in (one.lines.split("\n")[0].split(",")[0], one.postcode)]
        found += listed_of(
            of=each.called, names=[name.strip() for name in names if name.strip()], born_on=person.born_on,
            numbers=[number for number in (person.nhs_number, person.upn) if number],
            addresses=[part.strip() for part in addresses if part.strip()], schools=[person.school] if person.school.strip() else [],
        )  # fmt: skip
    for entry in chronology_people.glossary_of(review):
        spelt = [entry.written.name, *(part.strip() for part in entry.written.also_written.split(","))]
        named = {"addresses": [name for name in spelt if name]} if entry.kind == "place" else {"names": [name for name in spelt if name]}
        found += listed_of(of=entry.called, **named)
    return list(dict.fromkeys(found))


def _written_beside(review: RapidReview, readable: set[str]) -> Iterator[tuple[str, str]]:
    """What people wrote beside the rows: episodes, and what they said of findings."""
    for episode in KeyEpisode.objects.filter(review=review, removed_because="").prefetch_related("rows"):
        if all(row.pk in readable for row in episode.rows.all()):
            yield f"Key episode {episode.number}", f"{episode.title}\n{episode.text}"
    for finding in ChronologyFinding.objects.filter(review=review).prefetch_related("cited"):
        if all(cited.row_id in readable for cited in finding.cited.all()):
            said = "\n".join((finding.said, *finding.reasons, finding.why_it_made_sense, finding.because))
            yield f"Finding “{finding}”{f' of {finding.starts_on:%-d %B %Y}' if finding.starts_on else ''}", said


def _place(hit: Hit, where: str, row: Shown | None = None) -> Place:
    return Place(hit.listed.kind, hit.listed.of, where, row)
