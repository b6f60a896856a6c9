"""What a request tells an agency of the people it is asked about: the little that it needs to search, by its sector."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.people.models import Person
from sightline.procedures.agency_request import identity_facts_told
from sightline.procedures.working_days import long_date


@dataclass(frozen=True)
class PersonTold:
    """One person by what the review calls them, and the facts that are told."""

    called: str
    facts: tuple[tuple[str, str], ...]


def told_to(asked: AgencyRequest) -> list[PersonTold]:
    """The people of a request, each with what is told to an agency of that sector; a protected address never is."""
    fields = identity_facts_told(asked.agency.sector)
    subjects = asked.subjects.select_related("matter_person__person").prefetch_related("matter_person__person__addresses")
    return [
        PersonTold(
            subject.called,
            tuple((label, words) for name, label in fields.items() if (words := _fact(subject.matter_person.person, name, asked))),
        )
        for subject in subjects
    ]


def _fact(person: Person, name: str, asked: AgencyRequest) -> str:
    if name == "addresses":
        return "\n".join(_addresses(person, asked))
    value: Any = getattr(person, name)
    return long_date(value) if isinstance(value, date) else str(value or "")


def _addresses(person: Person, asked: AgencyRequest) -> list[str]:
    found = []
    for address in person.addresses.all():
        overlaps = (address.from_on is None or address.from_on <= asked.period_to) and (
            address.to_on is None or address.to_on >= asked.period_from
        )
        if overlaps and not address.is_protected and (address.lines or address.postcode):
            found.append(", ".join(part for part in (" ".join(address.lines.split()), address.postcode) if part))
    return found
