"""One row of the audit trail."""

from django.db import models

from sightline.procedures.access.sensitivity import PARTNERSHIP


class AuditEvent(models.Model):
    """Who did or saw what, and when: ids and kinds only, never a name and never a value."""

    seq = models.BigIntegerField(primary_key=True, editable=False)
    payload = models.TextField(editable=False)
    prev_hash = models.CharField("hash of the row before", max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)
    signature = models.CharField(max_length=128, editable=False)

    # Copies out of the payload, for searching. Verification holds them against it.
    at = models.DateTimeField(editable=False)
    actor_id = models.CharField(max_length=64, blank=True, editable=False)
    agency_id = models.CharField(max_length=64, blank=True, editable=False)
    action = models.CharField(max_length=80, editable=False)
    kind = models.CharField(max_length=8, blank=True, editable=False)
    object_id = models.CharField(max_length=80, blank=True, editable=False)
    matter_id = models.CharField(max_length=64, blank=True, editable=False)
    decision = models.CharField(max_length=20, editable=False)

    SENSITIVITY = {
        "seq": PARTNERSHIP, "payload": PARTNERSHIP, "prev_hash": PARTNERSHIP, "hash": PARTNERSHIP, "signature": PARTNERSHIP,
        "at": PARTNERSHIP, "actor_id": PARTNERSHIP, "agency_id": PARTNERSHIP, "action": PARTNERSHIP, "kind": PARTNERSHIP,
        "object_id": PARTNERSHIP, "matter_id": PARTNERSHIP, "decision": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["seq"]
        verbose_name = "audit event"
        indexes = [
            models.Index(fields=["matter_id", "at"], name="audit_by_matter"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
            models.Index(fields=["agency_id", "at"], name="audit_by_agency"),
            models.Index(fields=["action", "at"], name="audit_by_action"),
            models.Index(fields=["at"], name="audit_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"
