"""Moves of what a meeting decides: with options and reasons, who did not agree, who agreed between meetings, ratification."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import AgendaItem, Agreement, Dissent, Meeting, MeetingDecision
from sightline.partnership.meetings.quorum import quorum_of
from sightline.partnership.meetings.workflow.holding import is_later_meeting_of
from sightline.partnership.meetings.workflow.planning import lock, save
from sightline.procedures import meeting as procedure
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.meeting import DecisionStatus


@transaction.atomic
def record_decision(
    meeting: Meeting, *, text: str, reasons: str, by: Account, item: AgendaItem | None = None, options: Sequence[str] = (),
    chosen: str = "", criteria: Sequence[Mapping[str, Any]] = (), review_on: date | None = None, decided_at: datetime | None = None,
    supersedes: MeetingDecision | None = None, at: datetime | None = None,
) -> MeetingDecision:  # fmt: skip
    """Record what was decided at a moment. Quorum is asked at that moment: without it this is a recommendation that awaits ratification."""
    meeting = lock(meeting)
    access.check_can_chair(by, meeting)
    at = at or timezone.now()
    decided_at = decided_at or at
    _check(meeting, text, reasons, options, chosen, decided_at, at, item)
    quorum = quorum_of(meeting, at=decided_at)
    if not quorum.rule.decides:
        raise NotAllowedNow("This meeting decides nothing. Note what was said, or raise an action.")
    decision = MeetingDecision.objects.create(
        meeting=meeting, item=item, number=(meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1, text=text.strip(),
        options=list(options), chosen=chosen, reasons=reasons.strip(), criteria=[dict(each) for each in criteria], review_on=review_on,
        is_quorate=quorum.is_quorate, quorum_in_words=quorum.in_words, status=procedure.status_of_decision(quorum),
        partners_present={role: list(people) for role, people in quorum.present.items()}, decided_at=decided_at, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    if supersedes is not None:
        _supersede(supersedes, decision)
    save(meeting)
    trail.record("meeting.decided", decision, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return decision


@transaction.atomic
def record_dissent(decision: MeetingDecision, *, officer: Officer, reasons: str, by: Account, at: datetime | None = None) -> Dissent:
    """Keep that somebody did not agree, in their words. It changes nothing of what the meeting decided."""
    meeting = lock(decision.meeting)
    is_own = by.officer_id == officer.pk and decision in access.decisions_shown(by, meeting)
    if not is_own and not access.can_chair(by, meeting):
        raise NotPermitted("Only the person, the chair and the business unit record a dissent.")
    place = meeting.attendances.filter(officer=officer, was_present=True).prefetch_related("presences").first()
    there = [] if place is None else [(span.arrived_at, span.left_at) for span in place.presences.all()]
    if place is None or not any(came <= decision.decided_at and (left is None or decision.decided_at < left) for came, left in there):
        raise NotAllowedNow("This person was not in the room when it was decided. Note what they said in the minutes.")
    if not reasons.strip():
        raise NotAllowedNow("Say why the person did not agree, as far as possible in their own words.")
    if decision.dissents.filter(officer=officer).exists():
        raise NotAllowedNow("That this person did not agree is recorded already.")
    if meeting.minutes_locked_at is not None:
        raise NotAllowedNow("The minutes are fixed. A dissent that is missing is a matter of accuracy, noted when they are approved.")
    dissent = Dissent.objects.create(
        decision=decision, officer=officer, partner_role=place.speaks_for, reasons=reasons.strip(), recorded_at=at or timezone.now(),
        recorded_by=by,
    )  # fmt: skip
    trail.record("meeting.dissent_recorded", dissent, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return dissent


@transaction.atomic
def record_agreement(
    decision: MeetingDecision, *, officer: Officer, how: str, agreed_at: datetime, by: Account, partner_role: str = "",
    at: datetime | None = None,
) -> Agreement:  # fmt: skip
    """Keep that somebody agreed to an urgent decision between meetings, when and how."""
    meeting = lock(decision.meeting)
    access.check_can_chair(by, meeting)
    at = at or timezone.now()
    if meeting.kind != "between_meetings":
        raise NotAllowedNow("Agreement is gathered one by one only for a decision between meetings.")
    if agreed_at > at:
        raise NotAllowedNow("This moment has not come yet. Enter when they agreed.")
    agreement = Agreement.objects.create(
        decision=decision, officer=officer, partner_role=partner_role, agreed_at=agreed_at, how=how, recorded_by=by, recorded_at=at
    )
    trail.record("meeting.agreement_recorded", agreement, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return agreement


@transaction.atomic
def ratify(
    decision: MeetingDecision, *, at_meeting: Meeting, by: Account, ratified_at: datetime | None = None, at: datetime | None = None
) -> MeetingDecision:
    """A later meeting that is quorate at that moment makes a recommendation a decision."""
    at_meeting = lock(at_meeting)
    access.check_can_chair(by, at_meeting)
    access.check_can_chair(by, decision.meeting)
    decision = MeetingDecision.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=decision.pk)
    procedure.check_decision_move(DecisionStatus(decision.status), DecisionStatus.RATIFIED)
    at = at or timezone.now()
    ratified_at = ratified_at or at
    if not is_later_meeting_of(decision.meeting, at_meeting):
        raise NotAllowedNow("A recommendation is ratified by a later meeting of the same review or body.")
    _check_moment(at_meeting, ratified_at, at)
    if not quorum_of(at_meeting, at=ratified_at).is_quorate:
        raise NotAllowedNow("That meeting was not quorate at that moment, so it cannot ratify a recommendation either.")
    decision.status, decision.ratified_at_meeting = DecisionStatus.RATIFIED, at_meeting
    decision.ratified_at, decision.ratified_by = ratified_at, by
    decision.save(update_fields=["status", "ratified_at_meeting", "ratified_at", "ratified_by"])
    trail.record("meeting.ratified", decision, by=by, kind=at_meeting.record_kind, matter_id=at_meeting.matter_id)
    return decision


def _supersede(decision: MeetingDecision, newer: MeetingDecision) -> None:
    decision = MeetingDecision.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=decision.pk)
    if not newer.is_quorate:
        raise NotAllowedNow("A recommendation replaces nothing. Record it by itself; what was decided stays until it is ratified.")
    if decision.meeting_id != newer.meeting_id and not is_later_meeting_of(decision.meeting, newer.meeting):
        raise NotAllowedNow("Only a decision of the same meeting or an earlier one of the same review can be replaced.")
    procedure.check_decision_move(DecisionStatus(decision.status), DecisionStatus.SUPERSEDED)
    decision.status, decision.superseded_by = DecisionStatus.SUPERSEDED, newer
    decision.save(update_fields=["status", "superseded_by"])


def _check(
    meeting: Meeting, text: str, reasons: str, options: Sequence[str], chosen: str, decided_at: datetime, at: datetime,
    item: AgendaItem | None,
) -> None:  # fmt: skip
    if meeting.opened_at is None:
        raise NotAllowedNow("The meeting has not begun. A decision is recorded at it, or after it.")
    if meeting.minutes_locked_at is not None:
        raise NotAllowedNow("The minutes are fixed. A further decision is for a further meeting.")
    if not text.strip() or not reasons.strip():
        raise NotAllowedNow("Write what was decided, and why.")
    if chosen and chosen not in options:
        raise NotAllowedNow("The option chosen must be one of the options that were considered.")
    if item is not None and item.meeting_id != meeting.pk:
        raise NotAllowedNow("Choose an item of this meeting's agenda.")
    _check_moment(meeting, decided_at, at)


def _check_moment(meeting: Meeting, moment: datetime, at: datetime) -> None:
    is_after = meeting.held_at is not None and moment >= meeting.held_at
    if moment > at or meeting.opened_at is None or moment < meeting.opened_at or is_after:
        raise NotAllowedNow("It was decided at a moment of the meeting. Enter one between its beginning and its end.")
