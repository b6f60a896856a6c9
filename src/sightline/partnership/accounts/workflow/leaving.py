"""A leaver loses everything at once."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts import access
from sightline.partnership.accounts.models import Account, KnownDevice
from sightline.partnership.accounts.sessions import end_sessions
from sightline.partnership.accounts.workflow.role_holdings import end_all_roles
from sightline.partnership.agencies.workflow import directory
from sightline.partnership.audit_trail import trail
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def close_account(account: Account, *, reason: str, by: Account, at: datetime | None = None) -> Account:
    """Close a leaver's account for good: sessions, keys, roles and appointments end in this one transaction."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.check_can_manage(by, account.agency)
    if by.pk == account.pk:
        raise NotPermitted("Nobody closes their own account. Ask another manager of accounts.")
    if account.closed_at:
        raise NotAllowedNow("This account is already closed.")
    if access.is_last_manager(account):
        raise NotAllowedNow("Nobody else could look after accounts. Give another person that role first.")
    at = at or timezone.now()
    account.is_active, account.closed_at, account.closed_by, account.close_reason = False, at, by, reason
    # Were the account ever made active again by mistake, no earlier session, password or key would open it.
    account.set_unusable_password()
    account.save()
    end_sessions(account)
    Authenticator.objects.filter(user=account).delete()
    KnownDevice.objects.filter(account=account).delete()
    end_all_roles(account, by=by)
    officer = account.officer
    if officer is not None and (officer.valid_to is None or officer.valid_to >= timezone.localdate(at)):
        directory.end_quietly(officer, on=max(timezone.localdate(at), officer.valid_from), left_at=at)
    trail.record("account.closed", account, by=by, kind="K17")
    return account
