"""The finder of planted words finds them; a search that could not find would prove nothing."""

import base64

import pytest

from tests.reliability.canaries import Flock


@pytest.mark.parametrize(
    "hide",
    [
        lambda word: f"before {word} after".encode(),
        lambda word: word.upper().encode(),
        lambda word: word.encode("utf-16-le"),
        lambda word: word.encode().hex().encode(),
        lambda word: base64.b64encode(f"{word} at the start".encode()),
        lambda word: base64.b64encode(f"x{word} one in".encode()),
        lambda word: base64.b64encode(f"xx{word} two in".encode()),
    ],
)
def test_planted_word_is_found_in_every_guise(hide) -> None:
    flock = Flock()
    word = flock.plant("identity given_name")

    assert flock.found_in(b"\x00" * 50 + hide(word) + b"\xff" * 50) == {word: "identity given_name"}
    assert flock.found_in(b"nothing of the kind") == {}
