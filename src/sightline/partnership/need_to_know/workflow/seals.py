"""Keeping a matter from a whole agency but for named persons, and clearing people for what is sealed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import AgencySeal, Clearance, Matter
from sightline.partnership.need_to_know.workflow import lifting
from sightline.procedures.access.allow import SEALS
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def place(matter: Matter, *, agency: Agency, named: Iterable[Account], reason: str, by: Account) -> AgencySeal:
    """Keep a matter from everybody in an agency but the persons named."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    access.check(by, "M", "K18", matter=matter)
    named = list(named)
    if not reason.strip():
        raise NotAllowedNow("Say why the agency is kept out.")
    _check_of_agency(agency, named)
    if AgencySeal.objects.live().filter(matter=matter, agency=agency).exists():
        raise NotAllowedNow("This matter is already sealed from this agency.")
    seal = AgencySeal.objects.create(matter=matter, agency=agency, reason=reason.strip(), placed_by=by)
    seal.named.set(named)
    seal.kept_out.set(Account.objects.filter(officer__agency=agency).exclude(pk__in=[account.pk for account in named]))
    trail.record("seal.placed", seal, by=by, kind="K18", matter_id=matter.pk)
    return seal


@transaction.atomic
def name_person(seal: AgencySeal, *, account: Account, by: Account) -> AgencySeal:
    """Let one more person of a sealed agency keep access; decided by somebody outside that agency."""
    seal = _locked(seal, by)
    access.check(by, "M", "K18", matter=seal.matter)
    if seal.is_lifted:
        raise NotAllowedNow("This seal has been lifted.")
    if account.agency_id != seal.agency_id and not seal.kept_out.filter(pk=account.pk).exists():
        raise NotAllowedNow("This person is not kept out by the seal.")
    seal.named.add(account)
    seal.kept_out.remove(account)
    trail.record("seal.person_named", seal, by=by, kind="K18", matter_id=seal.matter_id)
    return seal


@transaction.atomic
def unname_person(seal: AgencySeal, *, account: Account, by: Account) -> AgencySeal:
    """Keep out a person who was named before."""
    seal = _locked(seal, by)
    access.check(by, "M", "K18", matter=seal.matter)
    if seal.is_lifted:
        raise NotAllowedNow("This seal has been lifted.")
    seal.named.remove(account)
    seal.kept_out.add(account)
    trail.record("seal.person_kept_out", seal, by=by, kind="K18", matter_id=seal.matter_id)
    return seal


@transaction.atomic
def propose_lift(seal: AgencySeal, *, reason: str, by: Account) -> AgencySeal:
    """Propose, as one of the two, that the agency be no longer kept out."""
    seal = lifting.propose(_locked(seal, by), reason=reason, by=by)
    trail.record("seal.lift_proposed", seal, by=by, kind="K18", matter_id=seal.matter_id)
    return seal


@transaction.atomic
def confirm_lift(seal: AgencySeal, *, reason: str, by: Account) -> AgencySeal:
    """Lift a seal, as the second of the two."""
    seal = lifting.confirm(_locked(seal, by), reason=reason, by=by)
    trail.record("seal.lifted", seal, by=by, kind="K18", matter_id=seal.matter_id)
    return seal


@transaction.atomic
def withdraw_lift(seal: AgencySeal, *, by: Account) -> AgencySeal:
    """Turn down or take back a proposal."""
    seal = lifting.withdraw(_locked(seal, by), by=by)
    trail.record("seal.lift_withdrawn", seal, by=by, kind="K18", matter_id=seal.matter_id)
    return seal


@transaction.atomic
def clear(matter: Matter, *, account: Account, seal: str, reason: str, by: Account, valid_to: date | None = None) -> Clearance:
    """Clear a person for what bears a seal in this matter. Nobody clears themselves."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    access.check(by, "M", "K17m", matter=matter)
    if account == by:
        raise NotPermitted
    today = timezone.localdate()
    if seal not in SEALS:
        raise NotAllowedNow("Choose what the person is cleared for.")
    if not reason.strip():
        raise NotAllowedNow("Say why this person needs the clearance.")
    if valid_to is not None and valid_to < today:
        raise NotAllowedNow("The last day must be today or later.")
    if not any(access.may_hold_clearance(asker.role, seal) for asker in askers(account)):
        raise NotAllowedNow("This person's role cannot be cleared for this.")
    if Clearance.objects.not_over(today).filter(matter=matter, account=account, seal=seal).exists():
        raise NotAllowedNow("This person is already cleared for this.")
    clearance = Clearance.objects.create(
        matter=matter, account=account, seal=seal, reason=reason.strip(), valid_from=today, valid_to=valid_to, added_by=by
    )
    trail.record("clearance.given", clearance, by=by, kind="K17m", matter_id=matter.pk)
    return clearance


@transaction.atomic
def end_clearance(clearance: Clearance, *, reason: str, by: Account) -> Clearance:
    """Take a clearance back at once."""
    clearance = Clearance.objects.select_for_update().select_related("matter").get(pk=clearance.pk)
    access.check(by, "M", "K17m", matter=clearance.matter)
    if not reason.strip():
        raise NotAllowedNow("Say why the clearance ends.")
    if clearance.is_over(timezone.localdate()):
        raise NotAllowedNow("This clearance has already ended.")
    clearance.ended_at, clearance.ended_by, clearance.end_reason = timezone.now(), by, reason.strip()
    clearance.save(update_fields=["ended_at", "ended_by", "end_reason"])
    trail.record("clearance.ended", clearance, by=by, kind="K17m", matter_id=clearance.matter_id)
    return clearance


def _locked(seal: AgencySeal, by: Account) -> AgencySeal:
    seal = AgencySeal.objects.select_for_update().get(pk=seal.pk)
    if by.agency_id == seal.agency_id:
        raise NotPermitted  # whoever is in the agency has no say in whom it is kept from
    return seal


def _check_of_agency(agency: Agency, named: list[Account]) -> None:
    strangers = [account.name for account in named if account.agency_id != agency.pk]
    if strangers:
        raise NotAllowedNow(f"{strangers[0]} is not in {agency}. Name only people of that agency.")
