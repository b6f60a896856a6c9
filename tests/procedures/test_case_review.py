"""Statuses of a serious incident, its moves, and kinds of notification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.case_review import (
    ENDED_INCIDENT,
    IN_RAPID_REVIEW_TIMELINESS,
    MADE_BY,
    MOVES,
    NOTIFIED_AT_SOME_TIME,
    NotificationType,
    SeriousIncidentStatus,
    check_move,
)
from sightline.procedures.errors import NotAllowedNow

Status = SeriousIncidentStatus


def test_refusal_says_what_is_possible_instead() -> None:
    with pytest.raises(NotAllowedNow) as refusal:
        check_move(Status.RAISED, Status.NOTIFIED)

    assert str(refusal.value) == (
        "This incident is “Raised” and cannot become “Notified” now. "
        "From here it can become “Under consideration” or “Duplicate” or “Transferred to another local authority”."
    )


def test_only_a_draft_can_be_withdrawn() -> None:
    assert [status for status in Status if Status.WITHDRAWN in MOVES[status]] == [Status.DRAFT]


def test_nothing_goes_back_to_being_a_draft() -> None:
    assert not [status for status in Status if Status.DRAFT in MOVES[status]]


def test_not_notifiable_follows_only_from_consideration() -> None:
    assert [status for status in Status if Status.NOT_NOTIFIABLE in MOVES[status]] == [Status.UNDER_CONSIDERATION]


@pytest.mark.parametrize("target", [Status.DECIDED_TO_NOTIFY, Status.NOT_NOTIFIABLE])
def test_local_authority_decides_whether_to_notify_after_consulting(target: Status) -> None:
    made = MADE_BY[Status.UNDER_CONSIDERATION, target]

    assert made.decides == "local authority (director of children’s services)"
    assert made.consulted == ("police", "health partner")
    assert made.delegated == "within the local authority"


def test_criteria_not_met_after_all_is_decided_with_the_partners_and_not_delegated() -> None:
    made = MADE_BY[Status.NOTIFIED, Status.CRITERIA_NOT_MET_AFTER_NOTIFICATION]

    assert "safeguarding partners" in made.decides and "Panel" in made.decides
    assert (made.recorded_by, made.delegated) == ("business manager", "no")


def test_ended_incident_is_one_that_waits_for_nobody() -> None:
    assert {
        Status.NOT_NOTIFIABLE,
        Status.CRITERIA_NOT_MET_AFTER_NOTIFICATION,
        Status.DUPLICATE,
        Status.TRANSFERRED,
        Status.WITHDRAWN,
    } == ENDED_INCIDENT
    assert not Status.NOTIFIED.is_ended


def test_criteria_not_met_stays_counted_but_leaves_the_timeliness_of_rapid_reviews() -> None:
    not_met = Status.CRITERIA_NOT_MET_AFTER_NOTIFICATION

    assert not_met in NOTIFIED_AT_SOME_TIME
    assert not_met not in IN_RAPID_REVIEW_TIMELINESS


@given(st.lists(st.sampled_from(list(Status)), max_size=12))
def test_no_chain_of_moves_leaves_an_ended_record_except_to_look_again(targets: list[Status]) -> None:
    status = Status.DRAFT
    for target in targets:
        try:
            check_move(status, target)
        except NotAllowedNow:
            continue
        if status.is_ended:
            assert (status, target) == (Status.NOT_NOTIFIABLE, Status.UNDER_CONSIDERATION)
        status = target


OPENS = [
    ("abuse_or_neglect_death", True),
    ("abuse_or_neglect_serious_harm", True),
    ("looked_after_child_death", False),
    ("care_leaver_death", False),
]


@pytest.mark.parametrize(("kind", "opens"), OPENS)
def test_rapid_review_follows_only_where_abuse_or_neglect_is_known_or_suspected(kind: str, opens: bool) -> None:
    assert NotificationType(kind).opens_rapid_review is opens
    assert NotificationType(kind).label


def test_no_notification_type_is_missing_from_the_table_above() -> None:
    assert [kind.value for kind in NotificationType] == [row[0] for row in OPENS]
