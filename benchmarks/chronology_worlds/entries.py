"""One planned row of one agency, before it is written as an agency writes; and how sentences get their people."""

import random
import string
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.chronology_worlds.banks import Bank
from benchmarks.chronology_worlds.people import OWN, Cast, Person

AGENCIES: Final = ("police", "csc", "health", "school")
FILES: Final = {"police": "police.docx", "csc": "childrens-social-care.xlsx", "health": "health.csv", "school": "school.docx"}


@dataclass(eq=False)
class Planned:
    """A row as it is planned; `number` comes last, when all rows of its agency are in order."""

    agency: str
    day: date
    event: str
    action: str = ""
    seen: str | None = None
    is_significant: bool = False
    is_plant: bool = True
    at: str | None = None
    number: int = 0
    comment: str = ""
    shared_with: str = ""
    source: str = ""
    recorded: date | None = None
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def row(self) -> str:
        return f"{FILES[self.agency]}#{self.number}"


class Voice:
    """Says sentences of a bank with people of a world in them."""

    def __init__(self, bank: Bank, cast: Cast, rng: random.Random) -> None:
        self.bank, self.cast, self.rng = bank, cast, rng

    def say(self, agency: str, template: str, **given: str) -> str:
        """A sentence in the words of an agency; a slot that is given a role becomes one of that person's forms."""
        child = self.cast.people["CH"]
        own = self.rng.choice(OWN[agency])
        facts = {"he": "he" if child.is_man else "she", "his": "his" if child.is_man else "her", "him": "him" if child.is_man else "her"}
        text = _Slots(self, agency, {"ch": "CH", "mo": "MO", "sib": "SIB1", "sib2": "SIB2", "mp": "MP", "own": own} | given, facts).format(
            template
        )
        return text[:1].upper() + text[1:]

    def form(self, agency: str, role: str) -> str:
        """One way in which an agency writes somebody."""
        person = self.cast.people[role]
        ways: list[tuple[str, int]] = [
            (role, 25 if person.is_family and role not in ("FF", "N2") else 15),
            (person.forename, 30),
            (person.name, 15),
            (person.misspelt, 1),
        ]
        if agency == "police":
            ways += [(f"{person.surname.upper()}, {person.forename}", 20)]
        if person.titled:
            ways += [(person.titled, 12)]
        if person.short:
            ways += [(person.short, 3)]
        if person.kin:
            ways += [(word, 22 // len(person.kin)) for word in person.kin]
        if person.initials in person.forms and role in ("CH", "MO", "MP", "MA", "SIB1"):
            ways += [(person.initials, 6)]
        if not self._is_only_one(person):
            ways = [(way, weight) for way, weight in ways if way != person.titled]
        return self.rng.choices([way for way, _ in ways], [weight for _, weight in ways])[0]

    def _is_only_one(self, person: Person) -> bool:
        same = [
            other
            for other in self.cast.people.values()
            if other.surname == person.surname and other.is_man == person.is_man and other.titled
        ]
        return len(same) == 1


class _Slots(string.Formatter):
    """Fills the slots of a template: each mention of one person is written anew."""

    def __init__(self, voice: Voice, agency: str, given: dict[str, str], facts: dict[str, str]) -> None:
        self.voice, self.agency, self.given, self.facts = voice, agency, given, facts

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> str:
        name = str(key)
        if name in self.facts:
            return self.facts[name]
        said = self.given.get(name, "")
        is_somebody = said in self.voice.cast.people and name not in ("told_by", "told_to")
        return self.voice.form(self.agency, said) if is_somebody else said


def days_between(one: date, other: date) -> int:
    return (other - one).days


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)
