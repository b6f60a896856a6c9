"""Meetings, their agenda and papers, who was there, and what was decided."""

from sightline.partnership.meetings.models.agenda_item import AgendaItem
from sightline.partnership.meetings.models.attendance import Attendance, Presence
from sightline.partnership.meetings.models.decision import Agreement, Dissent, MeetingDecision
from sightline.partnership.meetings.models.declaration import Declaration
from sightline.partnership.meetings.models.meeting import Meeting
from sightline.partnership.meetings.models.meeting_action import MeetingAction
from sightline.partnership.meetings.models.paper import Paper

__all__ = [
    "AgendaItem", "Agreement", "Attendance", "Declaration", "Dissent", "Meeting", "MeetingAction",
    "MeetingDecision", "Paper", "Presence",
]  # fmt: skip
