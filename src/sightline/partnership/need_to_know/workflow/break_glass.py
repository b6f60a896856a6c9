"""Opening a matter in an emergency: reading only, four hours at most, and looked into on the next working day."""

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import BreakGlass, Matter, Membership
from sightline.partnership.need_to_know.models.break_glass import LONGEST_OPENING, SHORTEST_REASON, Emergency, Finding
from sightline.partnership.need_to_know.workflow import registers
from sightline.partnership.notices import outbox
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@transaction.atomic
def use(matter: Matter, *, category: str, reason: str, by: Account, stepped_up: bool) -> BreakGlass:
    """Open a matter now, and tell those who answer for it."""
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    roles = access.standing(by, matter, stepped_up=stepped_up).break_glass_roles()
    if not roles:
        raise NotPermitted
    if not stepped_up:
        raise NotAllowedNow("Confirm that it is you before you open this matter in an emergency.")
    if category not in Emergency.values:
        raise NotAllowedNow("Choose what kind of emergency this is.")
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedNow(f"Say what the emergency is in at least {SHORTEST_REASON} characters.")
    now = timezone.now()
    if BreakGlass.objects.open_at(now).filter(matter=matter, account=by).exists():
        raise NotAllowedNow("You have already opened this matter in an emergency. It stays open for four hours.")
    due = arrangements.working_calendar().add_working_days(timezone.localdate(now), 1).due_on
    opening = BreakGlass.objects.create(
        matter=matter, account=by, role=roles[0], category=category, reason=reason.strip(), used_at=now, ends_at=now + LONGEST_OPENING,
        review_due_on=due,
    )  # fmt: skip
    for account in _to_be_told(matter, by):
        outbox.queue("need_to_know.glass_broken", to=account.pk, about=opening.pk, matter_id=matter.pk)
    trail.record("glass.broken", opening, by=by, kind="K2", matter_id=matter.pk)
    return opening


@transaction.atomic
def close(opening: BreakGlass, *, by: Account) -> BreakGlass:
    """End an emergency opening early: its user, or whoever manages access to the matter."""
    opening = BreakGlass.objects.select_for_update().select_related("matter").get(pk=opening.pk)
    if opening.account_id != by.pk:
        access.check(by, "M", "K17m", matter=opening.matter)
    now = timezone.now()
    if not opening.is_open(now):
        raise NotAllowedNow("This emergency opening has already ended.")
    opening.ends_at = now
    opening.save(update_fields=["ends_at"])
    trail.record("glass.closed", opening, by=by, kind="K2", matter_id=opening.matter_id)
    return opening


@transaction.atomic
def review(opening: BreakGlass, *, finding: str, notes: str, by: Account) -> BreakGlass:
    """Record what an information governance officer found about an opening by somebody else."""
    opening = BreakGlass.objects.select_for_update().select_related("matter").get(pk=opening.pk)
    if not can_review(by, opening):
        raise NotPermitted
    if opening.reviewed_at:
        raise NotAllowedNow("This emergency opening has already been reviewed.")
    if finding not in Finding.values:
        raise NotAllowedNow("Choose what the review found.")
    if not notes.strip():
        raise NotAllowedNow("Write down what the review found.")
    opening.finding, opening.review_notes = finding, notes.strip()
    opening.reviewed_by, opening.reviewed_at = by, timezone.now()
    opening.save(update_fields=["finding", "review_notes", "reviewed_by", "reviewed_at"])
    trail.record("glass.reviewed", opening, by=by, kind="K2", matter_id=opening.matter_id)
    return opening


def can_review(by: Account, opening: BreakGlass) -> bool:
    is_officer = any(asker.role == "IG" for asker in askers(by))
    return is_officer and opening.account_id != by.pk and bool(access.decide(by, "L", "K2", matter=opening.matter))


def _to_be_told(matter: Matter, by: Account) -> list[Account]:
    """The information governance officers, and the members who manage access to the matter."""
    members = Account.objects.filter(
        pk__in=Membership.objects.in_force(timezone.localdate()).filter(matter=matter).values("account")
    ).select_related("officer")
    managing = [account for account in members if access.decide(account, "M", "K17m", matter=matter)]
    told = {account.pk: account for account in [*registers.officers(matter), *managing] if access.may_know(account, matter)}
    return [account for account in told.values() if account != by]
