"""Arden: an invented partnership with invented people and events, for trying Sightline out. Nothing here is real."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Partnership
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.case_reviews.workflow import chronology_analysis
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
    with _leavers_at_their_posts():
        incidents.load_incidents(started_on)
    # The worker would read the chronologies by the rules in its first minute, and the first page would show nothing of them till then.
    while chronology_analysis.read_due():
        pass
    # What was asked in reviews that ended years ago was read years ago.
    ended = RapidReview.objects.filter(status__in=ENDED_RAPID_REVIEW).values("incident__matter")
    for kind in ("request_", "sign", "text_", "panel_"):
        Notice.objects.filter(matter_id__in=ended, template__startswith=f"case_reviews.{kind}").delete()
    return True


@contextmanager
def _leavers_at_their_posts() -> Iterator[None]:
    """Whoever has left since did their part at the time: their accounts are open while the past is played, and closed again after it."""
    leavers = list(Account.objects.filter(closed_at__isnull=False).values("pk", "is_active", "closed_at", "close_reason"))
    Account.objects.filter(pk__in=[row["pk"] for row in leavers]).update(is_active=True, closed_at=None, close_reason="")
    yield
    for row in leavers:
        Account.objects.filter(pk=row.pop("pk")).update(**row)
