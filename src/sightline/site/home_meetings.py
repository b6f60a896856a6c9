"""Meetings on the home page: those a person is asked to that they have not answered, and those whose papers wait for what they declare."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import Attendance
from sightline.procedures.meeting import MeetingStatus

MOST = 20
AHEAD = (MeetingStatus.PLANNED, MeetingStatus.PAPERS_OUT)


def rows(account: Account, today: date) -> list[dict[str, str]]:
    """The meetings to come that somebody is asked to, in their order, each with what it waits for."""
    if account.officer_id is None:
        return []
    asked = Attendance.objects.filter(
        officer=account.officer_id, taken_off_at__isnull=True, invited_at__isnull=False, meeting__status__in=AHEAD,
        meeting__in=access.visible_to(account),
    )  # fmt: skip
    found = []
    for attendance in asked.select_related("meeting__matter", "meeting__body").order_by("meeting__starts_at")[:MOST]:
        meeting = attendance.meeting
        has_declared = meeting.declarations.filter(officer=account.officer_id).exists()
        place, why = _waits_for(attendance, has_declared)
        if not place:
            continue
        starts = timezone.localtime(meeting.starts_at)
        days = (starts.date() - today).days
        found.append({
            "title": meeting.title + (f", {meeting.matter.reference}" if meeting.matter else ""),
            "url": reverse(f"meetings:{place}", args=[meeting.pk]), "why": why, "due": f"{starts:%-d %B, %H:%M}",
            "due_tone": "due_soon" if days <= 2 else "",
        })  # fmt: skip
    return found


def _waits_for(attendance: Attendance, has_declared: bool) -> tuple[str, str]:
    if attendance.answer == "none":
        return "my_answer", "Say whether you can come"
    if attendance.answer == "coming" and not has_declared:
        return "declare", "Declare your interests; the papers open then"
    return "", ""
