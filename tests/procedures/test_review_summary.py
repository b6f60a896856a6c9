"""What rapid reviews of a period came to."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.review_summary import ReviewOutcome, summarise

FIRST, LAST = date(2020, 6, 1), date(2021, 1, 31)


def outcome(completed_on: date | None, *, is_lcspr: bool = False, endorsed: bool | None = True) -> ReviewOutcome:
    return ReviewOutcome(completed_on, date(2020, 12, 1), True, is_lcspr, endorsed)


def test_six_reviews_of_which_one_leads_to_a_practice_review() -> None:
    days = [date(2020, 7, 23), date(2020, 9, 1), date(2020, 10, 28), date(2020, 12, 9), date(2021, 1, 20), date(2021, 1, 29)]
    found = summarise([outcome(day, is_lcspr=number == 3) for number, day in enumerate(days)], first=FIRST, last=LAST)

    assert (found.completed, found.practice_reviews, found.conversion, found.endorsed) == (6, 1, 16.7, 6)
    assert (found.on_time, found.timed) == (3, 6)


def test_nothing_completed_has_no_share() -> None:
    assert summarise([outcome(None), outcome(date(2021, 2, 1))], first=FIRST, last=LAST).conversion is None


def test_review_without_clock_is_neither_on_time_nor_late() -> None:
    found = summarise([ReviewOutcome(date(2020, 8, 3), date(2020, 8, 1), False, False, None)], first=FIRST, last=LAST)

    assert (found.completed, found.timed, found.on_time, found.awaited) == (1, 0, 0, 1)


ANY = st.builds(outcome, st.dates(date(2020, 1, 1), date(2021, 12, 31)) | st.none(), endorsed=st.sampled_from([True, False, None]))


@given(st.lists(ANY))
def test_every_completed_review_is_endorsed_or_not_or_awaited(reviews: list[ReviewOutcome]) -> None:
    found = summarise(reviews, first=FIRST, last=LAST)

    assert found.endorsed + found.not_endorsed + found.awaited == found.completed
