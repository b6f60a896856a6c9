"""What may not be destroyed for the time being."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class LegalHoldQuerySet(models.QuerySet):
    def live(self) -> "LegalHoldQuerySet":
        return self.filter(lifted_at__isnull=True)


class LegalHold(models.Model):
    """Nothing of a matter is removed or disposed of while one of these stands; it beats every rule of retention."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.PROTECT, related_name="holds", editable=False)
    reason = models.TextField("why nothing may be destroyed")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lift_reason = models.TextField("why it is lifted", blank=True)

    objects = LegalHoldQuerySet.as_manager()

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "matter": PARTNERSHIP, "reason": PARTNERSHIP, "placed_by": PARTNERSHIP, "placed_at": PARTNERSHIP,
        "lifted_by": PARTNERSHIP, "lifted_at": PARTNERSHIP, "lift_reason": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.CheckConstraint(name="need_to_know_legalhold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="need_to_know_legalhold_lifted_by_another_person",
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True, lift_reason="")
                | (Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lift_reason="") & ~Q(lifted_by=F("placed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return "Legal hold"
