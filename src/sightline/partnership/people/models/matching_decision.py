"""What the business unit said about who somebody is."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class MatchingDecision(models.Model):
    """One decision: this is somebody known, this is somebody new, or an earlier decision was wrong."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="matching_decisions")
    decision = models.CharField(max_length=10, choices=[("same", "The same person"), ("new", "Not known before"), ("undone", "Undone")])
    known = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": PARTNERSHIP, "person": CHILD, "decision": CHILD, "known": CHILD, "decided_by": PARTNERSHIP, "decided_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["person", "decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="people_matching_same_names_whom",
                condition=Q(decision="new", known__isnull=True) | ~Q(decision="new"),
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display()
