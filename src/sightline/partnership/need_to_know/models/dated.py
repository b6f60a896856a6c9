"""What lets one person in from one day to another, and can be ended at any moment."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose first day has come, whose last day has not passed, and which nobody has ended."""
    last_day = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    return Q(**{f"{prefix}ended_at__isnull": True, f"{prefix}valid_from__lte": on}) & last_day


class DatedQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        return self.filter(in_force(on))

    def not_over(self, on: date) -> Self:
        """In force, or to come."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), ended_at__isnull=True)


class Dated(models.Model):
    """A way into a matter with a first day, perhaps a last one, and somebody who gave it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    valid_from = models.DateField("first day")
    valid_to = models.DateField("last day", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.CharField("why it ended", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    DATED_SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "valid_from": PARTNERSHIP, "valid_to": PARTNERSHIP, "added_by": PARTNERSHIP, "added_at": PARTNERSHIP,
        "ended_by": PARTNERSHIP, "ended_at": PARTNERSHIP, "end_reason": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_from_before_to",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="The last day must be the same as or after the first day",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ended_together",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
            ),
        ]

    def is_in_force(self, on: date) -> bool:
        return self.ended_at is None and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def is_over(self, on: date) -> bool:
        return self.ended_at is not None or (self.valid_to is not None and self.valid_to < on)
