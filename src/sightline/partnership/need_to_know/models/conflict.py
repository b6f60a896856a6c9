"""Who must not learn of a matter, because they are personally connected with it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.partnership.need_to_know.models.lifting import Lifting
from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Source(models.TextChoices):
    """How a conflict of interest became known."""

    ATTESTATION = "attestation", "The person said so before opening the matter"
    REGISTER = "register", "The person's private list matches somebody in the matter"
    CASE_FLAG = "case_flag", "Somebody working on the matter said so"


class Conflict(Lifting):
    """A personal connection that keeps one person out of one matter, whatever else they may do, and hides that it exists."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.CASCADE, related_name="conflicts", editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=20, choices=Source.choices)
    reason = models.TextField("how they are connected", blank=True)
    entry = models.ForeignKey(
        "need_to_know.ExclusionEntry", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY: ClassVar[dict[str, str]] = {
        **Lifting.LIFTING_SENSITIVITY,
        "id": OPEN, "matter": PARTNERSHIP, "account": PARTNERSHIP, "officer": PARTNERSHIP, "source": PARTNERSHIP, "reason": CHILD,
        "entry": CHILD, "declared_by": PARTNERSHIP, "declared_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta(Lifting.Meta):
        ordering = ["-declared_at", "-id"]
        indexes = [
            models.Index(fields=["account", "matter"], condition=Q(lifted_at__isnull=True), name="need_to_know_blocked_account"),
            models.Index(fields=["officer", "matter"], condition=Q(lifted_at__isnull=True), name="need_to_know_blocked_officer"),
        ]
        constraints = [
            *Lifting.Meta.constraints,
            models.CheckConstraint(
                name="need_to_know_conflict_is_about_somebody", condition=Q(account__isnull=False) | Q(officer__isnull=False)
            ),
            models.CheckConstraint(
                name="need_to_know_conflict_not_lifted_by_oneself",
                condition=Q(account__isnull=True)
                | (
                    (Q(lifted_by__isnull=True) | ~Q(lifted_by=F("account")))
                    & (Q(lift_proposed_by__isnull=True) | ~Q(lift_proposed_by=F("account")))
                ),
            ),
            models.CheckConstraint(
                name="need_to_know_conflict_says_how_it_became_known",
                condition=Q(source=Source.REGISTER, entry__isnull=False, declared_by__isnull=True)
                | Q(source=Source.ATTESTATION, entry__isnull=True, declared_by=F("account"))
                | (Q(source=Source.CASE_FLAG, entry__isnull=True, declared_by__isnull=False) & ~Q(reason="")),
            ),
            models.UniqueConstraint(
                fields=["matter", "account", "entry"], condition=Q(entry__isnull=False), name="need_to_know_conflict_once_an_entry"
            ),
        ]

    def __str__(self) -> str:
        return "Conflict of interest"
