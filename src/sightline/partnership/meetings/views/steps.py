"""One step of a meeting: a form that is shown, and the move it makes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.meetings.models import Meeting
from sightline.procedures.errors import NotAllowedNow


def take(
    request: HttpRequest, meeting: Meeting, form: Any, move: Callable[[Any], object], *, title: str, submit: str, then: str = "meeting",
    done: str = "Saved.", template: str = "meetings/step.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; make its move when it is sent and right; say what was wrong beside what was typed when it is not."""
    if request.method == "POST" and form.is_valid():
        try:
            move(form)
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(f"meetings:{then}", meeting_id=meeting.pk)
    told = {**about(meeting), "form": form, "title": title, "submit": submit, "then": then, **context}
    return render(request, template, told)


def press(request: HttpRequest, meeting: Meeting, move: Callable[[], object], *, done: str, then: str = "meeting") -> HttpResponse:
    """Make a move that needs no form, and say what came of it."""
    try:
        move()
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(f"meetings:{then}", meeting_id=meeting.pk)


def seen_again(form: Any, version: int) -> None:
    """After a refusal the page shows what is kept now, so that a second saving is knowingly over it."""
    form.data = form.data.copy()
    form.data["version"] = str(version)


def about(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "matter": meeting.matter}
