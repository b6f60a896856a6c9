"""What the rows tell of the child's own days: seen, spoken to alone, own words, who they are; and where they tell nothing."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from sightline.procedures.chronology.wording import compared

ASPECTS: Final[Mapping[str, str]] = {
    "seen": "Seen", "alone": "Spoken to alone", "voice": "Own words", "language": "Language and interpreter", "disability": "Disability",
    "identity": "Identity",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One row as this view needs it: its text, whether the child was seen, and how that was written."""

    row: str
    start: date
    end: date
    text: str
    seen: str = ""
    seen_as_written: str = ""


@dataclass
class Month:
    """A month of the child's life, with the rows that tell of each aspect."""

    first: date
    rows: int = 0
    not_seen: int = 0
    by_aspect: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_silent(self) -> bool:
        """No row received tells that anybody saw the child."""
        return not self.by_aspect.get("seen")


def months(told: Iterable[Told], *, first: date, last: date) -> list[Month]:
    """Every month from the first to the last, those without a row too."""
    found: dict[tuple[int, int], Month] = {}
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        found[year, month] = Month(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for row in told:
        at = found.get((row.start.year, row.start.month))
        if at is None:
            continue
        at.rows += 1
        at.not_seen += row.seen == "N"
        for aspect in aspects(row):
            at.by_aspect.setdefault(aspect, []).append(row.row)
    return [found[key] for key in sorted(found)]


def aspects(row: Told) -> list[str]:
    """What one row tells of the child. Their words count only where they were seen: others speak of children too."""
    text, written = compared(row.text), compared(row.seen_as_written)
    found = ["seen"] if row.seen == "Y" else []
    if row.seen == "Y" and (_words("alone").search(written) or _words("alone").search(text)):
        found.append("alone")
    if row.seen == "Y" and (_words("voice").search(text) or re.search(r"[\"“‘'][^\"”’']{3,}[\"”’']", row.text)):
        found.append("voice")
    return found + [aspect for aspect in ("language", "disability", "identity") if _words(aspect).search(text)]


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """The words, as the file has them."""
    text = resources.files(__package__).joinpath("childs_day.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){_form(word)}(?!\w)" for word in lists()[name]))


def _form(word: str) -> str:
    return re.escape(word).replace(r"\*", r"[\w-]*")
