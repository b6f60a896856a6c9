"""What people are called while nobody has revealed who they are."""

from sightline.partnership.people import pseudonyms
from sightline.procedures import code_lists


def test_pseudonym_says_the_part_and_counts() -> None:
    assert pseudonyms.code_for("child") == "Child 1"
    assert pseudonyms.code_for("child", 3) == "Child 3"
    assert pseudonyms.code_for("mother") == "Mother"
    assert pseudonyms.code_for("sibling", 2) == "Brother or sister 2"


def test_pseudonyms_of_a_household_in_order() -> None:
    roles = ["mother", "sibling", "sibling", "parents_partner"]

    assert pseudonyms.codes_for(roles) == ["Mother", "Brother or sister 1", "Brother or sister 2", "Partner of a parent"]


def test_every_relationship_has_a_pseudonym() -> None:
    for code, _ in code_lists.choices("relationships"):
        assert pseudonyms.code_for(code)
