"""Runs of appointments to which the child was not brought."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan

OTHERS_BUSINESS: Final = 8  # letters between somebody else and the words of missing, before they are about two things
_NOT_CANCELLED: Final = re.compile(
    r"\b(?:no|not|nor|never|without|nobody|did ?n[o']t|failed to|neither)\b[^.;]{0,30}?(?:cancel|rearrang|reschedul|postpon)\w*"
)


def find(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """Each run of one service in one agency, however long; what a clinic cancelled does not count."""
    least, within = settings.figure("missed_run"), settings.figure("missed_window_days")
    by_agency: dict[str, list[Read]] = defaultdict(list)
    for read in scan.dated:
        if is_missed(read):
            by_agency[read.agency].append(read)
    for agency, reads in by_agency.items():
        for service, group in _by_service(scan, reads):
            yield from _runs(scan.name_of[agency], service, group, least, within)


def is_missed(read: Read) -> bool:
    """Whether a row says that the child was not brought; meetings of professionals and other people's appointments aside."""
    if is_cancelled(read) or read.says("missed.meetings") or read.entry.seen == "Y":
        return False
    if not read.says("missed.words") and not _is_missed_by_its_shape(read):
        return False
    people = [mention for mention in read.mentions if not read.cast.is_worker(mention)]
    if people and not read.cast.is_subject(people[0]):
        missed = words.pattern("missed.words", "missed.weak").search(read.plain)
        before = read.event[people[0].end : missed.start()] if missed else ""
        if re.search(r"[.;,]", before) and len(before) > OTHERS_BUSINESS:
            return False  # somebody else was seen, and the child was not with them
    return not people or any(read.cast.is_subject(mention) for mention in people)


def is_cancelled(read: Read) -> bool:
    """Whether the service called the appointment off, or somebody attended for themselves; `no call to cancel` is no cancelling."""
    return bool(words.pattern("missed.not_missed").search(_NOT_CANCELLED.sub(" ", read.plain)))


def _is_missed_by_its_shape(read: Read) -> bool:
    """Words such as `not there` tell of a missed appointment only where the child was not seen and a service waited."""
    return read.entry.seen == "N" and read.says("missed.weak") and read.says("missed.settings")


def _by_service(scan: Scan, reads: list[Read]) -> Iterator[tuple[str, list[Read]]]:
    """Rows that name one service, told by the words they share once the words that every such row has are taken out."""
    groups: list[tuple[frozenset[str], list[Read]]] = []
    for read in reads:
        named = frozenset(word for word in service_of(read) if scan.in_rows[word] <= 2 * scan.few)
        for at, (known, group) in enumerate(groups):
            if named & known or (not named and not known):
                groups[at] = (known | named, [*group, read])
                break
        else:
            groups.append((named, [read]))
    for _, group in groups:
        yield "", group


def service_of(read: Read) -> frozenset[str]:
    """The words of a row that name the service."""
    left = words.pattern("missed.words", "missed.weak").sub(" ", read.bare)
    left = words.pattern("missed.generic").sub(" ", left)
    return frozenset(word for word in words.stems(left) if not word.isdigit())


def _runs(agency: str, service: str, reads: list[Read], least: int, within: int) -> Iterator[Finding]:
    """The longest stretches in which every `least` rows that follow each other lie within the days of the rule."""
    at = 0
    while at + least <= len(reads):
        end = at + least
        if not _near(reads[at:end], within):
            at += 1
            continue
        while end < len(reads) and _near(reads[end - least + 1 : end + 1], within):
            end += 1
        yield _finding(agency, service, reads[at:end])
        at = end


def _near(reads: list[Read], within: int) -> bool:
    first, last = reads[0].start, reads[-1].start
    return first is not None and last is not None and (last - first).days <= within


def _finding(agency: str, service: str, reads: list[Read]) -> Finding:
    first, last = reads[0].start, reads[-1].start
    days = (last - first).days if first and last else 0
    return Finding(
        "missed_appointments", tuple(read.id for read in reads),
        f"{agency} recorded {len(reads)} times in {days} days that the child was not brought.",
        reasons=("Appointments that the service itself cancelled are not counted.",),
        sentences={read.id: read.sentence_with(words.pattern("missed.words")) for read in reads}, start=first, end=last, days=days,
    )  # fmt: skip
