"""Rows of several agencies that may tell of one event: on one day, and about the same or naming each other."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan

STRONG: Final = (
    "strategy", "conference", "core_group", "family_meeting", "joint_visit", "enquiry", "welfare", "hospital", "search", "removal",
)  # fmt: skip
MEETINGS: Final = frozenset({"strategy", "conference", "core_group", "family_meeting"})
ENOUGH: Final = 3.0


def find(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """Each group of rows that may be one event, with why; what a person has joined already is not asked again."""
    for group in groups(scan):
        reads = [scan.by_id[row] for row in group]
        if len({read.entry.same_event for read in reads}) == 1 and reads[0].entry.same_event:
            continue
        reasons = tuple(dict.fromkeys(reason for one, other in combinations(reads, 2) for reason in why(scan, one, other)))
        yield Finding(
            "same_event", group, f"Rows of {len({read.agency for read in reads})} agencies may tell of one event.",
            reasons=reasons, sentences={read.id: read.entry.event for read in reads}, start=reads[0].start, end=reads[0].entry.last,
        )  # fmt: skip


def groups(scan: Scan) -> Sequence[tuple[str, ...]]:
    """Rows that belong together, worked out once."""
    if scan.same_event_groups is None:
        scan.same_event_groups = tuple(_groups(scan))
    return scan.same_event_groups


def _groups(scan: Scan) -> Iterator[tuple[str, ...]]:
    for reads in scan.on_day.values():
        if len({read.agency for read in reads}) < 2:
            continue
        joined: dict[str, set[str]] = {read.id: {read.id} for read in reads}
        for one, other in combinations(reads, 2):
            if one.agency != other.agency and (_said_so(one, other) or _is_one_event(scan, one, other)):
                both = joined[one.id] | joined[other.id]
                for row in both:
                    joined[row] = both
        for group in {id(found): found for found in joined.values() if len(found) > 1}.values():
            yield tuple(read.id for read in reads if read.id in group)


def _is_one_event(scan: Scan, one: Read, other: Read) -> bool:
    return not _tell_of_an_injury(one, other) and score(scan, one, other) >= ENOUGH


def _tell_of_an_injury(one: Read, other: Read) -> bool:
    """Two looks at one injury are two events, each in its own agency, whatever they say of the day on which it happened."""
    return all(read.dates_in_text and read.says("injury.kinds", "injury.parts") for read in (one, other)) and not (
        event_kinds(one) & event_kinds(other)
    )


def _said_so(one: Read, other: Read) -> bool:
    return bool(one.entry.same_event) and one.entry.same_event == other.entry.same_event


def score(scan: Scan, one: Read, other: Read) -> float:
    """How much speaks for one event: kinds of event that both name, agencies that name each other, telling words that both have."""
    kinds = event_kinds(one) & event_kinds(other)
    names = scan.names_agency(one, other.agency) + scan.names_agency(other, one.agency)
    found = 0.0
    if kinds & MEETINGS:
        found += 3.0
    elif kinds & set(STRONG):
        found += 1.0 + (1.0 if names else 0.0)
    if names == 2:
        found += 2.0 if scan.is_routine(one) and scan.is_routine(other) and not kinds else 3.0
    elif names == 1:
        found += 1.0
    shared = [term for term in one.terms & other.terms if scan.in_rows[term] <= scan.few]
    found += min(3.0, sum(math.log(len(scan.reads) / scan.in_rows[term]) / 3.0 for term in shared))
    return found


def why(scan: Scan, one: Read, other: Read) -> tuple[str, ...]:
    """What speaks for one event, in words."""
    reasons = ["They have the same day."]
    kinds = event_kinds(one) & event_kinds(other)
    reasons += [f"Both tell of: {kind.replace('_', ' ')}." for kind in sorted(kinds)]
    if scan.names_agency(one, other.agency) and scan.names_agency(other, one.agency):
        reasons.append("Each names the other’s agency.")
    elif scan.names_agency(one, other.agency) or scan.names_agency(other, one.agency):
        reasons.append("One names the other’s agency.")
    shared = sorted(term for term in one.terms & other.terms if scan.in_rows[term] <= scan.few)
    if shared:
        reasons.append(f"Both have words that few rows have: {', '.join(shared)}.")
    return tuple(reasons)


def event_kinds(read: Read) -> frozenset[str]:
    """Which kinds of joint event a row tells of; asked for every two rows of a day, worked out once."""
    if read.joint_events is None:
        read.joint_events = frozenset(kind for kind in all_kinds(read) if kind in STRONG)
    return read.joint_events


def all_kinds(read: Read) -> frozenset[str]:
    """Every kind of event of the word list that a row tells of."""
    return frozenset(kind for kind in (*STRONG, "call") if read.says(f"event.{kind}"))
