"""Immediate safety: asked first on day 0, kept in view until it is answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid
from sightline.procedures.safety import ANSWERS, GROUPS


class SafetyAnswer(models.Model):
    """What somebody found when they checked whether a child is safe now; later answers follow, none is overwritten."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="safety_answers")
    group = models.CharField("who", max_length=20, choices=list(GROUPS.items()))
    answer = models.CharField(max_length=20, choices=list(ANSWERS.items()))
    checked_by = models.CharField("who checked", max_length=200, blank=True)
    checked_at = models.DateTimeField("when they checked", null=True, blank=True)
    what_was_done = models.TextField("what was done", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "group": CHILD, "answer": CHILD, "checked_by": CHILD, "checked_at": CHILD,
        "what_was_done": CHILD, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="safety_answer_says_who_and_when",
                condition=~Q(answer="safe") | (~Q(checked_by="") & Q(checked_at__isnull=False)),
                violation_error_message="“Safe” needs who checked and when.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.get_answer_display()}"


class ImmediateConcern(models.Model):
    """A worry that a child is in danger now: it goes to the named duty person the same day."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="immediate_concerns")
    what = models.TextField("what the worry is")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised_by_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    request = models.ForeignKey(
        "case_reviews.AgencyRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="told in answer to"
    )
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    duty_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cover_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_was_done = models.TextField(blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "what": CHILD, "raised_by": PARTNERSHIP, "raised_by_officer": PARTNERSHIP,
        "request": PARTNERSHIP, "raised_at": PARTNERSHIP,
        "due_on": PARTNERSHIP, "duty_officer": PARTNERSHIP, "cover_officer": PARTNERSHIP, "answered_at": PARTNERSHIP,
        "answered_by": PARTNERSHIP, "what_was_done": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["raised_at"]
        constraints = [
            models.CheckConstraint(
                name="immediate_concern_answered_together",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, what_was_done="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(what_was_done="")),
            ),
            models.CheckConstraint(
                name="immediate_concern_raised_by_somebody",
                condition=Q(raised_by__isnull=False, raised_by_officer__isnull=True)
                | Q(raised_by__isnull=True, raised_by_officer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "Immediate concern"
