"""How the child a chronology is about is called in it: from its preamble, its table of the family, or what the partnership knows."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sightline.procedures.chronology.columns import headings
from sightline.procedures.chronology.headings import is_family_heading
from sightline.procedures.chronology.sight import forms_of_name
from sightline.procedures.chronology.tables import Line, Table
from sightline.procedures.chronology.wording import compared

SEARCHED_LINES: Final = 60
LONGEST_NAME: Final = 60
# Initials that are words or codes of somebody else in a chronology.
NOT_INITIALS: Final = frozenset(
    [
        "mo",
        "fa",
        "ma",
        "mp",
        "mu",
        "am",
        "pm",
        "no",
        "so",
        "is",
        "it",
        "at",
        "in",
        "on",
        "to",
        "do",
        "go",
        "he",
        "me",
        "my",
        "of",
        "or",
        "us",
        "we",
        "if",
        "as",
        "be",
        "by",
        "ed",
        "gp",
        "hv",
        "sw",
        "pc",
        "dc",
        "ds",
        "di",
        "ta",
        "ht",
        "md",
        "mh",
        "cp",
        "ch",
        "gf",
        "ff",
        "la",
        "ni",
        "hm",
    ]
)
ABOUT: Final = re.compile(
    r"^\W*(?:re|regarding|subject(?: child)?|(?:index |subject )?child(?:'s name|'s full name|ren)?|"
    r"name(?: of (?:the )?(?:index |subject )?child)?|"
    r"child'?s? name|name of subject|yp|young person|pupil|patient|chronology (?:of|for|re|about|in respect of)|in respect of|concerning)\b"
    r"\s*[:\-\u2013|]*\s*(?P<name>[^\d()|:;]{3,60}?)\s*(?:[(|,;]?\s*(?:d\.?o\.?b|date of birth|born|aged|nhs|upn|\d|\))|\||\(|$)",
    re.IGNORECASE,
)
_ROLE_OF_CHILD: Final = re.compile(
    r"(?:ch|ch1|child|subject(?: child)?|index child|the child|subject of (?:the )?(?:review|chronology)|self|yp|young person|index)"
)
_NOT_A_NAME: Final = re.compile(
    r"\b(?:contact|event|chronology|agency|review|family|school|record|significant|services?|the|partnership|period|police|health|care)\b",
    re.IGNORECASE,
)


def names_of_child(tables: Sequence[Table], known: Sequence[str] = ()) -> tuple[str, ...]:
    """Every form of the child's name, as texts are compared."""
    names = dict.fromkeys([*known, *_named(tables)])
    forms: dict[str, None] = {}
    for name in names:
        for form in forms_of_name(name):
            forms[form] = None
        for between in (r"[\s\-]+", r"\s+"):  # of a double name both letters, or the first alone
            initials = "".join(part[0] for part in re.split(between, compared(name).replace(",", " ")) if part)
            if "," not in name and 2 <= len(initials) <= 3 and initials not in NOT_INITIALS:
                forms[initials] = None
    return tuple([*forms, *_short_names(tables, list(names))])


def _named(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        for line in _outside(table):
            if (match := ABOUT.match(line.text)) and _is_name(match["name"]):
                yield match["name"].strip(" -.,")
        yield from _from_family(table)


def _outside(table: Table) -> Iterator[Line]:
    """The lines above the headings."""
    for line in table.lines[:SEARCHED_LINES]:
        if headings(line):
            return
        if line.texts:
            yield line


def _from_family(table: Table) -> Iterator[str]:
    """Whoever a table of the family calls the child."""
    is_family = False
    for line in table.lines[:SEARCHED_LINES]:
        if headings(line):
            return
        if is_family_heading(line):
            is_family = True
            continue
        texts = line.texts
        if is_family and any(_ROLE_OF_CHILD.fullmatch(compared(text)) for text in texts):
            yield from (
                text for text in texts[:3] if not _ROLE_OF_CHILD.fullmatch(compared(text)) and _is_name(text) and " " in text.strip()
            )


def _is_name(text: str) -> bool:
    words = text.strip(" -.,").split()
    return 1 <= len(words) <= 5 and len(text) <= LONGEST_NAME and text.strip()[:1].isupper() and not _NOT_A_NAME.search(text)


def _short_names(tables: Sequence[Table], names: list[str]) -> Iterator[str]:
    """Words that begin as the child's forename does and end otherwise: short names and slips of the pen, but no other person's name."""
    forenames = {forms_of_name(name)[-1] if "," in name else compared(name).split(" ")[0] for name in names if compared(name)}
    forenames = {forename for forename in forenames if len(forename) >= 4}
    if not forenames:
        return
    word_form = re.compile(r"\b(?:" + "|".join(re.escape(forename[:3].capitalize()) for forename in sorted(forenames)) + r")[a-z]{1,9}\b")
    others = {
        word for table in tables for line in table.lines[:SEARCHED_LINES] if not headings(line) and len(line.texts) <= 6
        for text in line.texts[:2] if len(text) < LONGEST_NAME for word in re.findall(r"\w+", compared(text))
    } if any(is_family_heading(line) for table in tables for line in table.lines[:SEARCHED_LINES]) else set()  # fmt: skip
    found: dict[str, None] = {}
    for table in tables:
        for line in table.lines:
            for text in line.texts:
                for word in word_form.findall(text):
                    found[word.lower()] = None
    for word in found:
        for forename in forenames:
            is_short = word == f"{forename[:3]}s" or abs(len(word) - len(forename)) <= 2
            if word != forename and word not in others and is_short and word.startswith(forename[:3]):
                yield word
