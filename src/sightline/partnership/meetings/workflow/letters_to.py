"""Whom a letter about a meeting goes to: accounts that may read the meeting; ids only."""

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.notices import outbox


def everybody_asked(meeting: Meeting, template: str) -> None:
    """One letter to each who is asked to the meeting."""
    for attendance in meeting.attendances.filter(taken_off_at__isnull=True, invited_at__isnull=False).select_related("officer"):
        one(meeting, template, officer=attendance.officer)


def one(meeting: Meeting, template: str, *, officer: Officer) -> bool:
    """A letter to one person; none to somebody who has no account or may not read the meeting."""
    account = Account.objects.filter(officer=officer, is_active=True).first()
    if account is None or not access.can(account, "R", meeting):
        return False
    outbox.queue(template, to=account.pk, about=meeting.pk, matter_id=meeting.matter_id or "")
    return True
