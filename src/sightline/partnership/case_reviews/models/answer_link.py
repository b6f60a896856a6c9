"""A link by which an officer without account answers one request, opened with a code that was told by telephone."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid

MOST_WRONG_CODES = 5


class AnswerLink(models.Model):
    """Its secret part is stored nowhere, its code only as a fingerprint; it opens one request to one officer until the answer is in."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    request = models.ForeignKey("case_reviews.AgencyRequest", on_delete=models.CASCADE, related_name="links")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=[("answer", "To answer"), ("sign_off", "To sign off")], default="answer")
    fingerprint = models.CharField("fingerprint of the link", max_length=64, unique=True)
    code_fingerprint = models.CharField("fingerprint of the code", max_length=200)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField("first opened with its code", null=True, blank=True)
    used_at = models.DateTimeField("answer submitted", null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    SENSITIVITY = {
        "id": PARTNERSHIP, "request": PARTNERSHIP, "officer": PARTNERSHIP, "purpose": PARTNERSHIP, "fingerprint": PARTNERSHIP,
        "code_fingerprint": PARTNERSHIP, "wrong_codes": PARTNERSHIP, "made_by": PARTNERSHIP, "made_at": PARTNERSHIP,
        "expires_at": PARTNERSHIP, "opened_at": PARTNERSHIP, "used_at": PARTNERSHIP, "revoked_at": PARTNERSHIP, "revoked_by": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "officer", "purpose"],
                condition=Q(revoked_at__isnull=True, used_at__isnull=True),
                name="answer_link_one_live_for_an_officer",
            ),
            models.CheckConstraint(name="answer_link_expires_after_it_was_made", condition=Q(expires_at__gt=models.F("made_at"))),
        ]

    def __str__(self) -> str:
        return f"Link, {self.get_purpose_display().lower()}"

    @property
    def is_locked(self) -> bool:
        """After too many wrong codes nobody comes in by it any more; the unit makes another."""
        return self.wrong_codes >= MOST_WRONG_CODES

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and self.used_at is None and at < self.expires_at and not self.is_locked


class LinkDraft(models.Model):
    """What somebody who came by a link is typing on one section, exactly as typed; dropped when the section is saved."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    link = models.ForeignKey(AnswerLink, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=100)
    page = models.CharField("the open page it was typed on", max_length=40, blank=True)
    turn = models.BigIntegerField(default=0)
    data = models.JSONField(default=dict)
    is_discarded = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "link": PARTNERSHIP, "form": PARTNERSHIP, "page": PARTNERSHIP, "turn": PARTNERSHIP, "data": CHILD,
        "is_discarded": PARTNERSHIP, "saved_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-saved_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["link", "form", "page"], name="link_draft_once_a_page")]

    def __str__(self) -> str:
        return "Typing that is not saved yet"

    def typed(self) -> QueryDict:
        """The values as a browser posts them."""
        posted = QueryDict(mutable=True)
        for name, values in self.data.items():
            posted.setlist(name, values)
        return posted
