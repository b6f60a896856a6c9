"""What a practice review rests on: lines of enquiry and their evidence, agencies’ reports, practitioners and the family."""

from django.conf import settings
from django.db import models

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class LineOfEnquiry(models.Model):
    """A question that the review is to answer, with its finding and how sure the reviewer is."""

    CONFIDENCE = [("", "Not said yet"), ("high", "Well evidenced"), ("medium", "Partly evidenced"), ("low", "Weakly evidenced")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey("case_reviews.PracticeReview", on_delete=models.CASCADE, related_name="lines_of_enquiry")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    theme = models.CharField(max_length=60, blank=True)
    finding = models.TextField(blank=True)
    why_it_made_sense = models.TextField("why it made sense at the time", blank=True)
    confidence = models.CharField(max_length=10, choices=CONFIDENCE, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "number": PARTNERSHIP, "question": CHILD, "theme": PARTNERSHIP, "finding": CHILD,
        "why_it_made_sense": CHILD, "confidence": PARTNERSHIP, "version": PARTNERSHIP, "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "lines of enquiry"
        constraints = [models.UniqueConstraint(fields=["practice_review", "number"], name="line_of_enquiry_number_once")]

    def __str__(self) -> str:
        return f"Line of enquiry {self.number}"


class LineEvidence(models.Model):
    """What a line of enquiry rests on."""

    KINDS = [
        ("chronology", "Row of the chronology"), ("agency_report", "Agency’s report"), ("event", "Practitioner event"),
        ("family", "What the family said"), ("document", "Document"), ("other", "Something else"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    line = models.ForeignKey(LineOfEnquiry, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=20, choices=KINDS)
    row = models.ForeignKey("case_reviews.ChronologyRow", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    agency_report = models.ForeignKey("case_reviews.AgencyReport", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("what it shows")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "line": PARTNERSHIP, "kind": PARTNERSHIP, "row": PARTNERSHIP, "agency_report": PARTNERSHIP,
        "document": PARTNERSHIP, "text": CHILD, "added_by": PARTNERSHIP, "added_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return "Evidence for a line of enquiry"


class AgencyReport(models.Model):
    """One agency's own analysis for a practice review, by an author who was not involved."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey("case_reviews.PracticeReview", on_delete=models.CASCADE, related_name="agency_reports")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asked_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+", verbose_name="person asked")
    route_confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField("asked for by")
    author = models.CharField("who wrote it", max_length=200, blank=True)
    author_independent = models.BooleanField("the author was not involved in the case", null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    quality_note = models.TextField("what its quality check found", blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.TextField("why it is no longer asked for", blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "agency": CHILD, "asked_officer": PARTNERSHIP, "route_confirmed_by": PARTNERSHIP,
        "asked_on": PARTNERSHIP, "due_on": PARTNERSHIP, "author": PARTNERSHIP, "author_independent": PARTNERSHIP,
        "received_on": PARTNERSHIP, "document": PARTNERSHIP, "quality_note": CHILD, "accepted_on": PARTNERSHIP, "accepted_by": PARTNERSHIP,
        "withdrawn_because": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["asked_on", "id"]
        constraints = [models.UniqueConstraint(fields=["practice_review", "agency"], name="agency_report_once")]

    def __str__(self) -> str:
        return "Agency’s report"

    @property
    def matter(self) -> Matter:
        return self.practice_review.matter

    @property
    def owner_agency_id(self) -> str:
        return self.agency_id

    @property
    def access_state(self) -> str:
        return self.practice_review.access_state


class PractitionerEvent(models.Model):
    """A meeting at which those who worked with the family say how it was; roles are kept, never names, and nobody is quoted."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey("case_reviews.PracticeReview", on_delete=models.CASCADE, related_name="practitioner_events")
    held_on = models.DateField()
    roles = models.TextField("who took part, by role")
    headcount = models.PositiveSmallIntegerField("how many took part", null=True, blank=True)
    notes = models.TextField("what was said, by nobody in particular", blank=True)
    support_offered = models.TextField("support that was offered", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "held_on": PARTNERSHIP, "roles": CHILD, "headcount": PARTNERSHIP,
        "notes": CHILD, "support_offered": CHILD, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return "Practitioner event"


class FamilyPart(models.Model):
    """How one member of the family takes part; what each contact was stands in the contact log."""

    RESPONSES = [
        ("", "Not asked yet"), ("accepted", "Takes part"), ("declined", "Does not wish to"), ("no_reply", "No reply"),
        ("not_appropriate", "Not asked, for reasons"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    practice_review = models.ForeignKey("case_reviews.PracticeReview", on_delete=models.CASCADE, related_name="family_parts")
    called = models.CharField("who, as the review calls them", max_length=100)
    invited_on = models.DateField(null=True, blank=True)
    how = models.TextField("how they were asked, and by whom", blank=True)
    response = models.CharField(max_length=20, choices=RESPONSES, blank=True)
    response_reasons = models.TextField("why they were not asked, and who advised it", blank=True)
    views = models.TextField("what they said", blank=True)
    support = models.TextField("support that was offered", blank=True)
    report_shown_on = models.DateField("saw the report before it was published on", null=True, blank=True)
    their_comment = models.TextField("what they said of it", blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "practice_review": PARTNERSHIP, "called": CHILD, "invited_on": CHILD, "how": CHILD, "response": CHILD,
        "response_reasons": CHILD, "views": CHILD, "support": CHILD, "report_shown_on": CHILD, "their_comment": CHILD,
        "changed_by": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return "Part of the family"
