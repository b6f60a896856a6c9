"""The order of a combined chronology: by day and time as far as they are known, and by agency where they are the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")
Place: TypeAlias = tuple[bool, date, int, time, date, str, int]

PART_OF_MONTH: Final = ((10, "early"), (20, "mid"), (31, "late"))
TIMED, UNTIMED, SPAN = range(3)
KNOWN_OTHERWISE: Final = frozenset({"LA", "GP", "SW", "HV", "PC", "DC", "DI", "DS", "CSC", "YP", "CP", "CIN", "MO", "FA", "MH", "SG"})
"""Shorthand that chronologies are full of."""


@dataclass(frozen=True)
class When:
    """When a row of a chronology happened, as far as its agency knows."""

    start: date | None = None
    end: date | None = None
    precision: str = "exact"
    at: time | None = None
    is_uncertain: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the row has a day at all by which it can be placed."""
        return self.start is not None and self.precision != "unknown"

    @property
    def in_words(self) -> str:
        """The date in words that claim no more than is known."""
        if self.start is None or self.precision == "unknown":
            return "Date not understood"
        words = self._known_words(self.start, self.end or self.start)
        return f"{words} (given with a doubt)" if self.is_uncertain and self.precision in ("exact", "range") else words

    def _known_words(self, start: date, end: date) -> str:
        if self.precision == "week":
            return f"in the week of {_day(start)}"
        if self.precision == "month":
            return f"in {start:%B %Y}"
        if self.precision == "approx":
            return _about(start, end)
        if self.precision == "range" and end != start:
            return f"{_day(start)} to {_day(end)}"
        return _day(start)


def place(when: When, *, agency: str, number: int) -> Place:
    """Where a row stands: day, then known times, then unknown times, then spans that begin on the day; what has no day comes last."""
    if when.start is None or not when.is_known:
        return (True, date.min, SPAN, time.min, date.min, agency, number)
    is_one_day = when.precision == "exact"
    group = SPAN if not is_one_day else UNTIMED if when.at is None else TIMED
    at = when.at if is_one_day and when.at is not None else time.min
    return (False, when.start, group, at.replace(tzinfo=None), date.min if is_one_day else when.end or when.start, agency, number)


def merged(rows: Iterable[T], key: Callable[[T], Place]) -> Sequence[T]:
    """The rows of all agencies in one order; rows that nothing tells apart stay in the order in which they came."""
    return sorted(rows, key=key)


def codes_of(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A short code for each agency, from its short name or its initials; where two would be the same, a number follows.

    Initials that readers know as somebody else's, as LA for the local authority, give way to the first word of the name.
    """
    codes: dict[str, str] = {}
    for name, short in names:
        if name in codes:
            continue
        initials = "".join(word[0].upper() for word in name.split() if word[0].isalnum())
        wanted = short if 0 < len(short) <= 12 else name.split()[0][:12] if initials in KNOWN_OTHERWISE else initials or name[:3].upper()
        code, number = wanted, 2
        while code in codes.values():
            code, number = f"{wanted} {number}", number + 1
        codes[name] = code
    return codes


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _about(start: date, end: date) -> str:
    """Early, mid or late in a month where the days lie in one part of it; else from when to when."""
    if start == end:
        return f"about {_day(start)}"
    if (start.year, start.month) == (end.year, end.month):
        parts = {next(part for last, part in PART_OF_MONTH if day.day <= last) for day in (start, end)}
        return f"about {parts.pop()} {start:%B %Y}" if len(parts) == 1 else f"about {start:%B %Y}"
    if start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"about {start.year}"
    return f"about {_day(start)} to {_day(end)}"
