"""Steps of an action: what its owner says, what the sub-group sees, and what the Executive decides."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.partnership.actions import abilities, access, forms
from sightline.partnership.actions.abilities import Seen
from sightline.partnership.actions.workflow import actions
from sightline.partnership.documents.workflow import RefusedFile
from sightline.procedures.errors import NotAllowedNow


def _take(
    request: HttpRequest, seen: Seen, form: Any, move: Callable[[dict[str, Any]], object], title: str, submit: str, **more: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            move(form.cleaned_data)
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect("actions:action", action_id=seen.thing.pk)
    context = {"form": form, "title": title, "submit": submit, "action": seen.thing, "matter": seen.matter, **more}
    return render(request, "actions/step.html", context)


@abilities.updates
@require_http_methods(["GET", "POST"])
def update(request: HttpRequest, seen: Seen) -> HttpResponse:
    """Say how an action stands."""
    found = seen.thing
    form = forms.UpdateForm(request.POST or None, initial={"status": found.status, "version": found.version})
    kept: dict[str, Any] = {}

    def move(sent: dict[str, Any]) -> None:
        version = sent.pop("version")
        if version != found.version:
            kept["kept"] = found.updates.last()
            form.data = form.data.copy()
            form.data["version"] = str(found.version)
            raise NotAllowedNow("Something was recorded meanwhile; it is shown below. Save again to add yours.")
        actions.update(found, **sent, by=request.user)

    return _take(request, seen, form, move, "How the action stands", "Save", kept=kept)


@abilities.updates
@require_http_methods(["GET", "POST"])
def add_evidence(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.EvidenceForm(request.POST or None, request.FILES or None)
    return _take(request, seen, form, lambda sent: actions.add_evidence(seen.thing, **sent, by=request.user), "Add evidence", "Add")


@abilities.withdraws_evidence
@require_http_methods(["GET", "POST"])
def withdraw_evidence(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.ReasonsForm(request.POST or None)
    move = lambda sent: actions.withdraw_evidence(seen.part, **sent, by=request.user)  # noqa: E731
    return _take(request, seen, form, move, "Withdraw evidence", "Withdraw")


@abilities.updates
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.DayForm(request.POST or None)
    move = lambda sent: actions.say_done(seen.thing, done_on=sent["day"], text=sent["text"], by=request.user)  # noqa: E731
    return _take(request, seen, form, move, "Say that it is done", "It is done")


@abilities.assures
@require_http_methods(["GET", "POST"])
def assure(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.DayAndReasonsForm(request.POST or None)
    move = lambda sent: actions.assure(seen.thing, assured_on=sent["day"], because=sent["because"], by=request.user)  # noqa: E731
    return _take(request, seen, form, move, "Assure that it was done", "Assure")


@abilities.assures
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.ReasonsForm(request.POST or None)
    return _take(request, seen, form, lambda sent: actions.send_back(seen.thing, **sent, by=request.user), "Send back", "Send back")


@abilities.assures
@require_http_methods(["GET", "POST"])
def difference(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.DayAndReasonsForm(request.POST or None)
    move = lambda sent: actions.say_difference(seen.thing, difference_on=sent["day"], because=sent["because"], by=request.user)  # noqa: E731
    return _take(request, seen, form, move, "Record the difference to children", "Record")


@abilities.closes
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.DayForm(request.POST or None)
    move = lambda sent: actions.close(seen.thing, closed_on=sent["day"], text=sent["text"], by=request.user)  # noqa: E731
    return _take(request, seen, form, move, "Record that the Executive closed it", "Close")


@abilities.closes
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.ReasonsForm(request.POST or None)
    return _take(request, seen, form, lambda sent: actions.reopen(seen.thing, **sent, by=request.user), "Open it again", "Open again")


@abilities.runs
@require_http_methods(["GET", "POST"])
def change_due(request: HttpRequest, seen: Seen) -> HttpResponse:
    form = forms.DayAndReasonsForm(request.POST or None)
    form.fields["day"].label, form.fields["because"].label = "New date", "Why the date is changed"
    move = lambda sent: actions.change_due(seen.thing, due_on=sent["day"], because=sent["because"], by=request.user)  # noqa: E731
    return _take(request, seen, form, move, "Change the date", "Change")


@abilities.runs
@require_http_methods(["GET", "POST"])
def supersede(request: HttpRequest, seen: Seen) -> HttpResponse:
    others = access.visible_to(request.user).exclude(pk=seen.thing.pk).filter(superseded_by__isnull=True, closed_on__isnull=True)
    form = forms.SupersedeForm(request.POST or None, actions=others)
    return _take(request, seen, form, lambda sent: actions.supersede(seen.thing, **sent, by=request.user), "Replace by another", "Replace")
