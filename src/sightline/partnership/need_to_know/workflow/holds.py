"""Legal holds: while one stands, nothing of the matter is removed or disposed of."""

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import LegalHold, Matter
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def place(matter: Matter, *, reason: str, by: Account) -> LegalHold:
    """Stop everything that would remove a part of the matter."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if not can_place(by, matter):
        raise NotPermitted
    if not reason.strip():
        raise NotAllowedNow("Say why nothing may be destroyed, such as an inquest or a claim.")
    hold = LegalHold.objects.create(matter=matter, reason=reason.strip(), placed_by=by)
    trail.record("hold.placed", hold, by=by, kind="K21", matter_id=matter.pk)
    return hold


@transaction.atomic
def lift(hold: LegalHold, *, reason: str, by: Account) -> LegalHold:
    """Lift a hold, as somebody other than the person who placed it."""
    hold = LegalHold.objects.select_for_update().select_related("matter").get(pk=hold.pk)
    if not can_lift(by, hold.matter):
        raise NotPermitted
    if hold.placed_by_id == by.pk:
        raise NotAllowedNow("You placed this hold. Another person must lift it.")
    if hold.lifted_at:
        raise NotAllowedNow("This hold has already been lifted.")
    if not reason.strip():
        raise NotAllowedNow("Say why the hold is no longer needed.")
    hold.lifted_by, hold.lifted_at, hold.lift_reason = by, timezone.now(), reason.strip()
    hold.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    trail.record("hold.lifted", hold, by=by, kind="K21", matter_id=hold.matter_id)
    return hold


def is_held(matter: Matter) -> bool:
    return LegalHold.objects.live().filter(matter=matter).exists()


def check_not_held(matter: Matter) -> None:
    """For every move that removes something."""
    if is_held(matter):
        raise NotAllowedNow("This matter is under a legal hold: nothing of it may be removed. Ask the legal adviser.")


def can_place(by: Account, matter: Matter) -> bool:
    how = access.standing(by, matter)
    return how.may_know and bool(how.decide("C", "K21"))


def can_lift(by: Account, matter: Matter) -> bool:
    how = access.standing(by, matter)
    return how.may_know and bool(how.decide("V", "K21"))
