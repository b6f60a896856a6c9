"""The statuses of an action, the moves between them, who may make each; its three locks, its rating and the age of its evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sightline.procedures import moves
from sightline.procedures.case_review import MadeBy
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.working_days import add_months

STALE_AFTER_MONTHS: Final = {"completion": 24, "impact": 12}
"""Evidence decays: what showed a difference a year ago does not show it today."""

DUE_SOON_DAYS: Final = 14


class ActionStatus(StrEnum):
    """How far an action has come. Overdue is not among them: it follows from the date."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    EVIDENCE_AWAITED = "evidence_awaited"
    VERIFIED = "verified"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_ended(self) -> bool:
        return self == ActionStatus.SUPERSEDED

    @property
    def is_with_owner(self) -> bool:
        """Still to be done by its owner."""
        return self in OWNER_SAYS


_S: Final = ActionStatus

OWNER_SAYS: Final = (_S.NOT_STARTED, _S.ON_TRACK, _S.AT_RISK)
"""The statuses that an owner gives in an update."""

_LABELS: Final[Mapping[ActionStatus, str]] = {
    _S.NOT_STARTED: "Not started",
    _S.ON_TRACK: "On track",
    _S.AT_RISK: "At risk",
    _S.EVIDENCE_AWAITED: "Done, to be assured",
    _S.VERIFIED: "Assured",
    _S.SUPERSEDED: "Replaced by another",
}

_OPEN: Final = frozenset(OWNER_SAYS)

MOVES: Final[Mapping[ActionStatus, frozenset[ActionStatus]]] = {
    _S.NOT_STARTED: frozenset({_S.ON_TRACK, _S.AT_RISK, _S.EVIDENCE_AWAITED, _S.SUPERSEDED}),
    _S.ON_TRACK: frozenset({_S.AT_RISK, _S.EVIDENCE_AWAITED, _S.SUPERSEDED}),
    _S.AT_RISK: frozenset({_S.ON_TRACK, _S.EVIDENCE_AWAITED, _S.SUPERSEDED}),
    # Sent back by the sub-group, it is under way again.
    _S.EVIDENCE_AWAITED: frozenset({_S.ON_TRACK, _S.VERIFIED, _S.SUPERSEDED}),
    _S.VERIFIED: frozenset({_S.ON_TRACK}),
    _S.SUPERSEDED: frozenset(),
}

_OWNER: Final = MadeBy("owner of the action", "the owner", ("sub-group",), "within the agency")
_SUB_GROUP: Final = MadeBy("sub-group", "business unit or a member of the sub-group, never the owner", ("owner",))
_EXECUTIVE: Final = MadeBy("Executive", "business manager", ("owner", "sub-group"))

MADE_BY: Final[Mapping[tuple[ActionStatus, ActionStatus], MadeBy]] = {
    **{(start, target): _OWNER for start in OWNER_SAYS for target in MOVES[start] - {_S.SUPERSEDED}},
    **{(start, _S.SUPERSEDED): _EXECUTIVE for start in (*OWNER_SAYS, _S.EVIDENCE_AWAITED)},
    (_S.EVIDENCE_AWAITED, _S.ON_TRACK): _SUB_GROUP,
    (_S.EVIDENCE_AWAITED, _S.VERIFIED): _SUB_GROUP,
    (_S.VERIFIED, _S.ON_TRACK): _EXECUTIVE,
}
CLOSES: Final = _EXECUTIVE
"""Sub-group verifies, Executive closes, owner is consulted."""


def moves_from(status: ActionStatus) -> tuple[ActionStatus, ...]:
    """Where an action may go from here, in the order in which statuses are listed."""
    return moves.moves_from(MOVES, status)


def check_move(status: ActionStatus, target: ActionStatus) -> None:
    """Refuse a move that the status does not allow, and say what is possible instead."""
    moves.check_move("action", status, target, moves_from(status))


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence as the rules see it."""

    kind: str
    dated_on: date
    goes_stale_on: date | None
    is_withdrawn: bool = False

    def is_fresh(self, on: date) -> bool:
        return not self.is_withdrawn and (self.goes_stale_on is None or on < self.goes_stale_on)


@dataclass(frozen=True)
class Locks:
    """The three locks of an action and its closing, each with its day."""

    done_on: date | None = None
    assured_on: date | None = None
    difference_on: date | None = None
    closed_on: date | None = None

    @property
    def next(self) -> str:
        """The step that comes next; nothing when it is closed."""
        for name, day in (("done", self.done_on), ("assured", self.assured_on), ("difference", self.difference_on)):
            if day is None:
                return name
        return "" if self.closed_on else "close"


def stale_on(kind: str, dated_on: date) -> date:
    """The day from which a piece of evidence is too old to show anything."""
    return add_months(dated_on, STALE_AFTER_MONTHS[kind])


def shows(evidence: Iterable[Evidence], kind: str, on: date) -> bool:
    """Whether something that is neither withdrawn nor too old shows it on a day."""
    return any(piece.kind == kind and piece.is_fresh(on) for piece in evidence)


def check_done(locks: Locks, evidence: Iterable[Evidence], on: date) -> None:
    """An owner's word is not enough: there is evidence."""
    if locks.done_on:
        raise NotAllowedNow("This action has already been said to be done. Open it again to see when.")
    if not shows(evidence, "completion", on):
        raise NotAllowedNow("Add evidence that the action was done first. Evidence that was withdrawn or is too old does not count.")


def check_assured(locks: Locks, evidence: Iterable[Evidence], on: date) -> None:
    """The second lock opens after the first."""
    if not locks.done_on:
        raise NotAllowedNow("The owner has not yet said that this action is done. It can be assured after that.")
    if locks.assured_on:
        raise NotAllowedNow("This action has already been assured. Open it again to see why.")
    if not shows(evidence, "completion", on):
        raise NotAllowedNow("No evidence that the action was done counts any more. Ask the owner for evidence first.")


def check_difference(locks: Locks, evidence: Iterable[Evidence], on: date) -> None:
    """The third lock opens after the second, and on evidence of impact: done is not the same as better for children."""
    if not locks.assured_on:
        raise NotAllowedNow("This action has not been assured yet. Whether it made a difference is recorded after that.")
    if locks.difference_on:
        raise NotAllowedNow("The difference that this action made has already been recorded. Open it again to see it.")
    if not shows(evidence, "impact", on):
        raise NotAllowedNow("Add evidence of a difference to children first. Evidence that was withdrawn or is too old does not count.")


def check_close(locks: Locks, evidence: Iterable[Evidence], on: date) -> None:
    """The Executive closes what has passed all three locks, on evidence that still holds."""
    if locks.closed_on:
        raise NotAllowedNow("This action has already been closed. Open it again to see when.")
    if not locks.difference_on:
        raise NotAllowedNow("An action is closed when it is done, assured and has made a difference. One of these is still open.")
    if not shows(evidence, "impact", on):
        raise NotAllowedNow("The evidence of a difference is too old by now. Add new evidence before the action is closed.")


class Rating(StrEnum):
    """How an action stands on a day; computed whenever it is asked, never stored."""

    OVERDUE = "overdue"
    AT_RISK = "at_risk"
    DUE_SOON = "due_soon"
    ON_TIME = "on_time"
    TO_ASSURE = "to_assure"
    ASSURED = "assured"
    STALE = "stale"
    CLOSED = "closed"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _RATINGS[self][0]

    @property
    def tone(self) -> str:
        return _RATINGS[self][1]


_RATINGS: Final[Mapping[Rating, tuple[str, str]]] = {
    Rating.OVERDUE: ("Overdue", "red"),
    Rating.AT_RISK: ("At risk", "orange"),
    Rating.DUE_SOON: ("Due soon", "yellow"),
    Rating.ON_TIME: ("On time", "blue"),
    Rating.TO_ASSURE: ("Done, to be assured", "purple"),
    Rating.ASSURED: ("Assured", "green"),
    Rating.STALE: ("Evidence is too old", "orange"),
    Rating.CLOSED: ("Closed", "green"),
    Rating.SUPERSEDED: ("Replaced by another", "grey"),
}


def is_overdue(status: ActionStatus, locks: Locks, due_on: date, on: date) -> bool:
    """Not done when its day is over. The day itself still counts."""
    return status.is_with_owner and locks.done_on is None and on > due_on


def rating(status: ActionStatus, locks: Locks, due_on: date, evidence: Iterable[Evidence], on: date) -> Rating:
    """How an action stands on a day."""
    if status == _S.SUPERSEDED:
        return Rating.SUPERSEDED
    if locks.done_on is None:
        if is_overdue(status, locks, due_on, on):
            return Rating.OVERDUE
        if status == _S.AT_RISK:
            return Rating.AT_RISK
        return Rating.DUE_SOON if (due_on - on).days <= DUE_SOON_DAYS else Rating.ON_TIME
    if locks.assured_on is None:
        return Rating.TO_ASSURE
    if locks.difference_on and not shows(evidence, "impact", on):
        return Rating.STALE
    return Rating.CLOSED if locks.closed_on else Rating.ASSURED
