"""The legal test: what answers say together, and what they never say."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import rule_sets
from sightline.procedures.section_16c import (
    ANSWERS,
    QUESTION_BY_CODE,
    QUESTIONS,
    Result,
    age_on,
    is_care_leaver_age_on,
    is_child_on,
    what_the_answers_say,
)

NO_TO_ALL = {question.code: "no" for question in QUESTIONS}
CHILD_DIED_HERE = {**NO_TO_ALL, "is_child": "yes", "died": "yes", "in_area": "yes", "normally_resident": "yes"}
WT2018 = rule_sets.in_force(date(2021, 2, 1))
WT2023 = rule_sets.in_force(date(2024, 2, 1))


def answered(base: dict[str, str] = NO_TO_ALL, **answers: str) -> dict[str, str]:
    return {**base, **answers}


SUSPECTED_DEATH = answered(CHILD_DIED_HERE, abuse_or_neglect_suspected="yes")

# answers, under, result of section 16C, kinds of notification that they point to, what it shows
TEST = [
    (SUSPECTED_DEATH, WT2023, "met", ["abuse_or_neglect_death"], "suspicion is enough"),
    (answered(CHILD_DIED_HERE, abuse_or_neglect_known="yes"), WT2023, "met", ["abuse_or_neglect_death"], "known"),
    (CHILD_DIED_HERE, WT2023, "not_met", [], "death without suspicion of abuse or neglect"),
    (
        answered(SUSPECTED_DEATH, died="no", seriously_harmed="yes"),
        WT2023,
        "met",
        ["abuse_or_neglect_serious_harm"],
        "serious harm is enough",
    ),
    (
        answered(SUSPECTED_DEATH, seriously_harmed="yes"),
        WT2023,
        "met",
        ["abuse_or_neglect_death", "abuse_or_neglect_serious_harm"],
        "one child died and one was harmed",
    ),
    (answered(SUSPECTED_DEATH, in_area="no"), WT2023, "not_met", [], "resident here, but it happened elsewhere in England"),
    (
        answered(SUSPECTED_DEATH, in_area="no", outside_england="yes"),
        WT2023,
        "met",
        ["abuse_or_neglect_death"],
        "resident here, outside England",
    ),
    (
        answered(SUSPECTED_DEATH, in_area="no", outside_england="yes", normally_resident="no"),
        WT2023,
        "not_met",
        [],
        "outside England, not resident here",
    ),
    (
        answered(SUSPECTED_DEATH, normally_resident="no"),
        WT2023,
        "met",
        ["abuse_or_neglect_death"],
        "lives elsewhere, happened here: this authority notifies",
    ),
    (answered(CHILD_DIED_HERE, abuse_or_neglect_suspected="not_known"), WT2023, "cannot_say", [], "not known is not a no"),
    (answered(SUSPECTED_DEATH, is_child="not_known"), WT2023, "cannot_say", [], "age disputed, or harm before birth"),
    (answered(SUSPECTED_DEATH, is_child="no"), WT2023, "not_met", [], "an adult"),
    (answered(NO_TO_ALL, in_area="not_known", died="not_known"), WT2023, "not_met", [], "other answers already settle it"),
    (
        answered(CHILD_DIED_HERE, looked_after="yes"),
        WT2023,
        "not_met",
        ["looked_after_child_death"],
        "a looked-after child of 16 dies of an illness",
    ),
    (answered(CHILD_DIED_HERE, looked_after="yes"), WT2018, "not_met", ["looked_after_child_death"], "the same in 2021"),
    (
        answered(SUSPECTED_DEATH, looked_after="yes"),
        WT2023,
        "met",
        ["abuse_or_neglect_death"],
        "a looked-after child dies and neglect is suspected",
    ),
    (answered(died="yes", care_leaver="yes"), WT2023, "not_met", ["care_leaver_death"], "a care leaver of 22 dies in 2025"),
    (answered(died="yes", care_leaver="yes"), WT2018, "not_met", [], "the same in 2020"),
    ({}, WT2023, "cannot_say", [], "nothing answered"),
]


@pytest.mark.parametrize(("answers", "rules", "result", "points_to", "shows"), TEST, ids=[row[4] for row in TEST])
def test_answers_are_read_together(
    answers: dict[str, str], rules: rule_sets.RuleSet, result: str, points_to: list[str], shows: str
) -> None:
    found = what_the_answers_say(answers, rules)

    assert found.result.value == result
    assert [kind.value for kind in found.points_to] == points_to
    assert found.summary.endswith("The local authority decides.")


AWARE = [("2021-02-01", False), ("2023-12-14", False), ("2023-12-15", True), ("2024-02-01", True)]


@pytest.mark.parametrize(("aware_on", "is_met"), AWARE)
def test_care_leaver_limb_follows_the_day_of_awareness(aware_on: str, is_met: bool) -> None:
    on = date.fromisoformat(aware_on)

    found = what_the_answers_say(answered(died="yes", care_leaver="yes"), rule_sets.in_force(on), on)

    assert (found.limb("care_leaver_death").result is Result.MET) is is_met


def test_death_of_a_looked_after_child_is_notified_under_any_rules() -> None:
    found = what_the_answers_say(answered(CHILD_DIED_HERE, looked_after="yes"))

    assert found.limb("looked_after_child_death").result is Result.MET


def test_death_of_a_care_leaver_cannot_be_judged_without_rules() -> None:
    found = what_the_answers_say(answered(died="yes", care_leaver="yes"))

    assert found.limb("care_leaver_death").result is Result.CANNOT_SAY
    assert not found.points_to


def test_unanswered_questions_are_listed_and_not_taken_for_a_no() -> None:
    found = what_the_answers_say({"died": "yes", "in_area": ""}, WT2023)

    assert "died" not in {question.code for question in found.unanswered}
    assert len(found.unanswered) == len(QUESTIONS) - 1
    assert not found.is_complete
    assert "9 questions are unanswered." in found.summary


def test_not_known_counts_as_answered_and_is_listed_apart() -> None:
    found = what_the_answers_say(answered(SUSPECTED_DEATH, in_area="not_known"), WT2023)

    assert found.is_complete
    assert [question.code for question in found.not_known] == ["in_area"]
    assert "“Not known” is not a “no”." in found.summary


def test_limb_says_why_in_plain_words() -> None:
    found = what_the_answers_say(CHILD_DIED_HERE, WT2023)

    assert found.limb("section_16c_1_a").why == "Answered no: abuse or neglect is known or suspected."
    assert found.lines[0] == (
        "A child died or was seriously harmed in this area: not met. Answered no: abuse or neglect is known or suspected."
    )
    assert what_the_answers_say({}, WT2023).limb("section_16c_1_a").why.startswith("Not answered, or not known: ")
    assert what_the_answers_say(SUSPECTED_DEATH, WT2023).limb("section_16c_1_a").why.startswith("Answered yes: ")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.code)
def test_question_is_asked_in_plain_words_with_its_reference(question: object) -> None:
    found = QUESTION_BY_CODE[question.code]  # type: ignore[attr-defined]

    assert found.text.endswith("?")
    assert found.reference
    assert found.code.isidentifier() and len(found.code) <= 40


answer_sets = st.fixed_dictionaries({}, optional={question.code: st.sampled_from(list(ANSWERS)) for question in QUESTIONS})


@given(answer_sets)
def test_nothing_is_ever_read_as_not_met_that_a_better_answer_could_turn(answers: dict[str, str]) -> None:
    """Whatever is open may turn out either way: the result stands only if every completion of the answers agrees."""
    relevant = [question.code for question in QUESTIONS[:8]]
    open_codes = [code for code in relevant if answers.get(code, "not_known") == "not_known"]
    fixed = {code: answers[code] for code in relevant if code not in open_codes}
    outcomes = {
        slow_test({**fixed, **dict(zip(open_codes, completion, strict=True))})
        for completion in product(["yes", "no"], repeat=len(open_codes))
    }

    result = what_the_answers_say(answers, WT2023).result

    if result is Result.MET:
        assert outcomes == {True}
    elif result is Result.NOT_MET:
        assert outcomes == {False}
    else:
        assert outcomes == {True, False}


def slow_test(answers: dict[str, str]) -> bool:
    """Section 16C(1) written down as the Act has it, for answers that are all yes or no."""
    yes = {code for code, answer in answers.items() if answer == "yes"}
    if not ({"abuse_or_neglect_known", "abuse_or_neglect_suspected"} & yes):
        return False
    if "is_child" not in yes or not ({"died", "seriously_harmed"} & yes):
        return False
    return "in_area" in yes or {"normally_resident", "outside_england"} <= yes


@given(answer_sets)
def test_explanation_never_decides(answers: dict[str, str]) -> None:
    found = what_the_answers_say(answers, WT2023)

    assert found.summary.endswith("The local authority decides.")
    assert not hasattr(found, "decision")


AGES = [
    ("2003-06-10", "2021-06-09", 17, True, False, "the day before the eighteenth birthday"),
    ("2003-06-10", "2021-06-10", 18, False, True, "the eighteenth birthday"),
    ("2000-03-01", "2025-02-28", 24, False, True, "the day before the twenty-fifth birthday"),
    ("2000-03-01", "2025-03-01", 25, False, False, "the twenty-fifth birthday"),
    ("2004-02-29", "2022-02-28", 17, True, False, "born on a leap day: eighteen on 1 March"),
    ("2021-06-10", "2021-06-10", 0, True, False, "the day of birth"),
]


@pytest.mark.parametrize(("born_on", "on", "age", "is_child", "is_care_leaver", "shows"), AGES, ids=[row[5] for row in AGES])
def test_age_decides_between_child_and_care_leaver(
    born_on: str, on: str, age: int, is_child: bool, is_care_leaver: bool, shows: str
) -> None:
    born, day = date.fromisoformat(born_on), date.fromisoformat(on)

    assert age_on(born, day) == age
    assert is_child_on(born, day) is is_child
    assert is_care_leaver_age_on(born, day) is is_care_leaver


def test_unborn_baby_is_not_yet_a_child_in_law() -> None:
    assert not is_child_on(date(2026, 12, 1), date(2026, 11, 1))
