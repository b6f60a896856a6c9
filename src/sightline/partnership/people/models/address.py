"""Where somebody lives or lived."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Address(models.Model):
    """One address of one person for a time; the one without an end is where they live now."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="addresses")
    lines = models.CharField("address", max_length=400, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    ward = models.ForeignKey("agencies.Ward", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_on = models.DateField("lived here from", null=True, blank=True)
    to_on = models.DateField("lived here until", null=True, blank=True)
    is_protected = models.BooleanField("protected address", default=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": PARTNERSHIP, "person": CHILD, "lines": CHILD, "postcode": CHILD, "ward": CHILD, "from_on": CHILD, "to_on": CHILD,
        "is_protected": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["person", F("to_on").desc(nulls_first=True), "-from_on", "id"]
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(to_on__isnull=True), name="people_address_one_current"),
            models.CheckConstraint(
                name="people_address_ends_after_it_begins",
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return "An address"
