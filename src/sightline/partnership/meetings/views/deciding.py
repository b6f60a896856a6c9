"""Pages of what a meeting decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.partnership.meetings import abilities, access
from sightline.partnership.meetings.abilities import PartOfMeeting
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.meetings.quorum import quorum_of
from sightline.partnership.meetings.room_forms import ActionForm, DecisionForm, DissentForm, RatifyForm
from sightline.partnership.meetings.views import steps
from sightline.partnership.meetings.workflow import deciding, holding, raising


@abilities.chairs(abilities.meeting)
@require_http_methods(["GET", "POST"])
def record_decision(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Record a decision with its options, criteria and reasons; quorum is asked at its moment."""
    now = timezone.now()
    initial = {"decided_at": now, "item": request.GET.get("item", "")}
    form = DecisionForm(request.POST or None, items=meeting.agenda.all(), initial=initial)

    def move(form: DecisionForm) -> None:
        deciding.record_decision(meeting, by=request.user, **form.told)

    quorum = quorum_of(meeting, at=now) if meeting.is_open else None
    return steps.take(
        request,
        meeting,
        form,
        move,
        title="Record a decision",
        submit="Record the decision",
        then="minutes",
        done="Recorded.",
        quorum=quorum,
        template="meetings/decide.html",
    )


@abilities.raises_action
@require_http_methods(["GET", "POST"])
def raise_action(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Raise an action, with who owns it, its day and its measure; the owner is written to at once."""
    opened = access.items_open(request.user, meeting)
    items = [item for item in meeting.agenda.all() if item.pk in opened]
    decisions = access.decisions_shown(request.user, meeting)
    officers = raising.owners_offered(meeting)
    form = ActionForm(
        request.POST or None, items=items, decisions=decisions, officers=officers, initial={"under": request.GET.get("under", "")}
    )

    def move(form: ActionForm) -> None:
        raised = raising.raise_action(meeting, by=request.user, **form.told)
        if not raising.is_told(raised.action.owner_officer):
            messages.warning(request, "The owner has no account here, so no letter went out. Tell them yourself today.")

    note = (
        "It goes into the register of actions, where the whole partnership reads it. Its owner reads it there without learning of the case."
    )
    return steps.take(
        request, meeting, form, move, title="Raise an action", submit="Raise the action", then="minutes", done="The action is raised.",
        note=note,
    )  # fmt: skip


@abilities.dissents
@require_http_methods(["GET", "POST"])
def record_dissent(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """Record that somebody did not agree: one's own dissent, or another's for the chair and the unit."""
    there = found.meeting.attendances.filter(was_present=True).select_related("officer__agency")
    if not access.can_chair(request.user, found.meeting):
        there = there.filter(officer=request.user.officer_id)
    form = DissentForm(request.POST or None, officers=[each.officer for each in there])

    def move(form: DissentForm) -> None:
        deciding.record_dissent(found.part, by=request.user, **form.cleaned_data)

    return steps.take(
        request, found.meeting, form, move, title="Record a dissent", submit="Record", then="minutes", done="The dissent is recorded.",
        **_words(request, found),
    )  # fmt: skip


@abilities.chairs(abilities.decision)
@require_http_methods(["GET", "POST"])
def ratify(request: HttpRequest, found: PartOfMeeting) -> HttpResponse:
    """A later meeting makes a recommendation a decision."""
    others = access.visible_to(request.user).filter(matter=found.meeting.matter)
    later = [each for each in others if holding.is_later_meeting_of(found.meeting, each)]
    form = RatifyForm(request.POST or None, meetings=later, initial={"ratified_at": timezone.now()})

    def move(form: RatifyForm) -> None:
        deciding.ratify(found.part, by=request.user, **form.cleaned_data)

    return steps.take(
        request, found.meeting, form, move, title="Ratify a recommendation", submit="Ratify", then="minutes", done="Ratified.",
        **_words(request, found),
    )  # fmt: skip


def _words(request: HttpRequest, found: PartOfMeeting) -> dict[str, Any]:
    """The text of the decision, for whoever may read it."""
    return {"words": found.part.text} if found.part in access.decisions_shown(request.user, found.meeting) else {}
