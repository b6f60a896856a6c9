"""Every table of statuses holds to what a business manager would draw: its moves, its refusals, who makes each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from types import ModuleType

import pytest

from sightline.procedures import agency_request, case_review, meeting, rapid_review
from sightline.procedures.errors import NotAllowedNow

STOPS = ["stopped_criteria_not_met", "stopped_withdrawn"]


@dataclass(frozen=True)
class Table:
    """One table of statuses, what the reader calls the thing, where it begins, and from: to as it should be."""

    thing: str
    module: ModuleType
    statuses: type[StrEnum]
    begins: str
    allowed: Mapping[str, list[str]]

    def __str__(self) -> str:
        return self.thing


TABLES = [
    Table("incident", case_review, case_review.SeriousIncidentStatus, "draft", {
        "draft": ["raised", "withdrawn"],
        "raised": ["under_consideration", "duplicate", "transferred"],
        "under_consideration": ["decided_to_notify", "not_notifiable", "duplicate", "transferred"],
        "decided_to_notify": ["under_consideration", "notified", "duplicate", "transferred"],
        "notified": ["criteria_not_met_after_notification", "duplicate", "transferred"],
        "not_notifiable": ["under_consideration"],
        "criteria_not_met_after_notification": [],
        "duplicate": [],
        "transferred": [],
        "withdrawn": [],
    }),
    Table("rapid review", rapid_review, rapid_review.RapidReviewStatus, "open", {
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
    }),
    Table("request", agency_request, agency_request.AgencyRequestStatus, "sent", {
        "sent": ["acknowledged", "in_progress", "withdrawn"],
        "acknowledged": ["in_progress", "withdrawn"],
        "in_progress": ["awaiting_sign_off", "submitted", "withdrawn"],
        "awaiting_sign_off": ["in_progress", "submitted", "withdrawn"],
        "submitted": ["returned_for_correction", "accepted", "nil_accepted", "withdrawn"],
        "returned_for_correction": ["in_progress", "withdrawn"],
        "accepted": ["returned_for_correction"],
        "nil_accepted": ["returned_for_correction"],
        "withdrawn": [],
    }),
    Table("meeting", meeting, meeting.MeetingStatus, "planned", {
        "planned": ["papers_out", "held", "cancelled"],
        "papers_out": ["held", "cancelled"],
        "held": [],
        "cancelled": [],
    }),
]  # fmt: skip
PAIRS = [(table, status, target) for table in TABLES for status, target in product(table.statuses, table.statuses)]
EACH = [(table, status) for table in TABLES for status in table.statuses]


@pytest.mark.parametrize(("table", "status", "target"), PAIRS, ids=[f"{table}: {a} to {b}" for table, a, b in PAIRS])
def test_move_is_allowed_or_refused_as_the_table_says(table: Table, status: StrEnum, target: StrEnum) -> None:
    if target.value in table.allowed[status.value]:
        assert target in table.module.MOVES[status]
        table.module.check_move(status, target)
        return
    with pytest.raises(NotAllowedNow) as refusal:
        table.module.check_move(status, target)
    assert f"This {table.thing} is " in str(refusal.value)
    assert status.label in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(("table", "status"), EACH, ids=[f"{table}: {status}" for table, status in EACH])
def test_status_has_its_moves_in_order_and_a_label(table: Table, status: StrEnum) -> None:
    assert list(table.module.moves_from(status)) == [step for step in table.statuses if step.value in table.allowed[status.value]]
    assert status in table.module.MOVES
    assert status.label


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_labels_are_all_different(table: Table) -> None:
    assert len({status.label for status in table.statuses}) == len(table.statuses)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_status_can_be_reached_from_the_beginning(table: Table) -> None:
    first = table.statuses(table.begins)
    reached, waiting = {first}, [first]
    while waiting:
        new = set(table.module.moves_from(waiting.pop())) - reached
        reached |= new
        waiting += new

    assert reached == set(table.statuses)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_each_move_says_who_makes_it_and_no_other_does(table: Table) -> None:
    assert set(table.module.MADE_BY) == {(status, target) for status in table.statuses for target in table.module.MOVES[status]}
    assert all(made.decides and made.recorded_by for made in table.module.MADE_BY.values())
