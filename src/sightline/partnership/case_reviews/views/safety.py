"""Pages about a child in danger now, and about the family and the staff."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sightline.partnership.case_reviews.abilities import immediate_concern, raised_incident
from sightline.partnership.case_reviews.forms import ConcernAnswerForm, FamilyAndStaffForm, FamilyContactForm
from sightline.partnership.case_reviews.models import FamilyAndStaff, SeriousIncident
from sightline.partnership.case_reviews.workflow import family, safety
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow


@needs("K3", "R", of=immediate_concern)
@require_http_methods(["GET", "POST"])
def answer_concern(request: HttpRequest, part: Any) -> HttpResponse:
    """What was done about a child in danger."""
    form = ConcernAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            safety.answer_concern(part.part, what_was_done=form.cleaned_data["what_was_done"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "What was done has been recorded.")
            return redirect("case_reviews:incident", incident_id=part.incident.pk)
    context = {"incident": part.incident, "matter": part.matter, "concern": part.part, "form": form}
    return render(request, "case_reviews/answer_concern.html", context)


@needs("K6", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def family_and_staff(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Views before contact, liaison, support for practitioners, the press line; and each contact that there was."""
    held = FamilyAndStaff.objects.filter(incident=incident).first()
    form = FamilyAndStaffForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        family.save(incident, form=form, by=request.user)
        messages.success(request, "Saved.")
        return redirect("case_reviews:family", incident_id=incident.pk)
    contacts = incident.family_contacts.select_related("recorded_by__officer")
    context = {
        "incident": incident,
        "matter": incident.matter,
        "form": form,
        "contacts": contacts,
        "views_recorded": family.views_recorded(held),
    }
    return render(request, "case_reviews/family.html", context)


@needs("K6", "E", of=raised_incident)
@require_http_methods(["GET", "POST"])
def add_family_contact(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    form = FamilyContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            family.add_contact(incident, form=form, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:family", incident_id=incident.pk)
    return render(request, "case_reviews/add_family_contact.html", {"incident": incident, "matter": incident.matter, "form": form})
