"""Pages while a meeting is held and of its minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.meetings import abilities, access
from sightline.partnership.meetings import minutes_word as word_file
from sightline.partnership.meetings.abilities import PartOfMeeting
from sightline.partnership.meetings.models import AgendaItem, Meeting
from sightline.partnership.meetings.quorum import quorum_of
from sightline.partnership.meetings.room_forms import ApproveForm, ArriveForm, EndForm, LeaveForm, MinutesForm, NotesForm, OpenForm
from sightline.partnership.meetings.views import steps
from sightline.partnership.meetings.views.people import to_declare
from sightline.partnership.meetings.workflow import holding, inviting
from sightline.procedures.errors import NotAllowedNow

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@abilities.chairs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def open_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The meeting begins."""
    asked = [each.officer for each in meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency")]
    officers = inviting.chairs_offered(meeting.matter, meeting.held_on, asked)
    form = OpenForm(request.POST or None, officers=officers, initial={"chair": meeting.chair_id, "at": timezone.now()})

    def move(form: OpenForm) -> None:
        holding.open_meeting(meeting, by=request.user, chair=form.cleaned_data["chair"], at=form.cleaned_data["at"])

    return steps.take(
        request,
        meeting,
        form,
        move,
        title="Begin the meeting",
        submit="Begin",
        then="room",
        done="The meeting has begun. Note who is there.",
    )


@abilities.chairs(abilities.meeting)
@require_safe
def room(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who is in the room, who came and went, and how quorum stands."""
    people = meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency", "seat", "deputy_for")
    declared: dict[str, list[Any]] = {}
    for each in meeting.declarations.select_related("item"):
        declared.setdefault(each.officer_id, []).append(each)
    rows = []
    for place in people.prefetch_related("presences__left_for_item"):
        said = declared.get(place.officer_id, [])
        rows.append(
            {
                "place": place,
                "spans": list(place.presences.all()),
                "is_there": any(span.left_at is None for span in place.presences.all()) and meeting.is_open,
                "has_declared": bool(said),
                "interests": [each for each in said if each.has_interest],
                "must_stay_out": any(each.outcome == "leaves" for each in said),
            }
        )
    quorum = quorum_of(meeting, at=timezone.now()) if meeting.is_open else None
    context = {**steps.about(meeting), "rows": rows, "quorum": quorum, "runs": access.can_run(request.user, meeting)}
    return render(request, "meetings/room.html", context)


@abilities.chairs(abilities.attendance)
@require_http_methods(["GET", "POST"])
def arrive(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Somebody comes in: now by one button, or at another moment by the form."""
    if request.method == "POST" and "now" in request.POST:
        done = "Noted who is in the room."
        return steps.press(request, found.meeting, lambda: holding.arrive(found.part, by=request.user), done=done, then="room")
    form = ArriveForm(request.POST or None, initial={"at": timezone.now()})

    def move(form: ArriveForm) -> None:
        holding.arrive(found.part, by=request.user, at=form.cleaned_data["at"])

    title = "This person came in"
    return steps.take(request, found.meeting, form, move, title=title, submit="Save", then="room", person=found.part.officer)


@abilities.chairs(abilities.attendance)
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Somebody leaves the room."""
    form = LeaveForm(request.POST or None, items=found.meeting.agenda.all(), initial={"at": timezone.now()})

    def move(form: LeaveForm) -> None:
        holding.leave(found.part, by=request.user, **form.cleaned_data)

    title = "This person leaves"
    return steps.take(request, found.meeting, form, move, title=title, submit="Save", then="room", person=found.part.officer)


@abilities.chairs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def end_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The meeting ends."""
    form = EndForm(request.POST or None, initial={"at": timezone.now()})

    def move(form: EndForm) -> None:
        holding.end_meeting(meeting, by=request.user, **form.cleaned_data)

    done = "The meeting has ended. Complete the minutes and fix the draft."
    return steps.take(request, meeting, form, move, title="End the meeting", submit="End the meeting", then="minutes", done=done)


@abilities.reads(abilities.meeting)
@require_safe
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What was said, item by item, with decisions, dissent and actions; still being written, or fixed."""
    account = request.user
    how = access.reading(account, meeting)
    if not how.opens:
        return to_declare(request, meeting) if not how.has_declared else redirect("meetings:meeting", meeting_id=meeting.pk)
    return _minutes(request, meeting)


def _minutes(request: HttpRequest, meeting: Meeting, refused: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    account = request.user
    shown, opened = access.agenda_shown(account, meeting), access.items_open(account, meeting)
    decisions = access.decisions_shown(account, meeting)
    writes = access.can_chair(account, meeting) and meeting.status != "cancelled" and meeting.minutes_locked_at is None
    whole = access.may_read_whole_minutes(account, meeting)
    actions = access.actions_shown(account, meeting)
    raises = access.can_raise_action(account, meeting) and meeting.opened_at is not None and meeting.minutes_locked_at is None
    rows = [
        {
            "item": item,
            "is_kept": item.pk not in opened,
            "form": _notes_form(item, refused) if writes and item.pk in opened else None,
            "refused": refused if refused and refused.get("item") == item else None,
            "decisions": [each for each in decisions if each.item_id == item.pk],
            "actions": [each for each in actions if each.item_id == item.pk],
        }
        for item in shown
    ]
    minutes_form = (refused or {}).get("minutes_form") or MinutesForm(initial={"text": meeting.minutes, "version": meeting.version})
    context = {
        **steps.about(meeting),
        "rows": rows,
        "whole": whole,
        "writes": writes,
        "chairs": access.can_chair(account, meeting),
        "minutes_form": minutes_form if writes and whole else None,
        "refused": refused or {},
        "raises": raises,
        "dissents": access.may_dissent_here(account, meeting),
        "interests": meeting.declarations.filter(has_interest=True).select_related("officer", "item"),
        "decides": writes and meeting.opened_at is not None,
        "other_actions": [each for each in actions if each.item_id is None],
        "other_decisions": [each for each in decisions if each.item_id is None],
        "quorum": quorum_of(meeting, at=timezone.now()) if meeting.is_open else None,
        "people": meeting.attendances.filter(taken_off_at__isnull=True)
        .select_related("officer__agency", "seat")
        .prefetch_related("presences"),
    }
    return render(request, "meetings/minutes.html", context, status=status)


@abilities.reads(abilities.meeting)
@require_safe
def minutes_word(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The minutes as a Word file, as far as this person may read them; a draft says that it is one."""
    how = access.reading(request.user, meeting)
    if not how.opens:
        return to_declare(request, meeting) if not how.has_declared else redirect("meetings:meeting", meeting_id=meeting.pk)
    if meeting.minutes_locked_at is None:
        messages.error(request, "The Word file is there once the draft of the minutes is fixed.")
        return redirect("meetings:minutes", meeting_id=meeting.pk)
    content = word_file.written(meeting, request.user)
    headers = {
        "Content-Disposition": f'attachment; filename="OFFICIAL-SENSITIVE {meeting.matter.reference} minutes.docx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=WORD, headers=headers)


def _notes_form(item: AgendaItem, refused: dict[str, Any] | None) -> NotesForm:
    if refused and refused.get("item") == item:
        return refused["form"]
    return NotesForm(initial={"notes": item.notes, "version": item.version}, auto_id=f"id_{item.pk}_%s")


@abilities.chairs(abilities.item)
@require_POST
def write_notes(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Keep the notes of one item, as they are typed or by the button."""
    item = found.part
    if item.pk not in access.items_open(request.user, found.meeting):
        return redirect("meetings:minutes", meeting_id=found.meeting.pk)
    form = NotesForm(request.POST, auto_id=f"id_{item.pk}_%s")
    in_passing = "application/json" in request.headers.get("Accept", "")
    try:
        told = form.cleaned_data if form.is_valid() else {"notes": "", "version": 0}
        item = holding.write_notes(item, notes=told["notes"], version=told["version"] or 0, by=request.user)
    except NotAllowedNow as refusal:
        if in_passing:
            return JsonResponse({"problem": str(refusal)}, status=409)
        form.add_error(None, str(refusal))
        steps.seen_again(form, item.version)
        return _minutes(request, found.meeting, {"item": item, "form": form, "kept": item.notes})
    if in_passing:
        return JsonResponse({"saved_at": f"{timezone.localtime(item.noted_at):%H:%M}"})
    return redirect("meetings:minutes", meeting_id=found.meeting.pk)


@abilities.chairs(abilities.meeting)
@require_POST
def write_minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Keep what else was said."""
    if not access.may_read_whole_minutes(request.user, meeting):
        return redirect("meetings:minutes", meeting_id=meeting.pk)
    form = MinutesForm(request.POST)
    if form.is_valid():
        try:
            holding.write_minutes(meeting, by=request.user, **form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
            steps.seen_again(form, meeting.version)
        else:
            return redirect("meetings:minutes", meeting_id=meeting.pk)
    return _minutes(request, meeting, {"minutes_form": form, "kept": meeting.minutes})


@abilities.chairs(abilities.meeting)
@require_POST
def lock_minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    done = "The draft is fixed, and those who were asked are told."
    return steps.press(request, meeting, lambda: holding.lock_minutes(meeting, by=request.user), done=done, then="minutes")


@abilities.chairs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def approve_minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The minutes are agreed as a true record."""
    others = access.visible_to(request.user).filter(matter=meeting.matter)
    later = [each for each in others if holding.is_later_meeting_of(meeting, each)]
    form = ApproveForm(request.POST or None, meetings=later)

    def move(form: ApproveForm) -> None:
        holding.approve_minutes(meeting, by=request.user, **form.cleaned_data)

    done = "The minutes are approved."
    return steps.take(request, meeting, form, move, title="Approve the minutes", submit="Approve", then="minutes", done=done)
