"""Information-sharing agreements between agencies."""

from datetime import date

from django.db import models
from django.db.models import Q

from sightline.partnership.agencies.models.period import Period
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP

DAYS_OF_WARNING = (60, 30)


class SharingPurpose(models.TextChoices):
    """What information may be shared for."""

    CASE_REVIEW = "case_review", "Serious incidents and practice reviews"
    EXPLOITATION = "exploitation", "Exploitation and missing"
    AUDIT = "audit", "Multi-agency audit"
    PERFORMANCE = "performance", "Performance figures"
    TRAINING = "training", "Learning and training"


class SharingAgreement(Period):
    """What named agencies have agreed to share, for which purposes and until when."""

    title = models.CharField(max_length=200)
    parties = models.ManyToManyField("agencies.Agency", related_name="sharing_agreements")
    purposes = models.JSONField(default=list)
    signed_on = models.DateField("signed on", null=True, blank=True)
    where_kept = models.CharField("where the signed text is kept", max_length=300, blank=True)

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": PARTNERSHIP,
        "valid_to": PARTNERSHIP,
        "title": PARTNERSHIP,
        "purposes": PARTNERSHIP,
        "signed_on": PARTNERSHIP,
        "where_kept": PARTNERSHIP,
    }

    class Meta(Period.Meta):
        ordering = ["valid_to", "title"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="agencies_sharingagreement_expires",
                condition=Q(valid_to__isnull=False),
                violation_error_message="Enter the day on which the agreement expires",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def expires_on(self) -> date:
        return self.valid_to

    @property
    def purpose_labels(self) -> list[str]:
        return [SharingPurpose(purpose).label for purpose in self.purposes]

    def days_left(self, on: date) -> int:
        return (self.valid_to - on).days

    def warning(self, on: date) -> int | None:
        """60 or 30 when the agreement expires within that many days; nothing otherwise. An expired one no longer warns."""
        left = self.days_left(on)
        return min((days for days in DAYS_OF_WARNING if 0 <= left <= days), default=None)
