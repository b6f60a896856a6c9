"""Pages of meetings: all that one may know of, one as it stands, calling it, changing it, calling it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.agencies.models import Body
from sightline.partnership.audit_trail import trail
from sightline.partnership.meetings import abilities, access, next_steps
from sightline.partnership.meetings.forms import CancelForm, MeetingForm, PlanForm
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.meetings.quorum import quorum_expected, quorum_of
from sightline.partnership.meetings.views import steps
from sightline.partnership.meetings.workflow import inviting, planning
from sightline.partnership.need_to_know.models import Matter
from sightline.procedures.errors import NotAllowedNow

MOST_LISTED = 200


@signed_in
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that this person may know of: those to come first, then the past."""
    now = timezone.now()
    found = list(access.visible_to(request.user).select_related("matter", "body").order_by("-starts_at", "-pk")[:MOST_LISTED])
    if found:
        trail.record_reading("meetings.listed", None, by=request.user, kind="K2")
    places = access.in_their_agenda(request.user, found)
    rows = [{"meeting": each, "place": places.get(each.pk)} for each in found]
    coming = [row for row in rows if not row["meeting"].is_over and (row["meeting"].starts_at >= now or row["meeting"].is_open)]
    past = [row for row in rows if row not in coming]
    return render(request, "meetings/meetings.html", {"coming": coming[::-1], "past": past, "is_cut": len(found) == MOST_LISTED})


@abilities.reads(abilities.meeting)
@require_safe
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One meeting: who comes, quorum in words, agenda, papers, and what this person has to do next."""
    account = request.user
    reading = access.reading(account, meeting)
    place = access.own_place(account, meeting)
    people = meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency", "seat", "deputy_for")
    people = sorted(people.prefetch_related("presences"), key=lambda each: (each.capacity != "chair", each.seat is None, each.pk))
    runs, chairs = access.can_run(account, meeting), access.can_chair(account, meeting)
    kept = reading.kept_items
    context = {
        **steps.about(meeting),
        "place": place,
        "reading": reading,
        "people": people,
        "quorum": quorum_of(meeting, at=timezone.now()) if meeting.is_open else None if meeting.is_over else quorum_expected(meeting),
        "agenda": [{"item": item, "is_kept": item.pk in kept} for item in access.agenda_shown(account, meeting)],
        "papers": access.papers_shown(account, meeting),
        "decisions": access.decisions_shown(account, meeting),
        "runs": runs,
        "chairs": chairs,
        "dissents": access.may_dissent_here(account, meeting),
        "actions": access.actions_shown(account, meeting),
        "own_steps": next_steps.own_steps(meeting, account, place, reading),
        "unit_steps": next_steps.unit_steps(meeting, runs=runs, chairs=chairs),
        "interests": _interests(meeting) if chairs else [],
        "can_change": runs and not meeting.is_over,
    }
    return render(request, "meetings/meeting.html", context)


@abilities.reads(abilities.meeting)
@require_safe
def agenda(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The agenda on one sheet, to print or to take along: when, where, who is asked, and the items in order."""
    kept = access.reading(request.user, meeting).kept_items
    people = meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency", "seat", "deputy_for")
    context = {
        **steps.about(meeting), "people": people, "printed_at": timezone.now(),
        "agenda": [{"item": item, "is_kept": item.pk in kept} for item in access.agenda_shown(request.user, meeting)],
        "place": access.own_place(request.user, meeting),
    }  # fmt: skip
    return render(request, "meetings/agenda.html", context)


def _interests(meeting: Meeting) -> list[Any]:
    return list(meeting.declarations.filter(has_interest=True).select_related("officer", "item", "decided_by__officer"))


@abilities.plans
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Call a meeting of a review."""
    today = timezone.localdate()
    bodies, officers = Body.objects.in_force(today).order_by("name"), inviting.chairs_offered(matter, today)
    initial = {"kind": "panel", "mode": "hybrid", "quorum_rule": "each_partner", "title": "Rapid review panel"}
    form = PlanForm(request.POST or None, bodies=bodies, officers=officers, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.told
        try:
            made = planning.plan(
                kind=form.cleaned_data["kind"], body=form.cleaned_data["body"], matter=matter, by=request.user, **told
            )  # fmt: skip
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The meeting is planned. Invite people next.")
            return redirect("meetings:meeting", meeting_id=made.pk)
    return render(request, "meetings/plan.html", {"form": form, "matter": matter})


@abilities.runs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Change when, where and how a meeting is held."""
    asked = [each.officer for each in meeting.attendances.select_related("officer__agency")]
    officers = inviting.chairs_offered(meeting.matter, meeting.held_on, asked)
    form = MeetingForm(request.POST or None, officers=officers, initial=MeetingForm.initial_of(meeting))
    kept: dict[str, Any] = {}

    def move(form: MeetingForm) -> None:
        seen = form.cleaned_data["version"] or 0
        if seen != meeting.version:
            kept["kept_meeting"] = meeting
            steps.seen_again(form, meeting.version)
        planning.change(meeting, by=request.user, version=seen, fields=form.told)

    answer = steps.take(request, meeting, form, move, title="Change this meeting", submit="Save", done="The meeting is changed.", kept=kept)
    return answer


@abilities.chairs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Call a meeting off."""

    def move(form: CancelForm) -> None:
        planning.cancel(meeting, because=form.cleaned_data["because"], by=request.user)

    form = CancelForm(request.POST or None)
    return steps.take(
        request, meeting, form, move, title="Cancel this meeting", submit="Cancel the meeting", done="The meeting is cancelled."
    )
