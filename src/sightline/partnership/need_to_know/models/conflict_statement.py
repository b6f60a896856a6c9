"""What people say before they first open a matter."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class ConflictStatement(models.Model):
    """One person's statement, made once for each matter, of whether they are personally connected with it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="statements", editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    is_connected = models.BooleanField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "matter": PARTNERSHIP, "account": PARTNERSHIP, "is_connected": PARTNERSHIP, "made_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["account", "matter"], name="need_to_know_statement_once_a_matter")]

    def __str__(self) -> str:
        return "Statement before opening a matter"
