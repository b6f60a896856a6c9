"""Sending what waits: claimed under a lease, permission asked again, one message to one person, tried until it has gone."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from sightline.partnership.notices.message import Message
from sightline.partnership.notices.models import Notice, State

logger = logging.getLogger(__name__)

Compose = Callable[[Notice], Message | None]
"""Asks again whether the person may be told, and composes; nothing means that they may not."""

LONGEST_PAUSE: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 90
"""With pauses of up to an hour, three days and a half: longer than a mail server is down over a weekend."""


class NoticeMail(EmailMessage):
    """A mail that knows which letter it is, for the demo that keeps it."""

    notice_id = ""


class NotTaken(Exception):
    """The mail server took no message and gave no reason."""


def deliver_due(compose: Compose, *, limit: int = 50) -> int:
    """Send what is due, at most so many; says how many were taken up."""
    for count in range(limit):
        notice = claim(at=timezone.now())
        if notice is None:
            return count
        deliver(notice, compose)
    return limit


def claim(*, at: datetime) -> Notice | None:
    """Take one letter, so that no other worker takes it while the lease lasts."""
    due = Notice.objects.due(at)
    # Asked first without a lock: an idle worker must not hold up the writers of the embedded database.
    if not due.exists():
        return None
    with transaction.atomic():
        notice = due.select_for_update(skip_locked=True).order_by("not_before", "id").first()
        if notice is None:
            return None
        notice.state, notice.lease_until = State.SENDING, at + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
        notice.attempts += 1
        notice.save(update_fields=["state", "lease_until", "attempts"])
    return notice


def deliver(notice: Notice, compose: Compose) -> None:
    """Send one claimed letter, or note why not."""
    try:
        message = compose(notice)
        if message is not None:
            _send(notice, message)
    except Exception as problem:
        # Whatever the mail server or a faulty template does, the letter stays and is tried again. Only the class of the error
        # is kept: its words could hold an address.
        _put_back(notice, type(problem).__name__)
        return
    now = timezone.now()
    if message is None:
        _finish(notice, state=State.WITHDRAWN)
    else:
        _finish(notice, state=State.SENT, sent_at=now)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, never more than an hour, and not all at once."""
    base = settings.NOTICE_RETRY_SECONDS * 2 ** min(attempts - 1, 20)
    return min(timedelta(seconds=base), LONGEST_PAUSE) * random.uniform(0.75, 1.0)


def _send(notice: Notice, message: Message) -> None:
    mail = NoticeMail(
        subject=message.marked_subject,
        body=message.marked_body,
        to=[message.to],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        connection=get_connection(fail_silently=False),
    )
    mail.notice_id = notice.pk
    if mail.send() != 1:
        raise NotTaken


def _put_back(notice: Notice, error: str) -> None:
    if notice.attempts >= MOST_ATTEMPTS:
        _finish(notice, state=State.FAILED, last_error=error)
        logger.error("A letter was given up after %s attempts (%s). The page on deliveries shows it.", notice.attempts, error)
    else:
        _finish(notice, state=State.QUEUED, last_error=error, not_before=timezone.now() + pause_after(notice.attempts))


def _finish(notice: Notice, **changes: object) -> None:
    # Only while it is still ours: a sender that was slower than its lease must not undo what the next one did.
    Notice.objects.filter(pk=notice.pk, state=State.SENDING, attempts=notice.attempts).update(lease_until=None, **changes)
