"""Somebody in the household or otherwise significant in the child's life."""

from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid


class SignificantPerson(models.Model):
    """A parent, carer, sibling or other person around the child; the identity itself is in the vault."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="significant_people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    relationship = models.CharField("relationship to the child", max_length=30, choices=choices("relationships"))
    lives_with_child = models.CharField(max_length=10, blank=True, choices=choices("yes_no_not_known"))
    has_parental_responsibility = models.CharField(max_length=10, blank=True, choices=choices("yes_no_not_known"))
    is_suspected = models.CharField("suspected of causing harm", max_length=10, blank=True, choices=choices("yes_no_not_known"))
    added_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "person": CHILD, "relationship": CHILD, "lives_with_child": CHILD,
        "has_parental_responsibility": CHILD, "is_suspected": CHILD, "added_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name_plural = "significant people"

    def __str__(self) -> str:
        return self.get_relationship_display()
