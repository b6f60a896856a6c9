"""A chronology that was corrected and sent again: which of its rows are as they were, which changed, which came and which are gone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from rapidfuzz import fuzz

NEAR_DAYS: Final = 62
ALIKE: Final = 55.0
"""How alike two rows' words must be, of a hundred, to be one row before and after; the same day makes up for a little."""
SAME_DAY: Final = 15.0
MOST_COMPARED: Final = 400


@dataclass(frozen=True)
class Line:
    """One row as it is compared: its key with the caller, its day, and each of its fields as text."""

    key: str
    day: date | None
    fields: Mapping[str, str]

    @property
    def words(self) -> str:
        return " ".join(self.fields.get(name, "") for name in ("event", "action"))


@dataclass(frozen=True)
class Changed:
    """A row before and after, with the fields that differ."""

    before: str
    after: str
    fields: tuple[str, ...]


@dataclass
class Differences:
    """What became of every row of both files; each stands in exactly one list."""

    same: list[tuple[str, str]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def is_nothing_new(self) -> bool:
        return not (self.changed or self.added or self.gone)


def compare(before: Sequence[Line], after: Sequence[Line]) -> Differences:
    """Rows that say the very same are the same; of the rest, those most alike near each other in time are one row that changed."""
    found = Differences()
    waiting: dict[tuple[tuple[str, str], ...], list[Line]] = defaultdict(list)
    for line in before:
        waiting[_whole(line)].append(line)
    left: list[Line] = []
    for line in after:
        if here := waiting.get(_whole(line)):
            found.same.append((here.pop(0).key, line.key))
        else:
            left.append(line)
    old = [line for line in before if any(line is one for one in waiting[_whole(line)])]
    taken: set[str] = set()
    for _, first, second in sorted(_pairs(old, left), key=lambda pair: (-pair[0], pair[1].key, pair[2].key)):
        if first.key not in taken and second.key not in taken:
            taken |= {first.key, second.key}
            names = tuple(name for name in second.fields if _said(first.fields.get(name, "")) != _said(second.fields[name]))
            found.changed.append(Changed(first.key, second.key, names))
    order = {line.key: number for number, line in enumerate(after)}
    found.changed.sort(key=lambda each: order[each.after])
    found.added = [line.key for line in left if line.key not in taken]
    found.gone = [line.key for line in old if line.key not in taken]
    return found


def _whole(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, _said(text)) for name, text in line.fields.items()))


def _said(text: str) -> str:
    """A text without what a file out and back may change: its spaces, its dashes, an apostrophe before what a spreadsheet would run."""
    return " ".join(text.split()).replace("–", "-").lstrip("'")


def _pairs(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[float, Line, Line]]:
    """Every pair that is alike enough. Where very many rows differ only those of one day are compared, so that time stays short."""
    is_short = max(len(before), len(after)) <= MOST_COMPARED
    found = []
    for first in before:
        for second in after:
            is_one_day = first.day == second.day
            if not is_one_day and not (is_short and _near(first.day, second.day)):
                continue
            alike = fuzz.token_sort_ratio(first.words, second.words) + (SAME_DAY if is_one_day and first.day else 0.0)
            if alike >= ALIKE:
                found.append((alike, first, second))
    return found


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one - other) <= timedelta(days=NEAR_DAYS)
