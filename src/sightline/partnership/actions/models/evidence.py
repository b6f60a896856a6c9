"""What shows that an action was done, or that it made a difference."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class ActionEvidence(models.Model):
    """One piece of evidence; it grows stale on a day, and is withdrawn rather than deleted."""

    KINDS = [("completion", "That it was done"), ("impact", "That it made a difference to children")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField("what it shows", max_length=10, choices=KINDS)
    text = models.TextField("what the evidence is")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dated_on = models.DateField("date of the evidence")
    goes_stale_on = models.DateField("too old from", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField("why it was withdrawn", blank=True)

    SENSITIVITY = {
        "id": OPEN, "action": PARTNERSHIP, "kind": PARTNERSHIP, "text": CHILD, "document": PARTNERSHIP, "dated_on": PARTNERSHIP,
        "goes_stale_on": PARTNERSHIP, "added_by": PARTNERSHIP, "added_at": PARTNERSHIP, "withdrawn_by": PARTNERSHIP,
        "withdrawn_at": PARTNERSHIP, "withdrawn_because": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="actions_evidence_withdrawn_together",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
            ),
            models.CheckConstraint(
                name="actions_evidence_stale_later", condition=Q(goes_stale_on__isnull=True) | Q(goes_stale_on__gt=F("dated_on"))
            ),
        ]

    def __str__(self) -> str:
        return "Evidence for an action"
