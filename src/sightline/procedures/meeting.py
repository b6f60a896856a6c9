"""A meeting: its statuses, who makes each move, its quorum at each moment, and the items that stand on its agenda."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

from sightline.procedures import moves
from sightline.procedures.case_review import MadeBy


class MeetingStatus(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    PAPERS_OUT = "papers_out"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_over(self) -> bool:
        return self in (MeetingStatus.HELD, MeetingStatus.CANCELLED)


class DecisionStatus(StrEnum):
    """What a decision of a meeting is worth."""

    DECIDED = "decided"
    RECOMMENDED = "recommended_awaiting_ratification"
    RATIFIED = "ratified"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return _DECISION_LABELS[self]


_S: Final = MeetingStatus
_D: Final = DecisionStatus

_LABELS: Final[Mapping[MeetingStatus, str]] = {
    _S.PLANNED: "Planned",
    _S.PAPERS_OUT: "Papers sent",
    _S.HELD: "Held",
    _S.CANCELLED: "Cancelled",
}
_DECISION_LABELS: Final[Mapping[DecisionStatus, str]] = {
    _D.DECIDED: "Decided",
    _D.RECOMMENDED: "Recommended, awaiting ratification",
    _D.RATIFIED: "Ratified",
    _D.SUPERSEDED: "Replaced by a later decision",
}

MOVES: Final[Mapping[MeetingStatus, frozenset[MeetingStatus]]] = {
    # A meeting called at a day's notice may have no papers.
    _S.PLANNED: frozenset({_S.PAPERS_OUT, _S.HELD, _S.CANCELLED}),
    _S.PAPERS_OUT: frozenset({_S.HELD, _S.CANCELLED}),
    _S.HELD: frozenset(),
    _S.CANCELLED: frozenset(),
}

_UNIT: Final = MadeBy("business manager", "business manager or business officer", ("chair",), "within the business unit")
_CHAIR: Final = MadeBy("chair", "business manager or business officer", (), "to the vice chair")
MADE_BY: Final[Mapping[tuple[MeetingStatus, MeetingStatus], MadeBy]] = {
    (_S.PLANNED, _S.PAPERS_OUT): _UNIT,
    (_S.PLANNED, _S.HELD): _CHAIR,
    (_S.PLANNED, _S.CANCELLED): _CHAIR,
    (_S.PAPERS_OUT, _S.HELD): _CHAIR,
    (_S.PAPERS_OUT, _S.CANCELLED): _CHAIR,
}

DECISION_MOVES: Final[Mapping[DecisionStatus, frozenset[DecisionStatus]]] = {
    _D.DECIDED: frozenset({_D.SUPERSEDED}),
    _D.RECOMMENDED: frozenset({_D.RATIFIED, _D.SUPERSEDED}),
    _D.RATIFIED: frozenset({_D.SUPERSEDED}),
    _D.SUPERSEDED: frozenset(),
}


def moves_from(status: MeetingStatus) -> tuple[MeetingStatus, ...]:
    """Where a meeting may go from here, in the order in which statuses are listed."""
    return moves.moves_from(MOVES, status)


def check_move(status: MeetingStatus, target: MeetingStatus) -> None:
    """Refuse a move that the status does not allow, and say what is possible instead."""
    moves.check_move("meeting", status, target, moves_from(status))


def check_decision_move(status: DecisionStatus, target: DecisionStatus) -> None:
    moves.check_move("decision", status, target, moves.moves_from(DECISION_MOVES, status))


PARTNER_IN_WORDS: Final[Mapping[str, str]] = {
    "local_authority": "the local authority",
    "police": "the police",
    "health": "health",
}


@dataclass(frozen=True)
class QuorumRule:
    """Who must be in the room for a decision to be one."""

    code: str
    title: str
    partners: tuple[str, ...]
    source: str
    decides: bool = True


@dataclass(frozen=True)
class StandingItem:
    """An item that is on the agenda of every meeting of some kinds."""

    code: str
    title: str
    purpose: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class InTheRoom:
    """A person as far as quorum asks: which partner they speak for, of which agency they are, and when they were in the room."""

    person: str
    speaks_for: str
    agency: str
    spans: tuple[tuple[datetime, datetime | None], ...] = ()

    def is_there(self, at: datetime) -> bool:
        """In the room from the minute of coming in until, and not including, the minute of leaving."""
        return any(came <= at and (left is None or at < left) for came, left in self.spans)


@dataclass(frozen=True)
class Quorum:
    """How quorum stands at one moment."""

    rule: QuorumRule
    present: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    strangers: tuple[str, ...] = ()

    @property
    def is_quorate(self) -> bool:
        return self.rule.decides and not self.missing

    @property
    def in_words(self) -> str:
        if not self.rule.decides:
            return "This meeting decides nothing: it informs and discusses."
        if self.is_quorate:
            return "Quorate: somebody speaks for each of the three safeguarding partners."
        nobody = _or([PARTNER_IN_WORDS[role] for role in self.missing])
        said = f"Not quorate: nobody in the room speaks for {nobody}."
        if self.strangers:
            said += " Somebody in a partner’s seat is of an agency that is not that partner on this day."
        return f"{said} The meeting may discuss; what it decides is a recommendation that awaits ratification."


def quorum_rules() -> tuple[QuorumRule, ...]:
    return tuple(
        QuorumRule(row["code"], row["title"], tuple(row["partners"]), row["source"], row.get("decides", True)) for row in _told()["quorum"]
    )


def quorum_rule(code: str) -> QuorumRule:
    """The rule with this code; KeyError for one that does not exist."""
    return {rule.code: rule for rule in quorum_rules()}[code]


def standing_items(kind: str) -> tuple[StandingItem, ...]:
    """What stands on the agenda of every meeting of a kind, in order."""
    items = (StandingItem(row["code"], row["title"], row["purpose"], tuple(row["kinds"])) for row in _told()["standing"])
    return tuple(item for item in items if kind in item.kinds)


def quorum(rule: QuorumRule, people: Iterable[InTheRoom], partners: Mapping[str, str], *, at: datetime) -> Quorum:
    """Quorum by partner and not by headcount, among those in the room at a moment.

    `partners` is the agency that holds each role on that day: until 30 June 2022 the clinical commissioning group, then the integrated care
    board. Whoever sits in a partner's seat for an agency that is not that partner does not speak for it.
    """
    present: dict[str, tuple[str, ...]] = {}
    strangers: list[str] = []
    for person in people:
        if not person.speaks_for or not person.is_there(at):
            continue
        if partners.get(person.speaks_for) == person.agency:
            present[person.speaks_for] = (*present.get(person.speaks_for, ()), person.person)
        else:
            strangers.append(person.person)
    missing = tuple(role for role in rule.partners if role not in present)
    return Quorum(rule, present, missing, tuple(strangers))


def status_of_decision(state: Quorum) -> DecisionStatus:
    """A decision of a quorate meeting is one; any other is a recommendation until a quorate meeting ratifies it."""
    return DecisionStatus.DECIDED if state.is_quorate else DecisionStatus.RECOMMENDED


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "meeting.toml").read_text(encoding="utf-8"))
