"""What the National Panel answered, what it asked for, and what the partners made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.national_panel import RESPONSES
from sightline.procedures.references import new_ulid


class PanelReply(models.Model):
    """One letter of the National Panel about a rapid review."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="panel_replies")
    decision = models.ForeignKey("case_reviews.ProposedDecision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    response = models.CharField("what the Panel says", max_length=40, choices=RESPONSES)
    received_on = models.DateField("received on")
    comments = models.TextField("what it says", blank=True)
    quality_comment = models.TextField("what it says of the quality of the review", blank=True)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the letter"
    )
    shared_with_partners_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "decision": PARTNERSHIP, "response": CHILD, "received_on": PARTNERSHIP,
        "comments": CHILD, "quality_comment": CHILD, "document": PARTNERSHIP, "shared_with_partners_at": PARTNERSHIP,
        "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["received_on", "id"]
        verbose_name_plural = "panel replies"

    def __str__(self) -> str:
        return "Reply of the National Panel"


class InformationAsked(models.Model):
    """Something more that the Panel wants to know: who finds it out, by when, and when it was sent."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    reply = models.ForeignKey(PanelReply, on_delete=models.PROTECT, related_name="asked")
    question = models.TextField("what the Panel asks")
    owner = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+", verbose_name="who finds it out")
    due_on = models.DateField("by")
    answer = models.TextField("answer", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey("case_reviews.LetterOut", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    SENSITIVITY = {
        "id": PARTNERSHIP, "reply": PARTNERSHIP, "question": CHILD, "owner": PARTNERSHIP, "due_on": PARTNERSHIP, "answer": CHILD,
        "answered_at": PARTNERSHIP, "letter": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name_plural = "information asked"

    def __str__(self) -> str:
        return "Question of the National Panel"


class Reconsideration(models.Model):
    """A decision looked at again because the Panel disagreed: the first is kept with reasons, or another follows. Both stay."""

    HOW = [("kept", "The decision is kept"), ("again", "A second decision is made")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    reply = models.OneToOneField(PanelReply, on_delete=models.PROTECT, related_name="reconsideration")
    first_decision = models.ForeignKey("case_reviews.ProposedDecision", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    how = models.CharField("what the partners decided", max_length=10, choices=HOW, blank=True)
    reasons = models.TextField("their reasons", blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    signed_text = models.ForeignKey("case_reviews.SignedText", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    SENSITIVITY = {
        "id": PARTNERSHIP, "reply": PARTNERSHIP, "first_decision": PARTNERSHIP, "opened_at": PARTNERSHIP, "how": CHILD, "reasons": CHILD,
        "settled_by": PARTNERSHIP, "settled_at": PARTNERSHIP, "signed_text": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="reconsideration_settled_with_reasons",
                condition=Q(how="", settled_at__isnull=True) | (~Q(how="") & ~Q(reasons="") & Q(settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return "Reconsideration"
