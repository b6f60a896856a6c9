"""What a recipient must not learn, and how else it may be written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

KINDS: Final = {
    "name": "Name", "date_of_birth": "Date of birth", "address": "Address", "postcode": "Postcode", "school": "School",
    "nhs_number": "NHS number", "phone": "Telephone number", "upn": "Unique pupil number",
}  # fmt: skip
# Letters of other alphabets that look like ours.
LOOKALIKES: Final = str.maketrans("АВЕКМНОРСТХаеорсухіј", "ABEKMHOPCTXaeopcyxij")
NOT_SEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class Fact:
    """One thing about one person: its kind, its value as it is recorded, and what the case calls that person."""

    kind: str
    value: str
    about: str


def seen(text: str) -> str:
    """A text as a reader's eye takes it: without marks that cannot be seen, with lookalike letters and accents as plain ones."""
    plain = NOT_SEEN.sub("", unicodedata.normalize("NFKD", text)).translate(LOOKALIKES)
    return re.sub(r"\s+", " ", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def words_of(name: str) -> list[str]:
    """The words of a name by which somebody can be known, hyphens parted."""
    return [word for word in re.split(r"[\s\-‐‑–'’.]+", seen(name)) if len(word) > 1]


def dates_written(on: date) -> Iterator[str]:
    """A day in the ways in which people write it, in lower case."""
    day, month, year = on.day, on.month, on.year
    for separator in "/.-":
        for first, second in ((f"{day}", f"{month}"), (f"{day:02}", f"{month:02}"), (f"{day:02}", f"{month}"), (f"{day}", f"{month:02}")):
            yield f"{first}{separator}{second}{separator}{year}"
            yield f"{first}{separator}{second}{separator}{year % 100:02}"
    yield on.isoformat()
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    for name in (f"{on:%B}".lower(), f"{on:%b}".lower()):
        for written in (f"{day}", f"{day:02}", f"{day}{ordinal}", f"{day}{ordinal} of"):
            yield f"{written} {name} {year}"
            yield f"{written} {name}, {year}"
        yield f"{name} {day}, {year}"
        yield f"{name} {day} {year}"
