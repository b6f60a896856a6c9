"""Statuses of a rapid review, its moves, who makes them, and what stops its clock."""

from datetime import date

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
)

Status = RapidReviewStatus


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
