"""Every clock: how long it runs, from what, whose it is, when it is due and how it stands today."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from sightline.procedures import rule_sets
from sightline.procedures.rule_sets import Easement, RuleSet
from sightline.procedures.working_days import CountedDay, Deadline, WorkingCalendar, add_months, long_date

DUE_SOON_WORKING_DAYS: Final = 2
"""From two working days before the end: days 13 and 14 of fifteen."""


@dataclass(frozen=True)
class Timescale:
    """One clock as guidance or local practice sets it."""

    code: str
    name: str
    starts: str
    unit: str
    force: str
    late: str
    stops: str
    source: str
    from_on: date
    to_on: date | None
    length: int | None = None
    rule_set_number: str = ""
    day_of_year: tuple[int, int] | None = None
    extension: int = 0

    @property
    def is_statutory(self) -> bool:
        return self.force == "statutory"

    def number(self, rules: RuleSet) -> int:
        """How many of its units: from the rule set where the guidance's edition fixes it."""
        return rules.number(self.rule_set_number) if self.rule_set_number else self.length or 0


class ClockState(StrEnum):
    """How a clock stands on a day."""

    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    PROVISIONAL = "provisional"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]


_STATE_LABELS: Final[Mapping[ClockState, str]] = {
    ClockState.ON_TIME: "On time",
    ClockState.DUE_SOON: "Due soon",
    ClockState.LATE: "Late",
    ClockState.DONE: "Done on time",
    ClockState.DONE_LATE: "Done late",
    ClockState.PROVISIONAL: "Date provisional",
}


@dataclass(frozen=True)
class Standing:
    """The state of a clock, and by how many days it is or was late."""

    state: ClockState
    days_late: int = 0
    working_days_late: int = 0
    working_days_left: int = 0
    is_due_today: bool = False
    is_past_provisional: bool = False


@dataclass(frozen=True)
class Clock:
    """A clock of one matter as it stands on a day, ready to be shown."""

    timescale: Timescale
    started_on: date
    length: int
    deadline: Deadline
    stopped_on: date | None
    standing: Standing
    day_number: int
    easements: tuple[Easement, ...] = ()

    @property
    def code(self) -> str:
        return self.timescale.code

    @property
    def name(self) -> str:
        return self.timescale.name

    @property
    def source(self) -> str:
        return self.timescale.source

    @property
    def due_on(self) -> date:
        return self.deadline.due_on

    @property
    def days(self) -> tuple[CountedDay, ...]:
        return self.deadline.days

    @property
    def state(self) -> ClockState:
        return self.standing.state

    @property
    def days_late(self) -> int:
        """Calendar days past the due date; done on the Saturday after is one day late though no working day has passed."""
        return self.standing.days_late

    @property
    def is_late(self) -> bool:
        return self.state in {ClockState.LATE, ClockState.DONE_LATE}

    @property
    def is_stopped(self) -> bool:
        return self.stopped_on is not None

    @property
    def is_provisional(self) -> bool:
        return self.deadline.provisional

    @property
    def day_of(self) -> str:
        """Which day it is: day 7 of 15. Empty where working days are not what is counted."""
        return f"Day {self.day_number} of {self.length}" if self.timescale.unit == "working_days" else ""

    @property
    def sentence(self) -> str:
        """How the clock stands, in one line."""
        standing = self.standing
        if self.stopped_on is not None and self.state is ClockState.PROVISIONAL:
            text = f"Done on {long_date(self.stopped_on)}; whether that was late depends on bank holidays not yet known"
        elif self.stopped_on is not None:
            text = f"Done on {long_date(self.stopped_on)}"
            text += f", {_days(standing.days_late)} late" if self.is_late else ", on time"
        elif self.state is ClockState.LATE:
            text = f"Was due on {long_date(self.due_on)}, {_days(standing.days_late)} late"
        elif standing.is_past_provisional:
            text = f"Was expected by {long_date(self.due_on)}"
        elif standing.is_due_today:
            text = f"Due today, {long_date(self.due_on)}"
        else:
            text = f"Due on {long_date(self.due_on)}, {_days(standing.working_days_left, 'working day')} left"
        if self.is_late and self.easements:
            text += " (easement in force)"
        if self.is_provisional and self.stopped_on is None:
            text += " (provisional: bank holidays not yet known)"
        return text + "."


def timescale(code: str) -> Timescale:
    """One clock by its name in the file."""
    return all_timescales()[code]


def due_from(
    code: str, start: date, *, rules: RuleSet | None = None, calendar: WorkingCalendar | None = None, length: int | None = None
) -> Deadline:
    """When something is due that starts (or, counted back, must be ready) on a day; `length` where a local default was changed."""
    calendar = calendar or WorkingCalendar.from_file()
    row = timescale(code)
    number = length if length is not None else row.number(rules or rule_sets.in_force(start))
    if row.unit in {"working_days", "chase"}:
        return calendar.add_working_days(start, number)
    if row.unit == "working_days_back":
        return calendar.count_back(start, number)
    if row.unit == "clear_working_days_back":
        return calendar.count_back_clear(start, number)
    if row.unit == "months":
        text = f"{_days(number, 'calendar month')} after {long_date(start)}: the same day of the month, or the month’s last day."
        return Deadline(add_months(start, number), (), text)
    if row.unit == "days":
        return Deadline(start + timedelta(days=number), (), f"{_days(number, 'calendar day')} after {long_date(start)}.")
    if row.day_of_year is not None:
        due_on = date(start.year, *row.day_of_year)
        due_on = due_on if due_on > start else date(start.year + 1, *row.day_of_year)
        return Deadline(due_on, (), f"The next {due_on.day} {due_on:%B} after {long_date(start)}.")
    raise ValueError(f"{code} counts {row.unit}: ask due_at_from")


def due_at_from(code: str, start_at: datetime) -> datetime:
    """When something is due that is counted in hours: elapsed hours, whatever clocks or weekends do between."""
    row = timescale(code)
    if row.unit != "hours" or row.length is None:
        raise ValueError(f"{code} is not counted in hours: ask due_from")
    return (start_at.astimezone(UTC) + timedelta(hours=row.length)).astimezone(start_at.tzinfo)


def state_of(
    due_on: date, stopped_on: date | None, on: date, *, calendar: WorkingCalendar | None = None, is_provisional: bool = False
) -> Standing:
    """How a clock stands on a day. A provisional date can only move later, so nothing is called late by it."""
    calendar = calendar or WorkingCalendar.from_file()
    end = on if stopped_on is None else stopped_on
    if end > due_on and is_provisional:
        return Standing(ClockState.PROVISIONAL, is_past_provisional=True)
    if end > due_on:
        state = ClockState.LATE if stopped_on is None else ClockState.DONE_LATE
        return Standing(state, (end - due_on).days, calendar.working_days_after(due_on, end))
    if stopped_on is not None:
        return Standing(ClockState.DONE)
    left = calendar.working_days_after(on, due_on)
    state = ClockState.DUE_SOON if left <= DUE_SOON_WORKING_DAYS else ClockState.ON_TIME
    return Standing(ClockState.PROVISIONAL if is_provisional else state, working_days_left=left, is_due_today=on == due_on)


def clock(
    code: str,
    started_on: date,
    *,
    on: date,
    rules: RuleSet,
    calendar: WorkingCalendar,
    stopped_on: date | None = None,
    length: int | None = None,
) -> Clock:
    """One clock of a matter as it stands on a day, under the rules the matter is pinned to."""
    row = timescale(code)
    number = length if length is not None else row.number(rules)
    deadline = due_from(code, started_on, rules=rules, calendar=calendar, length=length)
    standing = state_of(deadline.due_on, stopped_on, on, calendar=calendar, is_provisional=deadline.provisional)
    easements = rule_sets.easements_for(code, rule_set_id=rules.id, due_on=deadline.due_on)
    day_number = calendar.day_number(started_on, on if stopped_on is None else stopped_on)
    return Clock(row, started_on, number, deadline, stopped_on, standing, day_number, easements)


def serious_incident_notification(
    aware_on: date, *, rules: RuleSet, calendar: WorkingCalendar, on: date, stopped_on: date | None = None
) -> Clock:
    """The clock from awareness to notification."""
    return clock("serious_incident_notification", aware_on, on=on, rules=rules, calendar=calendar, stopped_on=stopped_on)


def rapid_review(anchor_on: date, *, rules: RuleSet, calendar: WorkingCalendar, on: date, stopped_on: date | None = None) -> Clock:
    """The clock of a rapid review, from the day that the rule set's anchor names."""
    return clock("rapid_review", anchor_on, on=on, rules=rules, calendar=calendar, stopped_on=stopped_on)


def yearly_report_clock(period_end_on: date) -> Timescale:
    """Which rule for the yearly report applies to a period: the one in force at its end."""
    found = [row for row in all_timescales().values() if row.code.startswith("yearly_report_2") and _covers(row, period_end_on)]
    return found[0]


@cache
def all_timescales() -> Mapping[str, Timescale]:
    """Every clock, in the order of the file."""
    content = tomllib.loads(files(__package__).joinpath("timescales.toml").read_text(encoding="utf-8"))
    return {
        code: Timescale(
            code=code,
            name=row["name"],
            starts=row["starts"],
            unit=row["unit"],
            force=row["force"],
            late=row["late"],
            stops=row["stops"],
            source=row["source"],
            from_on=row["from"],
            to_on=row.get("to"),
            length=row.get("length"),
            rule_set_number=row.get("rule_set_number", ""),
            day_of_year=(row["day_of_year"][0], row["day_of_year"][1]) if "day_of_year" in row else None,
            extension=row.get("extension", 0),
        )
        for code, row in content.items()
    }


def _covers(row: Timescale, on: date) -> bool:
    return row.from_on <= on and (row.to_on is None or on <= row.to_on)


def _days(number: int, noun: str = "day") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
