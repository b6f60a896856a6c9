"""Duties that come round."""

from datetime import timedelta

from django.utils import timezone

from sightline.partnership.notices.models import WorkerDuty
from sightline.partnership.notices.rounds import Duty, do_due

DAY = timedelta(days=1)


def test_duty_is_done_once_in_its_period(db: None) -> None:
    done: list[int] = []
    duty = Duty("counting", DAY, lambda: done.append(1))
    now = timezone.now()

    counts = [do_due([duty], at=now + after) for after in (timedelta(0), DAY / 2, DAY, DAY + DAY / 2)]

    assert counts == [1, 0, 1, 0]
    assert len(done) == 2


def test_duty_that_fails_is_tried_again_soon(db: None) -> None:
    def fail() -> None:
        raise LookupError("Example Child")

    now = timezone.now()
    do_due([Duty("failing", DAY, fail)], at=now)

    kept = WorkerDuty.objects.get()
    assert kept.last_error == "LookupError"
    assert kept.next_at - now < timedelta(minutes=6)


def test_duty_whose_worker_died(db: None) -> None:
    done: list[int] = []
    duty = Duty("dying", DAY, lambda: done.append(1))
    now = timezone.now()
    # As a worker leaves it that was killed in the middle.
    WorkerDuty.objects.create(name="dying", next_at=now + duty.longest, started_at=now)

    assert [do_due([duty], at=now), do_due([duty], at=now + duty.longest)] == [0, 1]


def test_duty_that_another_worker_has_just_begun(db: None) -> None:
    done: list[int] = []
    duty = Duty("inner", DAY, lambda: done.append(1))
    now = timezone.now()
    outer = Duty("outer", DAY, lambda: do_due([duty], at=now))

    # The list of what is due was read before the inner one was done by somebody else.
    do_due([outer, duty], at=now)

    assert done == [1]
