"""Who may open what is sealed in a matter."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.partnership.need_to_know.models.dated import Dated
from sightline.procedures.access.allow import SEALS
from sightline.procedures.access.sensitivity import PARTNERSHIP

SEAL_CHOICES = list(SEALS.items())


class Clearance(Dated):
    """One person cleared for one seal in one matter, by somebody else."""

    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="clearances", editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=20, choices=SEAL_CHOICES)
    reason = models.CharField("why this person needs it", max_length=300)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        **Dated.DATED_SENSITIVITY, "matter": PARTNERSHIP, "account": PARTNERSHIP, "seal": PARTNERSHIP, "reason": PARTNERSHIP,
    }  # fmt: skip

    class Meta(Dated.Meta):
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["account", "matter"], name="need_to_know_cleared")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="need_to_know_clearance_seal_is_known", condition=Q(seal__in=sorted(SEALS))),
            models.CheckConstraint(name="need_to_know_clearance_not_for_oneself", condition=~Q(added_by=F("account"))),
        ]

    def __str__(self) -> str:
        return f"Clearance: {self.get_seal_display()}"
