"""Moves of a review's plan, and of the partnership's own plan from which reviews take theirs."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import PlanTask, PlanTemplateTask, RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review_plan import TemplateTask, problems
from sightline.procedures.rule_sets import all_rule_sets
from sightline.procedures.working_days import long_date


@transaction.atomic
def finish(task: PlanTask, *, done_on: date, by: Account, note: str = "", at: datetime | None = None) -> PlanTask:
    """Say that a task was done, and on which day; when that is said is kept beside it."""
    task = _locked(task, by=by)
    if task.done_on:
        raise NotAllowedNow("This task is marked as done already.")
    at = at or timezone.now()
    if done_on > as_london_date(at):
        raise NotAllowedNow(f"{long_date(done_on)} has not come yet. Enter the day on which it was done.")
    task.done_on, task.done_note, task.done_by, task.done_at = done_on, note.strip(), by, at
    task.save(update_fields=["done_on", "done_note", "done_by", "done_at"])
    trail.record("plan_task.done", task, by=by, kind="K5", matter_id=task.review.matter_id, fields=["done_on"])
    return task


@transaction.atomic
def reopen(task: PlanTask, *, by: Account) -> PlanTask:
    """Take back that a task was done."""
    task = _locked(task, by=by)
    if not task.done_on:
        raise NotAllowedNow("This task is not marked as done.")
    task.done_on, task.done_note, task.done_by, task.done_at = None, "", None, None
    task.save(update_fields=["done_on", "done_note", "done_by", "done_at"])
    trail.record("plan_task.reopened", task, by=by, kind="K5", matter_id=task.review.matter_id, fields=["done_on"])
    return task


@transaction.atomic
def save_template(rows: Sequence[TemplateTask], *, by: Account) -> tuple[TemplateTask, ...]:
    """Keep the partnership's own plan for reviews to come; a review that is open keeps the plan it began with."""
    review_access.check_can_plan(by)
    if found := problems(rows, length=longest_review()):
        raise NotAllowedNow(" ".join(found))
    PlanTemplateTask.objects.all().delete()
    for row in sorted(rows, key=lambda row: row.working_day):
        PlanTemplateTask.objects.create(
            code=row.code, title=row.title, holder=row.holder, holder_role=row.holder_role, working_day=row.working_day,
            ends_when=row.ends_when, ended_by=list(row.ended_by), source=row.source, changed_by=by,
        )  # fmt: skip
    trail.record("plan_template.saved", None, by=by, kind="K0")
    return tuple(row.template for row in PlanTemplateTask.objects.all())


@transaction.atomic
def restore_default(*, by: Account) -> None:
    """Go back to the plan that comes with the product."""
    review_access.check_can_plan(by)
    PlanTemplateTask.objects.all().delete()
    trail.record("plan_template.restored", None, by=by, kind="K0")


def longest_review() -> int:
    """The working days that a rapid review has, in the rule sets that are kept."""
    return max(rules.rr_days for rules in all_rule_sets())


def _locked(task: PlanTask, *, by: Account) -> PlanTask:
    review = RapidReview.objects.select_for_update().get(pk=task.review_id)
    review_access.check_can_run(by, review)
    return PlanTask.objects.select_for_update().get(pk=task.pk)
