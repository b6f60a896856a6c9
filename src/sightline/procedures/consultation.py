"""What the three safeguarding partners think about notifying. The local authority decides; no view, and no silence, delays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PARTNERS: Final[Mapping[str, str]] = {"local_authority": "Local authority", "police": "Police", "health": "Health partner"}

VIEWS: Final[Mapping[str, str]] = {"notify": "Notify", "do_not_notify": "Do not notify", "undecided": "Cannot say yet"}

NO_VIEW: Final = frozenset({"", "awaited"})
DECISION_WAITS_FOR_VIEWS: Final = False
"""Disagreement or silence is recorded and never delays the notification past its fifth working day."""


@dataclass(frozen=True)
class ConsultationSummary:
    """How the three partners' views stand together."""

    outcome: str
    sentence: str
    partners_by_view: Mapping[str, tuple[str, ...]]
    awaiting: tuple[str, ...]
    not_asked: tuple[str, ...]
    decision_is_possible: bool = True

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_unanimous(self) -> bool:
        return self.outcome == "unanimous"

    @property
    def is_differing(self) -> bool:
        return self.outcome == "differing"

    @property
    def is_awaiting(self) -> bool:
        return self.outcome in {"awaiting", "not_asked"}


def summary(views: Mapping[str, str]) -> ConsultationSummary:
    """Read the views together: each partner that was asked, with its view, or empty while it is awaited."""
    given = {role: view for role, view in views.items() if view not in NO_VIEW}
    awaiting = tuple(role for role in PARTNERS if role in views and role not in given)
    not_asked = tuple(role for role in PARTNERS if role not in views)
    by_view = {view: tuple(role for role in PARTNERS if given.get(role) == view) for view in VIEWS}
    by_view = {view: roles for view, roles in by_view.items() if roles}
    # "Cannot say yet" is a view but takes no side, so it neither agrees nor differs.
    sides = [view for view in by_view if view != "undecided"]
    if len(sides) > 1:
        outcome, sentence = "differing", "The partners differ. The local authority decides, and the views are kept with the decision."
    elif not views:
        outcome, sentence = "not_asked", "No partner has been asked yet. The local authority can decide without waiting."
    elif awaiting or not_asked or "undecided" in by_view:
        missing = [*awaiting, *not_asked, *by_view.get("undecided", ())]
        sentence = f"No view for or against yet: {_names(missing)}. The local authority can decide without waiting."
        outcome = "awaiting"
    else:
        outcome, sentence = "unanimous", f"All three partners say: {VIEWS[sides[0]].lower()}. The local authority decides."
    return ConsultationSummary(outcome, sentence, by_view, awaiting, not_asked)


def dissent_in_words(views: Mapping[str, str], *, notify: bool) -> str:
    """Which partners' views differ from what the local authority decides; empty when none does."""
    against = "do_not_notify" if notify else "notify"
    return "; ".join(f"{label}: {VIEWS[against].lower()}" for role, label in PARTNERS.items() if views.get(role) == against)


def _names(roles: list[str]) -> str:
    return ", ".join(PARTNERS[role].lower() for role in PARTNERS if role in roles)
