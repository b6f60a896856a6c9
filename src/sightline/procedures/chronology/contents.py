"""What stands in the columns of a chronology's table: dates, times, answers about sight, or texts, and how long and how varied they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from sightline.procedures.chronology.dates import is_ditto, looks_like_date, read_date
from sightline.procedures.chronology.sight_cells import read_sight, says_seeing
from sightline.procedures.chronology.tables import Cell, Line
from sightline.procedures.chronology.times import read_time
from sightline.procedures.chronology.wording import compared

SAMPLED_LINES: Final = 300
LONGEST_ANSWER: Final = 40  # signs, of what is said in a column of answers
MOST_ANSWERS: Final = 14
MOST_KINDS: Final = 9
MOSTLY: Final = 0.6
FEW_ROWS: Final = 12


@dataclass(frozen=True)
class Contents:
    """Shares of the filled cells of one column that are of a kind, and the look of its texts."""

    filled: float = 0.0
    cells: int = 0
    dated: float = 0.0
    timed: float = 0.0
    sight: float = 0.0
    yes_or_no: float = 0.0
    seeing: float = 0.0
    letters: float = 0.0
    length: float = 0.0
    distinct: int = 0
    days: tuple[date | None, ...] = ()

    @property
    def is_dates(self) -> bool:
        """Whether it mostly holds dates."""
        return self.dated >= MOSTLY

    @property
    def is_times(self) -> bool:
        """Whether it mostly holds times of day."""
        return self.timed >= MOSTLY and not self.is_dates

    @property
    def is_text(self) -> bool:
        """Whether it mostly holds words."""
        return self.letters >= 0.5 and not self.is_dates and not self.is_times

    @property
    def is_answers(self) -> bool:
        """Whether a few short values that mean seen, not seen or unsaid stand in it."""
        return self.sight >= 0.7 and self.yes_or_no >= 0.25 and self.distinct <= MOST_ANSWERS and self.length < LONGEST_ANSWER

    @property
    def is_kinds(self) -> bool:
        """Whether a few values come again and again, as the names of records do."""
        return self.cells >= FEW_ROWS and self.distinct <= MOST_KINDS and self.distinct * 4 <= self.cells and self.length < LONGEST_ANSWER


def contents(lines: Sequence[Line], width: int) -> tuple[Contents, ...]:
    """What stands in each column of these lines."""
    rows = [line for line in lines if len(line.texts) > 1][: 4 * SAMPLED_LINES]
    rows = rows[:: max(1, len(rows) // SAMPLED_LINES)]
    return tuple(_of_column([line.at(place) for line in rows]) for place in range(width))


def _of_column(column: Sequence[Cell]) -> Contents:
    cells = [cell for cell in column if cell.text and not cell.goes_on_above]
    if not cells:
        return Contents()
    count = Counter[str]()
    for cell in cells:
        count.update(_kinds(cell))
    share = {kind: count[kind] / len(cells) for kind in ("date", "time", "sight", "yes or no", "seeing", "letters")}
    return Contents(
        filled=len(cells) / len(column), cells=len(cells), dated=share["date"], timed=share["time"], sight=share["sight"],
        yes_or_no=share["yes or no"], seeing=share["seeing"], letters=share["letters"],
        length=sum(min(len(cell.text), 2000) for cell in cells) / len(cells), distinct=len({compared(cell.text[:80]) for cell in cells}),
        days=tuple(_day(cell) for cell in column) if share["date"] >= MOSTLY else (),
    )  # fmt: skip


def _kinds(cell: Cell) -> tuple[str, ...]:
    if isinstance(cell.value, date):
        return ("date",)
    if isinstance(cell.value, time):
        return ("time",)
    return _kinds_of_text(cell.text) if len(cell.text) <= 80 else ("letters",)


@lru_cache(maxsize=4096)
def _kinds_of_text(text: str) -> tuple[str, ...]:
    kinds = []
    if looks_like_date(text) or is_ditto(text):
        kinds.append("date")
    elif is_time(text):
        kinds.append("time")
    elif sum(sign.isalpha() for sign in text) > 1:
        kinds.append("letters")
    said = read_sight(text) if len(text) < LONGEST_ANSWER else None
    if said and said.is_understood:
        kinds += ["sight", "yes or no"] if said.seen else ["sight"]
        kinds += ["seeing"] if says_seeing(text) else []
    return tuple(kinds)


def is_time(text: str) -> bool:
    """Whether a short text is a time of day or a part of the day."""
    has_digit = any(sign.isdecimal() for sign in text)
    return len(text) < 20 and ((has_digit and read_time(text).time is not None) or compared(text) in ("am", "pm", "noon", "midday", "eve"))


def _day(cell: Cell) -> date | None:
    if isinstance(cell.value, datetime):
        return cell.value.date()
    return cell.value if isinstance(cell.value, date) else _day_of_text(cell.text)


@lru_cache(maxsize=4096)
def _day_of_text(text: str) -> date | None:
    return read_date(text).date.start if text and len(text) <= 40 else None


def never_before(later: Contents, earlier: Contents) -> bool:
    """Whether the days of one column stand on or after those of another, row by row, as days of recording do."""
    pairs = [(after, before) for after, before in zip(later.days, earlier.days, strict=False) if after and before]
    if not pairs:
        return False
    follows = sum(after >= before for after, before in pairs)
    return follows * 20 >= len(pairs) * 19 and any(after > before for after, before in pairs)
