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
    _queue(template, account.pk, meeting)
    return True


def _queue(template: str, to: str, meeting: Meeting) -> None:
    """Each letter by its own name, so that a reader of the code finds every letter there is."""
    told = {"about": meeting.pk, "matter_id": meeting.matter_id or ""}
    match template:
        case "meetings.invitation":
            outbox.queue("meetings.invitation", to=to, **told)
        case "meetings.changed":
            outbox.queue("meetings.changed", to=to, **told)
        case "meetings.cancelled":
            outbox.queue("meetings.cancelled", to=to, **told)
        case "meetings.papers":
            outbox.queue("meetings.papers", to=to, **told)
        case "meetings.late_paper":
            outbox.queue("meetings.late_paper", to=to, **told)
        case "meetings.interest":
            outbox.queue("meetings.interest", to=to, **told)
        case "meetings.draft_minutes":
            outbox.queue("meetings.draft_minutes", to=to, **told)
        case _:
            raise LookupError(template)
