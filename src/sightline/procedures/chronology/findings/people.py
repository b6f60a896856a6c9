"""Who is meant where a row names somebody: by code, kinship, full name, forename, initials, title and surname, or a slip of the pen."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from sightline.procedures.chronology.findings.entries import Case
from sightline.procedures.chronology.findings.names import (
    ABBREVIATIONS,
    CODE,
    GENDERS,
    TITLED,
    bare,
    facts,
    gender_of,
    gender_of_forename,
    is_slip_of,
    one_code,
)
from sightline.procedures.chronology.findings.roster import Person, Roster

# `MO's brother` is the brother.
_NOT_THEIR_RELATIVE = (
    r"(?!['’]s (?:(?:new|current|former|best|male|older|younger|half|ex)[ -])?"
    r"(?:partner|boyfriend|girlfriend|husband|wife|fianc[eé]e?|fella|bloke|man|sister|brother|friend|mother|mum|mam|mom|father|dad|ex)(?!\w))"
)

KIND_OF_WORKER: Final = {
    "SW": "social_care", "HV": "health", "GP": "health", "MW": "health", "SN": "health", "DSL": "school", "PC": "police", "HO": "housing",
    "FSW": "social_care",
}  # fmt: skip
FEWEST_NAMED: Final = 3  # rows that name a worker, before they tell where the worker belongs
MOSTLY: Final = 0.7


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


class Placed(Protocol):
    """A row that knows whose it is and whom it names."""

    agency: str

    @property
    def mentions(self) -> tuple[Mention, ...]: ...


class Cast:
    """Everybody of a case, found in its own texts; asked of one text at a time."""

    def __init__(self, case: Case) -> None:
        roster = Roster(case)
        self.people, self._kin, self._person = roster.people, roster.kin, roster.person
        self._kin_pattern = roster.kin_pattern()
        self._codes, self._unused = roster.codes, roster.unused
        self._alias: dict[str, str] = {}
        self._build()
        self._cache: dict[str, tuple[Mention, ...]] = {}
        self._kind_of_worker: dict[str, str] = {}

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
        if not self._may_have(code, name):
            return False
        self.join(code, name)
        return True

    def _may_have(self, code: str, name: str) -> bool:
        """Whether somebody with this code can have this name: the mother's relatives mostly have hers, her partner has not."""
        mothers = {person.surname for person in self._members(self.root("MO")) if person.surname}
        surnames = {person.surname for person in self._members(name) if person.surname}
        codes = {person.code for person in self._members(code)}
        if not mothers or not surnames:
            return True
        if codes & {"MA", "MU", "MGM", "MGF"}:
            return bool(mothers & surnames)
        return not (codes & {"FA", "MP", "FF", "N1", "N2"} and mothers & surnames)

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

    def agency_kind(self, mention: Mention) -> str:
        """Which kind of agency a worker belongs to, by code, by title or by whose rows name them; nothing for others and unknown."""
        kinds = {self._kind_of_worker.get(key, "") for key in mention.keys}
        return kinds.pop() if len(kinds) == 1 else ""

    def place_workers(self, reads: Iterable[Placed], kinds: Mapping[str, str]) -> None:
        """Find out where workers belong: a code says so; somebody of no family is of the agency whose rows mostly name them."""
        family = {person.surname for person in self.people.values() if person.surname and person.code and not person.is_worker}
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for read in reads:
            for mention in read.mentions:
                if len(mention.keys) == 1:
                    counts[next(iter(mention.keys))][read.agency] += 1
        for key, person in self.people.items():
            base = re.sub(r"\d+$", "", person.code or key)
            if base in KIND_OF_WORKER:
                self._kind_of_worker[key] = KIND_OF_WORKER[base]
            elif not person.code and (person.surname or person.is_worker) and person.surname not in family and counts[key]:
                agency, most = counts[key].most_common(1)[0]
                if most >= FEWEST_NAMED and most >= MOSTLY * counts[key].total():
                    self._kind_of_worker[key] = kinds.get(agency, "")

    def is_said_plainly(self, mention: Mention) -> bool:
        """Whether somebody is meant by a role code or a word of kinship, which tells nobody's name."""
        return self._is_code(mention.text) or bare(mention.text) in self._kin

    def without_people(self, text: str) -> str:
        """A text with nobody named in it, so that words are compared and not people."""
        pieces, at = list[str](), 0
        for mention in self.mentions(text):
            pieces.append(text[at : mention.start])
            at = mention.end
        return " ".join((*pieces, text[at:]))

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
                if initials not in ABBREVIATIONS and not self._is_code(initials):
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
            if len(keys) == 1 and initials not in forms and initials not in ABBREVIATIONS and not self._is_code(initials):
                forms[initials] |= keys
        self._forms, self._titled, self._forenames = dict(forms), dict(titled), dict(forenames)
        own = sorted(self._codes, key=lambda word: (-len(word), word))
        names = sorted(self._forms, key=lambda word: (-len(word), word))
        self._pattern = re.compile(
            "|".join(
                (
                    rf"(?P<titled>{TITLED.pattern})",
                    *((rf"(?P<own>(?<!\w)(?:{'|'.join(map(re.escape, own))})(?!\w){_NOT_THEIR_RELATIVE})",) if own else ()),
                    rf"(?P<code>{self._usual()}{CODE.pattern}{_NOT_THEIR_RELATIVE})",
                    *((rf"(?P<name>(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w))",) if names else ()),
                    rf"(?P<kin>(?<!\w)(?i:(?:the |a |an |his |her |their )?(?:{self._kin_pattern}))(?!\w)"
                    rf"{_NOT_THEIR_RELATIVE}(?! agenc))",
                    r"(?P<slip>(?<!\w)[A-Z][a-z]{3,}(?!\w))",
                )
            )
        )

    def _usual(self) -> str:
        """What the usual codes must not be here: those for which the files have others."""
        return rf"(?!(?:{'|'.join(map(re.escape, sorted(self._unused)))})(?!\w))" if self._unused else ""

    def _is_code(self, text: str) -> bool:
        return text in self._codes or (bool(CODE.fullmatch(text)) and text not in self._unused)

    def _found(self, text: str) -> Iterator[Mention]:
        for match in self._pattern.finditer(text):
            kind, said = match.lastgroup, match.group()
            keys: set[str] = set()
            also: set[str] = set()
            if match["titled"]:
                surname = TITLED.fullmatch(said)
                keys, also = self._of_title(surname[1], surname[2]) if surname else (set(), set())
                kind = "titled"
            elif kind == "own":
                keys = {self._codes[said]}
            elif match["code"]:
                keys = {self._code_key(said)}
            elif match.group("kin"):
                word = bare(said)
                keys = {self._kin[word]} if word in self._kin else set()
            elif kind == "name" or said in self._forms:
                keys = self._forms.get(said, set())
            elif match["slip"]:
                keys = {key for name, found in self._forenames.items() if is_slip_of(said, name) for key in found}
            if keys:
                roots = frozenset(self.root(key) for key in keys)
                loose = frozenset(self.root(key) for key in also)
                yield Mention(roots, match.start(), match.end(), said, loose, gender_of(said, roots) or self._gender(roots))

    def _gender(self, roots: frozenset[str]) -> str:
        """By the forename, where all who may be meant have one of one kind."""
        found = {gender_of_forename(person.forename) for root in roots for person in self._members(root) if person.forename}
        return found.pop() if len(found) == 1 else ""

    def _of_title(self, title: str, surname: str) -> tuple[set[str], set[str]]:
        """Whom `Ms Example` means: a woman of that name who is known to be one, else anybody of that name; and whom it may mean besides."""
        gender = {"Mr": "M", "Mrs": "F", "Ms": "F", "Miss": "F"}.get(title, "")
        by_key = {
            key: GENDERS.get(self.root(key)) or gender_of_forename(self.people[key].forename) for key in self._titled.get(surname, set())
        }
        named = {key for key, known in by_key.items() if not gender or known in ("", gender)}
        certain = {key for key in named if gender and by_key[key] == gender}
        if not named and not certain:
            return {f"titled {surname}"}, set()
        is_worker = all(self.people[key].is_worker for key in named)
        return certain or named, named if is_worker else named | self._alone

    def _code_key(self, said: str) -> str:
        code = one_code(said)
        if code not in self.people:
            base = re.sub(r"\d+$", "", code)
            self._person(code, code=code, is_worker=base in facts()["worker"])
        return code
