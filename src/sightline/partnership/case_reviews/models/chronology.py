"""Agencies' chronologies: the file as it was sent, and each row of it with what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.allow import SEALS
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class ChronologyFile(models.Model):
    """One agency's chronology as it came: the original stays whole, and every line of it has a fate."""

    STATUSES = [("read", "Read, not yet kept"), ("kept", "Kept"), ("attached", "Kept as an attachment"), ("replaced", "Replaced")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="chronologies")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        "case_reviews.AgencyRequest", on_delete=models.PROTECT, null=True, blank=True, related_name="chronologies",
        verbose_name="request that it answers",
    )  # fmt: skip
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the original"
    )
    status = models.CharField(max_length=10, choices=STATUSES, default="read")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    columns = models.JSONField("columns as they were understood", default=list, blank=True)
    explained = models.JSONField("lines that are not rows, and why", default=list, blank=True)
    notes = models.JSONField("what a reader should know", default=list, blank=True)
    lines = models.PositiveIntegerField("lines in the file", default=0)
    kept_rows = models.PositiveIntegerField("rows kept", default=0)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_by_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "agency": CHILD, "request": PARTNERSHIP, "document": PARTNERSHIP, "status": PARTNERSHIP,
        "replaces": PARTNERSHIP, "columns": CHILD, "explained": CHILD, "notes": CHILD, "lines": PARTNERSHIP, "kept_rows": PARTNERSHIP,
        "read_by": PARTNERSHIP, "read_by_officer": PARTNERSHIP, "read_at": PARTNERSHIP, "kept_by": PARTNERSHIP, "kept_at": PARTNERSHIP,
        "version": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["read_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="chronology_file_kept_together",
                condition=Q(kept_by__isnull=True) | Q(kept_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Chronology of {self.agency}"

    # What the policy asks of a protected record: an agency's chronology is part of its answer.
    @property
    def matter(self) -> Matter:
        return self.review.matter

    @property
    def matter_id(self) -> str:
        return self.matter.pk

    @property
    def owner_agency_id(self) -> str:
        return self.agency_id

    @property
    def access_state(self) -> str:
        if self.status == "read":
            return "draft"
        return "closed" if self.review.is_ended else "submitted"


class ChronologyRow(models.Model):
    """One row in its agency's own words, with its date as far as it is known and as it was written."""

    PRECISIONS = [
        ("exact", "On this day"), ("week", "In this week"), ("month", "In this month"), ("approx", "About this time"),
        ("range", "From one day to another"), ("unknown", "Date not understood"),
    ]  # fmt: skip
    SEEN = [("Y", "Seen"), ("N", "Not seen"), ("", "Not recorded")]
    SIGNIFICANCE = [
        ("", "Not marked"), ("notable", "Notable"), ("key", "Key practice episode"), ("critical", "Critical"),
        ("turning_point", "Turning point"), ("good_practice", "Good practice"), ("context", "Context"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    file = models.ForeignKey(ChronologyFile, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("row of the file")
    where = models.CharField("where in the file", max_length=120, blank=True)
    needs_look = models.CharField("why a person should look at it", max_length=300, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    date_from = models.DateField("day", null=True, blank=True)
    date_to = models.DateField("last day", null=True, blank=True)
    precision = models.CharField(max_length=10, choices=PRECISIONS, default="exact")
    is_uncertain = models.BooleanField("given with a doubt", default=False)
    date_as_written = models.CharField(max_length=200, blank=True)
    time = models.TimeField(null=True, blank=True)
    time_as_written = models.CharField(max_length=100, blank=True)
    recorded_on = models.DateField("day on which it was recorded", null=True, blank=True)
    source = models.TextField("record or system", blank=True)
    event = models.TextField(blank=True)
    action = models.TextField("action taken", blank=True)
    comment = models.TextField("author’s comment", blank=True)
    shared_with = models.TextField("shared with", blank=True)
    child_seen = models.CharField(max_length=1, choices=SEEN, blank=True)
    child_seen_as_written = models.CharField(max_length=200, blank=True)

    shown = models.JSONField("texts under pseudonyms", default=dict, blank=True)
    people = models.JSONField("people of the matter named in it", default=list, blank=True)
    themes = models.JSONField("themes", default=list, blank=True)
    significance = models.CharField(max_length=20, choices=SIGNIFICANCE, blank=True)
    seal = models.CharField("marked", max_length=20, blank=True, choices=list(SEALS.items()))
    corrected = models.JSONField("as it was before it was put right", default=list, blank=True)
    # Rows of several agencies that tell of one event carry the same id; every row stays in its agency's words.
    same_event = models.CharField("the event that it shares with other rows", max_length=26, blank=True, db_index=True, editable=False)
    # A corrected file brings its rows anew; each knows the row in whose place it stands.
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False,
        verbose_name="row in whose place it stands",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "file": PARTNERSHIP, "number": PARTNERSHIP, "where": PARTNERSHIP, "needs_look": CHILD, "looked_at": PARTNERSHIP,
        "looked_by": PARTNERSHIP, "date_from": CHILD, "date_to": CHILD, "precision": PARTNERSHIP, "is_uncertain": PARTNERSHIP,
        "date_as_written": CHILD, "time": CHILD, "time_as_written": CHILD, "recorded_on": CHILD, "source": CHILD, "event": CHILD,
        "action": CHILD, "comment": CHILD, "shared_with": CHILD, "child_seen": CHILD, "child_seen_as_written": CHILD, "shown": CHILD,
        "people": CHILD, "themes": CHILD, "significance": CHILD, "seal": PARTNERSHIP, "corrected": CHILD, "same_event": PARTNERSHIP,
        "instead_of": PARTNERSHIP, "version": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="chronology_row_number_once"),
            models.CheckConstraint(
                name="chronology_row_days_in_order",
                condition=Q(date_from__isnull=True) | Q(date_to__isnull=True) | Q(date_from__lte=F("date_to")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Row {self.number} of a chronology"
