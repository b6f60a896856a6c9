"""Looks in a text for every listed string that would tell who is meant, however it is written, and says what that proves and what not."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sightline.procedures.chronology.slips import SHORTEST, is_slip

PROVES: Final = (
    "This looks for the listed names, dates of birth, addresses, schools and numbers, and for slips of the pen in names. It proves only "
    "that these are absent. Somebody may still be known by what happened, when and where."
)
_BETWEEN_INITIALS: Final = r"[.\s]?"
_BETWEEN: Final = r"[\s\-.'’,/]*"


@dataclass(frozen=True)
class Listed:
    """One string that must not stand in a text: what it is, whose, and how it is written."""

    kind: str
    of: str
    text: str


@dataclass(frozen=True)
class Hit:
    """One listed string in a text: where it begins and ends, and the words as they stand there."""

    listed: Listed
    start: int
    end: int
    words: str


class Absence:
    """Knows what must not stand in a text; made once, asked of many texts."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._listed = [each for each in dict.fromkeys(listed) if each.text.strip()]
        self._patterns = [(each, re.compile(pattern)) for each in self._listed for pattern in _patterns(each)]
        self._slips: dict[str, list[Listed]] = {}
        self._names = [
            (each, _folded(each.text)[0])
            for each in self._listed
            if each.kind == "name" and each.text.isalpha() and len(each.text) >= SHORTEST
        ]

    def hits(self, text: str) -> list[Hit]:
        """Every place at which something listed stands, in the order of the text; what lies inside a longer hit is not told again."""
        folded, places = _folded(text)
        found: list[Hit] = []
        for listed, pattern in self._patterns:
            for match in pattern.finditer(folded):
                if match.end() > match.start():
                    hit = _hit(listed, text, places, match.start(), match.end())
                    if listed.kind != "initials" or hit.words == hit.words.upper():  # small letters are words of a sentence
                        found.append(hit)
        for word in re.finditer(r"[^\W\d_]{4,}", folded):
            if word.group() not in self._slips:
                self._slips[word.group()] = [listed for listed, name in self._names if is_slip(word.group(), name)]
            found += [_hit(listed, text, places, word.start(), word.end()) for listed in self._slips[word.group()]]
        found.sort(key=lambda hit: (hit.start, hit.start - hit.end))
        kept: list[Hit] = []
        for hit in found:
            if not kept or hit.end > kept[-1].end:
                kept.append(hit)
        return kept


def listed_of(
    *,
    of: str,
    names: Iterable[str] = (),
    born_on: date | None = None,
    numbers: Iterable[str] = (),
    addresses: Iterable[str] = (),
    schools: Iterable[str] = (),
) -> list[Listed]:
    """What must not stand in a text about one person, from what is known of them."""
    found = [Listed("name", of, name) for name in names]
    for name in names:
        parts = [part for part in re.split(r"[\s,]+", name) if part]
        found += [Listed("name", of, part) for part in parts if len(part) > 2]
        if len(parts) > 1 and "," not in name:
            found += [Listed("name", of, f"{parts[-1]}, {parts[0]}"), Listed("initials", of, "".join(part[0] for part in parts))]
    if born_on:
        found.append(Listed("date of birth", of, born_on.isoformat()))
    found += [Listed("number", of, number) for number in numbers]
    found += [Listed("address", of, address) for address in addresses]
    return found + [Listed("school", of, school) for school in schools]


def _patterns(listed: Listed) -> list[str]:
    if listed.kind == "date of birth":
        return _of_a_day(date.fromisoformat(listed.text))
    if listed.kind == "number":
        digits = re.sub(r"\D", "", listed.text)
        return [rf"(?<!\d){_BETWEEN.join(digits)}(?!\d)"] if len(digits) >= 5 else []
    if listed.kind == "initials":
        return [rf"(?<!\w){_BETWEEN_INITIALS.join(listed.text.lower())}\.?(?!\w)"]
    words = re.findall(r"\w+", _folded(listed.text)[0])
    return [rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)"] if words else []


def _of_a_day(day: date) -> list[str]:
    month, short = f"{day:%B}".lower(), f"{day:%b}".lower()
    between, year = r"\s*[./\-\s]\s*", f"(?:{day.year}|{day:%y})"
    return [
        rf"(?<!\d)0?{day.day}{between}0?{day.month}{between}{year}(?!\d)",
        rf"(?<!\d)0?{day.day}(?:st|nd|rd|th)?(?:\s+of)?[\s\-]*(?:{month}|{short}\.?)[,\s\-]*{year}(?!\d)",
        rf"(?<!\d){day.year}-{day:%m}-{day:%d}(?!\d)",
        rf"(?<!\w)(?:{month}|{short}\.?)\s+0?{day.day}(?:st|nd|rd|th)?,?\s+{year}(?!\d)",
    ]


def _folded(text: str) -> tuple[str, list[int]]:
    """A text in small letters without accents and invisible signs, and for each sign its place in the text."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cf", "Mn"):
            continue
        plain = "".join(each for each in unicodedata.normalize("NFKD", sign) if unicodedata.category(each) != "Mn").lower() or sign
        for each in plain:
            signs.append({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}.get(each, each))
            places.append(place)
    return "".join(signs), places


def _hit(listed: Listed, text: str, places: list[int], start: int, end: int) -> Hit:
    first, last = places[start], places[end - 1] + 1
    return Hit(listed, first, last, text[first:last])
