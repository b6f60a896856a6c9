"""Actions on the home page: a person's own that are due, and those that wait to be assured."""

from datetime import date

from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions import access
from sightline.partnership.need_to_know import access as need_to_know

MOST = 50


def rows(account: Account, today: date) -> list[dict[str, str]]:
    """Own actions in the order of their dates, then those to assure."""
    live = access.visible_to(account).filter(superseded_by__isnull=True, closed_on__isnull=True)
    found = []
    for action in live.filter(owner_officer=account.officer_id, done_on__isnull=True)[:MOST] if account.officer_id else ():
        days = (action.due_on - today).days
        found.append({
            "title": "Say how your action stands", "url": reverse("actions:update", args=[action.pk]), "why": action.text[:90],
            "due": f"{action.due_on:%-d %B}", "due_tone": "late" if days < 0 else "due_soon" if days <= 14 else "",
        })  # fmt: skip
    for action in live.filter(done_on__isnull=False, assured_on__isnull=True)[:MOST]:
        if access.assures(need_to_know.standing(account, action.matter), action):
            found.append({
                "title": "Assure an action that is done", "url": reverse("actions:assure", args=[action.pk]),
                "why": f"{action.owner_agency} said that it is done",
            })  # fmt: skip
    return found
