"""The statuses of a serious incident, the moves between them, who may make each, and the kinds of notification."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sightline.procedures import moves
from sightline.procedures.rule_sets import RuleSet


class SeriousIncidentStatus(StrEnum):
    """How far a serious incident has come."""

    DRAFT = "draft"
    RAISED = "raised"
    UNDER_CONSIDERATION = "under_consideration"
    DECIDED_TO_NOTIFY = "decided_to_notify"
    NOTIFIED = "notified"
    NOT_NOTIFIABLE = "not_notifiable"
    CRITERIA_NOT_MET_AFTER_NOTIFICATION = "criteria_not_met_after_notification"
    DUPLICATE = "duplicate"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_ended(self) -> bool:
        return self in ENDED_INCIDENT


_S: Final = SeriousIncidentStatus

_LABELS: Final[Mapping[SeriousIncidentStatus, str]] = {
    _S.DRAFT: "Draft",
    _S.RAISED: "Raised",
    _S.UNDER_CONSIDERATION: "Under consideration",
    _S.DECIDED_TO_NOTIFY: "To be notified",
    _S.NOTIFIED: "Notified",
    _S.NOT_NOTIFIABLE: "Not notifiable",
    _S.CRITERIA_NOT_MET_AFTER_NOTIFICATION: "Criteria not met after notification",
    _S.DUPLICATE: "Duplicate",
    _S.TRANSFERRED: "Transferred to another local authority",
    _S.WITHDRAWN: "Withdrawn",
}

MOVES: Final[Mapping[SeriousIncidentStatus, frozenset[SeriousIncidentStatus]]] = {
    _S.DRAFT: frozenset({_S.RAISED, _S.WITHDRAWN}),
    _S.RAISED: frozenset({_S.UNDER_CONSIDERATION, _S.DUPLICATE, _S.TRANSFERRED}),
    _S.UNDER_CONSIDERATION: frozenset({_S.DECIDED_TO_NOTIFY, _S.NOT_NOTIFIABLE, _S.DUPLICATE, _S.TRANSFERRED}),
    _S.DECIDED_TO_NOTIFY: frozenset({_S.NOTIFIED, _S.UNDER_CONSIDERATION, _S.DUPLICATE, _S.TRANSFERRED}),
    _S.NOTIFIED: frozenset({_S.CRITERIA_NOT_MET_AFTER_NOTIFICATION, _S.DUPLICATE, _S.TRANSFERRED}),
    # New facts, such as a post-mortem result, can bring an incident back: a new decision follows, the old one stays.
    _S.NOT_NOTIFIABLE: frozenset({_S.UNDER_CONSIDERATION}),
    _S.CRITERIA_NOT_MET_AFTER_NOTIFICATION: frozenset(),
    _S.DUPLICATE: frozenset(),
    _S.TRANSFERRED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}

ENDED_INCIDENT: Final = frozenset({_S.NOT_NOTIFIABLE, _S.CRITERIA_NOT_MET_AFTER_NOTIFICATION, _S.DUPLICATE, _S.TRANSFERRED, _S.WITHDRAWN})

NOTIFIED_AT_SOME_TIME: Final = frozenset({_S.NOTIFIED, _S.CRITERIA_NOT_MET_AFTER_NOTIFICATION})
"""Counted as notifications made."""

IN_RAPID_REVIEW_TIMELINESS: Final = frozenset({_S.NOTIFIED})
"""Notifications that a rapid review is measured against; those whose criteria were not met after all leave this denominator."""


@dataclass(frozen=True)
class MadeBy:
    """Who decides a move, who is asked before, who writes it down, and whether it may be delegated: roles in words."""

    decides: str
    recorded_by: str
    consulted: tuple[str, ...] = ()
    delegated: str = "no"


_LOCAL_AUTHORITY_DECIDES: Final = MadeBy(
    "local authority (director of children’s services)",
    "local authority notifier or business manager",
    ("police", "health partner"),
    "within the local authority",
)
_UNIT_CONSULTS: Final = MadeBy("business manager", "business manager", delegated="within the business unit")
_ALL_PARTNERS: Final = MadeBy("local authority and safeguarding partners; the Panel is told", "business manager", ("agencies",))
_AUTHORITY_ALONE: Final = MadeBy(
    "local authority (director of children’s services)", "business manager", ("the other local authority",), "within the local authority"
)

MADE_BY: Final[Mapping[tuple[SeriousIncidentStatus, SeriousIncidentStatus], MadeBy]] = {
    (_S.DRAFT, _S.RAISED): MadeBy("raising agency", "raising agency"),
    (_S.DRAFT, _S.WITHDRAWN): MadeBy("raising agency", "raising agency"),
    (_S.RAISED, _S.UNDER_CONSIDERATION): _UNIT_CONSULTS,
    (_S.RAISED, _S.DUPLICATE): _AUTHORITY_ALONE,
    (_S.RAISED, _S.TRANSFERRED): _AUTHORITY_ALONE,
    (_S.UNDER_CONSIDERATION, _S.DECIDED_TO_NOTIFY): _LOCAL_AUTHORITY_DECIDES,
    (_S.UNDER_CONSIDERATION, _S.NOT_NOTIFIABLE): _LOCAL_AUTHORITY_DECIDES,
    (_S.UNDER_CONSIDERATION, _S.DUPLICATE): _AUTHORITY_ALONE,
    (_S.UNDER_CONSIDERATION, _S.TRANSFERRED): _AUTHORITY_ALONE,
    (_S.DECIDED_TO_NOTIFY, _S.NOTIFIED): _LOCAL_AUTHORITY_DECIDES,
    (_S.DECIDED_TO_NOTIFY, _S.UNDER_CONSIDERATION): _LOCAL_AUTHORITY_DECIDES,
    (_S.DECIDED_TO_NOTIFY, _S.DUPLICATE): _AUTHORITY_ALONE,
    (_S.DECIDED_TO_NOTIFY, _S.TRANSFERRED): _AUTHORITY_ALONE,
    (_S.NOTIFIED, _S.CRITERIA_NOT_MET_AFTER_NOTIFICATION): _ALL_PARTNERS,
    (_S.NOTIFIED, _S.DUPLICATE): _ALL_PARTNERS,
    (_S.NOTIFIED, _S.TRANSFERRED): _ALL_PARTNERS,
    (_S.NOT_NOTIFIABLE, _S.UNDER_CONSIDERATION): _LOCAL_AUTHORITY_DECIDES,
}


def moves_from(status: SeriousIncidentStatus) -> tuple[SeriousIncidentStatus, ...]:
    """Where an incident may go from here, in the order in which statuses are listed."""
    return moves.moves_from(MOVES, status)


def check_move(status: SeriousIncidentStatus, target: SeriousIncidentStatus) -> None:
    """Refuse a move that the status does not allow, and say what is possible instead."""
    moves.check_move("incident", status, target, moves_from(status))


class NotificationType(StrEnum):
    """What kind of notification the local authority makes."""

    ABUSE_OR_NEGLECT_DEATH = "abuse_or_neglect_death"
    ABUSE_OR_NEGLECT_SERIOUS_HARM = "abuse_or_neglect_serious_harm"
    LOOKED_AFTER_CHILD_DEATH = "looked_after_child_death"
    CARE_LEAVER_DEATH = "care_leaver_death"

    @property
    def label(self) -> str:
        return _TYPE_LABELS[self]

    @property
    def opens_rapid_review(self) -> bool:
        """A rapid review follows only where abuse or neglect is known or suspected."""
        return self in {NotificationType.ABUSE_OR_NEGLECT_DEATH, NotificationType.ABUSE_OR_NEGLECT_SERIOUS_HARM}


_TYPE_LABELS: Final[Mapping[NotificationType, str]] = {
    NotificationType.ABUSE_OR_NEGLECT_DEATH: "Death of a child, abuse or neglect known or suspected",
    NotificationType.ABUSE_OR_NEGLECT_SERIOUS_HARM: "Serious harm to a child, abuse or neglect known or suspected",
    NotificationType.LOOKED_AFTER_CHILD_DEATH: "Death of a looked-after child, abuse or neglect not suspected",
    NotificationType.CARE_LEAVER_DEATH: "Death of a care leaver aged 18 to 24",
}


def notification_types(rules: RuleSet, *, on: date | None) -> list[NotificationType]:
    """The kinds of notification that a rule set knows on the day the authority became aware."""
    return [kind for kind in NotificationType if rules.is_notifiable(kind.value, on)]
