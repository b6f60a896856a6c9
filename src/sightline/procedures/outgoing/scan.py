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
    listed = list(facts)
    return list(dict.fromkeys(found for text in texts for found in _in_text(text, listed)))


def _in_text(text: Text, facts: list[Fact]) -> Iterator[Found]:
    words = seen(text.words)
    low, close = words.lower(), re.sub(r"[^A-Z0-9]", "", words.upper())
    numbers = {re.sub(r"\D", "", run) for run in DIGITS.findall(words)}
    tokens = {token for token in re.findall(r"[A-Za-z]{2,}", words) if token[0].isupper()}
    for fact in facts:
        if how := _how(fact, text.words, words, low, close, numbers, tokens):
            yield Found(fact.kind, fact.about, text.where, how)


def _how(fact: Fact, raw: str, words: str, low: str, close: str, numbers: set[str], tokens: set[str]) -> str:
    if fact.kind == "name":
        return _name(fact.value, raw, words, tokens)
    if fact.kind == "date_of_birth":
        return "exact" if any(_bounded(written, low) for written in dates_written(date.fromisoformat(fact.value))) else ""
    if fact.kind in ("nhs_number", "phone"):
        digits = re.sub(r"\D", "", fact.value)
        written = {digits, f"44{digits[1:]}"} if digits.startswith("0") else {digits}
        return "exact" if any(each in number for each in written for number in numbers) else ""
    if fact.kind in ("postcode", "upn"):
        value = re.sub(r"[^A-Z0-9]", "", fact.value.upper())
        return "exact" if value and value in close else ""
    return _phrase(fact.value, raw, low)


def _name(value: str, raw: str, words: str, tokens: set[str]) -> str:
    """By any of its words, written as a name is written: a flower, a season or a virtue in the middle of a sentence is none."""
    parts = words_of(value)
    for part in parts:
        first, rest = re.escape(part[0].upper()), part[1:]
        if re.search(rf"(?<![A-Za-z]){first}(?:{re.escape(rest.lower())}|{re.escape(rest.upper())})(?![a-z])", words):
            return "exact" if value in raw or len(parts) == 1 else "normalised"
    if len(parts) > 1 and re.search(r"\W+".join(map(re.escape, parts)), words, re.IGNORECASE):
        return "normalised"
    written = [token.lower() for token in tokens]
    for part in parts:
        near = process.extractOne(part.lower(), written, scorer=fuzz.ratio, score_cutoff=SIMILAR)
        if near is not None and len(part) >= SHORTEST_SIMILAR:
            return "similar"
    return ""


def _phrase(value: str, raw: str, low: str) -> str:
    """An address line or the name of a school, whatever its commas and capitals."""
    plain = re.sub(r"[^a-z0-9]+", " ", seen(value).lower()).strip()
    if len(plain) < SHORTEST_ADDRESS:
        return ""
    found = f" {plain} " in f" {re.sub(r'[^a-z0-9]+', ' ', low)} "
    return ("exact" if value in raw else "normalised") if found else ""


def _bounded(written: str, low: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(written)}(?!\d)", low) is not None
