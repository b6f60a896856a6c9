"""The partnership itself: one row, with the names it had before."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet, in_force
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Partnership(models.Model):
    """The safeguarding partnership that this Sightline serves; there is exactly one."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField("name of the partnership", max_length=200)
    short_name = models.CharField("short name", max_length=40)
    area = models.CharField("area it covers", max_length=120)
    front_door_name = models.CharField("name of the local front door", max_length=120)
    front_door_phone = models.CharField("front door telephone number", max_length=60)
    out_of_hours_phone = models.CharField("out of hours telephone number", max_length=60)
    contact_name = models.CharField("who to ask about the partnership", max_length=200, blank=True)
    contact_email = models.EmailField("their e-mail address", blank=True)
    contact_phone = models.CharField("their telephone number", max_length=60, blank=True)
    arrangements_live_on = models.DateField("day the published arrangements went live", null=True, blank=True)

    SENSITIVITY = {
        "id": OPEN,
        "only": OPEN,
        "name": OPEN,
        "short_name": OPEN,
        "area": OPEN,
        "front_door_name": OPEN,
        "front_door_phone": OPEN,
        "out_of_hours_phone": OPEN,
        "contact_name": PARTNERSHIP,
        "contact_email": PARTNERSHIP,
        "contact_phone": PARTNERSHIP,
        "arrangements_live_on": OPEN,
    }

    class Meta:
        constraints = [models.CheckConstraint(name="agencies_partnership_only_one", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self | None:
        """The partnership, or nothing before it is set up."""
        return cls.objects.first()

    def name_on(self, on: date) -> str:
        """What the partnership was called on a day."""
        former = self.former_names.filter(in_force(on)).first()
        return former.name if former else self.name


class FormerName(Period):
    """A name that the partnership had, with the days on which it had it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    short_name = models.CharField("short name", max_length=40)

    SENSITIVITY = {"id": OPEN, "valid_from": OPEN, "valid_to": OPEN, "partnership": OPEN, "name": OPEN, "short_name": OPEN}

    class Meta(Period.Meta):
        ordering = ["valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(name="agencies_formername_has_ended", condition=Q(valid_to__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def rivals(self) -> PeriodQuerySet:
        return FormerName.objects.filter(partnership=self.partnership_id)
