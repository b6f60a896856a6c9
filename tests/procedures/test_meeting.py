"""Meetings: quorum by partner at each moment, by the partners of that day, and statuses that a business manager would draw."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from sightline.procedures import meeting
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.meeting import DecisionStatus, InTheRoom, MeetingStatus, Quorum, quorum, quorum_rule

TEN = datetime(2021, 3, 10, 10, 0, tzinfo=UTC)
PARTNERS_OF_2021 = {"local_authority": "council", "police": "police", "health": "ccg"}
PARTNERS_OF_2023 = {**PARTNERS_OF_2021, "health": "icb"}
RULE = quorum_rule("each_partner")


def sits(person: str, speaks_for: str, agency: str, *spans: tuple[datetime, datetime | None]) -> InTheRoom:
    return InTheRoom(person, speaks_for, agency, spans or ((TEN, None),))


COUNCIL = sits("Director", "local_authority", "council")
POLICE = sits("Superintendent", "police", "police")
CCG = sits("Nurse", "health", "ccg")
SCRUTINEER = sits("Scrutineer", "", "scrutiny")


def asked(*people: InTheRoom, at: datetime = TEN, partners: dict[str, str] = PARTNERS_OF_2021) -> Quorum:
    return quorum(RULE, people, partners, at=at)


def test_authority_police_and_scrutineer_without_the_clinical_commissioning_group_recommend() -> None:
    state = asked(COUNCIL, POLICE, SCRUTINEER)

    assert not state.is_quorate
    assert state.missing == ("health",)
    assert "nobody in the room speaks for health" in state.in_words
    assert meeting.status_of_decision(state) is DecisionStatus.RECOMMENDED
    assert meeting.status_of_decision(state).label == "Recommended, awaiting ratification"


def test_one_of_each_partner_decides_and_ten_of_two_do_not() -> None:
    crowd = [sits(f"Officer {n}", "police", "police") for n in range(9)]

    assert meeting.status_of_decision(asked(COUNCIL, POLICE, CCG)) is DecisionStatus.DECIDED
    assert not asked(COUNCIL, *crowd).is_quorate
    assert asked(COUNCIL, POLICE, CCG).present == {"local_authority": ("Director",), "police": ("Superintendent",), "health": ("Nurse",)}


def test_health_is_the_agency_that_holds_the_role_on_that_day() -> None:
    icb = sits("Nurse", "health", "icb")

    assert asked(COUNCIL, POLICE, CCG).is_quorate
    assert not asked(COUNCIL, POLICE, CCG, partners=PARTNERS_OF_2023).is_quorate
    assert asked(COUNCIL, POLICE, icb, partners=PARTNERS_OF_2023).is_quorate
    assert "not that partner on this day" in asked(COUNCIL, POLICE, icb).in_words


def test_quorum_goes_when_somebody_leaves_for_a_conflict_and_comes_back_with_them() -> None:
    leaves, returns = TEN + timedelta(minutes=30), TEN + timedelta(minutes=50)
    nurse = sits("Nurse", "health", "ccg", (TEN, leaves), (returns, None))

    told = [asked(COUNCIL, POLICE, nurse, at=TEN + timedelta(minutes=minutes)).is_quorate for minutes in (-1, 0, 29, 30, 49, 50)]

    assert told == [False, True, True, False, False, True]


def test_practitioner_event_decides_nothing() -> None:
    state = quorum(quorum_rule("none"), [COUNCIL, POLICE, CCG], PARTNERS_OF_2021, at=TEN)

    assert not state.is_quorate
    assert "decides nothing" in state.in_words


@pytest.mark.parametrize("rule", meeting.quorum_rules(), ids=lambda rule: rule.code)
def test_each_rule_of_quorum_has_its_source(rule: meeting.QuorumRule) -> None:
    assert rule.title
    assert rule.source
    assert set(rule.partners) <= set(meeting.PARTNER_IN_WORDS)


def test_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        quorum_rule("headcount")


ALLOWED = {"planned": ["papers_out", "held", "cancelled"], "papers_out": ["held", "cancelled"], "held": [], "cancelled": []}
DECISIONS = {
    "decided": ["superseded"],
    "recommended_awaiting_ratification": ["ratified", "superseded"],
    "ratified": ["superseded"],
    "superseded": [],
}


@pytest.mark.parametrize(("status", "target"), list(product(MeetingStatus, MeetingStatus)))
def test_meeting_moves_as_the_table_says(status: MeetingStatus, target: MeetingStatus) -> None:
    if target.value in ALLOWED[status.value]:
        meeting.check_move(status, target)
        return
    with pytest.raises(NotAllowedNow):
        meeting.check_move(status, target)


@pytest.mark.parametrize(("status", "target"), list(product(DecisionStatus, DecisionStatus)))
def test_decision_moves_as_the_table_says(status: DecisionStatus, target: DecisionStatus) -> None:
    if target.value in DECISIONS[status.value]:
        meeting.check_decision_move(status, target)
        return
    with pytest.raises(NotAllowedNow):
        meeting.check_decision_move(status, target)


def test_no_status_is_left_out() -> None:
    assert set(meeting.MOVES) == set(MeetingStatus)
    assert set(meeting.DECISION_MOVES) == set(DecisionStatus)
    assert set(meeting.MADE_BY) == {(status, target) for status in MeetingStatus for target in meeting.MOVES[status]}
    assert len({status.label for status in MeetingStatus}) == len(MeetingStatus)
    assert len({status.label for status in DecisionStatus}) == len(DecisionStatus)


@pytest.mark.parametrize("kind", ["panel", "practitioner_event", "executive", "sub_group", "extraordinary"])
def test_interests_are_declared_at_every_meeting(kind: str) -> None:
    codes = [item.code for item in meeting.standing_items(kind)]

    assert "declarations" in codes
    assert codes[-1] == "actions"
