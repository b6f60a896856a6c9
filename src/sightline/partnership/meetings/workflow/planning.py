"""Moves before a meeting: call it, change it, set its agenda, send its papers, cancel it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Body
from sightline.partnership.audit_trail import trail
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import AgendaItem, Meeting
from sightline.partnership.meetings.workflow import letters_to
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures import meeting as procedure
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.meeting import MeetingStatus as Status

CHANGEABLE: Final = (
    "title", "starts_at", "ends_at", "mode", "place", "joining_link", "chair", "quorum_rule",
)  # fmt: skip
ITEM_FIELDS: Final = ("title", "purpose", "part", "presenter", "minutes_allowed")


@transaction.atomic
def plan(
    *, kind: str, title: str, starts_at: datetime, mode: str, by: Account, matter: Matter, body: Body | None = None,
    at: datetime | None = None, **fields: Any,
) -> Meeting:  # fmt: skip
    """Call a meeting of a review, with the items that stand on every agenda of its kind."""
    access.check_can_plan(by, matter)
    rule = fields.pop("quorum_rule", "") or ("none" if kind == "practitioner_event" else "each_partner")
    procedure.quorum_rule(rule)
    _check_times(starts_at, fields.get("ends_at"))
    meeting = Meeting.objects.create(
        kind=kind, title=title.strip(), starts_at=starts_at, mode=mode, matter=matter, body=body, quorum_rule=rule, created_by=by,
        created_at=at or timezone.now(), **fields,
    )  # fmt: skip
    for position, item in enumerate(procedure.standing_items(kind), start=1):
        AgendaItem.objects.create(meeting=meeting, position=position, title=item.title, purpose=item.purpose, standing=item.code)
    trail.record("meeting.planned", meeting, by=by, kind=meeting.record_kind, matter_id=matter.pk)
    return meeting


@transaction.atomic
def change(meeting: Meeting, *, by: Account, version: int, fields: Mapping[str, Any]) -> Meeting:
    """Change when, where and how a meeting is held; everybody who was asked is told."""
    meeting = lock(meeting)
    access.check_can_run(by, meeting)
    _check_not_over(meeting)
    check_version(meeting.version, version)
    told = ("starts_at", "ends_at", "mode", "place", "joining_link")
    changed = [name for name in CHANGEABLE if name in fields and getattr(meeting, name) != fields[name]]
    for name in changed:
        setattr(meeting, name, fields[name])
    procedure.quorum_rule(meeting.quorum_rule)
    _check_times(meeting.starts_at, meeting.ends_at)
    save(meeting, *changed)
    if meeting.invited_at and any(name in told for name in changed):
        letters_to.everybody_asked(meeting, "meetings.changed")
    trail.record("meeting.changed", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id, fields=changed)
    return meeting


@transaction.atomic
def add_item(meeting: Meeting, *, by: Account, **fields: Any) -> AgendaItem:
    """Put an item at the end of the agenda."""
    meeting = lock(meeting)
    access.check_can_run(by, meeting)
    _check_agenda_open(meeting)
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, position=last + 1, **{name: fields[name] for name in ITEM_FIELDS if name in fields})
    save(meeting)
    trail.record("meeting.item_added", item, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return item


@transaction.atomic
def change_item(item: AgendaItem, *, by: Account, version: int, position: int | None = None, **fields: Any) -> AgendaItem:
    """Change an item, or move it to another place on the agenda."""
    meeting = lock(item.meeting)
    access.check_can_run(by, meeting)
    _check_agenda_open(meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    check_version(item.version, version)
    changed = [name for name in ITEM_FIELDS if name in fields and getattr(item, name) != fields[name]]
    for name in changed:
        setattr(item, name, fields[name])
    item.version += 1
    item.save()
    if position is not None and position != item.position:
        others = list(meeting.agenda.exclude(pk=item.pk))
        others.insert(max(position, 1) - 1, item)
        for place, each in enumerate(others, start=1):
            AgendaItem.objects.filter(pk=each.pk).update(position=place)
        item.refresh_from_db()
    save(meeting)
    trail.record("meeting.item_changed", item, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id, fields=changed)
    return item


@transaction.atomic
def lock_agenda(meeting: Meeting, *, by: Account, at: datetime | None = None) -> Meeting:
    """Fix the agenda: from now on nothing is added, changed or moved."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    _check_agenda_open(meeting)
    if not meeting.agenda.exists():
        raise NotAllowedNow("There is nothing on the agenda yet. Add at least one item first.")
    meeting.agenda_locked_at, meeting.agenda_locked_by = at or timezone.now(), by
    save(meeting, "agenda_locked_at", "agenda_locked_by")
    trail.record("meeting.agenda_locked", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


@transaction.atomic
def send_papers(meeting: Meeting, *, by: Account, at: datetime | None = None) -> Meeting:
    """Send the pack: the agenda is fixed with it, and everybody who was asked is told that the papers are there."""
    meeting = lock(meeting)
    access.check_can_run(by, meeting)
    procedure.check_move(Status(meeting.status), Status.PAPERS_OUT)
    if not meeting.papers.exists():
        raise NotAllowedNow("There are no papers yet. Add the first paper, then send them.")
    if meeting.invited_at is None:
        raise NotAllowedNow("Nobody has been invited yet. Invite people first; the papers then go to them.")
    at = at or timezone.now()
    meeting.status, meeting.papers_sent_at, meeting.papers_sent_by = Status.PAPERS_OUT, at, by
    if meeting.agenda_locked_at is None:
        meeting.agenda_locked_at, meeting.agenda_locked_by = at, by
    save(meeting, "status", "papers_sent_at", "papers_sent_by", "agenda_locked_at", "agenda_locked_by")
    letters_to.everybody_asked(meeting, "meetings.papers")
    trail.record("meeting.papers_sent", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, because: str, by: Account, at: datetime | None = None) -> Meeting:
    """Call a meeting off. It stays on record, and everybody who was asked is told."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    procedure.check_move(Status(meeting.status), Status.CANCELLED)
    if meeting.opened_at is not None:
        raise NotAllowedNow("This meeting has begun and can no longer be cancelled. End it instead.")
    if not because.strip():
        raise NotAllowedNow("Say why the meeting is cancelled, for example that it would not be quorate.")
    meeting.status, meeting.cancelled_at, meeting.cancelled_by = Status.CANCELLED, at or timezone.now(), by
    meeting.cancelled_because = because.strip()
    save(meeting, "status", "cancelled_at", "cancelled_by", "cancelled_because")
    letters_to.everybody_asked(meeting, "meetings.cancelled")
    trail.record("meeting.cancelled", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return meeting


def lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("matter", "body", "chair").get(pk=meeting.pk)


def save(meeting: Meeting, *fields: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=[*fields, "version"])


def check_version(kept: int, seen: int) -> None:
    if kept != seen:
        raise NotAllowedNow("Somebody else saved this while you were writing. Compare what is kept with what you wrote, then save again.")


def _check_not_over(meeting: Meeting) -> None:
    if meeting.is_over:
        raise NotAllowedNow(f"This meeting is “{Status(meeting.status).label}” and can no longer be changed.")


def _check_agenda_open(meeting: Meeting) -> None:
    _check_not_over(meeting)
    if meeting.agenda_locked_at is not None:
        raise NotAllowedNow("The agenda is fixed. Raise a further point under the last item of the meeting.")


def _check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise NotAllowedNow("The meeting ends before it starts. Enter a later end, or leave it empty.")
