"""Who is asked to a meeting, what they answered, and when they were in the room."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.partnership.agencies.models import PartnerRole
from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class Attendance(models.Model):
    """One person at one meeting: the seat they hold or stand in for, and the safeguarding partner they speak for."""

    CAPACITIES = [
        ("chair", "Chair"), ("vice_chair", "Vice chair"), ("member", "Member"), ("adviser", "Adviser"), ("observer", "Observer"),
        ("in_attendance", "In attendance"), ("minutes", "Takes the minutes"),
    ]  # fmt: skip
    ANSWERS = [("none", "No answer yet"), ("coming", "Coming"), ("apologies", "Apologies")]

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey("agencies.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    officer = models.ForeignKey("agencies.Officer", on_delete=models.PROTECT, related_name="attendances")
    capacity = models.CharField("in what capacity", max_length=15, choices=CAPACITIES, default="member")
    speaks_for = models.CharField("speaks for which safeguarding partner", max_length=20, choices=PartnerRole.choices, blank=True)
    receives_restricted = models.BooleanField("receives the restricted part", default=True)
    deputy_for = models.ForeignKey(
        "agencies.Officer", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="in place of"
    )
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=10, choices=ANSWERS, default="none")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField("what they added", max_length=300, blank=True)
    taken_off_at = models.DateTimeField("no longer asked since", null=True, blank=True)
    taken_off_because = models.CharField("why they are no longer asked", max_length=300, blank=True)
    was_present = models.BooleanField("was there", default=False)

    SENSITIVITY = {
        "id": OPEN, "meeting": PARTNERSHIP, "seat": PARTNERSHIP, "officer": PARTNERSHIP, "capacity": PARTNERSHIP,
        "speaks_for": PARTNERSHIP, "receives_restricted": PARTNERSHIP, "deputy_for": PARTNERSHIP, "invited_at": PARTNERSHIP,
        "invited_by": PARTNERSHIP, "answer": PARTNERSHIP, "answered_at": PARTNERSHIP, "answer_note": CHILD, "taken_off_at": PARTNERSHIP,
        "taken_off_because": CHILD, "was_present": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "officer"], name="attendance_once_a_meeting"),
            models.CheckConstraint(
                name="attendance_answered_together",
                condition=Q(answer="none", answered_at__isnull=True) | (~Q(answer="none") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="attendance_in_place_of_another", condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("officer"))
            ),
            models.CheckConstraint(
                name="attendance_taken_off_says_why",
                condition=Q(taken_off_at__isnull=True, taken_off_because="") | (Q(taken_off_at__isnull=False) & ~Q(taken_off_because="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_capacity_display()

    @property
    def arrived_at(self) -> datetime | None:
        """When they first came into the room."""
        return min((span.arrived_at for span in self.presences.all()), default=None)

    @property
    def left_at(self) -> datetime | None:
        """When they last left it; nothing while they are in it."""
        spans = list(self.presences.all())
        return None if not spans or any(span.left_at is None for span in spans) else max(span.left_at for span in spans)


class Presence(models.Model):
    """One time in the room, from coming in to leaving: somebody who leaves for one item and comes back has two."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="presences")
    arrived_at = models.DateTimeField("came in")
    left_at = models.DateTimeField("left", null=True, blank=True)
    left_because = models.CharField("why they left", max_length=300, blank=True)
    left_for_conflict = models.BooleanField("left for a conflict of interest", default=False)
    left_for_item = models.ForeignKey(
        "meetings.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="left for which item"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY = {
        "id": OPEN, "attendance": PARTNERSHIP, "arrived_at": PARTNERSHIP, "left_at": PARTNERSHIP, "left_because": CHILD,
        "left_for_conflict": PARTNERSHIP, "left_for_item": PARTNERSHIP, "recorded_by": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["arrived_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["attendance"], condition=Q(left_at__isnull=True), name="presence_in_the_room_once"),
            models.CheckConstraint(
                name="presence_leaves_after_coming", condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at"))
            ),
            models.CheckConstraint(
                name="presence_reason_once_left",
                condition=Q(left_at__isnull=False) | Q(left_because="", left_for_conflict=False, left_for_item__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "Time in the room"
