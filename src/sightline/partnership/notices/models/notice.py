"""Letters that wait in the outbox."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class State(models.TextChoices):
    """How far a letter has got."""

    QUEUED = "queued", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Given up"
    WITHDRAWN = "withdrawn", "Not sent: no longer permitted"


class NoticeQuerySet(models.QuerySet):
    def due(self, at: datetime) -> "NoticeQuerySet":
        """Those whose moment has come, and those whose sender died over them."""
        return self.filter(Q(state=State.QUEUED, not_before__lte=at) | Q(state=State.SENDING, lease_until__lt=at))


class Notice(models.Model):
    """One letter to one person. Only ids are kept: what it says, and whether it may still be said, is asked when it is sent."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    template = models.CharField(max_length=80)
    to = models.CharField(max_length=64, help_text="An account's id, or invitation: and an invitation's id.")
    about = models.CharField(max_length=64, blank=True)
    matter_id = models.CharField(max_length=26, blank=True)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    not_before = models.DateTimeField("not before", default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    SENSITIVITY = {
        "id": OPEN, "template": PARTNERSHIP, "to": PARTNERSHIP, "about": PARTNERSHIP, "matter_id": PARTNERSHIP, "message_id": OPEN,
        "queued_at": PARTNERSHIP, "not_before": PARTNERSHIP, "state": PARTNERSHIP, "attempts": PARTNERSHIP, "lease_until": PARTNERSHIP,
        "last_error": PARTNERSHIP, "sent_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-queued_at"]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="queued"), name="notices_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="notices_being_sent"),
            models.Index(fields=["-queued_at"], name="notices_by_moment"),
        ]
        constraints = [
            models.CheckConstraint(name="notices_sent_has_moment", condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent")),
            models.CheckConstraint(
                name="notices_lease_only_while_sending",
                condition=Q(state="sending", lease_until__isnull=False) | (~Q(state="sending") & Q(lease_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}, {self.get_state_display()}"
