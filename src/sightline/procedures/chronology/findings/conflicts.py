"""Facts of two agencies that cannot both be so: whether the child was seen, an address, who lived there, when an injury happened."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from typing import Final, TypeVar

from sightline.procedures.chronology.findings import same_events, words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.harm import adults
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan

T = TypeVar("T")
_ADDRESS: Final = re.compile(
    r"(?<![\w/.-])(?:(?:flat|apartment|unit|room) ?\w{1,3},? )?(\d{1,4}[a-z]?,? (?:the )?(?:[a-z][a-z'’.-]+ ){0,3}?(?:%s))(?!\w)"
)


def find(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """Every kind of contradiction, each with the two rows and what they say."""
    within = settings.figure("conflict_days")
    yield from _sight(scan)
    yield from _addresses(scan, within)
    yield from _household(scan, within)
    yield from _injuries(scan, within)


def _sight(scan: Scan) -> Iterator[Finding]:
    """Of one event, one agency says that the child was seen and another that the child was not."""
    for group in same_events.groups(scan):
        reads = [scan.by_id[row] for row in group]
        for one, other in combinations(reads, 2):
            if one.agency != other.agency and {one.entry.seen, other.entry.seen} == {"Y", "N"}:
                values = tuple({"Y": "seen", "N": "not seen"}[read.entry.seen] for read in (one, other))
                yield _finding(scan, "child_seen", one, other, values, "whether the child was seen")


def _addresses(scan: Scan, within: int) -> Iterator[Finding]:
    """Two agencies give different addresses at one time, and no row tells of a move."""
    said = [(read, address) for read in scan.dated for address in (addresses_in(read.plain),) if address]
    moves = [read for read, _ in said if read.says("address.moved")]
    for (one, first), (other, second) in _near(said, within):
        if one.agency == other.agency or set(first) & set(second) or one in moves or other in moves:
            continue
        if any(one.start <= move.start <= other.start for move in moves if move.start and one.start and other.start):
            continue
        yield _finding(scan, "address", one, other, (first[0], second[0]), "the address")


def _household(scan: Scan, within: int) -> Iterator[Finding]:
    """One agency says that an adult lives in the home, another that the adult does not."""
    said = [(read, side) for read in scan.dated for side in (_side(read),) if side and adults(read)]
    for (one, first), (other, second) in _near(said, within):
        if one.agency == other.agency or first == second:
            continue
        if any(one.cast.same(a, b) for a in adults(one) for b in adults(other)):
            values = tuple({"in": "in the household", "out": "not in the household"}[side] for side in (first, second))
            yield _finding(scan, "household", one, other, values, "who lived in the home")


def _side(read: Read) -> str:
    if read.says("home.out"):
        return "out"
    return "in" if read.says("home.in") else ""


def _injuries(scan: Scan, within: int) -> Iterator[Finding]:
    """Two agencies give different days for one injury."""
    said = [
        (read, (frozenset(words.pattern("injury.parts").findall(read.plain)), read.dates_in_text))
        for read in scan.dated
        if read.dates_in_text and read.says("injury.kinds")
    ]
    for (one, (parts, days)), (other, (other_parts, other_days)) in _near(said, within):
        if one.agency == other.agency or days & other_days or not _same_injury(one, other, parts, other_parts):
            continue
        values = (min(days).isoformat(), min(other_days).isoformat())
        yield _finding(scan, "injury_date", one, other, values, "when an injury happened")


def _same_injury(one: Read, other: Read, parts: frozenset[str], other_parts: frozenset[str]) -> bool:
    if parts and other_parts:
        return bool({words.stem(part) for part in parts} & {words.stem(part) for part in other_parts})
    return bool(set(words.pattern("injury.kinds").findall(one.plain)) & set(words.pattern("injury.kinds").findall(other.plain)))


def addresses_in(plain: str) -> tuple[str, ...]:
    """Every house number with its street, as texts are compared."""
    return tuple(" ".join(match[1].replace(",", " ").split()) for match in _addresses_pattern().finditer(plain))


@cache
def _addresses_pattern() -> re.Pattern[str]:
    streets = "|".join(re.escape(street) for street in sorted(words.lists()["address"]["streets"], key=len, reverse=True))
    return re.compile(_ADDRESS.pattern % streets)


def _near(said: Sequence[tuple[Read, T]], within: int) -> Iterator[tuple[tuple[Read, T], tuple[Read, T]]]:
    """Every two statements that lie near in time, in order."""
    for at, first in enumerate(said):
        for second in said[at + 1 :]:
            if (_day(second[0]) - _day(first[0])).days > within:
                break
            yield first, second


def _day(read: Read) -> date:
    assert read.start is not None
    return read.start


def _finding(scan: Scan, about: str, one: Read, other: Read, values: tuple[str, ...], what: str) -> Finding:
    return Finding(
        "conflict", (one.id, other.id), f"{scan.name_of[one.agency]} and {scan.name_of[other.agency]} contradict each other about {what}.",
        reasons=(f"One says {values[0]}, the other {values[1]}.",) if about in ("child_seen", "household", "injury_date") else
        ("The two addresses differ, and no row received tells of a move between the two.",),
        sentences={read.id: read.entry.event for read in (one, other)}, start=one.start, end=other.start, about=about, values=values,
    )  # fmt: skip
