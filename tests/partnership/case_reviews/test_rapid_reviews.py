"""A rapid review is opened by its notification, and by nothing else; it stops with it."""

from datetime import date

import pytest

from sightline.partnership.case_reviews import clocks
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.workflow import course, rapid_reviews
from sightline.procedures.case_review import SeriousIncidentStatus
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.working_days import WorkingCalendar
from tests.factories import reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def test_review_is_opened_by_the_notification_with_its_plan_and_rules(place: Place) -> None:
    review = reviews.review(place)
    assert review.status == Status.OPEN
    assert (review.anchor, review.anchor_on) == ("notified_on", date(2026, 6, 3))
    assert review.rules.id == "WT2026"
    assert review.tasks.count() == len(rapid_reviews.plan_template())
    clock = clocks.rapid_review_clock(review, on=date(2026, 6, 3), calendar=WorkingCalendar.from_file())
    assert clock is not None and clock.due_on == date(2026, 6, 24)


def test_review_is_not_opened_twice(place: Place) -> None:
    review = reviews.review(place)
    with pytest.raises(NotAllowedNow, match="already"):
        rapid_reviews.open_review(review.incident, by=place.manager)


def test_review_stops_with_its_notification_and_has_no_clock(place: Place) -> None:
    review = reviews.review(place)
    course.change(
        review.incident, to=SeriousIncidentStatus.CRITERIA_NOT_MET_AFTER_NOTIFICATION, reasons="A natural cause.", by=place.manager
    )
    review = RapidReview.objects.get(pk=review.pk)
    assert review.status == Status.STOPPED_CRITERIA_NOT_MET
    assert clocks.rapid_review_clock(review, on=date(2026, 9, 1), calendar=WorkingCalendar.from_file()) is None
    # Not everybody who reads the review may read why its incident changed course.
    assert review.status_changes.get().reasons == rapid_reviews.STOPPED_BECAUSE
