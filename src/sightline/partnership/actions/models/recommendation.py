"""A recommendation, whoever made it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Recommendation(models.Model):
    """What somebody asked the partnership to do, and what the partnership answered."""

    SOURCES = [
        ("rapid_review", "Rapid review"), ("practice_review", "Practice review"), ("learning_review", "Learning below the threshold"),
        ("audit", "Audit"), ("peer_review", "Peer review"), ("inspection", "Inspection"), ("scrutineer", "Independent scrutineer"),
        ("section_11", "Section 11 audit"), ("meeting", "Meeting"), ("other", "Another source"),
    ]  # fmt: skip
    REQUIRED_OF = [
        ("each", "Each agency by itself"), ("collectively", "The partnership together"), ("agency", "One agency"),
    ]  # fmt: skip
    STATUSES = [
        ("made", "Made, not yet answered"), ("accepted", "Accepted"), ("not_accepted", "Not accepted"),
        ("superseded", "Replaced by another"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations")
    source_kind = models.CharField("where it comes from", max_length=20, choices=SOURCES)
    source_title = models.CharField("title of the source", max_length=200)
    source_on = models.DateField("date of the source")
    text = models.TextField("what is recommended")
    why = models.TextField("why", blank=True)
    required_of = models.CharField("who is to do it", max_length=14, choices=REQUIRED_OF)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="agency it is made to"
    )
    by_when = models.DateField("by", null=True, blank=True)
    status = models.CharField(max_length=14, choices=STATUSES, default="made", editable=False)
    answer = models.TextField("answer, with its reasons", blank=True, editable=False)
    decided_on = models.DateField("answered on", null=True, blank=True, editable=False)
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name="recommendation that it repeats"
    )
    how_response_differs = models.TextField("how the response will differ this time", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY = {
        "id": OPEN, "matter": PARTNERSHIP, "source_kind": PARTNERSHIP, "source_title": PARTNERSHIP, "source_on": PARTNERSHIP,
        "text": CHILD, "why": CHILD, "required_of": PARTNERSHIP, "agency": PARTNERSHIP, "by_when": PARTNERSHIP, "status": PARTNERSHIP,
        "answer": CHILD, "decided_on": PARTNERSHIP, "repeats": PARTNERSHIP, "how_response_differs": CHILD, "version": PARTNERSHIP,
        "created_by": PARTNERSHIP, "created_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-source_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="actions_recommendation_of_one_agency",
                condition=Q(required_of="agency", agency__isnull=False) | (~Q(required_of="agency") & Q(agency__isnull=True)),
            ),
            models.CheckConstraint(
                name="actions_recommendation_answered_with_reasons",
                condition=Q(status__in=("made", "superseded")) | (Q(decided_on__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(name="actions_recommendation_repeats_another", condition=Q(repeats__isnull=True) | ~Q(repeats=F("id"))),
            models.CheckConstraint(
                name="actions_recommendation_repeated_differently",
                condition=Q(repeats__isnull=True) | ~Q(how_response_differs=""),
            ),
        ]

    def __str__(self) -> str:
        return "Recommendation"

    @property
    def owner_agency_id(self) -> str | None:
        return self.agency_id
