"""What a record said before it was corrected."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class PersonVersion(models.Model):
    """An earlier state of one person's record, kept whole when somebody corrects it; never changed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    said = models.JSONField("what it said", encoder=DjangoJSONEncoder)
    changed_fields = models.JSONField(default=list)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": PARTNERSHIP, "person": CHILD, "number": PARTNERSHIP, "said": CHILD, "changed_fields": PARTNERSHIP,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["person", "number"]
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="people_version_number_once")]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A kept version is never changed.")
        super().save(*args, **kwargs)
