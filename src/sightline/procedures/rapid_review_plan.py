"""The plan of a rapid review: its tasks by working day, when each is due, and who holds the ball."""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.working_days import Deadline, WorkingCalendar

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")

MILESTONES: Final = (
    RapidReviewStatus.SCOPING,
    RapidReviewStatus.INFORMATION_REQUESTED,
    RapidReviewStatus.INFORMATION_INCOMPLETE,
    RapidReviewStatus.INFORMATION_COMPLETE,
    RapidReviewStatus.PANEL_HELD,
    RapidReviewStatus.DRAFT,
    RapidReviewStatus.PARTNER_SIGNOFF,
    RapidReviewStatus.DECIDED,
    RapidReviewStatus.SENT_TO_PANEL,
)
"""The statuses that can end a task, in the order in which a review comes to them."""


@dataclass(frozen=True)
class TemplateTask:
    """One row of the plan, before it is dated: from the file, or from the partnership's own plan."""

    code: str
    title: str
    holder: str
    holder_role: str
    working_day: int
    ends_when: str
    ended_by: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class PlannedTask:
    """A task of one rapid review with the day by whose end it is due, and why that day."""

    task: TemplateTask
    deadline: Deadline

    @property
    def code(self) -> str:
        return self.task.code

    @property
    def due_on(self) -> date:
        return self.deadline.due_on

    @property
    def is_provisional(self) -> bool:
        return self.deadline.provisional

    def is_ended(self, reached: Collection[RapidReviewStatus], done: Collection[str]) -> bool:
        """Ended by a status that the review has reached at some time, or marked as done by a person."""
        return self.code in done or any(status in reached for status in self.task.ended_by)


@dataclass(frozen=True)
class Ball:
    """Whose turn it is now: the unfinished tasks of the earliest day, and who holds them."""

    tasks: tuple[PlannedTask, ...]

    @property
    def due_on(self) -> date:
        return self.tasks[0].due_on

    @property
    def holders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(planned.task.holder for planned in self.tasks))

    @property
    def holder_roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(planned.task.holder_role for planned in self.tasks))


def problems(rows: Sequence[TemplateTask], *, length: int) -> tuple[str, ...]:
    """What is wrong with a plan for a review of so many working days: one sentence for each thing to put right, none if it can be used."""
    found: list[str] = []
    for number, row in enumerate(rows, start=1):
        found += _problems_of_row(row, f"Task {number}" + (f", “{row.title.strip()}”," if row.title.strip() else ""), length)
    codes = [row.code for row in rows]
    found += [
        f"The code “{code}” is used by more than one task. Give each its own." for code in dict.fromkeys(codes) if codes.count(code) > 1
    ]
    if not any(RapidReviewStatus.SENT_TO_PANEL in row.ended_by for row in rows):
        found.append("No task ends with sending the review to the National Panel. Add one: it is what stops the clock.")
    return tuple(found + _out_of_order(rows))


@cache
def default_template() -> tuple[TemplateTask, ...]:
    """The plan that comes with the product."""
    content = tomllib.loads(files(__package__).joinpath("rapid_review_plan.toml").read_text(encoding="utf-8"))
    return tuple(TemplateTask(**{**row, "ended_by": tuple(row.get("ended_by", ()))}) for row in content["tasks"])


def planned(anchor_on: date, rows: Iterable[TemplateTask], calendar: WorkingCalendar) -> tuple[PlannedTask, ...]:
    """The plan dated from the day that the rule set's anchor names, in the order of the days."""
    in_order = sorted(rows, key=lambda row: row.working_day)
    return tuple(PlannedTask(row, calendar.add_working_days(anchor_on, row.working_day)) for row in in_order)


def who_holds_the_ball(tasks: Iterable[PlannedTask], *, reached: Collection[RapidReviewStatus], done: Collection[str] = ()) -> Ball | None:
    """Whose turn it is, from the statuses that the review has had and the codes of tasks marked as done; None when all is done."""
    unfinished = [planned for planned in tasks if not planned.is_ended(reached, done)]
    if not unfinished:
        return None
    first = min(planned.task.working_day for planned in unfinished)
    return Ball(tuple(planned for planned in unfinished if planned.task.working_day == first))


def _problems_of_row(row: TemplateTask, name: str, length: int) -> list[str]:
    found = []
    if not _CODE.fullmatch(row.code):
        found.append(f"{name} has the code “{row.code}”. Use small letters, digits and underscores, beginning with a letter.")
    if not row.title.strip():
        found.append(f"{name} has no title. Say what is to be done.")
    if not row.holder.strip():
        found.append(f"{name} says nobody who holds the ball. Name the role in words.")
    if row.holder_role not in MATRIX.role_by_code:
        found.append(f"{name} has the role “{row.holder_role}”, which does not exist. Choose one of {', '.join(MATRIX.role_by_code)}.")
    if not row.ends_when.strip():
        found.append(f"{name} does not say what ends it. Say by what one can tell that it is done.")
    if not 0 <= row.working_day <= length:
        found.append(f"{name} is on working day {row.working_day}. Choose a day from 0 to {length}.")
    for status in row.ended_by:
        if status not in MILESTONES:
            found.append(f"{name} is ended by “{status}”, which ends no task. Choose one of {', '.join(MILESTONES)}.")
    return found


def _out_of_order(rows: Sequence[TemplateTask]) -> list[str]:
    """A task that waits for a later status must not be due before one that waits for an earlier status."""
    rank = {str(status): place for place, status in enumerate(MILESTONES)}
    waiting = [(min(rank[status] for status in row.ended_by if status in rank), row) for row in rows if rank.keys() & set(row.ended_by)]
    return [
        f"“{later.title}” is on working day {later.working_day}, before “{earlier.title}” on working day {earlier.working_day}, "
        "which has to come first. Move one of them."
        for earlier_rank, earlier in waiting
        for later_rank, later in waiting
        if earlier_rank < later_rank and later.working_day < earlier.working_day
    ]
