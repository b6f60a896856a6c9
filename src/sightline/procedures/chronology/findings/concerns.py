"""Worries that family, neighbours or the child raised, and of which no row received shows what became."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from rapidfuzz import fuzz

from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import Settings
from sightline.procedures.chronology.findings.scan import Read, Scan

RAISERS_NEVER: Final = frozenset({"MO_"})
_THAT: Final = re.compile(r"\b(?:that|about|worried|concern\w*|re|regarding|because|as|how|:)\b|:", re.IGNORECASE)


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
            "unanswered_concern", rows, f"A worry was raised, and no row received shows an answer to it within {limit} days.{late}",
            reasons=("The action cell holds no answer." if read.action else "The row tells of no answer.",),
            sentences={read.id: read.entry.event} | ({answer.id: answer.entry.event} if answer else {}),
            start=read.start, end=answer.start if answer else None,
        )  # fmt: skip


def is_concern(scan: Scan, read: Read) -> bool:
    """Somebody of the family, a neighbour or the child tells of something that worries them about the child."""
    if not read.says("concern.speech") or not raisers(read):
        return False
    if is_answer_text(read.plain) and read.says("view.looked_again"):
        return False
    return read.says("concern.worry") and read.says("concern.topics") or _told_of_topic(read)


def raisers(read: Read) -> bool:
    """Whether somebody who is no worker tells something: they stand before the word for telling, or after `by` or `from`."""
    text = read.entry.event
    for mention in read.mentions:
        if read.cast.is_worker(mention):
            continue
        after = words.plain(text[mention.end : mention.end + 60])
        before = words.plain(text[max(0, mention.start - 40) : mention.start])
        if words.pattern("concern.speech").match(after.lstrip(" ,;:-()")) or re.search(r"\b(?:by|from|of)(?: \w+){0,3}$", before):
            return True
        found = words.pattern("concern.speech").search(after)
        if found and not re.search(r"[.;]", after[: found.start()]):
            return True
    return False


def _told_of_topic(read: Read) -> bool:
    """`X said that the child ...`: a clause of its own about the child's life."""
    match = re.search(r"\b(?:that|how)\b|:|;|-", read.plain)
    return bool(match) and len(words.pattern("concern.topics").findall(read.plain[match.start() :] if match else "")) >= 1


def answers_itself(read: Read) -> bool:
    """Whether the row tells what was done about it."""
    if read.action:
        return is_answer_text(read.plain_action)
    tail = " ".join(read.sentences[1:])
    return bool(tail) and is_answer_text(words.plain(tail))


def is_answer_text(plain: str) -> bool:
    """Whether a text tells of something done, not of something filed."""
    return bool(words.pattern("concern.answers").search(plain))


def _answer(scan: Scan, concern: Read) -> Read | None:
    """The first later row that tells of an answer to this worry: it shares its telling words, or names who raised it and what was done."""
    assert concern.start is not None
    about = frozenset(term for term in concern.terms if scan.in_rows[term] <= scan.few)
    for read in scan.dated:
        if read.id == concern.id or read.start is None or read.start < concern.start or read.start > concern.start + timedelta(days=366):
            continue
        shared = about & read.terms
        if not is_answer_text(read.plain) or not shared:
            continue
        same_words = fuzz.token_set_ratio(concern.bare, read.bare)
        if len(shared) >= 2 or same_words >= 60 or _names_raiser(concern, read):
            return read
    return None


def _names_raiser(concern: Read, read: Read) -> bool:
    people = [mention for mention in concern.mentions if not concern.cast.is_worker(mention) and not concern.cast.is_subject(mention)]
    return any(read.cast.same(one.keys, other.keys) for one in people for other in read.mentions)
