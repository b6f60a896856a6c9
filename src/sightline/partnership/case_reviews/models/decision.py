"""What a review comes to: the statutory criteria one by one, the outcome proposed with reasons, and the text of its report."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid
from sightline.procedures.review_decision import ANSWERS, OUTCOMES


class ProposedDecision(models.Model):
    """The outcome that a panel proposes and the partners sign. A second decision, after the National Panel disagreed, is a further one."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField("which decision")
    outcome = models.CharField(max_length=40, choices=OUTCOMES, blank=True)
    rationale = models.TextField("reasons", blank=True)
    options = models.JSONField("options that were considered, and why not", default=dict, blank=True)
    proposed_scope = models.TextField("scope and lines of enquiry if there is a practice review", blank=True)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_text = models.ForeignKey("case_reviews.SignedText", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "number": PARTNERSHIP, "outcome": CHILD, "rationale": CHILD, "options": CHILD,
        "proposed_scope": CHILD, "meeting": PARTNERSHIP, "signed_text": PARTNERSHIP, "decided_at": PARTNERSHIP, "version": PARTNERSHIP,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="proposed_decision_number_once"),
            models.CheckConstraint(
                name="proposed_decision_decided_with_reasons",
                condition=Q(decided_at__isnull=True) | (~Q(outcome="") & ~Q(rationale="") & Q(signed_text__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}"


class CriterionAnswer(models.Model):
    """One criterion for a practice review, answered with reasons."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    decision = models.ForeignKey(ProposedDecision, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=ANSWERS)
    reasons = models.TextField()

    SENSITIVITY = {"id": PARTNERSHIP, "decision": PARTNERSHIP, "criterion": PARTNERSHIP, "answer": CHILD, "reasons": CHILD}

    class Meta:
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "criterion"], name="criterion_answered_once"),
            models.CheckConstraint(name="criterion_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class ReportSection(models.Model):
    """The editable text of one section of a rapid review's report; live facts are never typed here."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="report_sections")
    code = models.CharField("section", max_length=40)
    text = models.TextField(blank=True)
    nothing_to_say = models.TextField("why it stays empty", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "code": PARTNERSHIP, "text": CHILD, "nothing_to_say": CHILD, "version": PARTNERSHIP,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="report_section_once")]

    def __str__(self) -> str:
        return "Section of a report"
