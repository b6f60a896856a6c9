"""A meeting of a body of the partnership, or of one review."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid

RECORD_KIND_BY_KIND = {"practitioner_event": "K6"}
"""Which row of the access table speaks of a meeting of a matter; every other kind is a record of its review."""


class Meeting(models.Model):
    """One meeting: planned, its papers sent, held or cancelled; its agenda, its minutes and their approval are each fixed once."""

    KINDS = [
        ("panel", "Panel meeting of a review"), ("practitioner_event", "Practitioner event"), ("executive", "Executive"),
        ("sub_group", "Sub-group"), ("extraordinary", "Extraordinary meeting"), ("between_meetings", "Decision between meetings"),
    ]  # fmt: skip
    MODES = [("in_person", "In person"), ("virtual", "By video or telephone"), ("hybrid", "In person and by video")]
    STATUSES = [("planned", "Planned"), ("papers_out", "Papers sent"), ("held", "Held"), ("cancelled", "Cancelled")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    body = models.ForeignKey("agencies.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    matter = models.ForeignKey("need_to_know.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    kind = models.CharField("what sort of meeting", max_length=20, choices=KINDS)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends", null=True, blank=True)
    mode = models.CharField("how it is held", max_length=12, choices=MODES)
    place = models.CharField(max_length=300, blank=True)
    joining_link = models.CharField("link to join", max_length=500, blank=True)
    status = models.CharField(max_length=12, choices=STATUSES, default="planned", editable=False)
    quorum_rule = models.CharField("rule of its quorum", max_length=30, default="each_partner")
    chair = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who took the chair, kept as it was",
    )  # fmt: skip

    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    papers_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    papers_sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    opened_at = models.DateTimeField("began", null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    held_at = models.DateTimeField("ended", null=True, blank=True, editable=False)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    held_note = models.TextField("what else should be known of how it was held", blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    cancelled_because = models.TextField("why it was cancelled", blank=True)

    agenda_locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    agenda_locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    minutes = models.TextField("what else was said", blank=True)
    minutes_locked_at = models.DateTimeField("draft minutes fixed", null=True, blank=True, editable=False)
    minutes_locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    minutes_approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    minutes_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    minutes_approved_at_meeting = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes_corrections = models.TextField("matters of accuracy", blank=True)

    urgent_because = models.TextField("why it could not wait for the next meeting", blank=True)
    ratified_at_meeting = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    SENSITIVITY = {
        "id": OPEN, "body": PARTNERSHIP, "matter": PARTNERSHIP, "kind": PARTNERSHIP, "title": PARTNERSHIP, "starts_at": PARTNERSHIP,
        "ends_at": PARTNERSHIP, "mode": PARTNERSHIP, "place": PARTNERSHIP, "joining_link": PARTNERSHIP, "status": PARTNERSHIP,
        "quorum_rule": PARTNERSHIP, "chair": PARTNERSHIP, "invited_at": PARTNERSHIP, "papers_sent_at": PARTNERSHIP,
        "papers_sent_by": PARTNERSHIP, "opened_at": PARTNERSHIP, "opened_by": PARTNERSHIP, "held_at": PARTNERSHIP,
        "held_by": PARTNERSHIP, "held_note": CHILD, "cancelled_at": PARTNERSHIP, "cancelled_by": PARTNERSHIP, "cancelled_because": CHILD,
        "agenda_locked_at": PARTNERSHIP, "agenda_locked_by": PARTNERSHIP, "minutes": CHILD, "minutes_locked_at": PARTNERSHIP,
        "minutes_locked_by": PARTNERSHIP, "minutes_approved_at": PARTNERSHIP, "minutes_approved_by": PARTNERSHIP,
        "minutes_approved_at_meeting": PARTNERSHIP, "minutes_corrections": CHILD, "urgent_because": CHILD,
        "ratified_at_meeting": PARTNERSHIP, "version": PARTNERSHIP, "created_by": PARTNERSHIP, "created_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(name="meeting_of_a_body_or_a_matter", condition=Q(body__isnull=False) | Q(matter__isnull=False)),
            models.CheckConstraint(
                name="meeting_of_a_review_has_its_matter",
                condition=~Q(kind__in=["panel", "practitioner_event"]) | Q(matter__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="meeting_held_together",
                condition=Q(status="held", held_at__isnull=False, held_by__isnull=False, opened_at__isnull=False)
                | (~Q(status="held") & Q(held_at__isnull=True, held_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_together",
                condition=(Q(status="cancelled", cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_because=""))
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_because="")),
            ),
            models.CheckConstraint(
                name="meeting_opened_together",
                condition=Q(opened_at__isnull=True, opened_by__isnull=True) | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_agenda_locked_together",
                condition=Q(agenda_locked_at__isnull=True, agenda_locked_by__isnull=True)
                | Q(agenda_locked_at__isnull=False, agenda_locked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_minutes_locked_together",
                condition=Q(minutes_locked_at__isnull=True, minutes_locked_by__isnull=True)
                | Q(minutes_locked_at__isnull=False, minutes_locked_by__isnull=False, status="held"),
            ),
            models.CheckConstraint(
                name="meeting_minutes_approved_once_locked",
                condition=Q(minutes_approved_at__isnull=True, minutes_approved_by__isnull=True, minutes_approved_at_meeting__isnull=True)
                | Q(minutes_approved_at__isnull=False, minutes_approved_by__isnull=False, minutes_locked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_between_meetings_says_why", condition=~Q(kind="between_meetings") | ~Q(urgent_because="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def held_on(self) -> date:
        """The day by which its seats, its partners and its quorum are asked."""
        return timezone.localdate(self.opened_at or self.starts_at)

    @property
    def is_open(self) -> bool:
        """Whether people are in the room now."""
        return self.opened_at is not None and self.held_at is None and self.status != "cancelled"

    @property
    def is_over(self) -> bool:
        return self.status in ("held", "cancelled")

    # What the policy asks of a protected record.
    @property
    def record_kind(self) -> str:
        return RECORD_KIND_BY_KIND.get(self.kind, "K5")

    @property
    def owner_agency_id(self) -> str | None:
        return self.matter.raised_by_agency_id if self.matter else None

    @property
    def access_state(self) -> str:
        return "open"
