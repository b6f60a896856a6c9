"""Time-limited access for delegates: independent reviewers, inspectors, advisers."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.need_to_know.models.dated import Dated
from sightline.procedures.access.sensitivity import PARTNERSHIP

# Security design, section 3: at most 90 days, renewed at most twice.
LONGEST_GRANT = timedelta(days=90)
MOST_RENEWALS = 2


class Grant(Dated):
    """Named kinds of record, or named records, of one matter opened to one person for a purpose until a day."""

    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="grants", editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    kinds = models.JSONField("kinds of record", default=list)
    object_ids = models.JSONField("single records", default=list, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0, editable=False)
    renewed_on = models.DateField("last renewed on", null=True, blank=True, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        **Dated.DATED_SENSITIVITY,
        "matter": PARTNERSHIP, "account": PARTNERSHIP, "purpose": PARTNERSHIP, "kinds": PARTNERSHIP, "object_ids": PARTNERSHIP,
        "renewals": PARTNERSHIP, "renewed_on": PARTNERSHIP,
    }  # fmt: skip

    class Meta(Dated.Meta):
        ordering = ["added_at", "id"]
        indexes = [models.Index(fields=["account", "matter"], name="need_to_know_grantee")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="need_to_know_grant_ends", condition=Q(valid_to__isnull=False)),
            models.CheckConstraint(name="need_to_know_grant_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(name="need_to_know_grant_renewed_twice_at_most", condition=Q(renewals__lte=MOST_RENEWALS)),
        ]

    def __str__(self) -> str:
        return "Grant on a matter"

    def names(self, kind: str, object_id: str = "") -> bool:
        """Whether this grant opens a record. Whoever is let in to any part may know that the matter exists."""
        return kind == "K2" or kind in self.kinds or (object_id != "" and object_id in self.object_ids)

    def latest_day(self, on: date) -> date:
        """The last day that a renewal made on a day may run to."""
        return on + LONGEST_GRANT
