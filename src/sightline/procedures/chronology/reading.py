"""What was read from an agency's chronology: its rows, and what became of every line that is not a row."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date as Day
from typing import Any, Final

from sightline.procedures.errors import ForTheReader

PRECISIONS: Final = ("exact", "week", "month", "approx", "range", "unknown")
FIELDS: Final = ("date", "date_to", "time", "recorded", "source", "event", "action", "seen", "comment", "shared")
FATES: Final = {
    "heading": "Column headings",
    "section": "A heading across the table, such as a year",
    "blank": "Blank",
    "family": "A table that is not chronology, such as the family",
    "outside": "Text before, between or after the tables",
    "continued": "Goes on from the row above, to which it was added",
    "closing": "A closing line",
    "refused": "Not read",
}


class CannotRead(ForTheReader):
    """A chronology that is kept as an attachment, with its rows typed beside it."""


@dataclass(frozen=True)
class WrittenDate:
    """A date as it was written and the days it can mean; without days when it was not understood."""

    start: Day | None = None
    end: Day | None = None
    precision: str = "unknown"
    uncertain: bool = False
    as_written: str = ""
    from_row_above: bool = False


@dataclass(frozen=True)
class Row:
    """One contact or event, in its agency's own words."""

    number: int
    where: str
    date: WrittenDate
    time: str | None = None
    time_as_written: str | None = None
    source: str | None = None
    event: str | None = None
    action: str | None = None
    comment: str | None = None
    shared_with: str | None = None
    recorded: Day | None = None
    recorded_as_written: str | None = None
    child_seen: str | None = None
    child_seen_as_written: str | None = None
    needs_look: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()

    @property
    def fate(self) -> str:
        """Read without doubt, or kept for a person to look at."""
        return "needs_look" if self.needs_look else "kept"


@dataclass(frozen=True)
class Explained:
    """One line of the file that is not a row of the chronology: which it is and why, with its text so that nothing is lost."""

    where: str
    fate: str
    why: str
    text: str = ""


@dataclass(frozen=True)
class Column:
    """What one column of one table was taken for, and by what: its heading, its content, the table above, or because a person said so."""

    table: str
    number: int
    field: str
    heading: str
    by: str = "heading"


@dataclass(frozen=True)
class Reading:
    """A chronology read: every one of its lines is a row kept or a line explained."""

    rows: tuple[Row, ...] = ()
    explained: tuple[Explained, ...] = ()
    columns: tuple[Column, ...] = ()
    lines: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """How many lines met each fate."""
        counted = {"kept": 0, "needs_look": 0} | dict.fromkeys(FATES, 0)
        for row in self.rows:
            counted[row.fate] += 1
        for line in self.explained:
            counted[line.fate] += 1
        return counted

    @property
    def is_whole(self) -> bool:
        """Whether lines in are rows kept and lines explained."""
        return self.lines == len(self.rows) + len(self.explained)


def as_plain(reading: Reading) -> dict[str, Any]:
    """A reading as plain values that can cross a pipe."""
    plain = asdict(reading)
    for row in plain["rows"]:
        row["recorded"] = _iso(row["recorded"])
        row["date"] |= {"start": _iso(row["date"]["start"]), "end": _iso(row["date"]["end"])}
    return plain


def from_plain(plain: Mapping[str, Any]) -> Reading:
    """A reading from the plain values of `as_plain`."""
    return Reading(
        rows=tuple(_row(row) for row in plain["rows"]),
        explained=tuple(Explained(**line) for line in plain["explained"]),
        columns=tuple(Column(**column) for column in plain["columns"]),
        lines=plain["lines"],
        notes=tuple(plain["notes"]),
    )


def numbered(rows: list[Row]) -> tuple[Row, ...]:
    """The rows with their numbers from one, in the order of the file."""
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=1))


def _row(plain: Mapping[str, Any]) -> Row:
    day = plain["date"] | {"start": _day(plain["date"]["start"]), "end": _day(plain["date"]["end"])}
    return Row(
        **{
            **plain,
            "date": WrittenDate(**day),
            "recorded": _day(plain["recorded"]),
            "needs_look": tuple(plain["needs_look"]),
            "other": tuple((heading, text) for heading, text in plain["other"]),
        }
    )


def _iso(day: Day | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> Day | None:
    return Day.fromisoformat(text) if text else None
