"""The plan of a rapid review, and the partnership's own plan from which it is taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.rapid_review_plan import TemplateTask
from sightline.procedures.references import new_ulid


class _Task(models.Model):
    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    code = models.CharField(max_length=40)
    title = models.CharField("what is to be done", max_length=300)
    holder = models.CharField("who holds the ball, in words", max_length=200)
    holder_role = models.CharField("their role", max_length=4)
    working_day = models.PositiveSmallIntegerField("due by the end of working day")
    ends_when = models.CharField("it is done when", max_length=300)
    ended_by = models.JSONField("statuses that end it", default=list, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Day {self.working_day}: {self.title}"

    @property
    def template(self) -> TemplateTask:
        return TemplateTask(
            code=self.code, title=self.title, holder=self.holder, holder_role=self.holder_role, working_day=self.working_day,
            ends_when=self.ends_when, ended_by=tuple(self.ended_by), source=self.source,
        )  # fmt: skip


_TASK_SENSITIVITY = dict.fromkeys(("code", "title", "holder", "holder_role", "working_day", "ends_when", "ended_by", "source"), PARTNERSHIP)


class PlanTemplateTask(_Task):
    """A row of the partnership's own plan; while there is none, the plan that comes with the product is used."""

    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {"id": OPEN, **_TASK_SENSITIVITY, "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP}

    class Meta(_Task.Meta):
        abstract = False
        ordering = ["working_day", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="plan_template_code_once")]


class PlanTask(_Task):
    """A task of one review, as the plan had it when the review was opened: a later plan does not move it."""

    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.CASCADE, related_name="tasks")
    done_on = models.DateField("done on", null=True, blank=True)
    done_note = models.TextField("how it was done", blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField("recorded at", null=True, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, **_TASK_SENSITIVITY, "review": PARTNERSHIP, "done_on": PARTNERSHIP, "done_note": CHILD, "done_by": PARTNERSHIP,
        "done_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta(_Task.Meta):
        abstract = False
        ordering = ["working_day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="plan_task_code_once_in_a_review"),
            models.CheckConstraint(
                name="plan_task_done_together",
                condition=Q(done_on__isnull=True, done_by__isnull=True, done_at__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False, done_at__isnull=False),
            ),
        ]
