"""What one agency knew and another learnt late, or never."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from sightline.procedures.chronology.findings import concerns, harm, views, words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import SEVERAL, Read, Scan, agencies_in

LEAST_SHARED: Final = 2  # telling words that two rows share
SURE_WITHOUT_A_PERSON: Final = 9.0  # so telling that the rows need not name the person in a way that is known


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
        if read.id in told or read.id in scan.together or not is_serious(scan, read):
            continue
        if first_known(scan, read) or shares(scan, read) or is_mentioned(scan, read):
            continue
        is_of_child = any(scan.cast.is_subject(mention) for mention in read.mentions)
        if is_of_child and concerns.is_concern(scan, read):
            continue
        if views.is_looking_again(read) and read.says("view.earlier"):
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
    """A row of violence with a weapon or something used as one, by somebody whom the family knows."""
    if not (harm.is_violent(read) and harm.has_weapon(read)) and not harm.is_found_with_weapon(read):
        return False
    return any("PUB" not in mention.keys for mention in harm.adults(read))


def is_hearsay(scan: Scan, read: Read) -> bool:
    """Whether a row says that its agency heard of something from another agency."""
    named = read.agencies_named - scan.kind_of[read.agency]
    return bool(named) and read.says("told.verbs")


def first_known(scan: Scan, learnt: Read) -> Read | None:
    """The row of another agency that told of the same before: by telling words that few rows have, the person and the day.

    The later row tells that it is not its agency's own knowledge: it names the other agency, or the day on which the other had it.
    """
    if learnt.id not in scan.first_known:
        scan.first_known[learnt.id] = _first_known(scan, learnt)
    found = scan.first_known[learnt.id]
    return scan.by_id[found] if found else None


def _first_known(scan: Scan, learnt: Read) -> str:
    named = learnt.agencies_named - scan.kind_of[learnt.agency]
    if learnt.start is None or learnt.id in scan.together or not (named or learnt.dates_in_text):
        return ""
    scores: dict[str, float] = defaultdict(float)
    for term in learnt.terms:
        for other in scan.holding.get(term, ()):
            if other.agency != learnt.agency and other.start and other.start <= learnt.start:
                scores[other.id] += scan.weight(term)
    best: tuple[float, date, str] | None = None
    for other_id, score in scores.items():
        other = scan.by_id[other_id]
        is_dated = other.start in learnt.dates_in_text
        is_named = SEVERAL in named or bool(scan.kind_of[other.agency] & named)
        if not (is_named or is_dated) or other.id in scan.together or not _tell_of_harm(other, learnt):
            continue
        if is_hearsay(scan, other) and not is_dated:
            continue
        if tell_of_different_weapons(other, learnt):
            continue
        count = len(shared_words(scan, other, learnt))
        if count < LEAST_SHARED and not (is_dated and count):
            continue
        is_same = _same_adult(other, learnt)
        if not is_same and not (is_dated and is_named) and score < SURE_WITHOUT_A_PERSON:
            continue
        score += 10 * is_dated + 3 * is_same
        if best is None or (score, best[1]) > (best[0], other.start or date.max):
            best = (score, other.start or date.max, other.id)
    return best[2] if best else ""


def _tell_of_harm(first: Read, learnt: Read) -> bool:
    """Either row tells of harm; where only the later does, the first has what was used or done in words that nobody foresaw."""
    return harm.is_harm(first) or harm.is_violent(learnt) or (harm.has_weapon(first) and harm.has_weapon(learnt))


def shared_words(scan: Scan, one: Read, other: Read) -> frozenset[str]:
    """Telling words that stand in both rows and in few others, nobody's name among them."""
    return frozenset(term for term in one.terms & other.terms if scan.in_rows[term] <= scan.few)


def is_mentioned(scan: Scan, read: Read) -> bool:
    """Whether a row of another agency, whenever it was written, has the telling words of this one."""
    counts: dict[str, int] = defaultdict(int)
    for term in read.terms:
        for other in scan.holding.get(term, ()):
            if other.agency != read.agency and (harm.is_harm(other) or other.agencies_named):
                counts[other.id] += 1
    return any(
        count >= LEAST_SHARED and _same_adult(scan.by_id[other], read) and not tell_of_different_weapons(scan.by_id[other], read)
        for other, count in counts.items()
    )


def tell_of_different_weapons(one: Read, other: Read) -> bool:
    """Two rows that each name something used as a weapon, and nothing that both name, tell of two events."""
    first, second = harm.weapons(one), harm.weapons(other)
    return bool(first and second) and not first & second


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
    return any(one.cast.same(first, second, perhaps=True) for first in harm.adults(one) for second in harm.adults(other))


def link_people(scan: Scan) -> None:
    """Where a row tells of what another agency knew, both name the same person, each in its own way."""
    for read in scan.dated:
        first = first_known(scan, read)
        named = harm.adults(read) if first else ()
        doer = harm.doer(first) if first else None
        if first and doer and len(named) == 1:
            scan.cast.join_if_strangers(doer, named[0])
