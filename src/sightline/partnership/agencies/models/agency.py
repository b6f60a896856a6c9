"""Agencies that work together in the area."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP

if TYPE_CHECKING:
    from sightline.partnership.agencies.models.officer import Officer


class Sector(models.TextChoices):
    """The part of public life that an agency belongs to."""

    LOCAL_AUTHORITY = "local_authority", "Local authority"
    POLICE = "police", "Police"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education and childcare"
    SOCIAL_CARE = "social_care", "Social care provider"
    CRIMINAL_JUSTICE = "criminal_justice", "Criminal justice"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary, community and faith"
    INSPECTORATE = "inspectorate", "Inspectorate"
    OTHER = "other", "Other"


class Agency(Period):
    """An organisation of the area, or beyond it, that takes part in safeguarding children."""

    name = models.CharField(max_length=200)
    short_name = models.CharField("short name", max_length=60)
    sector = models.CharField(max_length=30, choices=Sector.choices)
    succeeded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="succeeded by"
    )
    safeguarding_lead = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    alternate_officer = models.ForeignKey(
        "agencies.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Requests go to this person when the safeguarding lead is connected with the case.",
    )
    named_executive = models.ForeignKey(
        "agencies.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Told when an answer of this agency stays late.",
    )
    out_of_term_contact = models.CharField(
        "contact in school holidays",
        max_length=200,
        blank=True,
        help_text="A name and telephone number that is answered outside term time.",
    )

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": OPEN,
        "valid_to": OPEN,
        "name": OPEN,
        "short_name": OPEN,
        "sector": OPEN,
        "succeeded_by": OPEN,
        "safeguarding_lead": PARTNERSHIP,
        "alternate_officer": PARTNERSHIP,
        "named_executive": PARTNERSHIP,
        "out_of_term_contact": PARTNERSHIP,
    }

    class Meta(Period.Meta):
        ordering = ["name", "valid_from"]
        verbose_name_plural = "agencies"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["name", "valid_from"], name="agencies_agency_once_from_a_day"),
            models.CheckConstraint(
                name="agencies_agency_succeeded_only_when_ended",
                condition=Q(succeeded_by__isnull=True) | Q(valid_to__isnull=False),
                violation_error_message="Enter the last day of an agency that another one has succeeded",
            ),
            models.CheckConstraint(
                name="agencies_agency_not_its_own_successor",
                condition=Q(succeeded_by__isnull=True) | ~Q(succeeded_by=F("id")),
                violation_error_message="An agency cannot succeed itself",
            ),
            models.CheckConstraint(
                name="agencies_agency_alternate_is_another_person",
                condition=Q(alternate_officer__isnull=True)
                | Q(safeguarding_lead__isnull=True)
                | ~Q(alternate_officer=F("safeguarding_lead")),
                violation_error_message="The alternate officer must be a different person from the safeguarding lead",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def rivals(self) -> PeriodQuerySet:
        return Agency.objects.filter(name__iexact=self.name)

    @property
    def owner_agency_id(self) -> str:
        return self.pk

    def route_avoiding(self, *connected: "Officer | None") -> "Officer | None":
        """Whom to write to when some people are connected with the case: the lead, else the alternate, else nobody."""
        for officer in (self.safeguarding_lead, self.alternate_officer):
            if officer is not None and officer not in connected:
                return officer
        return None
