"""Keeping people out of matters they are personally connected with. A block beats every right, and hides that the matter exists."""

from django.db import transaction

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import Conflict, ConflictStatement, Matter
from sightline.partnership.need_to_know.models.conflict import Source
from sightline.partnership.need_to_know.workflow import lifting, registers
from sightline.partnership.need_to_know.workflow.registers import match_registers
from sightline.partnership.notices import outbox
from sightline.procedures.errors import NotAllowedNow, NotPermitted

__all__ = ["confirm_lift", "declare", "match_registers", "propose_lift", "state_position", "withdraw_lift"]


@transaction.atomic
def declare(matter: Matter, *, reason: str, by: Account, account: Account | None = None, officer: Officer | None = None) -> Conflict:
    """Keep somebody out because they, or a relative of theirs, are part of the matter. Never about oneself."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    officer = officer or (account.officer if account else None)
    account = account or getattr(officer, "account", None)
    if account is None and officer is None:
        raise NotAllowedNow("Choose the person who is connected with the matter.")
    if is_about(by, account, officer):
        raise NotPermitted
    check_can_declare(by, matter, officer)
    if not reason.strip():
        raise NotAllowedNow("Say how this person is connected with the matter.")
    same = Conflict.objects.live().filter(matter=matter, source=Source.CASE_FLAG)
    if same.filter(account=account).exists() if account else same.filter(officer=officer).exists():
        raise NotAllowedNow("This person is already kept out of this matter.")
    conflict = Conflict.objects.create(
        matter=matter, account=account, officer=officer, source=Source.CASE_FLAG, reason=reason.strip(), declared_by=by
    )
    for ig in registers.officers(matter):
        if ig != by:
            outbox.queue("need_to_know.conflict_found", to=ig.pk, about=conflict.pk, matter_id=matter.pk)
    trail.record("conflict.declared", conflict, by=by, kind="K18", matter_id=matter.pk)
    return conflict


@transaction.atomic
def state_position(matter: Matter, *, is_connected: bool, by: Account, was_let_in: bool = False) -> ConflictStatement:
    """Record what a person says before first opening a matter; a connection takes them out of it at once.

    Somebody who may not know of the whole matter may have been let in to a record of it, as an agency that is asked is.
    """
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    how = access.standing(by, matter)
    if not (how.may_know or was_let_in and not how.conflict and not how.agency_sealed):
        raise NotPermitted
    if ConflictStatement.objects.filter(matter=matter, account=by).exists():
        raise NotAllowedNow("You have already made this statement.")
    statement = ConflictStatement.objects.create(matter=matter, account=by, is_connected=is_connected)
    registers.match_person_signing_in(matter, by)
    if is_connected:
        conflict = Conflict.objects.create(matter=matter, account=by, officer_id=by.officer_id, source=Source.ATTESTATION, declared_by=by)
        for ig in registers.officers(matter):
            outbox.queue("need_to_know.conflict_found", to=ig.pk, about=conflict.pk, matter_id=matter.pk)
    trail.record("conflict.stated", statement, by=by, kind="K18", matter_id=matter.pk)
    return statement


@transaction.atomic
def propose_lift(conflict: Conflict, *, reason: str, by: Account) -> Conflict:
    """Propose, as one of the two, that a person be no longer kept out."""
    conflict = _locked(conflict, by)
    conflict = lifting.propose(conflict, reason=reason, by=by)
    trail.record("conflict.lift_proposed", conflict, by=by, kind="K18", matter_id=conflict.matter_id)
    return conflict


@transaction.atomic
def confirm_lift(conflict: Conflict, *, reason: str, by: Account) -> Conflict:
    """Lift a block, as the second of the two."""
    conflict = _locked(conflict, by)
    conflict = lifting.confirm(conflict, reason=reason, by=by)
    trail.record("conflict.lifted", conflict, by=by, kind="K18", matter_id=conflict.matter_id)
    return conflict


@transaction.atomic
def withdraw_lift(conflict: Conflict, *, by: Account) -> Conflict:
    """Turn down or take back a proposal."""
    conflict = _locked(conflict, by)
    conflict = lifting.withdraw(conflict, by=by)
    trail.record("conflict.lift_withdrawn", conflict, by=by, kind="K18", matter_id=conflict.matter_id)
    return conflict


def check_can_declare(by: Account, matter: Matter, officer: Officer | None = None) -> None:
    if not can_declare(by, matter, officer):
        raise NotPermitted


def can_declare(by: Account, matter: Matter, officer: Officer | None = None) -> bool:
    """Whoever may make or manage blocks in this matter; an agency's lead for the agency's own people, in a matter they know of."""
    how = access.standing(by, matter)
    agency_id = officer.agency_id if officer else by.agency_id
    return how.may_know and bool(how.decide("C", "K18", owner_agency_id=agency_id) or how.decide("M", "K18"))


def is_about(person: Account, account: Account | None, officer: Officer | None) -> bool:
    return person == account or (officer is not None and officer.pk == person.officer_id)


def _locked(conflict: Conflict, by: Account) -> Conflict:
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if is_about(by, conflict.account, conflict.officer):
        raise NotPermitted
    return conflict
