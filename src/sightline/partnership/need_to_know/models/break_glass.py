"""Opening a matter in an emergency without being a member of it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid

# Security design, section 3: at most four hours, a reason of at least thirty characters.
LONGEST_OPENING = timedelta(hours=4)
SHORTEST_REASON = 30


class Emergency(models.TextChoices):
    """Why a matter had to be opened at once."""

    CHILD_IN_DANGER = "child_in_danger", "A child may be in danger now"
    ADULT_IN_DANGER = "adult_in_danger", "An adult may be in danger now"
    COURT_OR_POLICE = "court_or_police", "A court or the police need an answer today"
    NOBODY_REACHABLE = "nobody_reachable", "The people who may open it cannot be reached"
    OTHER = "other", "Another emergency"


class Finding(models.TextChoices):
    """What the review of an emergency opening found."""

    JUSTIFIED = "justified", "It was justified"
    NOT_JUSTIFIED = "not_justified", "It was not justified"
    UNCLEAR = "unclear", "It needs further enquiry"


class BreakGlassQuerySet(models.QuerySet):
    def open_at(self, moment: datetime) -> "BreakGlassQuerySet":
        return self.filter(used_at__lte=moment, ends_at__gt=moment)

    def to_review(self) -> "BreakGlassQuerySet":
        return self.filter(reviewed_at__isnull=True)


class BreakGlass(models.Model):
    """One emergency opening of a matter: who, why, from when to when, and what the review of it found."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="emergency_openings", editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    role = models.CharField(max_length=4, editable=False)
    category = models.CharField("kind of emergency", max_length=30, choices=Emergency.choices)
    reason = models.TextField()
    used_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    review_due_on = models.DateField(editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    review_notes = models.TextField("what the review found", blank=True)

    objects = BreakGlassQuerySet.as_manager()

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "matter": PARTNERSHIP, "account": PARTNERSHIP, "role": PARTNERSHIP, "category": PARTNERSHIP, "reason": CHILD,
        "used_at": PARTNERSHIP, "ends_at": PARTNERSHIP, "review_due_on": PARTNERSHIP, "reviewed_by": PARTNERSHIP,
        "reviewed_at": PARTNERSHIP, "finding": PARTNERSHIP, "review_notes": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-used_at", "-id"]
        verbose_name = "emergency opening"
        indexes = [models.Index(fields=["account", "matter", "ends_at"], name="need_to_know_glass_broken")]
        constraints = [
            models.CheckConstraint(name="need_to_know_breakglass_ends_after_it_begins", condition=Q(ends_at__gte=F("used_at"))),
            models.CheckConstraint(
                name="need_to_know_breakglass_reviewed_together",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, finding="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(finding="") & ~Q(reviewed_by=F("account"))),
            ),
        ]

    def __str__(self) -> str:
        return "Emergency opening of a matter"

    def is_open(self, moment: datetime) -> bool:
        return self.used_at <= moment < self.ends_at
