"""Who knew what on a day: what each agency had recorded, and what had been shared with it, by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.procedures.chronology.findings.words import pattern as words_of
from sightline.procedures.chronology.findings.words import plain


@dataclass(frozen=True)
class Known:
    """One row came to the knowledge of one agency on a day; `how` says by which way, `is_sure` whether a person or a date tells it."""

    row: str
    agency: str
    on: date
    how: str
    is_sure: bool = True


def own(row: str, agency: str, *, start: date | None, end: date | None, recorded: date | None, is_exact: bool) -> Known | None:
    """When the agency of a row knew it: on the day on which it recorded it, else on the last day that the row can mean."""
    if recorded is not None:
        return Known(row, agency, max(recorded, start or recorded), "recorded")
    last = end or start
    return Known(row, agency, last, "happened", is_sure=is_exact) if last else None


def as_written(row: str, shared_with: str, agencies: Iterable[tuple[str, str, str]], *, on: date | None) -> list[Known]:
    """What a `shared with` cell says: each agency (id, name, kind) that it names, from the day of the row on."""
    said = plain(shared_with)
    if not said or on is None:
        return []
    found = []
    for pk, name, kind in agencies:
        if (len(name) > 3 and plain(name) in said) or (kind and words_of(f"agency.{kind}").search(said)):
            found.append(Known(row, pk, on, "as written", is_sure=False))
    return found


def by(knowledge: Iterable[Known], day: date) -> dict[str, dict[str, Known]]:
    """For each agency the rows that it knew at the end of a day, each by the first way in which it came to know it."""
    found: dict[str, dict[str, Known]] = {}
    for known in sorted(knowledge, key=lambda known: (known.on, not known.is_sure, known.row)):
        if known.on <= day:
            found.setdefault(known.agency, {}).setdefault(known.row, known)
    return found


def days_of_change(knowledge: Iterable[Known]) -> list[date]:
    """The days on which some agency came to know something."""
    return sorted({known.on for known in knowledge})
