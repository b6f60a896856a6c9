"""Pages of who comes to a meeting: inviting by seat, one's own answer, interests."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from sightline.partnership.accounts.models import Account
from sightline.partnership.meetings import abilities, access
from sightline.partnership.meetings.abilities import PartOfMeeting
from sightline.partnership.meetings.forms import AnswerForm, DeclareForm, InterestOutcomeForm, InviteForm, LetInForm, TakeOffForm
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.meetings.views import steps
from sightline.partnership.meetings.workflow import inviting
from sightline.partnership.need_to_know import access as need_to_know


@abilities.runs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Invite people by seat; nobody who is connected with the matter is offered."""
    seated = inviting.offered(meeting)
    form = InviteForm(
        request.POST or None, offered=seated, others=inviting.members_offered(meeting), anybody=inviting.anybody_offered(meeting),
        outside=inviting.not_let_in(meeting, [each.officer for each in seated]), initial={"capacity": "in_attendance"},
    )  # fmt: skip

    def move(form: InviteForm) -> None:
        asked = inviting.invite(meeting, form.people(), by=request.user)
        if outside := len(inviting.not_let_in(meeting, [each.officer for each in asked])):
            who = "One of them is not a member" if outside == 1 else f"{outside} of them are not members"
            messages.warning(request, f"{who} of this review, so no letter went out to them and nothing opens. See “Asked already”.")

    context = {"asked": _asked(meeting), "may_let_in": abilities.lets_in(need_to_know.standing(request.user, meeting.matter), meeting)}
    return steps.take(
        request, meeting, form, move, title="Invite people", submit="Invite", done="Invited. Members of the review have a letter.",
        then="invite", template="meetings/invite.html", **context,
    )  # fmt: skip


def _asked(meeting: Meeting) -> list[dict[str, Any]]:
    """Those who are asked, and whether each can sign in and read the meeting: nobody should find that out on the day."""
    people = meeting.attendances.filter(taken_off_at__isnull=True).select_related("officer__agency", "seat", "deputy_for")
    accounts = {each.officer_id: each for each in Account.objects.filter(officer__attendances__in=people, is_active=True)}
    rows = []
    for place in people:
        account = accounts.get(place.officer_id)
        rows.append(
            {"place": place, "has_account": account is not None, "reads": account is not None and access.can(account, "R", meeting)}
        )
    return rows


@abilities.lets_in_to_matter
@require_http_methods(["GET", "POST"])
def let_in(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Make somebody who is asked a member of the review, with the reason; never by itself."""
    form = LetInForm(request.POST or None)
    note = (
        "A member opens what their role allows in this review: this meeting, its papers once they have declared their interests, and the "
        "review itself. They are told at once and are asked first whether anything connects them with the case; every reading is recorded. "
        "If they should not know the case, do not add them: tell them by telephone what they need for the meeting."
    )
    return steps.take(
        request, found.meeting, form, lambda sent: inviting.let_in(found.part, purpose=sent.cleaned_data["purpose"], by=request.user),
        title="Make them a member of this review", submit="Make them a member", done="They are a member now and have their invitation.",
        then="invite", person=found.part.officer, note=note,
    )  # fmt: skip


@abilities.runs(abilities.attendance)
@require_http_methods(["GET", "POST"])
def take_off(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Somebody need not come after all."""

    def move(form: TakeOffForm) -> None:
        inviting.take_off(found.part, because=form.cleaned_data["because"], by=request.user)

    form = TakeOffForm(request.POST or None)
    title = "This person need not come"
    return steps.take(request, found.meeting, form, move, title=title, submit="Save", then="invite", person=found.part.officer)


@abilities.reads(abilities.meeting)
@require_http_methods(["GET"])
def my_answer(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The link of the invitation: to this person's own answer, or to the meeting for whoever is not asked."""
    place = access.own_place(request.user, meeting)
    if place is None:
        return redirect("meetings:meeting", meeting_id=meeting.pk)
    return redirect("meetings:answer", part_id=place.pk)


@abilities.answers
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Coming, apologies, or somebody in one's place."""
    place = found.part
    initial = {"answer": place.answer if place.answer != "none" else None, "note": place.answer_note}

    def move(form: AnswerForm) -> None:
        told = form.cleaned_data
        inviting.answer(place, coming=told["answer"] == "coming", note=told["note"], deputy=told["deputy"], by=request.user)

    form = AnswerForm(request.POST or None, deputies=inviting.deputies_offered(place), initial=initial)
    return steps.take(
        request, found.meeting, form, move, title="Your answer" if place.officer_id == request.user.officer_id else "Their answer",
        submit="Send the answer", done="Thank you. Your answer is kept.", template="meetings/answer.html", place=place,
    )  # fmt: skip


@abilities.reads(abilities.meeting)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Interests are declared before papers open; whoever came for a paper goes on to it."""
    if request.user.officer is None:
        return redirect("meetings:meeting", meeting_id=meeting.pk)
    form = DeclareForm(request.POST or None)

    def move(form: DeclareForm) -> None:
        inviting.declare(meeting, has_interest=form.cleaned_data["has_interest"], about=form.cleaned_data["about"], by=request.user)

    answer = steps.take(
        request, meeting, form, move, title="Declare your interests", submit="Declare", done="Thank you. Your declaration is kept.",
        template="meetings/declare.html", declared=meeting.declarations.filter(officer=request.user.officer_id),
        next=_way_back(request),
    )  # fmt: skip
    if answer.status_code == 302 and _way_back(request) and access.may_open_papers(request.user, meeting):
        return redirect(_way_back(request))
    return answer


@abilities.runs(abilities.attendance)
@require_http_methods(["GET", "POST"])
def declare_for(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Write down what somebody without account declares."""

    def move(form: DeclareForm) -> None:
        told = form.cleaned_data
        inviting.declare(found.meeting, has_interest=told["has_interest"], about=told["about"], officer=found.part.officer, by=request.user)

    form = DeclareForm(request.POST or None)
    title = "What this person declares"
    return steps.take(request, found.meeting, form, move, title=title, submit="Write it down", then="room", person=found.part.officer)


@abilities.chairs(abilities.declaration)
@require_http_methods(["GET", "POST"])
def decide_interest(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """What follows from an interest that somebody declared."""

    def move(form: InterestOutcomeForm) -> None:
        inviting.decide_interest(found.part, by=request.user, **form.cleaned_data)

    form = InterestOutcomeForm(request.POST or None, items=found.meeting.agenda.all())
    return steps.take(
        request, found.meeting, form, move, title="What follows from this interest", submit="Decide", done="Decided.",
        person=found.part.officer, words=found.part.about,
    )  # fmt: skip


def to_declare(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """To the declaration first, and back to what was asked for."""
    return redirect(f"{reverse('meetings:declare', args=[meeting.pk])}?next={request.path}")


def _way_back(request: HttpRequest) -> str:
    where = request.POST.get("next") or request.GET.get("next") or ""
    # Only pages of this room: nothing typed into an address leads anywhere else.
    is_ours = where.startswith("/meetings/") and url_has_allowed_host_and_scheme(where, allowed_hosts=None)
    return where if is_ours else ""
