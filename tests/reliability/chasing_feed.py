"""Run in a process of its own: reminds the agencies of the example, working day after working day, until somebody kills it."""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from sightline.partnership.agencies.models import Officer  # noqa: E402
from sightline.partnership.case_reviews.models import AgencyRequest  # noqa: E402
from sightline.partnership.case_reviews.workflow import chasing  # noqa: E402
from sightline.partnership.need_to_know.models import Conflict  # noqa: E402
from sightline.partnership.notices.models import Notice  # noqa: E402

DAYS = 20
CONNECTED = "Ned Copperfold"


def begin() -> None:
    """Somebody who was asked turns out to be connected with the case before anything is sent."""
    officer = Officer.objects.get(name=CONNECTED)
    request = AgencyRequest.objects.get(asked_officer=officer, status="sent", review__status="information_requested")
    Conflict.objects.create(matter=request.matter, officer=officer, source="case_flag", reason="Invented.", declared_by=request.asked_by)


def chase() -> None:
    started = timezone.now()
    for day in range(DAYS):
        chasing.chase_all(at=started + timedelta(days=day))


def tell() -> None:
    """Print the rungs of each request, and the letters queued about it by moment."""
    waiting = AgencyRequest.objects.filter(status__in=chasing.WAITING, review__status="information_requested")
    connected = f"officer:{Officer.objects.get(name=CONNECTED).pk}"
    letters = Notice.objects.filter(template__in=[f"case_reviews.request_{kind}" for kind in ("reminder", "overdue", "escalated")])
    sys.stdout.write(json.dumps({
        "rungs": {request.pk: [event.detail for event in request.events.filter(what="chased")] for request in waiting},
        "letters": {request.pk: sorted(letters.filter(about=request.pk).values_list("template", "to")) for request in waiting},
        "to_connected": letters.filter(to=connected).count(),
    }))  # fmt: skip


if __name__ == "__main__":
    {"begin": begin, "chase": chase, "tell": tell}[sys.argv[1]]()
