"""The invented people of a world: who they are, every way in which they are written, and the numbers and places that belong to them."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.chronology_worlds.banks import Bank

FAMILY: Final = ("CH", "SIB1", "SIB2", "MO", "MP", "FA", "MGM", "MA", "MU", "FF", "N1", "N2")
WORKERS: Final = ("SW1", "SW2", "HV", "GP1", "DSL", "PC1")
OWN: Final = {"police": ("PC1",), "csc": ("SW1", "SW2"), "health": ("HV", "GP1"), "school": ("DSL",)}
TITLES: Final = {"GP1": "Dr", "PC1": "PC"}
WORKER_KIN: Final = {
    "SW1": "the social worker", "SW2": "the duty social worker", "HV": "the health visitor", "GP1": "the doctor",
    "DSL": "the safeguarding lead", "PC1": "the officer",
}  # fmt: skip
NOT_INITIALS: Final = frozenset({"MO", "FA", "MP", "MA", "MU", "CH", "FF", "GP", "HV", "SW", "PC", "ED", "AM", "PM", "NO"})


@dataclass
class Person:
    """Somebody of a world."""

    role: str
    forename: str
    surname: str
    is_man: bool
    is_family: bool
    kin: tuple[str, ...]
    born: date | None = None
    nhs: str = ""

    @property
    def name(self) -> str:
        return f"{self.forename} {self.surname}"

    @property
    def initials(self) -> str:
        return self.forename[0] + self.surname[0]

    @property
    def titled(self) -> str:
        is_child = self.role in ("CH", "SIB1", "SIB2")
        return "" if is_child else f"{TITLES.get(self.role, 'Mr' if self.is_man else 'Ms')} {self.surname}"

    @property
    def misspelt(self) -> str:
        """Two letters at the end changed about."""
        name = self.forename
        return name[:-2] + name[-1] + name[-2] if name[-1] != name[-2] else name + "e"

    @property
    def short(self) -> str:
        return self.forename[:3] + "s" if self.role == "CH" else ""

    @property
    def forms(self) -> list[str]:
        """Every spelling that tells who it is."""
        last = self.surname.upper()
        forms = {self.name, self.forename, f"{last}, {self.forename}", f"{self.forename} {last}", self.misspelt, self.titled, self.short}
        return sorted(form for form in (forms | ({self.initials} - NOT_INITIALS)) if form)


@dataclass
class Cast:
    """Everybody of a world, with the places."""

    people: dict[str, Person]
    borough: str
    school: str
    homes: list[str]
    phone: str
    schools: tuple[str, ...] = field(default=())


def people_of(bank: Bank, rng: random.Random, given: Mapping[str, tuple[str, bool, date | None]] | None = None) -> Cast:
    """A family, neighbours and workers with forenames that nobody shares; `given` names some of them, whether men, and when born."""
    women, men = list(bank.forenames_f), list(bank.forenames_m)
    rng.shuffle(women)
    rng.shuffle(men)
    surnames = list(bank.surnames)
    rng.shuffle(surnames)
    mothers, fathers, partners, *others = surnames
    people: dict[str, Person] = {}
    child_is_boy = rng.random() < 0.5
    sides = {
        "CH": (child_is_boy, mothers), "SIB1": (not child_is_boy, fathers), "SIB2": (rng.random() < 0.5, partners), "MO": (False, mothers),
        "MP": (True, partners), "FA": (True, fathers), "MGM": (False, mothers), "MA": (False, mothers), "MU": (True, mothers),
        "FF": (True, others[0]), "N1": (False, others[1]), "N2": (True, others[2]), "SW1": (False, others[3]), "SW2": (True, others[4]),
        "HV": (False, others[5]), "GP1": (True, others[6]), "DSL": (False, others[7 % len(others)]), "PC1": (True, others[8 % len(others)]),
    }  # fmt: skip
    ages = {"CH": 8, "SIB1": 15, "SIB2": 2, "MO": 30, "MP": 33, "FA": 34, "MGM": 56}
    for role, (is_man, surname) in sides.items():
        names = men if is_man else women
        if not names:
            names = women or men
        born = date(2018, 1, 1) - timedelta(days=ages[role] * 365 + rng.randrange(365)) if role in ages else None
        kin = bank.kin.get(role, ()) or ((WORKER_KIN[role],) if role in WORKER_KIN else ())
        nhs = _nhs(rng) if role in ("CH", "SIB1", "SIB2") else ""
        people[role] = Person(role, names.pop(), surname, is_man, role in FAMILY, kin, born, nhs)
        if given and role in given:
            name, is_man, day = given[role]
            people[role].forename, _, people[role].surname = name.partition(" ")
            people[role].is_man, people[role].born = is_man, day or born
    homes = [f"{rng.randrange(2, 99)} {street}" for street in rng.sample(bank.streets, 4)]
    return Cast(people, "Arden", bank.schools[0], homes, f"07700 900{rng.randrange(100, 999)}", bank.schools)


def _nhs(rng: random.Random) -> str:
    """A number of the test range with its right check digit."""
    while True:
        digits = [9, 9, 9, *(rng.randrange(10) for _ in range(6))]
        check = (11 - sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11) % 11
        if check != 10:
            return "".join(map(str, (*digits, check)))


def glossary(cast: Cast) -> list[dict[str, Any]]:
    """Everything that identifies somebody, in the format of a truth."""
    found: list[dict[str, Any]] = []
    for role, person in cast.people.items():
        found.append({"id": f"person:{role}", "kind": "person", "role": role, "family": person.is_family, "name": person.name,
                      "forms": person.forms, "kin_words": list(person.kin)})  # fmt: skip
        if person.born:
            day = person.born
            forms = [f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}", f"{day.day} {day:%B %Y}"]
            found.append({"id": f"dob:{role}", "kind": "date_of_birth", "role": role, "value": day.isoformat(), "forms": forms})
        if person.nhs:
            forms = [person.nhs, f"{person.nhs[:3]} {person.nhs[3:6]} {person.nhs[6:]}"]
            found.append({"id": f"nhs:{role}", "kind": "nhs_number", "role": role, "value": person.nhs, "forms": forms})
    for surname in dict.fromkeys(person.surname for person in cast.people.values()):
        found.append({"id": f"surname:{surname}", "kind": "surname", "forms": [surname, surname.upper()]})
    found += [{"id": f"address:{at}", "kind": "address", "value": home, "forms": [home]} for at, home in enumerate(cast.homes)]
    found += [{"id": f"school:{at}", "kind": "school", "value": name, "forms": [name]} for at, name in enumerate(cast.schools)]
    found.append({"id": "phone:MO", "kind": "phone", "role": "MO", "value": cast.phone, "forms": [cast.phone]})
    return found
