"""The order of a combined chronology, with the worked example of a school, the police and a health visitor."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.chronology.merge import When, codes_of, merged, place

DAY = date(2020, 2, 3)


def _order(*rows):
    return [name for name, _, _ in merged(rows, key=lambda row: place(row[1], agency=row[2], number=0))]


def test_known_times_of_a_day_come_before_an_unknown_time():
    police = ("Police 21:40", When(DAY, DAY, at=time(21, 40)), "POL")
    visitor = ("HV unknown", When(DAY, DAY), "HV")
    school = ("School 09:05", When(DAY, DAY, at=time(9, 5)), "SCH")

    assert _order(police, visitor, school) == ["School 09:05", "Police 21:40", "HV unknown"]


def test_a_week_stands_after_the_exact_rows_of_its_first_day_and_a_row_without_day_last():
    rows = [
        ("no day", When(precision="unknown"), "A"),
        ("month", When(date(2020, 2, 1), date(2020, 2, 29), "month"), "A"),
        ("week", When(DAY, date(2020, 2, 9), "week"), "A"),
        ("next day", When(date(2020, 2, 4), date(2020, 2, 4)), "A"),
        ("range", When(DAY, date(2020, 2, 20), "range"), "A"),
        ("same day", When(DAY, DAY), "Z"),
    ]

    assert _order(*rows) == ["month", "same day", "week", "range", "next day", "no day"]


def test_the_agency_breaks_a_tie():
    rows = [("police", When(DAY, DAY, at=time(9)), "POL"), ("health", When(DAY, DAY, at=time(9)), "HLT")]

    assert _order(*rows) == ["health", "police"]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(DAY, DAY), "3 February 2020"),
        (When(DAY, DAY, is_uncertain=True), "3 February 2020 (given with a doubt)"),
        (When(DAY, date(2020, 2, 9), "week"), "in the week of 3 February 2020"),
        (When(date(2020, 2, 1), date(2020, 2, 29), "month"), "in February 2020"),
        (When(date(2019, 1, 21), date(2019, 1, 31), "approx"), "about late January 2019"),
        (When(date(2019, 1, 1), date(2019, 12, 31), "approx"), "about 2019"),
        (When(DAY, DAY, "approx"), "about 3 February 2020"),
        (When(DAY, date(2020, 2, 9), "range"), "3 February 2020 to 9 February 2020"),
        (When(precision="unknown"), "Date not understood"),
    ],
)
def test_a_date_is_told_in_words_that_claim_no_more_than_is_known(when, words):
    assert when.in_words == words


def test_agencies_of_the_same_initials_have_different_codes():
    assert codes_of([("Hartshire Police", ""), ("Hill Practice", ""), ("Council", "Council")]) == {
        "Hartshire Police": "HP", "Hill Practice": "HP 2", "Council": "Council",
    }  # fmt: skip


def test_school_does_not_take_the_letters_of_the_local_authority():
    assert codes_of([("Larkhanger Academy", ""), ("Arden Hearth Homes", "")]) == {
        "Larkhanger Academy": "Larkhanger", "Arden Hearth Homes": "AHH",
    }  # fmt: skip


days = st.dates(date(2015, 1, 1), date(2021, 1, 1))
whens = st.builds(
    lambda start, more, precision, at: When(
        None if precision == "unknown" else start, None if precision == "unknown" else max(start, more), precision, at
    ),
    days, days, st.sampled_from(["exact", "week", "month", "approx", "range", "unknown"]), st.none() | st.times(),
)  # fmt: skip
rows_of_agencies = st.lists(st.tuples(whens, st.sampled_from(["HV", "POL", "SCH"])), max_size=60)


@given(rows_of_agencies)
def test_nothing_is_lost_and_the_order_does_not_hang_on_who_came_first(rows):
    numbered = [(when, agency, number) for number, (when, agency) in enumerate(rows)]

    def key(row):
        return place(row[0], agency=row[1], number=row[2])

    there, back = merged(numbered, key), merged(reversed(numbered), key)

    assert sorted(row[2] for row in there) == list(range(len(rows)))
    assert there == back


@given(whens, whens, whens)
def test_the_order_is_total(one, two, three):
    a, b, c = (place(when, agency="A", number=number) for number, when in enumerate((one, two, three)))

    assert (a < b) != (b < a)
    assert not (a < b and b < c) or a < c
