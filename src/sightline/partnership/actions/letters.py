"""What is written to people about actions: that one is theirs, or waits. Never a word of it."""

from collections.abc import Mapping
from typing import Final

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions import access
from sightline.partnership.actions.models import Action

LINES: Final[Mapping[str, str]] = {
    "actions.raised": "An action is yours. Say how it stands when you have begun.",
    "actions.sent_back": "An action of yours needs something more before it can be assured.",
    "actions.due_changed": "The date of an action of yours was changed.",
    "actions.reopened": "An action of yours was opened again.",
}


def line_for(template: str, *, to: Account, about: str) -> str | None:
    """The line to send; None when this person may no longer read the action, or it is not theirs any more."""
    action = Action.objects.select_related("matter").filter(pk=about).first()
    if action is None or not to.is_active or action.owner_officer_id != to.officer_id or not access.can(to, "R", action):
        return None
    return LINES[template]
