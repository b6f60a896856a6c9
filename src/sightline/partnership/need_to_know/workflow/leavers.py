"""A leaver loses everything at once: the account, and every way in to every matter."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts import workflow as accounts
from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know.models import BreakGlass, CaseAccess, Clearance, Grant, Membership
from sightline.partnership.need_to_know.models.case_access import grantee_principal, member_principal

LEFT = "Left, or the account was closed"


@transaction.atomic
def leave(account: Account, *, by: Account, reason: str = LEFT, at: datetime | None = None) -> Account:
    """Close an account and end its memberships, grants, clearances and emergency openings, all or nothing."""
    account = accounts.close_account(account, reason=reason, by=by, at=at)
    now = at or timezone.now()
    for model in (Membership, Grant, Clearance):
        model.objects.filter(account=account, ended_at__isnull=True).update(ended_at=now, ended_by=by, end_reason=LEFT)
    BreakGlass.objects.open_at(now).filter(account=account).update(ends_at=now)
    CaseAccess.objects.filter(principal__in=[member_principal(account.pk), grantee_principal(account.pk)]).delete()
    trail.record("leaver.let_go", account, by=by, kind="K17m")
    return account
