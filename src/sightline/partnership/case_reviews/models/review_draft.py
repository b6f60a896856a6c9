"""Drafts of a practice review, and who was asked whether their facts are right."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class ReviewDraft(models.Model):
    """One draft of the report, as the reviewer gave it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey("case_reviews.PracticeReview", on_delete=models.CASCADE, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    is_final = models.BooleanField("the reviewer calls it final", default=False)
    note = models.TextField("what changed", blank=True)
    has_summary = models.BooleanField("holds a summary of the improvements recommended", default=False)
    has_why = models.BooleanField("holds an analysis of systemic and underlying reasons", default=False)
    given_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "number": PARTNERSHIP, "document": PARTNERSHIP, "is_final": PARTNERSHIP,
        "note": CHILD, "has_summary": PARTNERSHIP, "has_why": PARTNERSHIP, "given_on": PARTNERSHIP, "added_by": PARTNERSHIP,
        "added_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["practice_review", "number"], name="review_draft_number_once")]

    def __str__(self) -> str:
        return f"Draft {self.number}"


class AccuracyCheck(models.Model):
    """One agency, or a legal view, asked whether a draft is right in its facts; what it said and what was done with it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    draft = models.ForeignKey(ReviewDraft, on_delete=models.CASCADE, related_name="accuracy_checks")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    who = models.CharField("who else was asked", max_length=200, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField("by")
    answered_on = models.DateField(null=True, blank=True)
    comments = models.TextField("what they say is not right", blank=True)
    resolution = models.TextField("what was done with it", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY = {
        "id": PARTNERSHIP, "draft": PARTNERSHIP, "agency": CHILD, "who": CHILD, "asked_on": PARTNERSHIP, "due_on": PARTNERSHIP,
        "answered_on": PARTNERSHIP, "comments": CHILD, "resolution": CHILD, "recorded_by": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [models.CheckConstraint(name="accuracy_check_of_somebody", condition=Q(agency__isnull=False) | ~Q(who=""))]

    def __str__(self) -> str:
        return "Check of facts"
