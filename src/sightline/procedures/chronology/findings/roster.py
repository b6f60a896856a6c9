"""Who a case is about, found in its own texts: the table of the family, abbreviations, full names, other names, and who works there."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.entries import Case, KnownPerson
from sightline.procedures.chronology.findings.names import (
    ABBREVIATIONS,
    CODE,
    NOT_FORENAMES,
    TITLED,
    bare,
    facts,
    gender_of_forename,
    is_day,
    is_slip_of,
    one_code,
    places,
)
from sightline.procedures.chronology.subject import ABOUT

MANY_MENTIONS: Final = 4
FEWEST_EXPLAINED: Final = 3  # codes in one line, before it is taken for a key that does not say so
_SURNAME_FIRST: Final = re.compile(r"(?<!\w)([A-Z][A-Z'’-]{2,}), ?([A-Z][a-z'’-]+)(?!\w)")
_SURNAME_LAST: Final = re.compile(r"(?<!\w)([A-Z][a-z'’-]+) ([A-Z][A-Z'’-]{2,})(?!\w)")
_CAPITALISED: Final = re.compile(r"(?<!\w)([A-Z][a-z'’]+(?:-[A-Z][a-z]+)?) ([A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)(?!\w)")
_FIRST_TELLS: Final = re.compile(
    r"([A-Z][a-z]{2,}) (?:told|said|says|rang|called|phoned|telephoned|reported|disclosed|contacted|raised|asked|mentioned|stated"
    r"|confided|wrote|emailed|texted)\b"
)
_FIRST_WORD: Final = re.compile(r"(?:(?:Per|From|Re|Via|According to) )?([A-Z][a-z'’]{2,})(?= )")
_TOKEN_OF_CODE: Final = r"([A-Z][A-Za-z]{0,4}\d{0,2})"
_EXPLAINS: Final = re.compile(
    r"\b(?:abbrev\w*|key|codes?|glossary|legend|referred to|roles?|people are|initials|stands? for)\b", re.IGNORECASE
)
_ALSO: Final = re.compile(
    r"^(?P<who>.{2,50}?),? (?:(?:is |was |are |also |usually |often |sometimes )*(?:known|called|recorded|referred to|goes"
    r"|answers)(?: (?:as|by|to as|to|by the name(?: of)?))+|aka|a\.k\.a\.|a/k/a|uses the name|likes to be called)"
    r" [\"'‘“]?(?P<name>[A-Z][a-z]+)[\"'’”]?\b"
)
_PROPER_RUN: Final = re.compile(r"(?<!\w)[A-Z][a-z'’]+(?: [A-Z][a-z'’]+)+")
_SINGLE: Final = re.compile(r"(?<=[a-z,;:] )([A-Z][a-z]{2,})(?!\w)")
_MEANS: Final = re.compile(r"(?<!\w)([A-Z][A-Za-z]{1,4}\d?)\s*(?:=|–|-|:|means)\s*([A-Za-z][A-Za-z' ’-]{2,40}?)(?=\s*(?:[,;.|/\n]|$))")
_WORKERS_TITLES: Final = frozenset({"Dr", "PC", "DC", "Sgt", "Nurse", "Sister"})


@dataclass
class Person:
    """Everybody whom the rows seem to mean by one set of forms."""

    key: str
    code: str = ""
    forename: str = ""
    surname: str = ""
    forms: set[str] = field(default_factory=set)
    is_worker: bool = False
    is_subject: bool = False


class Roster:
    """Everybody who was found, and which words of kinship mean whom."""

    def __init__(self, case: Case) -> None:
        self.people: dict[str, Person] = {}
        self.kin: dict[str, str] = {}
        self._composed: set[str] = set()
        self._families: list[str] = []
        self.codes: dict[str, str] = {}
        """Codes that the files themselves explain, each with the usual code of whom it means."""
        self.unused: set[str] = set()
        """Usual codes that mean nobody here, since the files have others for the same people."""
        self._meanings(case.preamble)
        for known in case.people:
            self._add_known(known)
        self._family_table(case.preamble)
        self._names(case)
        self._forenames_alone(case)
        self._also_called(case)
        self._mark_workers(case)

    def person(self, key: str, **facts: object) -> Person:
        person = self.people.setdefault(key, Person(key))
        for name, value in facts.items():
            if value:
                setattr(person, name, value)
        return person

    def _meanings(self, preamble: Iterable[str]) -> None:
        """What the files say that their codes mean, then what such codes mean by custom."""
        for line in preamble:
            if "=" in line or re.search(r"\b(?:abbrev|key|codes?|glossary)\b", line, re.IGNORECASE):
                for code, meaning in _MEANS.findall(line):
                    if CODE.fullmatch(code):
                        self.kin.setdefault(bare(meaning), one_code(code))
        known = facts()
        for group in ("family", "worker"):
            for code, called in known[group].items():
                person = self.person(code, code=code, is_worker=group == "worker", is_subject=code == "CH")
                for word in called:
                    self.kin.setdefault(bare(word), person.key)
        for parent, group in (("MO", "kin_of_mother"), ("FA", "kin_of_father")):
            parents = [word for word in (parent.lower(), *known["family"][parent]) if not word.startswith("the ")]
            for code, called in known[group].items():
                composed = [bare(f"{first}'s {then}") for first in parents for then in called]
                self._composed |= set(composed)
                for word in composed:
                    self.kin.setdefault(word, self.person(code, code=code).key)
            every = {bare(then) for called in known[group].values() for then in called}
            self._families.append(rf"(?:{_alternatives(map(bare, parents))})['’]s (?:{_alternatives(every)})")
        self._own_codes(preamble)

    def kin_pattern(self) -> str:
        """Every word of kinship as one expression; what is composed of two words is not listed pair by pair."""
        return "|".join((*self._families, _alternatives(word for word in self.kin if word not in self._composed)))

    def _own_codes(self, preamble: Iterable[str]) -> None:
        """Codes that the files explain and that are not the usual ones: `Key: AdM mother; AdP mother's partner; Res1 neighbour`.

        Where a file has a code of its own for somebody, the usual code means nobody: its letters may be somebody's initials.
        """
        kin = self.kin_pattern()
        first = re.compile(
            rf"(?<!\w){_TOKEN_OF_CODE}\s*(?:=|–|—|-|:|\(|means|is|for|was)?\s*(?i:(?:the |a |an |our )?({kin}))(?!\w)(?!['’]s )"
        )
        after = re.compile(rf"(?<!\w)(?i:(?:the |a |an |our )?({kin}))\s*(?:=|–|—|-|:)?\s*\(?{_TOKEN_OF_CODE}(?!\w)")
        said: dict[str, str] = {}
        for line in preamble:
            for pattern, at in ((first, 1), (after, 2)):
                pairs = [(match[at], match[3 - at]) for match in pattern.finditer(line)]
                if len(pairs) >= FEWEST_EXPLAINED or (pairs and _EXPLAINS.search(line)):
                    for code, word in pairs:
                        if bare(word) in self.kin and code not in said and bare(code) not in self.kin:
                            said[code] = self.kin[bare(word)]
                    break
        for code, key in said.items():
            if one_code(code) != key or not CODE.fullmatch(code):
                self.codes[code] = key
        self.unused = {key for key in self.codes.values() if key not in said and key.lower() not in {code.lower() for code in said}}

    def _add_known(self, known: KnownPerson) -> None:
        key = one_code(known.code) or known.code
        person = self.person(key, code=known.code, is_worker=known.is_worker, is_subject=known.is_subject)
        person.forms |= {known.code, *known.names}
        for name in known.names:
            self._split(person, name)
        for word in known.kin:
            self.kin[bare(word)] = key

    def _split(self, person: Person, name: str) -> None:
        if "," in name:
            surname, _, forename = (part.strip() for part in name.partition(","))
        else:
            forename, _, surname = name.strip().rpartition(" ")
        if forename and surname and not person.surname:
            person.forename, person.surname = forename.split()[0].title(), surname.title()

    def _family_table(self, preamble: Iterable[str]) -> None:
        """Rows such as `Anna Example | MO | 01/02/1990`, and `Re: Anna Example (DOB ...)` for the child."""
        for line in preamble:
            if (about := ABOUT.match(line)) and re.fullmatch(r"[A-Z][A-Za-z'’-]+(?:,? [A-Z][A-Za-z'’-]+)+", about["name"].strip()):
                subject = self.person("CH", code="CH")
                subject.forms.add(about["name"].strip())
                self._split(subject, about["name"].strip())
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) < 2:
                continue
            for name, said in ((one, other) for one in cells[:3] for other in cells[:4] if one is not other):
                code = self.codes.get(said) or one_code(said) or self.kin.get(bare(said), "")
                if code and re.fullmatch(r"[A-Z][A-Za-z'’-]+,? [A-Z][A-Za-z'’ -]+", name) and not CODE.fullmatch(name):
                    person = self.person(code, code=code)
                    person.forms.add(name)
                    self._split(person, name)
                    break

    def _names(self, case: Case) -> None:
        """Full names as the rows have them; a pair of capitalised words counts where its surname is known from elsewhere."""
        pairs: Counter[tuple[str, str]] = Counter()
        surnames = {person.surname for person in self.people.values() if person.surname}
        texts = [text for entry in case.entries for text in (entry.event, entry.action) if text]
        for text in texts:
            found = [(forename, surname) for surname, forename in _SURNAME_FIRST.findall(text)]
            for forename, surname in (*found, *_SURNAME_LAST.findall(text)):
                if not CODE.fullmatch(surname) and surname not in ABBREVIATIONS and forename not in NOT_FORENAMES:
                    pairs[forename, surname.title()] += 1
            surnames |= {surname for _, surname in TITLED.findall(text)}
        surnames |= {surname for _, surname in pairs}
        for text in texts:
            for forename, surname in _CAPITALISED.findall(text):
                surname = re.sub("['’]s?$", "", surname)
                if surname in surnames and forename not in NOT_FORENAMES and f"{forename} {surname}" not in NOT_FORENAMES:
                    pairs[forename, surname] += 1
        small = {word for text in texts for word in re.findall(r"(?<!\w)[a-z][a-z'’]+", text)}
        forenames = {forename for forename, _ in pairs} | {person.forename for person in self.people.values()}
        for text in texts:
            for forename, surname in _CAPITALISED.findall(text):
                surname = re.sub("['’]s?$", "", surname)
                both = {forename.lower(), surname.lower()}
                begins = surname not in surnames and (surname in forenames or gender_of_forename(surname))  # `Overall Darren` is Darren
                if begins or both & small or both & places() or forename in NOT_FORENAMES or any(map(is_day, both)):
                    continue
                pairs[forename, surname] += surname not in surnames
        pairs = Counter({pair: count for pair, count in pairs.items() if count})
        by_name = {(person.forename, person.surname): person for person in self.people.values() if person.surname}
        for (forename, surname), _count in pairs.items():
            if (forename, surname) not in by_name and not self._is_slip(forename, surname, pairs):
                key = f"{forename} {surname}"
                by_name[forename, surname] = self.person(key, forename=forename, surname=surname)

    def _forenames_alone(self, case: Case) -> None:
        """Forenames that never stand with a surname: capitalised words that are nowhere written small and belong to no longer name."""
        texts = [text for entry in case.entries for text in (entry.event, entry.action) if text]
        small = {word for text in texts for word in re.findall(r"(?<!\w)[a-z][a-z'’]+", text)}
        known = {person.forename for person in self.people.values()} | {person.surname for person in self.people.values()}
        inside: Counter[str] = Counter()
        joined: set[str] = set()
        for text in texts:
            joined |= {word for run in _PROPER_RUN.findall(text) for word in run.split()}
            for match in _SINGLE.finditer(text):
                inside[match[1]] += 1
            if (first := _FIRST_TELLS.match(text)) or ((first := _FIRST_WORD.match(text)) and self._tells(first[1], text[first.end() :])):
                inside[first[1]] += 1
        for word in inside:
            is_word = (
                word.lower() in small
                or word.lower() in words.first_words()
                or word in joined
                or word in NOT_FORENAMES
                or bare(word) in self.kin
                or is_day(word)
            )
            if not is_word and word not in known and not any(is_slip_of(word, name) for name in (*known, *inside) if name and name != word):
                self.person(f"{word} ?", forename=word)

    def _tells(self, word: str, after: str) -> bool:
        """Whether a text that begins with an unknown word goes on as one that somebody tells; a common forename is enough."""
        return bool(gender_of_forename(word)) or bool(words.pattern("concern.speech").match(words.plain(after[:60])))

    def _is_slip(self, forename: str, surname: str, pairs: Mapping[tuple[str, str], int]) -> bool:
        return any(
            other_surname == surname and other != forename and pairs[other, other_surname] > pairs[forename,
            surname] and is_slip_of(forename, other)
            for other, other_surname in pairs
        )  # fmt: skip

    def _also_called(self, case: Case) -> None:
        for entry in case.entries:
            if match := _ALSO.match(entry.event):
                for person in self.people.values():
                    if person.forename and (
                        person.forename in match["who"] or f"{person.surname.upper()}, {person.forename}" in match["who"]
                    ):
                        person.forms.add(match["name"])

    def _mark_workers(self, case: Case) -> None:
        """People who are named often and by one agency alone, without a name of the family, work there."""
        family = {person.surname for key, person in self.people.items() if person.surname and person.code and not person.is_worker}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for entry in case.entries:
            for title, surname in TITLED.findall(entry.event):
                if title in _WORKERS_TITLES:
                    counts[surname]["titled"] += 100
        by_form = {f"{person.forename} {person.surname}": person for person in self.people.values() if person.surname}
        pattern = re.compile("|".join(re.escape(form) for form in by_form)) if by_form else None
        for entry in case.entries:
            for form in pattern.findall(entry.event) if pattern else ():
                counts[form][entry.agency] += 1
        for form, person in by_form.items():
            if person.code or person.surname in family:
                continue
            told = counts[form]
            if counts[person.surname]["titled"] or (len(told) == 1 and sum(told.values()) >= MANY_MENTIONS):
                person.is_worker = True


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=lambda word: (-len(word), word)))
