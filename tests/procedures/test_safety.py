"""The day-0 questions about safety."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import safety

ALL_SAFE = {"this_child": "not_applicable", "siblings": "safe", "other_children": "safe"}

# answers, groups still open with the worst first, what it shows
OPEN = [
    ({}, ["this_child", "siblings", "other_children"], "nothing answered yet"),
    (ALL_SAFE, [], "everybody is safe, or there is nobody"),
    ({**ALL_SAFE, "siblings": "not_known"}, ["siblings"], "not known is still open"),
    ({**ALL_SAFE, "other_children": "not_safe"}, ["other_children"], "not safe is open"),
    ({"other_children": "not_safe", "siblings": "not_known"}, ["other_children", "siblings", "this_child"], "the worst stands first"),
    ({**ALL_SAFE, "siblings": "perhaps"}, ["siblings"], "an answer that is not in the list settles nothing"),
]


@pytest.mark.parametrize(("answers", "groups", "shows"), OPEN, ids=[row[2] for row in OPEN])
def test_safety_stays_open_until_somebody_says_that_all_are_safe(answers: dict[str, str], groups: list[str], shows: str) -> None:
    assert [question.group for question in safety.still_open(answers)] == groups


def test_new_worry_opens_the_question_again() -> None:
    assert not safety.still_open(ALL_SAFE)
    assert safety.still_open({**ALL_SAFE, "siblings": "not_safe"})


def test_open_safety_never_holds_a_notification_up() -> None:
    assert safety.BLOCKS_NOTIFICATION is False


WORDINGS = [
    ({}, "It is not yet recorded that every child is safe. Ask first; notification does not wait for the answer."),
    ({"siblings": "not_safe"}, "A child is recorded as not safe. In immediate danger, ring 999."),
    (ALL_SAFE, "Somebody has checked that every child is safe. A new worry opens this question again."),
]


@pytest.mark.parametrize(("answers", "sentence"), WORDINGS)
def test_head_of_the_page_says_how_safety_stands(answers: dict[str, str], sentence: str) -> None:
    assert safety.wording(answers) == sentence


@pytest.mark.parametrize(("answer", "words"), [("not_safe", "ring 999"), ("not_known", "not known yet"), ("", "nobody has answered")])
def test_open_question_says_what_to_do(answer: str, words: str) -> None:
    question = safety.OpenQuestion("siblings", "Brothers and sisters", answer)

    assert words in question.wording


@given(st.dictionaries(st.sampled_from(list(safety.GROUPS)), st.sampled_from([*safety.ANSWERS, ""])))
def test_safety_is_settled_only_when_every_group_is(answers: dict[str, str]) -> None:
    settled = all(answers.get(group) in {"safe", "not_applicable"} for group in safety.GROUPS)

    assert (not safety.still_open(answers)) is settled
