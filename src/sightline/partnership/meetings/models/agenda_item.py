"""What a meeting talks about, in order."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid

PARTS = [("open", "Open part"), ("restricted", "Restricted part")]


class AgendaItem(models.Model):
    """One item of an agenda, and what was said of it."""

    PURPOSES = [("information", "For information"), ("discussion", "For discussion"), ("decision", "For decision")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField("place on the agenda")
    title = models.CharField(max_length=200)
    purpose = models.CharField("what it is for", max_length=12, choices=PURPOSES, default="discussion")
    part = models.CharField("which part of the meeting", max_length=10, choices=PARTS, default="restricted")
    presenter = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who introduces it"
    )
    minutes_allowed = models.PositiveSmallIntegerField("minutes set aside", null=True, blank=True)
    standing = models.CharField("standing item", max_length=30, blank=True)
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name="carried on from"
    )
    notes = models.TextField("what was said", blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    noted_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    SENSITIVITY = {
        "id": OPEN, "meeting": PARTNERSHIP, "position": PARTNERSHIP, "title": PARTNERSHIP, "purpose": PARTNERSHIP, "part": PARTNERSHIP,
        "presenter": PARTNERSHIP, "minutes_allowed": PARTNERSHIP, "standing": PARTNERSHIP, "carried_from": PARTNERSHIP, "notes": CHILD,
        "noted_by": PARTNERSHIP, "noted_at": PARTNERSHIP, "version": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="agenda_item_noted_together",
                condition=Q(noted_at__isnull=True, noted_by__isnull=True, notes="") | Q(noted_at__isnull=False, noted_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Agenda item {self.position}"
