"""Wards of the area."""

from django.db import models

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import OPEN


class Ward(Period):
    """An electoral ward; boundaries change, so a ward has dates."""

    name = models.CharField(max_length=120)
    code = models.CharField(
        "official code", max_length=20, blank=True, help_text="For example E05 and six digits. Leave empty if you do not have it."
    )

    SENSITIVITY = {"id": OPEN, "valid_from": OPEN, "valid_to": OPEN, "name": OPEN, "code": OPEN}

    class Meta(Period.Meta):
        ordering = ["name", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["name", "valid_from"], name="agencies_ward_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.name

    def rivals(self) -> PeriodQuerySet:
        return Ward.objects.filter(name__iexact=self.name)
