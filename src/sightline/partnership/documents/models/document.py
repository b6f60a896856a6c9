"""A file that is held with a matter, or with an action that came from none."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from sightline.procedures.access.allow import SEALS
from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid

# What a document belongs to, and which row of the access table speaks of it.
RECORD_KIND_BY_KIND = {
    "incident": "K3", "return": "K4", "review": "K5", "meeting": "K5", "practice_review": "K6", "evidence": "K13",
}  # fmt: skip
KINDS = [
    ("incident", "Document of an incident"), ("return", "File of an agency’s answer"), ("review", "Document of a rapid review"),
    ("meeting", "Paper of a meeting"), ("practice_review", "Document of a practice review"), ("evidence", "Evidence for an action"),
]  # fmt: skip


class DocumentQuerySet(models.QuerySet["Document"]):
    def held(self) -> "DocumentQuerySet":
        """Those that have not been removed."""
        return self.filter(removed_at__isnull=True)


class Document(models.Model):
    """What is known of a file; its bytes are in a table of their own, so that no list ever fetches them."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    # Without a matter a file is evidence for an action that came from none: its agency owns it, and the action decides who reads it.
    matter = models.ForeignKey(
        "need_to_know.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="documents", editable=False
    )
    kind = models.CharField(max_length=20, choices=KINDS, default="incident", editable=False)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="agency whose own it is",
    )  # fmt: skip
    is_draft = models.BooleanField("still its agency's alone", default=False, editable=False)
    title = models.CharField(max_length=200)
    file_name = models.CharField("name of the file when it was added", max_length=130, editable=False)
    extension = models.CharField(max_length=10, editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField("size in bytes", editable=False)
    sha256 = models.CharField("fingerprint", max_length=64, editable=False)
    warnings = models.JSONField("what its reader should know", default=list, editable=False)
    seal = models.CharField(max_length=20, blank=True, choices=list(SEALS.items()))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    added_by_officer = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="added by somebody without account",
    )  # fmt: skip
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_reason = models.CharField("why it was removed", max_length=300, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    SENSITIVITY: ClassVar[dict[str, str]] = {
        "id": OPEN, "matter": PARTNERSHIP, "kind": PARTNERSHIP, "agency": PARTNERSHIP, "is_draft": PARTNERSHIP, "title": CHILD,
        "file_name": CHILD, "extension": PARTNERSHIP,
        "media_type": PARTNERSHIP, "size": PARTNERSHIP, "sha256": PARTNERSHIP, "warnings": CHILD, "seal": PARTNERSHIP,
        "added_by": PARTNERSHIP, "added_by_officer": PARTNERSHIP, "added_at": PARTNERSHIP,
        "removed_by": PARTNERSHIP, "removed_at": PARTNERSHIP, "removed_reason": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="documents_document_removed_together",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
            ),
            models.CheckConstraint(
                name="documents_document_of_a_matter_or_an_action",
                condition=Q(matter__isnull=False) | Q(kind="evidence", agency__isnull=False, is_draft=False, seal=""),
            ),
            models.CheckConstraint(
                name="documents_document_seal_is_known", condition=Q(seal__in=["", *sorted(SEALS)])
            ),
            models.CheckConstraint(
                name="documents_document_added_by_somebody",
                condition=Q(added_by__isnull=False, added_by_officer__isnull=True)
                | Q(added_by__isnull=True, added_by_officer__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        # Never its title, which turns up in logs and error reports.
        return f"Document ({self.extension})"

    # What the policy asks of a protected record.
    @property
    def record_kind(self) -> str:
        return RECORD_KIND_BY_KIND[self.kind]

    @property
    def owner_agency_id(self) -> str | None:
        """A document goes with the record it belongs to: the agency whose answer it is part of, or the one that raised the matter."""
        return self.agency_id or (self.matter.raised_by_agency_id if self.matter else None)

    @property
    def owner_account_id(self) -> str | None:
        return self.added_by_id

    @property
    def access_state(self) -> str:
        if self.removed_at:
            return "disposed"
        if self.kind == "return":
            return "draft" if self.is_draft else "submitted"
        return "open"

    @property
    def seals(self) -> tuple[str, ...]:
        return (self.seal,) if self.seal else ()

    @property
    def handed_out_as(self) -> str:
        """The name under which it is downloaded: its marking and the matter, and nothing that somebody typed."""
        belongs_to = self.matter.reference if self.matter else "action"
        return f"OFFICIAL-SENSITIVE {belongs_to} {self.pk[-6:]}.{self.extension}"
