"""Working days: the worked examples of practice, an independent second count, and what always holds."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.working_days import WorkingCalendar, add_months

CALENDAR = WorkingCalendar.from_file()
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)
known_days = st.dates(FIRST, date(2027, 9, 30))


def england() -> set[date]:
    """Bank holidays that fall on weekdays, from an independent list; England and Wales keep the same ones."""
    listed = holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2028))
    return {on for on in listed if on.weekday() < 5}


def test_bank_holidays_agree_with_an_independent_list() -> None:
    assert set(CALENDAR.holidays) == england()


def test_bank_holidays_in_the_file_are_weekdays_of_the_known_years() -> None:
    for on in CALENDAR.holidays:
        assert FIRST <= on <= LAST
        assert on.weekday() < 5, on


def test_bank_holidays_number_eight_a_year_and_more_when_proclaimed() -> None:
    number_by_year = {year: sum(1 for on in CALENDAR.holidays if on.year == year) for year in range(2018, 2028)}

    # 2022 had the Jubilee and the State Funeral besides, 2023 the coronation.
    assert number_by_year == dict.fromkeys(range(2018, 2028), 8) | {2022: 10, 2023: 9}


def d(text: str) -> date:
    return date.fromisoformat(text)


ADDED = [
    # trigger, working days, due on, what it shows
    ("2020-12-18", 5, "2020-12-29", "notification: aware on a Friday before Christmas"),
    ("2020-12-19", 5, "2020-12-29", "aware on the Saturday after"),
    ("2021-03-30", 5, "2021-04-08", "over Easter"),
    ("2022-09-14", 5, "2022-09-22", "over the State Funeral"),
    ("2022-05-27", 5, "2022-06-07", "over the moved spring holiday and the Jubilee"),
    ("2023-04-28", 5, "2023-05-09", "over the early May holiday and the coronation"),
    ("2026-12-21", 5, "2026-12-30", "over Christmas 2026, Boxing Day on a Saturday"),
    ("2020-05-01", 5, "2020-05-11", "over the moved early May holiday: Monday 4 May counts, Friday 8 May does not"),
    ("2020-12-29", 15, "2021-01-20", "rapid review: from a notification on the last day"),
    ("2020-12-18", 15, "2021-01-13", "from the day of awareness"),
    ("2020-12-23", 15, "2021-01-18", "from a notification on the Wednesday"),
    ("2023-05-09", 15, "2023-05-31", "over the spring holiday"),
    ("2026-12-30", 15, "2027-01-21", "over New Year"),
    ("2021-02-01", 45, "2021-04-07", "assessment of 45 working days"),
    ("2020-12-15", 15, "2021-01-08", "initial child protection conference"),
    ("2021-01-06", 0, "2021-01-06", "no days: the same day"),
]


@pytest.mark.parametrize(("start", "number", "due_on", "shows"), ADDED, ids=[row[3] for row in ADDED])
def test_add_working_days_as_practitioners_count(start: str, number: int, due_on: str, shows: str) -> None:
    deadline = CALENDAR.add_working_days(d(start), number)

    assert deadline.due_on == d(due_on), shows
    assert not deadline.provisional


COUNTED_BACK = [
    ("2021-06-30", 7, "2021-06-21", "report to the Panel before publication on a Wednesday"),
    ("2021-04-06", 7, "2021-03-24", "over Easter"),
    ("2021-01-04", 7, "2020-12-21", "over Christmas"),
]


@pytest.mark.parametrize(("end", "number", "latest", "shows"), COUNTED_BACK, ids=[row[3] for row in COUNTED_BACK])
def test_count_back_leaves_at_least_so_many_working_days(end: str, number: int, latest: str, shows: str) -> None:
    deadline = CALENDAR.count_back(d(end), number)

    assert deadline.due_on == d(latest)
    assert CALENDAR.working_days_after(deadline.due_on, d(end)) >= number


def test_clear_days_leave_out_both_ends() -> None:
    deadline = CALENDAR.count_back_clear(d("2021-03-10"), 5)

    assert deadline.due_on == d("2021-03-02")
    assert [day.on.day for day in deadline.days if day.is_counted] == [9, 8, 5, 4, 3]
    assert CALENDAR.clear_days_between(deadline.due_on, d("2021-03-10")) == 5


def test_clear_days_over_a_weekend_explain_every_day_between() -> None:
    deadline = CALENDAR.count_back_clear(d("2021-03-15"), 5)

    assert deadline.due_on == d("2021-03-05")
    assert [day.on for day in deadline.days] == [d("2021-03-15") - DAY * n for n in range(11)]


def test_explanation_says_of_each_day_why_it_counts_or_not() -> None:
    deadline = CALENDAR.add_working_days(d("2020-12-23"), 2)

    told = [(day.on.isoformat(), day.number, day.why) for day in deadline.days]
    assert told == [
        ("2020-12-23", 0, "Day 0: the day it starts is not counted"),
        ("2020-12-24", 1, "Working day"),
        ("2020-12-25", None, "Not counted: Christmas Day"),
        ("2020-12-26", None, "Not counted: Saturday"),
        ("2020-12-27", None, "Not counted: Sunday"),
        ("2020-12-28", None, "Not counted: Boxing Day (substitute day)"),
        ("2020-12-29", 2, "Working day"),
    ]
    assert deadline.explanation == "2 working days after Wednesday 23 December 2020, which is day 0."


MONTHS = [
    ("2020-12-15", 6, "2021-06-15", "practice review begun in December 2020, due in June 2021"),
    ("2020-08-31", 6, "2021-02-28", "the month is shorter"),
    ("2025-01-31", 1, "2025-02-28", "subject access request"),
    ("2024-01-31", 1, "2024-02-29", "leap year"),
    ("2020-02-29", 12, "2021-02-28", "a year after a leap day"),
    ("2021-11-30", 1, "2021-12-30", "to December"),
    ("2021-12-31", 2, "2022-02-28", "over New Year"),
    ("2021-03-31", -1, "2021-02-28", "back"),
    ("2021-01-15", -1, "2020-12-15", "back over New Year"),
]


@pytest.mark.parametrize(("start", "number", "due_on", "shows"), MONTHS, ids=[row[3] for row in MONTHS])
def test_add_months_keeps_the_day_or_takes_the_last(start: str, number: int, due_on: str, shows: str) -> None:
    assert add_months(d(start), number) == d(due_on)


# The second count knows nothing of ours: it steps a day at a time over the independent list.
def slowly_added(start: date, number: int, closed: set[date]) -> date:
    on = start
    for _ in range(number):
        on += DAY
        while on.isoweekday() in (6, 7) or on in closed:
            on += DAY
    return on


@pytest.mark.parametrize("number", [1, 5, 10, 15, 20, 45])
def test_add_working_days_from_every_day_of_ten_years_agrees_with_a_slow_second_count(number: int) -> None:
    closed, start, checked = england(), FIRST, 0
    while start <= LAST:
        deadline = CALENDAR.add_working_days(start, number)
        if deadline.due_on <= LAST:
            assert deadline.due_on == slowly_added(start, number, closed), start
            assert not deadline.provisional
            checked += 1
        else:
            assert deadline.provisional, start
        start += DAY

    assert checked > 3_560


@given(start=known_days, number=st.integers(1, 45))
def test_counting_back_from_a_deadline_never_comes_after_its_start(start: date, number: int) -> None:
    due_on = CALENDAR.add_working_days(start, number).due_on

    assert CALENDAR.is_working_day(due_on)
    assert CALENDAR.working_days_after(start, due_on) == number
    assert CALENDAR.count_back(due_on, number).due_on <= due_on
    assert CALENDAR.working_days_after(CALENDAR.count_back(due_on, number).due_on, due_on) == number


@given(start=known_days, number=st.integers(1, 45))
def test_a_later_start_or_more_days_is_never_due_sooner(start: date, number: int) -> None:
    due_on = CALENDAR.add_working_days(start, number).due_on

    assert CALENDAR.add_working_days(start + DAY, number).due_on >= due_on
    assert CALENDAR.add_working_days(start, number + 1).due_on > due_on


@given(start=known_days, number=st.integers(0, 45))
def test_explanation_names_every_day_once_and_numbers_them_in_order(start: date, number: int) -> None:
    deadline = CALENDAR.add_working_days(start, number)

    assert [day.on for day in deadline.days] == [start + DAY * n for n in range((deadline.due_on - start).days + 1)]
    assert [day.number for day in deadline.days if day.is_counted] == list(range(1, number + 1))
    assert all(day.why for day in deadline.days)


@given(start=st.dates(FIRST, date(2099, 1, 1)), number=st.integers(-240, 240))
def test_adding_months_never_overshoots_into_another_month(start: date, number: int) -> None:
    due_on = add_months(start, number)

    assert (due_on.year * 12 + due_on.month) - (start.year * 12 + start.month) == number
    assert due_on.day <= start.day


def test_deadline_beyond_the_known_bank_holidays_is_provisional_and_says_so() -> None:
    deadline = CALENDAR.add_working_days(d("2027-12-24"), 5)

    assert deadline.provisional
    assert deadline.due_on == d("2028-01-04")
    assert "provisional" in deadline.explanation
    assert deadline.days[-1].why.startswith("Weekday; bank holidays are known only")


def test_deadline_before_the_known_bank_holidays_is_provisional() -> None:
    assert CALENDAR.add_working_days(d("2017-12-20"), 5).provisional


def test_deadline_on_the_last_known_day_is_certain() -> None:
    deadline = CALENDAR.add_working_days(d("2027-12-30"), 1)

    assert (deadline.due_on, deadline.provisional) == (LAST, False)


def test_proclaimed_holiday_moves_deadlines_and_is_named() -> None:
    calendar = WorkingCalendar.with_proclaimed({d("2026-12-01"): "Bank holiday for a coronation"})

    deadline = calendar.add_working_days(d("2026-11-30"), 1)
    assert deadline.due_on == d("2026-12-02")
    assert deadline.days[1].why == "Not counted: Bank holiday for a coronation"
    assert CALENDAR.is_working_day(d("2026-12-01"))


def test_proclaimed_holidays_may_be_bare_dates_and_do_not_rename_known_ones() -> None:
    calendar = WorkingCalendar.with_proclaimed([d("2026-12-01"), d("2026-12-25")])

    assert calendar.why_not(d("2026-12-01")) == "Bank holiday proclaimed since"
    assert calendar.why_not(d("2026-12-25")) == "Christmas Day"
    assert calendar.known_until == LAST


def test_negative_number_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        CALENDAR.add_working_days(d("2026-11-30"), -1)


DAY_NUMBERS = [
    ("2026-11-02", "2026-11-02", 0, "the day itself"),
    ("2026-11-02", "2026-11-11", 7, "a working day"),
    ("2026-11-02", "2026-11-14", 9, "a Saturday keeps Friday's number"),
    ("2020-12-18", "2020-12-28", 4, "a bank holiday keeps the number of the working day before"),
    ("2026-11-02", "2026-10-30", 0, "before it began"),
]


@pytest.mark.parametrize(("start", "today", "number", "shows"), DAY_NUMBERS, ids=[row[3] for row in DAY_NUMBERS])
def test_day_number_of_today(start: str, today: str, number: int, shows: str) -> None:
    assert CALENDAR.day_number(d(start), d(today)) == number


@pytest.mark.parametrize("today", ["2026-11-21", "2026-11-22", "2026-04-03", "2026-04-06", "2025-12-27", "2026-12-27", "2026-11-25"])
def test_day_seven_of_fifteen_is_true_on_any_day_on_which_the_demo_is_started(today: str) -> None:
    began_on = CALENDAR.day_zero_for(7, d(today))

    assert CALENDAR.is_working_day(began_on)
    assert CALENDAR.day_number(began_on, d(today)) == 7


@given(today=st.dates(date(2018, 6, 1), LAST), number=st.integers(0, 30))
def test_day_zero_is_a_working_day_from_which_today_has_the_number(today: date, number: int) -> None:
    began_on = CALENDAR.day_zero_for(number, today)

    assert CALENDAR.is_working_day(began_on)
    assert CALENDAR.day_number(began_on, today) == number
