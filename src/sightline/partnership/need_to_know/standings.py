"""How one person stands towards many matters at once: the same facts as for one, gathered in a handful of questions for a list."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.need_to_know.access import Standing, conflicts_of, seals_against
from sightline.partnership.need_to_know.models import BreakGlass, Clearance, Grant, LegalHold, Matter, Membership


def standings(account: Account, matters: Iterable[Matter], *, on: date | None = None) -> dict[str, Standing]:
    """Standing by matter id. A property test holds this to `access.standing`, one by one."""
    moment = timezone.now()
    on = on or timezone.localdate(moment)
    by_id = {matter.pk: matter for matter in matters}
    among = {"matter__in": by_id}
    roles = askers(account, on=on)
    blocked = set(conflicts_of(account).filter(**among).values_list("matter", flat=True))
    sealed = set(seals_against(account).filter(**among).values_list("matter", flat=True))
    member = set(Membership.objects.in_force(on).filter(account=account, **among).values_list("matter", flat=True))
    glass = set(BreakGlass.objects.open_at(moment).filter(account=account, **among).values_list("matter", flat=True))
    held = set(LegalHold.objects.live().filter(**among).values_list("matter", flat=True))
    clearances: dict[str, set[str]] = defaultdict(set)
    for matter_id, seal in Clearance.objects.in_force(on).filter(account=account, **among).values_list("matter", "seal"):
        clearances[matter_id].add(seal)
    grants: dict[str, list[Grant]] = defaultdict(list)
    for grant in Grant.objects.in_force(on).filter(account=account, **among):
        grants[grant.matter_id].append(grant)
    return {
        pk: Standing(
            account, matter, on, moment, roles, conflict=pk in blocked, agency_sealed=pk in sealed, member=pk in member,
            break_glass=pk in glass, held=pk in held, clearances=frozenset(clearances[pk]), grants=tuple(grants[pk]),
        )
        for pk, matter in by_id.items()
    }  # fmt: skip
