"""Arden: an invented partnership with invented people and events, for trying Sightline out. Nothing here is real."""

from datetime import date

from django.db import transaction

from sightline.partnership.agencies.models import Partnership
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.notices.models import Notice
from sightline.procedures.rapid_review import ENDED_RAPID_REVIEW
from sightline.site.demo import incidents, partnership
from sightline.site.demo.partnership import sign_ins

__all__ = ["load", "sign_ins"]


@transaction.atomic
def load(started_on: date) -> bool:
    """Fill an empty database with Arden; False, and nothing done, when there is a partnership already."""
    if Partnership.objects.exists():
        return False
    partnership.load_partnership(started_on)
    incidents.load_incidents(started_on)
    # What was asked in reviews that ended years ago was read years ago.
    ended = RapidReview.objects.filter(status__in=ENDED_RAPID_REVIEW).values("incident__matter")
    Notice.objects.filter(matter_id__in=ended, template__startswith="case_reviews.request_").delete()
    return True
