"""Telling the family, supporting practitioners, and what may be said to the press."""

from django.conf import settings
from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid

AGREED = [("agreed", "Agreed to contact"), ("not_yet", "Asked to wait"), ("no_view", "No view"), ("not_asked", "Not asked")]


class FamilyAndStaff(models.Model):
    """Who looks after the family and the practitioners of one incident, and the agreed line for the press."""

    incident = models.OneToOneField(
        "case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="family_and_staff", primary_key=True
    )
    police_view = models.CharField("police view on contact with the family", max_length=12, blank=True, choices=AGREED)
    coroner_view = models.CharField("coroner's view on contact with the family", max_length=12, blank=True, choices=AGREED)
    social_work_view = models.CharField("social work view on contact with the family", max_length=12, blank=True, choices=AGREED)
    views_notes = models.TextField("what they said", blank=True)
    liaison = models.CharField("family liaison", max_length=300, blank=True)
    practitioner_support = models.TextField("support for practitioners", blank=True)
    press_line = models.TextField("agreed press line", blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "incident": PARTNERSHIP, "police_view": CHILD, "coroner_view": CHILD, "social_work_view": CHILD, "views_notes": CHILD,
        "liaison": CHILD, "practitioner_support": CHILD, "press_line": PARTNERSHIP, "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        verbose_name_plural = "family and staff"

    def __str__(self) -> str:
        return "Family and staff"


class FamilyContact(models.Model):
    """One time somebody told or heard the family: who, when, what."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="family_contacts")
    happened_at = models.DateTimeField("when")
    told_by = models.CharField("who spoke with the family", max_length=200)
    told_whom = models.CharField("with whom", max_length=200, help_text="By relationship, not by name: for example “mother”.")
    what = models.TextField("what was said, by both")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "happened_at": CHILD, "told_by": CHILD, "told_whom": CHILD, "what": CHILD,
        "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["happened_at", "id"]

    def __str__(self) -> str:
        return f"Contact with {self.told_whom}"
