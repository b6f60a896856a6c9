"""What went out of the partnership about a case, and a case's diary of calls and e-mails."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class LetterOut(models.Model):
    """A report or letter that was sent: which file exactly, to whom, when, how, and with what proof."""

    KINDS = [
        ("rapid_review_report", "Rapid review report"), ("decision_letter", "Letter with the decision"),
        ("criteria_not_met", "Letter that the criteria are not met after all"), ("late", "Letter that the review will be late"),
        ("more_information", "Further information that was asked for"), ("to_agency", "Letter to an agency"),
        ("to_family", "Letter to the family"), ("other", "Other letter"),
    ]  # fmt: skip
    HOW = [("secure_email", "Secure e-mail"), ("national_service", "National service"), ("post", "Post"), ("by_hand", "By hand")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="letters_out")
    kind = models.CharField("what was sent", max_length=30, choices=KINDS)
    title = models.CharField(max_length=200)
    to_whom = models.CharField("to whom", max_length=300)
    how = models.CharField("how it was sent", max_length=20, choices=HOW)
    sent_at = models.DateTimeField("when it was sent")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the file that was sent"
    )
    proof = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="proof of sending"
    )
    recipient_confirmed = models.BooleanField("a second person checked the recipient", default=False)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "kind": PARTNERSHIP, "title": CHILD, "to_whom": CHILD, "how": PARTNERSHIP,
        "sent_at": PARTNERSHIP, "document": PARTNERSHIP, "proof": PARTNERSHIP, "recipient_confirmed": PARTNERSHIP, "note": CHILD,
        "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["sent_at", "id"]
        verbose_name_plural = "letters out"

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def matter(self) -> Matter | None:
        return self.incident.matter


class DiaryEntry(models.Model):
    """A call, an e-mail, a visit: who said what when, as it is remembered in the case."""

    KINDS = [("call", "Telephone call"), ("email", "E-mail"), ("meeting", "Meeting"), ("letter", "Letter received"), ("note", "Note")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="diary")
    kind = models.CharField("what it was", max_length=10, choices=KINDS)
    happened_at = models.DateTimeField("when")
    with_whom = models.CharField("with whom", max_length=200, blank=True)
    what = models.TextField("what was said")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="the e-mail or file"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "kind": PARTNERSHIP, "happened_at": CHILD, "with_whom": CHILD, "what": CHILD,
        "document": PARTNERSHIP, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-happened_at", "-id"]
        verbose_name_plural = "diary entries"
        constraints = [models.CheckConstraint(name="diary_entry_says_something", condition=~Q(what=""))]

    def __str__(self) -> str:
        return self.get_kind_display()
