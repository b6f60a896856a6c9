"""The published list of relevant agencies."""

from django.db import models

from sightline.partnership.agencies.models.period import Period, PeriodQuerySet
from sightline.procedures.access.sensitivity import OPEN


class ScheduleType(models.TextChoices):
    """The groups of the Schedule to the 2018 regulations (SI 2018/789, regulation 18)."""

    EDUCATION = "education", "Education and childcare"
    HEALTH_AND_CARE = "health_and_care", "Health and social care"
    CRIMINAL_JUSTICE = "criminal_justice", "Criminal justice"
    POLICE_AND_IMMIGRATION = "police_and_immigration", "Police and immigration"
    OTHER = "other", "Charities, faith, sport and other"


class RelevantAgencyListing(Period):
    """An agency named in the published arrangements, why it was chosen, and from when to when."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="listings")
    schedule_type = models.CharField("type in the schedule", max_length=30, choices=ScheduleType.choices)
    paragraph = models.CharField("paragraph of the schedule", max_length=40, blank=True)
    why_chosen = models.TextField("why the partners chose it")

    SENSITIVITY = {
        "id": OPEN,
        "valid_from": OPEN,
        "valid_to": OPEN,
        "agency": OPEN,
        "schedule_type": OPEN,
        "paragraph": OPEN,
        "why_chosen": OPEN,
    }

    class Meta(Period.Meta):
        ordering = ["schedule_type", "agency__name", "valid_from"]
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(valid_to__isnull=True),
                name="agencies_relevantagencylisting_once",
                violation_error_message="This agency is already on the list",
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency)

    def rivals(self) -> PeriodQuerySet:
        return RelevantAgencyListing.objects.filter(agency=self.agency_id)
