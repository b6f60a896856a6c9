"""Code lists: what the forms offer."""

import re

import pytest

from sightline.procedures import code_lists

EXPECTED = {
    "yes_no_not_known", "outcomes", "harm_categories", "legal_status", "social_care_status", "protection_plan_category",
    "school_status", "locations", "media_interest", "family_context", "parallel_processes", "relationships", "learning_routes", "sex",
    "ethnicity", "disability",
}  # fmt: skip
COLUMN_WIDTHS = {"yes_no_not_known": 10, "outcomes": 20, "media_interest": 20, "school_status": 20, "protection_plan_category": 5}


def test_lists_are_those_that_a_notification_needs() -> None:
    assert set(code_lists.names()) == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_list_has_short_codes_and_different_plain_labels(name: str) -> None:
    pairs = code_lists.choices(name)

    assert len(pairs) > 1
    assert len({label for _, label in pairs}) == len(pairs)
    for code, label in pairs:
        assert re.fullmatch(r"[a-z0-9_]+|[A-Z]+", code), code
        assert len(code) <= COLUMN_WIDTHS.get(name, 30)
        assert label[0].isupper() and not label.endswith(".")


@pytest.mark.parametrize(
    ("name", "number"), [("harm_categories", 17), ("outcomes", 2), ("ethnicity", 20), ("disability", 13), ("locations", 10)]
)
def test_list_is_complete(name: str, number: int) -> None:
    assert len(code_lists.choices(name)) == number


def test_list_keeps_the_order_of_the_file() -> None:
    assert [code for code, _ in code_lists.choices("yes_no_not_known")] == ["yes", "no", "not_known"]
    assert list(code_lists.label_by_code("media_interest")) == ["none", "local", "national"]


def test_grom_and_wrom_are_the_same_ethnicity() -> None:
    assert code_lists.our_code("ethnicity", "GROM") == "WROM"
    assert code_lists.label("ethnicity", "GROM") == code_lists.label("ethnicity", "WROM") == "Gypsy or Roma"
    assert code_lists.our_code("disability", "GROM") == "GROM"


def test_code_that_is_not_known_is_shown_and_never_dropped() -> None:
    assert code_lists.label("ethnicity", "QQQQ") == "QQQQ"


def test_changing_what_was_handed_out_changes_no_list() -> None:
    code_lists.label_by_code("outcomes")["died"] = "changed"
    code_lists.choices("outcomes").clear()

    assert code_lists.label("outcomes", "died") == "Died"
