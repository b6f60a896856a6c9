"""The two main clocks against the paper calendar, for every day of 2018 to 2027, under every anchor of the rapid review."""

import ast
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from sightline.procedures import rule_sets
from sightline.procedures.rule_sets import RapidReviewAnchor
from sightline.procedures.timescales import Clock, ClockState, rapid_review, serious_incident_notification
from sightline.procedures.what_if import AnchorDays, alternatives
from sightline.procedures.working_days import WorkingCalendar
from tests.procedures.oracle import paper_calendar
from tests.procedures.oracle.paper_calendar import Count, counted, last_number_said

PAPER = paper_calendar.written_out()
PLACE_BY_DAY = {square.on: place for place, square in enumerate(PAPER)}
CALENDAR = WorkingCalendar.from_file()
NOTIFICATION_BEGAN = date(2018, 6, 29)
NOTIFIED, AWARE, ACCEPTED = RapidReviewAnchor.NOTIFIED_ON, RapidReviewAnchor.AWARE_ON, RapidReviewAnchor.ACCEPTED_ON
DAY = timedelta(days=1)


def rules_on(on: date) -> rule_sets.RuleSet:
    """The rules of a day; before notification began, the first rules, for the calendar is known from the start of that year."""
    return rule_sets.in_force(max(on, NOTIFICATION_BEGAN))


def disagreements(clock: Clock, count: Count) -> list[str]:
    """Where a clock differs from the finger on the paper."""
    found = []
    if clock.is_provisional != (count.due_on is None):
        found.append(f"provisional: {clock.is_provisional}")
    if count.due_on is not None and clock.due_on != count.due_on:
        found.append(f"due {clock.due_on}, on paper {count.due_on}")
    if count.due_on is None and clock.due_on <= PAPER[-1].on:
        found.append(f"due {clock.due_on}, though the paper ends first")
    known = [(day.on, day.number) for day in clock.days if day.on <= PAPER[-1].on]
    on_paper = [(square.on, number) for square, number in count.squares]
    if known != on_paper:
        found.append(f"days {known}, on paper {on_paper}")
    for day, (square, number) in zip(clock.days, count.squares, strict=False):
        if not says_the_same(day.why, square, number):
            found.append(f"{day.on} is told as {day.why!r}")
    return [f"from {clock.started_on}: {text}" for text in found]


def says_the_same(why: str, square: paper_calendar.PaperDay, number: int | None) -> bool:
    if number == 0:
        return why.startswith("Day 0")
    if number is not None:
        return why == "Working day"
    if square.is_bank_holiday:
        return why.startswith("Not counted: ") and not why.endswith(("Saturday", "Sunday"))
    return why == f"Not counted: {square.name}"


def test_paper_calendar_is_made_without_the_product() -> None:
    tree = ast.parse(Path(paper_calendar.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported == {"dataclasses", "datetime"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


def test_paper_calendar_has_every_day_of_ten_years_once() -> None:
    assert [square.on for square in PAPER] == [date(2018, 1, 1) + DAY * place for place in range(3652)]
    assert PAPER[-1].on == date(2027, 12, 31)
    assert (PAPER[-1].name, PAPER[-1].on.isoweekday()) == ("Friday", 5)
    assert sum(square.is_bank_holiday for square in PAPER) == 83
    assert not [square for square in PAPER if square.is_bank_holiday and square.name in ("Saturday", "Sunday")]


# The paper itself is held against dates that were worked out by hand.
BY_HAND = [
    ("2020-12-18", 5, "2020-12-29", "example 1.1"),
    ("2020-12-19", 5, "2020-12-29", "example 1.2"),
    ("2021-03-30", 5, "2021-04-08", "example 1.3, over Easter"),
    ("2022-09-14", 5, "2022-09-22", "example 1.3, over the State Funeral"),
    ("2022-05-27", 5, "2022-06-07", "example 1.3, over the Jubilee"),
    ("2020-12-29", 15, "2021-01-20", "example 2.1, from notification"),
    ("2020-12-18", 15, "2021-01-13", "example 2.1, from awareness"),
    ("2020-12-23", 15, "2021-01-18", "example 2.1, notified on the Wednesday"),
    ("2023-04-28", 5, "2023-05-09", "example 2.2, May 2023"),
    ("2023-05-09", 15, "2023-05-31", "example 2.2, its rapid review"),
    ("2026-12-21", 5, "2026-12-30", "example 2.2, Christmas 2026"),
    ("2026-12-30", 15, "2027-01-21", "example 2.2, its rapid review"),
]


@pytest.mark.parametrize(("start", "number", "due_on", "shows"), BY_HAND, ids=[row[3] for row in BY_HAND])
def test_paper_calendar_agrees_with_dates_worked_out_by_hand(start: str, number: int, due_on: str, shows: str) -> None:
    assert counted(PAPER, PLACE_BY_DAY[date.fromisoformat(start)], number).due_on == date.fromisoformat(due_on)


def test_notification_is_due_as_on_paper_from_every_day_of_ten_years() -> None:
    found = []
    for place, square in enumerate(PAPER):
        clock = serious_incident_notification(square.on, rules=rules_on(square.on), calendar=CALENDAR, on=square.on)
        found += disagreements(clock, counted(PAPER, place, 5))

    assert found == []


@pytest.mark.parametrize("forgotten", [on for on in sorted(CALENDAR.holidays) if on.year in (2020, 2022)])
def test_paper_calendar_notices_a_bank_holiday_that_was_forgotten(forgotten: date) -> None:
    holidays = {on: name for on, name in CALENDAR.holidays.items() if on != forgotten}
    calendar = WorkingCalendar(holidays, CALENDAR.known_from, CALENDAR.known_until)
    start = forgotten - DAY

    clock = serious_incident_notification(start, rules=rules_on(start), calendar=calendar, on=start)

    assert disagreements(clock, counted(PAPER, PLACE_BY_DAY[start], 5))


def test_rapid_review_is_due_as_on_paper_from_every_day_and_under_every_anchor() -> None:
    """Each day is the day of awareness; acceptance comes 1 to 3 days later, notification 0 to 10, early, in time and late."""
    found, compared = [], 0
    for place, square in enumerate(PAPER):
        places = {AWARE: place, ACCEPTED: place + 1 + place % 3, NOTIFIED: place + place % 11}
        places = {anchor: there for anchor, there in places.items() if there < len(PAPER)}
        day = {anchor: PAPER[there].on for anchor, there in places.items()}
        days = AnchorDays(day[AWARE], day.get(NOTIFIED), day.get(ACCEPTED))
        for row in alternatives(days, rules=rules_on(square.on), calendar=CALENDAR, on=square.on):
            if row.anchor in places:
                assert row.clock is not None
                found += disagreements(row.clock, counted(PAPER, places[row.anchor], 15))
                compared += 1
            else:
                assert row.clock is None

    assert found == []
    assert compared > 3 * 3640


def test_number_of_the_day_is_as_on_paper_on_every_day_of_every_clock() -> None:
    found = []
    for place, square in enumerate(PAPER):
        count = counted(PAPER, place, 15)
        for later, _ in count.squares:
            on_paper, ours = last_number_said(count, later.on), CALENDAR.day_number(square.on, later.on)
            if ours != on_paper:
                found.append(f"on {later.on} from {square.on}: {ours}, on paper {on_paper}")

    assert found == []


def test_clock_is_late_exactly_from_the_day_after_the_paper_says() -> None:
    found = []
    for place, square in enumerate(PAPER):
        due_on = counted(PAPER, place, 5).due_on
        if due_on is None:
            continue
        rules = rules_on(square.on)
        on_the_day, after = (
            serious_incident_notification(square.on, rules=rules, calendar=CALENDAR, on=on, stopped_on=on) for on in (due_on, due_on + DAY)
        )
        if (on_the_day.state, after.state, after.days_late) != (ClockState.DONE, ClockState.DONE_LATE, 1):
            found.append(square.on)

    assert found == []


# The last days of the paper, from which a count runs off it.
RUNS_OFF = [(serious_incident_notification, 5, date(2027, 12, 22)), (rapid_review, 15, date(2027, 12, 8))]


@pytest.mark.parametrize(("clock_of", "number", "last_certain"), RUNS_OFF, ids=["notification", "rapid review"])
def test_clock_that_runs_off_the_paper_is_provisional_and_never_late(
    clock_of: Callable[..., Clock], number: int, last_certain: date
) -> None:
    assert counted(PAPER, PLACE_BY_DAY[last_certain], number).due_on == date(2027, 12, 31)
    assert counted(PAPER, PLACE_BY_DAY[last_certain + DAY], number).due_on is None

    for square in PAPER[PLACE_BY_DAY[last_certain] + 1 :]:
        clock = clock_of(square.on, rules=rules_on(square.on), calendar=CALENDAR, on=date(2028, 6, 1))
        assert clock.state is ClockState.PROVISIONAL, square.on
        assert not clock.is_late
        assert "provisional" in clock.deadline.explanation


@pytest.mark.parametrize("start", [date(2028, 1, 1), date(2028, 1, 4), date(2030, 5, 1)])
def test_clock_that_starts_after_the_paper_is_provisional(start: date) -> None:
    assert serious_incident_notification(start, rules=rules_on(start), calendar=CALENDAR, on=start).is_provisional
    assert rapid_review(start, rules=rules_on(start), calendar=CALENDAR, on=start).is_provisional
