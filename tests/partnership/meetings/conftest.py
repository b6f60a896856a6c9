"""Three partners, and a review in which they meet."""

import pytest

from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.factories import reviews
from tests.factories.incidents import Place


@pytest.fixture
def place(db: None) -> Place:
    return Place()


@pytest.fixture
def review(place: Place) -> RapidReview:
    """A review with all its information, in which every partner has said that nothing connects them."""
    found = reviews.review(place, status=Status.INFORMATION_COMPLETE)
    for account in (place.manager, *place.partners.values()):
        ConflictStatement.objects.get_or_create(matter=found.matter, account=account, defaults={"is_connected": False})
    return found
