"""The panel of a review has met: the stage follows from the meeting that was held, with its day."""

from datetime import datetime

from django.db import transaction

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.workflow import rapid_reviews
from sightline.partnership.meetings.models import Meeting
from sightline.procedures import rapid_review
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status


def held(review: RapidReview) -> Meeting | None:
    """The panel meeting of this review that was held, the last if there were several."""
    return Meeting.objects.filter(matter=review.matter, kind="panel", status="held").last()


def awaits_record(review: RapidReview) -> bool:
    """Whether the panel has met and the review does not know it yet."""
    return Status.PANEL_HELD in rapid_review.moves_from(Status(review.status)) and held(review) is not None


@transaction.atomic
def has_met(review: RapidReview, *, by: Account, at: datetime | None = None) -> RapidReview:
    """Take the review on from the meeting that was held."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_write_report(by, review)
    meeting = held(review)
    if meeting is None:
        raise NotAllowedNow("No panel meeting of this review has been held yet.")
    return rapid_reviews.note_status(review, to=Status.PANEL_HELD, by=by, happened_on=meeting.held_on, at=at)
