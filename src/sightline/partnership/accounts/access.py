"""Who may look after which accounts, and how strongly a person has just signed in."""

from datetime import date
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from sightline.partnership.accounts import roles
from sightline.partnership.accounts.models import Account, Invitation, RoleHolding
from sightline.partnership.agencies.abilities import is_entitled
from sightline.partnership.agencies.models import Agency
from sightline.procedures.access.allow import Asker
from sightline.procedures.errors import NotPermitted


def askers(account: Any, *, on: date | None = None, stepped_up: bool = False) -> tuple[Asker, ...]:
    """A person as the access policy sees them, once for each role held; nobody before sign-in."""
    return account.askers(on=on, stepped_up=stepped_up) if account.is_authenticated else ()


def stepped_up(request: HttpRequest) -> bool:
    """Whether the person has confirmed who they are within the last ten minutes."""
    return request.user.is_authenticated and did_recently_reauthenticate(request)


def second_factor_is_compulsory() -> bool:
    """Everywhere but in the example partnership, whose one password is printed at its start."""
    return not settings.IS_DEMO


def visible_accounts(account: Account) -> QuerySet[Account]:
    """All accounts, or one's own agency's, or none."""
    everybody = Account.objects.select_related("officer__agency")
    if is_entitled(account, "R", "K17"):
        return everybody
    if account.agency_id and is_entitled(account, "R", "K17", own=True):
        return everybody.filter(officer__agency=account.agency_id)
    return everybody.none()


def visible_invitations(account: Account) -> QuerySet[Invitation]:
    """Invitations to the accounts one may see."""
    everything = Invitation.objects.select_related("officer__agency", "invited_by__officer")
    if is_entitled(account, "R", "K17"):
        return everything
    if account.agency_id and is_entitled(account, "R", "K17", own=True):
        return everything.filter(officer__agency=account.agency_id)
    return everything.none()


def can_manage(account: Account, agency: Agency | None) -> bool:
    own = agency is not None and agency.pk == account.agency_id
    return is_entitled(account, "M", "K17", own=own)


def check_can_manage(account: Account, agency: Agency | None) -> None:
    if not can_manage(account, agency):
        raise NotPermitted("You do not look after the accounts of this agency.")


def can_grant(granter: Account, account: Account, role: str, on: date | None = None) -> bool:
    """Nobody gives themselves a role; an agency's lead gives only its own agency's roles."""
    held = granter.role_codes(on or timezone.localdate())
    return granter.pk != account.pk and can_manage(granter, account.agency) and roles.may_grant(held, role)


def check_can_grant(granter: Account, account: Account, role: str, on: date | None = None) -> None:
    if granter.pk == account.pk:
        raise NotPermitted("Nobody can give themselves a role. Ask another manager of accounts.")
    if not can_grant(granter, account, role, on):
        raise NotPermitted("You cannot give out this role.")


def grantable_roles(granter: Account, agency: Agency | None, on: date | None = None) -> list[str]:
    """The codes this person may give to people of an agency, in the order of the matrix."""
    if not can_manage(granter, agency):
        return []
    held = granter.role_codes(on or timezone.localdate())
    return [code for code in roles.ROLE_BY_CODE if roles.may_grant(held, code)]


def is_last_manager(account: Account, on: date | None = None) -> bool:
    """Whether nobody else could look after accounts; such an account is never suspended by the clock."""
    on = on or timezone.localdate()
    managing = RoleHolding.objects.in_force(on).filter(role__in=roles.MANAGERS_OF_ACCOUNTS, account__is_active=True)
    return managing.filter(account=account).exists() and not managing.exclude(account=account).exists()
