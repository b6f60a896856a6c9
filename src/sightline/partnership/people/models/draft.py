"""What somebody was typing when the page went away."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Draft(models.Model):
    """The raw values of one open page of one form, kept for the account that typed them and nobody else."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=60)
    about = models.CharField(max_length=60)
    page = models.CharField(max_length=40, blank=True)
    turn = models.PositiveBigIntegerField(default=0)
    data = models.JSONField(default=dict)
    is_discarded = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": PARTNERSHIP, "account": PARTNERSHIP, "form": PARTNERSHIP, "about": PARTNERSHIP, "page": PARTNERSHIP, "turn": PARTNERSHIP,
        "data": CHILD, "is_discarded": PARTNERSHIP, "saved_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["account", "form", "about", "page"], name="people_draft_one_a_page")]

    def __str__(self) -> str:
        return f"Draft of {self.form}"

    def typed(self) -> QueryDict:
        """The values as a browser posts them."""
        posted = QueryDict(mutable=True)
        for name, values in self.data.items():
            posted.setlist(name, values)
        return posted
