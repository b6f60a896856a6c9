"""What two different people must agree to before a block is lifted."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.procedures.access.sensitivity import PARTNERSHIP

# Security design, section 3: lifting needs the information governance officer and the panel chair, two persons, with reasons.
LIFTING_ROLES = ("IG", "PC")


class LiftingQuerySet(models.QuerySet):
    def live(self) -> "LiftingQuerySet":
        """Blocks that still hold; one whose lifting is only proposed still does."""
        return self.filter(lifted_at__isnull=True)


class Lifting(models.Model):
    """A block that one person proposes to lift and a second person, in the other role, lifts."""

    lift_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    lift_proposed_as = models.CharField(max_length=4, blank=True, editable=False)
    lift_proposed_at = models.DateTimeField(null=True, blank=True, editable=False)
    lift_reason = models.TextField("why it should be lifted", blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lift_confirmation = models.TextField("why the second person agrees", blank=True)

    objects = LiftingQuerySet.as_manager()

    LIFTING_SENSITIVITY: ClassVar[dict[str, str]] = {
        "lift_proposed_by": PARTNERSHIP, "lift_proposed_as": PARTNERSHIP, "lift_proposed_at": PARTNERSHIP, "lift_reason": PARTNERSHIP,
        "lifted_by": PARTNERSHIP, "lifted_at": PARTNERSHIP, "lift_confirmation": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_lift_proposed_together",
                condition=Q(lift_proposed_by__isnull=True, lift_proposed_at__isnull=True, lift_proposed_as="", lift_reason="")
                | (
                    Q(lift_proposed_by__isnull=False, lift_proposed_at__isnull=False, lift_proposed_as__in=LIFTING_ROLES)
                    & ~Q(lift_reason="")
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_lifted_by_a_second_person",
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True, lift_confirmation="")
                | (
                    Q(lifted_by__isnull=False, lifted_at__isnull=False, lift_proposed_by__isnull=False)
                    & ~Q(lift_confirmation="")
                    & ~Q(lifted_by=F("lift_proposed_by"))
                ),
            ),
        ]

    @property
    def is_lifted(self) -> bool:
        return self.lifted_at is not None

    @property
    def is_lift_proposed(self) -> bool:
        return self.lift_proposed_at is not None and self.lifted_at is None

    @property
    def other_lifting_role(self) -> str:
        """The role whose agreement is still wanted."""
        return next((role for role in LIFTING_ROLES if self.lift_proposed_as and role != self.lift_proposed_as), "")
