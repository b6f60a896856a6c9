"""The people of a review as its chronologies may name them, and the texts of a row with codes in their place."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

from sightline.partnership.case_reviews import routes
from sightline.partnership.case_reviews.models import ChronologyRow, GlossaryEntry, RapidReview
from sightline.partnership.people import names
from sightline.partnership.people.models import Person
from sightline.procedures.chronology.pseudonyms import FORMS, Known, Pseudonyms

TEXTS: Final = ("source", "event", "action", "comment", "shared_with")
WRITTEN: Final = ("date_as_written", "time_as_written", "child_seen_as_written", "needs_look")
CODED: Final = (*TEXTS, *WRITTEN)
BETWEEN_NAMES: Final = re.compile(r"[,;/\n]|\bor\b|\baka\b")


@dataclass(frozen=True)
class Cast:
    """Everybody whom a review names, ready to be found in texts; `mark` changes whenever one of them does."""

    called_by_id: dict[str, str]
    codes: Pseudonyms
    hidden: Pseudonyms | None
    """Only the addresses that are protected: they stay hidden from most who may read names."""
    mark: str

    def read(self, text: str, *, names: bool = False, may_see_protected: bool = False) -> str:
        """A text as a reader sees it: under codes, or as it was written with what is protected still hidden."""
        if not names:
            return self.codes.told(text).text
        return text if may_see_protected or self.hidden is None else self.hidden.told(text).text

    def put_into(self, row: ChronologyRow) -> None:
        """Work out the texts of a row under codes, and whom it names."""
        shown, people = self.coded(row)
        row.shown, row.people = shown, people

    def coded(self, row: ChronologyRow) -> tuple[dict[str, Any], list[str]]:
        """The texts under codes, with the mark of the people they were made for."""
        people: list[str] = []
        shown: dict[str, Any] = {"of": self.mark}
        for name in CODED:
            written = getattr(row, name)
            if written:
                told = self.codes.told(written)
                shown[name] = told.text
                people += told.people
        if masked := self._masked(row):
            shown["masked"] = masked
        return shown, list(dict.fromkeys(people))

    def _masked(self, row: ChronologyRow) -> dict[str, str]:
        if self.hidden is None:
            return {}
        told = {name: self.hidden.told(getattr(row, name)) for name in CODED if getattr(row, name)}
        return {name: found.text for name, found in told.items() if found.people}


def cast_of(review: RapidReview) -> Cast:
    """The people as they are known now."""
    asked = routes.people_of(review)
    vault = Person.objects.filter(pk__in=[each.matter_person.person_id for each in asked]).prefetch_related("addresses")
    by_id = {person.pk: person for person in vault}
    known, hidden, called_by_id = [], [], {}
    for each in asked:
        person, pk = by_id[each.matter_person.person_id], each.matter_person.pk
        called_by_id[pk] = each.called
        known.append(_known(person, pk, each.called))
        if protected := tuple((address.lines, address.postcode) for address in person.addresses.all() if address.is_protected):
            hidden.append(Known(pk, each.called, addresses=protected))
    for entry in glossary_of(review):
        called_by_id[entry.pk] = entry.called
        known.append(_known_by_glossary(entry))
    mark = hashlib.sha256(repr((FORMS, known)).encode()).hexdigest()[:16]
    codes = Pseudonyms(known, numbers_of_all=True)
    return Cast(called_by_id, codes, Pseudonyms(hidden) if hidden else None, mark)


def called_in_family(review: RapidReview) -> dict[str, str]:
    """The people of the matter, by what the review calls them."""
    return {each.matter_person.pk: each.called for each in routes.people_of(review)}


def glossary_of(review: RapidReview) -> list[GlossaryEntry]:
    """Who and where else the rows name."""
    return list(review.glossary.filter(removed_at__isnull=True).select_related("written"))


def _known_by_glossary(entry: GlossaryEntry) -> Known:
    spelt = [entry.written.name, *(part.strip() for part in BETWEEN_NAMES.split(entry.written.also_written) if part.strip())]
    if entry.kind == "place":
        return Known(entry.pk, entry.called, places=tuple(spelt))
    given, _, family = spelt[0].rpartition(" ")
    return Known(entry.pk, entry.called, given=given, family=family, other_names=tuple(spelt[1:]))


def names_of_children(review: RapidReview) -> tuple[str, ...]:
    """How the children are called, for the reader that looks whether a child was seen."""
    people = [child.person for child in review.incident.children.select_related("person")]
    return tuple(name for person in people for name in (*_given(person).split()[:1],) if name)


def _known(person: Person, pk: str, called: str) -> Known:
    other = tuple(part.strip() for part in BETWEEN_NAMES.split(person.also_known_as) if part.strip())
    addresses = tuple((address.lines, address.postcode) for address in person.addresses.all())
    return Known(
        pk, called, given=_given(person), family=_said(person.family_name), other_names=other, born_on=person.born_on,
        nhs_number=person.nhs_number, addresses=addresses, school=person.school,
    )  # fmt: skip


def _given(person: Person) -> str:
    return _said(person.given_name)


def _said(name: str) -> str:
    """A name, and nothing where only “baby” or “not known” was typed: every baby of the text would be renamed."""
    return name.strip() if names.words(name) else ""
