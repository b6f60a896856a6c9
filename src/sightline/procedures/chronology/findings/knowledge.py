"""What one agency knew and another learnt late, or never."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sightline.procedures.chronology.findings import concerns, harm, views, words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import SEVERAL, Read, Scan, agencies_in

LEAST_SHARED = 2  # telling words that two rows share
MOST_LEARNERS = 6


def find_late(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """For each row by which an agency learnt of a harmful event, the row of the agency that knew it first."""
    least = settings.figure("late_days")
    for learnt in scan.dated:
        first = first_known(scan, learnt)
        if first is None or first.start is None or learnt.start is None:
            continue
        days = (learnt.start - first.start).days
        if days < least or was_told(scan, first, learnt.agency):
            continue
        knew, late = scan.name_of[first.agency], scan.name_of[learnt.agency]
        yield Finding(
            "late_knowledge", (first.id, learnt.id),
            f"{late} recorded {days} days later what {knew} knew. No row received shows that it was told before.",
            reasons=(f"Both rows tell of the same: {', '.join(sorted(shared_words(scan, first, learnt)))}.",)
            if shared_words(scan, first, learnt) else (),
            sentences={first.id: first.sentence_with(harm.harm_word(first)), learnt.id: learnt.entry.event},
            start=first.start, end=learnt.start, days=days,
        )  # fmt: skip


def find_never(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """A violent event of one agency that no row of another mentions, and of which no row says that anybody was told."""
    told = {first.id for read in scan.dated if (first := first_known(scan, read))}
    for read in scan.dated:
        if read.id in told or not is_serious(scan, read) or is_hearsay(scan, read) or shares(scan, read) or read.id in scan.together:
            continue
        is_of_child = any(scan.cast.is_subject(mention) for mention in read.mentions)
        if (is_of_child and concerns.is_concern(scan, read)) or concerns.is_answer(read):
            continue
        if views.was_looked_at_again(scan, harm.doer(read), read):
            continue
        name = scan.name_of[read.agency]
        yield Finding(
            "never_shared", (read.id,),
            f"Only {name} has a row of this event. No row received shows that another agency was told.",
            reasons=("No row of another agency tells of it.",
            "Neither the event, the action nor a “shared with” cell names another agency."),
            sentences={read.id: read.sentence_with(harm.harm_word(read))}, start=read.start, end=read.entry.last,
        )  # fmt: skip


def is_serious(scan: Scan, read: Read) -> bool:
    """A row of violence or of an offence by somebody whom the family knows."""
    return harm.is_violent(read) and bool(harm.adults(read))


def is_hearsay(scan: Scan, read: Read) -> bool:
    """Whether a row says that its agency heard of something from another agency."""
    named = read.agencies_named - scan.kind_of[read.agency]
    return bool(named) and read.says("told.verbs")


def first_known(scan: Scan, learnt: Read) -> Read | None:
    """The row of another agency that told of the same before, where a row says that its agency learnt it from there."""
    if not is_hearsay(scan, learnt) or learnt.start is None:
        return None
    named = learnt.agencies_named - scan.kind_of[learnt.agency]
    scores: dict[str, float] = defaultdict(float)
    for term in learnt.terms:
        for other in scan.holding.get(term, ()):
            if other.agency != learnt.agency and other.start and other.start <= learnt.start:
                scores[other.id] += math.log(len(scan.reads) / scan.in_rows[term])
    best: tuple[float, date, Read] | None = None
    for other_id, score in scores.items():
        other = scan.by_id[other_id]
        if not harm.is_harm(other) or (SEVERAL not in named and not scan.kind_of[other.agency] & named) or is_hearsay(scan, other):
            continue
        is_dated = other.start in learnt.dates_in_text
        count = len(shared_words(scan, other, learnt))
        if count < LEAST_SHARED and not (is_dated and count):
            continue
        score += 10 * is_dated + 3 * _same_adult(other, learnt)
        if best is None or (score, best[1]) > (best[0], other.start or date.max):
            best = (score, other.start or date.max, other)
    return best[2] if best else None


def shared_words(scan: Scan, one: Read, other: Read) -> frozenset[str]:
    """Telling words that stand in both rows and in few others, nobody's name among them."""
    return frozenset(term for term in one.terms & other.terms if scan.in_rows[term] <= scan.few)


def shares(scan: Scan, read: Read) -> bool:
    """Whether a row says that another agency was told or was there."""
    if _names_other(scan, read, words.plain(read.entry.shared_with)) or words.pattern("agency.several").search(
        words.plain(read.entry.shared_with)
    ):
        return True
    for text in (read.plain, read.plain_action):
        if _names_other(scan, read, text) or (text is read.plain_action and words.pattern("agency.several").search(text)):
            return True
    return bool(words.pattern("told.shares").search(read.plain_action)) and not words.pattern("concern.no_answer").search(read.plain_action)


def was_told(scan: Scan, first: Read, agency: str) -> bool:
    """Whether the first row says that this very agency was told."""
    kinds = scan.kind_of[agency]
    texts = (first.plain_action, words.plain(first.entry.shared_with))
    if any(agencies_in(text) & kinds for text in texts):
        return True
    return bool(agencies_in(first.plain) & kinds) and bool(words.pattern("told.shares").search(first.plain))


def _names_other(scan: Scan, read: Read, text: str) -> bool:
    return bool(agencies_in(text) - scan.kind_of[read.agency] - {SEVERAL}) and bool(text)


def _same_adult(one: Read, other: Read) -> bool:
    return any(one.cast.same(first, second) for first in harm.adults(one) for second in harm.adults(other))


def link_people(scan: Scan) -> None:
    """Where a row tells of what another agency knew, both name the same person, each in its own way."""
    for read in scan.dated:
        first = first_known(scan, read)
        named = harm.adults(read) if first else ()
        doer = harm.doer(first) if first else None
        if first and doer and len(named) == 1:
            scan.cast.join_if_strangers(doer, named[0])
