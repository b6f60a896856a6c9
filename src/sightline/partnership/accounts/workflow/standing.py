"""Accounts are confirmed every 90 days, suspended when nobody confirms or uses them, and restored."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sightline.partnership.accounts import access
from sightline.partnership.accounts.models import Account, SuspendedFor
from sightline.partnership.accounts.sessions import end_sessions
from sightline.partnership.audit_trail import trail
from sightline.partnership.notices import outbox
from sightline.procedures.errors import NotAllowedNow, NotPermitted

CONFIRMED_FOR = timedelta(days=90)
WARNED_BEFORE = (timedelta(days=14), timedelta(days=3))
DORMANT_AFTER = timedelta(days=45)


@transaction.atomic
def attest(account: Account, *, by: Account, at: datetime | None = None) -> Account:
    """Confirm that a person still works for the agency and still needs the account; one suspended for want of it comes back."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.check_can_manage(by, account.agency)
    if by.pk == account.pk:
        raise NotPermitted("Nobody confirms their own account. Ask another lead or the business manager.")
    if account.closed_at:
        raise NotAllowedNow("This account is closed.")
    account.attested_at, account.attested_by = at or timezone.now(), by
    if account.suspended_for == SuspendedFor.NOT_CONFIRMED:
        _lift_suspension(account)
    account.save()
    trail.record("account.confirmed", account, by=by, kind="K17")
    return account


@transaction.atomic
def suspend(account: Account, *, reason: str = SuspendedFor.BY_HAND, by: Account | None) -> Account:
    """Stop an account for the time being; its sessions end at once. `by` is nobody when the clock does it."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if by is not None:
        access.check_can_manage(by, account.agency)
        if by.pk == account.pk:
            raise NotPermitted("Nobody suspends their own account.")
    if not account.is_active:
        raise NotAllowedNow("This account is already suspended or closed.")
    account.is_active, account.suspended_at, account.suspended_for = False, timezone.now(), reason
    account.save()
    end_sessions(account)
    outbox.queue("account.suspended", to=account.pk)
    trail.record("account.suspended", account, by=by, kind="K17")
    return account


@transaction.atomic
def restore(account: Account, *, by: Account) -> Account:
    """Bring a suspended account back, confirmed afresh."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.check_can_manage(by, account.agency)
    if by.pk == account.pk:
        raise NotPermitted("Nobody restores their own account.")
    if not account.suspended_at or account.closed_at:
        raise NotAllowedNow("This account is not suspended.")
    _lift_suspension(account)
    account.attested_at, account.attested_by = timezone.now(), by
    account.save()
    trail.record("account.restored", account, by=by, kind="K17")
    return account


@transaction.atomic
def record_training(account: Account, *, valid_until, by: Account) -> Account:
    """Record until when a person's training in sharing information holds."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.check_can_manage(by, account.agency)
    if by.pk == account.pk:
        raise NotPermitted("Nobody records their own training.")
    account.training_valid_until = valid_until
    account.save()
    trail.record("account.training_recorded", account, by=by, kind="K17")
    return account


def suspend_lapsed(*, at: datetime) -> list[Account]:
    """For the worker: suspend whom nobody has confirmed for 90 days, except the last person who could put it right."""
    due = Account.objects.filter(is_active=True, attested_at__lt=at - CONFIRMED_FOR).order_by("pk")
    return [suspend(account, reason=SuspendedFor.NOT_CONFIRMED, by=None) for account in due if not access.is_last_manager(account)]


def suspend_dormant(*, at: datetime) -> list[Account]:
    """For the worker: suspend accounts that nobody has signed in with for 45 days."""
    before = at - DORMANT_AFTER
    unused = Q(last_seen_at__lt=before) | Q(last_seen_at=None, joined_at__lt=before)
    # An account brought back by hand has another 45 days.
    due = Account.objects.filter(unused, is_active=True, attested_at__lt=before).order_by("pk")
    return [suspend(account, reason=SuspendedFor.DORMANT, by=None) for account in due if not access.is_last_manager(account)]


@transaction.atomic
def warn_of_lapsing(*, at: datetime) -> int:
    """For the worker: tell those who look after accounts which will lapse in 14 or 3 days, once on each of those days."""
    today, count = timezone.localdate(at), 0
    days = [today + before - CONFIRMED_FOR for before in WARNED_BEFORE]
    not_yet = Q(lapse_warned_on=None) | Q(lapse_warned_on__lt=today)
    for account in Account.objects.filter(not_yet, is_active=True, attested_at__date__in=days).order_by("pk"):
        for manager in managers_of(account):
            outbox.queue("account.confirmation_due", to=manager.pk, about=account.pk)
            count += 1
        Account.objects.filter(pk=account.pk).update(lapse_warned_on=today)
    return count


def look_after_accounts() -> None:
    """The worker's hourly duty: warn, then suspend what has lapsed or lies unused."""
    if settings.IS_DEMO:
        return  # nobody confirms Arden's people, and whoever comes back to the example must find it open
    now = timezone.now()
    warn_of_lapsing(at=now)
    suspend_lapsed(at=now)
    suspend_dormant(at=now)


def managers_of(account: Account) -> list[Account]:
    """Who can confirm an account: its agency's leads, else the business managers."""
    today = timezone.localdate()
    others = [
        other for other in Account.objects.filter(is_active=True).exclude(pk=account.pk).select_related("officer__agency").order_by("pk")
    ]
    leads = [other for other in others if account.agency_id and other.agency_id == account.agency_id and "AL" in other.role_codes(today)]
    return leads or [other for other in others if "BM" in other.role_codes(today)]


def _lift_suspension(account: Account) -> None:
    account.is_active, account.suspended_at, account.suspended_for = True, None, ""
