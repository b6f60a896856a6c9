"""Worries that family, neighbours or the child raised, and of which no row received shows what became."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rapidfuzz import fuzz

from sightline.procedures.chronology.findings import harm, words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.people import Mention
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan, agencies_in

_OF_A_WORRY: Final = re.compile(
    r"(?:the )?(?:worry|concerns?|report|allegation) (?:that had|which had|that was)\b|"
    r"the (?:worry|concerns?|report) (?:raised|voiced|made)\b"
)
_NO_WORRY: Final = re.compile(r"\b(?:no|nil|without|nor|any) (?:\w+ ){0,2}(?:concerns?|worr(?:y|ies)|risks?)\b")
_TOLD_ON: Final = re.compile(
    r"^(?:\w+ ){0,4}?(?:t/?c|tel|call|called|rang|phoned|referral|referred|e-?mail|contact)(?: made)? to (?!.{0,40}\bfrom\b)"
)
AT_HOME: Final = frozenset({"MO", "MP"})
RAISERS: Final = {
    "CH": "the child", "SIB1": "a brother or sister", "SIB2": "a brother or sister", "MO": "the mother", "FA": "the father",
    "MP": "the mother’s partner", "MGM": "a grandparent", "MGF": "a grandparent", "PGM": "a grandparent", "PGF": "a grandparent",
    "MA": "an aunt or uncle", "MU": "an aunt or uncle", "PA": "an aunt or uncle", "PU": "an aunt or uncle", "N1": "a neighbour",
    "N2": "a neighbour", "FF": "a friend of the family", "PUB": "somebody of the public",
}  # fmt: skip
FARTHEST_SPEECH: Final = 45  # letters between somebody and the word that says that they tell
FEWEST_SIGNS: Final = 2  # of a worry, of how the child lives, of the child
_PER: Final = re.compile(r"^(?:\w+ ){0,2}?(?:per|as per|according to|via|left by|voiced by|raised by)(?: the| a)? ?$")
FEWEST: Final = 3  # rows: a word that no more rows hold ties an answer to its worry
_FROM_THEM: Final = re.compile(r"\b(?:by|from|of)(?: (?!that\b)\w+){0,3}$")
_TO_THEM: Final = re.compile(r"\b(?:to|with|for|at|about|of|re|regarding|against|on|enclosing)\s+(?:the |a |an )?(?:\w+ and )?$")
_WISH: Final = re.compile(
    r"\b(?:wants?|wanted|wishes|hopes?|asks?|please|pls|would like|someone to|somebody to|somebody do|not happy)\b"
)
_TELLS_OF_THEMSELVES: Final = re.compile(
    r"\b(?:told|tells|disclosed|spoke|admitted|admits|said|says|confided|revealed|talked)\b"
    r"(?:(?!\b(?:that|is|are|was|were|been|keeps?|who|adults?|somebody|someone)\b)[^.;:]){0,40}?"
    r"\b(?:drinking|taking|using|smoking|injecting|losing|hitting|hurting|assaulting|punching|attacking|fighting|carrying|relaps\w+)\b"
)
_TELLS_CLAUSE: Final = re.compile(r"\b(?:that|because|as|how|namely|saying|says|reporting)\b|:")
_TOLD_THAT: Final = re.compile(
    r"\b(?:told|tells|said|says|disclos\w+|confid\w+|reveal\w+|report\w+|shared|stat\w+)\b[^.;:]{0,50}?\bthat\b"
)
_CHILD_TELLS: Final = re.compile(
    r"^(?:, [^,.;:]{0,40},)?(?:[^.;:,]{0,25}, who)?\W*(?:(?!was |were |is |been |being )\w+ ){0,3}?(?:told|tells|said|says"
    r"|saying|disclos\w+|stated|reported|reports|confided|mentioned|revealed|shared"
    r"|asked (?:for help|not to|if))\b"
)


def find(scan: Scan, settings: Settings) -> Iterator[Finding]:
    """Each worry, with the late answer where there is one."""
    limit = settings.figure("response_days")
    for read in scan.dated:
        if not is_concern(scan, read) or answers_itself(read):
            continue
        answer = _answer(scan, read)
        if answer is not None and answer.start and read.start and (answer.start - read.start).days <= limit:
            continue
        rows = (read.id,) if answer is None else (read.id, answer.id)
        late = f" A row of {scan.name_of[answer.agency]} answers it later." if answer else ""
        yield Finding(
            "unanswered_concern", rows,
            f"A worry was raised{_by_whom(read)}, and no row received shows an answer to it within {limit} days.{late}",
            reasons=("The action cell holds no answer." if read.action else "The row tells of no answer.",),
            sentences={read.id: read.entry.event} | ({answer.id: answer.entry.event} if answer else {}),
            start=read.start, end=answer.start if answer else None,
        )  # fmt: skip


def _by_whom(read: Read) -> str:
    """Who raised it, by what they are to the child and never by name; nothing where that is not known."""
    raiser = raised_by(read)
    called = {RAISERS[key] for key in raiser.keys if key in RAISERS} if raiser else set()
    return f" by {called.pop()}" if len(called) == 1 else ""


def is_concern(scan: Scan, read: Read) -> bool:
    """Somebody of the family, a neighbour or the child tells of something that worries them about the child.

    What a parent in the home says must name a worry: they also ring about colds and lost coats. Of others it is enough that they tell of
    the child or of how the child lives, and do not merely ask for a form.
    """
    raiser = raised_by(read)
    if raiser is None or is_answer(read) or read.id in scan.together or _NO_WORRY.search(read.plain):
        return False
    is_strong = read.says("concern.strong")
    if not is_strong and (scan.is_routine(read) or scan.is_repeated(read)):
        return False
    tells_of_child = any(read.cast.is_subject(mention) for mention in read.mentions if mention.start > raiser.start)
    if raiser.keys & AT_HOME:
        # What was done to themselves is for the rules of who knew what.
        return is_strong and (tells_of_child or not read.says("harm.violence")) and (tells_of_child or read.says("concern.topics"))
    if read.cast.is_subject(raiser):
        is_told = read.says("concern.worry") or (_says_that(read, raiser) and not scan.is_repeated(read))
        return is_strong or (is_told and read.says("concern.topics"))
    if tells_of_crime(read, raiser, tells_of_child=tells_of_child) or _TELLS_OF_THEMSELVES.search(read.plain):
        return False
    is_of_an_adult = any(not read.cast.same(mention, raiser) for mention in harm.adults(read))
    if is_of_an_adult and read.says("home.in", "home.out") and not tells_of_child and not read.says("concern.worry", "concern.strong"):
        return False  # who lives there
    topics = set(words.pattern("concern.topics").findall(read.plain))
    signs = 2 * (is_strong or read.says("concern.worry")) + min(2, len(topics)) + tells_of_child + _is_clause(read, raiser)
    return signs - min(2, len(set(words.pattern("concern.admin").findall(read.plain)))) >= FEWEST_SIGNS


def tells_of_crime(read: Read, raiser: Mention, *, tells_of_child: bool) -> bool:
    """Whether what is told is violence, not about the child: by somebody with a weapon, or by the very person who speaks."""
    if tells_of_child:
        return False
    if harm.is_violent(read) and harm.has_weapon(read):
        return True
    if not read.says("harm.violence", "harm.handling") or read.says("concern.strong", "concern.worry"):
        return False
    if _TELLS_CLAUSE.search(words.plain(read.entry.event[raiser.end :])):
        return False  # what is told is of others
    doer = harm.doer(read)
    return doer is not None and read.cast.same(doer, raiser)


def raised_by(read: Read) -> Mention | None:
    """Who tells it: somebody who is no worker and stands before the word for telling, or after `by`, `from` or `per`.

    What is told of before they are named is an answer to them, not their worry.
    """
    text = read.entry.event
    for mention in read.mentions:
        if read.cast.is_worker(mention):
            continue
        before, after = words.plain(text[: mention.start]), words.plain(text[mention.end : mention.end + 80])
        if words.pattern("concern.response").search(before):
            return None
        if read.cast.is_subject(mention):
            if _CHILD_TELLS.match(after):
                return mention
            continue
        if _PER.search(before):
            return mention
        if _TO_THEM.search(before):
            continue
        if _FROM_THEM.search(before) and words.pattern("concern.speech", "concern.worry").search(before):
            return mention
        found = words.pattern("concern.speech").search(after)
        if found and found.start() <= FARTHEST_SPEECH and not re.search(r"[.;:]", after[: found.start()]):
            return mention
        if re.search(r"\b(?:said|says|asked|pleaded|begged)(?: the| a| an)? ?$", before):
            return mention
    return None


def _is_clause(read: Read, raiser: Mention) -> bool:
    """`X said that ...`: what is told is a clause of its own, about the child's life."""
    after = words.plain(read.entry.event[raiser.end :])
    match = re.search(r"\b(?:that|how|because|as|namely)\b|:|;|,| - ", after)
    return bool(match) and bool(words.pattern("concern.topics").search(after[match.start() :] if match else ""))


def _says_that(read: Read, raiser: Mention) -> bool:
    """`X told staff that ...`: said as something of weight, not chatted about."""
    return bool(_TOLD_THAT.search(words.plain(read.entry.event[raiser.end :])))


def is_answer(read: Read) -> bool:
    """Whether a row tells of what was done about a worry: it begins so before anybody is named, or has words of a reply."""
    if read.says("concern.reply") or _OF_A_WORRY.match(read.plain):
        return True
    people = [mention for mention in read.mentions if not read.cast.is_worker(mention)]
    return bool(words.pattern("concern.response").search(words.plain(read.entry.event[: people[0].start if people else 80])))


def answers_itself(read: Read) -> bool:
    """Whether the row tells what was done about it: in its action, or in a sentence after what was told.

    An action that names somebody tells of something done with them; filing names nobody.
    """
    if _TOLD_ON.search(read.plain) and read.agencies_named:
        return True  # the row itself is the call to another agency
    if read.action:
        return (
            is_answer_text(read.plain_action)
            or _is_told_to_others(read.plain_action)
            or bool(read.cast.mentions(read.action) and not words.pattern("concern.no_answer").search(read.plain_action))
        )
    tail = words.plain(" ".join(read.sentences[1:]))
    return bool(tail) and not _WISH.search(tail) and (is_answer_text(tail) or _is_told_to_others(tail))


def _is_told_to_others(plain: str) -> bool:
    return bool(words.pattern("told.shares").search(plain)) and bool(agencies_in(plain))


def is_answer_text(plain: str) -> bool:
    """Whether a text tells of something done, not of something filed."""
    return bool(words.pattern("concern.answers").search(plain))


def _answer(scan: Scan, concern: Read) -> Read | None:
    """The first later row that tells of an answer to this worry: it shares its telling words, or names who raised it and what was done."""
    assert concern.start is not None
    about = frozenset(term for term in concern.terms if scan.in_rows[term] <= scan.few)
    candidates = {read.id: read for term in about for read in scan.holding[term]}
    for read in sorted(candidates.values(), key=lambda read: (read.start or date.min, read.id)):
        if read.id == concern.id or read.start is None or read.start < concern.start or read.start > concern.start + timedelta(days=366):
            continue
        shared = about & read.terms
        if not is_answer_text(read.plain) or not shared:
            continue
        same_words = fuzz.token_set_ratio(concern.bare, read.bare)
        if len(shared) >= 2 or same_words >= 60 or any(scan.in_rows[term] <= FEWEST for term in shared) or _names_raiser(concern, read):
            return read
    return None


def _names_raiser(concern: Read, read: Read) -> bool:
    people = [mention for mention in concern.mentions if not concern.cast.is_worker(mention) and not concern.cast.is_subject(mention)]
    return any(read.cast.same(one, other) for one in people for other in read.mentions)
