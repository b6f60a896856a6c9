"""The table of one agency: which columns it has, and every row as cells, with what the truth says of it."""

import random
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks.chronology_worlds.entries import FILES, Planned
from benchmarks.chronology_worlds.untidy import Written, clock, without_year, written
from benchmarks.chronology_worlds.world import World


@dataclass
class Line:
    """One row as cells by field."""

    planned: Planned
    when: Written
    cells: dict[str, str]
    shares_event_cell: bool = False


@dataclass
class Sheet:
    """One agency's table before it becomes a file."""

    agency: str
    columns: tuple[tuple[str, str], ...]
    lines: list[Line]
    has_years_above: bool
    truth: list[dict[str, Any]] = field(default_factory=list)


def sheet_of(world: World, agency: str, rng: random.Random) -> Sheet:
    """Cells as this agency writes them: a column that it lacks is said in the event, or nowhere."""
    styles = world.bank.headings[agency]
    columns = styles[0] if len(styles) == 1 or rng.random() < 0.6 else rng.choice(styles[1:])
    fields = {name for name, _ in columns}
    rows = sorted((row for row in world.rows if row.agency == agency), key=lambda row: row.number)
    no_years = FILES[agency].endswith(".docx") and rng.random() < 0.25
    lines = [_line(world, row, fields, rng, no_years=no_years) for row in rows]
    _share_dates(lines, rng)
    sheet = Sheet(agency, columns, lines, no_years)
    sheet.truth = [_truth(line, fields) for line in lines]
    return sheet


def _line(world: World, row: Planned, fields: set[str], rng: random.Random, *, no_years: bool) -> Line:
    when = written(row, rng, style="real" if FILES[row.agency].endswith(".xlsx") else "text")
    if no_years and when.precision == "exact" and not when.uncertain:
        when = without_year(row.day, rng)
    time = clock(row.at, rng)
    event = row.event
    if "seen" not in fields and row.seen in ("Y", "N") and not row.shown.get("says_sight"):
        event = f"{event} {world.voice.say(row.agency, rng.choice(world.bank.sight[row.seen]))}"
    if "action" not in fields and row.action:
        event = f"{event} {row.action.rstrip('.')}."
    if "time" not in fields and row.at is None:
        time = ""
    cells = {
        "date": when.text, "time": time, "source": row.source, "event": event, "action": row.action, "comment": row.comment,
        "shared": row.shared_with, "recorded": f"{row.recorded:%d/%m/%Y}" if row.recorded else "", "seen": _seen(world, row, rng),
    }  # fmt: skip
    if (
        "time" not in fields
        and time
        and row.at
        and rng.random() < 0.5
        and not no_years
        and when.value is None
        and when.precision == "exact"
    ):
        cells["date"] = f"{when.text} {row.at}"
    elif "time" not in fields:
        row.at = None
    return Line(row, when, cells)


def _seen(world: World, row: Planned, rng: random.Random) -> str:
    cells = {"Y": world.bank.seen_yes, "N": world.bank.seen_no}.get(row.seen or "", world.bank.seen_unsaid)
    return rng.choice(cells)


def _share_dates(lines: list[Line], rng: random.Random) -> None:
    """Now and then two rows of one day share its cell, or the second has none."""
    for above, line in pairwise(lines):
        same = above.planned.day == line.planned.day and above.when.precision == line.when.precision == "exact"
        if same and not above.when.uncertain and not line.when.uncertain and not above.when.from_row_above and rng.random() < 0.5:
            line.when = Written("", above.when.start, above.when.end, from_row_above=True)
            line.cells["date"] = ""
            if "time" not in line.cells or not line.cells["time"]:
                line.planned.at = None


def _truth(line: Line, fields: set[str]) -> dict[str, Any]:
    row, cells = line.planned, line.cells
    at = row.at if ("time" in fields and cells["time"] not in ("", "am", "pm")) or (row.at and row.at in cells["date"]) else None
    return {
        "row": row.number, "date": line.when.truth, "time": at, "time_as_written": cells["time"] if "time" in fields else None,
        "source": (cells["source"] or None) if "source" in fields else None, "event": cells["event"] or None,
        "action": (cells["action"] or None) if "action" in fields else None,
        "comment": (cells["comment"] or None) if "comment" in fields else None,
        "shared_with": (cells["shared"] or None) if "shared" in fields else None,
        "recorded": row.recorded.isoformat() if row.recorded and "recorded" in fields else None, "child_seen": row.seen,
        "child_seen_as_written": cells["seen"] if "seen" in fields else None, "significant": row.is_significant,
    }  # fmt: skip
