"""Places on a body."""

from django.db import models

from sightline.partnership.agencies.models.partner_arrangement import PartnerRole
from sightline.partnership.agencies.models.period import Period
from sightline.procedures.access.sensitivity import OPEN


class Capacity(models.TextChoices):
    """In what capacity somebody sits on a body."""

    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice chair"
    MEMBER = "member", "Member"
    ADVISER = "adviser", "Adviser"
    OBSERVER = "observer", "Participant observer"


class Seat(Period):
    """A place on a body, filled by one person at a time; it may belong to an agency or to whichever agency is a safeguarding partner."""

    body = models.ForeignKey("agencies.Body", on_delete=models.PROTECT, related_name="seats")
    title = models.CharField("name of the seat", max_length=200)
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.MEMBER)
    partner_role = models.CharField("speaks for which safeguarding partner", max_length=20, choices=PartnerRole.choices, blank=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="seats")

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": OPEN,
        "valid_to": OPEN,
        "body": OPEN,
        "title": OPEN,
        "capacity": OPEN,
        "partner_role": OPEN,
        "agency": OPEN,
    }

    class Meta(Period.Meta):
        ordering = ["body__name", "capacity", "title", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "title", "valid_from"], name="agencies_seat_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.body}"
