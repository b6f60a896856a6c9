"""Putting a letter into the outbox, inside the transaction of what it tells about."""

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sightline.partnership.notices.models import Notice, State
from sightline.procedures.references import new_ulid

_TEMPLATE: Final = re.compile(r"[a-z_]+\.[a-z_]+")
_ID: Final = re.compile(r"[A-Za-z0-9_:-]{0,64}")


def queue(template: str, *, to: str, about: str = "", matter_id: str = "", not_before: datetime | None = None) -> Notice:
    """Queue a letter to one person. Only ids: its words are composed, and its reader's right asked again, when it is sent."""
    if not connection.in_atomic_block:
        raise RuntimeError("A letter is queued inside the transaction of what it tells about.")
    if not _TEMPLATE.fullmatch(template) or not to or not all(_ID.fullmatch(text) for text in (to, about, matter_id)):
        raise ValueError("The outbox keeps ids only, never a name, an address or a value.")
    now = timezone.now()
    notice_id = new_ulid()
    return Notice.objects.create(
        id=notice_id,
        template=template,
        to=to,
        about=about,
        matter_id=matter_id,
        # The same on every attempt, so that a letter that arrives twice can be told to be one.
        message_id=f"<{notice_id}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}>",
        queued_at=now,
        not_before=not_before or now,
    )


def send_again(notice: Notice) -> Notice:
    """Give a letter that was given up another series of attempts."""
    Notice.objects.filter(pk=notice.pk, state=State.FAILED).update(state=State.QUEUED, attempts=0, not_before=timezone.now())
    notice.refresh_from_db()
    return notice
