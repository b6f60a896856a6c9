"""Errors that are shown to people."""

import pytest

from sightline.procedures.errors import InvalidReturn, NotAllowedNow, NotPermitted


@pytest.mark.parametrize("kind", [InvalidReturn, NotAllowedNow, NotPermitted])
def test_error_carries_its_sentence(kind: type[Exception]) -> None:
    error = kind("The rapid review is already decided.")

    assert str(error) == "The rapid review is already decided."
    assert error.sentence == "The rapid review is already decided."  # type: ignore[attr-defined]


def test_not_permitted_says_nothing_of_the_thing_by_itself() -> None:
    assert str(NotPermitted()) == "You cannot do this with your role."
