"""Whether a file tells something that its recipient must not learn: exactly, in another writing, or nearly so.

It proves only that what was listed is absent; a description can point to a person without any of it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapidfuzz import fuzz, process

from sightline.procedures.outgoing.facts import Fact, dates_written, seen, words_of
from sightline.procedures.outgoing.texts import Text

SIMILAR: Final = 86
SHORTEST_SIMILAR: Final = 6
SHORTEST_ADDRESS: Final = 6
TOKEN: Final = re.compile(r"[A-Za-z]{2,}")
DIGITS: Final = re.compile(r"\+?\d(?:[\s\-.()/]{0,2}\d){6,}")


@dataclass(frozen=True)
class Found:
    """What was found: which kind, about whom by what the case calls them, where, and how it stood there. Never the value."""

    kind: str
    about: str
    where: str
    how: str


def scan(texts: Iterable[Text], facts: Iterable[Fact]) -> list[Found]:
    """Each fact at each place once, in the order of the texts."""
    listed = [_Sought.of(fact) for fact in facts]
    # Office files say many things several times over in one place.
    return list(dict.fromkeys(found for text in dict.fromkeys(texts) for found in _in_text(text, listed)))


@dataclass(frozen=True)
class _Sought:
    """One fact with all that is worked out from it alone, once for however many texts are looked through."""

    fact: Fact
    parts: tuple[str, ...] = ()
    """The words of a name."""
    patterns: tuple[re.Pattern[str], ...] = ()
    """Each word of a name as a name is written; for a date of birth, all its writings as one."""
    whole: re.Pattern[str] | None = None
    """All words of a name, in any capitals."""
    written: tuple[str, ...] = ()
    """The digits of a number, or the letters and digits of a code."""

    @classmethod
    def of(cls, fact: Fact) -> "_Sought":
        if fact.kind == "name":
            parts = tuple(words_of(fact.value))
            whole = re.compile(r"\W+".join(map(re.escape, parts)), re.IGNORECASE) if len(parts) > 1 else None
            return cls(fact, parts=parts, patterns=tuple(_as_a_name(part) for part in parts), whole=whole)
        if fact.kind == "date_of_birth":
            ways = "|".join(map(re.escape, dates_written(date.fromisoformat(fact.value))))
            return cls(fact, patterns=(re.compile(rf"(?<!\d)(?:{ways})(?!\d)"),))
        if fact.kind in ("nhs_number", "phone"):
            digits = re.sub(r"\D", "", fact.value)
            return cls(fact, written=(digits, f"44{digits[1:]}") if digits.startswith("0") else (digits,))
        if fact.kind in ("postcode", "upn"):
            return cls(fact, written=(re.sub(r"[^A-Z0-9]", "", fact.value.upper()),))
        return cls(fact)


def _as_a_name(part: str) -> re.Pattern[str]:
    first, rest = re.escape(part[0].upper()), part[1:]
    return re.compile(rf"(?<![A-Za-z]){first}(?:{re.escape(rest.lower())}|{re.escape(rest.upper())})(?![a-z])")


@dataclass(frozen=True)
class _Words:
    """One text with all that is worked out from it alone, once for however many facts are looked for."""

    raw: str
    seen: str
    low: str
    close: str
    numbers: frozenset[str]
    tokens: tuple[str, ...]
    """Words that begin with a capital, in small letters."""

    @classmethod
    def of(cls, raw: str) -> "_Words":
        words = seen(raw)
        numbers = frozenset(re.sub(r"\D", "", run) for run in DIGITS.findall(words))
        tokens = dict.fromkeys(token.lower() for token in TOKEN.findall(words) if token[0].isupper())
        return cls(raw, words, words.lower(), re.sub(r"[^A-Z0-9]", "", words.upper()), numbers, tuple(tokens))


def _in_text(text: Text, facts: list[_Sought]) -> Iterator[Found]:
    words = _Words.of(text.words)
    for sought in facts:
        if how := _how(sought, words):
            yield Found(sought.fact.kind, sought.fact.about, text.where, how)


def _how(sought: _Sought, words: _Words) -> str:
    fact = sought.fact
    if fact.kind == "name":
        return _name(sought, words)
    if fact.kind == "date_of_birth":
        return "exact" if any(pattern.search(words.low) for pattern in sought.patterns) else ""
    if fact.kind in ("nhs_number", "phone"):
        return "exact" if any(each in number for each in sought.written for number in words.numbers) else ""
    if fact.kind in ("postcode", "upn"):
        return "exact" if any(value and value in words.close for value in sought.written) else ""
    return _phrase(fact.value, words.raw, words.low)


def _name(sought: _Sought, words: _Words) -> str:
    """By any of its words, written as a name is written: a flower, a season or a virtue in the middle of a sentence is none."""
    if any(pattern.search(words.seen) for pattern in sought.patterns):
        return "exact" if sought.fact.value in words.raw or len(sought.parts) == 1 else "normalised"
    if sought.whole is not None and sought.whole.search(words.seen):
        return "normalised"
    for part in sought.parts:
        if len(part) < SHORTEST_SIMILAR:
            continue
        if process.extractOne(part.lower(), words.tokens, scorer=fuzz.ratio, score_cutoff=SIMILAR) is not None:
            return "similar"
    return ""


def _phrase(value: str, raw: str, low: str) -> str:
    """An address line or the name of a school, whatever its commas and capitals."""
    plain = re.sub(r"[^a-z0-9]+", " ", seen(value).lower()).strip()
    if len(plain) < SHORTEST_ADDRESS:
        return ""
    found = f" {plain} " in f" {re.sub(r'[^a-z0-9]+', ' ', low)} "
    return ("exact" if value in raw else "normalised") if found else ""
