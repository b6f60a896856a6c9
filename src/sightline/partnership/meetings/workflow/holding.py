"""Moves while a meeting is held: it begins, people come and go, notes are taken, it ends; then its minutes are fixed and approved."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import AgendaItem, Attendance, Meeting, Presence
from sightline.partnership.meetings.workflow import letters_to
from sightline.partnership.meetings.workflow.planning import check_version, lock, save
from sightline.procedures import meeting as procedure
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.meeting import MeetingStatus as Status


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: Account, chair: Officer | None = None, at: datetime | None = None) -> Meeting:
    """The meeting begins. Who takes the chair is kept as it was, whoever holds the seat later."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    procedure.check_move(Status(meeting.status), Status.HELD)
    if meeting.opened_at is not None:
        raise NotAllowedNow("This meeting has begun already.")
    at = at or _this_minute()
    _check_has_come(at)
    meeting.chair = chair or meeting.chair
    if meeting.chair is None:
        raise NotAllowedNow("Say who takes the chair. It is kept with every decision of this meeting.")
    meeting.opened_at, meeting.opened_by = at, by
    save(meeting, "chair", "opened_at", "opened_by")
    trail.record("meeting.opened", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


@transaction.atomic
def arrive(attendance: Attendance, *, by: Account, at: datetime | None = None) -> Presence:
    """Somebody comes into the room, or back into it."""
    meeting = lock(attendance.meeting)
    access.check_can_chair(by, meeting)
    _check_in_session(meeting)
    at = at or _this_minute()
    _check_has_come(at)
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    if attendance.taken_off_at is not None:
        raise NotAllowedNow("This person is not asked to the meeting. Invite them first.")
    declared = list(meeting.declarations.filter(officer=attendance.officer_id))
    if not declared:
        raise NotAllowedNow("This person has not said whether they have an interest. Write down what they declare first.")
    if any(each.outcome == "leaves" for each in declared):
        raise NotAllowedNow("This person declared an interest and leaves the meeting. They cannot come into it.")
    spans = list(attendance.presences.all())
    if any(span.left_at is None for span in spans):
        raise NotAllowedNow("This person is in the room already.")
    if at < meeting.opened_at or any(span.left_at and at < span.left_at for span in spans):
        raise NotAllowedNow("This moment is before the meeting began, or before the person last left. Enter a later one.")
    presence = Presence.objects.create(attendance=attendance, arrived_at=at, recorded_by=by)
    attendance.was_present = True
    attendance.save(update_fields=["was_present"])
    save(meeting)
    trail.record("meeting.arrived", attendance, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return presence


@transaction.atomic
def leave(
    attendance: Attendance, *, by: Account, because: str = "", for_conflict: bool = False, item: AgendaItem | None = None,
    at: datetime | None = None,
) -> Presence:  # fmt: skip
    """Somebody leaves the room: why is minuted, and quorum stands as it does from that moment."""
    meeting = lock(attendance.meeting)
    access.check_can_chair(by, meeting)
    _check_in_session(meeting)
    at = at or _this_minute()
    _check_has_come(at)
    presence = Presence.objects.select_for_update(of=("self",)).filter(attendance=attendance, left_at__isnull=True).first()
    if presence is None:
        raise NotAllowedNow("This person is not in the room.")
    if at < presence.arrived_at:
        raise NotAllowedNow("This moment is before the person came in. Enter a later one.")
    if item is not None and item.meeting_id != meeting.pk:
        raise NotAllowedNow("Choose an item of this meeting's agenda.")
    presence.left_at, presence.left_because, presence.left_for_conflict, presence.left_for_item = at, because.strip(), for_conflict, item
    presence.save()
    save(meeting)
    trail.record("meeting.left", attendance, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return presence


@transaction.atomic
def write_notes(item: AgendaItem, *, notes: str, by: Account, version: int | None = None, at: datetime | None = None) -> AgendaItem:
    """Keep what was said of an item. Whoever wrote on while somebody else saved is refused, so that nobody's words are lost.

    One person's own saving while they type does not make their page old.
    """
    meeting = lock(item.meeting)
    access.check_can_chair(by, meeting)
    _check_minutes_open(meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if version is not None and item.noted_by_id != by.pk:
        check_version(item.version, version)
    item.notes, item.noted_by, item.noted_at, item.version = notes, by, at or timezone.now(), item.version + 1
    item.save(update_fields=["notes", "noted_by", "noted_at", "version"])
    trail.record("meeting.noted", item, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id, fields=["notes"])
    return item


@transaction.atomic
def write_minutes(meeting: Meeting, *, text: str, by: Account, version: int) -> Meeting:
    """Keep what else was said."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    _check_minutes_open(meeting)
    check_version(meeting.version, version)
    meeting.minutes = text.strip()
    save(meeting, "minutes")
    trail.record("meeting.noted", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id, fields=["minutes"])
    return meeting


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: Account, note: str = "", at: datetime | None = None) -> Meeting:
    """The meeting ends: whoever is still in the room leaves it now."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    _check_in_session(meeting)
    procedure.check_move(Status(meeting.status), Status.HELD)
    at = at or _this_minute()
    _check_has_come(at)
    late = Presence.objects.filter(attendance__meeting=meeting).filter(Q(arrived_at__gt=at) | Q(left_at__gt=at))
    if at <= meeting.opened_at or late.exists():
        raise NotAllowedNow("This moment is before something that happened at the meeting. Enter a later one.")
    Presence.objects.filter(attendance__meeting=meeting, left_at__isnull=True).update(left_at=at, left_because="The meeting ended")
    meeting.status, meeting.held_at, meeting.held_by, meeting.held_note = Status.HELD, at, by, note.strip()
    save(meeting, "status", "held_at", "held_by", "held_note")
    trail.record("meeting.held", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


@transaction.atomic
def lock_minutes(meeting: Meeting, *, by: Account, at: datetime | None = None) -> Meeting:
    """Fix the draft of the minutes and put it before those who were there."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    if meeting.status != Status.HELD:
        raise NotAllowedNow("The minutes are fixed once the meeting has ended.")
    if meeting.minutes_locked_at is not None:
        raise NotAllowedNow("The draft of these minutes is fixed already.")
    meeting.minutes_locked_at, meeting.minutes_locked_by = at or timezone.now(), by
    save(meeting, "minutes_locked_at", "minutes_locked_by")
    letters_to.everybody_asked(meeting, "meetings.draft_minutes")
    trail.record("meeting.minutes_locked", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


@transaction.atomic
def approve_minutes(
    meeting: Meeting, *, by: Account, corrections: str = "", at_meeting: Meeting | None = None, at: datetime | None = None
) -> Meeting:
    """The minutes are agreed as a true record, with matters of accuracy beside them; the text itself stays as it was fixed."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    if meeting.minutes_locked_at is None:
        raise NotAllowedNow("Fix the draft of the minutes first; what is approved must not change afterwards.")
    if meeting.minutes_approved_at is not None:
        raise NotAllowedNow("These minutes are approved already.")
    if at_meeting is not None and not is_later_meeting_of(meeting, at_meeting):
        raise NotAllowedNow("Choose a later meeting of the same review or body.")
    meeting.minutes_approved_at, meeting.minutes_approved_by = at or timezone.now(), by
    meeting.minutes_approved_at_meeting, meeting.minutes_corrections = at_meeting, corrections.strip()
    save(meeting, "minutes_approved_at", "minutes_approved_by", "minutes_approved_at_meeting", "minutes_corrections")
    trail.record("meeting.minutes_approved", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


def is_later_meeting_of(meeting: Meeting, other: Meeting) -> bool:
    """A later meeting of the same matter, or of the same body where there is no matter; it has begun."""
    is_same = other.matter_id == meeting.matter_id if meeting.matter_id else other.body_id == meeting.body_id
    return is_same and other.pk != meeting.pk and other.opened_at is not None and other.starts_at >= meeting.starts_at


def _check_in_session(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise NotAllowedNow("The meeting is not in session. Who comes and goes is noted from its beginning to its end.")


def _check_minutes_open(meeting: Meeting) -> None:
    if meeting.status == Status.CANCELLED:
        raise NotAllowedNow("This meeting was cancelled and has no minutes.")
    if meeting.minutes_locked_at is not None:
        raise NotAllowedNow("The draft of these minutes is fixed. What is not accurate is noted when they are approved.")


def _check_has_come(at: datetime) -> None:
    if at > timezone.now():
        raise NotAllowedNow("This moment has not come yet. Enter when it happened.")


def _this_minute() -> datetime:
    """Minutes say the minute and no second: whoever comes in while something is decided in that minute was there."""
    return timezone.now().replace(second=0, microsecond=0)
