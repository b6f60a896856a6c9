"""What was found in a file before it went out: which exact bytes, for whom, and who cleared it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.references import new_ulid


class OutgoingCheck(models.Model):
    """A check of exact bytes for one recipient. It proves only that the listed details are absent."""

    AUDIENCES = [
        ("national_panel", "National Panel, Ofsted and the department"), ("partners", "The three safeguarding partners"),
        ("agency", "One agency"), ("family", "The family"), ("public", "The public, or everybody in the partnership"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.PROTECT, related_name="outgoing_checks")
    audience = models.CharField("who will read it", max_length=20, choices=AUDIENCES)
    recipient = models.CharField("to whom", max_length=300, blank=True)
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField("fingerprint of the file", max_length=64)
    extension = models.CharField(max_length=10)
    findings = models.JSONField("what was found: kind, about whom by pseudonym, and where", default=list, blank=True)
    hidden = models.JSONField("hidden content", default=list, blank=True)
    unscannable = models.CharField("why a person must look", max_length=300, blank=True)
    facts_looked_for = models.PositiveIntegerField("details looked for", default=0)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_because = models.TextField("why it may go out all the same", blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "audience": PARTNERSHIP, "recipient": CHILD, "document": PARTNERSHIP,
        "sha256": PARTNERSHIP, "extension": PARTNERSHIP, "findings": CHILD, "hidden": CHILD, "unscannable": PARTNERSHIP,
        "facts_looked_for": PARTNERSHIP, "checked_by": PARTNERSHIP, "checked_at": PARTNERSHIP, "cleared_by": PARTNERSHIP,
        "cleared_at": PARTNERSHIP, "cleared_because": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["-checked_at", "-id"]
        indexes = [models.Index(fields=["incident", "sha256"], name="outgoing_check_of_bytes")]
        constraints = [
            models.CheckConstraint(
                name="outgoing_check_cleared_together",
                condition=Q(cleared_by__isnull=True, cleared_at__isnull=True, cleared_because="")
                | (Q(cleared_by__isnull=False, cleared_at__isnull=False) & ~Q(cleared_because="")),
            ),
            models.CheckConstraint(
                name="outgoing_check_cleared_by_a_second_person",
                condition=Q(cleared_by__isnull=True) | ~Q(cleared_by=F("checked_by")),
            ),
        ]

    def __str__(self) -> str:
        return "Check of a file before it is sent"

    @property
    def matter(self) -> Matter | None:
        return self.incident.matter

    @property
    def found_nothing(self) -> bool:
        return not (self.findings or self.hidden or self.unscannable)

    @property
    def may_leave(self) -> bool:
        """Whether the file may go to the reader that it was checked for."""
        return self.found_nothing or self.cleared_by_id is not None
