"""Changes of what a clock rests on: a corrected day, confirmed by a second person, and a move to later rules."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class ClockCorrection(models.Model):
    """A day from or to which a clock counts that was recorded wrongly: it counts otherwise only when a second person has agreed."""

    WHAT = [("aware_at", "When the local authority became aware"), ("notified_at", "When the notification was submitted")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="clock_corrections")
    what = models.CharField("what was recorded wrongly", max_length=20, choices=WHAT)
    was = models.DateTimeField("recorded as")
    becomes = models.DateTimeField("should be")
    reasons = models.TextField("why, and how it is known")
    effect = models.TextField("what this does to the clocks", blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    is_confirmed = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.TextField("their reasons", blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "what": PARTNERSHIP, "was": PARTNERSHIP, "becomes": PARTNERSHIP, "reasons": CHILD,
        "effect": PARTNERSHIP, "proposed_by": PARTNERSHIP, "proposed_at": PARTNERSHIP, "is_confirmed": PARTNERSHIP,
        "decided_by": PARTNERSHIP, "decided_at": PARTNERSHIP, "decided_because": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(name="clock_correction_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="clock_correction_second_person",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_confirmed__isnull=True)
                | (Q(decided_by__isnull=False, decided_at__isnull=False, is_confirmed__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.UniqueConstraint(
                fields=["incident", "what"], condition=Q(decided_at__isnull=True), name="clock_correction_one_open_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Correction: {self.get_what_display()}"


class RuleSetUpgrade(models.Model):
    """That a case was moved to later rules: by whom, why, and what that did to its clocks."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="rule_set_upgrades")
    was = models.CharField("ran under", max_length=40)
    was_hash = models.CharField(max_length=64)
    became = models.CharField("runs under", max_length=40)
    became_hash = models.CharField(max_length=64)
    reasons = models.TextField("why")
    effect = models.JSONField("what it did to the clocks, a sentence each", default=list)
    upgraded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    upgraded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "was": PARTNERSHIP, "was_hash": PARTNERSHIP, "became": PARTNERSHIP,
        "became_hash": PARTNERSHIP, "reasons": CHILD, "effect": PARTNERSHIP, "upgraded_by": PARTNERSHIP, "upgraded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["upgraded_at", "id"]
        constraints = [models.CheckConstraint(name="rule_set_upgrade_has_reasons", condition=~Q(reasons=""))]

    def __str__(self) -> str:
        return f"{self.was} to {self.became}"
