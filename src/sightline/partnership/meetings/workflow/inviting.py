"""Moves of who comes: invite by seat, answer, stand in for another, declare interests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Appointment, Officer, Seat
from sightline.partnership.audit_trail import trail
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import AgendaItem, Attendance, Declaration, Meeting
from sightline.partnership.meetings.workflow import letters_to
from sightline.partnership.meetings.workflow.planning import lock, save
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import Conflict, Matter
from sightline.partnership.need_to_know.workflow import members
from sightline.procedures.errors import NotAllowedNow, NotPermitted


@dataclass(frozen=True)
class Invited:
    """Somebody to be asked: who, in which seat, in what capacity, speaking for which partner."""

    officer: Officer
    seat: Seat | None = None
    capacity: str = "member"
    speaks_for: str = ""
    deputy_for: Officer | None = None
    receives_restricted: bool = True


def offered(meeting: Meeting) -> list[Invited]:
    """Whom the seats of the meeting's body offer on its day. Whoever is connected with the matter is never among them."""
    if meeting.body is None:
        return []
    asked = set(meeting.attendances.filter(taken_off_at__isnull=True).values_list("officer", flat=True))
    found: dict[str, Invited] = {}
    for held in arrangements.holders(meeting.body, meeting.held_on):
        if held.officer_id in asked or held.officer_id in found or _is_kept_out(held.officer, meeting):
            continue
        found[held.officer_id] = Invited(
            held.officer, held.seat, held.seat.capacity, held.seat.partner_role, receives_restricted=held.seat.capacity != "observer"
        )
    return list(found.values())


def members_offered(meeting: Meeting) -> list[Officer]:
    """People of the matter who hold no seat, for example the author of the report. Whoever is kept from it is never among them."""
    if meeting.matter is None:
        return []
    asked = set(meeting.attendances.filter(taken_off_at__isnull=True).values_list("officer", flat=True))
    seated = {each.officer.pk for each in offered(meeting)}
    in_force = meeting.matter.memberships.in_force(timezone.localdate()).select_related("account__officer__agency")
    officers = {each.account.officer_id: each.account.officer for each in in_force if each.account.officer_id}
    return sorted(
        (officer for pk, officer in officers.items() if pk not in asked | seated and not _is_kept_out(officer, meeting)),
        key=lambda officer: officer.name,
    )


def anybody_offered(meeting: Meeting) -> list[Officer]:
    """Everybody else of the partnership's agencies who serves on that day, but nobody who is known to be connected with the matter."""
    if meeting.matter is None:
        return []
    taken = set(meeting.attendances.filter(taken_off_at__isnull=True).values_list("officer", flat=True))
    taken |= {each.officer.pk for each in offered(meeting)} | {each.pk for each in members_offered(meeting)}
    return [each for each in free_officers(meeting.matter, meeting.held_on) if each.pk not in taken]


def free_officers(matter: Matter | None, on: date) -> list[Officer]:
    """People in post on a day without those of whom a connection with a matter is known, by agency. Each move asks again by itself."""
    officers = Officer.objects.in_force(on).select_related("agency")
    if matter is not None:
        connected = Conflict.objects.live().filter(matter=matter)
        officers = officers.exclude(pk__in=connected.filter(officer__isnull=False).values("officer"))
        officers = officers.exclude(pk__in=connected.filter(account__officer__isnull=False).values("account__officer"))
        sealed = matter.agency_seals.live().exists()
        officers = [each for each in officers if not sealed or not need_to_know.is_kept_out(each, matter)]
    return sorted((each for each in officers if each.is_serving(on)), key=lambda each: (each.agency.name, each.name))


def chairs_offered(matter: Matter, on: date, among: Iterable[Officer] = ()) -> list[Officer]:
    """Who may take the chair: whoever holds the seat of a chair or vice chair and those asked already; nobody connected with the matter."""
    held = Appointment.objects.in_force(on).filter(seat__capacity__in=["chair", "vice_chair"]).select_related("officer__agency")
    found = {each.pk: each for each in [*among, *(appointment.officer for appointment in held)]}
    free = [each for each in found.values() if each.is_serving(on) and not need_to_know.is_kept_out(each, matter)]
    return sorted(free, key=lambda each: each.name)


@transaction.atomic
def invite(meeting: Meeting, people: Iterable[Invited], *, by: Account, at: datetime | None = None) -> list[Attendance]:
    """Ask people to a meeting. Each who may read it gets a letter with a link to sign in."""
    meeting = lock(meeting)
    access.check_can_run(by, meeting)
    if meeting.is_over:
        raise NotAllowedNow("This meeting is over. Nobody can be invited to it any more.")
    people, at = list(people), at or timezone.now()
    if not people:
        raise NotAllowedNow("Choose at least one person to invite.")
    asked = [_ask(meeting, each, by, at) for each in people]
    meeting.invited_at = meeting.invited_at or at
    save(meeting, "invited_at")
    for attendance in asked:
        letters_to.one(meeting, "meetings.invitation", officer=attendance.officer)
    trail.record("meeting.people_invited", meeting, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return asked


@transaction.atomic
def let_in(attendance: Attendance, *, purpose: str, by: Account) -> Attendance:
    """Make somebody who is asked a member of the matter, with the reason; only now does the invitation reach them and its papers open."""
    meeting = lock(attendance.meeting)
    access.check_can_run(by, meeting)
    attendance = Attendance.objects.select_for_update(of=("self",)).select_related("officer").get(pk=attendance.pk)
    if attendance.taken_off_at is not None or meeting.is_over or meeting.matter is None:
        raise NotAllowedNow("This person is not asked to a meeting that is still to come.")
    account = Account.objects.filter(officer=attendance.officer, is_active=True).first()
    if account is None:
        raise NotAllowedNow("This person has no account. Invite them to Sightline first, or tell them yourself.")
    members.add(meeting.matter, account=account, purpose=purpose, capacity="meeting", by=by)
    letters_to.one(meeting, "meetings.invitation", officer=attendance.officer)
    trail.record("meeting.person_let_in", attendance, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return attendance


def not_let_in(meeting: Meeting, officers: Iterable[Officer]) -> set[str]:
    """Which of some people are not let into the matter yet, so that no letter reaches them and no paper opens."""
    found = {each.pk: each for each in officers}
    accounts = {each.officer_id: each for each in Account.objects.filter(officer__in=found, is_active=True)}
    return {pk for pk in found if pk not in accounts or not access.can(accounts[pk], "R", meeting)}


@transaction.atomic
def take_off(attendance: Attendance, *, because: str, by: Account, at: datetime | None = None) -> Attendance:
    """Somebody need not come after all."""
    meeting = lock(attendance.meeting)
    access.check_can_run(by, meeting)
    attendance = Attendance.objects.select_for_update().get(pk=attendance.pk)
    if attendance.was_present:
        raise NotAllowedNow("This person was at the meeting and stays on its record.")
    if not because.strip():
        raise NotAllowedNow("Say why this person need not come.")
    attendance.taken_off_at, attendance.taken_off_because = at or timezone.now(), because.strip()
    attendance.save(update_fields=["taken_off_at", "taken_off_because"])
    save(meeting)
    trail.record("meeting.person_taken_off", attendance, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return attendance


@transaction.atomic
def answer(
    attendance: Attendance, *, coming: bool, by: Account, note: str = "", deputy: Officer | None = None, at: datetime | None = None
) -> Attendance:
    """Say whether one comes, or who comes instead; the unit may write down an answer that was given by telephone."""
    meeting = lock(attendance.meeting)
    attendance = Attendance.objects.select_for_update().get(pk=attendance.pk)
    is_own = by.officer_id == attendance.officer_id and access.can(by, "R", meeting)
    if not is_own and not access.can_run(by, meeting):
        raise NotPermitted("Everybody answers their own invitation.")
    if attendance.taken_off_at is not None or meeting.is_over:
        raise NotAllowedNow("This invitation no longer needs an answer.")
    at = at or timezone.now()
    if coming and deputy is not None:
        raise NotAllowedNow("You say that you come and that somebody comes in your place. Choose one of the two.")
    attendance.answer, attendance.answered_at, attendance.answer_note = "coming" if coming else "apologies", at, note.strip()
    attendance.save(update_fields=["answer", "answered_at", "answer_note"])
    if deputy is not None:
        # The seat, and the partner it speaks for, go with whoever stands in.
        place = (attendance.seat, attendance.capacity, attendance.speaks_for, attendance.officer, attendance.receives_restricted)
        stand_in = _ask(meeting, Invited(deputy, *place), by, at)
        letters_to.one(meeting, "meetings.invitation", officer=stand_in.officer)
    save(meeting)
    trail.record("meeting.answered", attendance, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return attendance


def deputies_offered(attendance: Attendance) -> list[Officer]:
    """Who may stand in: those of the same agency with an account, not yet asked, and not connected with the matter."""
    meeting = attendance.meeting
    asked = set(meeting.attendances.filter(taken_off_at__isnull=True).values_list("officer", flat=True))
    deputies: dict[str, Officer] = {}
    if attendance.seat is not None:
        for held in attendance.seat.appointments.in_force(meeting.held_on).filter(is_deputy=True).select_related("officer__agency"):
            deputies[held.officer_id] = held.officer
    accounts = Account.objects.filter(officer__agency=attendance.officer.agency_id, is_active=True).select_related("officer__agency")
    for account in accounts:
        if access.can(account, "R", meeting):
            deputies.setdefault(account.officer_id, account.officer)
    return sorted(
        (
            each for pk, each in deputies.items()
            if pk not in asked and each.is_serving(meeting.held_on) and not _is_kept_out(each, meeting)
        ),
        key=lambda each: each.name,
    )  # fmt: skip


@transaction.atomic
def declare(
    meeting: Meeting, *, has_interest: bool, by: Account, about: str = "", officer: Officer | None = None, at: datetime | None = None
) -> Declaration:
    """Say whether one has an interest in what the meeting talks about; the unit may write it down for somebody in the room."""
    meeting = lock(meeting)
    officer = officer or by.officer
    is_own = officer is not None and officer.pk == by.officer_id
    if officer is None or not access.can(by, "R", meeting) or not (is_own or access.can_run(by, meeting)):
        raise NotPermitted("Everybody declares their own interests.")
    if has_interest and not about.strip():
        raise NotAllowedNow("Say what the interest is, in a sentence. The chair decides what follows from it.")
    declaration = Declaration.objects.create(
        meeting=meeting, officer=officer, has_interest=has_interest, about=about.strip() if has_interest else "",
        declared_at=at or timezone.now(), recorded_by=by,
    )  # fmt: skip
    if has_interest and meeting.chair is not None and meeting.chair_id != officer.pk:
        letters_to.one(meeting, "meetings.interest", officer=meeting.chair)
    trail.record("meeting.interest_declared", declaration, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return declaration


@transaction.atomic
def decide_interest(
    declaration: Declaration, *, outcome: str, by: Account, item: AgendaItem | None = None, note: str = "", at: datetime | None = None
) -> Declaration:
    """The chair says what follows from an interest: the person stays, leaves for one item, or leaves."""
    meeting = lock(declaration.meeting)
    access.check_can_chair(by, meeting)
    declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if declaration.officer_id == by.officer_id:
        raise NotAllowedNow("Nobody decides about their own interest. Ask the chair, or somebody else of the business unit.")
    if not declaration.has_interest or declaration.outcome:
        raise NotAllowedNow("There is nothing to decide here: no interest was declared, or it was decided already.")
    if (outcome == "leaves_item") != (item is not None) or item is not None and item.meeting_id != meeting.pk:
        raise NotAllowedNow("Choose the item of this agenda for which the person leaves, and only then.")
    declaration.outcome, declaration.item, declaration.note = outcome, item, note.strip()
    declaration.decided_by, declaration.decided_at = by, at or timezone.now()
    declaration.save()
    trail.record("meeting.interest_decided", declaration, by=by, kind=meeting.record_kind, matter_id=meeting.matter_id)
    return declaration


def _ask(meeting: Meeting, who: Invited, by: Account, at: datetime) -> Attendance:
    if _is_kept_out(who.officer, meeting):
        # The same sentence as for somebody who left: why somebody is kept out is nobody's business here.
        raise NotAllowedNow("One of the people chosen cannot be invited. Choose again from the list.")
    if not who.officer.is_serving(meeting.held_on):
        raise NotAllowedNow("One of the people chosen cannot be invited. Choose again from the list.")
    kept = Attendance.objects.filter(meeting=meeting, officer=who.officer).first()
    if kept is not None and kept.taken_off_at is None:
        raise NotAllowedNow("One of the people chosen is invited already.")
    attendance = kept or Attendance(meeting=meeting, officer=who.officer)
    attendance.seat, attendance.capacity, attendance.speaks_for = who.seat, who.capacity, who.speaks_for
    attendance.deputy_for, attendance.receives_restricted = who.deputy_for, who.receives_restricted
    attendance.invited_at, attendance.invited_by = at, by
    attendance.answer, attendance.answered_at, attendance.taken_off_at, attendance.taken_off_because = "none", None, None, ""
    attendance.save()
    return attendance


def _is_kept_out(officer: Officer, meeting: Meeting) -> bool:
    return meeting.matter is not None and need_to_know.is_kept_out(officer, meeting.matter)
