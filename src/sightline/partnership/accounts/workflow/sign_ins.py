"""A sign-in is recorded, and a new device is reported to the person."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from sightline.partnership.accounts.models import Account, KnownDevice
from sightline.partnership.audit_trail import trail
from sightline.partnership.notices import outbox


@transaction.atomic
def note_sign_in(account: Account, *, device: str, at: datetime) -> str:
    """Record a sign-in; from a device not seen before the person is told. Returns the device's secret for its cookie."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    Account.objects.filter(pk=account.pk).update(last_seen_at=at)
    if not device or not KnownDevice.objects.filter(account=account, fingerprint=_fingerprint(device)).exists():
        device = secrets.token_urlsafe(32)
        KnownDevice.objects.create(account=account, fingerprint=_fingerprint(device))
        outbox.queue("account.new_sign_in", to=account.pk)
    trail.record("account.signed_in", account, by=account, kind="K17")
    return device


@transaction.atomic
def note_security_change(account: Account, *, change: str) -> None:
    """Record that a password or second factor was changed, and tell the person."""
    outbox.queue("account.security_changed", to=account.pk)
    trail.record(f"account.{change}", account, by=account, kind="K17")


@transaction.atomic
def queue_password_reset(account: Account) -> None:
    """Queue the letter with a link for a new password; a closed or suspended account gets none, and the page says the same."""
    if not account.is_active or not account.has_usable_password():
        return
    outbox.queue("account.password_reset", to=account.pk)
    trail.record("account.password_reset_asked", account, by=None, kind="K17")


def _fingerprint(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
