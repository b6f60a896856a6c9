"""What is called with room on the stack answers, and fails, as it would without."""

import pytest

from sightline.site.stack import SLOTS, in_one_piece


def test_call_in_one_piece_answers_as_without() -> None:
    assert in_one_piece(divmod, 7, 2) == (3, 1)
    assert in_one_piece(int, "ff", base=16) == 255


def test_call_in_one_piece_lets_errors_through() -> None:
    with pytest.raises(ZeroDivisionError):
        in_one_piece(divmod, 1, 0)


def test_room_is_asked_for() -> None:
    assert in_one_piece.__code__.co_stacksize == SLOTS
