"""Puts what the review calls somebody in place of every known form of their name, and of whatever else tells who they are.

What nobody has entered cannot be replaced: other names stay as they are written. Where that is asked, numbers that are shaped like an NHS
number, a telephone number or a postcode give way whoever's they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sightline.procedures.chronology.slips import SHORTEST, is_slip, listed

SHORTEST_PART: Final = 3
FORMS: Final = 3
"""Counts up when names come to be recognised in another way, so that rows coded before are known to be out of date."""
FAMILY_NAME: Final = "[family name]"
NAME: Final = "[name]"
_TELLING_NUMBERS: Final = (
    (re.compile(r"(?<![\d/])(?:\+44 ?|0)\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}(?![\d/])"), "[telephone]"),
    (re.compile(r"(?<![\d/])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d/])"), "[number]"),
    (re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)"), "[postcode]"),
)
_CAPITALISED: Final = re.compile(r"(?<![\w\[])[A-Z\u00c0-\u00de][^\W\d_]{3,}(?![\w\]])")
TITLES: Final = r"(?:mr|mrs|ms|miss|master|mx|dr)\.?\s+"
# Given names that are words too: replaced only where they are written with a capital and are no date.
_WORDS: Final = (
    "may will mark grace hope rose faith joy bill rob dawn summer april june august autumn art guy jack pat sue drew chance "
    "destiny young long day little short brown green white black gray grey king bishop wood woods hill field fields bank "
    "banks ward church street park house home case cook carter porter baker taylor smith good wise rich love power price best "
    "bright sharp small strong summers winter winters frost rain snow north south east west page read reed bell ball stone "
    "rivers marsh moss lane mills waters penny daisy lily ivy poppy violet ruby amber jade crystal angel christian earl duke "
    "dean major miles"
)
ALSO_WORDS: Final = frozenset(_WORDS.split())
_SAME: Final = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00a0": " ", "ø": "o", "ł": "l", "đ": "d"}
)


@dataclass(frozen=True)
class Known:
    """One person whom the review calls by a code, and everything that would tell who it is."""

    id: str
    called: str
    given: str = ""
    family: str = ""
    other_names: tuple[str, ...] = ()
    born_on: date | None = None
    nhs_number: str = ""
    addresses: tuple[tuple[str, str], ...] = ()
    school: str = ""
    phones: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Names of a place or service that is itself called by a code."""


@dataclass(frozen=True)
class Told:
    """A text in which codes stand for people, and whose codes they are."""

    text: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Form:
    """One way in which somebody is written, what is put in its place, and how strictly its letters are compared."""

    words: tuple[str, ...]
    called: str
    people: tuple[str, ...]
    pattern: str
    is_exact: bool = False
    needs_capital: bool = False
    is_family: bool = False
    is_place: bool = False
    is_in_capitals: bool = False

    @property
    def may_be_misspelt(self) -> bool:
        """A single name, long enough for one wrong letter to leave it a name and no other word."""
        name = self.words[0] if len(self.words) == 1 else ""
        is_other = self.is_exact or self.is_in_capitals or self.needs_capital or self.is_place or self.called.startswith("[")
        return len(name) > SHORTEST and name.isalpha() and not is_other


class Pseudonyms:
    """Knows the people of one matter; built once, asked of many texts."""

    def __init__(self, people: Sequence[Known], *, numbers_of_all: bool = False) -> None:
        self._numbers_of_all = numbers_of_all
        """Whether numbers by which somebody is found give way too, whoever's they are."""
        found: dict[str, _Form] = {}
        for form in _forms(people):
            known = found.get(form.pattern)
            found[form.pattern] = _both(known, form) if known and known.people != form.people else form
        # The longest first, so that "Example, Anna" is one person and not two.
        self._ordered = sorted(found.values(), key=lambda form: (-len("".join(form.words)), form.pattern))
        self._pattern = re.compile("|".join(f"(?P<f{n}>{form.pattern})" for n, form in enumerate(self._ordered))) if self._ordered else None
        self._names = [(folded_text(form.words[0]), form) for form in self._ordered if form.may_be_misspelt]
        self._slips: dict[str, _Form | None] = {}

    def told(self, text: str) -> Told:
        """The text with a code in place of everybody known, and who they were."""
        if not text or self._pattern is None:
            return Told(without_numbers(text) if self._numbers_of_all else text)
        text = unicodedata.normalize("NFC", text)
        people: list[str] = []

        folded, pieces, at = folded_text(text), list[str](), 0
        while found := self._pattern.search(folded, at):
            form, start, end = self._ordered[int((found.lastgroup or "f0")[1:])], found.start(), found.end()
            if _fits(form, text, start, end):
                pieces += [text[at:start], form.called]
                people.extend(form.people)
                at = end
            else:  # a form that does not fit here hides no other that begins later
                pieces.append(text[at : start + 1])
                at = start + 1
        plain = self._without_slips("".join(pieces) + text[at:], people)
        return Told(without_numbers(plain) if self._numbers_of_all else plain, tuple(dict.fromkeys(people)))

    def _without_slips(self, text: str, people: list[str]) -> str:
        """Words with a capital that are a name but for a slip of the pen."""
        if not self._names:
            return text

        def put(found: re.Match[str]) -> str:
            word = folded_text(found[0])
            if word not in self._slips:
                self._slips[word] = next((form for name, form in self._names if is_slip(word, name)), None)
            form = self._slips[word]
            if form is None:
                return found[0]
            people.extend(form.people)
            return form.called

        return _CAPITALISED.sub(put, text)


def without_numbers(text: str) -> str:
    """Words in brackets in place of every number that is shaped like one by which somebody is found."""
    for pattern, called in _TELLING_NUMBERS:
        text = pattern.sub(called, text)
    return text


def folded_text(text: str) -> str:
    """Small letters without accents, sign for sign, so that places in it are places in the text."""
    return "".join(_folded(sign) for sign in text)


def _folded(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign)[0].lower() if not sign.isascii() else sign.lower()
    plain = plain.translate(_SAME)
    return plain if len(plain) == 1 else sign


def _fits(form: _Form, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if (form.is_exact and written not in form.words) or (form.is_in_capitals and written != written.upper()):
        return False
    if form.needs_capital and not written[:1].isupper():
        return False
    if form.needs_capital and written.casefold() in ("may", "april", "june", "august"):
        return not (re.search(r"\d(?:st|nd|rd|th)?\s*$", text[:start]) or re.match(r"\s*\d", text[end:]))
    return True


def _forms(people: Sequence[Known]) -> Iterator[_Form]:
    for person in people:
        yield from _name_forms(person)
        yield from _number_forms(person)
        yield from _place_forms(person)


def _name_forms(person: Known) -> Iterator[_Form]:
    given, family = person.given.split(), " ".join(person.family.split())
    if given and family:
        for first in dict.fromkeys((" ".join(given), given[0])):
            yield _form(person, (first, family), _words(first) + r"\s+" + _words(family), title=True)
            yield _form(person, (first, family), _words(family) + r"\s*,\s*" + _words(first))
            yield _form(person, (first, family), _words(family) + r"\s+" + _words(first))
        yield from _initials(person, given, family)
        initial = _words(given[0][0])
        yield _form(person, (given[0][0], family), initial + r"\.?\s*" + _words(family), title=True)
        yield _form(person, (given[0][0], family), _words(family) + r"\s*,\s*" + initial + r"\b\.?")
    for name in dict.fromkeys((" ".join(given), *given[:1])):
        if len(name) > 1:
            yield _form(person, (name,), _words(name))
    for name in dict.fromkeys((family, *re.split(r"[\s-]+", family))):
        if len(name) >= SHORTEST_PART or (name and name == family):
            yield _form(person, (name,), _words(name), title=True, is_family=True)
    for name in person.other_names:
        yield from _other_name(person, " ".join(name.split()))


def _initials(person: Known, given: Sequence[str], family: str) -> Iterator[_Form]:
    """First letters in capitals, with or without stops, unless they are shorthand that means something else."""
    last = family.split()[-1][0]
    for letters in dict.fromkeys((given[0][0] + last, "".join(name[0] for name in given) + last)):
        plain = letters.upper()
        if plain in listed("shorthand") or not plain.isalpha():
            continue
        folded = [re.escape(folded_text(sign)) for sign in plain]
        pattern = "|".join((r"\.\s?".join(folded) + r"\.?", "".join(folded), r"\s".join(folded)))
        yield _Form((plain,), person.called, (person.id,), rf"(?<!\w)(?:{pattern})(?!\w)", is_in_capitals=True)


def _other_name(person: Known, name: str) -> Iterator[_Form]:
    letters = re.sub(r"[\W_]", "", name)
    if not letters:
        return
    if len(letters) <= SHORTEST_PART and name == name.upper():  # initials, compared as they are given
        yield _Form((name,), person.called, (person.id,), rf"(?<![\w]){re.escape(folded_text(name))}(?!\w)", is_exact=True)
        return
    yield _form(person, (name,), _words(name), title=True)


def _number_forms(person: Known) -> Iterator[_Form]:
    if person.born_on:
        day, called = person.born_on, f"[date of birth of {person.called}]"
        separators, months = r"\s*[./\-\s]\s*", rf"(?:{day:%B}|{day:%b}\.?)".lower()
        plain = rf"0?{day.day}{separators}0?{day.month}{separators}(?:{day.year}|{day:%y})"
        worded = rf"0?{day.day}(?:st|nd|rd|th)?(?:\s+of)?[\s\-]*{months}[,\s\-]*(?:{day.year}|{day:%y})"
        iso, american = rf"{day.year}-{day:%m}-{day:%d}", rf"{day:%B}\s+{day.day}(?:st|nd|rd|th)?,?\s+{day.year}".lower()
        for pattern in (plain, worded, iso, american):
            yield _Form((f"{day:%d/%m/%Y}",), called, (person.id,), rf"(?<!\d){pattern}(?!\d)")
    if digits := re.sub(r"\D", "", person.nhs_number):
        yield _digits(person, digits, "NHS number")
    for phone in person.phones:
        if len(digits := re.sub(r"\D", "", phone)) >= 7:
            yield _digits(person, digits, "telephone number")


def _place_forms(person: Known) -> Iterator[_Form]:
    for lines, postcode in person.addresses:
        called = f"[address of {person.called}]"
        first = re.split(r"[,\n]", lines.strip())[0].strip()
        if len(re.sub(r"\W", "", first)) >= 4:
            yield _Form((first,), called, (person.id,), rf"(?<!\w){_words(first)}(?!\w)")
        if letters := re.sub(r"\s", "", postcode):
            yield _Form(
                (letters,),
                called,
                (person.id,),
                rf"(?<!\w){re.escape(folded_text(letters[:-3]))}\s*{re.escape(folded_text(letters[-3:]))}(?!\w)",
            )
    for place in person.places:
        if len(re.sub(r"\W", "", place)) >= 3:
            yield _Form((place,), person.called, (person.id,), rf"(?<!\w){_words(place)}(?!\w)", is_place=True)
    school = person.school.strip()
    if len(school) >= 4:
        yield _Form((school,), f"[school of {person.called}]", (person.id,), rf"(?<!\w){_words(school)}(?!\w)")


def _form(person: Known, words: tuple[str, ...], pattern: str, *, title: bool = False, is_family: bool = False) -> _Form:
    needs_capital = len(words) == 1 and folded_text(words[0]) in ALSO_WORDS
    before = rf"(?:{TITLES})?" if title and not needs_capital else ""
    # A possessive stays behind the code: "Anna's" becomes "Child 1's".
    whole = rf"(?<!\w){before}{pattern}(?!\w)"
    return _Form(words, person.called, (person.id,), whole, needs_capital=needs_capital, is_family=is_family)


def _digits(person: Known, digits: str, what: str) -> _Form:
    return _Form((digits,), f"[{what} of {person.called}]", (person.id,), r"(?<!\d)" + r"[\s\-]*".join(digits) + r"(?!\d)")


def _words(name: str) -> str:
    """Words of a name with whatever may stand between them: a space, a hyphen, an apostrophe, or nothing."""
    parts: Iterable[str] = (part for part in re.split(r"[\s\-']+", folded_text(unicodedata.normalize("NFC", name))) if part)
    return r"[\s\-']*".join(re.escape(part) for part in parts)


def _both(known: _Form, other: _Form) -> _Form:
    """A form that several people share tells of a family and of nobody in it; an address that is shared is nobody's own."""
    is_family = known.is_family or other.is_family
    if known.called.startswith("["):
        called = f"{known.called.rpartition(' of ')[0]}]" if " of " in known.called else known.called
        return _Form(known.words, called, tuple(dict.fromkeys((*known.people, *other.people))), known.pattern)
    called = FAMILY_NAME if is_family else NAME
    return _Form(known.words, called, (), known.pattern, known.is_exact, known.needs_capital, is_family)
