"""Reassuring views of an adult against which rows speak later, and that no row received shows to have been looked at again."""

import re
from collections.abc import Iterator

from sightline.procedures.chronology.findings import concerns, harm, words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.people import Mention
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan

MOST_CITED = 6
TELLERS = frozenset({"MO", "PUB"})
_NO_HARM = re.compile(
    r"\b(?:no|nil|not|any|without|never|nothing|unlikely to|does not|doesn't) (?:\w+ ){0,3}?"
    r"(?:threat\w*|danger\w*|risk\w*|harm\w*|violen\w*|hurt\w*|kill)\b"
)
_AS = re.compile(r"\W{0,2}\s*(?:as|is|was|being|to be)\b")
_WHOSE_VIEW = re.compile(r"\b(?:opinion|view|judge?ment|impression|eyes) of (?:the )?$|\bby (?:the )?$", re.IGNORECASE)


def find(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """One finding for each view; a view stated twice of one adult is one finding, from the first time it was stated."""
    said: list[Mention] = []
    for read in scan.dated:
        adult = framed(read)
        if adult is None or any(scan.cast.same(adult, other) for other in said):
            continue
        contrary = [other for other in scan.harmful if speaks_against(scan, other, adult, read)]
        if not contrary:
            continue
        said.append(adult)
        if was_looked_at_again(scan, adult, read):
            continue
        cited = contrary[:MOST_CITED]
        yield Finding(
            "untested_framing", (read.id, *(other.id for other in cited)),
            "A row describes an adult as safe. Later rows speak against it, and no row received shows that the view was looked at again.",
            reasons=(f"{len(contrary)} later {'row speaks' if len(contrary) == 1 else 'rows speak'} against the view.",),
            sentences={read.id: read.sentence_with(words.pattern("view.reassuring"))}
            | {other.id: other.sentence_with(harm.harm_word(other)) for other in cited},
            start=read.start, end=cited[-1].start,
        )  # fmt: skip


def framed(read: Read) -> Mention | None:
    """The adult of whom a row gives a reassuring view; none where it is looked at again or somebody of the family says so."""
    if not read.says("view.reassuring") or is_looking_again(read):
        return None
    if words.pattern("harm.violence").search(_NO_HARM.sub(" ", read.plain)):
        return None
    adults = [
        mention
        for mention in harm.adults(read)
        if not _WHOSE_VIEW.search(read.event[: mention.start]) or _AS.match(read.event[mention.end :])
    ]
    # Whoever belongs to an agency gives the view; it is of somebody else where the row names somebody else.
    of_the_family = [mention for mention in adults if not read.cast.agency_kind(mention)]
    return next(iter(of_the_family or adults), None)


def is_looking_again(read: Read) -> bool:
    """Whether a row says that an earlier view was looked at again."""
    return read.says("view.looked_again")


def was_looked_at_again(scan: Scan, adult: Mention | None, since: Read) -> bool:
    """Whether a later row looks again at the view of this adult."""
    if adult is None:
        return False
    if any(scan.cast.same(adult, seen) for seen in scan.looked_at_again):
        return True
    return any(
        any(scan.cast.same(adult, mention, perhaps=True) for mention in harm.adults(read))
        for read in scan.looking_again
        if _is_of_a_view(read) and read.start and since.start and read.start >= since.start and read.id != since.id
    )


def _is_of_a_view(read: Read) -> bool:
    return read.says("view.of_view", "view.reassuring")


def speaks_against(scan: Scan, read: Read, adult: Mention, framing: Read) -> bool:
    """Whether a later row tells of harm by this adult."""
    if read.start is None or framing.start is None or read.start <= framing.start or not harm.is_harm(read) or is_looking_again(read):
        return False
    if concerns.is_answer(read) or not any(scan.cast.same(adult, mention) for mention in harm.adults(read)):
        return False
    doer = harm.doer(read)
    if doer is not None and scan.cast.same(adult, doer):
        raiser = concerns.raised_by(read)
        return raiser is None or not scan.cast.same(adult, raiser) or not concerns.is_concern(scan, read)
    # The mother who tells of it comes first in many rows; whoever else is named did it.
    others = [mention for mention in harm.adults(read) if not scan.cast.same(adult, mention) and not mention.keys & TELLERS]
    return "MO" not in adult.keys and not others and not concerns.is_concern(scan, read)


def link_people(scan: Scan) -> None:
    """A row that looks again at an earlier view looks at a view that some row gave, and against which rows had spoken by then.

    Where the two name somebody differently, the last view that fits is taken for the one that is meant.
    """
    views = [(read, adult) for read in scan.dated if (adult := framed(read))]
    looks = [(read, next(iter(harm.adults(read)), None)) for read in scan.looking_again if _is_of_a_view(read)]
    for read, adult in looks:
        before = [(view, framing) for view, framing in views if view.start and read.start and view.start <= read.start]
        if adult and any(scan.cast.same(adult, framing) for _, framing in before):
            continue
        matched = {id(view) for view, framing in before for _, other in looks if other and scan.cast.same(other, framing)}
        open_ones = [each for each in reversed(before) if id(each[0]) not in matched and _has_contrary(scan, *each, until=read)]
        if adult and any(scan.cast.join_if_strangers(adult, framing) for _, framing in open_ones):
            continue
        if adult is None and open_ones and read.says("view.earlier"):
            scan.looked_at_again.append(open_ones[0][1])


def _has_contrary(scan: Scan, view: Read, adult: Mention, *, until: Read) -> bool:
    return any(
        other.start and until.start and other.start <= until.start and speaks_against(scan, other, adult, view) for other in scan.harmful
    )
