"""How people are written in chronologies: codes, words of kinship, titles, and slips of the pen."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from rapidfuzz.distance import OSA

from sightline.procedures.chronology.findings import words

# Capitals that are nobody's initials and nobody's surname.
ABBREVIATIONS: Final = frozenset({
    "GP", "HV", "SW", "PC", "DC", "ED", "CP", "LA", "YP", "IT", "TV", "UK", "AM", "PM", "OK", "RE", "TC", "DV", "EH", "SN", "MW",
    "CSC", "TAF", "TAC", "NHS", "DOB", "MASH", "CPOMS", "NFA", "DSL", "EDT", "CAMHS", "ICPC", "RCPC", "PPN", "VPN", "ANPR",
    "DNA", "WNB", "SALT", "MARAC", "LADO", "ABE", "CIN", "STORM", "UTC", "CRN", "DASH", "ELSA", "SENCO", "MOT", "AKA", "NEG",
    "FSW", "ITU",
})  # fmt: skip
CODE: Final = re.compile(
    r"(?<!\w)(?:SIB ?\d?|Sib ?\d?|CH\d?|YP|MO|Mo|FA|Fa|MP|FP|SF|SM|MGM|MGF|PGM|PGF|GGM|MA|PA|MU|PU|GA|GU|FF|N[1-9]|NB\d|SW\d?|HV\d?"
    r"|GP\d?|DSL\d?|PC\d|HO\d?|"
    r"YJW\d?|MW\d?|SN\d?)(?!\w)"
)
TITLED: Final = re.compile(r"(?<!\w)(Mr|Mrs|Ms|Miss|Dr|PC|DC|Sgt|Nurse|Sister)\.? ([A-Z][A-Za-z'’-]{2,})(?!\w)")


@cache
def facts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Codes and kinship words, as the file has them."""
    text = resources.files(__package__).joinpath("people.toml").read_text(encoding="utf-8")
    return {group: {code: tuple(words) for code, words in codes.items()} for group, codes in tomllib.loads(text).items()}


@cache
def places() -> frozenset[str]:
    """Words that end the name of a street, a school or a service, which is nobody's surname."""
    ends = (
        "school academy primary infant junior nursery college hospital surgery centre clinic police council partnership services "
        "trust unit team"
    )
    return frozenset((*words.lists()["address"]["streets"], *ends.split()))


@cache
def _codes() -> Mapping[str, str]:
    found = {word: code for code, words in facts()["codes"].items() for word in words}
    return found | {code.lower(): code for group in ("family", "worker") for code in facts()[group]}


def one_code(said: str) -> str:
    plain = said.strip().lower().replace(" ", "")
    if plain in _codes():
        return _codes()[plain]
    return said.strip().replace(" ", "") if CODE.fullmatch(said.strip()) else ""


def bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an|his|her|their) ", "", " ".join(words.lower().replace("’", "'").split()))


def is_day(word: str) -> bool:
    return bool(
        re.match(
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october|xmas|christmas|easter",
            word.lower(),
        )
    )


def gender_of(said: str, keys: frozenset[str]) -> str:
    title = said.split(" ")[0].rstrip(".")
    if title in ("Mr", "Mrs", "Ms", "Miss"):
        return "M" if title == "Mr" else "F"
    if len(keys) == 1:
        return GENDERS.get(next(iter(keys)), "")
    return ""


GENDERS: Final = {
    code: gender for gender, codes in (("F", "MO MGM PGM MA PA GA GGM FP"), ("M", "FA MP MGF PGF MU PU GU")) for code in codes.split()
}


@cache
def gender_of_forename(forename: str) -> str:
    """M or F for a common forename, else empty."""
    plain = forename.lower()
    return next((gender for gender, names in facts()["forenames"].items() if plain in names), "")


@cache
def is_slip_of(said: str, name: str) -> bool:
    """One letter wrong, missing, doubled or two changed about, in a name long enough for it."""
    return len(name) >= 5 and said[0] == name[0] and abs(len(said) - len(name)) <= 1 and said != name and OSA.distance(said, name) == 1


NOT_FORENAMES: Final = frozenset(
    [
        "The",
        "A",
        "An",
        "At",
        "On",
        "In",
        "By",
        "For",
        "From",
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "PC",
        "Case",
        "Family",
        "Social",
        "Police",
        "School",
        "Health",
        "Child",
        "Children",
        "Information",
        "Concern",
        "Call",
        "Letter",
        "Visit",
        "Told",
        "Report",
        "Patient",
        "Officer",
        "Mother",
        "Father",
        "Maternal",
        "Paternal",
        "Birth",
        "Joint",
        "Home",
        "Named",
        "Duty",
        "Telephone",
        "Email",
        "Text",
        "Contact",
    ]
)
