"""An action that was raised at a meeting."""

from django.conf import settings
from django.db import models

from sightline.procedures.access.sensitivity import OPEN, PARTNERSHIP
from sightline.procedures.references import new_ulid


class MeetingAction(models.Model):
    """Says at which meeting, under which item and from which decision an action was raised. The action itself lives in the register."""

    id = models.CharField(primary_key=True, max_length=26, default=new_ulid, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="actions_raised")
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="actions_raised")
    decision = models.ForeignKey("meetings.MeetingDecision", on_delete=models.PROTECT, null=True, blank=True, related_name="actions_raised")
    action = models.OneToOneField("actions.Action", on_delete=models.PROTECT, related_name="raised_at_meeting")
    number = models.PositiveSmallIntegerField("number in the minutes")
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()

    SENSITIVITY = {
        "id": OPEN, "meeting": PARTNERSHIP, "item": PARTNERSHIP, "decision": PARTNERSHIP, "action": PARTNERSHIP, "number": PARTNERSHIP,
        "raised_by": PARTNERSHIP, "raised_at": PARTNERSHIP,
    }  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="meeting_action_number_once")]

    def __str__(self) -> str:
        return f"Action {self.number} of a meeting"
