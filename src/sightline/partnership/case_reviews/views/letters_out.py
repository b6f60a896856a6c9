"""Pages of what went out about a case, and of its diary."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.abilities import raised_incident
from sightline.partnership.case_reviews.clock_forms import DiaryForm, LetterOutForm
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.partnership.case_reviews.workflow import letters_out
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow


@needs("K5", "R", of=raised_incident)
@require_safe
def letters(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Every report and letter that went out, with what was sent to whom."""
    rows = incident.letters_out.select_related("document", "proof", "recorded_by__officer")
    return render(request, "case_reviews/letters_out.html", {**_about(request, incident), "rows": rows})


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def add_letter(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Record a letter that was sent."""
    return _add(request, incident, LetterOutForm, letters_out.record, "Record a letter that was sent", "letters_out")


@needs("K5", "R", of=raised_incident)
@require_safe
def diary(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Calls, e-mails and meetings about the case, newest first."""
    rows = incident.diary.select_related("document", "recorded_by__officer")
    return render(request, "case_reviews/diary.html", {**_about(request, incident), "rows": rows})


@needs("K5", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def add_diary_entry(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Write into the diary."""
    return _add(request, incident, DiaryForm, letters_out.note, "Write in the diary", "diary")


def _add(request: HttpRequest, incident: SeriousIncident, form_class: Any, move: Callable[..., Any], title: str, then: str) -> HttpResponse:
    if not access.can_consult(request.user, incident):
        raise Http404
    form = form_class(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            move(incident, **form.cleaned_data, by=request.user)
        except RefusedFile as refusal:
            form.add_error("file", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Recorded.")
            return redirect(f"case_reviews:{then}", incident_id=incident.pk)
    context = {**_about(request, incident), "form": form, "title": title, "back": then}
    return render(request, "case_reviews/add_to_letters.html", context)


def _about(request: HttpRequest, incident: SeriousIncident) -> dict[str, Any]:
    return {"incident": incident, "matter": incident.matter, "may_add": access.can_consult(request.user, incident)}
