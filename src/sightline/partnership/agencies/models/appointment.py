"""Who sits in a seat."""

from django.db import models

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP


class Appointment(Period):
    """An officer holding a seat, or standing in as its deputy; a seat has one full holder at a time."""

    seat = models.ForeignKey("agencies.Seat", on_delete=models.PROTECT, related_name="appointments")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="appointments")
    is_deputy = models.BooleanField("deputy", default=False)

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": PARTNERSHIP,
        "valid_to": PARTNERSHIP,
        "seat": OPEN,
        "officer": PARTNERSHIP,
        "is_deputy": PARTNERSHIP,
    }

    class Meta(Period.Meta):
        ordering = ["seat", "is_deputy", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(valid_to__isnull=True, is_deputy=False),
                name="agencies_appointment_one_full_holder",
                violation_error_message="Somebody already holds this seat. End their appointment first, or appoint a deputy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.name}, {self.seat.title}{' (deputy)' if self.is_deputy else ''}"

    def rivals(self) -> PeriodQuerySet | None:
        return None if self.is_deputy else Appointment.objects.filter(seat=self.seat_id, is_deputy=False)
