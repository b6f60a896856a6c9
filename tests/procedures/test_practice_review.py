"""Dates of a practice review as the worked examples have them, and that each of its moves has somebody who makes it."""

from datetime import date

import pytest

from sightline.procedures import practice_review
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import MADE_BY, MOVES
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.working_days import WorkingCalendar

CALENDAR = WorkingCalendar.from_file()


@pytest.mark.parametrize(
    ("commissioned_on", "target_on"), [(date(2020, 12, 15), date(2021, 6, 15)), (date(2020, 8, 31), date(2021, 2, 28))]
)
def test_target_is_the_same_day_six_months_later_or_the_months_last(commissioned_on: date, target_on: date) -> None:
    assert practice_review.target_on(commissioned_on, 6) == target_on


def test_it_is_close_from_five_months_on() -> None:
    assert practice_review.amber_on(date(2020, 12, 15), 6) == date(2021, 5, 15)


@pytest.mark.parametrize(
    ("publish_on", "send_by"),
    [
        (date(2021, 6, 30), date(2021, 6, 21)),
        (date(2021, 4, 6), date(2021, 3, 24)),
        (date(2021, 1, 4), date(2020, 12, 21)),
    ],
)
def test_latest_day_to_send_is_counted_back(publish_on: date, send_by: date) -> None:
    assert practice_review.latest_notice_on(publish_on, 7, CALENDAR) == send_by
    assert practice_review.earliest_publication_on(send_by, 7, CALENDAR) == publish_on


def test_a_day_too_early_is_refused_with_the_first_day_and_why() -> None:
    sentence = practice_review.too_early(date(2021, 6, 29), date(2021, 6, 21), 7, CALENDAR)
    assert "Wednesday 30 June 2021" in sentence
    assert not practice_review.too_early(date(2021, 6, 30), date(2021, 6, 21), 7, CALENDAR)


def test_a_published_report_is_public_for_a_year() -> None:
    assert practice_review.public_until(date(2024, 2, 29)) == date(2025, 2, 28)


def test_each_move_has_somebody_who_makes_it() -> None:
    assert set(MADE_BY) == {(status, to) for status, targets in MOVES.items() for to in targets}


def test_only_publishing_and_deciding_not_to_stop_the_clock() -> None:
    assert not Status.PUBLICATION_DEFERRED.stops_clock
    assert Status.NOT_PUBLISHED.stops_clock


def test_unknown_move_is_refused() -> None:
    with pytest.raises(NotAllowedNow):
        practice_review.check_move(Status.COMMISSIONED, Status.PUBLISHED)
