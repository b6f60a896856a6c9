"""What people say of their own interests before they open the papers of a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Declaration(models.Model):
    """Whether somebody has an interest in what a meeting talks about, and what the chair decided. It is never changed or removed:
    a further interest is a further declaration."""

    OUTCOMES = [("stays", "Stays"), ("leaves_item", "Leaves for one item"), ("leaves", "Leaves the meeting")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="declarations")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField("has an interest")
    about = models.TextField("what the interest is", blank=True)
    declared_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="written down by")
    outcome = models.CharField("what follows", max_length=12, choices=OUTCOMES, blank=True)
    item = models.ForeignKey(
        "meetings.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="for which item"
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField("why", blank=True)

    SENSITIVITY = {
        "id": OPEN, "meeting": PARTNERSHIP, "officer": PARTNERSHIP, "has_interest": PARTNERSHIP, "about": CHILD,
        "declared_at": PARTNERSHIP, "recorded_by": PARTNERSHIP, "outcome": PARTNERSHIP, "item": PARTNERSHIP, "decided_by": PARTNERSHIP,
        "decided_at": PARTNERSHIP, "note": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["declared_at", "id"]
        constraints = [
            models.CheckConstraint(name="declaration_says_what", condition=Q(has_interest=False) | ~Q(about="")),
            models.CheckConstraint(
                name="declaration_decided_together",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, outcome="")
                | (Q(has_interest=True, decided_by__isnull=False, decided_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="declaration_leaves_for_an_item",
                condition=Q(outcome="leaves_item", item__isnull=False) | (~Q(outcome="leaves_item") & Q(item__isnull=True)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "Declaration of interest"
