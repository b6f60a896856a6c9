"""Worked examples of practice that need several rules together; those of one rule stand as `example …` in the test of that rule."""

from datetime import date

import pytest

from sightline.procedures import rule_sets
from sightline.procedures.case_review import NotificationType
from sightline.procedures.section_16c import QUESTIONS, age_on, is_child_on, what_the_answers_say
from sightline.procedures.timescales import serious_incident_notification, yearly_report_clock
from sightline.procedures.working_days import WorkingCalendar

NO_TO_ALL = {question.code: "no" for question in QUESTIONS}
LOOKED_AFTER_CHILD = {**NO_TO_ALL, "is_child": "yes", "died": "yes", "in_area": "yes", "normally_resident": "yes", "looked_after": "yes"}
CARE_LEAVER = {**NO_TO_ALL, "died": "yes", "in_area": "yes", "normally_resident": "yes", "care_leaver": "yes"}

# answers, born on, died and known on, age, kind of notification, its duty, due on
WITHOUT_ABUSE = [
    pytest.param(
        LOOKED_AFTER_CHILD, "2008-03-01", "2024-11-06", 16, "looked_after_child_death", "must", "2024-11-13",
        id="1.4 a looked-after child of 16 dies of leukaemia",
    ),
    pytest.param(
        LOOKED_AFTER_CHILD, "2004-03-01", "2020-11-06", 16, "looked_after_child_death", "must", "2020-11-13",
        id="1.4 the same in 2020",
    ),
    pytest.param(
        CARE_LEAVER, "2003-01-15", "2025-06-02", 22, "care_leaver_death", "should", "2025-06-09",
        id="1.4 a care leaver of 22 dies in 2025",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "born_on", "died_on", "age", "kind", "duty", "due_on"), WITHOUT_ABUSE)
def test_death_without_suspected_abuse_is_notified_and_opens_no_rapid_review(
    answers: dict[str, str], born_on: str, died_on: str, age: int, kind: str, duty: str, due_on: str
) -> None:
    aware_on = date.fromisoformat(died_on)
    rules = rule_sets.in_force(aware_on)

    found = what_the_answers_say(answers, rules, aware_on)
    clock = serious_incident_notification(aware_on, rules=rules, calendar=WorkingCalendar.from_file(), on=aware_on)

    assert age_on(date.fromisoformat(born_on), aware_on) == age
    assert [(pointed.value, pointed.opens_rapid_review) for pointed in found.points_to] == [(kind, False)]
    assert [known.duty for known in rules.notifiable_types if known.code == kind] == [duty]
    assert clock.due_on == date.fromisoformat(due_on)


BEFORE_2023 = [
    pytest.param("2020-06-02", id="1.4 a care leaver of 22 dies in 2020"),
    pytest.param("2021-02-01", id="11.2 a care leaver of 22 dies on 1 February 2021"),
]


@pytest.mark.parametrize("died_on", BEFORE_2023)
def test_death_of_a_care_leaver_was_not_notifiable_under_the_rules_of_2018(died_on: str) -> None:
    aware_on = date.fromisoformat(died_on)
    rules = rule_sets.in_force(aware_on)

    assert rules.id == "WT2018"
    assert what_the_answers_say(CARE_LEAVER, rules, aware_on).points_to == ()
    assert not rules.is_notifiable(NotificationType.CARE_LEAVER_DEATH, aware_on)


def test_example_11_3_harm_before_birth_waits_for_a_legal_decision() -> None:
    aware_on, expected_on = date(2026, 11, 23), date(2027, 1, 10)
    rules = rule_sets.in_force(aware_on)
    harmed = {**NO_TO_ALL, "abuse_or_neglect_suspected": "yes", "seriously_harmed": "yes", "in_area": "yes", "is_child": "not_known"}

    found = what_the_answers_say(harmed, rules, aware_on)

    assert not is_child_on(expected_on, aware_on)
    assert found.points_to == ()
    assert "The answers do not say yet" in found.summary
    assert [note for note in rules.notes if "unborn" in note and "needs a legal decision" in note]


YEARLY = [("2021-03-31", "WT2018", "yearly_report_2018"), ("2024-03-31", "WT2023", "yearly_report_2023")]


@pytest.mark.parametrize(("period_end_on", "rule_set_id", "clock"), YEARLY, ids=["11.4 report for 2020/21", "11.4 report for 2023/24"])
def test_yearly_report_takes_rules_and_clock_of_the_end_of_its_period(period_end_on: str, rule_set_id: str, clock: str) -> None:
    on = date.fromisoformat(period_end_on)

    assert (rule_sets.in_force(on).id, yearly_report_clock(on).code) == (rule_set_id, clock)
