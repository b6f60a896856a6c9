"""What is protected: one matter, known by a random reference."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_reference, new_ulid


class Matter(models.Model):
    """One protected piece of the partnership's work; every record about it in any room belongs to it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=40, editable=False)
    record_path = models.CharField(
        "address of its record", max_length=200, blank=True, editable=False, help_text="Where the room that opened it shows it."
    )
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    raised_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    statutory_live = models.BooleanField("a statutory review is under way", default=False)
    live_proceedings = models.BooleanField("criminal or family proceedings are under way", default=False)
    is_ended = models.BooleanField(default=False, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "reference": PARTNERSHIP, "kind": PARTNERSHIP, "record_path": PARTNERSHIP, "opened_at": PARTNERSHIP,
        "opened_by": PARTNERSHIP, "raised_by_agency": PARTNERSHIP, "statutory_live": PARTNERSHIP, "live_proceedings": PARTNERSHIP,
        "is_ended": PARTNERSHIP, "ended_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="need_to_know_matter_ended_together",
                condition=Q(is_ended=False, ended_at__isnull=True) | Q(is_ended=True, ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference
