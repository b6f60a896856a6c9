"""How chronologies write somebody or somewhere that is no subject of a matter."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class WrittenName(models.Model):
    """The name of a practitioner, a bystander or a place, with the other ways in which it is written."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    name = models.CharField(max_length=200)
    also_written = models.CharField("other ways in which it is written", max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": PARTNERSHIP, "name": CHILD, "also_written": CHILD, "written_by": PARTNERSHIP, "written_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return "A name as it is written"
