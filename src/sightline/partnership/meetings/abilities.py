"""How the pages of this room find a meeting and ask whether this person may."""

from collections.abc import Callable
from typing import Any

from django.http import Http404

from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import AgendaItem, Attendance, Declaration, Meeting, MeetingDecision, Paper
from sightline.partnership.need_to_know.abilities import guarded_by
from sightline.partnership.need_to_know.access import Standing
from sightline.partnership.need_to_know.models import Matter


class PartOfMeeting:
    """Lets a row of a meeting be asked about as if it were the meeting itself."""

    def __init__(self, meeting: Meeting, part: Any) -> None:
        self.meeting, self.part = meeting, part
        self.matter, self.access_state, self.pk = meeting.matter, meeting.access_state, part.pk


def meeting(meeting_id: str, **_: Any) -> Meeting:
    """A meeting of a matter; one of a body alone is not shown until the governance room is there."""
    try:
        return Meeting.objects.select_related("matter", "body", "chair").filter(matter__isnull=False).get(pk=meeting_id)
    except Meeting.DoesNotExist:
        raise Http404 from None


def part_of_meeting(model: type, *related: str) -> Callable[..., PartOfMeeting]:
    def find(part_id: str, **_: Any) -> PartOfMeeting:
        try:
            part = model.objects.select_related("meeting__matter", "meeting__body", "meeting__chair", *related).get(pk=part_id)
        except model.DoesNotExist:
            raise Http404 from None
        if part.meeting.matter is None:
            raise Http404
        return PartOfMeeting(part.meeting, part)

    return find


attendance = part_of_meeting(Attendance, "officer__agency", "seat")
item = part_of_meeting(AgendaItem)
paper = part_of_meeting(Paper, "document__matter", "item")
declaration = part_of_meeting(Declaration, "officer")
decision = part_of_meeting(MeetingDecision, "item")


def matter_to_meet(matter_id: str, **_: Any) -> Matter:
    return Matter.objects.get(pk=matter_id)


def _meeting_of(thing: Meeting | PartOfMeeting) -> Meeting:
    return thing if isinstance(thing, Meeting) else thing.meeting


def may_read(how: Standing, thing: Meeting | PartOfMeeting) -> bool:
    return access.allows(how, "R", _meeting_of(thing))


def may_run(how: Standing, thing: Meeting | PartOfMeeting) -> bool:
    return access.runs(how, _meeting_of(thing))


def may_chair(how: Standing, thing: Meeting | PartOfMeeting) -> bool:
    return access.chairs(how, _meeting_of(thing))


def may_open_paper(how: Standing, thing: PartOfMeeting) -> bool:
    """A paper is there for whoever has declared, receives its part, and is not kept from it."""
    return access.allows(how, "R", thing.meeting) and access.may_open(how.account, thing.part)


def may_answer(how: Standing, thing: PartOfMeeting) -> bool:
    is_own = how.account.officer_id is not None and thing.part.officer_id == how.account.officer_id
    return is_own and access.allows(how, "R", thing.meeting) or access.runs(how, thing.meeting)


def lets_in(how: Standing, thing: Meeting | PartOfMeeting) -> bool:
    """Whoever invites people and may also make them members of the matter; inviting alone opens nothing."""
    return access.runs(how, _meeting_of(thing)) and bool(how.decide("M", "K17m"))


def may_raise_action(how: Standing, thing: Meeting) -> bool:
    return access.raises_action(how, thing)


def may_dissent(how: Standing, thing: PartOfMeeting) -> bool:
    return access.chairs(how, thing.meeting) or (
        access.allows(how, "R", thing.meeting) and thing.part in access.decisions_shown(how.account, thing.meeting)
    )


def reads(of: Callable[..., Any]) -> Callable[..., Any]:
    return guarded_by("K5", "R", of, may_read)


def runs(of: Callable[..., Any]) -> Callable[..., Any]:
    return guarded_by("K5", "E", of, may_run)


def chairs(of: Callable[..., Any]) -> Callable[..., Any]:
    return guarded_by("K5", "E", of, may_chair)


opens_paper = guarded_by("K5", "R", paper, may_open_paper)
answers = guarded_by("K5", "R", attendance, may_answer)
dissents = guarded_by("K5", "R", decision, may_dissent)
plans = guarded_by("K5", "E", matter_to_meet, access.plans)
raises_action = guarded_by("K5", "E", meeting, may_raise_action)
lets_in_to_matter = guarded_by("K17m", "M", attendance, lets_in)
