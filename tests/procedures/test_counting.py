"""Counting notifications: one an incident now, by child and family in 2018."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import rule_sets
from sightline.procedures.counting import CountedChild, children_beyond_form, count_notifications

WT2018 = rule_sets.in_force(date(2018, 7, 10))
WT2026 = rule_sets.in_force(date(2026, 7, 10))

SIBLING, DEAD_SIBLING = CountedChild("seriously_harmed", "family 1"), CountedChild("died", "family 1")
COUSIN = CountedChild("seriously_harmed", "family 2")
FRIEND, DEAD_FRIEND = CountedChild("seriously_harmed"), CountedChild("died")

# children, aware on, notifications, what it shows
COUNTS = [
    ([SIBLING, SIBLING, FRIEND], "2018-07-10", 2, "example 1.5: two siblings and a friend in one fire, July 2018"),
    ([SIBLING, SIBLING, FRIEND], "2026-07-10", 1, "example 1.5: the same in 2026"),
    ([FRIEND], "2018-07-10", 1, "one child harmed"),
    ([DEAD_FRIEND], "2018-07-10", 1, "one child died"),
    ([SIBLING, SIBLING, SIBLING], "2018-07-10", 1, "siblings harmed share a form, however many"),
    ([DEAD_SIBLING, DEAD_SIBLING], "2019-05-01", 2, "a form for each child who died, though they are siblings"),
    ([DEAD_SIBLING, SIBLING, SIBLING], "2019-05-01", 2, "one died, two siblings were harmed"),
    ([DEAD_SIBLING, SIBLING], "2019-05-01", 2, "one died, one sibling was harmed"),
    ([SIBLING, SIBLING, COUSIN, COUSIN], "2019-05-01", 2, "two families"),
    ([SIBLING, COUSIN], "2019-05-01", 2, "one harmed in each of two families"),
    ([DEAD_SIBLING, SIBLING, COUSIN, COUSIN, FRIEND, DEAD_FRIEND], "2019-05-01", 5, "everything at once"),
    ([DEAD_SIBLING, SIBLING, COUSIN, COUSIN, FRIEND, DEAD_FRIEND], "2024-05-01", 1, "everything at once, under WT2023"),
    ([FRIEND, FRIEND, FRIEND], "2019-05-01", 3, "three who are not related"),
    ([DEAD_SIBLING, DEAD_SIBLING], "2026-05-01", 1, "two died, one notification an incident now"),
    ([FRIEND, FRIEND], "2023-12-14", 2, "last day of the old rule"),
    ([FRIEND, FRIEND], "2023-12-15", 1, "first day of the new rule"),
    ([], "2019-05-01", 1, "no child can be named yet"),
    ([], "2026-05-01", 1, "no child can be named yet, now"),
]


@pytest.mark.parametrize(("children", "aware_on", "number", "shows"), COUNTS, ids=[row[3] for row in COUNTS])
def test_notifications_are_counted_by_the_rule_of_their_time(children: list[CountedChild], aware_on: str, number: int, shows: str) -> None:
    rules = rule_sets.in_force(date.fromisoformat(aware_on))

    found = count_notifications(children, rules)

    assert found.number == number
    assert found.sentence.startswith(f"{number} notification{'' if number == 1 else 's'} under {rules.id}: ")
    assert found.source == rules.children_per_notification_source != ""


OPERATIONS = [
    ([FRIEND] * 12, 1, "twelve victims share one form"),
    ([FRIEND], 1, "one victim known so far"),
    ([SIBLING, SIBLING, FRIEND, FRIEND], 1, "siblings or not"),
    ([FRIEND] * 11 + [DEAD_FRIEND], 2, "a child who died keeps a form of their own"),
    ([DEAD_FRIEND, DEAD_FRIEND], 2, "all died"),
    ([], 1, "nobody is named yet"),
]


@pytest.mark.parametrize(("children", "number", "shows"), OPERATIONS, ids=[row[2] for row in OPERATIONS])
def test_large_exploitation_operation_was_one_form_in_2018(children: list[CountedChild], number: int, shows: str) -> None:
    assert count_notifications(children, WT2018, is_large_operation=True).number == number
    assert count_notifications(children, WT2026, is_large_operation=True).number == 1


SENTENCES = [
    ([SIBLING, SIBLING, FRIEND], WT2018, False,
     "2 notifications under WT2018: one for 2 seriously harmed siblings and one for the seriously harmed child."),
    ([SIBLING, SIBLING, FRIEND], WT2026, False, "1 notification under WT2026: one for the incident, with all 3 children in it."),
    ([FRIEND], WT2026, False, "1 notification under WT2026: one for the incident, with the child in it."),
    ([FRIEND] * 6, WT2026, False,
     "1 notification under WT2026: one for the incident, with all 6 children in it, 4 in full and 2 in words."),
    ([DEAD_FRIEND, DEAD_FRIEND, SIBLING, SIBLING, FRIEND, FRIEND], WT2018, False,
     "5 notifications under WT2018: one for each of 2 children who died, one for 2 seriously harmed siblings "
     "and one for each of 2 seriously harmed children who are not siblings."),
    ([DEAD_SIBLING], WT2018, False, "1 notification under WT2018: one for the child who died."),
    ([FRIEND] * 12, WT2018, True,
     "1 notification under WT2018: one for the large exploitation operation, with the main child in full and 11 others in words."),
    ([FRIEND, FRIEND], WT2018, True,
     "1 notification under WT2018: one for the large exploitation operation, with the main child in full and 1 other in words."),
    ([FRIEND], WT2018, True, "1 notification under WT2018: one for the large exploitation operation."),
    ([], WT2018, False, "1 notification under WT2018: one for the incident; no child is named yet."),
]  # fmt: skip


@pytest.mark.parametrize(("children", "rules", "is_large_operation", "sentence"), SENTENCES, ids=[row[3] for row in SENTENCES])
def test_count_is_explained_in_a_sentence(
    children: list[CountedChild], rules: rule_sets.RuleSet, is_large_operation: bool, sentence: str
) -> None:
    assert count_notifications(children, rules, is_large_operation=is_large_operation).sentence == sentence


any_children = st.lists(st.sampled_from([SIBLING, DEAD_SIBLING, COUSIN, FRIEND, DEAD_FRIEND]), max_size=10)


@given(any_children, st.randoms())
def test_order_of_the_children_does_not_matter(children: list[CountedChild], shuffle: object) -> None:
    mixed = list(children)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]

    assert count_notifications(mixed, WT2018).number == count_notifications(children, WT2018).number


@given(any_children)
def test_no_more_notifications_than_children_and_no_child_without_one(children: list[CountedChild]) -> None:
    number = count_notifications(children, WT2018).number

    assert 1 <= number <= max(1, len(children))
    assert count_notifications([*children, DEAD_FRIEND], WT2018).number == (number + 1 if children else 1)


@pytest.mark.parametrize(("number", "beyond"), [(0, 0), (4, 0), (5, 1), (12, 8)])
def test_children_beyond_four_are_told_in_words(number: int, beyond: int) -> None:
    assert children_beyond_form(number, WT2026) == beyond
