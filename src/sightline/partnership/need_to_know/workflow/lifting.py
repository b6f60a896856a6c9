"""Lifting a block takes two people in two roles, each with reasons: the information governance officer and the panel chair."""

from typing import TypeVar

from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models.lifting import LIFTING_ROLES, Lifting
from sightline.procedures.access.allow import allow
from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.errors import NotAllowedNow, NotPermitted

Block = TypeVar("Block", bound=Lifting)


def propose(block: Block, *, reason: str, by: Account) -> Block:
    """Note that one of the two wants the block lifted; it still holds."""
    roles = lifting_roles(block, by)
    if not roles:
        raise NotPermitted
    if block.is_lifted:
        raise NotAllowedNow("This has already been lifted.")
    if block.is_lift_proposed:
        raise NotAllowedNow("Somebody has already proposed to lift this. It waits for the second person.")
    block.lift_proposed_by, block.lift_proposed_as, block.lift_proposed_at = by, roles[0], timezone.now()
    block.lift_reason = _reason(reason)
    block.save(update_fields=["lift_proposed_by", "lift_proposed_as", "lift_proposed_at", "lift_reason"])
    return block


def confirm(block: Block, *, reason: str, by: Account) -> Block:
    """Lift the block, as the second person in the other role."""
    roles = lifting_roles(block, by)
    if not roles:
        raise NotPermitted
    if not block.is_lift_proposed:
        raise NotAllowedNow("Nobody has proposed to lift this yet. One person proposes it, another confirms.")
    if block.lift_proposed_by_id == by.pk:
        raise NotAllowedNow("You proposed this. Another person must confirm it.")
    if block.other_lifting_role not in roles:
        other = MATRIX.role_by_code[block.other_lifting_role].name
        raise NotAllowedNow(f"The second person must be the {other.lower()}.")
    block.lifted_by, block.lifted_at, block.lift_confirmation = by, timezone.now(), _reason(reason)
    block.save(update_fields=["lifted_by", "lifted_at", "lift_confirmation"])
    return block


def withdraw(block: Block, *, by: Account) -> Block:
    """Take a proposal back, or turn it down: the block goes on as if nothing had been proposed."""
    if not lifting_roles(block, by):
        raise NotPermitted
    if not block.is_lift_proposed:
        raise NotAllowedNow("Nobody has proposed to lift this.")
    block.lift_proposed_by, block.lift_proposed_as, block.lift_proposed_at, block.lift_reason = None, "", None, ""
    block.save(update_fields=["lift_proposed_by", "lift_proposed_as", "lift_proposed_at", "lift_reason"])
    return block


def lifting_roles(block: Lifting, by: Account) -> list[str]:
    """In which of the two roles somebody may speak on this block; in none, where it is about them."""
    how = access.standing(by, block.matter)
    return [
        role
        for role in LIFTING_ROLES
        for asker in how.roles
        if asker.role == role
        and allow(asker, "M", "K18", how.thing(
            "K18", role, owner_agency_id=None, owner_account_id=None, state="open", seals=(), action="M", object_id="", released=False,
            subject_access=False,
        ))
    ]  # fmt: skip


def _reason(reason: str) -> str:
    if not reason.strip():
        raise NotAllowedNow("Give your reasons.")
    return reason.strip()
