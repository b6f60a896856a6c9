"""Duties that come round: each is done by one worker at a time, once in its period, whoever dies over it."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from sightline.partnership.notices.models import WorkerDuty

logger = logging.getLogger(__name__)

AGAIN_AFTER_FAILURE: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Duty:
    """Something the worker does regularly, and by when a worker that began it must have died."""

    name: str
    every: timedelta
    do: Callable[[], object]
    longest: timedelta = timedelta(minutes=15)


def do_due(duties: Iterable[Duty], *, at: datetime) -> int:
    """Do what has come round; says how many duties were done."""
    next_by_name = dict(WorkerDuty.objects.values_list("name", "next_at"))
    return sum(_do(duty, at) for duty in duties if duty.name not in next_by_name or next_by_name[duty.name] <= at)


def _do(duty: Duty, at: datetime) -> bool:
    WorkerDuty.objects.get_or_create(name=duty.name, defaults={"next_at": at})
    # One statement decides between two workers. While it is done the next turn is at the time by which a living worker has ended.
    if not WorkerDuty.objects.filter(name=duty.name, next_at__lte=at).update(next_at=at + duty.longest, started_at=at):
        return False
    try:
        duty.do()
    except Exception as problem:
        logger.error("The worker could not do its duty %s (%s).", duty.name, type(problem).__name__)
        again = min(duty.every, AGAIN_AFTER_FAILURE)
        WorkerDuty.objects.filter(name=duty.name).update(next_at=timezone.now() + again, last_error=type(problem).__name__)
        return False
    WorkerDuty.objects.filter(name=duty.name).update(next_at=at + duty.every, finished_at=timezone.now(), last_error="")
    return True
