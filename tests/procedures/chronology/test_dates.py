"""Dates as agencies write them, as a table that a practitioner could check."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.chronology import dates
from sightline.procedures.chronology.dates import Context, looks_like_date, read_date
from sightline.procedures.chronology.points import easter_sunday

WAYS = (
    "{d:%d/%m/%Y}", "{d:%d.%m.%Y}", "{d:%d-%m-%Y}", "{d:%d %m %Y}", "{d:%d/%m/%y}", "{d:%d.%m/%y}", "{d:%d. %m. %Y}", "{d:%Y-%m-%d}",
    "{d:%Y/%m/%d}", "{d:%Y-%m-%d} 00:00:00", "{d:%d %b %Y}", "{d:%d %B %Y}", "{d:%d-%b-%y}", "{d:%d%b%Y}", "{d:%B} {d.day}, {d:%Y}",
    "{d:%a} {d:%d/%m/%y}", "{d:%A}, {d.day} {d:%B %Y}", "{d:%A} {d.day}{nth} of {d:%B} {d:%Y}", "{d.day}{nth} {d:%b} '{d:%y}", "{d:%d%m%Y}",
    "{d.day}/{d.month}/{d:%y}", "\u200f{d:%d/%m/%Y}\u200e", "{d:%d}\u2013{d:%m}\u2013{d:%Y}", "{d:%d/%m/%Y} ({d:%a})", " {d:%d/%m/%Y}. ",
)  # fmt: skip
DAYS = st.dates(date(1960, 1, 1), date(2049, 12, 31))


def spans(text: str, **around: object) -> tuple[str, str, str]:
    """First and last day and precision of what was read."""
    read = read_date(text, context=Context(**around)).date  # type: ignore[arg-type]
    return str(read.start), str(read.end), read.precision


@given(DAYS.filter(lambda day: day.year > 1960), st.sampled_from(WAYS))
def test_day_is_read_in_every_usual_way(day: date, way: str) -> None:
    nth = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")

    read = read_date(way.format(d=day, nth=nth))

    assert (read.date.start, read.date.end, read.date.precision, read.date.uncertain) == (day, day, "exact", False)
    assert read.why == ()


@given(
    DAYS,
    st.sampled_from(
        ("c. {}", "circa {}", "{} (?)", "{}?", "approx {}", "~{}", "about {}", "{} (approx)", "possibly {}", "on or around {}")
    ),
)
def test_doubtful_day_is_that_day_with_a_doubt(day: date, way: str) -> None:
    read = read_date(way.format(f"{day:%d/%m/%Y}"))

    assert (read.date.start, read.date.precision, read.date.uncertain) == (day, "exact", True)


@given(DAYS, st.integers(1, 60), st.sampled_from((" - ", "-", " to ", " \u2013 ", " until ", " & ", " and ")))
def test_range_of_two_days_is_from_the_one_to_the_other(day: date, length: int, between: str) -> None:
    last = day + timedelta(days=length)

    read = read_date(f"{day:%d/%m/%y}{between}{last:%d/%m/%y}")

    assert (read.date.start, read.date.end, read.date.precision) == (day, last, "range")


@given(DAYS, st.sampled_from(("w/c {}", "W/C: {}", "wc {}", "w.c. {}", "week commencing {}", "Week beginning {}", "w/b {}")))
def test_week_begins_on_its_day(day: date, way: str) -> None:
    read = read_date(way.format(f"{day:%d.%m.%y}"))

    assert (read.date.start, read.date.end, read.date.precision) == (day, day + timedelta(days=6), "week")


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("early March 2019", "2019-03-01", "2019-03-10", "approx"),
        ("Mid-June 2019", "2019-06-11", "2019-06-20", "approx"),
        ("middle of June 2019", "2019-06-11", "2019-06-20", "approx"),
        ("late Feb 2020", "2020-02-21", "2020-02-29", "approx"),
        ("end of May 2018", "2018-05-21", "2018-05-31", "approx"),
        ("Beginning of May 2018", "2018-05-01", "2018-05-10", "approx"),
        ("1st week of June 2019", "2019-06-01", "2019-06-07", "approx"),
        ("?/06/2019", "2019-06-01", "2019-06-30", "month"),
        ("??.06.19", "2019-06-01", "2019-06-30", "month"),
        ("xx/06/2019", "2019-06-01", "2019-06-30", "month"),
        ("June 2019", "2019-06-01", "2019-06-30", "month"),
        ("Jun-19", "2019-06-01", "2019-06-30", "month"),
        ("06/2019", "2019-06-01", "2019-06-30", "month"),
        ("Xmas 2019", "2019-12-24", "2019-12-26", "approx"),
        ("Christmas 2019", "2019-12-24", "2019-12-26", "approx"),
        ("Christmas Day 2019", "2019-12-25", "2019-12-25", "exact"),
        ("Boxing Day 2019", "2019-12-26", "2019-12-26", "exact"),
        ("22-25 July 2017", "2017-07-22", "2017-07-25", "range"),
        ("22/23 July 2017", "2017-07-22", "2017-07-23", "range"),
        ("13-15/06/17", "2017-06-13", "2017-06-15", "range"),
        ("30 June - 2 July 2019", "2019-06-30", "2019-07-02", "range"),
        ("28/12 - 03/01/19", "2018-12-28", "2019-01-03", "range"),
        ("between 3 and 5 June 2019", "2019-06-03", "2019-06-05", "range"),
        ("3, 4 and 9 June 2019", "2019-06-03", "2019-06-09", "range"),
        ("March - May 2019", "2019-03-01", "2019-05-31", "range"),
        ("week ending 09/06/2019", "2019-06-03", "2019-06-09", "week"),
        ("week of 5 June 2019", "2019-06-03", "2019-06-09", "week"),
    ],
)
def test_what_is_less_than_a_day_is_a_span(text: str, start: str, end: str, precision: str) -> None:
    assert spans(text) == (start, end, precision)


@pytest.mark.parametrize("text", ["31/02/2019", "1/1/0000", "31/12/9999", "TBC", "Tuesday", "not known", "hello", "99/99/99", "29/02/2019"])
def test_what_is_no_date_has_no_day(text: str) -> None:
    read = read_date(text)

    assert read.date.start is None
    assert read.date.precision == "unknown"
    assert read.why == (dates.NOT_UNDERSTOOD,)


@pytest.mark.parametrize("text", ['"', "\u3003", "ditto", "Ditto.", "do.", "as above", "same day", "''", '-"-', "\u201d"])
def test_ditto_mark_takes_the_date_above(text: str) -> None:
    assert read_date(text).date.from_row_above


@pytest.mark.parametrize("text", ["14 March", "14/03", "Thu 14 Mar", "14th March", "14.03."])
def test_missing_year_is_that_of_the_section(text: str) -> None:
    assert spans(text, year=2019) == ("2019-03-14", "2019-03-14", "exact")
    assert read_date(text, context=Context(year=2019)).why == ()


def test_missing_year_without_section_is_guessed_from_the_row_above_and_told() -> None:
    after_new_year = read_date("5 January", context=Context(above=date(2018, 12, 20)))

    assert after_new_year.date.start == date(2019, 1, 5)
    assert after_new_year.why == (dates.YEAR_GUESSED,)
    assert read_date("5 January").date.start is None
    assert read_date("5 January").why == (dates.NO_YEAR,)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("03/06/2019 14:30", "14:30"),
        ("03/06/2019 at 2.30pm", "14:30"),
        ("1430hrs 03/06/19", "14:30"),
        ("03.06.19 14.30", "14:30"),
        ("3 June 2019 (am)", None),
    ],
)
def test_time_in_the_cell_of_the_date_is_read(text: str, time: str | None) -> None:
    read = read_date(text)

    assert read.date.start == date(2019, 6, 3)
    assert read.time is not None
    assert read.time.time == time


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("05/06/19 - 03/06/19", dates.ENDS_BEFORE_IT_BEGINS),
        ("Mon 04/06/2019", dates.WEEKDAY_DIFFERS),
        ("after 04/06/2019", dates.OPEN_END),
        ("received 04/06/2019", dates.OTHER_WORDS),
        ("2019", "Only a year is given."),
        ("Spring term 2019", "A season, term or holiday is not a day; roughly when it was is taken."),
        ("Easter 2019", "A season, term or holiday is not a day; roughly when it was is taken."),
        ("06/22/2019", "Read with the month before the day."),
        ("43586", "A date turned into a number by a spreadsheet; the day it stands for is taken."),
    ],
)
def test_doubtful_reading_says_why(text: str, why: str) -> None:
    read = read_date(text)

    assert read.date.start is not None
    assert why in read.why


def test_easter_falls_when_it_fell() -> None:
    assert [easter_sunday(year) for year in (2018, 2019, 2024)] == [date(2018, 4, 1), date(2019, 4, 21), date(2024, 3, 31)]


@given(st.text(max_size=80))
def test_any_text_is_read_or_left(text: str) -> None:
    read = read_date(text)

    assert (read.date.start is None) == (read.date.end is None)
    assert read.date.start is None or read.date.end is None or read.date.start <= read.date.end
    assert read.date.start is not None or read.why or read.date.from_row_above
    looks_like_date(text)
