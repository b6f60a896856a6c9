"""Which rows tell of violence, threats or other harm, and by whom."""

import re
from typing import Final

from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.people import Mention
from sightline.procedures.chronology.findings.scan import HARM, Read

_SAID_THAT: Final = re.compile(
    r"\b(?:told|tells|said|says|saying|disclos\w+|report\w+|alleg\w+|stat(?:ed|es)|describ\w+|claim\w+|confid\w+|recount\w+|explain\w+|shar(?:ed|ing)|mention\w+|revealed)\b"
    r"(?:(?! that ).){0,60}? that\b",
    re.IGNORECASE,
)
_USED_AS_ONE: Final = re.compile(
    r"\b(?:arm(?:ed|ing)|hit|hitting|struck|strik\w+|beat\w*|threat\w+|attack\w*|assault\w*|lung\w+"
    r"|go(?:es|ne|ing)? (?:at|for)|went (?:at|for)"
    r"|c(?:ame|omes) at|ran (?:at|after)|chas\w+|injur\w+|hurt\w*|caught)\b(?:\W+\w+){0,7}?\W+(?:with|using|w/|by) (?:a|an) \w+"
    r"|\b(?:swung|swing\w*|brandish\w*|wield\w*|wav(?:ed|es|ing)|grip\w+|clutch\w+|point(?:ed|ing)|rais(?:ed|ing)"
    r"|hurl\w*|shook|shaking) (?:a|an) \w+"
)
_BY: Final = re.compile(r"\bby\s+(?:the\s+|her\s+|his\s+|their\s+)?$", re.IGNORECASE)
_SAID: Final = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:told|said|says|disclos\w+|report\w+|alleg\w+|stat(?:ed|es)|claim\w+|confid\w+|rang|called|phoned|"
    r"describ\w+|saw|seen|sees|witness\w+|notic\w+|watched|heard|overheard|spotted|observ\w+|found)\b",
    re.IGNORECASE,
)


def is_violent(read: Read) -> bool:
    """Violence, a threat or a fight; with a weapon, or an arrest for it."""
    return read.says("harm.violence")


def has_weapon(read: Read) -> bool:
    """Whether a row names a weapon, or something of which it says that it was used or held as one."""
    return read.says("harm.weapons") or bool(_USED_AS_ONE.search(read.bare))


def weapons(read: Read) -> frozenset[str]:
    """The weapons of the list that a row names."""
    return frozenset(words.stem(word) for found in words.pattern("harm.weapons").findall(read.plain) for word in found.split())


def is_harm(read: Read) -> bool:
    """Anything that speaks against somebody as safe for a child."""
    return read.says(*HARM)


def is_found_with_weapon(read: Read) -> bool:
    """Somebody held or kept a weapon, was searched or arrested with one, or used one in words that nobody foresaw."""
    return read.says("harm.weapons") and read.says("harm.offence", "harm.held", "injury.kinds")


def harm_word(read: Read) -> words.Listed:
    return words.pattern(*HARM)


def adults(read: Read) -> tuple[Mention, ...]:
    """Everybody named who is neither the child nor a worker."""
    return tuple(mention for mention in read.mentions if not read.cast.is_subject(mention) and not read.cast.is_worker(mention))


def doer(read: Read) -> Mention | None:
    """Who, by the order of the words, did what a harmful row tells: whoever stands after `that` or `by`, else who stands first.

    Somebody who only tells of it is not taken for the one who did it, unless the row names nobody else.
    """
    named = adults(read)
    if not named:
        return None
    text = read.entry.event
    after = [mention for mention in named if _BY.search(text[: mention.start]) and _harm_before(text[: mention.start])]
    if after:
        return after[0]
    said = _SAID_THAT.search(text)
    if said and (told := [mention for mention in named if mention.start >= said.end()]):
        return told[0]
    if len(named) == 1 and said and said.start() >= named[0].end - 1 and _child_after(read, said.end()):
        return None  # they tell of what was done to the child
    return next((mention for mention in named if not _SAID.match(text[mention.end :])), named[-1])


def _harm_before(text: str) -> bool:
    return bool(words.pattern("harm.violence", "harm.handling").search(words.plain(text)))


def _child_after(read: Read, place: int) -> bool:
    return any(mention.start >= place for mention in read.mentions if read.cast.is_subject(mention))
