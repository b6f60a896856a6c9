"""People are invited, accept, are invited again, or have the invitation taken back."""

from collections.abc import Iterable
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts import access, roles, tokens
from sightline.partnership.accounts.models import Account, Invitation, RoleHolding, TermsAcceptance, TermsOfUse
from sightline.partnership.accounts.models.invitation import LASTS
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.notices import outbox
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def invite(officer: Officer, *, email: str, role_codes: Iterable[str], by: Account, ends_on: date | None = None) -> Invitation:
    """Invite a person of an agency; its terms of use must exist, because they are accepted at entry."""
    officer = Officer.objects.select_for_update().select_related(None).get(pk=officer.pk)
    access.check_can_manage(by, officer.agency)
    codes = list(dict.fromkeys(role_codes))
    _check_roles(codes, by=by, ends_on=ends_on)
    if by.officer_id == officer.pk:
        raise NotPermitted("Nobody can invite themselves. Ask another manager of accounts.")
    if not officer.is_serving(timezone.localdate()):
        raise NotAllowedNow(f"{officer.name} no longer works for {officer.agency}. Add them to the directory again first.")
    if Account.objects.filter(officer=officer).exists():
        raise NotAllowedNow(f"{officer.name} already has an account.")
    if TermsOfUse.objects.latest_of(officer.agency_id) is None:
        raise NotAllowedNow(f"{officer.agency} has no terms of use yet. Publish them before you invite its people.")
    invitation = _issue(Invitation(officer=officer, email=_free_address(email), roles=codes, roles_end_on=ends_on, invited_by=by))
    outbox.queue("account.invitation", to=f"invitation:{invitation.pk}", about=invitation.pk)
    trail.record("invitation.sent", invitation, by=by, kind="K17")
    return invitation


@transaction.atomic
def invite_first_administrator(*, email: str, name: str) -> Invitation:
    """Make the link by which a new partnership's first administrator comes in; only while nobody administers the system."""
    if RoleHolding.objects.in_force(timezone.localdate()).filter(role="SA", account__is_active=True).exists():
        raise NotAllowedNow("This partnership already has an administrator, who can invite others.")
    address = email.strip().lower()
    open_one = Invitation.objects.select_for_update().filter(email=address, accepted_at=None, revoked_at=None).first()
    if open_one is not None:
        open_one.issue_number += 1
        invitation = _issue(open_one)
    else:
        invitation = _issue(Invitation(email=_free_address(address), known_as=name, roles=["SA"]))
    trail.record("invitation.sent", invitation, by=None, kind="K17")
    return invitation


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, token: str, password: str | None, accepts_terms: bool, at: datetime | None = None
) -> Account:
    """Make the invited person's account. The link is used up; no password means that their organisation signs them in."""
    at = at or timezone.now()
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    still = tokens.invitation_of(token, at=at)
    if still is None or still.pk != invitation.pk:
        raise NotAllowedNow("This link can no longer be used. Ask the person who invited you for a new one.")
    terms = TermsOfUse.objects.latest_of(invitation.officer.agency_id if invitation.officer else None)
    if terms is not None and not accepts_terms:
        raise NotAllowedNow("You can come in only when you accept the terms of use.")
    account = Account(email=invitation.email, officer=invitation.officer, known_as=invitation.known_as, joined_at=at, attested_at=at)
    account.attested_by = invitation.invited_by
    account.set_password(password)
    account.full_clean(exclude=["password"])
    account.save(force_insert=True)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    if terms is not None:
        TermsAcceptance.objects.create(account=account, terms=terms)
    today = timezone.localdate(at)
    for code in invitation.roles:
        if invitation.roles_end_on is None or invitation.roles_end_on >= today:
            RoleHolding.objects.create(
                account=account, role=code, valid_from=today, valid_to=invitation.roles_end_on, granted_by=invitation.invited_by
            )
    invitation.accepted_at, invitation.account = at, account
    invitation.save()
    trail.record("invitation.accepted", invitation, by=account, kind="K17")
    return account


@transaction.atomic
def reissue(invitation: Invitation, *, by: Account) -> Invitation:
    """Send a new link; the earlier one stops working at once."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    access.check_can_manage(by, _agency_of(invitation))
    if invitation.accepted_at or invitation.revoked_at:
        raise NotAllowedNow("This invitation has been used or taken back. Send a new one.")
    _check_roles(invitation.roles, by=by, ends_on=invitation.roles_end_on)
    invitation.issue_number += 1
    invitation = _issue(invitation)
    outbox.queue("account.invitation", to=f"invitation:{invitation.pk}", about=invitation.pk)
    trail.record("invitation.reissued", invitation, by=by, kind="K17")
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: Account) -> Invitation:
    """Take an invitation back."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    access.check_can_manage(by, _agency_of(invitation))
    if invitation.accepted_at:
        raise NotAllowedNow("This invitation has been used. Close the account instead.")
    if invitation.revoked_at:
        raise NotAllowedNow("This invitation has already been taken back.")
    invitation.revoked_at, invitation.revoked_by = timezone.now(), by
    invitation.save()
    trail.record("invitation.revoked", invitation, by=by, kind="K17")
    return invitation


def _issue(invitation: Invitation) -> Invitation:
    now = timezone.now()
    invitation.invited_at, invitation.expires_at = now, now + LASTS
    invitation.fingerprint = tokens.fingerprint_of(tokens.token_of(invitation))
    invitation.full_clean()
    invitation.save()
    return invitation


def _agency_of(invitation: Invitation):
    return invitation.officer.agency if invitation.officer else None


def _check_roles(codes: list[str], *, by: Account, ends_on: date | None) -> None:
    if not codes:
        raise NotAllowedNow("Choose at least one role.")
    held = by.role_codes(timezone.localdate())
    for code in codes:
        if not roles.may_grant(held, code):
            raise NotPermitted("You cannot give out this role.")
        if code in roles.MUST_END and ends_on is None:
            raise NotAllowedNow(f"Enter the last day: {roles.name_of(code)} is a role for a set time.")
        if reason := roles.clash(frozenset(codes) - {code}, code):
            raise NotAllowedNow(reason)


def _free_address(email: str) -> str:
    address = email.strip().lower()
    if Account.objects.filter(email__iexact=address).exists():
        raise NotAllowedNow("There is already an account with this e-mail address.")
    if Invitation.objects.filter(email=address, accepted_at=None, revoked_at=None).exists():
        raise NotAllowedNow("There is already an invitation to this e-mail address. Send it again, or take it back first.")
    return address
