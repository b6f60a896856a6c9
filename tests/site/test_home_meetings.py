"""What the home page says of meetings: whoever is asked to one sees what it waits for, and nobody else sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.meetings.workflow import inviting
from sightline.partnership.need_to_know.workflow import conflicts
from sightline.site import home_meetings
from tests.factories import meetings, reviews
from tests.factories.incidents import Place


@pytest.fixture
def place(db: None) -> Place:
    return Place()


@pytest.fixture
def review(place: Place) -> RapidReview:
    return reviews.review(place)


def test_home_says_what_a_meeting_waits_for(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review, at=timezone.now() + timedelta(days=9))
    asked = meetings.ask(place, meeting, **place.partners)
    police, today = place.partners["police"], timezone.localdate()

    assert [row["why"] for row in home_meetings.rows(police, today)] == ["Say whether you can come"]
    inviting.answer(asked["police"], coming=True, by=police)
    assert [row["why"] for row in home_meetings.rows(police, today)] == ["Declare your interests; the papers open then"]
    inviting.declare(meeting, has_interest=False, by=police)
    assert home_meetings.rows(police, today) == []
    # Somebody who follows the review but is not asked to the meeting is not bothered with it.
    assert home_meetings.rows(place.manager, today) == []


def test_meeting_of_a_matter_that_somebody_is_kept_from_is_not_on_their_home_page(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    meetings.ask(place, meeting, **place.partners)
    police = place.partners["police"]
    conflicts.declare(review.matter, account=police, reason="A relative.", by=place.manager)

    assert home_meetings.rows(police, timezone.localdate()) == []
