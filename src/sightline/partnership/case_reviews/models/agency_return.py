"""What an agency answers: the draft that its people write on, each version submitted, its files, and questions about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.agency_return import agency_return
from sightline.procedures.references import new_ulid

VIA = [("account", "By account"), ("link", "By link"), ("offline", "On a form filled offline"), ("told", "As told to the unit")]


def correction_choices() -> list[tuple[str, str]]:
    return list(agency_return().corrections.items())


class ReturnDraft(models.Model):
    """The answer as its agency is writing it: one for all who write, so that nobody's words are lost behind another's."""

    request = models.OneToOneField("case_reviews.AgencyRequest", on_delete=models.CASCADE, related_name="draft", primary_key=True)
    is_nil = models.BooleanField("nobody is known to this agency", null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    questions_version = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_by_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "request": PARTNERSHIP, "is_nil": CHILD, "answers": CHILD, "questions_version": PARTNERSHIP, "version": PARTNERSHIP,
        "saved_by": PARTNERSHIP, "saved_by_officer": PARTNERSHIP, "saved_at": PARTNERSHIP,
    }  # fmt: skip

    def __str__(self) -> str:
        return "Answer being written"


class AgencyReturn(models.Model):
    """An answer as it was submitted. It is never changed: a correction is a further version, and the first stays beside it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    request = models.ForeignKey("case_reviews.AgencyRequest", on_delete=models.CASCADE, related_name="returns")
    number = models.PositiveSmallIntegerField("version")
    is_nil = models.BooleanField("not known to this agency")
    answers = models.JSONField()
    questions_version = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField()
    submitted_via = models.CharField(max_length=10, choices=VIA)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_by = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="signed off by"
    )
    signed_off_at = models.DateTimeField(null=True, blank=True)

    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    correction = models.CharField("returned because", max_length=40, blank=True)
    correction_note = models.TextField("what is to be put right", blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="returned by"
    )
    corrected_at = models.DateTimeField("returned at", null=True, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "request": PARTNERSHIP, "number": PARTNERSHIP, "is_nil": CHILD, "answers": CHILD,
        "questions_version": PARTNERSHIP, "submitted_at": PARTNERSHIP, "submitted_via": PARTNERSHIP, "submitted_by": PARTNERSHIP,
        "signed_off_by": PARTNERSHIP, "signed_off_at": PARTNERSHIP, "accepted_by": PARTNERSHIP, "accepted_at": PARTNERSHIP,
        "correction": PARTNERSHIP, "correction_note": CHILD, "corrected_by": PARTNERSHIP, "corrected_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="agency_return_number_once"),
            models.CheckConstraint(
                name="agency_return_corrected_together",
                condition=Q(correction="", corrected_by__isnull=True, corrected_at__isnull=True)
                | (~Q(correction="") & Q(corrected_by__isnull=False, corrected_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="agency_return_accepted_together",
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True) | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.number} of {self.request.agency}"

    @property
    def matter(self) -> Matter:
        return self.request.matter

    @property
    def owner_agency_id(self) -> str:
        return self.request.agency_id

    @property
    def access_state(self) -> str:
        """What was once submitted stays readable while the agency corrects it."""
        return "closed" if self.request.review.is_ended or self.matter.is_ended else "submitted"


class ReturnFile(models.Model):
    """A file that belongs to an answer; before the answer is submitted it is its agency's alone."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    request = models.ForeignKey("case_reviews.AgencyRequest", on_delete=models.CASCADE, related_name="files")
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("version of the answer with which it was submitted", null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    SENSITIVITY = {"id": PARTNERSHIP, "request": PARTNERSHIP, "document": PARTNERSHIP, "number": PARTNERSHIP, "added_at": PARTNERSHIP}

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return "File of an answer"


class RequestMessage(models.Model):
    """A line of the thread between the business unit and one agency, about its answer or one question of it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    request = models.ForeignKey("case_reviews.AgencyRequest", on_delete=models.CASCADE, related_name="messages")
    question = models.CharField("question it is about", max_length=40, blank=True)
    row = models.CharField("row it is about", max_length=40, blank=True)
    text = models.TextField()
    is_from_agency = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "request": PARTNERSHIP, "question": PARTNERSHIP, "row": CHILD, "text": CHILD, "is_from_agency": PARTNERSHIP,
        "by": PARTNERSHIP, "by_officer": PARTNERSHIP, "at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="request_message_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return "Message about an answer"
