"""Numbers and postcodes as people type them. All of them are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership.people import identifiers


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("999 000 0018", True),  # 999 numbers are kept by the NHS for tests
        ("9990000018", True),
        ("999-000-0018", True),
        ("999 000 0019", False),
        ("999 000 001", False),
        ("111 111 1111", False),  # passes the sum, and is never issued
        ("0000000000", False),
        ("ABCDEFGHIJ", False),
        ("", False),
    ],
)
def test_nhs_number_as_typed(typed: str, is_right: bool) -> None:
    assert identifiers.is_nhs_number(typed) is is_right


def slow_nhs_check(number: str) -> bool:
    """The published rule said another way: the weighted sum of all ten digits is a multiple of eleven."""
    return sum(int(digit) * weight for digit, weight in zip(number, (10, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0


@given(st.from_regex(r"[0-9]{10}", fullmatch=True).filter(lambda number: len(set(number)) > 1))
def test_nhs_number_agrees_with_a_second_reading_of_the_rule(number: str) -> None:
    assert identifiers.is_nhs_number(number) == slow_nhs_check(number)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_nhs_number_with_one_wrong_digit_is_found_out(first_nine: str, place: int, change: int) -> None:
    check = identifiers.nhs_check_digit(first_nine)
    if check is None or len(set(f"{first_nine}{check}")) == 1:
        return
    right = f"{first_nine}{check}"
    wrong = right[:place] + str((int(right[place]) + change) % 10) + right[place + 1 :]

    assert identifiers.is_nhs_number(right)
    assert not identifiers.is_nhs_number(wrong)


def upn_for(rest: str) -> str:
    """A pupil number with its check letter, worked out here by the other way round: try all letters."""
    return next(letter + rest for letter in "ABCDEFGHJKLMNPQRTUVWXYZ" if identifiers.is_upn(letter + rest))


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_upn_has_exactly_one_check_letter(rest: str) -> None:
    fitting = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if identifiers.is_upn(letter + rest)]

    assert len(fitting) == 1


def test_upn_worked_by_hand() -> None:
    # 8x2 + 0 + 1x4 + 2x5 + 0 + 0 + 0 + 1x9 + 1x10 + 2x11 + 3x12 + 4x13 = 159; 159 = 6x23 + 21; letter 21 (from A = 0) is Y
    assert identifiers.is_upn("Y801200011234")
    assert not identifiers.is_upn("Z801200011234")


def test_upn_temporary_ends_in_a_letter() -> None:
    assert identifiers.is_upn(upn_for("80120001123A"))
    assert not identifiers.is_upn("Y80120001123I")


@pytest.mark.parametrize(
    ("typed", "clean", "is_right"),
    [
        ("zz99 9zz", "ZZ99 9ZZ", True),
        ("ZZ999ZZ", "ZZ99 9ZZ", True),
        (" x1 1xx ", "X1 1XX", True),
        ("ZZ99", "ZZ99", False),
        ("nowhere", "NOWH ERE", False),
        ("", "", False),
    ],
)
def test_postcode_as_typed(typed: str, clean: str, is_right: bool) -> None:
    assert identifiers.clean_postcode(typed) == clean
    assert identifiers.is_postcode(typed) is is_right


@given(st.text(max_size=40))
def test_identifiers_take_anything_typed(typed: str) -> None:
    identifiers.is_nhs_number(typed), identifiers.is_upn(typed), identifiers.is_postcode(typed), identifiers.clean_postcode(typed)
