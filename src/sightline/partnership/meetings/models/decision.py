"""What a meeting decided, from which options and why, and who did not agree."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.partnership.agencies.models import PartnerRole
from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class MeetingDecision(models.Model):
    """A decision of a meeting, or its recommendation when the meeting was not quorate at that moment. The text is never changed."""

    STATUSES = [
        ("decided", "Decided"), ("recommended_awaiting_ratification", "Recommended, awaiting ratification"), ("ratified", "Ratified"),
        ("superseded", "Replaced by a later decision"),
    ]  # fmt: skip

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what was decided")
    options = models.JSONField("options that were considered", default=list, blank=True)
    chosen = models.CharField("option chosen", max_length=300, blank=True)
    reasons = models.TextField("why")
    criteria = models.JSONField("criteria and what was found of each", default=list, blank=True)
    review_on = models.DateField("to be looked at again on", null=True, blank=True)
    is_quorate = models.BooleanField("the meeting was quorate at that moment")
    quorum_in_words = models.TextField("how quorum stood", blank=True)
    partners_present = models.JSONField("who spoke for each safeguarding partner", default=dict, blank=True)
    status = models.CharField(max_length=40, choices=STATUSES)
    decided_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ratified_at_meeting = models.ForeignKey(
        "meetings.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="ratified_decisions"
    )
    ratified_at = models.DateTimeField(null=True, blank=True)
    ratified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes")

    SENSITIVITY = {
        "id": OPEN, "meeting": PARTNERSHIP, "item": PARTNERSHIP, "number": PARTNERSHIP, "text": CHILD, "options": CHILD, "chosen": CHILD,
        "reasons": CHILD, "criteria": CHILD, "review_on": PARTNERSHIP, "is_quorate": PARTNERSHIP, "quorum_in_words": PARTNERSHIP,
        "partners_present": PARTNERSHIP, "status": PARTNERSHIP, "decided_at": PARTNERSHIP, "recorded_by": PARTNERSHIP,
        "recorded_at": PARTNERSHIP, "ratified_at_meeting": PARTNERSHIP, "ratified_at": PARTNERSHIP, "ratified_by": PARTNERSHIP,
        "superseded_by": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_decision_number_once"),
            models.CheckConstraint(name="meeting_decision_has_reasons", condition=~Q(text="") & ~Q(reasons="")),
            models.CheckConstraint(
                name="meeting_decision_needs_quorum",
                condition=~Q(status="decided", is_quorate=False) & ~Q(status="recommended_awaiting_ratification", is_quorate=True),
            ),
            models.CheckConstraint(
                name="meeting_decision_ratified_together",
                condition=Q(ratified_at_meeting__isnull=True, ratified_at__isnull=True, ratified_by__isnull=True)
                | Q(ratified_at_meeting__isnull=False, ratified_at__isnull=False, ratified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_decision_ratified_at_a_meeting",
                condition=~Q(status="ratified") | Q(ratified_at_meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_decision_superseded_by_another",
                condition=Q(status="superseded", superseded_by__isnull=False) | (~Q(status="superseded") & Q(superseded_by__isnull=True)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Decision {self.number}"


class Agreement(models.Model):
    """That somebody agreed to an urgent decision between meetings, and when. It is never changed or removed."""

    HOW = [("in_sightline", "In Sightline"), ("email", "E-mail"), ("telephone", "Telephone"), ("letter", "Letter")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    decision = models.ForeignKey(MeetingDecision, on_delete=models.PROTECT, related_name="agreements")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+")
    partner_role = models.CharField(max_length=20, choices=PartnerRole.choices, blank=True)
    agreed_at = models.DateTimeField("agreed")
    how = models.CharField("how they agreed", max_length=15, choices=HOW)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    SENSITIVITY = {
        "id": OPEN, "decision": PARTNERSHIP, "officer": PARTNERSHIP, "partner_role": PARTNERSHIP, "agreed_at": PARTNERSHIP,
        "how": PARTNERSHIP, "recorded_by": PARTNERSHIP, "recorded_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["agreed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["decision", "officer"], name="agreement_once")]

    def __str__(self) -> str:
        return "Agreement between meetings"


class Dissent(models.Model):
    """That somebody did not agree, in their words. It is never changed or removed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    decision = models.ForeignKey(MeetingDecision, on_delete=models.PROTECT, related_name="dissents")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="+")
    partner_role = models.CharField(max_length=20, choices=PartnerRole.choices, blank=True)
    reasons = models.TextField("why they did not agree")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY = {
        "id": OPEN, "decision": PARTNERSHIP, "officer": PARTNERSHIP, "partner_role": PARTNERSHIP, "reasons": CHILD,
        "recorded_at": PARTNERSHIP, "recorded_by": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "officer"], name="dissent_once"),
            models.CheckConstraint(name="dissent_has_reasons", condition=~Q(reasons="")),
        ]

    def __str__(self) -> str:
        return "Dissent"
