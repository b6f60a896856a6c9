"""How far a version for a family or the public can come: never to anybody's hands."""

import pytest

from sightline.procedures.chronology_preview import MOVES, VIEWS_NEEDED, PreviewStatus

TABLE = {
    "prepared": {"with_police_and_legal", "dropped"},
    "with_police_and_legal": {"prepared", "agreed", "dropped"},
    "agreed": {"prepared", "dropped"},
    "dropped": set(),
}


@pytest.mark.parametrize("status", PreviewStatus)
def test_version_moves_as_the_table_says(status: PreviewStatus) -> None:
    assert {step.value for step in MOVES[status]} == TABLE[status.value]


def test_no_status_says_that_it_was_given_to_anybody() -> None:
    assert not {"sent", "given", "released", "issued", "published"} & {status.value for status in PreviewStatus}
    assert {"police", "legal"} == VIEWS_NEEDED


def test_labels_are_all_different() -> None:
    assert len({status.label for status in PreviewStatus}) == len(PreviewStatus)
