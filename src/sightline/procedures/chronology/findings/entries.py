"""What the rules read, and what they say: entries of several agencies in, findings with their rows out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Final

from sightline.procedures.chronology.reading import Row

KINDS: Final = (
    "same_event", "gap", "conflict", "late_knowledge", "never_shared", "unanswered_concern", "missed_appointments", "step_missed",
    "untested_framing", "move", "change_of_worker",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One row of one agency, as the rules read it. `id` is the caller's; `seen` is Y, N or empty."""

    id: str
    agency: str
    start: date | None = None
    end: date | None = None
    is_exact: bool = True
    at: time | None = None
    event: str = ""
    action: str = ""
    comment: str = ""
    source: str = ""
    shared_with: str = ""
    recorded: date | None = None
    seen: str = ""
    same_event: str = ""
    """Whatever a person has said of it: rows with one and the same word here tell of one event."""
    agency_name: str = ""

    @property
    def last(self) -> date | None:
        """The last day that the entry can mean."""
        return self.end or self.start

    @cached_property
    def said(self) -> str:
        """The event and what was done, as one text."""
        return f"{self.event}\n{self.action}" if self.action and self.action != self.event else self.event


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whom the chronologies name: a role code, every spelling that is known, and kinship words."""

    code: str
    names: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    is_subject: bool = False
    is_worker: bool = False


@dataclass(frozen=True)
class Case:
    """Everything that one analysis reads: the rows, the people that are known, and text that stood outside the rows."""

    entries: tuple[Entry, ...]
    people: tuple[KnownPerson, ...] = ()
    preamble: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that a reader should look at, with the rows that it rests on and the sentence of each that made it."""

    kind: str
    rows: tuple[str, ...]
    said: str
    """One plain sentence without a name: “no row received shows …”."""
    reasons: tuple[str, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    """By row, the words of that row that the finding rests on; they may hold names."""
    start: date | None = None
    end: date | None = None
    days: int | None = None
    about: str = ""
    values: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    """For a gap, the rows that lie in it: what was planned and recorded meanwhile."""

    @property
    def mark(self) -> str:
        """The same for the same finding in a later analysis: its kind, what it is about and its rows, whatever else was added."""
        told = "\n".join((self.kind, self.about, *sorted(self.rows)))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def entries_of(rows: Sequence[Row], *, file: str, agency: str, agency_name: str = "") -> tuple[Entry, ...]:
    """Rows as they were read from one file, named `file#number`."""
    return tuple(
        Entry(
            id=f"{file}#{row.number}", agency=agency, start=row.date.start, end=row.date.end,
            is_exact=row.date.precision == "exact" and not row.date.uncertain, at=time.fromisoformat(row.time) if row.time else None,
            event=row.event or "", action=row.action or "", comment=row.comment or "", source=row.source or "",
            shared_with=row.shared_with or "", recorded=row.recorded, seen=row.child_seen or "", agency_name=agency_name,
        )
        for row in rows
    )  # fmt: skip
