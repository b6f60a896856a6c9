"""Times in which no row received shows that an agency saw or spoke with the child, with what was recorded meanwhile."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sightline.procedures.chronology.findings.entries import Entry, Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Scan


def find(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """From the last sight of the child to the next, where the two are as far apart as the rule says.

    A row that spans several days counts on its first and on its last: a gap is never made by a date that is not known well.
    """
    least = settings.figure("gap_days")
    seen: dict[date, list[Entry]] = defaultdict(list)
    for entry in scan.case.entries:
        if entry.seen == "Y" and entry.start is not None:
            for day in {entry.start, entry.last or entry.start}:
                seen[day].append(entry)
    for before, after in pairwise(sorted(seen)):
        days = (after - before).days
        if days < least or {entry.id for entry in seen[before]} & {entry.id for entry in seen[after]}:
            continue
        within = [read.entry for read in scan.dated if read.start and before < read.start and read.entry.last and read.entry.last < after]
        rows = (seen[before][0].id, seen[after][0].id)
        yield Finding(
            "gap", rows, f"No row received shows that anybody saw or spoke with the child for {days} days.",
            reasons=_reasons(len(within), len({entry.agency for entry in within})),
            sentences={entry.id: entry.event for entry in (seen[before][0], seen[after][0])},
            start=before, end=after, days=days, inside=tuple(entry.id for entry in within),
        )  # fmt: skip


def _reasons(rows: int, agencies: int) -> tuple[str, ...]:
    if not rows:
        return ("No agency recorded anything in this time.",)
    return (f"{rows} rows of {agencies} {'agency' if agencies == 1 else 'agencies'} lie in this time; none says that the child was seen.",)
