"""Bank holidays proclaimed after the built-in list was made."""

from django.db import models

from sightline.procedures.access.sensitivity import OPEN
from sightline.procedures.references import new_ulid


class ProclaimedHoliday(models.Model):
    """A one-off bank holiday in England, such as a state funeral, added here as soon as it is proclaimed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    held_on = models.DateField("day of the holiday", unique=True)
    name = models.CharField("what it is for", max_length=120)
    proclaimed_on = models.DateField("day it was proclaimed", null=True, blank=True)
    source = models.CharField("where it was announced", max_length=300, blank=True)

    SENSITIVITY = {"id": OPEN, "held_on": OPEN, "name": OPEN, "proclaimed_on": OPEN, "source": OPEN}

    class Meta:
        ordering = ["held_on"]

    def __str__(self) -> str:
        return self.name
