"""Dates, moments, postcodes and NHS numbers as people type them, and what is said when they mistype."""

from datetime import UTC, date, datetime

import pytest
from django import forms

from sightline.partnership.pages.fields import DayField, MomentField, NhsNumberField, PostcodeField, is_nhs_number


def why_not(field: forms.Field, typed: object) -> str:
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(typed)
    return str(refusal.value.messages[0])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (["27", "3", "2026"], date(2026, 3, 27)),
        (["01", "02", "2020"], date(2020, 2, 1)),
        (["29", "2", "2024"], date(2024, 2, 29)),
        (["5", "March", "2021"], date(2021, 3, 5)),
        (["5", "mar", "2021"], date(2021, 3, 5)),
        (["5", "SEPT", "2021"], date(2021, 9, 5)),
        ([" 9 ", " june ", " 2022 "], date(2022, 6, 9)),
    ],
)
def test_day_is_read_as_people_write_it(typed: list[str], day: date) -> None:
    assert DayField("Date of birth").clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["", "", ""], "Enter the date for “Date of birth”."),
        (["", "3", "2026"], "“Date of birth” needs a day."),
        (["1", "", ""], "“Date of birth” needs a month and a year."),
        (["31", "2", "2026"], "“Date of birth” is not a day in the calendar. Check the day and the month."),
        (["1", "13", "2026"], "“Date of birth” is not a day in the calendar. Check the day and the month."),
        (["29", "2", "2023"], "“Date of birth” is not a day in the calendar. Check the day and the month."),
        (
            ["1", "3", "26"],
            "“Date of birth” must be numbers, with the year in full, for example 27 3 2026. The month may be a word.",
        ),
        (
            ["first", "3", "2026"],
            "“Date of birth” must be numbers, with the year in full, for example 27 3 2026. The month may be a word.",
        ),
        (
            ["1", "brumaire", "2026"],
            "“Date of birth” must be numbers, with the year in full, for example 27 3 2026. The month may be a word.",
        ),
    ],
)
def test_day_that_cannot_be_read_says_what_to_do(typed: list[str], sentence: str) -> None:
    assert why_not(DayField("Date of birth"), typed) == sentence


def test_day_that_is_not_required_may_be_empty() -> None:
    assert DayField("Date of birth", required=False).clean(["", "", ""]) is None


@pytest.mark.parametrize("sent", ["2026-03-27", "27/3/2026", "27.03.2026", "27 3 2026"])
def test_day_sent_as_one_text_is_read(sent: str) -> None:
    field = DayField("Date of birth")

    typed = field.widget.value_from_datadict({"born": sent}, {}, "born")

    assert field.clean(typed) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        (["12", "1", "2026", "16:30"], datetime(2026, 1, 12, 16, 30, tzinfo=UTC)),
        (["12", "7", "2026", "16:30"], datetime(2026, 7, 12, 15, 30, tzinfo=UTC)),
        (["12", "7", "2026", "0930"], datetime(2026, 7, 12, 8, 30, tzinfo=UTC)),
        (["12", "7", "2026", "9.05"], datetime(2026, 7, 12, 8, 5, tzinfo=UTC)),
        (["12", "7", "2026", "0:00"], datetime(2026, 7, 11, 23, 0, tzinfo=UTC)),
        (["29", "3", "2026", "00:59"], datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (["29", "3", "2026", "02:00"], datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (["12", "7", "2026", ""], datetime(2026, 7, 12, 11, 0, tzinfo=UTC)),
        (["12", "1", "2026", ""], datetime(2026, 1, 12, 12, 0, tzinfo=UTC)),
    ],
)
def test_moment_is_england_s_time_in_winter_and_summer(typed: list[str], moment: datetime) -> None:
    assert MomentField("When it became known").clean(typed) == moment


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["12", "7", "2026", ""], "“When” needs a time, for example 16:30."),
        (["12", "7", "2026", "24:00"], "“When”: write the time on the 24-hour clock, for example 16:30."),
        (["12", "7", "2026", "12:60"], "“When”: write the time on the 24-hour clock, for example 16:30."),
        (["12", "7", "2026", "half past four"], "“When”: write the time on the 24-hour clock, for example 16:30."),
        (["", "", "", "16:30"], "“When” needs a day and a month and a year."),
        (["", "", "", ""], "Enter the date and time for “When”."),
    ],
)
def test_moment_that_cannot_be_read_says_what_to_do(typed: list[str], sentence: str) -> None:
    assert why_not(MomentField("When", time_required=True), typed) == sentence


def test_moment_is_shown_again_in_england_s_time() -> None:
    moment = datetime(2026, 7, 12, 15, 30, tzinfo=UTC)

    assert MomentField("When").widget.decompress(moment) == [12, 7, 2026, "16:30"]


@pytest.mark.parametrize(("typed", "kept"), [("ar47qx", "AR4 7QX"), (" AR4  7QX ", "AR4 7QX"), ("w1a1aa", "W1A 1AA"), ("", "")])
def test_postcode_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert PostcodeField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["AR4", "7QX AR4", "ARR44 7QX", "AR4 7Q"])
def test_postcode_that_is_not_whole_says_what_to_do(typed: str) -> None:
    assert "full postcode" in why_not(PostcodeField(), typed)


@pytest.mark.parametrize("typed", ["999 000 0018", "999-000-0018", "9990000018"])
def test_nhs_number_is_kept_as_digits(typed: str) -> None:
    assert NhsNumberField().clean(typed) == "9990000018"


@pytest.mark.parametrize("wrong", ["9990000019", "999000001", "99900000180", "999000001X", "٩٩٩٠٠٠٠٠١٨"])
def test_nhs_number_whose_check_does_not_fit_is_refused(wrong: str) -> None:
    assert not is_nhs_number(wrong)


def test_nhs_number_is_caught_when_any_one_digit_is_mistyped() -> None:
    right = "9990000018"

    slips = [right[:place] + digit + right[place + 1 :] for place in range(10) for digit in "0123456789" if digit != right[place]]

    assert len(slips) == 90
    assert not any(is_nhs_number(slip) for slip in slips)
