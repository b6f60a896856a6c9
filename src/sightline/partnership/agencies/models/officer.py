"""People who work for agencies."""

from datetime import date

from django.db import models
from django.utils import timezone

from sightline.partnership.agencies.models.period import Period
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP


class Officer(Period):
    """A named person in an agency, whether or not they sign in to Sightline."""

    name = models.CharField("full name", max_length=200)
    job_title = models.CharField(max_length=200)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="officers")
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("telephone number", max_length=60, blank=True)
    left_at = models.DateTimeField("closed as a leaver at", null=True, blank=True, editable=False)

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": PARTNERSHIP,
        "valid_to": PARTNERSHIP,
        "name": PARTNERSHIP,
        "job_title": PARTNERSHIP,
        "agency": OPEN,
        "email": PARTNERSHIP,
        "phone": PARTNERSHIP,
        "left_at": PARTNERSHIP,
    }

    class Meta(Period.Meta):
        ordering = ["name", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="agencies_officer_leaver_has_last_day", condition=models.Q(left_at__isnull=True) | models.Q(valid_to__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}"

    def is_serving(self, on: date) -> bool:
        """In post on a day; a leaver stops at the moment of leaving, not at the end of that day."""
        return self.is_in_force(on) and (self.left_at is None or on < timezone.localdate(self.left_at))
