"""Dates as agencies write them, with what they leave open: doubts, ranges, weeks, a year that stands elsewhere, a ditto mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from sightline.procedures.chronology.points import DAY_OR_YEAR, EARLIEST_YEAR, LATEST_YEAR, MONTH_FIRST, Point, points
from sightline.procedures.chronology.reading import WrittenDate
from sightline.procedures.chronology.times import TimeRead, read_time
from sightline.procedures.chronology.wording import compared

NOT_UNDERSTOOD: Final = "The date was not understood."
NO_DATE: Final = "No date is given."
NO_YEAR: Final = "The date has no year."
YEAR_GUESSED: Final = "The date has no year; the year of the row above is taken."
ENDS_BEFORE_IT_BEGINS: Final = "The date ends before it begins; both days are taken."
WEEKDAY_DIFFERS: Final = "The weekday is not that of the date."
OPEN_END: Final = "Only one end of the time is given; its day is taken."
OTHER_WORDS: Final = "There are other words beside the date."
DAY_AFTER: Final = "Given as the day after the row above."
LONGEST_DATE: Final = 200
LONGEST_SEARCHED: Final = 120
LONGEST_READ: Final = 1000

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|r|rs|ur|urs)?(?:day)?s?\b[.,]?(?!\w)")
_DOUBT: Final = re.compile(
    r"\(?\s*(?:\?+|~+|(?<![/\\.\w])(?:circa|ca|c|approx(?:imate(?:ly)?)?|about|around|abt|roughly|possibly|probably|"
    r"perhaps|maybe|est|estimated?|"
    r"believed(?: to be)?|thought(?: to be)?|unsure|uncertain|unclear|unconfirmed|tbc|on or (?:about|around|near)|o/a|"
    r"exact date (?:not known|unknown)|"
    r"date (?:not known|unknown|unclear|uncertain|approx\w*)|not (?:exact|certain|sure)|or thereabouts|sic)(?=[\s.,:)\]\d~?]|$)\.?)\s*\)?"
)
_WEEK: Final = re.compile(
    r"(?:in |during |for )?(?:the )?(?P<kind>w\s?[/.\\-]?\s?[cb](?![a-z])\.?|wk\s?[/.]?\s?[cb](?![a-z])\.?|"
    r"week (?:commencing|beg(?:inning)?|starting|from|start|comm)|"
    r"wk (?:commencing|beg(?:inning)?|starting|comm?)|weeks? (?:of|in which)|wk of|w\s?[/.\\-]?\s?e(?![a-z])\.?|(?:week|"
    r"wk) end(?:ing|ed)?|weekend (?:of|beginning)?)"
    r"[\s:.\-]*(?:the )?(?P<rest>.+)"
)
_DITTO: Final = re.compile(
    r"(?:[\"'\u201c\u201d\u201e\u2032\u2033\u3003\u00a8,]+(?: [\"'\u201c\u201d\u2033\u3003,]+)?|"
    r"-[\s\"'\u201c\u201d\u2032\u2033\u3003,]+-|do\.?|ditto\.?|id\.?|"
    r"idem|as above|see above|as previous|same (?:as above|date|day|date as above)|same|"
    r"(?:later |earlier )?(?:on )?(?:the |that )?same (?:day|date|evening|night|morning|afternoon)|later (?:that|"
    r"the same) (?:day|evening|night|morning|afternoon)|"
    r"that (?:day|evening|night)|later|\^+|\u2193|\u2191|\|)"
)
_DITTO_TIME: Final = re.compile(
    r"(?:[\"'\u201c\u201d\u2032\u2033\u3003]+(?: [\"'\u201c\u201d\u2033\u3003]+)?|ditto\.?|do\.?),? (?:at )?(?P<time>[^\"].*)"
)
_NEXT_DAY: Final = re.compile(r"(?:the )?(?:next|following) (?:day|morning)|(?:the )?day after|(?:the )?following day")
_OPEN: Final = re.compile(
    r"(?P<word>before|after|since|by|prior to|until|up to|from|pre|post|not before|no later than|as of|as at|"
    r"onwards? from)[\s\-]+(?P<rest>.+)"
)
_ONWARDS: Final = re.compile(
    r"(?P<rest>.+?)\s*(?:-|onwards?|to (?:date|present|now|ongoing|current)|- ?(?:present|ongoing|date|now|current))\s*"
)
_JOIN: Final = re.compile(r"\s*(?:-+>?|/|&|\+|,|;|\n)\s*|\s+(?:to|until|till|til|and|or|through|thru|into|then)\s+(?:the )?")
_LIKE_A_DATE: Final = re.compile(
    r"\d\s?[./\-]\s?(?:\d{1,2}|[a-z]{3,9})\s?[./\-]\s?\d{2}|\d(?:st|nd|rd|th)?,? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|xmas|christmas"
)
# A time that nobody takes for part of a date: `08.10/18 11:55` is no range that ends in '55.
_CLOCK: Final = re.compile(
    r"\s(?:at |@ ?)?[([]?(?:[01]?\d|2[0-3])(?::[0-5]\d|[:.][0-5]\d ?(?:hrs?|h|[ap]\.?m\.?))[)\]]?$|\s(?:[01]\d"
    r"|2[0-3])[0-5]\d ?h(?:rs?)?$|\s\d{1,2} ?[ap]\.?m\.?$"
    r"|^(?:[01]?\d|2[0-3])(?::[0-5]\d)(?: on)?[ ,]+\S"
    # `27-02-2016, 11.00`: behind a day with its year, or after a comma, a point stands between hours and minutes
    r"|(?:\d{4}-\d\d-\d\d|\d[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d[ -][a-z]{3,9}[ -](?:\d{4}|\d{2})|\d/\d{1,2},),? "
    r"(?:[01]?\d|2[0-3])\.[0-5]\d$"
)
_LISTED: Final = re.compile(r"\s*[&,;+]\s*|\s+and\s+")
_HIDDEN_DAY: Final = re.compile(r"(?:^|(?<=[\s(/.-]))\?{1,2}(?=\s?[./\- ]\s?[a-z\d])")


@dataclass(frozen=True)
class Context:
    """What stands around a date: the year and month of the section, the day of the row above, and the period asked about."""

    year: int | None = None
    month: int | None = None
    above: date | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class DateRead:
    """A date as it was understood, a time that stood in the same cell, words left over, and why a person should look."""

    date: WrittenDate
    time: TimeRead | None = None
    rest: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Span:
    """Days from the first to the last before their year is known: one point, or two."""

    first: Point
    last: Point | None = None
    week: str = ""
    why: tuple[str, ...] = ()


def read_date(text: str, *, context: Context | None = None) -> DateRead:
    """The days that a cell means."""
    context = context or Context()
    plain = compared(text[:LONGEST_READ])
    if not plain or re.fullmatch(
        r"(?:-+|n/?k|n/?a|not known|unknown|undated|no date|not dated|date not (?:known|recorded)|tbc|nil|none|\?+|n\.d\.)", plain
    ):
        return DateRead(WrittenDate(as_written=text), why=(NO_DATE if not plain else NOT_UNDERSTOOD,))
    if found := _ditto(plain, text):
        return found
    read_first, then = (_with_time, _whole) if _CLOCK.search(plain) else (_whole, _with_time)
    found = read_first(plain, text, context) or then(plain, text, context)
    if found is None and len(plain) <= LONGEST_SEARCHED * 20:
        found = _among_words(plain[:LONGEST_SEARCHED], text, context)
    return found or DateRead(WrittenDate(as_written=text), why=(NOT_UNDERSTOOD,))


def is_ditto(text: str) -> bool:
    """Whether a cell says that its date is that of the row above."""
    plain = compared(text) if len(text) <= 40 else ""
    return bool(plain) and _ditto(plain, text) is not None


def looks_like_date(text: str) -> bool:
    """Whether a cell holds a date and little else, for finding out which column holds dates."""
    plain = compared(text) if len(text) <= LONGEST_DATE else ""
    if not plain or len(plain) > 60 or not re.search(r"\d|xmas|christmas|easter|new year|[a-z]{3}", plain):
        return False
    return _looks(plain)


@lru_cache(maxsize=4096)
def _looks(plain: str) -> bool:
    found = _whole(plain, "", Context(year=2000)) or _with_time(plain, "", Context(year=2000))
    return found is not None


def _ditto(plain: str, text: str) -> DateRead | None:
    above = WrittenDate(as_written=text, from_row_above=True)
    if _DITTO.fullmatch(plain):
        return DateRead(above)
    if _NEXT_DAY.fullmatch(plain):
        return DateRead(above, why=(DAY_AFTER,))
    if match := _DITTO_TIME.fullmatch(plain):
        time = read_time(match["time"])
        if time.is_understood:
            return DateRead(above, time=time)
    return None


def _whole(plain: str, text: str, context: Context) -> DateRead | None:
    """The text as a date and nothing else."""
    bare, weekday, is_uncertain = _bare(plain)
    for span in _spans(bare):
        if read := _placed(span, context):
            written, why = read
            written = replace(written, uncertain=is_uncertain, as_written=text)
            if weekday is not None and written.start == written.end and written.start and written.start.weekday() != weekday:
                why = (*why, WEEKDAY_DIFFERS)
            return DateRead(written, why=why)
    return None


def _bare(plain: str) -> tuple[str, int | None, bool]:
    """The text without weekday, doubts and ordinals, which weekday it was, and whether there was a doubt."""
    bare = re.sub(r"(?<=\d)\s?(?:st|nd|rd|th)\b", "", plain)
    bare = re.sub(r"\b(?:first|1) (?=week|half|weekend)", "first ", bare)
    bare = re.sub(r"(?:\?{1,2}|x{1,2}|_{1,2}|00?)\s?[./-]\s?(?:\?{1,2}|x{1,2}|_{1,2}|00?)\s?[./-]\s?(?=\d{4}$)", "", bare)
    hidden = _HIDDEN_DAY.sub("xx", bare)
    doubtless = _DOUBT.sub(" ", hidden)
    is_uncertain = doubtless != hidden
    weekdays = _WEEKDAY.findall(doubtless)
    bare = _WEEKDAY.sub(" ", doubtless) if re.search(r"\d", doubtless) else doubtless
    bare = re.sub(r"\(\s*\)|\[\s*\]", " ", bare)
    bare = re.sub(r"^\W*(?:date|dated|on|the|dob)[:\s]+(?=.*\d)", "", bare.strip())
    bare = re.sub(r"(?<=[a-z\d])\s+of\s+(?=(?:'?\d|[a-z]{3}))", lambda match: match.group() if _is_part(bare, match.start()) else " ", bare)
    bare = re.sub(r"\s+", " ", bare).strip(" ,;:()[]")
    bare = re.sub(r"(?<=\d)[.\-/]$", "", bare)
    return bare, _WEEKDAYS.index(weekdays[0]) if len(weekdays) == 1 else None, is_uncertain


def _is_part(bare: str, end: int) -> bool:
    return bool(re.search(r"(?:early|start|beginning|middle|mid|late|end|part|half|week|weekend|wk|month)$", bare[:end]))


def _spans(bare: str) -> Iterator[_Span]:
    if match := _WEEK.fullmatch(bare):
        kind = match["kind"]
        for point in points(match["rest"]):
            if point.is_day:
                yield _Span(
                    point, week="end" if re.search(r"e\.?$|end(?:ing|ed)?$", kind) else "of" if kind.endswith((" of", "which")) else "from"
                )
        return
    for point in points(bare):
        yield _Span(point)
    yield from _ranges(re.sub(r"^(?:from|between|over)\s+(?:the )?", "", bare))
    if match := _OPEN.fullmatch(bare):
        yield from (_Span(point, why=(OPEN_END,)) for point in points(match["rest"]))
    if match := _ONWARDS.fullmatch(bare):
        yield from (_Span(point, why=(OPEN_END,)) for point in points(match["rest"]))


def _ranges(bare: str) -> Iterator[_Span]:
    """Two points with something between them; what the first leaves out stands in the second."""
    if len(bare) > LONGEST_SEARCHED:
        return
    # `02/12 - 05/12`: what has space on both sides joins two dates sooner than what stands within one.
    joins = sorted(list(_JOIN.finditer(bare))[:12], key=lambda join: not re.fullmatch(r"\s.*\s", join.group(), re.DOTALL))
    for join in joins:
        before, after = bare[: join.start()].strip(), bare[join.end() :].strip()
        for first in _beginnings(before):
            for last in [*points(after), *_days_only(after)]:
                if last.kind == "days" and (first.kind == "days" or first.month is None):
                    continue
                if span := _joined(first, last):
                    yield span
    if match := re.fullmatch(r"(\d{4})\s?[-/]\s?(\d{4}|\d{2})", bare):
        years = int(match[1]), int(match[2]) if len(match[2]) == 4 else int(match[1]) // 100 * 100 + int(match[2])
        begins, ends = (next(iter(points(str(year))), Point("year")) for year in years)
        yield _Span(begins, ends)


def _beginnings(before: str) -> Iterator[Point]:
    yield from points(before)
    yield from _days_only(before)
    # Several days, `3, 4 and 5 June`: from the first of them.
    pieces = [piece for piece in _JOIN.split(before) if piece]
    if len(pieces) > 1 and all(re.fullmatch(r"\d{1,2}", piece) for piece in pieces):
        yield from _days_only(pieces[0])
    listed = [piece for piece in _LISTED.split(before) if piece]
    if len(listed) > 1 and all(points(piece) for piece in listed):
        yield from points(listed[0])


def _days_only(text: str) -> Iterator[Point]:
    if re.fullmatch(r"\d{1,2}", text) and 1 <= int(text) <= 31:
        yield Point("days", day=int(text))


def _joined(first: Point, last: Point) -> _Span | None:
    if last.kind == "days":
        last = replace(last, kind="day", year=first.year, month=first.month)
    if first.kind == "days":
        if last.kind != "day":
            return None
        first = replace(first, kind="day", month=last.month, year=last.year)
        if first.day and last.day and first.day > last.day and last.month:
            first = replace(first, month=last.month - 1 or 12, year=last.year and last.year - (last.month == 1))
    elif first.year is None and last.year is not None:
        is_earlier_year = first.month and last.month and first.month > last.month
        first = replace(first, year=last.year - 1 if is_earlier_year else last.year)
    elif last.year is None and first.year is not None:
        is_later_year = first.month and last.month and last.month < first.month
        last = replace(last, year=first.year + 1 if is_later_year else first.year)
    years = {first.kind, last.kind} & {"year", "season"}
    if (years and first.kind != last.kind) or MONTH_FIRST in first.why + last.why:
        return None
    numbers = [point for point in (first, last) if DAY_OR_YEAR in point.why]
    if (len(numbers) == 2 and first.month != last.month) or (len(numbers) == 1 and "month" in (first.kind, last.kind)):
        return None  # `Dec 18 - Jan 19` are months of two years
    return _Span(first, last)


def _placed(span: _Span, context: Context) -> tuple[WrittenDate, tuple[str, ...]] | None:
    """The span on the calendar: its missing year is that of the section, of the only year asked about, or of the row above."""
    first, last, why = span.first, span.last, span.first.why + (span.last.why if span.last else ()) + span.why
    if first.year is None:
        if first.kind in ("feast", "season") and context.year is None and context.above is None and not context.years:
            return WrittenDate(), (NO_YEAR,)
        year, guessed = _missing_year(first, context)
        if year is None:
            return (WrittenDate(), (*why, NO_YEAR)) if _exists_in_some_year(first) else None
        first, why = replace(first, year=year), why + guessed
        if last and last.year is None:
            last = replace(last, year=year + (1 if last.month and first.month and last.month < first.month else 0))
    begins, ends = first.span(), (last or first).span()
    if not begins or not ends:
        return None
    start, end = begins[0], ends[1]
    if span.week:
        return _week(span.week, start), why
    precision = _precision(first, last)
    if end < start:
        start, end, why = min(begins[0], ends[0]), max(begins[1], ends[1]), (*why, ENDS_BEFORE_IT_BEGINS)
    if last and start == end:
        precision = "exact"
    return WrittenDate(start, end, precision), tuple(dict.fromkeys(why))


def _missing_year(point: Point, context: Context) -> tuple[int | None, tuple[str, ...]]:
    if context.year is not None:
        return context.year, ()
    if context.above is not None:
        year = context.above.year
        # Chronologies run forward: January below December is the next year's.
        if point.month and point.month < context.above.month - 6:
            year += 1
        return year, (YEAR_GUESSED,)
    if len(context.years) == 1:
        return context.years[0], (NO_YEAR,)
    return None, ()


def _exists_in_some_year(point: Point) -> bool:
    return replace(point, year=2000).span() is not None


def _precision(first: Point, last: Point | None) -> str:
    if last is not None:
        return "range" if (first.is_day or first.kind == "month") and (last.is_day or last.kind == "month") else "approx"
    if first.is_day or (first.kind == "easter" and not first.why and first.first[1] == -first.last[1]):
        return "exact"
    return "month" if first.kind == "month" else "approx"


def _week(kind: str, day: date) -> WrittenDate:
    if kind == "end":
        # A week runs from Monday to Sunday; one that ends on a Friday is still that week.
        monday = day - timedelta(days=day.weekday())
        return WrittenDate(monday, monday + timedelta(days=6), "week")
    start = day - timedelta(days=day.weekday()) if kind == "of" else day
    return WrittenDate(start, start + timedelta(days=6), "week")


def _with_time(plain: str, text: str, context: Context) -> DateRead | None:
    """The text as a date with a time before or after it."""
    words = plain.split(" ")
    for cut in range(1, min(len(words), 8)):
        for date_words, time_words in ((words[:-cut], words[-cut:]), (words[cut:], words[:cut])):
            said = " ".join(time_words).strip(" ,;-()[]")
            time = read_time(re.sub(r"^(?:at|@|on)\s*|\s*(?:on|,)$", "", said))
            if re.fullmatch(r"[ap]\.?m\.?|h(?:ou)?rs?", said) and len(date_words) > 1 and re.fullmatch(r"\d{1,2}[:.]\d\d", date_words[-1]):
                continue  # the half of a day belongs to the clock before it
            if not said or not time.is_understood or not re.search(r"\d[:.]?\d|[ap]\.?m|noon|mid|morn|even|night|lunch", said):
                continue
            day = re.sub(r"\s*(?:at|@|,|-|;|\()$|^(?:on|,|-)\s*", "", " ".join(date_words)).strip()
            day = re.sub(r"^(\d{1,2})\.(\d{1,2})$", r"\1/\2", day)  # beside another time it is none itself
            if found := _whole(day, text, context):
                return replace(found, time=time)
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(?::[\d.]+)?(?:z|[+-]\d\d:?\d\d)?", plain):
        found = _whole(match[1], text, context)
        return replace(found, time=read_time(match[2])) if found else None
    return None


def _among_words(plain: str, text: str, context: Context) -> DateRead | None:
    """A date that other words stand beside: the longest run of words from the start, or else of any words, that is a date."""
    match = _LIKE_A_DATE.search(plain)
    if not match:
        return None
    words, first, last = plain.split(" "), plain.count(" ", 0, match.start()), plain.count(" ", 0, match.end())
    for begin in range(max(0, first - 2), first + 1):
        for end in range(min(len(words), last + 4), last, -1):
            piece = " ".join(words[begin:end]).strip(" ,;:()")
            found = _whole(piece, text, context) or _with_time(piece, text, context)
            if found and found.date.start and (found.date.precision != "approx" or not found.why):
                rest = " ".join(compared_words for compared_words in text.split()[end:]) if begin == 0 else ""
                return replace(found, rest=rest, why=(*found.why, OTHER_WORDS))
    return None


def within_reason(day: date) -> bool:
    """Whether a day can stand in a child's chronology at all."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR
