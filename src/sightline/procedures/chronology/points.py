"""One point in time as people write it in a chronology: a day, a month, part of a month, a week, a feast; its year may be missing."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

LONGEST_POINT: Final = 60
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100
LAST_SHORT_YEAR: Final = 50  # 50 is 2050, 51 is 1951
ONLY_A_YEAR: Final = "Only a year is given."
NOT_A_DAY: Final = "A season, term or holiday is not a day; roughly when it was is taken."
MONTH_FIRST: Final = "Read with the month before the day."
DAY_OR_YEAR: Final = "The number may be a day or a year."
SERIAL_NUMBER: Final = "A date turned into a number by a spreadsheet; the day it stands for is taken."

_MONTH_NAMES: Final = (
    "jan(?:uary|ry|uar)?",
        "feb(?:ruary|uary|r)?", "mar(?:ch)?", "apr(?:il|l)?", "may", "june?", "july?", "aug(?:ust)?", "sept?(?:ember|emb)?",
    "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
_NAME: Final = "(?:" + "|".join(_MONTH_NAMES) + r")(?![a-z])\.?"
_DAY: Final = r"(?P<day>\d{1,2})"
_MONTH: Final = rf"(?P<month>\d{{1,2}}|{_NAME})"
_NAMED: Final = rf"(?P<month>{_NAME})"
_YEAR: Final = r"'?(?P<year>\d{4}|\d{2})"
_LONG_YEAR: Final = r"(?P<year>\d{4})"
_SEP: Final = r"\s?[./\\,:\- ]\s?"
_HIDDEN: Final = r"(?:\?{1,2}|x{1,2}|\*{1,2}|_{1,2}|-{1,2}|0{1,2}|dd|n/?k|unknown|unk|day\?|date\?|tbc)"
_FEASTS: Final[dict[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    r"(?:christmas|xmas) eve": ((12, 24), (12, 24)),
    r"(?:christmas|xmas) day": ((12, 25), (12, 25)),
    r"boxing day": ((12, 26), (12, 26)),
    r"(?:christmas|xmas)(?: ?time| period)?": ((12, 24), (12, 26)),
    r"new year'?s eve": ((12, 31), (12, 31)),
    r"new year'?s day": ((1, 1), (1, 1)),
    r"new year": ((1, 1), (1, 2)),
    r"(?:hallowe'?en)": ((10, 31), (10, 31)),
    r"(?:bonfire|guy fawkes) night": ((11, 5), (11, 5)),
    r"valentine'?s day": ((2, 14), (2, 14)),
}
_SEASONS: Final[dict[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    r"spring term": ((1, 1), (4, 15)), r"summer term": ((4, 1), (7, 31)), r"autumn term": ((9, 1), (12, 24)),
    r"(?:christmas|xmas) (?:holidays?|break|vacation)": ((12, 18), (12, 31)), r"summer (?:holidays?|break|vacation)": ((7, 18), (9, 5)),
    r"(?:february|feb|spring) half[ -]?term": ((2, 10), (2, 25)), r"(?:may|whit|summer) half[ -]?term": ((5, 24), (6, 5)),
    r"(?:october|oct|autumn) half[ -]?term": ((10, 18), (11, 3)),
    r"spring": ((3, 1), (5, 31)), r"summer": ((6, 1), (8, 31)), r"(?:autumn|fall)": ((9, 1), (11, 30)),
    r"(?:q1|quarter 1|first quarter)": ((1, 1), (3, 31)), r"(?:q2|quarter 2|second quarter)": ((4, 1), (6, 30)),
    r"(?:q3|quarter 3|third quarter)": ((7, 1), (9, 30)), r"(?:q4|quarter 4|fourth quarter)": ((10, 1), (12, 31)),
}  # fmt: skip
_PARTS: Final[dict[str, tuple[int, int]]] = {
    r"(?:very )?(?:early|earlier|beg|beginning|start|first part|early part)(?: on)?(?: (?:of|in))?": (1, 10),
    r"early(?: to |[-/ ])mid": (1, 20), r"mid(?: to |[-/ ])late": (11, 31),
    r"(?:mid|middle|mid-?point|mid part)(?: (?:of|in))?": (11, 20),
    r"(?:late|later|end|ending|latter part|latter half|last days|late part)(?: (?:of|in))?": (21, 31),
    r"(?:first|1) half (?:of|in)": (1, 15), r"(?:second|2) half (?:of|in)": (16, 31),
    r"(?:first|1) week (?:of|in)": (1, 7), r"(?:second|2) week (?:of|in)": (8, 14), r"(?:third|3) week (?:of|in)": (15, 21),
    r"(?:fourth|4) week (?:of|in)": (22, 28), r"(?:last|final) week (?:of|in)": (25, 31),
    r"(?:first|1) weekend (?:of|in)": (1, 8), r"(?:last|final) weekend (?:of|in)": (22, 31),
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """A point in time whose year, and in a range whose month, may still be missing; `days` cuts a month to a part of it."""

    kind: str  # day, days, month, part, year, feast, season, easter
    year: int | None = None
    month: int | None = None
    day: int | None = None
    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)
    why: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.kind == "day" or (self.kind == "feast" and self.first == self.last)

    def span(self) -> tuple[date, date] | None:
        """The days it can mean; nothing while its year is missing or when there is no such day."""
        if self.year is None or not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            return None
        try:
            return self._span(self.year)
        except ValueError:
            return None

    def _span(self, year: int) -> tuple[date, date] | None:
        if self.kind in ("feast", "season"):
            return date(year, *self.first), date(year, *self.last)
        if self.kind == "winter":
            return date(year - 1, 12, 1), date(year, 2, monthrange(year, 2)[1])
        if self.kind == "easter":
            sunday = easter_sunday(year)
            return sunday - timedelta(days=self.first[1]), sunday + timedelta(days=self.last[1])
        if self.kind == "year":
            return date(year, 1, 1), date(year, 12, 31)
        if self.month is None:
            return None
        if self.kind == "day":
            return (date(year, self.month, self.day),) * 2 if self.day else None
        end = monthrange(year, self.month)[1]
        return date(year, self.month, self.first[1]), date(year, self.month, min(self.last[1], end))


@lru_cache(maxsize=8192)
def points(plain: str) -> tuple[Point, ...]:
    """Every way in which a text, as it is compared and without weekday or doubt, is one point in time; the likeliest first."""
    return tuple(_points(plain)) if len(plain) <= LONGEST_POINT else ()


def _points(plain: str) -> Iterator[Point]:
    for form, reader in _READERS:
        if match := form.fullmatch(plain):
            said = {key: value for key, value in match.groupdict().items() if value is not None}
            point = reader(said)
            if point and (point.year is None or point.span()):
                yield point


def whole_year(said: str) -> int:
    """The year of two or four figures."""
    number = int(said)
    if len(said) > 2:
        return number
    return number + (2000 if number <= LAST_SHORT_YEAR else 1900)


def month_number(said: str) -> int | None:
    """The number of a month by its name or its figures."""
    if said.isdecimal():
        return int(said) if 1 <= int(said) <= 12 else None
    return next((number for number, name in enumerate(_MONTH_NAMES, start=1) if re.fullmatch(rf"(?:{name})\.?", said)), None)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, as the anonymous algorithm of 1876 gives it."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _year(said: dict[str, str]) -> int | None:
    return whole_year(said["year"]) if "year" in said else None


def _day_point(said: dict[str, str]) -> Point | None:
    month, day = month_number(said["month"]), int(said["day"])
    if month is None or not 1 <= day <= 31:
        return None
    return Point("day", _year(said), month, day)


def _american(said: dict[str, str]) -> Point | None:
    point = _day_point(said)
    return replace(point, why=(MONTH_FIRST,)) if point else None


def _month_point(said: dict[str, str]) -> Point | None:
    month = month_number(said["month"])
    return Point("month", _year(said), month, first=(1, 1), last=(1, 31)) if month else None


def _named_month_and_number(said: dict[str, str]) -> Point | None:
    month, number = month_number(said["month"]), int(said["year"])
    return Point("day", None, month, number, why=(DAY_OR_YEAR,)) if month and 1 <= number <= 31 else None


def _year_point(said: dict[str, str]) -> Point:
    return Point("year", _year(said), why=(ONLY_A_YEAR,))


def _part(days: tuple[int, int]) -> Callable[[dict[str, str]], Point | None]:
    def point(said: dict[str, str]) -> Point | None:
        month = month_number(said["month"])
        return Point("part", _year(said), month, first=(1, days[0]), last=(1, days[1])) if month else None

    return point


def _fixed(kind: str, first: tuple[int, int], last: tuple[int, int], why: tuple[str, ...] = ()) -> Callable[[dict[str, str]], Point]:
    return lambda said: Point(kind, _year(said), first=first, last=last, why=why)


def _serial(said: dict[str, str]) -> Point | None:
    # Spreadsheets count days from 30 December 1899; 20000 is 1954 and 60000 is 2064.
    day = date(1899, 12, 30) + timedelta(days=int(said["serial"]))
    return Point("day", day.year, day.month, day.day, why=(SERIAL_NUMBER,)) if 20_000 <= int(said["serial"]) <= 60_000 else None


def _readers() -> Iterator[tuple[re.Pattern[str], Callable[[dict[str, str]], Point | None]]]:
    midnight = r"(?:[t ]00:00(?::00(?:\.0+)?)?z?)?"
    year_after = rf"(?:(?: of| in|,)?\s?[,/\-]?\s?{_YEAR})?"
    yield re.compile(rf"(?P<year>(?:19|20)\d\d)\s?[./\- ]\s?(?P<month>\d{{1,2}}|{_NAME})\s?[./\- ]\s?{_DAY}{midnight}"), _day_point
    yield re.compile(rf"{_DAY}{_SEP}{_MONTH}{_SEP}{_YEAR}(?: ?00:00(?::00)?)?"), _day_point
    yield re.compile(rf"{_DAY}\s?{_NAMED}\s?,?\s?{_YEAR}"), _day_point
    yield re.compile(rf"{_NAMED}\s?[,\- ]?\s?{_DAY}\s?[,\- ]\s?{_LONG_YEAR}"), _day_point
    yield re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)"), _day_point
    yield re.compile(r"(?P<day>[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)\d\d)"), _day_point
    yield re.compile(r"(?P<day>[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<year>\d\d)"), _day_point
    yield re.compile(rf"{_HIDDEN}\s?[./\-, ]\s?{_MONTH}{_SEP}{_YEAR}"), _month_point
    yield re.compile(rf"(?P<month>\d{{1,2}}|{_NAME})\s?[./\-]\s?{_LONG_YEAR}"), _month_point
    yield re.compile(rf"(?P<year>(?:19|20)\d\d)\s?[./\-]\s?{_MONTH}"), _month_point
    yield re.compile(rf"(?:(?:in|during|sometime in|month of|whole of|throughout) )?{_NAMED}(?: of| in|,)? ?{_LONG_YEAR}"), _month_point
    yield re.compile(rf"(?P<year>(?:19|20)\d\d) {_NAMED}"), _month_point
    yield re.compile(rf"{_NAMED}\s?(?:'|-|/|')\s?(?P<year>\d\d)"), _month_point
    yield re.compile(rf"{_DAY}\s?[./\-]\s?{_MONTH}\.?"), _day_point
    yield re.compile(rf"{_DAY}\s?{_NAMED}"), _day_point
    yield re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d\d)"), _month_point
    yield re.compile(rf"{_NAMED} (?P<year>\d\d)"), _named_month_and_number
    yield re.compile(rf"{_NAMED} (?P<year>\d\d)"), _month_point
    yield re.compile(rf"{_NAMED} (?P<day>\d)"), _day_point
    yield re.compile(rf"(?:(?:in|during|month of) |{_HIDDEN} ?[./\-]? ?)?{_NAMED}"), _month_point
    yield re.compile(rf"(?:(?:in|during|sometime in|some ?time in|year|within|throughout) )?{_LONG_YEAR}"), _year_point
    yield re.compile(rf"{_HIDDEN}[./\- ]{_HIDDEN}[./\- ]{_LONG_YEAR}"), _year_point
    for words, days in _PARTS.items():
        yield re.compile(rf"{words}[ \-]?(?:the )?(?:month (?:of )?)?{_NAMED}{year_after}"), _part(days)
        yield re.compile(rf"{words}[ \-](?P<month>\d{{1,2}})[/.]{_LONG_YEAR}"), _part(days)
    for words, begins, ends in (("early|beginning of|start of", 1, 4), ("mid|middle of", 5, 8), ("late|end of", 9, 12)):
        yield re.compile(rf"(?:{words})[ \-]{_LONG_YEAR}"), _fixed("season", (begins, 1), (ends, 30 if ends < 12 else 31), (ONLY_A_YEAR,))
    for words, (first, last) in _FEASTS.items():
        yield re.compile(rf"(?:(?:at|over|around|on|the) )*{words}{year_after}"), _fixed("feast", first, last)
    for words, (first, last) in _SEASONS.items():
        yield re.compile(rf"(?:(?:in|over|during|the|early|mid|late) )*{words}{year_after}"), _fixed("season", first, last, (NOT_A_DAY,))
    during = r"(?:(?:in|over|during|at|the) )*"
    yield re.compile(rf"{during}winter{year_after}"), _fixed("winter", (12, 1), (2, 28), (NOT_A_DAY,))
    yield re.compile(rf"{during}good friday{year_after}"), _fixed("easter", (0, 2), (0, -2))
    yield re.compile(rf"{during}easter sunday{year_after}"), _fixed("easter", (0, 0), (0, 0))
    yield re.compile(rf"{during}easter monday{year_after}"), _fixed("easter", (0, -1), (0, 1))
    yield re.compile(rf"{during}easter(?: weekend| time)?{year_after}"), _fixed("easter", (0, 2), (0, 1), (NOT_A_DAY,))
    yield re.compile(rf"{during}easter (?:holidays?|break|vacation){year_after}"), _fixed("easter", (0, 9), (0, 8), (NOT_A_DAY,))
    yield re.compile(r"(?P<serial>\d{5})(?:\.0+)?"), _serial
    yield re.compile(rf"(?P<month>\d{{1,2}})[./\- ](?P<day>\d{{1,2}})[./\- ]{_LONG_YEAR}"), _american


_READERS: Final = tuple(_readers())
