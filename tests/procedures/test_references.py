"""Identifiers and references."""

import re

from sightline.procedures.references import REFERENCE_DIGITS, REFERENCE_LETTERS, REFERENCE_PATTERN, new_reference, new_ulid


def test_ulid_has_the_length_of_its_column() -> None:
    assert {len(new_ulid()) for _ in range(50)} == {26}


def test_ulid_is_new_each_time() -> None:
    assert len({new_ulid() for _ in range(1000)}) == 1000


def test_reference_looks_like_kx7_4qd() -> None:
    for _ in range(500):
        reference = new_reference()

        assert re.fullmatch(REFERENCE_PATTERN, reference), reference
        assert len(reference) == 7


def test_reference_uses_no_sign_that_is_misheard_or_spells_a_word() -> None:
    assert not set("AEIOULSZ") & set(REFERENCE_LETTERS)
    assert not set("0125") & set(REFERENCE_DIGITS)


def test_reference_does_not_follow_an_order() -> None:
    references = [new_reference() for _ in range(200)]

    assert references != sorted(references)
    assert len(set(references)) > 190
