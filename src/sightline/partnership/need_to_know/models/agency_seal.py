"""A matter kept from a whole agency but for the persons named."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from sightline.partnership.need_to_know.models.lifting import Lifting
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class AgencySeal(Lifting):
    """One agency reduced to named persons in one matter, as when somebody senior there is accused."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="agency_seals", editable=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name="persons who keep access")
    # Who was in the agency when it was sealed stays out after a move to another agency.
    kept_out = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, editable=False)
    reason = models.TextField("why the agency is kept out")
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    placed_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        **Lifting.LIFTING_SENSITIVITY,
        "id": OPEN, "matter": PARTNERSHIP, "agency": PARTNERSHIP, "reason": PARTNERSHIP, "placed_by": PARTNERSHIP, "placed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta(Lifting.Meta):
        ordering = ["-placed_at", "-id"]
        constraints = [
            *Lifting.Meta.constraints,
            models.CheckConstraint(name="need_to_know_agencyseal_has_a_reason", condition=~models.Q(reason="")),
            models.UniqueConstraint(
                fields=["matter", "agency"], condition=models.Q(lifted_at__isnull=True), name="need_to_know_agency_sealed_once"
            ),
        ]

    def __str__(self) -> str:
        return "Matter sealed from an agency"
