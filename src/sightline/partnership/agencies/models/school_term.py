"""School terms of the area."""

from django.db import models
from django.db.models import Q

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import OPEN


class SchoolTerm(Period):
    """A term of the area's schools; outside it a school is reached by its out-of-term contact."""

    name = models.CharField("name of the term", max_length=60)
    academic_year = models.CharField(max_length=9, help_text="For example 2026/27")

    SENSITIVITY = {"id": OPEN, "valid_from": OPEN, "valid_to": OPEN, "name": OPEN, "academic_year": OPEN}

    class Meta(Period.Meta):
        ordering = ["valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="agencies_schoolterm_has_last_day",
                condition=Q(valid_to__isnull=False),
                violation_error_message="Enter the last day of the term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.academic_year}"

    def rivals(self) -> PeriodQuerySet:
        return SchoolTerm.objects.all()
