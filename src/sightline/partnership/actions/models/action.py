"""An action with its owner, its date and its three locks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.action import ActionStatus
from sightline.procedures.references import new_ulid


def _by(text: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=text
    )


def _all_or_none(name: str, *fields: str, reasons: str = "") -> models.CheckConstraint:
    """A step is wholly recorded or not at all."""
    none = Q(**{f"{field}__isnull": True for field in fields})
    every = Q(**{f"{field}__isnull": False for field in fields})
    if reasons:
        none, every = none & Q(**{reasons: ""}), every & ~Q(**{reasons: ""})
    return models.CheckConstraint(name=name, condition=none | every)


class Action(models.Model):
    """What an agency is to do by a day, so that something is different for children: done, assured, made a difference, closed."""

    STATUSES = [(status.value, status.label) for status in ActionStatus]
    PRIORITIES = [("high", "High"), ("medium", "Medium"), ("low", "Low")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    recommendation = models.ForeignKey("actions.Recommendation", on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    text = models.TextField("what is to be done")
    outcome = models.TextField("what will be different for children", blank=True)
    owner_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="actions", verbose_name="agency that owns it"
    )
    owner_officer = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, related_name="actions", verbose_name="person who owns it"
    )
    raised_on = models.DateField("raised")
    due_on = models.DateField("due")
    first_due_on = models.DateField("first date it was due", editable=False)
    priority = models.CharField(max_length=6, choices=PRIORITIES, default="medium")
    themes = models.JSONField(default=list, blank=True)
    status = models.CharField(max_length=16, choices=STATUSES, default=ActionStatus.NOT_STARTED.value, editable=False)

    done_on = models.DateField("done", null=True, blank=True, editable=False)
    done_by = _by("who said that it is done")
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    assured_on = models.DateField("assured", null=True, blank=True, editable=False)
    assured_by = _by("who assured it")
    assured_at = models.DateTimeField(null=True, blank=True, editable=False)
    assured_because = models.TextField("what the sub-group saw", blank=True, editable=False)
    difference_on = models.DateField("made a difference to children", null=True, blank=True, editable=False)
    difference_by = _by("who recorded the difference")
    difference_at = models.DateTimeField(null=True, blank=True, editable=False)
    difference_because = models.TextField("what is different for children", blank=True, editable=False)
    closed_on = models.DateField("closed by the Executive", null=True, blank=True, editable=False)
    closed_by = _by("who recorded the closing")
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes", editable=False,
        verbose_name="action that replaces it",
    )  # fmt: skip
    superseded_because = models.TextField("why it was replaced", blank=True, editable=False)
    review_impact_on = models.DateField("effect to be looked at on", null=True, blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY = {
        "id": OPEN, "recommendation": PARTNERSHIP, "matter": PARTNERSHIP, "text": CHILD, "outcome": CHILD, "owner_agency": PARTNERSHIP,
        "owner_officer": PARTNERSHIP, "raised_on": PARTNERSHIP, "due_on": PARTNERSHIP, "first_due_on": PARTNERSHIP,
        "priority": PARTNERSHIP, "themes": CHILD, "status": PARTNERSHIP, "done_on": PARTNERSHIP, "done_by": PARTNERSHIP,
        "done_at": PARTNERSHIP, "assured_on": PARTNERSHIP, "assured_by": PARTNERSHIP, "assured_at": PARTNERSHIP,
        "assured_because": CHILD, "difference_on": PARTNERSHIP, "difference_by": PARTNERSHIP, "difference_at": PARTNERSHIP,
        "difference_because": CHILD, "closed_on": PARTNERSHIP, "closed_by": PARTNERSHIP, "superseded_by": PARTNERSHIP,
        "superseded_because": CHILD, "review_impact_on": PARTNERSHIP, "version": PARTNERSHIP, "created_by": PARTNERSHIP,
        "created_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            _all_or_none("actions_action_done_together", "done_on", "done_by", "done_at"),
            _all_or_none("actions_action_assured_together", "assured_on", "assured_by", "assured_at", reasons="assured_because"),
            _all_or_none(
                "actions_action_difference_together", "difference_on", "difference_by", "difference_at", reasons="difference_because"
            ),
            _all_or_none("actions_action_closed_together", "closed_on", "closed_by"),
            _all_or_none("actions_action_superseded_together", "superseded_by", reasons="superseded_because"),
            models.CheckConstraint(
                name="actions_action_locks_in_order",
                condition=(Q(assured_on__isnull=True) | Q(done_on__isnull=False))
                & (Q(difference_on__isnull=True) | Q(assured_on__isnull=False))
                & (Q(closed_on__isnull=True) | Q(difference_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="actions_action_supersedes_another", condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return "Action"

    @property
    def access_state(self) -> str:
        return "open"
