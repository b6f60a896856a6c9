"""Who may see and do what with a meeting. Facts are gathered here; the one policy decides, and what people declared narrows it further."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions import access as actions
from sightline.partnership.documents.models import Document
from sightline.partnership.meetings.models import AgendaItem, Attendance, Meeting, MeetingAction, MeetingDecision, Paper
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.access import Standing
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.errors import NotPermitted

BUSINESS_UNIT = frozenset({"BM", "BO"})


def visible_to(account: Account) -> QuerySet[Meeting]:
    """Meetings of matters that this account may read; those of a body alone wait for the governance room."""
    matters = list(need_to_know.visible_matters(account).filter(meetings__isnull=False).distinct())
    how = need_to_know.standings(account, matters)
    reviews = [matter.pk for matter in matters if _reads(how[matter.pk], "K5", matter)]
    practice_reviews = [matter.pk for matter in matters if _reads(how[matter.pk], "K6", matter)]
    is_event = Q(kind="practitioner_event")
    return Meeting.objects.filter(~is_event & Q(matter__in=reviews) | is_event & Q(matter__in=practice_reviews))


def _reads(how: Standing, kind: str, matter: Matter) -> bool:
    return bool(how.decide("R", kind, owner_agency_id=matter.raised_by_agency_id))


def allows(how: Standing, action: str, meeting: Meeting) -> bool:
    """What the policy says of a meeting's own record; a meeting of no matter is nobody's yet."""
    if meeting.matter is None:
        return False
    return bool(how.decide(action, meeting.record_kind, owner_agency_id=meeting.owner_agency_id, object_id=meeting.pk))


def can(account: Account, action: str, meeting: Meeting) -> bool:
    return meeting.matter is not None and allows(need_to_know.standing(account, meeting.matter), action, meeting)


def runs(how: Standing, meeting: Meeting) -> bool:
    return allows(how, "E", meeting) and any(asker.role in BUSINESS_UNIT for asker in how.roles)


def chairs(how: Standing, meeting: Meeting) -> bool:
    """The business unit, and whoever takes the chair as far as the policy lets them write."""
    is_chair = meeting.chair_id is not None and meeting.chair_id == how.account.officer_id
    return runs(how, meeting) or is_chair and allows(how, "E", meeting)


def can_run(account: Account, meeting: Meeting) -> bool:
    return meeting.matter is not None and runs(need_to_know.standing(account, meeting.matter), meeting)


def check_can_run(account: Account, meeting: Meeting) -> None:
    if not can_run(account, meeting):
        raise NotPermitted("Only the partnership's business unit does this.")


def can_chair(account: Account, meeting: Meeting) -> bool:
    return meeting.matter is not None and chairs(need_to_know.standing(account, meeting.matter), meeting)


def check_can_chair(account: Account, meeting: Meeting) -> None:
    if not can_chair(account, meeting):
        raise NotPermitted("Only the chair and the business unit do this.")


def raises_action(how: Standing, meeting: Meeting) -> bool:
    """Whoever runs the meeting and may raise actions at all: the business unit, which keeps the register."""
    return runs(how, meeting) and actions.raises(how)


def can_raise_action(account: Account, meeting: Meeting) -> bool:
    return meeting.matter is not None and raises_action(need_to_know.standing(account, meeting.matter), meeting)


def check_can_raise_action(account: Account, meeting: Meeting) -> None:
    if not can_raise_action(account, meeting):
        raise NotPermitted("Only the partnership's business unit raises actions of a meeting.")


def plans(how: Standing, matter: Matter | None) -> bool:
    """Whether somebody may call a meeting of a matter."""
    if matter is None or not any(asker.role in BUSINESS_UNIT for asker in how.roles):
        return False
    return bool(how.decide("E", "K5", owner_agency_id=matter.raised_by_agency_id))


def can_plan(account: Account, matter: Matter | None) -> bool:
    return matter is not None and plans(need_to_know.standing(account, matter), matter)


def check_can_plan(account: Account, matter: Matter | None) -> None:
    if not can_plan(account, matter):
        raise NotPermitted("Only the partnership's business unit calls a meeting of a review.")


@dataclass(frozen=True)
class Reading:
    """How far one person may read in one meeting."""

    has_declared: bool
    is_waiting: bool
    has_left: bool
    kept_items: frozenset[str]
    open_part_only: bool

    @property
    def opens(self) -> bool:
        """Papers and minutes open once interests are declared and nothing keeps the person from them."""
        return self.has_declared and not self.is_waiting and not self.has_left


CLOSED = Reading(False, False, False, frozenset(), True)


def reading(account: Account, meeting: Meeting) -> Reading:
    """What this person declared, and what follows from it; a conflict in the matter itself has been asked before."""
    if account.officer_id is None or not can(account, "R", meeting):
        return CLOSED
    declared = list(meeting.declarations.filter(officer=account.officer_id))
    attendance = meeting.attendances.filter(officer=account.officer_id, taken_off_at__isnull=True).first()
    return Reading(
        has_declared=bool(declared),
        is_waiting=any(each.has_interest and not each.outcome for each in declared),
        has_left=any(each.outcome == "leaves" for each in declared),
        kept_items=frozenset(each.item_id for each in declared if each.outcome == "leaves_item"),
        open_part_only=attendance is not None and not attendance.receives_restricted,
    )


def may_open_papers(account: Account, meeting: Meeting) -> bool:
    """Nobody opens the papers of a meeting before they have said whether they have an interest in it."""
    return reading(account, meeting).opens


def agenda_shown(account: Account, meeting: Meeting) -> list[AgendaItem]:
    """Items whose title this person may read; those of the restricted part only for whoever receives it."""
    how = reading(account, meeting)
    items = meeting.agenda.select_related("presenter", "noted_by__officer")
    return [item for item in items if not (how.open_part_only and item.part == "restricted")]


def items_open(account: Account, meeting: Meeting) -> set[str]:
    """Items of which this person may read papers, notes and decisions."""
    how = reading(account, meeting)
    if not how.opens:
        return set()
    return {item.pk for item in agenda_shown(account, meeting) if item.pk not in how.kept_items}


def papers_shown(account: Account, meeting: Meeting) -> list[Paper]:
    """Papers that this person may open, in the order of the pack."""
    how = reading(account, meeting)
    if not how.opens:
        return []
    standing = need_to_know.standing(account, meeting.matter)
    papers = meeting.papers.select_related("item", "document", "replaced_by", "replaces", "added_by__officer")
    return [paper for paper in papers if _may_open(paper, how, standing)]


def _may_open(paper: Paper, how: Reading, standing: Standing) -> bool:
    if how.open_part_only and (paper.part == "restricted" or paper.item is not None and paper.item.part == "restricted"):
        return False
    # Without an item it speaks of the whole meeting: somebody kept from a part of that is kept from it too.
    if how.kept_items and (paper.item_id is None or paper.item_id in how.kept_items):
        return False
    document: Document | None = paper.document
    if document is None:
        return True
    if document.removed_at is not None:
        return False
    kind, facts = paper.meeting.record_kind, {"owner_agency_id": document.owner_agency_id, "object_id": document.pk}
    return bool(standing.decide("R", kind, seals=document.seals, **facts))


def may_open(account: Account, paper: Paper) -> bool:
    how = reading(account, paper.meeting)
    return how.opens and _may_open(paper, how, need_to_know.standing(account, paper.meeting.matter))


def decisions_shown(account: Account, meeting: Meeting) -> list[MeetingDecision]:
    """Decisions that this person may read; one without item belongs to the whole meeting."""
    how = reading(account, meeting)
    if not how.opens:
        return []
    found = meeting.decisions.select_related("item", "ratified_at_meeting", "recorded_by__officer").prefetch_related("dissents__officer")
    return [each for each in found if _is_open(each.item, how)]


def actions_shown(account: Account, meeting: Meeting) -> list[MeetingAction]:
    """Actions raised here that this person may read, as part of what was said under their item."""
    how = reading(account, meeting)
    if not how.opens:
        return []
    raised = meeting.actions_raised.select_related("item", "decision", "action__matter", "action__owner_agency", "action__owner_officer")
    standing = need_to_know.standing(account, meeting.matter)
    return [each for each in raised if _is_open(each.item, how) and actions.allows(standing, "R", each.action)]


def _is_open(item: AgendaItem | None, how: Reading) -> bool:
    if item is None:
        return not how.kept_items and not how.open_part_only
    return item.pk not in how.kept_items and not (how.open_part_only and item.part == "restricted")


def may_read_whole_minutes(account: Account, meeting: Meeting) -> bool:
    """The general notes of a meeting: only for whoever is kept from no part of it."""
    how = reading(account, meeting)
    return how.opens and not how.kept_items and not how.open_part_only


def own_place(account: Account, meeting: Meeting) -> Attendance | None:
    """This person's own place at a meeting, while they are asked to it."""
    if account.officer_id is None:
        return None
    return meeting.attendances.filter(officer=account.officer_id, taken_off_at__isnull=True).first()


def may_dissent_here(account: Account, meeting: Meeting) -> bool:
    """Whether the page offers to record a dissent: for whoever was there, and for the chair and the unit, until the minutes are fixed."""
    if meeting.minutes_locked_at is not None:
        return False
    place = own_place(account, meeting)
    return place is not None and place.was_present or can_chair(account, meeting)


def has_any(account: Account) -> bool:
    """Whether somebody has a meeting to look at."""
    return visible_to(account).exists()


def in_their_agenda(account: Account, meetings: Iterable[Meeting]) -> dict[str, Attendance]:
    """This person's own place at each of some meetings, by the meeting's id."""
    if account.officer_id is None:
        return {}
    places = Attendance.objects.filter(meeting__in=[each.pk for each in meetings], officer=account.officer_id, taken_off_at__isnull=True)
    return {place.meeting_id: place for place in places}
