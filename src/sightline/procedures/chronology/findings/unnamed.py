"""Rows without anything that tells who is meant: what stands in the files themselves is all that is known of names, numbers and places."""

import re
from typing import Final

from sightline.procedures.chronology.findings.entries import Case, Entry
from sightline.procedures.chronology.findings.people import Cast
from sightline.procedures.chronology.findings.words import lists
from sightline.procedures.chronology.pseudonyms import without_numbers

_BIRTH: Final = re.compile(
    r"(?P<before>\b(?:dob|d\.o\.b\.?|date of birth|born(?: on)?)\W{0,3})(?P<day>\d{1,2}[./ -](?:\d{1,2}|[A-Za-z]+)[./ -]\d{2,4})",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"\d{1,2}[./ -](?:\d{1,2}|[A-Za-z]+)[./ -]\d{2,4}|\d{4}-\d{2}-\d{2}")
_SCHOOL: Final = re.compile(
    r"(?:[A-Z][\w'’.-]+ ){1,4}(?:(?:Church of England|C of E|CE|RC|Catholic|Community|Primary|Junior|Infant|Secondary|High|Grammar"
    r"|Special|Free|"
    r"Nursery) )*(?:School|Academy|College|Nursery|Primary|High)\b"
)
FIELDS: Final = ("event", "action", "comment", "source", "shared_with")


class Unnamed:
    """Codes in place of everybody whom the files name; made once for a case."""

    def __init__(self, case: Case) -> None:
        self._cast = Cast(case)
        streets = "|".join(sorted((street.title() for street in lists()["address"]["streets"]), key=len, reverse=True))
        self._address = re.compile(rf"(?<![\w/.-])\d{{1,4}}[A-Za-z]?,? (?:[A-Z][A-Za-z'’.-]+ ){{1,3}}(?:{streets})(?!\w)")
        surnames = {person.surname for person in self._cast.people.values() if person.surname}
        self._surnames = re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(form) for name in sorted(surnames) for form in (name, name.upper()))})(?!\w)"
        ) if surnames else None  # fmt: skip
        self._births = {match["day"] for line in case.preamble for match in _BIRTH.finditer(line)}
        self._births |= {
            cell.strip() for line in case.preamble if line.count("|") >= 2 for cell in line.split("|") if _DAY.fullmatch(cell.strip())
        }

    def text_of(self, entry: Entry) -> str:
        """All texts of a row as one, with codes in place of names and words in brackets in place of numbers and places."""
        return " ".join(self.told(getattr(entry, name)) for name in FIELDS if getattr(entry, name))

    def told(self, text: str) -> str:
        """One text without anything that identifies."""
        for pattern, word in ((_SCHOOL, "[school]"), (self._address, "[address]")):
            text = pattern.sub(word, text)
        text = _BIRTH.sub(lambda match: f"{match['before']}[date of birth]", text)
        for birth in self._births:
            text = text.replace(birth, "[date of birth]")
        text = without_numbers(text)
        pieces, at = list[str](), 0
        for mention in self._cast.mentions(text):
            if self._cast.is_said_plainly(mention):
                continue
            pieces += [text[at : mention.start], self._called(mention.keys)]
            at = mention.end
        text = "".join((*pieces, text[at:]))
        return self._surnames.sub("[name]", text) if self._surnames else text

    def _called(self, keys: frozenset[str]) -> str:
        codes = {self._cast.people[key].code for key in keys if key in self._cast.people}
        return codes.pop() if len(codes) == 1 and "" not in codes else "[name]"
