"""When somebody is away, and who acts for them."""

from django.db import models
from django.db.models import F, Q

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import PARTNERSHIP


class Absence(Period):
    """Days on which an officer is away: what would be sent to them goes to their cover."""

    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="absences", verbose_name="who is away")
    cover = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+", verbose_name="who covers")

    SENSITIVITY = {"id": PARTNERSHIP, "valid_from": PARTNERSHIP, "valid_to": PARTNERSHIP, "officer": PARTNERSHIP, "cover": PARTNERSHIP}

    class Meta(Period.Meta):
        ordering = ["valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="agencies_absence_has_last_day",
                condition=Q(valid_to__isnull=False),
                violation_error_message="Enter the last day away",
            ),
            models.CheckConstraint(
                name="agencies_absence_cover_is_another_person",
                condition=~Q(officer=F("cover")),
                violation_error_message="The cover must be a different person from the one who is away",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.name} away, covered by {self.cover.name}"

    def rivals(self) -> PeriodQuerySet:
        return Absence.objects.filter(officer=self.officer_id)
