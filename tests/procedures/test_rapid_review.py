"""Statuses of a rapid review, its moves, who makes them, and what stops its clock."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.case_review import ENDED_INCIDENT, SeriousIncidentStatus
from sightline.procedures.case_review import moves_from as incident_moves_from
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import (
    ENDED_RAPID_REVIEW,
    MADE_BY,
    MOVES,
    STOPPED,
    STOPPED_WITH_INCIDENT,
    RapidReviewStatus,
    check_move,
    clock_runs,
    clock_stopped_on,
    moves_from,
)

Status = RapidReviewStatus

STOPS = ["stopped_criteria_not_met", "stopped_withdrawn"]
# from: to, as a business manager would draw it
ALLOWED = {
    "open": ["scoping", *STOPS],
    "scoping": ["information_requested", *STOPS],
    "information_requested": ["information_incomplete", "information_complete", *STOPS],
    "information_incomplete": ["information_requested", "information_complete", "panel_held", *STOPS],
    "information_complete": ["information_requested", "panel_held", *STOPS],
    "panel_held": ["information_requested", "draft", *STOPS],
    "draft": ["partner_signoff", *STOPS],
    "partner_signoff": ["draft", "decided", *STOPS],
    "decided": ["draft", "sent_to_panel", *STOPS],
    "sent_to_panel": ["panel_response", *STOPS],
    "panel_response": ["sent_to_panel", "reconsider", "closed_no_lcspr", "lcspr_commissioned", *STOPS],
    "reconsider": ["draft", "closed_no_lcspr", "lcspr_commissioned", *STOPS],
    "closed_no_lcspr": [],
    "lcspr_commissioned": [],
    "stopped_criteria_not_met": [],
    "stopped_withdrawn": [],
}
PAIRS = list(product(Status, Status))


@pytest.mark.parametrize(("status", "target"), PAIRS, ids=[f"{a} to {b}" for a, b in PAIRS])
def test_move_is_allowed_or_refused_as_the_table_says(status: Status, target: Status) -> None:
    if target.value in ALLOWED[status.value]:
        check_move(status, target)
    else:
        with pytest.raises(NotAllowedNow) as refusal:
            check_move(status, target)
        assert "This rapid review is" in str(refusal.value) and status.label in str(refusal.value)
        assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("status", list(Status))
def test_status_has_its_moves_and_a_label(status: Status) -> None:
    assert set(moves_from(status)) == {Status(value) for value in ALLOWED[status.value]}
    assert status in MOVES
    assert status.label


def test_labels_are_all_different() -> None:
    assert len({status.label for status in Status}) == len(Status)


def test_each_move_says_who_makes_it_and_no_other_does() -> None:
    assert set(MADE_BY) == {(status, target) for status in Status for target in MOVES[status]}
    assert all(made.decides and made.recorded_by for made in MADE_BY.values())


def test_every_status_can_be_reached_from_the_opening() -> None:
    reached, waiting = {Status.OPEN}, [Status.OPEN]
    while waiting:
        new = set(moves_from(waiting.pop())) - reached
        reached |= new
        waiting += new

    assert reached == set(Status)


def test_refusal_says_what_is_possible_instead() -> None:
    with pytest.raises(NotAllowedNow) as refusal:
        check_move(Status.DRAFT, Status.DECIDED)

    assert str(refusal.value) == (
        "This rapid review is “Report in draft” and cannot become “Decided” now. From here it can become “Partner sign-off” or "
        "“Stopped: criteria not met after all” or “Stopped: notification withdrawn”."
    )


def test_decision_follows_only_from_three_signatures() -> None:
    assert [status for status in Status if Status.DECIDED in MOVES[status]] == [Status.PARTNER_SIGNOFF]
    assert "three safeguarding partners" in MADE_BY[Status.PARTNER_SIGNOFF, Status.DECIDED].decides


def test_only_a_decided_review_or_one_asked_for_more_is_sent_to_the_panel() -> None:
    assert [status for status in Status if Status.SENT_TO_PANEL in MOVES[status]] == [Status.DECIDED, Status.PANEL_RESPONSE]


def test_disagreement_of_the_panel_can_be_met_by_keeping_the_decision() -> None:
    check_move(Status.PANEL_RESPONSE, Status.RECONSIDER)
    check_move(Status.RECONSIDER, Status.CLOSED_NO_LCSPR)


@given(st.lists(st.sampled_from(list(Status)), max_size=25))
def test_no_chain_of_moves_leaves_the_end_or_sends_what_was_not_decided(targets: list[Status]) -> None:
    history = [Status.OPEN]
    for target in targets:
        try:
            check_move(history[-1], target)
        except NotAllowedNow:
            continue
        history.append(target)

    assert not any(status.is_ended for status in history[:-1])
    assert Status.SENT_TO_PANEL not in history or Status.DECIDED in history[: history.index(Status.SENT_TO_PANEL)]


def test_every_way_in_which_a_notification_falls_away_stops_its_review() -> None:
    after_notification = set(incident_moves_from(SeriousIncidentStatus.NOTIFIED))

    assert set(STOPPED_WITH_INCIDENT) == after_notification & ENDED_INCIDENT
    assert set(STOPPED_WITH_INCIDENT.values()) == STOPPED
    for status in set(Status) - ENDED_RAPID_REVIEW:
        for stopped in STOPPED_WITH_INCIDENT.values():
            check_move(status, stopped)


def test_stopped_review_has_no_clock() -> None:
    assert {status for status in Status if not clock_runs(status)} == {Status.STOPPED_CRITERIA_NOT_MET, Status.STOPPED_WITHDRAWN}


def test_clock_stops_at_the_first_sending_and_does_not_begin_anew() -> None:
    decided = (Status.DECIDED, date(2021, 1, 19))
    first, again = (Status.SENT_TO_PANEL, date(2021, 1, 20)), (Status.SENT_TO_PANEL, date(2021, 2, 12))
    reconsidered = (Status.RECONSIDER, date(2021, 2, 1))

    assert clock_stopped_on([decided]) is None
    assert clock_stopped_on([decided, first]) == date(2021, 1, 20)
    assert clock_stopped_on([decided, first, reconsidered, again]) == date(2021, 1, 20)


def test_interim_position_stops_no_clock_while_a_partner_dissents() -> None:
    assert clock_stopped_on([(Status.PARTNER_SIGNOFF, date(2021, 1, 18))]) is None
    assert not Status.PARTNER_SIGNOFF.is_ended


ASKING = ["scoping", "information_requested", "information_incomplete", "information_complete", "panel_held", "draft"]


def test_agencies_may_be_asked_from_scoping_until_the_report_is_signed() -> None:
    assert [status.value for status in Status if status.takes_requests] == ASKING
