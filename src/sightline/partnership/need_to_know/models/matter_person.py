"""Whom a matter is about."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class MatterPerson(models.Model):
    """A child or an adult named in a matter; held against people's private lists of those they are connected with."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="people", editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", editable=False)
    named_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {"id": OPEN, "matter": PARTNERSHIP, "person": CHILD, "named_at": PARTNERSHIP}

    class Meta:
        ordering = ["named_at", "id"]
        verbose_name = "person named in a matter"
        verbose_name_plural = "people named in matters"
        constraints = [models.UniqueConstraint(fields=["matter", "person"], name="need_to_know_person_once_in_a_matter")]

    def __str__(self) -> str:
        return "A person named in a matter"
