"""The plan of a rapid review: the default, one's own, its dates, and whose turn it is."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import rule_sets
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.rapid_review_plan import TemplateTask, default_template, planned, problems, who_holds_the_ball
from sightline.procedures.timescales import due_from
from sightline.procedures.working_days import WorkingCalendar

CALENDAR = WorkingCalendar.from_file()
DEFAULT = default_template()
TASK = DEFAULT[0]
SEND = DEFAULT[-1]

# code, working day, who holds the ball: as the business manager's checklist has it
PLAN = [
    ("safety_asked", 0, "BM"),
    ("review_opened", 0, "BM"),
    ("scope_agreed", 1, "BM"),
    ("requests_out", 1, "BO"),
    ("meetings_booked", 1, "BO"),
    ("records_secured", 2, "AL"),
    ("family_informed", 5, "BM"),
    ("returns_in", 10, "AL"),
    ("papers_out", 11, "BO"),
    ("panel_meeting", 12, "PC"),
    ("report_drafted", 13, "BM"),
    ("partners_decide", 14, "DSP"),
    ("sent_to_panel", 15, "BM"),
]


def changed(task: str, /, **values: object) -> tuple[TemplateTask, ...]:
    return tuple(replace(row, **values) if row.code == task else row for row in DEFAULT)  # type: ignore[arg-type]


def test_default_plan_is_the_checklist_and_can_be_used() -> None:
    assert [(row.code, row.working_day, row.holder_role) for row in DEFAULT] == PLAN
    assert problems(DEFAULT, length=15) == ()
    assert all(row.source for row in DEFAULT)


@pytest.mark.parametrize("rules", rule_sets.all_rule_sets(), ids=str)
def test_default_plan_ends_on_the_last_day_of_each_rule_set(rules: rule_sets.RuleSet) -> None:
    assert max(row.working_day for row in DEFAULT) == rules.rr_days
    assert problems(DEFAULT, length=rules.rr_days) == ()


# notified Tuesday 29 December 2020: day 15 is Wednesday 20 January 2021 (the worked example); New Year's Day is not counted
DATED = [
    ("safety_asked", "2020-12-29"),
    ("requests_out", "2020-12-30"),
    ("returns_in", "2021-01-13"),
    ("panel_meeting", "2021-01-15"),
    ("partners_decide", "2021-01-19"),
    ("sent_to_panel", "2021-01-20"),
]


@pytest.mark.parametrize(("code", "due_on"), DATED)
def test_plan_is_dated_as_in_the_worked_example(code: str, due_on: str) -> None:
    tasks = {task.code: task for task in planned(date(2020, 12, 29), DEFAULT, CALENDAR)}

    assert tasks[code].due_on == date.fromisoformat(due_on)
    assert not tasks[code].is_provisional
    assert tasks[code].deadline.days[0].on == date(2020, 12, 29)


@given(st.dates(date(2018, 6, 29), date(2030, 12, 31)))
def test_planned_days_are_counted_as_the_clocks_count(anchor_on: date) -> None:
    rules = rule_sets.all_rule_sets()[0]

    for task in planned(anchor_on, DEFAULT, CALENDAR):
        clock = due_from("rapid_review", anchor_on, rules=rules, calendar=CALENDAR, length=task.task.working_day)
        assert (task.due_on, task.is_provisional) == (clock.due_on, clock.provisional)


@given(st.dates(date(2018, 6, 29), date(2030, 12, 31)), st.lists(st.integers(0, 15), min_size=1, max_size=10))
def test_planned_tasks_come_in_the_order_of_their_days(anchor_on: date, days: list[int]) -> None:
    tasks = planned(anchor_on, [replace(TASK, code=f"t{number}", working_day=day) for number, day in enumerate(days)], CALENDAR)

    assert len(tasks) == len(days)
    assert [task.due_on for task in tasks] == sorted(task.due_on for task in tasks)


def test_days_beyond_the_known_holidays_are_provisional() -> None:
    tasks = planned(date(2027, 12, 22), DEFAULT, CALENDAR)

    assert not tasks[0].is_provisional
    assert tasks[-1].is_provisional


WRONG = [
    (changed("records_secured", code="Records!"), "has the code “Records!”. Use small letters"),
    (changed("records_secured", title=" "), "Task 6 has no title. Say what is to be done."),
    (changed("records_secured", holder=""), "says nobody who holds the ball. Name the role in words."),
    (changed("records_secured", holder_role="XX"), "has the role “XX”, which does not exist. Choose one of BM, BO,"),
    (changed("records_secured", ends_when=""), "does not say what ends it."),
    (changed("records_secured", working_day=-1), "is on working day -1. Choose a day from 0 to 15."),
    (changed("records_secured", working_day=16), "is on working day 16. Choose a day from 0 to 15."),
    (changed("records_secured", ended_by=("closed",)), "is ended by “closed”, which ends no task."),
    (changed("records_secured", code="panel_meeting"), "The code “panel_meeting” is used by more than one task. Give each its own."),
    (DEFAULT[:-1], "No task ends with sending the review to the National Panel. Add one: it is what stops the clock."),
    (
        changed("panel_meeting", working_day=9),
        "“Hold the panel meeting” is on working day 9, before “Send back the agency summaries and nil returns” on working day 10, "
        "which has to come first. Move one of them.",
    ),
]


@pytest.mark.parametrize(("rows", "sentence"), WRONG, ids=[sentence[:30] for _, sentence in WRONG])
def test_plan_that_cannot_be_used_says_what_to_put_right(rows: tuple[TemplateTask, ...], sentence: str) -> None:
    found = problems(rows, length=15)

    assert len(found) == 1 and sentence in found[0]


def test_partnership_may_move_rename_and_add_tasks() -> None:
    own = (*changed("returns_in", working_day=8, title="Returns by noon"), replace(TASK, code="press_line", working_day=3))

    assert problems(own, length=15) == ()
    assert {task.code: task.task.working_day for task in planned(date(2021, 3, 1), own, CALENDAR)}["returns_in"] == 8


def test_ball_is_with_those_whose_unfinished_task_comes_first() -> None:
    tasks = planned(date(2020, 12, 29), DEFAULT, CALENDAR)

    ball = who_holds_the_ball(tasks, reached={Status.OPEN})
    assert ball is not None
    assert [task.code for task in ball.tasks] == ["safety_asked", "review_opened"]
    assert ball.holders == ("Business manager",)

    done = {"safety_asked", "scope_agreed", "meetings_booked", "records_secured", "family_informed"}
    reached = {Status.OPEN, Status.SCOPING, Status.INFORMATION_REQUESTED}
    ball = who_holds_the_ball(tasks, reached=reached, done=done)
    assert ball is not None
    assert (ball.holders, ball.holder_roles, ball.due_on) == (("Each agency’s safeguarding lead",), ("AL",), date(2021, 1, 13))


def test_going_on_without_all_returns_passes_the_ball_on() -> None:
    tasks = planned(date(2020, 12, 29), DEFAULT, CALENDAR)
    done = {row.code for row in DEFAULT if not row.ended_by}
    reached = {Status.SCOPING, Status.INFORMATION_REQUESTED, Status.INFORMATION_INCOMPLETE}

    ball = who_holds_the_ball(tasks, reached=reached, done=done)
    assert ball is not None
    assert [task.code for task in ball.tasks] == ["panel_meeting"]


def test_nobody_holds_the_ball_when_all_is_done() -> None:
    tasks = planned(date(2020, 12, 29), DEFAULT, CALENDAR)

    assert who_holds_the_ball(tasks, reached=set(Status), done={row.code for row in DEFAULT if not row.ended_by}) is None


@given(st.sets(st.sampled_from([row.code for row in DEFAULT])), st.sets(st.sampled_from([row.code for row in DEFAULT])))
def test_ball_never_goes_back_when_more_is_done(done: set[str], more: set[str]) -> None:
    tasks = planned(date(2020, 12, 29), DEFAULT, CALENDAR)
    before, after = (who_holds_the_ball(tasks, reached=(), done=codes) for codes in (done, done | more))

    assert after is None or before is not None and before.due_on <= after.due_on
    assert after is None or not {task.code for task in after.tasks} & (done | more)


def test_last_task_is_the_sending() -> None:
    assert SEND.ended_by == ("sent_to_panel",)
