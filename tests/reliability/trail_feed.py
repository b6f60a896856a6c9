"""Run in a process of its own: does small moves one after another, each with its audit row, and says which were acknowledged."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from sightline.partnership.audit_trail import trail  # noqa: E402
from sightline.partnership.audit_trail.models import AuditEvent  # noqa: E402
from sightline.partnership.notices import outbox  # noqa: E402
from sightline.partnership.notices.models import Notice  # noqa: E402


def feed() -> None:
    """Move and read without end; every number said has been committed."""
    while True:
        with transaction.atomic():
            notice = outbox.queue("account.new_sign_in", to="nobody")
            event = trail.record("notice.queued", notice, by="writer", kind="K17")
        _say(f"done {event.seq} {notice.pk}")
        _say(f"shown {trail.record_reading('notice.read', notice, by='reader', kind='K17').seq} {notice.pk}")


def tell() -> None:
    """Say which moves have their row and which rows their move."""
    moved = set(Notice.objects.values_list("pk", flat=True))
    recorded = set(AuditEvent.objects.filter(action="notice.queued").values_list("object_id", flat=True))
    numbers = list(AuditEvent.objects.order_by("seq").values_list("seq", flat=True))
    _say(f"{len(moved - recorded)} {len(recorded - moved)} {numbers[-1]} {int(numbers == list(range(1, len(numbers) + 1)))}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    tell() if sys.argv[1:] == ["tell"] else feed()
