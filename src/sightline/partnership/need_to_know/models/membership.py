"""Who needs to know of a matter, why, and for how long."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models.dated import Dated
from sightline.procedures.access.sensitivity import PARTNERSHIP


class Basis(models.TextChoices):
    """The ground on which information is shared with a member."""

    # Practice, point 5: a live statutory review never stops for lapsed paper, and says why it may go on.
    SECTION_16H = "section_16h", "Children Act 2004, section 16H: information for a statutory review"
    AGREEMENT = "agreement", "The partnership's information-sharing agreement"


class Membership(Dated):
    """One person let into one matter for a purpose, from one day to another."""

    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="memberships", editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200, help_text="Why this person needs to know, such as “Writes the school's return”.")
    capacity = models.CharField("part in the matter", max_length=60, blank=True)
    basis = models.CharField("ground for sharing", max_length=20, choices=Basis.choices, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        **Dated.DATED_SENSITIVITY,
        "matter": PARTNERSHIP, "account": PARTNERSHIP, "purpose": PARTNERSHIP, "capacity": PARTNERSHIP, "basis": PARTNERSHIP,
    }  # fmt: skip

    class Meta(Dated.Meta):
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["account", "matter"], name="need_to_know_member")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="need_to_know_membership_has_a_purpose", condition=~Q(purpose="")),
        ]

    def __str__(self) -> str:
        return "Membership of a matter"
