"""What the columns of a chronology hold: by their headings, as agencies name them, or else by what stands in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sightline.procedures.chronology.contents import SAMPLED_LINES, contents
from sightline.procedures.chronology.dates import is_ditto, looks_like_date
from sightline.procedures.chronology.headings import heading_field, is_family_heading, may_head
from sightline.procedures.chronology.tables import Line, Table
from sightline.procedures.chronology.wording import compared

SHORTEST_EVENT: Final = 14  # on average, in letters
LONGEST_YES: Final = 6
JOINED_FIELDS: Final = frozenset({"source", "event", "action", "comment", "shared"})


@dataclass(frozen=True)
class Claim:
    """What one column is taken for, how surely, and by what."""

    place: int
    field: str
    heading: str
    weight: int
    by: str = "heading"


def headings(line: Line) -> tuple[Claim, ...]:
    """The columns that a heading row names; nothing when the line is no heading row of a chronology."""
    cells = [(place, cell.text) for place, cell in enumerate(line.cells) if cell.text and not cell.goes_on_left and not cell.goes_on_above]
    # A cell that goes on from above is a date merged over two rows, which no heading has.
    if (
        len(cells) < 2
        or any(cell.value is not None or (cell.goes_on_above and cell.text == "") for cell in line.cells)
        or not all(may_head(text) for _, text in cells)
    ):
        return ()
    found = [(place, text, heading_field(text)) for place, text in cells]
    known = [(place, text, field) for place, text, field in found if field]
    if len(known) < max(2, (len(cells) + 1) // 2):
        return ()
    claims = settled(Claim(place, field[0] if field else "other", text, field[1] if field else 0) for place, text, field in found)
    fields = {claim.field for claim in claims}
    if "date" not in fields or not fields - {"date", "recorded", "other", "date_to", "time"}:
        return ()
    return () if is_family_heading(line) else claims


def settled(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Each field to the surest of its claims; texts that are equally sure belong together; the rest are kept as other columns."""
    listed = list(claims)
    fields = {claim.field for claim in listed}
    if "date" not in fields and "recorded" in fields:
        listed = [
            _as(claim, "date") if claim.field == "recorded" and re.search(r"\b(?:date|when|day)\b", compared(claim.heading)) else claim
            for claim in listed
        ]
    best = {field: max(claim.weight for claim in listed if claim.field == field) for field in {claim.field for claim in listed}}
    if "event" not in best:
        # An agency without an event column has the event in what comes nearest.
        for stand_in in ("comment", "action", "source"):
            texts = [claim for claim in listed if claim.field == stand_in]
            if texts and (stand_in != "source" or best[stand_in] < 3):
                listed = [_as(claim, "event") if claim is texts[-1] else claim for claim in listed]
                best = {field: max(claim.weight for claim in listed if claim.field == field) for field in {claim.field for claim in listed}}
                break
    settled: list[Claim] = []
    taken: set[str] = set()
    for claim in listed:
        is_surest = claim.weight == best[claim.field] and (claim.field in JOINED_FIELDS or claim.field not in taken)
        if claim.field == "other" or is_surest:
            taken.add(claim.field)
            settled.append(claim)
        elif claim.field == "event" and "comment" not in best and re.search(r"\b(?:notes?|observations?)\b", compared(claim.heading)):
            # Beside a column of events, notes and observations are the author's.
            settled.append(_as(claim, "comment"))
        else:
            settled.append(_as(claim, "other"))
    return tuple(settled)


def _as(claim: Claim, field: str) -> Claim:
    return Claim(claim.place, field, claim.heading, claim.weight, claim.by)


def told(columns: Mapping[int, str], line: Line | None) -> tuple[Claim, ...]:
    """The columns as a person said they are."""
    return tuple(Claim(place, field, line.at(place).text if line else "", 9, "told") for place, field in sorted(columns.items()))


def by_content(table: Table, lines: Sequence[Line], known: tuple[Claim, ...] = ()) -> tuple[Claim, ...]:
    """The columns by what stands in them; nothing when no column is mostly dates or none holds text. What is known already stays."""
    taken = {claim.place: claim for claim in known if claim.field != "other"}
    fields = {claim.field for claim in taken.values()}
    columns = {place: column for place, column in enumerate(contents(lines[:SAMPLED_LINES], table.width)) if column.cells}
    free = {place: column for place, column in columns.items() if place not in taken}
    found: dict[int, str] = {}
    if "date" not in fields:
        dates = [place for place, column in free.items() if column.is_dates and column.filled * 4 >= 1]
        if not dates:
            return ()
        found[dates[0]] = "date"
        if len(dates) > 1 and "recorded" not in fields:
            found[dates[1]] = "recorded"
    for field, fitting in (
        ("time", [place for place, column in free.items() if column.is_times]),
        ("seen", [place for place, column in free.items() if column.is_answers and (column.seeing >= 0.25 or column.length < LONGEST_YES)]),
    ):
        fitting = [place for place in fitting if place not in found and not free[place].is_dates]
        if fitting and field not in fields:
            found[fitting[0]] = field
    if "event" not in fields:
        lengths = {place: column.length for place, column in free.items() if place not in found and column.letters >= 0.6}
        if not lengths:
            return ()
        event = max(lengths, key=lambda place: (lengths[place], -place))
        if lengths[event] < SHORTEST_EVENT and not known:
            return ()  # a list of names and birthdays has dates too
        found[event] = "event"
        texts = [place for place in lengths if place != event]
        for field, side in (
            ("source", [place for place in texts if place < event][-1:]),
            ("action", [place for place in texts if place > event][:1]),
        ):
            if field not in fields and side:
                found[side[0]] = field
    inferred = [Claim(place, field, "", 1, "content") for place, field in found.items()]
    kept = {claim.place: claim for claim in (*known, *inferred)}
    rest = [Claim(place, "other", "", 0, "content") for place in columns if place not in kept]
    return tuple(sorted((*kept.values(), *rest), key=lambda claim: claim.place))


def is_dated(line: Line, place: int) -> bool:
    """Whether the line has a date or a ditto mark in the column of dates."""
    cell = line.at(place)
    return isinstance(cell.value, date) or (bool(cell.text) and (looks_like_date(cell.text) or is_ditto(cell.text)))
