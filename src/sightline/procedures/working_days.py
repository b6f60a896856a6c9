"""Working days of England: adding them, counting back, and saying of each day why it counts or does not.

The rules of counting: the day something happens is day 0, and the first working day after it is day 1. A deadline lasts until the end of
its day. What happens at night or at a weekend keeps its date. Only the bank holidays of England and Wales are left out; days on which
one council closes are not.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

ONE_DAY: Final = timedelta(days=1)
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PROCLAIMED: Final = "Bank holiday proclaimed since"


@dataclass(frozen=True)
class CountedDay:
    """One day on the way from a trigger to its deadline, with its number if it counts, and why."""

    on: date
    number: int | None
    why: str

    @property
    def is_counted(self) -> bool:
        return bool(self.number)


@dataclass(frozen=True)
class Deadline:
    """The day by whose end something is due, and how that day was found."""

    due_on: date
    days: tuple[CountedDay, ...]
    explanation: str
    provisional: bool = False


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are working days in England, as far as bank holidays are known."""

    holidays: Mapping[date, str]
    known_from: date
    known_until: date
    source: str = field(default="", compare=False)

    @classmethod
    def from_file(cls) -> "WorkingCalendar":
        """The calendar that comes with the product."""
        return _calendar_in_file()

    @classmethod
    def with_proclaimed(cls, proclaimed: Iterable[date] | Mapping[date, str]) -> "WorkingCalendar":
        """The calendar that comes with the product, and the one-off holidays that were proclaimed after it was made."""
        built_in = _calendar_in_file()
        named = proclaimed if isinstance(proclaimed, Mapping) else dict.fromkeys(proclaimed, PROCLAIMED)
        return cls({**named, **built_in.holidays}, built_in.known_from, built_in.known_until, built_in.source)

    def is_known(self, on: date) -> bool:
        return self.known_from <= on <= self.known_until

    def is_working_day(self, on: date) -> bool:
        """Whether a day counts. Outside the known years this can only be an expectation: ask `is_known` too."""
        return on.weekday() < 5 and on not in self.holidays

    def why_not(self, on: date) -> str:
        """Why a day is not a working day; empty when it is one."""
        if on in self.holidays:
            return self.holidays[on]
        return WEEKDAY_NAMES[on.weekday()] if on.weekday() >= 5 else ""

    def add_working_days(self, start: date, number: int) -> Deadline:
        """The day by whose end something is due that must be done within a number of working days of its start."""
        days = [CountedDay(start, 0, "Day 0: the day it starts is not counted")]
        days += self._walk(start, number, ONE_DAY)
        return self._deadline(days, f"{_in_words(number, 'working day')} after {long_date(start)}, which is day 0.")

    def count_back(self, end: date, number: int) -> Deadline:
        """The latest day that is at least a number of working days before another."""
        days = [CountedDay(end, 0, "The day it must be ready for is not counted")]
        days += self._walk(end, number, -ONE_DAY)
        return self._deadline(days, f"At least {_in_words(number, 'working day')} before {long_date(end)}.")

    def count_back_clear(self, end: date, number: int) -> Deadline:
        """The latest day that leaves a number of clear working days before another: neither of the two days counts."""
        days = [CountedDay(end, 0, "Clear days: the day itself is not counted")]
        days += self._walk(end, number, -ONE_DAY)
        last = next(self._walk(days[-1].on, 1, -ONE_DAY, only_counted=True))
        days += [day for day in self._walk(days[-1].on, 1, -ONE_DAY) if day.on != last.on]
        days.append(CountedDay(last.on, 0, "Clear days: the day of sending is not counted"))
        return self._deadline(days, f"{_in_words(number, 'clear working day')} before {long_date(end)}; neither day is counted.")

    def working_days_after(self, start: date, until: date) -> int:
        """How many working days lie after one day up to and including another; none if the other comes first."""
        return sum(1 for on in _days(start + ONE_DAY, until) if self.is_working_day(on))

    def clear_days_between(self, start: date, end: date) -> int:
        """How many working days lie strictly between two days."""
        return self.working_days_after(start, end - ONE_DAY)

    def day_number(self, start: date, today: date) -> int:
        """The number of today when the start is day 0; a weekend or holiday keeps the number of the working day before."""
        return self.working_days_after(start, today)

    def day_zero_for(self, number: int, today: date) -> date:
        """The last working day from which today is a given day number: where something began that is now on day 7."""
        on = today
        while self.day_number(on, today) < number or not self.is_working_day(on):
            on -= ONE_DAY
        return on

    def _walk(self, start: date, number: int, step: timedelta, *, only_counted: bool = False) -> Iterator[CountedDay]:
        if number < 0:
            raise ValueError("A number of working days cannot be negative; count back instead.")
        on, counted = start, 0
        while counted < number:
            on += step
            why = self.why_not(on)
            if not why:
                counted += 1
            if not why or not only_counted:
                yield CountedDay(on, None if why else counted, f"Not counted: {why}" if why else self._why_counted(on))

    def _why_counted(self, on: date) -> str:
        if self.is_known(on):
            return "Working day"
        return f"Weekday; bank holidays are known only from {long_date(self.known_from)} to {long_date(self.known_until)}"

    def _deadline(self, days: list[CountedDay], explanation: str) -> Deadline:
        provisional = not all(self.is_known(day.on) for day in days)
        if provisional:
            explanation += " This date is provisional: the bank holidays of some of these days are not known yet."
        return Deadline(days[-1].on, tuple(days), explanation, provisional)


def add_months(start: date, number: int) -> date:
    """The same day of the month some months later, or the month's last day if it is shorter."""
    months = start.year * 12 + start.month - 1 + number
    year, month = divmod(months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(start.day, (first_of_next - ONE_DAY).day))


def long_date(on: date) -> str:
    """A date as it is written in a sentence: Tuesday 29 December 2020."""
    return f"{WEEKDAY_NAMES[on.weekday()]} {on.day} {on:%B %Y}"


def _in_words(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _days(first: date, last: date) -> Iterator[date]:
    on = first
    while on <= last:
        yield on
        on += ONE_DAY


@cache
def _calendar_in_file() -> WorkingCalendar:
    content = tomllib.loads(files(__package__).joinpath("bank_holidays.toml").read_text(encoding="utf-8"))
    holidays = {date.fromisoformat(on): name for on, name in content["holidays"].items()}
    return WorkingCalendar(holidays, content["known_from"], content["known_until"], content["source"])
