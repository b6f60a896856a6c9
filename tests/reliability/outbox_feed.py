"""Run in a process of its own: queues letters to invented people, some of whom are shut out before their letter is due."""

import json
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from sightline.partnership.accounts.models import Account, SuspendedFor  # noqa: E402
from sightline.partnership.notices import outbox  # noqa: E402
from sightline.partnership.notices.models import Notice  # noqa: E402

TEMPLATE = "account.security_changed"
EVERY_TENTH = 10


def feed(count: int) -> None:
    """Queue so many letters, one transaction each, and shut out every tenth reader after queueing."""
    readers = [_account(f"reader{number}") for number in range(40)]
    for number in range(count):
        if number % EVERY_TENTH:
            with transaction.atomic():
                outbox.queue(TEMPLATE, to=readers[number % len(readers)].pk)
        else:
            _queue_and_shut_out(_account(f"removed{number}"))
        time.sleep(0.01)


def _queue_and_shut_out(account: Account) -> None:
    now = timezone.now()
    with transaction.atomic():
        outbox.queue(TEMPLATE, to=account.pk, not_before=now + timedelta(seconds=2))
    Account.objects.filter(pk=account.pk).update(is_active=False, suspended_at=now, suspended_for=SuspendedFor.BY_HAND)


def _account(name: str) -> Account:
    return Account.objects.create(email=f"{name}@hartshire.example", known_as=f"Canaryname {name}", password="!")


def tell() -> None:
    """Print how every letter stands."""
    email_by_id = dict(Account.objects.values_list("pk", "email"))
    rows = Notice.objects.values_list("message_id", "state", "attempts", "to")
    sys.stdout.write(json.dumps([[message_id, state, attempts, email_by_id[to]] for message_id, state, attempts, to in rows]))


if __name__ == "__main__":
    if sys.argv[1] == "tell":
        tell()
    else:
        feed(int(sys.argv[1]))
