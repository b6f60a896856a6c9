"""A change of an incident's course that is not a decision to notify: reopened, duplicate, transferred, criteria not met after all."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.case_review import SeriousIncidentStatus
from sightline.procedures.references import new_ulid

LABELS = [(s.value, s.label) for s in SeriousIncidentStatus]


class StatusChange(models.Model):
    """Who changed the course of an incident, when, and why. The earlier decision stays beside it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="status_changes")
    was = models.CharField(max_length=40, choices=LABELS)
    became = models.CharField(max_length=40, choices=LABELS)
    reasons = models.TextField()
    told_on = models.DateField("date the Panel or the other authority was told", null=True, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "was": PARTNERSHIP, "became": PARTNERSHIP, "reasons": CHILD, "told_on": PARTNERSHIP,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [models.CheckConstraint(name="status_change_has_reasons", condition=~Q(reasons=""))]

    def __str__(self) -> str:
        return f"{self.get_was_display()} to {self.get_became_display()}"
