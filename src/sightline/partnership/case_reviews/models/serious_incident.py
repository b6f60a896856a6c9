"""A serious incident: what one agency raises and three safeguarding partners consider."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.procedures import rule_sets
from sightline.procedures.access.sensitivity import CHILD, PARTNERSHIP
from sightline.procedures.case_review import ENDED_INCIDENT, SeriousIncidentStatus
from sightline.procedures.code_lists import choices
from sightline.procedures.references import new_ulid
from sightline.procedures.rule_sets import RuleSet

LONDON = ZoneInfo("Europe/London")


class SeriousIncidentQuerySet(models.QuerySet["SeriousIncident"]):
    def live(self) -> "SeriousIncidentQuerySet":
        return self.exclude(status__in=[*ENDED_INCIDENT, SeriousIncidentStatus.DRAFT])


class SeriousIncident(models.Model):
    """An event in which a child died or was seriously harmed, as raised, considered and decided."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    matter = models.OneToOneField(
        "need_to_know.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="serious_incident", editable=False
    )
    status = models.CharField(
        max_length=40, choices=[(s.value, s.label) for s in SeriousIncidentStatus], default=SeriousIncidentStatus.DRAFT.value
    )
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_by_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(null=True, blank=True)
    rule_set = models.CharField(max_length=40, blank=True)
    rule_set_hash = models.CharField(max_length=64, blank=True)
    local_reference = models.CharField("local reference", max_length=40, blank=True)

    happened_on = models.DateField("date of the incident", null=True, blank=True)
    happened_time = models.TimeField("time of the incident", null=True, blank=True)
    happened_precision = models.CharField(
        max_length=12, blank=True, choices=[("exact", "Exact"), ("approximate", "Approximate"), ("unknown", "Not known")]
    )
    place = models.CharField("where it happened", max_length=40, blank=True, choices=choices("locations"))
    place_ward = models.ForeignKey("agencies.Ward", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place_area = models.CharField(
        "which area it happened in",
        max_length=20,
        blank=True,
        choices=[("here", "In this area"), ("england", "Elsewhere in England"), ("outside", "Outside England")],
    )
    place_other_authority = models.CharField("other local authority or country", max_length=200, blank=True)
    summary = models.TextField("what happened", blank=True)
    grounds = models.TextField("why abuse or neglect is known or suspected", blank=True)
    media_interest = models.CharField(max_length=20, blank=True, choices=choices("media_interest"))

    aware_at = models.DateTimeField("when the local authority became aware", null=True, blank=True)
    how_aware = models.TextField("how the local authority became aware", blank=True)
    partners_told_on = models.DateField("date the other partners were told", null=True, blank=True)
    contact_name = models.CharField("who to ask about this", max_length=200, blank=True)
    contact_role = models.CharField("their role", max_length=200, blank=True)
    contact_phone = models.CharField("their telephone number", max_length=60, blank=True)
    contact_email = models.EmailField("their e-mail address", blank=True)

    no_named_child = models.BooleanField("no child can be named yet", default=False)
    other_children = models.TextField("other children", blank=True)
    other_children_count = models.PositiveSmallIntegerField("number of other children", null=True, blank=True)
    family_context = models.JSONField(default=list, blank=True)
    family_context_notes = models.TextField(blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SeriousIncidentQuerySet.as_manager()

    SENSITIVITY = {
        "id": PARTNERSHIP, "matter": PARTNERSHIP, "status": PARTNERSHIP, "raised_by": PARTNERSHIP, "raised_by_agency": PARTNERSHIP,
        "raised_at": PARTNERSHIP, "rule_set": PARTNERSHIP, "rule_set_hash": PARTNERSHIP, "local_reference": PARTNERSHIP,
        "happened_on": CHILD, "happened_time": CHILD, "happened_precision": CHILD, "place": CHILD, "place_ward": CHILD,
        "place_area": CHILD, "place_other_authority": CHILD, "summary": CHILD, "grounds": CHILD, "media_interest": CHILD,
        "aware_at": PARTNERSHIP, "how_aware": CHILD, "partners_told_on": PARTNERSHIP, "contact_name": PARTNERSHIP,
        "contact_role": PARTNERSHIP, "contact_phone": PARTNERSHIP, "contact_email": PARTNERSHIP, "no_named_child": CHILD,
        "other_children": CHILD, "other_children_count": CHILD, "family_context": CHILD, "family_context_notes": CHILD,
        "version": PARTNERSHIP, "created_at": PARTNERSHIP, "changed_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["-raised_at", "-id"]
        indexes = [models.Index(fields=["status", "-raised_at"], name="incident_status_raised")]
        constraints = [
            models.CheckConstraint(
                name="incident_raised_facts_together",
                condition=Q(status="draft", raised_at__isnull=True, matter__isnull=True, rule_set="")
                | Q(~Q(status="draft"), ~Q(rule_set=""), raised_at__isnull=False, matter__isnull=False),
                violation_error_message="A raised incident has a moment, a matter and a rule set; a draft has none of them.",
            ),
        ]

    def __str__(self) -> str:
        return f"Serious incident {self.matter.reference}" if self.matter else "Serious incident (draft)"

    @property
    def matter_number(self) -> str:
        """The id of its matter, or the one that a draft's matter will have: what the trail says of a draft is then protected with it."""
        return self.matter_id or self.pk

    # What the policy asks of a protected record.
    @property
    def owner_agency_id(self) -> str:
        return self.raised_by_agency_id

    @property
    def owner_account_id(self) -> str:
        return self.raised_by_id

    @property
    def access_state(self) -> str:
        if self.is_draft:
            return "draft"
        # What is not notifiable goes on: its learning is taken up, and new facts may bring it back.
        ended = self.status in ENDED_INCIDENT and self.status != SeriousIncidentStatus.NOT_NOTIFIABLE
        return "closed" if ended else "open"

    @property
    def is_draft(self) -> bool:
        return self.status == SeriousIncidentStatus.DRAFT

    @property
    def aware_on(self) -> date | None:
        return as_london_date(self.aware_at) if self.aware_at else None

    @property
    def family_context_labels(self) -> list[str]:
        labels = dict(choices("family_context"))
        return [labels.get(code, code) for code in self.family_context]

    @property
    def rules(self) -> RuleSet:
        """The rules this incident runs under: those pinned when it was raised, however old."""
        return rule_sets.pinned(self.rule_set, self.rule_set_hash)


def as_london_date(moment: datetime) -> date:
    """The calendar day in England on which a moment fell."""
    return moment.astimezone(LONDON).date()
