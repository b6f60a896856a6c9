"""How the quorum of a meeting stands at a moment: the people in the room, and the partners of that day."""

from datetime import datetime

from sightline.partnership.agencies import arrangements
from sightline.partnership.meetings.models import Attendance, Meeting
from sightline.procedures import meeting as procedure
from sightline.procedures.meeting import InTheRoom, Quorum


def quorum_of(meeting: Meeting, *, at: datetime) -> Quorum:
    """Quorum at a moment of the meeting."""
    people = meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer").prefetch_related("presences")
    return procedure.quorum(procedure.quorum_rule(meeting.quorum_rule), [_in_the_room(each) for each in people], _partners(meeting), at=at)


def quorum_expected(meeting: Meeting) -> Quorum:
    """How quorum would stand if everybody came who has not sent apologies."""
    people = meeting.attendances.filter(taken_off_at__isnull=True).exclude(answer="apologies").select_related("officer")
    there = [InTheRoom(each.officer_id, each.speaks_for, each.officer.agency_id, ((meeting.starts_at, None),)) for each in people]
    return procedure.quorum(procedure.quorum_rule(meeting.quorum_rule), there, _partners(meeting), at=meeting.starts_at)


def _partners(meeting: Meeting) -> dict[str, str]:
    return {role: agency.pk for role, agency in arrangements.safeguarding_partners(meeting.held_on).items()}


def _in_the_room(attendance: Attendance) -> InTheRoom:
    spans = tuple((span.arrived_at, span.left_at) for span in attendance.presences.all())
    return InTheRoom(attendance.officer_id, attendance.speaks_for, attendance.officer.agency_id, spans)
