"""Who is meant where a row names somebody: by code, kinship word, full name, forename, initials, title and surname, or a slip of the pen."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

from rapidfuzz.distance import OSA

from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.entries import Case, KnownPerson
from sightline.procedures.chronology.subject import ABOUT

MANY_MENTIONS: Final = 4
ABBREVIATIONS: Final = frozenset(
    [
        "GP",
        "HV",
        "SW",
        "PC",
        "DC",
        "ED",
        "CP",
        "LA",
        "YP",
        "IT",
        "TV",
        "UK",
        "AM",
        "PM",
        "OK",
        "RE",
        "TC",
        "DV",
        "EH",
        "SN",
        "MW",
        "CSC",
        "TAF",
        "TAC",
    ]
)  # nobody's initials
LONGEST_INITIALS: Final = 3
_CODE: Final = re.compile(
    r"(?<!\w)(?:SIB ?\d?|Sib ?\d?|CH\d?|YP|MO|Mo|FA|Fa|MP|FP|SF|SM|MGM|MGF|PGM|PGF|GGM|MA|PA|MU|PU|GA|GU|FF|N[1-9]|NB\d|SW\d?|HV\d?|GP\d?|DSL\d?|PC\d|HO\d?|"
    r"YJW\d?|MW\d?|SN\d?)(?!\w)"
)
_SURNAME_FIRST: Final = re.compile(r"(?<!\w)([A-Z][A-Z'’-]{2,}), ?([A-Z][a-z'’-]+)(?!\w)")
_SURNAME_LAST: Final = re.compile(r"(?<!\w)([A-Z][a-z'’-]+) ([A-Z][A-Z'’-]{2,})(?!\w)")
_TITLED: Final = re.compile(r"(?<!\w)(Mr|Mrs|Ms|Miss|Dr|PC|DC|Sgt|Nurse|Sister)\.? ([A-Z][A-Za-z'’-]{2,})(?!\w)")
_CAPITALISED: Final = re.compile(r"(?<!\w)([A-Z][a-z'’]+(?:-[A-Z][a-z]+)?) ([A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)(?!\w)")
_FIRST_TELLS: Final = re.compile(
    r"([A-Z][a-z]{2,}) (?:told|said|says|rang|called|phoned|telephoned|reported|disclosed|contacted|raised|asked|mentioned|stated|confided|wrote|emailed|texted)\b"
)
_ALSO: Final = re.compile(
    r"^(?P<who>.{2,50}?),? (?:(?:is |was |are |also |usually |often |sometimes )*(?:known|called|recorded|referred to|goes|answers)(?: (?:as|by|to as|to|by the name(?: of)?))+|aka|a\.k\.a\.|a/k/a|uses the name|likes to be called)"
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


@dataclass(frozen=True)
class Mention:
    """One place where a text names somebody; several keys where it may be one of several."""

    keys: frozenset[str]
    start: int
    end: int
    text: str
    also: frozenset[str] = frozenset()
    """Others whom a title with a surname may mean: enough to hold a finding back, never to make one."""
    gender: str = ""
    """M or F where a title, a code or a word of kinship tells; else empty."""


class Cast:
    """Everybody of a case, found in its own texts; asked of one text at a time."""

    def __init__(self, case: Case) -> None:
        self.people: dict[str, Person] = {}
        self._kin: dict[str, str] = {}
        self._alias: dict[str, str] = {}
        self._meanings(case.preamble)
        for known in case.people:
            self._add_known(known)
        self._family_table(case.preamble)
        self._names(case)
        self._forenames_alone(case)
        self._also_called(case)
        self._mark_workers(case)
        self._build()
        self._cache: dict[str, tuple[Mention, ...]] = {}

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Who is named, in the order of the text."""
        if text not in self._cache:
            self._cache[text] = tuple(self._found(text))
        return self._cache[text]

    def join(self, first: str, second: str) -> None:
        """Two keys mean one person after all."""
        first, second = self.root(first), self.root(second)
        if first != second:
            self._alias[second] = first

    def root(self, key: str) -> str:
        """The key under which a person stands now."""
        while key in self._alias:
            key = self._alias[key]
        return key

    def same(self, one: Mention, other: Mention, *, perhaps: bool = False) -> bool:
        """Whether two mentions mean one person; `perhaps` counts everybody whom a title and surname may mean."""
        if one.gender and other.gender and one.gender != other.gender:
            return False
        first, second = (mention.keys | mention.also if perhaps else mention.keys for mention in (one, other))
        return bool({self.root(key) for key in first} & {self.root(key) for key in second})

    def join_if_strangers(self, one: Mention, other: Mention) -> bool:
        """Take a code and a name for one person where neither belongs to anybody else: rows that tell of one thing showed it."""
        if len(one.keys) != 1 or len(other.keys) != 1 or (one.gender and other.gender and one.gender != other.gender):
            return False
        first, second = (self.root(next(iter(mention.keys))) for mention in (one, other))
        code, name = (first, second) if self._has_no_name(first) else (second, first)
        if first == second or not self._has_no_name(code) or self._has_no_name(name) or self._has_code(name):
            return False
        self.join(code, name)
        return True

    def _members(self, root: str) -> Iterator[Person]:
        return (person for key, person in self.people.items() if self.root(key) == root)

    def _has_no_name(self, root: str) -> bool:
        return all(not person.forename for person in self._members(root))

    def _has_code(self, root: str) -> bool:
        return any(person.code for person in self._members(root))

    def is_subject(self, mention: Mention) -> bool:
        """Whether the child of the chronology is meant."""
        return "CH" in mention.keys or any(self.people[key].is_subject for key in mention.keys if key in self.people)

    def is_worker(self, mention: Mention) -> bool:
        """Whether somebody is meant who works with the family."""
        return bool(mention.keys) and all(key in self.people and self.people[key].is_worker for key in mention.keys)

    def is_said_plainly(self, mention: Mention) -> bool:
        """Whether somebody is meant by a role code or a word of kinship, which tells nobody's name."""
        return bool(_CODE.fullmatch(mention.text)) or _bare(mention.text) in self._kin

    def without_people(self, text: str) -> str:
        """A text with nobody named in it, so that words are compared and not people."""
        pieces, at = list[str](), 0
        for mention in self.mentions(text):
            pieces.append(text[at : mention.start])
            at = mention.end
        return " ".join((*pieces, text[at:]))

    def _person(self, key: str, **facts: object) -> Person:
        person = self.people.setdefault(key, Person(key))
        for name, value in facts.items():
            if value:
                setattr(person, name, value)
        return person

    def _meanings(self, preamble: Iterable[str]) -> None:
        """What the files say that their codes mean, then what such codes mean by custom."""
        for line in preamble:
            if "=" in line or re.search(r"\b(?:abbrev|key|codes?|glossary)\b", line, re.IGNORECASE):
                for code, words in _MEANS.findall(line):
                    if _CODE.fullmatch(code):
                        self._kin.setdefault(_bare(words), _one_code(code))
        known = facts()
        for group in ("family", "worker"):
            for code, words in known[group].items():
                person = self._person(code, code=code, is_worker=group == "worker", is_subject=code == "CH")
                for word in words:
                    self._kin.setdefault(_bare(word), person.key)

    def _add_known(self, known: KnownPerson) -> None:
        key = _one_code(known.code) or known.code
        person = self._person(key, code=known.code, is_worker=known.is_worker, is_subject=known.is_subject)
        person.forms |= {known.code, *known.names}
        for name in known.names:
            self._split(person, name)
        for word in known.kin:
            self._kin[_bare(word)] = key

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
                subject = self._person("CH", code="CH")
                subject.forms.add(about["name"].strip())
                self._split(subject, about["name"].strip())
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) < 2:
                continue
            for name, said in ((one, other) for one in cells[:3] for other in cells[:4] if one is not other):
                code = _one_code(said) or self._kin.get(_bare(said), "")
                if code and re.fullmatch(r"[A-Z][A-Za-z'’-]+,? [A-Z][A-Za-z'’ -]+", name) and not _CODE.fullmatch(name):
                    person = self._person(code, code=code)
                    person.forms.add(name)
                    self._split(person, name)
                    break

    def _names(self, case: Case) -> None:
        """Full names as the rows have them; a pair of capitalised words counts where its surname is known from elsewhere."""
        pairs: Counter[tuple[str, str]] = Counter()
        surnames = {person.surname for person in self.people.values() if person.surname}
        texts = [text for entry in case.entries for text in (entry.event, entry.action) if text]
        for text in texts:
            for surname, forename in _SURNAME_FIRST.findall(text):
                pairs[forename, surname.title()] += 1
            for forename, surname in _SURNAME_LAST.findall(text):
                if not _CODE.fullmatch(surname):
                    pairs[forename, surname.title()] += 1
            surnames |= {surname for _, surname in _TITLED.findall(text)}
        surnames |= {surname for _, surname in pairs}
        for text in texts:
            for forename, surname in _CAPITALISED.findall(text):
                surname = re.sub("['’]s?$", "", surname)
                if surname in surnames and forename not in _NOT_FORENAMES and f"{forename} {surname}" not in _NOT_FORENAMES:
                    pairs[forename, surname] += 1
        small = {word for text in texts for word in re.findall(r"(?<!\w)[a-z][a-z'’]+", text)}
        for text in texts:
            for forename, surname in _CAPITALISED.findall(text):
                surname = re.sub("['’]s?$", "", surname)
                both = {forename.lower(), surname.lower()}
                if not both & small and not both & _places() and forename not in _NOT_FORENAMES and not any(map(_is_day, both)):
                    pairs[forename, surname] += surname not in surnames
        pairs = Counter({pair: count for pair, count in pairs.items() if count})
        by_name = {(person.forename, person.surname): person for person in self.people.values() if person.surname}
        for (forename, surname), _count in pairs.items():
            if (forename, surname) not in by_name and not self._is_slip(forename, surname, pairs):
                key = f"{forename} {surname}"
                by_name[forename, surname] = self._person(key, forename=forename, surname=surname)

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
            if match := _FIRST_TELLS.match(text):
                inside[match[1]] += 1
        for word in inside:
            is_word = word.lower() in small or word in joined or word in _NOT_FORENAMES or _bare(word) in self._kin or _is_day(word)
            if (
                not is_word
                and word not in known
                and not any(_is_slip_of(word, name) for name in (*known, *inside) if name and name != word)
            ):
                self._person(f"{word} ?", forename=word)

    def _is_slip(self, forename: str, surname: str, pairs: Mapping[tuple[str, str], int]) -> bool:
        return any(
            other_surname == surname and other != forename and pairs[other, other_surname] > pairs[forename, surname] and _is_slip_of(forename, other)
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
            for title, surname in _TITLED.findall(entry.event):
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

    def _build(self) -> None:
        forms: dict[str, set[str]] = defaultdict(set)
        titled: dict[str, set[str]] = defaultdict(set)
        forenames: dict[str, set[str]] = defaultdict(set)
        loose: dict[str, set[str]] = defaultdict(set)
        for key, person in self.people.items():
            for form in person.forms:
                forms[form].add(key)
            if person.forename and person.surname:
                first, last = person.forename, person.surname
                for form in (
                    f"{first} {last}",
                    f"{first} {last.upper()}",
                    f"{last.upper()}, {first}",
                    f"{last}, {first}",
                    f"{first[0]} {last}",
                    f"{first[0]}. {last}",
                ):
                    forms[form].add(key)
                initials = f"{first[0]}{last[0]}"
                if initials not in ABBREVIATIONS and not _CODE.fullmatch(initials):
                    forms[initials].add(key)
                if not person.is_subject and not person.code.startswith("SIB"):
                    titled[last].add(key)
            elif person.forename:
                for last in {other.surname[0] for other in self.people.values() if other.surname}:
                    loose[f"{person.forename[0]}{last}"].add(key)
            if person.forename:
                forms[person.forename].add(key)
                forenames[person.forename].add(key)
        self._alone = {key for key, person in self.people.items() if person.forename and not person.surname and not person.is_worker}
        for initials, keys in loose.items():  # somebody without a known surname, by initials that nobody else has
            if len(keys) == 1 and initials not in forms and initials not in ABBREVIATIONS and not _CODE.fullmatch(initials):
                forms[initials] |= keys
        self._forms, self._titled, self._forenames = dict(forms), dict(titled), dict(forenames)
        kin = sorted(self._kin, key=lambda word: (-len(word), word))
        names = sorted(self._forms, key=lambda word: (-len(word), word))
        self._pattern = re.compile(
            "|".join(
                (
                    rf"(?P<titled>{_TITLED.pattern})",
                    rf"(?P<code>{_CODE.pattern})",
                    *((rf"(?P<name>(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w))",) if names else ()),
                    rf"(?P<kin>(?<!\w)(?i:(?:the |a |an |his |her |their )?(?:{'|'.join(re.escape(word).replace(chr(39), chr(91) + chr(39) + '’]') for word in kin)}))(?!\w)(?!['’]s (?:partner|boyfriend|sister|brother|friend|mother|father|ex)| agenc))",
                    r"(?P<slip>(?<!\w)[A-Z][a-z]{3,}(?!\w))",
                )
            )
        )

    def _found(self, text: str) -> Iterator[Mention]:
        for match in self._pattern.finditer(text):
            kind, said = match.lastgroup, match.group()
            keys: set[str] = set()
            also: set[str] = set()
            if match["titled"]:
                surname = _TITLED.fullmatch(said)
                keys, also = self._of_title(surname[1], surname[2]) if surname else (set(), set())
                kind = "titled"
            elif match["code"]:
                keys = {self._code_key(said)}
            elif match.group("kin"):
                word = _bare(said)
                keys = {self._kin[word]} if word in self._kin else set()
            elif kind == "name" or said in self._forms:
                keys = self._forms.get(said, set())
            elif match["slip"]:
                keys = {key for name, found in self._forenames.items() if _is_slip_of(said, name) for key in found}
            if keys:
                roots = frozenset(self.root(key) for key in keys)
                loose = frozenset(self.root(key) for key in also)
                yield Mention(roots, match.start(), match.end(), said, loose, _gender_of(said, roots))

    def _of_title(self, title: str, surname: str) -> tuple[set[str], set[str]]:
        """Whom `Ms Example` means: a woman of that name who is known to be one, else anybody of that name; and whom it may mean besides."""
        gender = {"Mr": "M", "Mrs": "F", "Ms": "F", "Miss": "F"}.get(title, "")
        named = {key for key in self._titled.get(surname, set()) if not gender or _GENDERS.get(self.root(key), gender) == gender}
        certain = {key for key in named if gender and _GENDERS.get(self.root(key)) == gender}
        if not named and not certain:
            return {f"titled {surname}"}, set()
        is_worker = all(self.people[key].is_worker for key in named)
        return certain or named, named if is_worker else named | self._alone

    def _code_key(self, said: str) -> str:
        code = _one_code(said)
        if code not in self.people:
            base = re.sub(r"\d+$", "", code)
            self._person(code, code=code, is_worker=base in facts()["worker"])
        return code


@cache
def facts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Codes and kinship words, as the file has them."""
    text = resources.files(__package__).joinpath("people.toml").read_text(encoding="utf-8")
    return {group: {code: tuple(words) for code, words in codes.items()} for group, codes in tomllib.loads(text).items()}


@cache
def _places() -> frozenset[str]:
    """Words that end the name of a street, a school or a service, which is nobody's surname."""
    ends = "school academy primary infant junior nursery college hospital surgery centre clinic police council partnership services trust unit team"
    return frozenset((*words.lists()["address"]["streets"], *ends.split()))


@cache
def _codes() -> Mapping[str, str]:
    found = {word: code for code, words in facts()["codes"].items() for word in words}
    return found | {code.lower(): code for group in ("family", "worker") for code in facts()[group]}


def _one_code(said: str) -> str:
    plain = said.strip().lower().replace(" ", "")
    if plain in _codes():
        return _codes()[plain]
    return said.strip().replace(" ", "") if _CODE.fullmatch(said.strip()) else ""


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an|his|her|their) ", "", " ".join(words.lower().replace("’", "'").split()))


def _is_day(word: str) -> bool:
    return bool(
        re.match(
            r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october|xmas|christmas|easter",
            word.lower(),
        )
    )


def _gender_of(said: str, keys: frozenset[str]) -> str:
    title = said.split(" ")[0].rstrip(".")
    if title in ("Mr", "Mrs", "Ms", "Miss"):
        return "M" if title == "Mr" else "F"
    if len(keys) == 1:
        return _GENDERS.get(next(iter(keys)), "")
    return ""


_GENDERS: Final = {
    code: gender for gender, codes in (("F", "MO MGM PGM MA PA GA GGM FP"), ("M", "FA MP MGF PGF MU PU GU")) for code in codes.split()
}


@cache
def _is_slip_of(said: str, name: str) -> bool:
    """One letter wrong, missing, doubled or two changed about, in a name long enough for it."""
    return len(name) >= 5 and said[0] == name[0] and abs(len(said) - len(name)) <= 1 and said != name and OSA.distance(said, name) == 1


_NOT_FORENAMES: Final = frozenset(
    [
        "The",
        "A",
        "An",
        "At",
        "On",
        "In",
        "By",
        "For",
        "From",
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "PC",
        "Case",
        "Family",
        "Social",
        "Police",
        "School",
        "Health",
        "Child",
        "Children",
        "Information",
        "Concern",
        "Call",
        "Letter",
        "Visit",
        "Told",
        "Report",
        "Patient",
        "Officer",
        "Mother",
        "Father",
        "Maternal",
        "Paternal",
        "Birth",
        "Joint",
        "Home",
        "Named",
        "Duty",
        "Telephone",
        "Email",
        "Text",
        "Contact",
    ]
)
