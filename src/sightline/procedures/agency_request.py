"""A request to one agency: its statuses and moves, the basis it rests on, and the little that it tells the agency."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sightline.procedures import moves
from sightline.procedures.case_review import MadeBy
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rule_sets.rule_set import Period
from sightline.procedures.working_days import add_months, long_date


class AgencyRequestStatus(StrEnum):
    """How far the answer of one agency has come. Overdue is no status: it follows from the day."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SUBMITTED = "submitted"
    RETURNED_FOR_CORRECTION = "returned_for_correction"
    ACCEPTED = "accepted"
    NIL_ACCEPTED = "nil_accepted"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def waits_for_agency(self) -> bool:
        """Whether the agency is to do something next, so that reminders are sent and the day can pass."""
        return self in _WAITS_FOR_AGENCY

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is awaited: an answer or a nil return was accepted, or the agency is no longer asked."""
        return self in _SETTLED


_S: Final = AgencyRequestStatus

_LABELS: Final[Mapping[AgencyRequestStatus, str]] = {
    _S.SENT: "Sent, not opened yet",
    _S.ACKNOWLEDGED: "Opened by the agency",
    _S.IN_PROGRESS: "Being written",
    _S.AWAITING_SIGN_OFF: "Waiting for the agency’s sign-off",
    _S.SUBMITTED: "Submitted",
    _S.RETURNED_FOR_CORRECTION: "Returned for correction",
    _S.ACCEPTED: "Accepted",
    _S.NIL_ACCEPTED: "Not known to this agency, accepted",
    _S.WITHDRAWN: "No longer asked",
}

_WAITS_FOR_AGENCY: Final = frozenset({_S.SENT, _S.ACKNOWLEDGED, _S.IN_PROGRESS, _S.AWAITING_SIGN_OFF, _S.RETURNED_FOR_CORRECTION})
_SETTLED: Final = frozenset({_S.ACCEPTED, _S.NIL_ACCEPTED, _S.WITHDRAWN})

MOVES: Final[Mapping[AgencyRequestStatus, frozenset[AgencyRequestStatus]]] = {
    # A form filled offline or told by telephone begins without having been opened on line.
    _S.SENT: frozenset({_S.ACKNOWLEDGED, _S.IN_PROGRESS, _S.WITHDRAWN}),
    _S.ACKNOWLEDGED: frozenset({_S.IN_PROGRESS, _S.WITHDRAWN}),
    # Whoever may sign off can submit what they wrote themselves; a colleague's work waits for them.
    _S.IN_PROGRESS: frozenset({_S.AWAITING_SIGN_OFF, _S.SUBMITTED, _S.WITHDRAWN}),
    _S.AWAITING_SIGN_OFF: frozenset({_S.IN_PROGRESS, _S.SUBMITTED, _S.WITHDRAWN}),
    _S.SUBMITTED: frozenset({_S.RETURNED_FOR_CORRECTION, _S.ACCEPTED, _S.NIL_ACCEPTED, _S.WITHDRAWN}),
    _S.RETURNED_FOR_CORRECTION: frozenset({_S.IN_PROGRESS, _S.WITHDRAWN}),
    # Agencies find more: an accepted answer, and above all “not known to us”, can be opened again; the first stays on record.
    _S.ACCEPTED: frozenset({_S.RETURNED_FOR_CORRECTION}),
    _S.NIL_ACCEPTED: frozenset({_S.RETURNED_FOR_CORRECTION}),
    _S.WITHDRAWN: frozenset(),
}

_AGENCY_WRITES: Final = MadeBy("agency (whoever was asked, or a colleague)", "agency", delegated="to a named colleague of the agency")
_AGENCY_SIGNS: Final = MadeBy("agency’s safeguarding lead or alternate", "agency’s safeguarding lead or alternate")
_UNIT: Final = MadeBy("business manager", "business manager or business officer", delegated="within the business unit")
_UNIT_REOPENS: Final = MadeBy("business manager", "business manager or business officer", ("agency",), "within the business unit")
_UNIT_WITHDRAWS: Final = MadeBy("business manager", "business manager", ("review panel chair",))

MADE_BY: Final[Mapping[tuple[AgencyRequestStatus, AgencyRequestStatus], MadeBy]] = {
    (_S.SENT, _S.ACKNOWLEDGED): _AGENCY_WRITES,
    (_S.SENT, _S.IN_PROGRESS): _AGENCY_WRITES,
    (_S.ACKNOWLEDGED, _S.IN_PROGRESS): _AGENCY_WRITES,
    (_S.IN_PROGRESS, _S.AWAITING_SIGN_OFF): _AGENCY_WRITES,
    (_S.IN_PROGRESS, _S.SUBMITTED): _AGENCY_SIGNS,
    (_S.AWAITING_SIGN_OFF, _S.IN_PROGRESS): _AGENCY_WRITES,
    (_S.AWAITING_SIGN_OFF, _S.SUBMITTED): _AGENCY_SIGNS,
    (_S.SUBMITTED, _S.RETURNED_FOR_CORRECTION): _UNIT,
    (_S.SUBMITTED, _S.ACCEPTED): _UNIT,
    (_S.SUBMITTED, _S.NIL_ACCEPTED): _UNIT,
    (_S.RETURNED_FOR_CORRECTION, _S.IN_PROGRESS): _AGENCY_WRITES,
    (_S.ACCEPTED, _S.RETURNED_FOR_CORRECTION): _UNIT_REOPENS,
    (_S.NIL_ACCEPTED, _S.RETURNED_FOR_CORRECTION): _UNIT_REOPENS,
    **{(status, _S.WITHDRAWN): _UNIT_WITHDRAWS for status in AgencyRequestStatus if _S.WITHDRAWN in MOVES[status]},
}


@dataclass(frozen=True)
class LawfulBasis:
    """The law under which an agency is asked and the purpose, in the words that the request uses."""

    code: str
    period: Period
    title: str
    basis: str
    purpose: str
    data_protection: str
    source: str


@dataclass(frozen=True)
class AskedPeriod:
    """The time about which an agency is asked."""

    from_on: date
    to_on: date
    earlier_history: str


def moves_from(status: AgencyRequestStatus) -> tuple[AgencyRequestStatus, ...]:
    """Where a request may go from here, in the order in which statuses are listed."""
    return moves.moves_from(MOVES, status)


def check_move(status: AgencyRequestStatus, target: AgencyRequestStatus) -> None:
    """Refuse a move that the status does not allow, and say what is possible instead."""
    moves.check_move("request", status, target, moves_from(status))


def accepted_as(*, is_nil: bool) -> AgencyRequestStatus:
    """What an answer becomes when the unit accepts it: “not known to us” is an answer of its own kind, never the lack of one."""
    return _S.NIL_ACCEPTED if is_nil else _S.ACCEPTED


def is_overdue(status: AgencyRequestStatus, due_on: date, on: date, *, is_provisional: bool = False) -> bool:
    """Whether the agency is late on a day. A provisional date can only move later, so nobody is late by it."""
    return status.waits_for_agency and on > due_on and not is_provisional


def information_is_complete(statuses: Iterable[AgencyRequestStatus]) -> bool:
    """Whether every agency that is still asked has an accepted answer; not while nobody is asked at all."""
    still_asked = [status for status in statuses if status != _S.WITHDRAWN]
    return bool(still_asked) and all(status.is_settled for status in still_asked)


def lawful_basis(on: date) -> LawfulBasis:
    """The basis on which an agency is asked on a day."""
    for row in _content()["basis"]:
        if Period.read(row).covers(on):
            named = {key: row[key] for key in ("code", "title", "basis", "purpose", "data_protection", "source")}
            return LawfulBasis(period=Period.read(row), **named)
    raise NotAllowedNow(f"Sightline holds no lawful basis for asking an agency on {long_date(on)}. Check the year.")


def default_period(incident_on: date) -> AskedPeriod:
    """The period asked about when nobody says otherwise: two years up to the incident, and what was significant before."""
    content = _content()
    return AskedPeriod(add_months(incident_on, -content["months_before_incident"]), incident_on, content["earlier_history"])


def identity_facts_told(sector: str) -> Mapping[str, str]:
    """Which identity facts go into a request to an agency of a sector, by field: only what it needs to search its systems."""
    told = _content()["told"]
    return {**told["every_sector"], **told.get(sector, {})}


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("agency_request.toml").read_text(encoding="utf-8"))
