"""Whether two written identities are worth a person's look. Everybody here is invented."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.partnership.people import names
from sightline.partnership.people.comparing import Identity, compare, search_keys

ORLA = {"given_name": "Orla Wren", "family_name": "Testerby", "born_on": date(2014, 3, 5), "sex": "female", "postcodes": ["ZZ99 1AA"]}


def identity(**changes: Any) -> Identity:
    return Identity.of(**{**ORLA, **changes})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "Same date of birth"),
        ({"given_name": "orla", "family_name": "TESTERBY "}, "Same given name"),
        ({"given_name": "Órla", "postcodes": []}, "Same given name"),
        ({"born_on": date(2014, 5, 3)}, "Dates of birth have day and month the other way round"),
        ({"born_on": date(2015, 3, 5)}, "Dates of birth differ only in the year"),
        ({"born_on": date(2014, 3, 6)}, "Dates of birth differ in one digit"),
        ({"family_name": "Testarby"}, "Family names are spelt almost the same"),
        ({"family_name": "Testhurbeigh"}, "Family names sound alike"),
        ({"family_name": "Testerby-Sample"}, "Same family name"),
        ({"family_name": "Orla", "given_name": "Testerby", "postcodes": []}, "Family and given names are the other way round"),
        ({"family_name": "Sample", "given_name": "Bee", "also_known_as": "Orla Testerby"}, "One is also known by a name of the other"),
        ({"given_name": "Unknown", "family_name": ""}, "Same postcode, now or before"),
        ({"born_on": None}, "Same family name"),
        ({"given_name": "Orlaith", "postcodes": []}, "Given names begin alike"),
    ],
)
def test_same_child_written_otherwise_is_found(changes: dict[str, Any], reason: str) -> None:
    found = compare(identity(), identity(**changes))

    assert found.is_worth_a_look
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [("Elizabeth", "Lizzie"), ("Bill", "William"), ("Mohammed", "Muhammad"), ("Katarzyna", "Kasia"), ("Alexander", "Sasha")],
)
def test_short_forms_and_other_spellings_are_one_name(one: str, other: str) -> None:
    found = compare(identity(given_name=one, postcodes=[]), identity(given_name=other, postcodes=[]))

    assert found.is_worth_a_look
    assert "One given name is a short form or another spelling of the other" in found.reasons


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "Quill", "born_on": date(2009, 11, 30)},  # an older brother or sister at the same address
        {"given_name": "Quill", "family_name": "Sample", "postcodes": ["ZZ99 9ZZ"]},  # born on the same day, that is all
        {"born_on": date(2001, 9, 21), "postcodes": ["ZZ99 9ZZ"]},  # the same name and nothing else
        {"given_name": "", "family_name": "", "born_on": None, "postcodes": []},
    ],
)
def test_somebody_else_is_not_offered(changes: dict[str, Any]) -> None:
    assert not compare(identity(), identity(**changes)).is_worth_a_look


def test_twin_is_offered_and_said_to_be_perhaps_a_twin() -> None:
    found = compare(identity(), identity(given_name="Quill"))

    assert found.is_worth_a_look
    assert "Born on the same day with another given name: could be a twin" in found.differences


def test_same_nhs_number_is_enough_and_a_different_one_is_said() -> None:
    one = identity(nhs_number="999 000 0018")
    stranger = Identity.of(given_name="Somebody", family_name="Else", nhs_number="9990000018")
    other_number = identity(nhs_number="9990000026")

    assert compare(one, stranger).reasons[0] == "Same NHS number"
    assert compare(one, stranger).is_worth_a_look
    assert "NHS numbers differ" in compare(one, other_number).differences


def test_wrong_nhs_numbers_are_not_compared() -> None:
    assert not compare(Identity.of(nhs_number="1234567890"), Identity.of(nhs_number="1234567890")).is_worth_a_look


def test_unborn_child_is_found_again_after_birth() -> None:
    unborn = Identity.of(family_name="Testerby", expected_on=date(2024, 6, 1), postcodes=["ZZ99 1AA"])
    born = Identity.of(given_name="Moss", family_name="Testerby", born_on=date(2024, 5, 20), postcodes=["ZZ99 7XX"])

    found = compare(unborn, born)

    assert found.is_worth_a_look
    assert "One was born about when the other was expected" in found.reasons
    assert search_keys(unborn) & search_keys(born)


def test_two_estimates_of_one_pregnancy_agree() -> None:
    one = Identity.of(family_name="Testerby", expected_on=date(2024, 6, 1))
    other = Identity.of(family_name="Testerby", expected_on=date(2024, 6, 15))

    assert compare(one, other).is_worth_a_look
    assert not compare(one, Identity.of(family_name="Testerby", expected_on=date(2025, 6, 1))).is_worth_a_look


def test_words_for_nobody_are_not_names() -> None:
    assert names.words("Baby (not known)") == ()
    assert names.words("O’Sample-Łąka, Ørla") == ("osample", "laka", "orla")


WORDS = [
    "",
    "Orla",
    "Orlagh",
    "Liz",
    "Elizabeth",
    "Testerby",
    "Testarby",
    "Sample",
    "Unknown",
    "Mohammed",
    "Muhammad",
    "Quill",
    "Wren Moss",
    "Ng",
]
identities = st.builds(
    Identity.of,
    given_name=st.sampled_from(WORDS) | st.text(max_size=12),
    family_name=st.sampled_from(WORDS) | st.text(max_size=12),
    also_known_as=st.sampled_from(["", *WORDS]),
    born_on=st.none()
    | st.sampled_from([date(2014, 3, 5), date(2014, 5, 3), date(2015, 3, 5), date(2014, 3, 6)])
    | st.dates(date(1950, 1, 1), date(2026, 1, 1)),
    expected_on=st.none() | st.dates(date(2014, 1, 1), date(2015, 1, 1)),
    sex=st.sampled_from(["", "female", "male", "not_known"]),
    nhs_number=st.sampled_from(["", "9990000018", "9990000026"]),
    upn=st.sampled_from(["", "Y801200011234"]),
    postcodes=st.lists(st.sampled_from(["ZZ99 1AA", "ZZ99 9ZZ"]), max_size=2),
)  # fmt: skip


@given(identities, identities)
@settings(max_examples=400, deadline=None)
def test_comparing_is_the_same_both_ways(one: Identity, other: Identity) -> None:
    assert compare(one, other) == compare(other, one)


@given(identities)
@settings(max_examples=200, deadline=None)
def test_everybody_with_name_and_birth_is_like_themselves(one: Identity) -> None:
    if one.given and one.family and (one.born_on or one.expected_on):
        assert compare(one, one).is_worth_a_look
        assert compare(one, one).differences == ()


@given(identities, identities)
@settings(max_examples=400, deadline=None)
def test_whoever_is_worth_a_look_is_found_by_some_key(one: Identity, other: Identity) -> None:
    found = compare(one, other)
    only_misspelt = any("spelt almost" in reason for reason in found.reasons)

    if found.is_worth_a_look and not only_misspelt:
        assert search_keys(one) & search_keys(other), found


@given(identities, st.integers(-6000, 6000))
@settings(max_examples=200, deadline=None)
def test_reasons_never_hold_what_was_written(one: Identity, days: int) -> None:
    other = Identity.of(
        given_name="Zephyrine", family_name="Quorndon", born_on=date(2014, 3, 5) + timedelta(days=days), postcodes=["ZZ99 1AA"]
    )
    said = " ".join(compare(one, other).reasons + compare(one, other).differences).casefold()

    for value in ("zephyrine", "quorndon", "zz99", "2014", "9990000018"):
        assert value not in said
