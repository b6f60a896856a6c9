"""The statuses of a rapid review, the moves between them, who may make each, and what stops its clock."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from sightline.procedures import moves
from sightline.procedures.case_review import MadeBy, SeriousIncidentStatus


class RapidReviewStatus(StrEnum):
    """How far a rapid review has come."""

    OPEN = "open"
    SCOPING = "scoping"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION_INCOMPLETE = "information_incomplete"
    INFORMATION_COMPLETE = "information_complete"
    PANEL_HELD = "panel_held"
    DRAFT = "draft"
    PARTNER_SIGNOFF = "partner_signoff"
    DECIDED = "decided"
    SENT_TO_PANEL = "sent_to_panel"
    PANEL_RESPONSE = "panel_response"
    RECONSIDER = "reconsider"
    CLOSED_NO_LCSPR = "closed_no_lcspr"
    LCSPR_COMMISSIONED = "lcspr_commissioned"
    STOPPED_CRITERIA_NOT_MET = "stopped_criteria_not_met"
    STOPPED_WITHDRAWN = "stopped_withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_ended(self) -> bool:
        return self in ENDED_RAPID_REVIEW

    @property
    def takes_requests(self) -> bool:
        """Whether an agency may be asked now: also after the first requests went out, since anybody may propose another agency."""
        return self in _TAKES_REQUESTS

    @property
    def takes_text(self) -> bool:
        """Whether report and decision may be written: until they have been sent, and again once the partners decide anew."""
        return not self.is_ended and self not in _WITH_THE_PANEL


_S: Final = RapidReviewStatus

_LABELS: Final[Mapping[RapidReviewStatus, str]] = {
    _S.OPEN: "Open",
    _S.SCOPING: "Scoping",
    _S.INFORMATION_REQUESTED: "Information requested",
    _S.INFORMATION_INCOMPLETE: "Going on without all returns",
    _S.INFORMATION_COMPLETE: "All returns accepted",
    _S.PANEL_HELD: "Panel held",
    _S.DRAFT: "Report in draft",
    _S.PARTNER_SIGNOFF: "Partner sign-off",
    _S.DECIDED: "Decided",
    _S.SENT_TO_PANEL: "Sent to the National Panel",
    _S.PANEL_RESPONSE: "National Panel has replied",
    _S.RECONSIDER: "Being reconsidered",
    _S.CLOSED_NO_LCSPR: "Closed, no practice review",
    _S.LCSPR_COMMISSIONED: "Practice review commissioned",
    _S.STOPPED_CRITERIA_NOT_MET: "Stopped: criteria not met after all",
    _S.STOPPED_WITHDRAWN: "Stopped: notification withdrawn",
}

STOPPED: Final = frozenset({_S.STOPPED_CRITERIA_NOT_MET, _S.STOPPED_WITHDRAWN})
"""No clock runs on these and they leave the timeliness of rapid reviews; the record stays and is counted as activity."""

ENDED_RAPID_REVIEW: Final = frozenset({_S.CLOSED_NO_LCSPR, _S.LCSPR_COMMISSIONED}) | STOPPED

STOPPED_WITH_INCIDENT: Final[Mapping[SeriousIncidentStatus, RapidReviewStatus]] = {
    SeriousIncidentStatus.CRITERIA_NOT_MET_AFTER_NOTIFICATION: _S.STOPPED_CRITERIA_NOT_MET,
    SeriousIncidentStatus.DUPLICATE: _S.STOPPED_WITHDRAWN,
    SeriousIncidentStatus.TRANSFERRED: _S.STOPPED_WITHDRAWN,
}
"""What becomes of a review that has not ended when its notification falls away."""

_WITH_THE_PANEL: Final = frozenset({_S.SENT_TO_PANEL, _S.PANEL_RESPONSE, _S.RECONSIDER})

_TAKES_REQUESTS: Final = frozenset(
    {_S.SCOPING, _S.INFORMATION_REQUESTED, _S.INFORMATION_INCOMPLETE, _S.INFORMATION_COMPLETE, _S.PANEL_HELD, _S.DRAFT}
)

_COURSE: Final[Mapping[RapidReviewStatus, frozenset[RapidReviewStatus]]] = {
    _S.OPEN: frozenset({_S.SCOPING}),
    _S.SCOPING: frozenset({_S.INFORMATION_REQUESTED}),
    _S.INFORMATION_REQUESTED: frozenset({_S.INFORMATION_INCOMPLETE, _S.INFORMATION_COMPLETE}),
    # Whoever is asked late brings the review back to waiting; a late return completes what went on without it.
    _S.INFORMATION_INCOMPLETE: frozenset({_S.INFORMATION_REQUESTED, _S.INFORMATION_COMPLETE, _S.PANEL_HELD}),
    _S.INFORMATION_COMPLETE: frozenset({_S.INFORMATION_REQUESTED, _S.PANEL_HELD}),
    _S.PANEL_HELD: frozenset({_S.INFORMATION_REQUESTED, _S.DRAFT}),
    _S.DRAFT: frozenset({_S.PARTNER_SIGNOFF}),
    # A dissent changes nothing here: the review stays in sign-off. A change of the text voids signatures and goes back to draft.
    _S.PARTNER_SIGNOFF: frozenset({_S.DRAFT, _S.DECIDED}),
    _S.DECIDED: frozenset({_S.DRAFT, _S.SENT_TO_PANEL}),
    _S.SENT_TO_PANEL: frozenset({_S.PANEL_RESPONSE}),
    # Asked for more information, the review goes to the Panel again.
    _S.PANEL_RESPONSE: frozenset({_S.SENT_TO_PANEL, _S.RECONSIDER, _S.CLOSED_NO_LCSPR, _S.LCSPR_COMMISSIONED}),
    # A second decision takes three signatures like the first, so it begins at the draft; the first may also be kept, with reasons.
    _S.RECONSIDER: frozenset({_S.DRAFT, _S.CLOSED_NO_LCSPR, _S.LCSPR_COMMISSIONED}),
    _S.CLOSED_NO_LCSPR: frozenset(),
    _S.LCSPR_COMMISSIONED: frozenset(),
    _S.STOPPED_CRITERIA_NOT_MET: frozenset(),
    _S.STOPPED_WITHDRAWN: frozenset(),
}

MOVES: Final[Mapping[RapidReviewStatus, frozenset[RapidReviewStatus]]] = {
    status: targets if status in ENDED_RAPID_REVIEW else targets | STOPPED for status, targets in _COURSE.items()
}

_UNIT: Final = MadeBy("business manager", "business manager or business officer", delegated="within the business unit")
_UNIT_WITH_CHAIR: Final = MadeBy(
    "business manager", "business manager or business officer", ("review panel chair",), "within the business unit"
)
_PANEL: Final = MadeBy("review panel", "business manager or business officer", ("agencies", "independent scrutineer"))
_PARTNERS: Final = MadeBy(
    "the three safeguarding partners, each by their own signature",
    "each safeguarding partner",
    ("review panel", "independent scrutineer"),
    "to a delegated safeguarding partner, as the rule set allows",
)
_PARTNERS_MINUTED: Final = MadeBy(
    "the three safeguarding partners",
    "business manager",
    ("review panel", "independent scrutineer"),
    "to a delegated safeguarding partner, as the rule set allows",
)
_STOPPED_BY: Final[Mapping[RapidReviewStatus, MadeBy]] = {
    _S.STOPPED_CRITERIA_NOT_MET: MadeBy("local authority and safeguarding partners; the Panel is told", "business manager", ("agencies",)),
    _S.STOPPED_WITHDRAWN: MadeBy(
        "local authority (director of children’s services); the Panel is told", "business manager", ("safeguarding partners",)
    ),
}

_COURSE_MADE_BY: Final[Mapping[tuple[RapidReviewStatus, RapidReviewStatus], MadeBy]] = {
    (_S.OPEN, _S.SCOPING): _UNIT,
    (_S.SCOPING, _S.INFORMATION_REQUESTED): _UNIT_WITH_CHAIR,
    (_S.INFORMATION_REQUESTED, _S.INFORMATION_INCOMPLETE): _UNIT_WITH_CHAIR,
    (_S.INFORMATION_REQUESTED, _S.INFORMATION_COMPLETE): _UNIT,
    (_S.INFORMATION_INCOMPLETE, _S.INFORMATION_REQUESTED): _UNIT,
    (_S.INFORMATION_INCOMPLETE, _S.INFORMATION_COMPLETE): _UNIT,
    (_S.INFORMATION_INCOMPLETE, _S.PANEL_HELD): _UNIT_WITH_CHAIR,
    (_S.INFORMATION_COMPLETE, _S.INFORMATION_REQUESTED): _UNIT,
    (_S.INFORMATION_COMPLETE, _S.PANEL_HELD): _UNIT_WITH_CHAIR,
    (_S.PANEL_HELD, _S.INFORMATION_REQUESTED): _PANEL,
    (_S.PANEL_HELD, _S.DRAFT): _PANEL,
    (_S.DRAFT, _S.PARTNER_SIGNOFF): _UNIT_WITH_CHAIR,
    (_S.PARTNER_SIGNOFF, _S.DRAFT): _UNIT_WITH_CHAIR,
    (_S.PARTNER_SIGNOFF, _S.DECIDED): _PARTNERS,
    (_S.DECIDED, _S.DRAFT): _UNIT_WITH_CHAIR,
    (_S.DECIDED, _S.SENT_TO_PANEL): _UNIT,
    (_S.SENT_TO_PANEL, _S.PANEL_RESPONSE): _UNIT,
    (_S.PANEL_RESPONSE, _S.SENT_TO_PANEL): _UNIT,
    (_S.PANEL_RESPONSE, _S.RECONSIDER): _PARTNERS_MINUTED,
    (_S.PANEL_RESPONSE, _S.CLOSED_NO_LCSPR): _PARTNERS_MINUTED,
    (_S.PANEL_RESPONSE, _S.LCSPR_COMMISSIONED): _PARTNERS_MINUTED,
    (_S.RECONSIDER, _S.DRAFT): _PARTNERS_MINUTED,
    (_S.RECONSIDER, _S.CLOSED_NO_LCSPR): _PARTNERS_MINUTED,
    (_S.RECONSIDER, _S.LCSPR_COMMISSIONED): _PARTNERS_MINUTED,
}

MADE_BY: Final[Mapping[tuple[RapidReviewStatus, RapidReviewStatus], MadeBy]] = {
    **_COURSE_MADE_BY,
    **{(status, target): made for target, made in _STOPPED_BY.items() for status in RapidReviewStatus if target in MOVES[status]},
}


def moves_from(status: RapidReviewStatus) -> tuple[RapidReviewStatus, ...]:
    """Where a rapid review may go from here, in the order in which statuses are listed."""
    return moves.moves_from(MOVES, status)


def check_move(status: RapidReviewStatus, target: RapidReviewStatus) -> None:
    """Refuse a move that the status does not allow, and say what is possible instead."""
    moves.check_move("rapid review", status, target, moves_from(status))


def clock_runs(status: RapidReviewStatus) -> bool:
    """Whether a rapid review has a clock at all: one that was stopped is neither on time nor late."""
    return status not in STOPPED


def clock_stopped_on(history: Iterable[tuple[RapidReviewStatus, date]]) -> date | None:
    """The day on which the clock stopped: the first sending to the Panel. Reconsidering or sending again does not start it anew."""
    return min((on for status, on in history if status == RapidReviewStatus.SENT_TO_PANEL), default=None)
