"""What the other rooms put on a person's home page: identities to match, accesses to review, agreements that run out."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from sightline.partnership.accounts.access import askers
from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import BreakGlass, Conflict
from sightline.site import identity_pages


@dataclass
class Group:
    """A heading, the sentence that is shown when there is nothing, and rows as the home page wants them."""

    heading: str
    zero: str
    rows: list[dict[str, str]] = field(default_factory=list)


def for_account(account: Account, today: date) -> list[Group]:
    roles = {asker.role for asker in askers(account)}
    groups = []
    if roles & {"BM", "BO"}:
        groups.append(_identities(account))
    if "IG" in roles:
        groups.append(_reviews(account))
    if roles & {"BM", "SA"}:
        groups.append(_agreements(today))
    return groups


def _identities(account: Account) -> Group:
    group = Group("Identities to match", "Everybody who was written down has been matched.")
    waiting = identity_pages.matching_queue(account).count()
    if waiting:
        people = "1 person" if waiting == 1 else f"{waiting} people"
        group.rows.append(
            {
                "title": f"Say who {people} are",
                "url": reverse("matching"),
                "why": "Only the business unit compares with people already known",
            }
        )
    return group


def _reviews(account: Account) -> Group:
    group = Group("Reviews of access", "No access waits for your review.")
    visible = need_to_know.visible_matters(account)
    for glass in BreakGlass.objects.filter(reviewed_at__isnull=True, matter__in=visible).select_related("matter"):
        group.rows.append(
            {
                "title": f"Emergency access to {glass.matter.reference}",
                "url": reverse("need_to_know:review_break_glass", args=[glass.matter_id, glass.pk]),
                "why": "Each use of emergency access is reviewed",
                "due": f"{glass.review_due_on:%-d %B}",
                "due_tone": "due_soon",
            }
        )
    for conflict in Conflict.objects.filter(matter__in=visible, lift_proposed_at__isnull=False, lifted_at__isnull=True).select_related(
        "matter"
    ):
        group.rows.append(
            {
                "title": f"Lifting of a conflict in {conflict.matter.reference}",
                "url": reverse("need_to_know:conflicts", args=[conflict.matter_id]),
                "why": "Two people lift a conflict; one has proposed it",
            }
        )
    return group


def _agreements(today: date) -> Group:
    group = Group("Sharing agreements", "No sharing agreement runs out in the next 60 days.")
    for agreement in arrangements.agreements_near_expiry(today):
        group.rows.append({
            "title": f"{agreement.title} runs out", "url": reverse("agencies:agreement", args=[agreement.pk]),
            "why": f"{agreement.days_left(today)} days left. It never stops a live statutory review", "due": f"{agreement.valid_to:%-d %B}",
            "due_tone": "late" if agreement.days_left(today) <= 30 else "due_soon",
        })  # fmt: skip
    return group
