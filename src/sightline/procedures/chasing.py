"""Chasing agencies: reminders before and after the return-by day, the ladder by which lateness climbs, and punctuality over time."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sightline.procedures.working_days import ONE_DAY, WorkingCalendar, add_months

MONTHS_IN_QUARTER: Final = 3


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: how many working days before or after the return-by day, and whom it reaches."""

    code: str
    title: str
    working_days: int
    to: tuple[str, ...]

    @property
    def is_before_due(self) -> bool:
        return self.working_days < 0

    @property
    def days(self) -> int:
        """How many working days lie between the rung and the return-by day."""
        return abs(self.working_days)


@dataclass(frozen=True)
class Letter:
    """A rung of the ladder for one request, and the day from which it is to be sent."""

    rung: Rung
    on: date


@cache
def ladder() -> tuple[Rung, ...]:
    """The rungs in the order in which they are climbed."""
    rungs = tuple(Rung(row["code"], row["title"], row["working_days"], tuple(row["to"])) for row in _content()["rungs"])
    if [rung.working_days for rung in rungs] != sorted({rung.working_days for rung in rungs}) or any(
        not rung.working_days for rung in rungs
    ):
        raise ValueError("chasing.toml: each rung comes on a later day than the one before it, and none on the day itself.")
    if unknown := {whom for rung in rungs for whom in rung.to} - set(recipients()):
        raise ValueError(f"chasing.toml: nobody is called {', '.join(sorted(unknown))}.")
    return rungs


def recipients() -> Mapping[str, str]:
    """Whom the ladder may reach, lowest first, in words."""
    return dict(_content()["recipients"])


def schedule(*, asked_on: date, due_on: date, calendar: WorkingCalendar) -> tuple[Letter, ...]:
    """What will be sent and when if the agency stays silent; reminders that would fall on or before the day of asking are left out."""
    letters = (Letter(rung, _day_of(rung, due_on, calendar)) for rung in ladder())
    return tuple(letter for letter in letters if letter.on > asked_on)


def due_letters(
    *,
    asked_on: date,
    due_on: date,
    submitted_on: date | None,
    on: date,
    calendar: WorkingCalendar,
    already_sent: Collection[str],
    is_provisional: bool = False,
) -> tuple[Letter, ...]:
    """The rungs to be sent on a day, each once; none on a day that is no working day, none after the agency has submitted.

    After days on which nothing could be sent, every rung above the return-by day is made good, while reminders that time has overtaken
    are dropped: nobody is told that a day is coming which has passed. Nothing below a rung that was sent is sent any more. A provisional
    return-by day can only move later, so nobody is called late by it.
    """
    if submitted_on is not None or not calendar.is_working_day(on):
        return ()
    reached = [letter for letter in schedule(asked_on=asked_on, due_on=due_on, calendar=calendar) if letter.on <= on]
    codes = [rung.code for rung in ladder()]
    highest_sent = max((codes.index(code) for code in already_sent if code in codes), default=-1)
    overtaken = [letter for letter in reached if letter.rung.is_before_due and (on > due_on or letter is not reached[-1])]
    return tuple(
        letter
        for letter in reached
        if codes.index(letter.rung.code) > highest_sent and letter not in overtaken and (letter.rung.is_before_due or not is_provisional)
    )


def whom(rung: Rung, people_by_recipient: Mapping[str, Collection[str]], *, connected: Collection[str] = ()) -> tuple[str, ...]:
    """The people whom a rung reaches, each once and never one connected with the case: then, as where nobody is named, the next one up."""
    order = list(recipients())
    found: list[str] = []
    for name in rung.to:
        for recipient in order[order.index(name) :]:
            people = [person for person in people_by_recipient.get(recipient, ()) if person not in connected]
            if people:
                found += people
                break
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Asked:
    """One request to an agency, as far as punctuality is concerned; withdrawn requests are left out before."""

    agency: str
    due_on: date
    submitted_on: date | None
    is_nil: bool = False
    is_provisional: bool = False

    def is_answered(self, on: date) -> bool:
        return self.submitted_on is not None and self.submitted_on <= on


@dataclass(frozen=True)
class Quarter:
    """Three months, by the day on which they begin."""

    from_on: date

    @property
    def to_on(self) -> date:
        return add_months(self.from_on, MONTHS_IN_QUARTER) - ONE_DAY

    @property
    def label(self) -> str:
        return f"{self.from_on:%B} to {self.to_on:%B %Y}"


@dataclass(frozen=True)
class Punctuality:
    """How one agency answered the requests whose return-by day fell in one quarter."""

    agency: str
    quarter: Quarter
    asked: int
    on_time: int
    late: int
    unanswered: int
    not_yet_due: int
    nil: int

    @property
    def measured(self) -> int:
        """The denominator: requests whose day has passed. Early answers do not count before it, or the figure would flatter."""
        return self.on_time + self.late + self.unanswered

    @property
    def share_on_time(self) -> float | None:
        return self.on_time / self.measured if self.measured else None

    @property
    def sentence(self) -> str:
        return f"{self.on_time} of {self.measured} on time" if self.measured else "None due yet"


def punctuality(requests: Iterable[Asked], *, on: date) -> tuple[Punctuality, ...]:
    """Each agency's punctuality quarter by quarter as it stood on a day. A nil return is an answer; silence is not."""
    groups: dict[tuple[str, date], list[Asked]] = {}
    for request in requests:
        groups.setdefault((request.agency, _quarter_begins(request.due_on)), []).append(request)
    return tuple(_punctuality_of(agency, Quarter(begins), groups[agency, begins], on) for agency, begins in sorted(groups))


def _punctuality_of(agency: str, quarter: Quarter, requests: list[Asked], on: date) -> Punctuality:
    passed = [request for request in requests if request.due_on < on and not request.is_provisional]
    answered = [request for request in passed if request.is_answered(on)]
    on_time = sum(1 for request in answered if request.submitted_on is not None and request.submitted_on <= request.due_on)
    return Punctuality(
        agency=agency,
        quarter=quarter,
        asked=len(requests),
        on_time=on_time,
        late=len(answered) - on_time,
        unanswered=len(passed) - len(answered),
        not_yet_due=len(requests) - len(passed),
        nil=sum(1 for request in requests if request.is_nil and request.is_answered(on)),
    )


def _quarter_begins(on: date) -> date:
    return date(on.year, on.month - (on.month - 1) % MONTHS_IN_QUARTER, 1)


def _day_of(rung: Rung, due_on: date, calendar: WorkingCalendar) -> date:
    if rung.is_before_due:
        return calendar.count_back(due_on, -rung.working_days).due_on
    return calendar.add_working_days(due_on, rung.working_days).due_on


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("chasing.toml").read_text(encoding="utf-8"))
