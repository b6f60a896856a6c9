"""A dated record of how an action stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.action import ActionStatus
from sightline.procedures.references import new_ulid


class ActionUpdate(models.Model):
    """What was said of an action on a day; never overwritten, whatever is said later."""

    KINDS = [
        ("said", "Update"), ("due", "Date changed"), ("done", "Said to be done"), ("assured", "Assured"),
        ("not_assured", "Sent back"), ("difference", "Made a difference"), ("closed", "Closed"), ("reopened", "Reopened"),
        ("superseded", "Replaced"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=12, choices=KINDS, default="said")
    status = models.CharField("how it stood", max_length=16, choices=[(status.value, status.label) for status in ActionStatus])
    text = models.TextField("what has happened")
    due_on_becomes = models.DateField("new date", null=True, blank=True)
    because = models.TextField("why", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    SENSITIVITY = {
        "id": OPEN, "action": PARTNERSHIP, "kind": PARTNERSHIP, "status": PARTNERSHIP, "text": CHILD, "due_on_becomes": PARTNERSHIP,
        "because": CHILD, "by": PARTNERSHIP, "by_officer": PARTNERSHIP, "at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="actions_update_by_somebody", condition=Q(by__isnull=False) | Q(by_officer__isnull=False)),
            models.CheckConstraint(name="actions_update_new_date_with_reasons", condition=Q(due_on_becomes__isnull=True) | ~Q(because="")),
        ]

    def __str__(self) -> str:
        return "Update of an action"
