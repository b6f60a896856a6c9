"""What the worker does in each round, in this order."""

from collections.abc import Callable

from django.utils import timezone

from sightline.partnership.case_reviews.workflow import chronology_analysis
from sightline.partnership.notices import rounds
from sightline.partnership.notices.delivery import deliver_due
from sightline.site.duties import DUTIES
from sightline.site.notice_handlers import compose


def send_letters() -> int:
    """Send what waits in the outbox."""
    return deliver_due(compose)


def do_duties() -> int:
    """Do the regular duties that have come round."""
    return rounds.do_due(DUTIES, at=timezone.now())


def read_chronologies() -> int:
    """Put the rules to a review's chronologies after its rows have changed."""
    return chronology_analysis.read_due()


CHORES: tuple[Callable[[], int], ...] = (send_letters, do_duties, read_chronologies)
