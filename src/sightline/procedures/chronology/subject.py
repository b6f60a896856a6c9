"""How the child a chronology is about is called in it: from its preamble, its table of the family, or what the partnership knows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from sightline.procedures.chronology.columns import headings
from sightline.procedures.chronology.dates import looks_like_date
from sightline.procedures.chronology.headings import is_family_heading
from sightline.procedures.chronology.sight import forms_of_name
from sightline.procedures.chronology.tables import Line, Table
from sightline.procedures.chronology.wording import compared

SEARCHED_LINES: Final = 60
LONGEST_NAME: Final = 60
# Initials that are words or codes of somebody else in a chronology.
NOT_INITIALS: Final = frozenset(
    re.findall(
        r"\w+",
        "mo fa ma mp mu am pm no so is it at in on to do go he me my of or us we if as be by ed gp hv sw pc dc ds di ta ht md mh cp ch "
        "gf ff la ni hm ms mr dr st",
    )
)
ABOUT: Final = re.compile(
    r"^\W*(?:re|regarding|subject(?: child)?|(?:index |subject )?child(?:'s name|'s full name|ren)?|"
    r"name(?: of (?:the )?(?:index |subject )?child)?|"
    r"child'?s? name|name of subject|yp|young person|pupil|patient|chronology (?:of|for|re|about|in respect of)|in respect of|"
    r"concerning)\b"
    r"\s*[:\-\u2013|]*\s*(?P<name>[^\d()|:;]{3,60}?)\s*(?:[(|,;]?\s*(?:d\.?o\.?b|date of birth|born|aged|nhs|upn|\d|\))|\||\(|$)",
    re.IGNORECASE,
)
# Whoever stands above the headings with a day of birth: `Relating to Tansy Quill (date of birth 07-02-2013)`.
_BORN: Final = re.compile(
    r"(?:^|\b(?:of|to|for|about|re|with|[Cc]oncerning|[Rr]egarding|[Ss]ubject|[Cc]hild)\b:?\s+)"
    r"(?P<name>[A-Z][\w'\u2019-]+,?(?: [A-Z][\w'\u2019-]+){1,3})[\s,(:|\-\u2013]*"
    r"(?:d\.?o\.?b\b|DOB\b|D\.O\.B|date of birth|born\b|b\. ?\d|\d{1,2}[./\- ](?:\d{1,2}|[A-Z][a-z]{2,8})[./\- ]\d{2})"
)
# One piece of a key to the codes: `C1 = subject child`, `SC the child`.
_CODE: Final = re.compile(
    r"(?:^|.*[:\-\u2013]\s+)(?P<code>[A-Z][A-Za-z]{0,4}\d?[A-Z]?)\s*(?:=|:|-|\u2013|is|for|means|denotes)?\s*"
    r"(?:the )?(?:(?:(?:subject|index|focus) )?child|subject|young person|pupil)(?: of th\w+ \w+)?[\s.]*"
)
_ANY_CODE: Final = re.compile(r"(?=.*[A-Z].*[A-Z\d])[A-Z][A-Za-z]{0,4}\d?[A-Z]?")
_CALLED: Final = (
    r"(?: is| was)?(?: also| usually| often| always)?(?:,? (?:known|referred to) as| goes by|,? a\.?k\.?a\.?|,? called|"
    r" prefers(?: to be (?:called|known as))?| likes to be (?:called|known as)| answers to)(?: the name)?(?: of)? "
    r"['\"\u2018\u201c]?(?P<name>[A-Z][a-z]{1,12})\b"
)
# A short sentence at the end by which an agency says again and again that the child was seen: `Tans was there and said hello.`
_CLOSES: Final = re.compile(
    r"[.;]\s+(?:(?:Saw|(?:Spoke|Talked) (?:with|to)|(?:Staff )?[Hh]ad sight of|No sight of|"
    r"Eyes on) (?P<saw>[A-Z][a-z]{2,11})(?: directly| alone)?[.,]|"
    r"(?P<seen>[A-Z][a-z]{2,11}) (?:was )?(?:not )?(?:seen|sighted|present|observed|met|there)"
    r"(?:\.|$| and (?:spoke\w*|said|appear\w+|chatty|engaged|well|cheerful)| to be well| alone| throughout))"
)
_NO_NAMES: Final = frozenset(
    re.findall(
        r"\w+",
        "mother father mum dad mam nan gran parents child children baby both officer staff worker family everyone nobody "
        "sibling siblings pupil patient boy girl subject",
    )
)
FEWEST_CLOSES: Final = 2
_WORDS: Final = re.compile(r"\b[A-Za-z][a-z]{2,12}\b")
_ROLE_OF_CHILD: Final = re.compile(
    r"(?:ch|ch1|child|subject(?: child)?|index child|the child|subject of (?:the )?(?:review|chronology)|self|yp|young person|index)"
)
_NOT_A_NAME: Final = re.compile(
    r"\b(?:relation(?:ship)?|role|birth|contact|event|chronology|agency|review|family|school|record|significant|services?|the|"
    r"partnership|period|police|health|care)\b",
    re.IGNORECASE,
)


def names_of_child(tables: Sequence[Table], known: Sequence[str] = ()) -> tuple[str, ...]:
    """Every form of the child's name, as texts are compared."""
    names = dict.fromkeys([*known, *_named(tables)])
    if not names:
        names = dict.fromkeys(_born(tables))
    forms: dict[str, None] = {}
    for name in names:
        for form in forms_of_name(name):
            forms[form] = None
        for between in (r"[\s\-]+", r"\s+"):  # of a double name both letters, or the first alone
            initials = "".join(part[0] for part in re.split(between, compared(name).replace(",", " ")) if part)
            if "," not in name and 2 <= len(initials) <= 3 and initials not in NOT_INITIALS:
                forms[initials] = None
    called = [*forms, *_short_names(tables, list(names)), *_codes(tables, set(forms))]
    return tuple(dict.fromkeys([*called, *_called(tables, called), *_closing(tables)]))


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


def _born(tables: Sequence[Table]) -> Iterator[str]:
    """Whoever is first named with a day of birth above the headings and above any table of the family."""
    for table in tables:
        for line in _outside(table):
            if is_family_heading(line):
                break
            if (match := _BORN.search(line.text)) and _is_name(match["name"]):
                yield match["name"].strip(" -.,")
                return


def _codes(tables: Sequence[Table], forms: set[str]) -> Iterator[str]:
    """The child's code: the key above the headings says it, or the table of the family beside the child's name."""
    for table in tables:
        for line in _outside(table):
            pieces = re.split(r"[;,\n]\s*", line.text) if len(line.texts) == 1 else []
            found = [match["code"] for piece in pieces if (match := _CODE.fullmatch(piece.strip()))]
            if any(compared(text) in forms for text in line.texts):
                found += [text for text in line.texts[:4] if _ANY_CODE.fullmatch(text)]
            yield from (code.lower() for code in found if len(code) > 1 and code.lower() not in NOT_INITIALS)


def _called(tables: Sequence[Table], forms: Sequence[str]) -> Iterator[str]:
    """What rows say that the child is called: `Tansy prefers Tans`."""
    if not forms:
        return
    called = re.compile(rf"(?<!\w)(?i:{'|'.join(re.escape(form) for form in forms)}){_CALLED}")
    for table in tables:
        for line in table.lines:
            yield from (match["name"].lower() for text in line.texts for match in called.finditer(text))


def _closing(tables: Sequence[Table]) -> Iterator[str]:
    """Names that an agency's closing sentences say were seen, more than once, and that are nobody else's."""
    counted: Counter[str] = Counter()
    for table in tables:
        for line in table.lines:
            for text in line.texts:
                if len(text) > LONGEST_NAME // 2:
                    counted.update(compared(match["saw"] or match["seen"]) for match in _CLOSES.finditer(text))
    others = _others(tables)
    yield from (name for name, times in counted.items() if times >= FEWEST_CLOSES and name not in others and name not in _NO_NAMES)


def _is_name(text: str) -> bool:
    words = text.strip(" -.,").split()
    return 1 <= len(words) <= 5 and len(text) <= LONGEST_NAME and text.strip()[:1].isupper() and not _NOT_A_NAME.search(text)


def _short_names(tables: Sequence[Table], names: list[str]) -> Iterator[str]:
    """Words that begin as the child's forename does and end otherwise: short names and slips of the pen, but no other person's name."""
    forenames = {forms_of_name(name)[-1] if "," in name else compared(name).split(" ")[0] for name in names if compared(name)}
    forenames = {forename for forename in forenames if len(forename) >= 4}
    if not forenames:
        return
    others = _others(tables)
    words = {word for table in tables for line in table.lines for text in line.texts for word in _WORDS.findall(text)}
    found = {word.lower() for word in words if word[0].isupper() and word.lower() not in words}  # a word in small letters is no name
    for word in sorted(found):
        for forename in forenames:
            is_short = word == f"{forename[:3]}s" or abs(len(word) - len(forename)) <= 2
            is_like = (is_short and word.startswith(forename[:3])) or _is_turned(word, forename)
            is_like = is_like or _lacks_one(word, forename)
            if word != forename and word not in others and is_like:
                yield word


def _is_turned(word: str, name: str) -> bool:
    """Whether two letters beside each other changed places."""
    apart = [place for place, (one, other) in enumerate(zip(word, name, strict=False)) if one != other]
    if len(word) != len(name) or len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return word[apart[0]] == name[apart[1]] and word[apart[1]] == name[apart[0]]


def _lacks_one(word: str, name: str) -> bool:
    """Whether the word is the name with one letter left out."""
    if len(word) != len(name) - 1 or len(word) < 4 or word[0] != name[0]:
        return False
    return any(word == name[:place] + name[place + 1 :] for place in range(1, len(name)))


def _others(tables: Sequence[Table]) -> set[str]:
    """Words of the family's table, where whoever else has a name like the child's stands; not of dated rows, which are the chronology."""
    found: set[str] = set()
    if not any(is_family_heading(line) for table in tables for line in table.lines[:SEARCHED_LINES]):
        return found
    for table in tables:
        for line in table.lines[:SEARCHED_LINES]:
            if 1 < len(line.texts) <= 6 and not headings(line) and not looks_like_date(line.texts[0]):
                found.update(word for text in line.texts[:2] if len(text) < LONGEST_NAME for word in re.findall(r"\w+", compared(text)))
    return found
