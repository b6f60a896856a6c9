"""A child whom a serious incident concerns."""

from datetime import date

from django.db import models

from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid

STRUCTURED_CHILDREN = 4  # the national form takes four; others are told in words (Panel service, read 2026)


class IncidentChild(models.Model):
    """One of up to four children set out in full; the identity itself is in the vault."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    incident = models.ForeignKey("case_reviews.SeriousIncident", on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=choices("outcomes"))
    harm = models.JSONField("kinds of harm", default=list, blank=True)
    was_fatal_injury = models.CharField("fatal injury", max_length=10, blank=True, choices=choices("yes_no_not_known"))
    is_long_term = models.CharField("harm likely to be long-term", max_length=10, blank=True, choices=choices("yes_no_not_known"))
    lives_in = models.CharField("local authority of residence", max_length=200, blank=True)
    school_status = models.CharField(max_length=20, blank=True, choices=choices("school_status"))
    legal_status = models.CharField(max_length=30, blank=True, choices=choices("legal_status"))
    social_care_status = models.CharField(max_length=30, blank=True, choices=choices("social_care_status"))
    protection_plan_category = models.CharField(max_length=5, blank=True, choices=choices("protection_plan_category"))
    previous_protection_plan = models.CharField(max_length=10, blank=True, choices=choices("yes_no_not_known"))

    SENSITIVITY = {
        "id": PARTNERSHIP, "incident": PARTNERSHIP, "position": PARTNERSHIP, "person": CHILD, "outcome": CHILD, "harm": CHILD,
        "was_fatal_injury": CHILD, "is_long_term": CHILD, "lives_in": CHILD, "school_status": CHILD, "legal_status": CHILD,
        "social_care_status": CHILD, "protection_plan_category": CHILD, "previous_protection_plan": CHILD,
    }  # fmt: skip

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "incident children"
        constraints = [
            models.UniqueConstraint(fields=["incident", "position"], name="incident_child_position_once"),
            models.CheckConstraint(
                name="incident_child_at_most_four", condition=models.Q(position__gte=1, position__lte=STRUCTURED_CHILDREN)
            ),
        ]

    def __str__(self) -> str:
        return f"Child {self.position}"

    @property
    def harm_labels(self) -> list[str]:
        labels = dict(choices("harm_categories"))
        return [labels.get(code, code) for code in self.harm]

    @property
    def age_at_incident(self) -> int | None:
        """Whole years on the day of the incident; None where either date is unknown or the child was unborn."""
        born, on = self.person.born_on, self.incident.happened_on
        if born is None or on is None or on < born:
            return None
        return completed_years(born, on)


def completed_years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
