"""Times of day as agencies write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.chronology.times import NOT_A_TIME, read_time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:30", "14:30"), ("1430", "14:30"), ("2.30pm", "14:30"), ("14.30hrs", "14:30"), ("14.30 hrs.", "14:30"), ("1430 hours", "14:30"),
        ("2 p.m.", "14:00"), ("12.30am", "00:30"), ("12:30pm", "12:30"), ("noon", "12:00"), ("midnight", "00:00"), ("9-10.30am", "09:00"),
        ("11-1pm", "11:00"), ("0900-1000", "09:00"), ("c. 14:30", "14:30"), ("approx 2pm", "14:00"), ("14:30:00", "14:30"),
        ("10:30 (am)", "10:30"), ("@ 10.15", "10:15"), ("09:15?", "09:15"), ("am", None), ("pm", None), ("evening", None), ("", None),
        ("not known", None), ("n/k", None), ("-", None), ("24:00", None), ("25:61", None),
    ],
)  # fmt: skip
def test_time_is_read(text: str, time: str | None) -> None:
    assert read_time(text).time == time


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(("{:02}:{:02}", "{:02}{:02}", "{:02}.{:02}", "{:02}.{:02}hrs", "{:02}{:02}hrs", "{:02}:{:02}:00")),
)
def test_clock_of_twenty_four_hours_is_read(hour: int, minute: int, way: str) -> None:
    assert read_time(way.format(hour, minute)).time == f"{hour:02}:{minute:02}"


@given(st.integers(1, 12), st.integers(0, 59), st.sampled_from(("am", "pm", " a.m.", " p.m.")), st.sampled_from(":."))
def test_clock_of_twelve_hours_is_read(hour: int, minute: int, half: str, sign: str) -> None:
    expected = hour % 12 + (12 if "p" in half else 0)

    assert read_time(f"{hour}{sign}{minute:02}{half}").time == f"{expected:02}:{minute:02}"


def test_words_are_no_time_and_say_so() -> None:
    assert read_time("Home visit").why == NOT_A_TIME


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_none(text: str) -> None:
    time = read_time(text).time

    assert time is None or (len(time) == 5 and int(time[:2]) < 24 and int(time[3:]) < 60)
