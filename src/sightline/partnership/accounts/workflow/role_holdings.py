"""Roles are granted and ended, never by a person for themselves."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sightline.partnership.accounts import access, roles
from sightline.partnership.accounts.models import Account, RoleHolding
from sightline.partnership.audit_trail import trail
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def grant_role(account: Account, *, role: str, by: Account, valid_from: date | None = None, valid_to: date | None = None) -> RoleHolding:
    """Give an account a role from a day, for good or to a last day."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    access.check_can_grant(by, account, role)
    today = timezone.localdate()
    valid_from = valid_from or today
    if account.closed_at:
        raise NotAllowedNow("This account is closed.")
    if valid_from < today:
        raise NotAllowedNow("A role cannot begin in the past. Enter today or a later day.")
    if valid_to is not None and valid_to < valid_from:
        raise NotAllowedNow("The last day must be the same as or after the first day.")
    if role in roles.MUST_END and valid_to is None:
        raise NotAllowedNow(f"Enter the last day: {roles.name_of(role)} is a role for a set time.")
    not_over = account.role_holdings.filter(ended_at=None).filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    if not_over.filter(role=role).exists():
        raise NotAllowedNow(f"{account.name} already holds this role. End it first to change its dates.")
    if reason := roles.clash(frozenset(not_over.values_list("role", flat=True)), role):
        raise NotAllowedNow(reason)
    holding = RoleHolding(account=account, role=role, valid_from=valid_from, valid_to=valid_to, granted_by=by)
    holding.full_clean()
    holding.save(force_insert=True)
    trail.record("role.granted", holding, by=by, kind="K17")
    return holding


@transaction.atomic
def end_role(holding: RoleHolding, *, by: Account) -> RoleHolding:
    """End a role now; the next request no longer has it."""
    holding = RoleHolding.objects.select_for_update().get(pk=holding.pk)
    access.check_can_manage(by, holding.account.agency)
    if not roles.may_grant(by.role_codes(timezone.localdate()), holding.role):
        raise NotPermitted("You cannot end a role that you could not give out.")
    if holding.ended_at or (holding.valid_to and holding.valid_to < timezone.localdate()):
        raise NotAllowedNow("This role has already ended.")
    if holding.role in roles.MANAGERS_OF_ACCOUNTS and access.is_last_manager(holding.account):
        raise NotAllowedNow("Nobody else could look after accounts. Give another person that role first.")
    _end(holding, by=by)
    trail.record("role.ended", holding, by=by, kind="K17")
    return holding


def end_all_roles(account: Account, *, by: Account | None) -> None:
    """End whatever roles an account still has, as part of a larger move."""
    for holding in account.role_holdings.select_for_update().filter(ended_at=None):
        if holding.valid_to is None or holding.valid_to >= timezone.localdate():
            _end(holding, by=by)


def _end(holding: RoleHolding, *, by: Account | None) -> None:
    holding.ended_at, holding.ended_by = timezone.now(), by
    holding.valid_to = max(timezone.localdate(), holding.valid_from)
    holding.save()
