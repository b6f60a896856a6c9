"""When the audit trail was last found whole."""

from django.db import models

from sightline.procedures.access.sensitivity import PARTNERSHIP
from sightline.procedures.references import new_ulid


class VerificationRun(models.Model):
    """One verification of the whole trail, kept so that people can see when it was last done and how it ended."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    verified_at = models.DateTimeField(db_index=True)
    is_whole = models.BooleanField()
    rows = models.BigIntegerField()
    first_bad_seq = models.BigIntegerField(null=True, blank=True)
    why = models.CharField(max_length=400)

    SENSITIVITY = {
        "id": PARTNERSHIP, "verified_at": PARTNERSHIP, "is_whole": PARTNERSHIP, "rows": PARTNERSHIP,
        "first_bad_seq": PARTNERSHIP, "why": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-verified_at"]

    def __str__(self) -> str:
        return self.why
