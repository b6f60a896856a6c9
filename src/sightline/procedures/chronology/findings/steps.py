"""Steps that were planned or are required and have no row, moves of the family and of the case, and changes of worker."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.conflicts import addresses_in
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan

A_YEAR: Final = 365
# A step that the words of a row announce, the list of words by which a later row shows it, and within how many days it is looked for
# where the row gives no day of its own. The days are those of the guidance that words.toml and rules.toml name.
STEPS: Final = (
    ("step.return_interview", "step.return_interview_held", 3, "a return interview"),
    ("step.strategy_due", "event.strategy", 5, "a strategy discussion"),
    ("step.visit_due", "step.visit_made", 10, "a visit"),
    ("step.core_group_due", "event.core_group", 10, "a core group"),
    ("step.assessment_due", "step.assessment_done", 63, "an assessment"),
)


def find_missed(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """A row says that something is to be done, or an event asks for it; no later row of any agency shows that it was."""
    grace = settings.figure("step_days")
    last_day = max((read.start for read in scan.dated if read.start), default=date.min)
    for planned, done, usual, what in STEPS:
        shown = [read for read in scan.dated if _tells(read, done)]
        for read in scan.dated:
            if not _plans(read, planned) or read.start is None:
                continue
            due = _day_named(read) or read.start + timedelta(days=usual)
            latest = due + timedelta(days=grace)
            if latest > last_day:  # the chronologies end before anybody could tell
                continue
            if any(other.start and read.start <= other.start <= latest and other.id != read.id for other in shown):
                continue
            yield Finding(
                "step_missed", (read.id,), f"A row plans or calls for {what}. No row received shows that it took place by {_long(latest)}.",
                reasons=(f"The day was {_long(due)}, {'as the row says' if _day_named(read) else f'{usual} days after the row'}.",),
                sentences={read.id: _sentence(read, planned)}, start=read.start, end=latest, about=what,
            )  # fmt: skip


def find_moves(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """Each house move and each transfer of the case; rows of one week about one address are one move."""
    told: dict[str, list[Read]] = defaultdict(list)
    for read in scan.dated:
        if read.says("address.moved") and (found := addresses_in(read.plain)):
            told[found[-1]].append(read)
    for reads in told.values():
        first = reads[0]
        yield Finding(
            "move", tuple(read.id for read in reads[:6]), "A row tells of a house move.",
            sentences={read.id: read.sentence_with(words.pattern("address.moved")) for read in reads[:6]}, start=first.start,
            end=reads[-1].start, about="house move",
        )  # fmt: skip
    for read in scan.dated:
        if read.says("step.transfer"):
            yield Finding(
                "move", (read.id,), "A row tells that the case passed to another place or was closed, opened or stepped up or down.",
                sentences={read.id: read.sentence_with(words.pattern("step.transfer"))}, start=read.start, end=read.start,
                about="transfer of the case",
            )  # fmt: skip


def find_changes(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """An agency in which the worker changed as often within a year as the rule says; one finding for each stretch."""
    least = settings.figure("workers")
    by_agency: dict[str, list[Read]] = defaultdict(list)
    for read in scan.dated:
        if read.says("step.worker"):
            by_agency[read.agency].append(read)
    for agency, reads in by_agency.items():
        at = 0
        while at + least <= len(reads):
            within = [read for read in reads[at:] if _days(reads[at], read) <= A_YEAR]
            if len(within) < least:
                at += 1
                continue
            yield Finding(
                "change_of_worker", tuple(read.id for read in within[:12]),
                f"{scan.name_of[agency]} recorded {len(within)} changes of worker within a year.",
                sentences={read.id: read.sentence_with(words.pattern("step.worker")) for read in within[:12]},
                start=within[0].start, end=within[-1].start, days=_days(within[0], within[-1]),
            )  # fmt: skip
            at += len(within)


def _plans(read: Read, planned: str) -> bool:
    return read.says(planned) or bool(words.pattern(planned).search(read.plain_action))


def _tells(read: Read, done: str) -> bool:
    return read.says(done) or bool(words.pattern(done).search(read.plain_action))


def _sentence(read: Read, planned: str) -> str:
    return read.sentence_with(words.pattern(planned)) if read.says(planned) else read.action


def _day_named(read: Read) -> date | None:
    """The day for which a row plans, where it names one that is still to come."""
    later = sorted(day for day in read.dates_in_text if read.start and day > read.start)
    if later:
        return later[0]
    if (found := _IN_TIME.search(f"{read.plain} {read.plain_action}")) and read.start:
        number = _NUMBERS.get(found["number"]) or int(found["number"])
        return read.start + timedelta(days=number * {"day": 1, "week": 7, "month": 30}[found["unit"]])
    if read.start and re.search(r"\btomorrow\b", f"{read.plain} {read.plain_action}"):
        return read.start + timedelta(days=1)
    return None


_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12}
_IN_TIME: Final = re.compile(rf"\b(?:in|within) (?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?:working )?(?P<unit>day|week|month)s?\b")


def _days(one: Read, other: Read) -> int:
    return (other.start - one.start).days if one.start and other.start else 0


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
