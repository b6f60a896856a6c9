"""The duty rota."""

from django.db import models
from django.db.models import F, Q

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import PARTNERSHIP


class DutyTurn(Period):
    """The named person whom an immediate concern reaches, and who covers for them."""

    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="duty_turns", verbose_name="on duty")
    cover = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="cover_turns", verbose_name="cover")

    SENSITIVITY = {"id": PARTNERSHIP, "valid_from": PARTNERSHIP, "valid_to": PARTNERSHIP, "officer": PARTNERSHIP, "cover": PARTNERSHIP}

    class Meta(Period.Meta):
        ordering = ["valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="agencies_dutyturn_has_last_day",
                condition=Q(valid_to__isnull=False),
                violation_error_message="Enter the last day of the turn",
            ),
            models.CheckConstraint(
                name="agencies_dutyturn_cover_is_another_person",
                condition=~Q(officer=F("cover")),
                violation_error_message="The cover must be a different person from the one on duty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.name}, covered by {self.cover.name}"

    def rivals(self) -> PeriodQuerySet:
        return DutyTurn.objects.all()
