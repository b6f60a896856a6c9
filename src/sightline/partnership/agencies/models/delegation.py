"""Who acts for a safeguarding partner's chief officer, for what, and from when to when."""

from django.db import models
from django.db.models import F, Q

from sightline.partnership.agencies.models.partner_arrangement import PartnerRole
from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import PARTNERSHIP


class Delegation(Period):
    """A dated delegation: this officer may sign decisions on reviews for this partner. Accountability stays with whoever delegates."""

    partner_role = models.CharField("for which partner", max_length=20, choices=PartnerRole.choices)
    delegated_by = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+", verbose_name="who delegates")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="delegations", verbose_name="to whom")
    minute = models.CharField("where the delegation is recorded", max_length=300, blank=True)

    SENSITIVITY = {
        "id": PARTNERSHIP, "valid_from": PARTNERSHIP, "valid_to": PARTNERSHIP, "partner_role": PARTNERSHIP, "delegated_by": PARTNERSHIP,
        "officer": PARTNERSHIP, "minute": PARTNERSHIP,
    }  # fmt: skip

    class Meta(Period.Meta):
        ordering = ["partner_role", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="agencies_delegation_to_another_person",
                condition=~Q(officer=F("delegated_by")),
                violation_error_message="Nobody delegates to themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer.name} for the {self.get_partner_role_display().lower()}"

    def rivals(self) -> PeriodQuerySet:
        """The same officer twice for the same partner; a partner may have more than one delegate, so that one can be away."""
        return Delegation.objects.filter(officer=self.officer_id, partner_role=self.partner_role)
