"""What one person has to do for a meeting, in order, and how each step stands."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.meetings import access
from sightline.partnership.meetings.access import Reading
from sightline.partnership.meetings.models import Attendance, Meeting
from sightline.partnership.meetings.workflow import inviting


@dataclass(frozen=True)
class Step:
    """One step: where it is done, how it stands, and what else should be known."""

    title: str
    url: str
    status: str
    tone: str = ""
    hint: str = ""


def own_steps(meeting: Meeting, account: Account, place: Attendance | None, reading: Reading) -> list[Step]:
    """What somebody who is asked does: answer, declare, read."""
    if meeting.status == "cancelled" or account.officer_id is None:
        return []
    steps = []
    if place is not None and not meeting.is_over:
        said = {"none": ("To do", "yellow"), "coming": ("Coming", "green"), "apologies": ("Apologies sent", "grey")}[place.answer]
        steps.append(Step("Say whether you can come", _url("my_answer", meeting), *said))
    declared = ("To do", "yellow") if not reading.has_declared else ("With the chair", "blue") if reading.is_waiting else ("Done", "green")
    steps.append(Step("Declare your interests", _url("declare", meeting), *declared, "Papers and minutes open after this."))
    if reading.opens:
        count = len(access.papers_shown(account, meeting))
        steps.append(Step("Read the papers", _url("pack", meeting), _counted(count, "paper") if count else "None yet"))
    if reading.opens and meeting.opened_at:
        steps.append(Step("Read the minutes", _url("minutes", meeting), _minutes(meeting)))
    return steps


def unit_steps(meeting: Meeting, *, runs: bool, chairs: bool) -> list[Step]:
    """What the business unit and the chair do: invite, fix the agenda, send the papers, hold the meeting, complete its minutes."""
    if not chairs or meeting.status == "cancelled" or meeting.minutes_approved_at:
        return []
    people = list(meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer"))
    coming, silent = (sum(each.answer == answer for each in people) for answer in ("coming", "none"))
    steps = []
    if runs and not meeting.is_over:
        outside = len(inviting.not_let_in(meeting, [each.officer for each in people]))
        hint = f"{_counted(outside, 'person', 'people')} cannot sign in to this meeting yet" if outside else ""
        status = f"{len(people)} asked, {coming} coming, {silent} not answered" if people else "To do"
        steps.append(Step("Invite people", _url("invite", meeting), status, "" if people else "yellow", hint))
    if not meeting.is_over:
        steps.append(_papers(meeting, runs))
    waiting = meeting.declarations.filter(has_interest=True, outcome="").count()
    declared = meeting.declarations.filter(officer__in=[each.officer_id for each in people]).values("officer").distinct().count()
    hint = f"{_counted(waiting, 'interest waits', 'interests wait')} for the chair" if waiting else ""
    steps.append(
        Step(
            "Interests", _url("meeting", meeting) + "#interests", f"{declared} of {len(people)} declared", "yellow" if waiting else "", hint
        )
    )
    if not meeting.is_over:
        begun = "In session" if meeting.is_open else "Not begun"
        steps.append(Step("Hold the meeting", _url("room", meeting), begun, "blue" if meeting.is_open else ""))
    if meeting.opened_at:
        steps.append(Step("Complete the minutes", _url("minutes", meeting), _minutes(meeting)))
    return steps


def _papers(meeting: Meeting, runs: bool) -> Step:
    count = meeting.papers.filter(replaced_by__isnull=True).count()
    if meeting.papers_sent_at:
        status, tone = f"{_counted(count, 'paper')}, sent {timezone.localdate(meeting.papers_sent_at):%-d %B}", "green"
    else:
        status, tone = f"{_counted(count, 'paper')}, not sent", "yellow"
    return Step("Agenda and papers", _url("meeting", meeting) + "#agenda" if runs else _url("pack", meeting), status, tone)


def _minutes(meeting: Meeting) -> str:
    if meeting.minutes_approved_at:
        return "Approved"
    return "Draft fixed" if meeting.minutes_locked_at else "Being written"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])
