"""Who the three safeguarding partners are, and were."""

from django.db import models

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import OPEN


class PartnerRole(models.TextChoices):
    """The three partners of the Children Act 2004, section 16E."""

    LOCAL_AUTHORITY = "local_authority", "Local authority"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"


class PartnerArrangement(Period):
    """The agency that is a safeguarding partner from one day to another."""

    partner_role = models.CharField("which partner", max_length=20, choices=PartnerRole.choices)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="partner_arrangements")

    SENSITIVITY = {"id": OPEN, "valid_from": OPEN, "valid_to": OPEN, "partner_role": OPEN, "agency": OPEN}

    class Meta(Period.Meta):
        ordering = ["partner_role", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            # Earlier periods are kept apart by triggers (see migration 0002); this one also names the rule in forms.
            models.UniqueConstraint(
                fields=["partner_role"],
                condition=models.Q(valid_to__isnull=True),
                name="agencies_partnerarrangement_one_at_a_time",
                violation_error_message="Another agency already holds this role. End that arrangement first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_partner_role_display()}: {self.agency}"

    def rivals(self) -> PeriodQuerySet:
        return PartnerArrangement.objects.filter(partner_role=self.partner_role)
