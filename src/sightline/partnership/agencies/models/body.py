"""Groups of the partnership."""

from django.db import models
from django.db.models import F, Q

from sightline.partnership.agencies.models.period import Period
from sightline.procedures.access.sensitivity import OPEN


class BodyKind(models.TextChoices):
    """What sort of group a body is."""

    EXECUTIVE = "executive", "Executive"
    REVIEW_PANEL = "review_panel", "Practice review panel"
    SUB_GROUP = "sub_group", "Sub-group"
    BOARD = "board", "Board shared with other partnerships"
    DELIVERY_GROUP = "delivery_group", "Delivery group"
    UNIT = "unit", "Business unit"
    SCRUTINY = "scrutiny", "Independent scrutiny"
    OTHER = "other", "Other"


class Body(Period):
    """A group that meets and decides or advises, and the group it reports to."""

    name = models.CharField(max_length=200)
    short_name = models.CharField("short name", max_length=60, blank=True)
    kind = models.CharField(max_length=30, choices=BodyKind.choices)
    purpose = models.TextField("what it is for", blank=True)
    reports_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sub_groups", verbose_name="reports to"
    )

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": OPEN,
        "valid_to": OPEN,
        "name": OPEN,
        "short_name": OPEN,
        "kind": OPEN,
        "purpose": OPEN,
        "reports_to": OPEN,
    }

    class Meta(Period.Meta):
        ordering = ["name", "valid_from"]
        verbose_name_plural = "bodies"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["name", "valid_from"], name="agencies_body_once_from_a_day"),
            models.CheckConstraint(
                name="agencies_body_reports_to_another",
                condition=Q(reports_to__isnull=True) | ~Q(reports_to=F("id")),
                violation_error_message="A body cannot report to itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
