"""A text that partners sign: its exact bytes, who signed them, who did not agree, and what came of that."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.agencies.models import PartnerRole
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class SignedText(models.Model):
    """One version of a text put before the three safeguarding partners. It is never changed: a change is a further version."""

    KINDS = [
        ("rapid_review", "Rapid review report and decision"), ("terms_of_reference", "Terms of reference"),
        ("practice_review", "Practice review report"), ("publication", "Decision about publication"),
    ]  # fmt: skip
    STATES = [("with_partners", "With the partners"), ("signed", "Signed by all"), ("resolved", "Settled by the recorded resolution"),
              ("voided", "Voided by a change")]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="signed_texts")
    kind = models.CharField(max_length=20, choices=KINDS)
    number = models.PositiveSmallIntegerField("version")
    text = models.TextField("the exact text")
    sha256 = models.CharField("fingerprint of the text", max_length=64)
    content = models.JSONField("sections and facts as they stood", default=dict, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default="with_partners")
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="as a Word file"
    )
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    voided_changes = models.JSONField("what changed", default=list, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "kind": PARTNERSHIP, "number": PARTNERSHIP, "text": CHILD, "sha256": PARTNERSHIP,
        "content": CHILD, "state": PARTNERSHIP, "document": PARTNERSHIP, "put_by": PARTNERSHIP, "put_at": PARTNERSHIP,
        "settled_at": PARTNERSHIP, "voided_at": PARTNERSHIP, "voided_by": PARTNERSHIP, "voided_changes": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "kind", "number"], name="signed_text_number_once"),
            models.UniqueConstraint(
                fields=["incident", "kind"], condition=Q(state="with_partners"), name="signed_text_one_with_partners"
            ),
            models.CheckConstraint(
                name="signed_text_settled_when_signed",
                condition=Q(state__in=["signed", "resolved"], settled_at__isnull=False)
                | (~Q(state__in=["signed", "resolved"]) & Q(settled_at__isnull=True))
                | Q(state="voided"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"

    @property
    def matter(self) -> Matter | None:
        return self.incident.matter

    @property
    def record_kind(self) -> str:
        return "K5" if self.kind == "rapid_review" else "K6"


class Signature(models.Model):
    """What one safeguarding partner said of one exact text, by their own account. It is never changed or removed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    signed_text = models.ForeignKey(SignedText, on_delete=models.PROTECT, related_name="signatures")
    partner_role = models.CharField(max_length=20, choices=PartnerRole.choices)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reasons = models.TextField("why not", blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("name as signed", max_length=200)
    job_title = models.CharField("post as signed", max_length=200)
    delegation = models.ForeignKey("agencies.Delegation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField("fingerprint of the text that was signed", max_length=64)
    signed_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "signed_text": PARTNERSHIP, "partner_role": PARTNERSHIP, "agency": PARTNERSHIP, "agrees": CHILD,
        "reasons": CHILD, "signed_by": PARTNERSHIP, "name": PARTNERSHIP, "job_title": PARTNERSHIP, "delegation": PARTNERSHIP,
        "sha256": PARTNERSHIP, "signed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="signature_dissent_has_reasons", condition=Q(agrees=True, reasons="") | (Q(agrees=False) & ~Q(reasons=""))
            ),
            # A partner who did not agree may come to agree to the same text; nobody agrees twice.
            models.UniqueConstraint(
                fields=["signed_text", "partner_role"], condition=Q(agrees=True), name="signature_agrees_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Signature for the {self.get_partner_role_display().lower()}"


class Escalation(models.Model):
    """What follows a dissent: the lead partners are asked, the scrutineer may help, and how it ended stands here."""

    ENDS = [("agreed", "All partners agree after all"), ("changed", "The text was changed"),
            ("resolution", "The recorded resolution was used"), ("stopped", "The review was stopped")]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    signed_text = models.ForeignKey(SignedText, on_delete=models.PROTECT, related_name="escalations")
    opened_by_signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="escalation")
    opened_at = models.DateTimeField()
    notes = models.TextField("what was discussed", blank=True)
    scrutineer_asked_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField("how it ended", max_length=20, choices=ENDS, blank=True)
    ended_because = models.TextField("what was agreed, and why", blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "signed_text": PARTNERSHIP, "opened_by_signature": PARTNERSHIP, "opened_at": PARTNERSHIP, "notes": CHILD,
        "scrutineer_asked_at": PARTNERSHIP, "ended_how": PARTNERSHIP, "ended_because": CHILD, "ended_by": PARTNERSHIP,
        "ended_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="escalation_ended_together",
                condition=Q(ended_how="", ended_at__isnull=True) | (~Q(ended_how="") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return "Escalation to the lead partners"


class ScrutineerComment(models.Model):
    """What the independent scrutineer says of a text that is with the partners; it decides nothing."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    signed_text = models.ForeignKey(SignedText, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField("comment")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    SENSITIVITY = {"id": PARTNERSHIP, "signed_text": PARTNERSHIP, "text": CHILD, "said_by": PARTNERSHIP, "said_at": PARTNERSHIP}

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [models.CheckConstraint(name="scrutineer_comment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return "Comment of the scrutineer"


class InterimPosition(models.Model):
    """What the partners tell the National Panel on the last day while they have not agreed: a position, never a decision."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    review = models.ForeignKey("case_reviews.RapidReview", on_delete=models.PROTECT, related_name="interim_positions")
    text = models.TextField("position")
    expected_on = models.DateField("decision expected by", null=True, blank=True)
    letter = models.ForeignKey("case_reviews.LetterOut", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": PARTNERSHIP, "review": PARTNERSHIP, "text": CHILD, "expected_on": PARTNERSHIP, "letter": PARTNERSHIP,
        "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [models.CheckConstraint(name="interim_position_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return "Interim position"
