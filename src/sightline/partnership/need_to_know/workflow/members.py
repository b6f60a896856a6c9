"""Letting people in to a matter, for a purpose and between dates, and out again."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access, case_access
from sightline.partnership.need_to_know.models import Matter, Membership
from sightline.partnership.need_to_know.models.membership import Basis
from sightline.partnership.need_to_know.workflow import registers
from sightline.partnership.notices import outbox
from sightline.procedures.access.allow import Thing, allow
from sightline.procedures.errors import NotAllowedNow


@transaction.atomic
def add(
    matter: Matter, *, account: Account, purpose: str, by: Account, valid_from: date | None = None, valid_to: date | None = None,
    capacity: str = "",
) -> Membership:  # fmt: skip
    """Let a person in, for a purpose, from one day to another."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    access.check(by, "M", "K17m", matter=matter)
    today = timezone.localdate()
    valid_from = valid_from or today
    _check_purpose(purpose)
    if valid_to is not None and valid_to < max(valid_from, today):
        raise NotAllowedNow("The last day must be today or later, and not before the first day.")
    if not account.is_active:
        raise NotAllowedNow("This account is closed or suspended. Choose somebody whose account is active.")
    if not any(allow(asker, "L", "K2", Thing(member=True)) for asker in askers(account)):
        raise NotAllowedNow(
            "This person's role is never a member of a matter. Choose somebody else, or give them access for a limited time."
        )
    if _current(matter, account).exists():
        raise NotAllowedNow("This person is already a member. End that membership first if its purpose or dates have changed.")
    registers.match_person_signing_in(matter, account)
    if access.conflicts_of(account).filter(matter=matter).exists():
        raise NotAllowedNow(
            "This person has a conflict of interest in this matter and cannot be let in. Choose somebody else of their agency."
        )
    membership = _create(matter, account, purpose, capacity, valid_from, valid_to, by)
    case_access.renew(matter)
    outbox.queue("need_to_know.member_added", to=account.pk, about=membership.pk, matter_id=matter.pk)
    trail.record("member.added", membership, by=by, kind="K17m", matter_id=matter.pk)
    return membership


@transaction.atomic
def ensure(matter: Matter, *, account: Account, purpose: str, by: Account, capacity: str = "") -> Membership:
    """Let in somebody whose part follows from another move, such as the partner who is asked for a view. That move asks who may.

    A conflict of interest is not mentioned: whoever has one is let in by name only, and sees nothing.
    """
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    _check_purpose(purpose)
    existing = _current(matter, account).filter(valid_from__lte=timezone.localdate()).first()
    if existing is not None:
        return existing
    registers.match_person_signing_in(matter, account)
    membership = _create(matter, account, purpose, capacity, timezone.localdate(), None, by)
    case_access.renew(matter)
    trail.record("member.added", membership, by=by, kind="K17m", matter_id=matter.pk)
    return membership


@transaction.atomic
def end(membership: Membership, *, reason: str, by: Account) -> Membership:
    """Take a person out of a matter at once."""
    membership = Membership.objects.select_for_update().select_related("matter").get(pk=membership.pk)
    access.check(by, "M", "K17m", matter=membership.matter)
    if not reason.strip():
        raise NotAllowedNow("Say why this person no longer needs to know.")
    if membership.is_over(timezone.localdate()):
        raise NotAllowedNow("This membership has already ended.")
    membership.ended_at, membership.ended_by, membership.end_reason = timezone.now(), by, reason.strip()
    membership.save(update_fields=["ended_at", "ended_by", "end_reason"])
    case_access.renew(membership.matter)
    trail.record("member.ended", membership, by=by, kind="K17m", matter_id=membership.matter_id)
    return membership


def first_members(matter: Matter, members: Iterable[tuple[Account, str]], *, by: Account) -> None:
    """The people who are let in as a matter is opened."""
    first_day = min(timezone.localdate(matter.opened_at), timezone.localdate())
    for account, purpose in members:
        _check_purpose(purpose)
        _create(matter, account, purpose, "", first_day, None, by)


def _create(
    matter: Matter, account: Account, purpose: str, capacity: str, valid_from: date, valid_to: date | None, by: Account
) -> Membership:
    return Membership.objects.create(
        matter=matter, account=account, purpose=purpose.strip(), capacity=capacity, valid_from=valid_from, valid_to=valid_to, added_by=by,
        basis=Basis.SECTION_16H if matter.statutory_live else Basis.AGREEMENT,
    )  # fmt: skip


def _current(matter: Matter, account: Account) -> "Membership.objects":
    return Membership.objects.not_over(timezone.localdate()).filter(matter=matter, account=account)


def _check_purpose(purpose: str) -> None:
    if not purpose.strip():
        raise NotAllowedNow("Say why this person needs to know of the matter.")
