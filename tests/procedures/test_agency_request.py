"""Statuses of a request to an agency, its moves, its basis, and what it tells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.agency_request import (
    MADE_BY,
    AgencyRequestStatus,
    accepted_as,
    check_move,
    default_period,
    identity_facts_told,
    information_is_complete,
    is_overdue,
    lawful_basis,
)
from sightline.procedures.errors import NotAllowedNow

Status = AgencyRequestStatus


def test_overdue_is_no_status() -> None:
    assert not [status for status in Status if "overdue" in status or "late" in status]


def test_only_the_agency_submits_and_only_the_unit_accepts() -> None:
    assert {MADE_BY[move].decides for move in MADE_BY if move[1] is Status.SUBMITTED} == {"agency’s safeguarding lead or alternate"}
    accepting = {MADE_BY[move].decides for move in MADE_BY if move[1] in {Status.ACCEPTED, Status.NIL_ACCEPTED}}
    assert accepting == {"business manager"}


def test_refusal_says_what_is_possible_instead() -> None:
    with pytest.raises(NotAllowedNow) as refusal:
        check_move(Status.SENT, Status.ACCEPTED)

    assert str(refusal.value) == (
        "This request is “Sent, not opened yet” and cannot become “Accepted” now. "
        "From here it can become “Opened by the agency” or “Being written” or “No longer asked”."
    )


@given(st.lists(st.sampled_from(list(Status)), max_size=20))
def test_no_chain_of_moves_accepts_what_was_not_submitted(targets: list[Status]) -> None:
    history = [Status.SENT]
    for target in targets:
        try:
            check_move(history[-1], target)
        except NotAllowedNow:
            continue
        history.append(target)

    for before, after in zip(history, history[1:], strict=False):
        assert after not in {Status.ACCEPTED, Status.NIL_ACCEPTED} or before is Status.SUBMITTED
        assert before is not Status.WITHDRAWN


def test_nil_return_is_an_answer_of_its_own_kind() -> None:
    assert accepted_as(is_nil=True) is Status.NIL_ACCEPTED
    assert accepted_as(is_nil=False) is Status.ACCEPTED


OVERDUE = [
    # status, day, provisional, overdue (due on Wednesday 13 January 2021)
    ("sent", "2021-01-13", False, False),
    ("sent", "2021-01-14", False, True),
    ("acknowledged", "2021-01-14", False, True),
    ("in_progress", "2021-01-14", False, True),
    ("awaiting_sign_off", "2021-01-14", False, True),
    ("returned_for_correction", "2021-01-14", False, True),
    ("submitted", "2021-01-14", False, False),
    ("accepted", "2021-01-14", False, False),
    ("nil_accepted", "2021-01-14", False, False),
    ("withdrawn", "2021-01-14", False, False),
    ("sent", "2021-01-14", True, False),
]


@pytest.mark.parametrize(("status", "on", "is_provisional", "expected"), OVERDUE)
def test_request_is_overdue_only_while_the_agency_is_waited_for(status: str, on: str, is_provisional: bool, expected: bool) -> None:
    assert is_overdue(Status(status), date(2021, 1, 13), date.fromisoformat(on), is_provisional=is_provisional) is expected


COMPLETE = [
    ([], False),
    (["withdrawn"], False),
    (["accepted", "nil_accepted", "withdrawn"], True),
    (["accepted", "submitted"], False),
    (["accepted", "sent"], False),
    (["nil_accepted"], True),
]


@pytest.mark.parametrize(("statuses", "expected"), COMPLETE)
def test_information_is_complete_when_every_agency_still_asked_was_heard(statuses: list[str], expected: bool) -> None:
    assert information_is_complete([Status(value) for value in statuses]) is expected


def test_request_rests_on_section_16h_and_says_for_what() -> None:
    basis = lawful_basis(date(2020, 12, 30))

    assert basis.code == "section_16h"
    assert "section 16H of the Children Act 2004" in basis.basis
    assert "rapid review" in basis.purpose
    assert basis.source and "Consent is not the basis" in basis.data_protection


@pytest.mark.parametrize(("on", "holds"), [("2018-06-28", False), ("2018-06-29", True), ("2026-11-23", True)])
def test_basis_holds_from_the_day_on_which_the_section_came_into_force(on: str, holds: bool) -> None:
    if holds:
        assert lawful_basis(date.fromisoformat(on))
    else:
        with pytest.raises(NotAllowedNow, match="no lawful basis"):
            lawful_basis(date.fromisoformat(on))


@pytest.mark.parametrize(("incident_on", "from_on"), [("2020-12-18", "2018-12-18"), ("2024-02-29", "2022-02-28")])
def test_agencies_are_asked_about_two_years_and_what_was_significant_before(incident_on: str, from_on: str) -> None:
    period = default_period(date.fromisoformat(incident_on))

    assert (period.from_on, period.to_on) == (date.fromisoformat(from_on), date.fromisoformat(incident_on))
    assert "significant" in period.earlier_history


TO_EVERY_AGENCY = ["given_name", "family_name", "also_known_as", "born_on", "expected_on", "addresses"]
TOLD = [
    ("health", [*TO_EVERY_AGENCY, "nhs_number"]),
    ("education", [*TO_EVERY_AGENCY, "upn"]),
    ("local_authority", [*TO_EVERY_AGENCY, "social_care_id"]),
    ("police", TO_EVERY_AGENCY),
    ("voluntary", TO_EVERY_AGENCY),
]


@pytest.mark.parametrize(("sector", "facts"), TOLD)
def test_agency_is_told_only_what_it_needs_to_search(sector: str, facts: list[str]) -> None:
    told = identity_facts_told(sector)

    assert list(told) == facts
    assert all(told.values())
