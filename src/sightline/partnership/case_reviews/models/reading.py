"""How knowledge of a row spread between agencies, and what a reader keeps of a chronology: how far they read, and private notes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class RowShared(models.Model):
    """An agency told another of what a row says: when and how."""

    HOW = [
        ("", "Not said"), ("telephone", "Telephone"), ("email", "E-mail or letter"), ("referral", "Referral or notification"),
        ("meeting", "Meeting or conference"), ("system", "Shared system"), ("visit", "Visit together"), ("other", "Something else"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    row = models.ForeignKey("case_reviews.ChronologyRow", on_delete=models.PROTECT, related_name="shared")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+", verbose_name="agency that was told")
    on = models.DateField("told on")
    at = models.TimeField("time", null=True, blank=True)
    how = models.CharField(max_length=20, choices=HOW, blank=True)
    words = models.CharField("as it is written", max_length=200, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "row": PARTNERSHIP, "agency": CHILD, "on": CHILD, "at": CHILD, "how": PARTNERSHIP, "words": CHILD,
        "said_by": PARTNERSHIP, "said_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["on", "id"]
        verbose_name_plural = "rows shared"
        constraints = [models.UniqueConstraint(fields=["row", "agency", "on"], name="row_shared_once")]

    def __str__(self) -> str:
        return "Row shared with another agency"


class ChronologyReader(models.Model):
    """How far somebody has read a review's chronology: what came or changed since is new to them."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_until = models.DateTimeField()
    before_that = models.DateTimeField("read until, the time before", null=True, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "reader": PARTNERSHIP, "read_until": PARTNERSHIP, "before_that": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["read_until"]
        constraints = [models.UniqueConstraint(fields=["review", "reader"], name="chronology_reader_once")]

    def __str__(self) -> str:
        return "Reader of a chronology"

    @property
    def matter(self) -> Matter:
        return self.review.matter


class RowNote(models.Model):
    """A private note on a row: nobody but its author reads it, and it goes with them to the meeting."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    row = models.ForeignKey("case_reviews.ChronologyRow", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    changed_at = models.DateTimeField()

    SENSITIVITY = {"id": PARTNERSHIP, "row": PARTNERSHIP, "author": PARTNERSHIP, "text": CHILD, "changed_at": PARTNERSHIP}

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["row", "author"], name="row_note_once_a_reader"),
            models.CheckConstraint(name="row_note_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return "Private note"
