"""What every dated entry of the directory has: a first day and, once it has ended, a last day."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format

from sightline.procedures.references import new_ulid


def in_force(on: date, prefix: str = "") -> Q:
    """Entries whose first day has come and whose last day has not passed."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on}))


class PeriodQuerySet(models.QuerySet):
    """Dated entries, asked for by day."""

    def in_force(self, on: date) -> Self:
        return self.filter(in_force(on))

    def overlapping(self, valid_from: date, valid_to: date | None) -> Self:
        meets = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
        return self.filter(meets) if valid_to is None else self.filter(meets, valid_from__lte=valid_to)


class Period(models.Model):
    """An entry that holds from its first day to its last day, both included; no last day means that it still holds."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    valid_from = models.DateField("from")
    valid_to = models.DateField("last day", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_from_before_to",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="The last day must be the same as or after the first day",
            )
        ]

    def is_in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def rivals(self) -> PeriodQuerySet | None:
        """Other entries of which only one may hold on any day; nothing where several may."""
        return None

    def clean(self) -> None:
        super().clean()
        rivals = self.rivals()
        if rivals is None or self.valid_from is None:
            return
        rival = rivals.exclude(pk=self.pk).overlapping(self.valid_from, self.valid_to).first()
        if rival is not None:
            days = f"from {date_format(rival.valid_from, 'j F Y')} " + (
                f"to {date_format(rival.valid_to, 'j F Y')}" if rival.valid_to else "with no last day"
            )
            raise ValidationError(
                f"These dates overlap with {rival}, {days}. Change the dates, or end that entry first",
                code="overlap",
            )
