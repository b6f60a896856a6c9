"""Opening a matter, saying how it stands, and ending it. The room whose record it protects decides when, and who may."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import case_access
from sightline.partnership.need_to_know.models import Matter, Membership
from sightline.partnership.need_to_know.models.membership import Basis
from sightline.partnership.need_to_know.workflow.members import first_members
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.references import new_reference, new_ulid


@transaction.atomic
def open_matter(
    kind: str, *, by: Account, raised_by_agency: Agency | None, members: Iterable[tuple[Account, str]] = (),
    opened_at: datetime | None = None, record_path: str = "", statutory_live: bool = False, number: str = "",
) -> Matter:  # fmt: skip
    """Put something under protection, with its first members and why each of them needs to know.

    `number` is the id that the trail already knows the matter by, where it was written as a draft before.
    """
    matter = Matter.objects.create(
        id=number or new_ulid(), kind=kind, reference=_unused_reference(), opened_at=opened_at or timezone.now(), opened_by=by,
        raised_by_agency=raised_by_agency,        record_path=record_path, statutory_live=statutory_live,
    )  # fmt: skip
    first_members(matter, members, by=by)
    case_access.renew(matter)
    trail.record("matter.opened", matter, by=by, kind="K2", matter_id=matter.pk)
    return matter


@transaction.atomic
def set_statutory(matter: Matter, *, is_live: bool, by: Account) -> Matter:
    """Say whether a statutory review is under way; while it is, its members' ground is section 16H and lapsed paper stops nothing."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    matter.statutory_live = is_live
    matter.save(update_fields=["statutory_live"])
    if is_live:
        Membership.objects.not_over(timezone.localdate()).filter(matter=matter).update(basis=Basis.SECTION_16H)
    trail.record("matter.statutory_set", matter, by=by, kind="K2", matter_id=matter.pk, fields=["statutory_live"])
    return matter


@transaction.atomic
def set_proceedings(matter: Matter, *, are_live: bool, by: Account) -> Matter:
    """Say whether criminal or family proceedings are under way."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    matter.live_proceedings = are_live
    matter.save(update_fields=["live_proceedings"])
    trail.record("matter.proceedings_set", matter, by=by, kind="K2", matter_id=matter.pk, fields=["live_proceedings"])
    return matter


@transaction.atomic
def end(matter: Matter, *, by: Account, at: datetime | None = None) -> Matter:
    """Close a matter: its records are read, and no longer changed."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.is_ended:
        raise NotAllowedNow("This matter has already ended.")
    matter.is_ended, matter.ended_at, matter.statutory_live = True, at or timezone.now(), False
    matter.save(update_fields=["is_ended", "ended_at", "statutory_live"])
    trail.record("matter.ended", matter, by=by, kind="K2", matter_id=matter.pk)
    return matter


@transaction.atomic
def reopen(matter: Matter, *, by: Account) -> Matter:
    """Open an ended matter again."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if not matter.is_ended:
        raise NotAllowedNow("This matter has not ended.")
    matter.is_ended, matter.ended_at = False, None
    matter.save(update_fields=["is_ended", "ended_at"])
    trail.record("matter.reopened", matter, by=by, kind="K2", matter_id=matter.pk)
    return matter


def _unused_reference() -> str:
    while Matter.objects.filter(reference=(reference := new_reference())).exists():
        pass  # random references meet now and then once there are many
    return reference
