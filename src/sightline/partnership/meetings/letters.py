"""What is written to people about meetings: that something waits, and where. Never a word of the review, nor its day or place."""

from collections.abc import Mapping
from typing import Final

from sightline.partnership.accounts.models import Account
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import Meeting

LINES: Final[Mapping[str, str]] = {
    "meetings.invitation": "You are invited to a meeting. Say whether you can come, or who comes in your place.",
    "meetings.changed": "A meeting that you are invited to has been changed.",
    "meetings.cancelled": "A meeting that you were invited to is cancelled.",
    "meetings.papers": "The papers of a meeting are ready for you.",
    "meetings.late_paper": "A paper has been added to the pack of a meeting.",
    "meetings.interest": "Somebody has declared an interest in a meeting that you chair.",
    "meetings.draft_minutes": "The draft minutes of a meeting are ready for you.",
}


def line_for(template: str, *, to: Account, about: str) -> tuple[str, Meeting] | None:
    """The line to send and the meeting that its link opens; None when this person may no longer see it."""
    meeting = Meeting.objects.select_related("matter").filter(pk=about).first()
    if meeting is None or not to.is_active or not access.can(to, "R", meeting):
        return None
    if template == "meetings.invitation" and (meeting.is_over or access.own_place(to, meeting) is None):
        return None
    return LINES[template], meeting
