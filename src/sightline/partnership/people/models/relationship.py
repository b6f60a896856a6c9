"""Who belongs to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid


class Relationship(models.Model):
    """What one person is to another: the relative is the mother, brother or carer of the person."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="relatives")
    relative = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="relative_of")
    kind = models.CharField("relationship", max_length=30, choices=choices("relationships"))

    SENSITIVITY: ClassVar[dict[str, str]] = {"id": PARTNERSHIP, "person": CHILD, "relative": CHILD, "kind": CHILD}

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "relative"], name="people_relationship_once"),
            models.CheckConstraint(name="people_relationship_with_another", condition=~Q(person=F("relative"))),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
