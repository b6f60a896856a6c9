"""Worked examples of practice that need several rules together, and the list of where every one of reviews and publication is held."""

from datetime import date
from pathlib import Path

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


TESTS = Path(__file__).resolve().parents[1]
REVIEWS, PROCEDURES = "partnership/case_reviews", "procedures"

# Example, what it says, the module and the test that fails when the rule is wrong.
HELD_BY = [
    ("2.1", "rapid review from notification and from awareness", f"{PROCEDURES}/test_what_if.py",
     "test_rapid_review_is_due_from_each_anchor_as_practitioners_count_it"),
    ("2.1, 2.2", "5 and 15 working days over May 2023 and Christmas 2026", f"{PROCEDURES}/test_timescales.py",
     "test_due_date_as_practitioners_count_it"),
    ("2.3", "six rapid reviews, one practice review: 16.7 %", f"{PROCEDURES}/test_review_summary.py",
     "test_six_reviews_of_which_one_leads_to_a_practice_review"),
    ("2.3 and the seed", "the same with every decision endorsed, on the page of Arden", "site/demo/test_arden.py",
     "test_six_rapid_reviews_one_practice_review_and_every_decision_endorsed"),
    ("2.4", "two partners against one stay undecided and are escalated", f"{REVIEWS}/test_signing.py",
     "test_one_dissent_keeps_the_case_undecided_and_goes_to_those_who_lead"),
    ("2.5", "the Panel disagrees, the decision is kept, both reasons stay", f"{REVIEWS}/test_panel_replies.py",
     "test_partners_keep_their_decision_and_both_rationales_stay"),
    ("2.5", "it closes without a practice review and is counted as not endorsed", f"{REVIEWS}/test_panel_replies.py",
     "test_decision_against_a_practice_review_is_kept_and_the_disagreement_is_counted"),
    ("3.1", "six months, and the last day of a shorter month", f"{PROCEDURES}/test_practice_review.py",
     "test_target_is_the_same_day_six_months_later_or_the_months_last"),
    ("3.2", "last day to send and first day to publish", f"{PROCEDURES}/test_practice_review.py",
     "test_latest_day_to_send_is_counted_back"),
    ("3.2", "publishing earlier is refused on its page", f"{REVIEWS}/test_practice_review_course.py",
     "test_practice_review_goes_from_commissioned_to_published"),
    ("3.3", "09:05, 21:40, time unknown", f"{PROCEDURES}/chronology/test_merge.py",
     "test_known_times_of_a_day_come_before_an_unknown_time"),
    ("3.3", "two rows of one strategy discussion count once", f"{REVIEWS}/test_combined_chronology.py",
     "test_two_agencies_tell_of_one_strategy_discussion"),
    ("3.4", "the coroner asks to withhold: put off, the Panel told, still counted", f"{REVIEWS}/test_practice_publication.py",
     "test_coroner_asks_to_withhold"),
    ("4.1", "two partners and the scrutineer recommend and decide nothing", f"{PROCEDURES}/test_meeting.py",
     "test_authority_police_and_scrutineer_without_the_clinical_commissioning_group_recommend"),
    ("4.1", "and a later quorate meeting ratifies", "partnership/meetings/test_meeting_rules.py",
     "test_recommendation_is_ratified_by_a_later_quorate_meeting_only"),
    ("4.2", "a year after the report before, and 30 September 2025 for 2024/25", f"{PROCEDURES}/test_timescales.py",
     "test_due_date_as_practitioners_count_it"),
    ("C", "only publication and the decision not to publish end the six months", f"{PROCEDURES}/test_practice_review.py",
     "test_only_publishing_and_deciding_not_to_stop_the_clock"),
    ("C", "three partners decide not to publish", f"{REVIEWS}/test_practice_review_course.py",
     "test_practice_review_is_not_published_and_its_improvements_are"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "test"), [row[2:] for row in HELD_BY], ids=[f"{row[0]} {row[1]}" for row in HELD_BY])
def test_worked_example_of_reviews_has_the_test_that_holds_it(module: str, test: str) -> None:
    assert f"def {test}(" in (TESTS / module).read_text(encoding="utf-8")
