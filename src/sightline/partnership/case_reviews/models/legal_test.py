"""The answers to the questions of section 16C of the Children Act 2004."""

from django.conf import settings
from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid
from sightline.procedures.section_16c import QUESTIONS


class LegalTestAnswer(models.Model):
    """One question answered by a person, in so many words; nothing is inferred from other fields."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="legal_test_answers")
    question = models.CharField(max_length=40, choices=[(q.code, q.text) for q in QUESTIONS])
    answer = models.CharField(max_length=10, choices=choices("yes_no_not_known"))
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "question": PARTNERSHIP, "answer": CHILD, "reason": CHILD,
        "answered_by": PARTNERSHIP, "answered_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "question"], name="legal_test_question_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
