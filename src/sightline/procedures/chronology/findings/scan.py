"""Every entry read once for all rules: its sentences, its telling words, who and which agencies it names."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

from sightline.procedures.chronology.dates import Context, read_date
from sightline.procedures.chronology.findings import words
from sightline.procedures.chronology.findings.entries import Case, Entry
from sightline.procedures.chronology.findings.people import Cast, Mention

HARM: Final = ("harm.violence", "harm.offence", "harm.substance", "harm.handling")
AGENCY_KINDS: Final = ("police", "social_care", "health", "school", "housing", "probation")
REPEATED: Final = 3
MOST_ROWS_OF_A_RARE_WORD: Final = 20
SEVERAL: Final = "several"
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE_IN_TEXT: Final = re.compile(
    rf"(?<![\d/])\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}(?![\d/])|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? ?(?:\d{{4}}"
    rf"|\d{{2}})(?!\d)"
    rf"|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|(?<!\w){_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|(?<!\d)\d{{1,2}}(?:st|nd|rd"
    rf"|th)?(?: of)? {_MONTH}(?! ?\d)(?!\w)",
    re.IGNORECASE,
)
_SAME_ADULT_BETWEEN: Final = re.compile(
    r"\b(?:no|nil|without|any|nor) (?:\w+ ){0,2}(?:concerns?|risks?|worr\w+|issues?) (?:identified )?(?:about|from|re|regarding"
    r"|with|over|around|posed by|for)\s*$"
)
_NOT_ALONE: Final = re.compile(r"^\s*(?:is |was |are )?(?:not to|no unsupervised|only|must not|should not|may not|supervised)\b")
_TOKEN: Final = re.compile(r"\w+")
_BORN: Final = re.compile(r"\b(?:dob|d\.o\.b\.?|born|date of birth)\b", re.IGNORECASE)


class Read:
    """One entry as the rules see it."""

    def __init__(self, entry: Entry, cast: Cast) -> None:
        self.entry, self.cast = entry, cast
        self.id, self.agency, self.start = entry.id, entry.agency, entry.start
        self._said: dict[str, bool] = {}
        self.joint_events: frozenset[str] | None = None
        """Which kinds of joint event it tells of, once somebody asked."""

    @cached_property
    def event(self) -> str:
        """What happened, without what was done where the two share a cell."""
        return self.entry.event

    @cached_property
    def action(self) -> str:
        """What was done, where it has a cell of its own."""
        return self.entry.action if self.entry.action != self.entry.event else ""

    @cached_property
    def plain(self) -> str:
        return words.plain(self.entry.event)

    @cached_property
    def plain_action(self) -> str:
        return words.plain(self.action)

    @cached_property
    def sentences(self) -> list[str]:
        return words.sentences(self.entry.event)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return self.cast.mentions(self.entry.event)

    @cached_property
    def bare(self) -> str:
        """The event without anybody named in it, as it is compared."""
        return words.plain(self.cast.without_people(self.entry.event))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The telling words of the event, nobody named."""
        return frozenset(words.stems(self.bare))

    def says(self, *lists: str) -> bool:
        """Whether the event has a word of one of these lists."""
        return any(self._says(name) for name in lists)

    def _says(self, name: str) -> bool:
        if name not in self._said:
            self._said[name] = name in self._may and bool(words.pattern(name).search(self.plain))
        return self._said[name]

    @cached_property
    def _may(self) -> frozenset[str]:
        return frozenset().union(*(words.may_begin(token) for token in set(_TOKEN.findall(self.plain))))

    @cached_property
    def agencies_named(self) -> frozenset[str]:
        """Which kinds of agency the event names."""
        workers = (self.cast.agency_kind(mention) for mention in self.mentions)
        return frozenset((*(kind for kind in (*AGENCY_KINDS, SEVERAL) if self.says(f"agency.{kind}")), *filter(None, workers)))

    @cached_property
    def dates_in_text(self) -> frozenset[date]:
        """Days that the event tells of, dates of birth aside."""
        found: set[date] = set()
        for match in _DATE_IN_TEXT.finditer(self.entry.event):
            if _BORN.search(self.entry.event[max(0, match.start() - 20) : match.start()]):
                continue
            read = read_date(match.group(), context=Context(year=self.start.year if self.start else None)).date
            if read.start and read.start == read.end:
                found.add(read.start)
        return frozenset(found)

    def sentence_with(self, pattern: words.Listed) -> str:
        """The sentence that holds a word, as it is written; the whole event where none does."""
        return next((part for part in self.sentences if pattern.search(words.plain(part))), self.entry.event)


class Scan:
    """A case read once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.looked_at_again: list[Mention] = []
        """Adults of whom a row looked again at a view without naming them in a way that is known."""
        self.first_known: dict[str, str] = {}
        """By row, the row of another agency that told of the same before, or nothing; worked out once."""
        self.same_event_groups: tuple[tuple[str, ...], ...] | None = None
        """Worked out once, by the rule of same events; other rules ask for them too."""
        self.cast = Cast(case)
        self.reads: tuple[Read, ...] = tuple(Read(entry, self.cast) for entry in case.entries)
        self.by_id: Mapping[str, Read] = {read.id: read for read in self.reads}
        self.kind_of: Mapping[str, frozenset[str]] = {
            agency: _kinds_of_agency(agency, entries) for agency, entries in _by_agency(case.entries).items()
        }
        self.cast.place_workers(self.reads, {agency: next(iter(kinds), "") for agency, kinds in self.kind_of.items()})
        self._join_people()
        self.name_of: Mapping[str, str] = {entry.agency: entry.agency_name or entry.agency for entry in case.entries}

    def _join_people(self) -> None:
        """Two ways of naming one person in one row: `Anna seen as protective, no concerns about the aunt`."""
        for read in self.reads:
            named = [m for m in read.mentions if not self.cast.is_subject(m) and not self.cast.is_worker(m)]
            for one, other in pairwise(named):
                between = words.plain(read.event[one.end : other.start])
                after = words.plain(read.event[other.end : other.end + 60])
                is_one = _SAME_ADULT_BETWEEN.search(between) or (read.says("view.looked_again") and _NOT_ALONE.match(after))
                if is_one and len(one.keys) == len(other.keys) == 1:
                    self.cast.join(min(one.keys), min(other.keys))

    @cached_property
    def dated(self) -> tuple[Read, ...]:
        """Everything with a day, in order."""
        return tuple(sorted((read for read in self.reads if read.start), key=lambda read: (read.start or date.min, read.id)))

    @cached_property
    def harmful(self) -> tuple[Read, ...]:
        """Rows that speak against somebody, in order."""
        return tuple(read for read in self.dated if read.says(*HARM))

    @cached_property
    def looking_again(self) -> tuple[Read, ...]:
        """Rows in which an earlier view is looked at again, in order."""
        return tuple(read for read in self.dated if read.says("view.looked_again"))

    @cached_property
    def on_day(self) -> Mapping[date, list[Read]]:
        """Entries by the one day on which they happened."""
        found: dict[date, list[Read]] = defaultdict(list)
        for read in self.dated:
            if read.start and read.start == read.entry.last:
                found[read.start].append(read)
        return found

    @cached_property
    def in_rows(self) -> Counter[str]:
        """In how many rows a word stands."""
        return Counter(term for read in self.reads for term in read.terms)

    @cached_property
    def holding(self) -> Mapping[str, list[Read]]:
        """The rows that hold a word, for words that few rows hold."""
        found: dict[str, list[Read]] = defaultdict(list)
        for read in self.dated:
            for term in read.terms:
                if self.in_rows[term] <= self.few:
                    found[term].append(read)
        return found

    def is_routine(self, read: Read) -> bool:
        """Whether a row holds nothing but words that many rows hold: one more contact like the others."""
        return not any(self.in_rows[term] <= self.few for term in read.terms)

    def is_repeated(self, read: Read) -> bool:
        """Whether an agency has the same words, whoever is named, again and again."""
        return self._repeats[read.agency, read.terms] >= REPEATED

    @cached_property
    def _repeats(self) -> Counter[tuple[str, frozenset[str]]]:
        return Counter((read.agency, read.terms) for read in self.reads)

    @cached_property
    def together(self) -> frozenset[str]:
        """Rows that may tell of one event with rows of other agencies."""
        return frozenset(row for group in self.same_event_groups or () for row in group)

    @cached_property
    def few(self) -> int:
        """How many rows at most hold a word that tells of one event: more in a longer chronology, up to a limit."""
        return min(MOST_ROWS_OF_A_RARE_WORD, max(6, len(self.reads) // 60))

    def weight(self, term: str) -> float:
        """How telling a word is: the fewer rows have it, the more."""
        return math.log(len(self.reads) / self.in_rows[term])

    def names_agency(self, read: Read, agency: str) -> bool:
        """Whether a row names an agency by its kind or its name."""
        return bool(read.agencies_named & self.kind_of[agency]) or (
            len(self.name_of[agency]) > 3 and words.plain(self.name_of[agency]) in read.plain
        )


def agencies_in(plain: str) -> frozenset[str]:
    """Which kinds of agency a plain text names."""
    return frozenset(kind for kind in (*AGENCY_KINDS, SEVERAL) if words.pattern(f"agency.{kind}").search(plain))


def _by_agency(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.agency].append(entry)
    return found


def kind_of_name(name: str) -> str:
    """What an agency is by its name alone; nothing where the name does not tell."""
    return next(iter(sorted(_kinds_of_agency(name, ()))), "")


def _kinds_of_agency(agency: str, entries: Iterable[Entry]) -> frozenset[str]:
    """What an agency is, by its name."""
    name = words.plain(" ".join(dict.fromkeys((agency.replace("-", " ").replace("_", " "), *(entry.agency_name for entry in entries)))))
    special = {
        "police": "polic",
        "social_care": r"social|children's services|csc|mash",
        "school": "school|academ|education|college|nursery",
    }
    for kind, form in special.items():
        if re.search(form, name):
            return frozenset({kind})
    if re.search(r"health|hospital|nhs|trust|surgery|medical|icb|gp\b", name):
        return frozenset({"health"})
    return frozenset(kind for kind in AGENCY_KINDS if words.pattern(f"agency.{kind}").search(name))
