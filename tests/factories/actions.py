"""Actions with invented owners."""

from datetime import date, timedelta
from typing import Any

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.models import Action
from sightline.partnership.actions.workflow import actions
from tests.factories.incidents import Place


def raised(place: Place, *, owner: Account | None = None, **fields: Any) -> Action:
    """An action that the school's lead owns."""
    owner = owner or place.lead
    given = {
        "text": "Ask about every adult in the home at each visit.", "outcome": "Every child's record names who lives with them.",
        "due_on": date.today() + timedelta(days=60),  # noqa: DTZ011
    }  # fmt: skip
    return actions.raise_action(owner_agency=owner.officer.agency, owner_officer=owner.officer, by=place.manager, **{**given, **fields})
