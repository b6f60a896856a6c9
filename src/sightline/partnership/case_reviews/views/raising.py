"""Pages on which an incident is written: begun, filled in section by section, checked and raised."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sightline.partnership.case_reviews import questions, sections
from sightline.partnership.case_reviews.abilities import edits_incident, raises_incidents
from sightline.partnership.case_reviews.forms import LegalTestForm, LocalReferenceForm, SafetyForm
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.partnership.case_reviews.views import collections, typing
from sightline.partnership.case_reviews.workflow import consideration, incidents, safety
from sightline.partnership.documents.access import papers_of
from sightline.partnership.documents.models import Document
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.section_16c import what_the_answers_say


@raises_incidents
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what this is for, then start a draft."""
    if request.method == "POST":
        incident = incidents.begin(by=request.user)
        return redirect("case_reviews:section", incident_id=incident.pk, section="safety")
    drafts = SeriousIncident.objects.filter(status="draft", raised_by=request.user).order_by("-changed_at")
    return render(request, "case_reviews/begin.html", {"drafts": drafts})


@edits_incident
def overview(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """The task list: every section and how far it has come."""
    return render(request, "case_reviews/overview.html", {"incident": incident, "matter": incident.matter, "states": _states(incident)})


@edits_incident
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """One section's page."""
    slug = request.resolver_match.kwargs["section"]
    if slug not in sections.SECTION_BY_SLUG:
        raise Http404
    if slug == "safety":
        return _safety(request, incident)
    if slug == "legal-test":
        return _legal_test(request, incident)
    if slug in collections.COLLECTIONS and slug != "children":
        return collections.show(request, incident, slug)
    if slug == "documents":
        return _documents(request, incident)
    return _plain_section(request, incident, slug)


def _plain_section(request: HttpRequest, incident: SeriousIncident, slug: str) -> HttpResponse:
    part = sections.SECTION_BY_SLUG[slug]
    assert part.form is not None
    form_name = f"incident-{slug}"
    seen = _seen_version(request, incident)
    now_recorded: list[tuple[str, Any]] = []
    if request.method == "POST":
        form = typing.posted(request, part.form(request.POST, instance=incident))
        if form.is_valid():
            try:
                incidents.save_section(incident, form=form, seen_version=seen, by=request.user)
            except incidents.ChangedMeanwhile as changed:
                incident.refresh_from_db()
                seen = incident.version
                form.add_error(None, str(changed))
                now_recorded = [(form[name].label, getattr(incident, name)) for name in form.changed_data]
            else:
                typing.discard(request, form_name, incident.pk)
                return redirect(_after(request, incident, slug))
    else:
        form = typing.restore(request.user, form_name, incident.pk, lambda data: part.form(data, instance=incident))
    context = {
        **_page(incident, slug),
        "form": form,
        "seen_version": seen,
        "now_recorded": now_recorded,
        "autosave": typing.url(form_name, incident.pk),
    }
    if slug == "children":
        context["items"] = collections.rows(incident, "children")
    return render(request, "case_reviews/section.html", context)


def _safety(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    form_name = "incident-safety"
    if request.method == "POST":
        form = typing.posted(request, SafetyForm(request.POST))
        if form.is_valid():
            if answers := form.answers():
                safety.record_answers(incident, answers=answers, by=request.user)
            if form.cleaned_data["is_concern"]:
                safety.raise_concern(incident, what=form.cleaned_data["concern"], by=request.user)
                messages.success(request, "Your worry has been recorded for the duty person. If a child is in immediate danger, ring 999.")
            typing.discard(request, form_name, incident.pk)
            return redirect(_after(request, incident, "safety"))
    else:
        form = typing.restore(request.user, form_name, incident.pk, lambda data: SafetyForm(data))
    context = {**_page(incident, "safety"), "form": form, "autosave": typing.url(form_name, incident.pk)}
    return render(request, "case_reviews/safety.html", context)


def _legal_test(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    form_name = "incident-legal-test"
    answered = list(incident.legal_test_answers.all())
    initial = {row.question: row.answer for row in answered} | {f"{row.question}_reason": row.reason for row in answered}
    if request.method == "POST":
        form = typing.posted(request, LegalTestForm(request.POST, initial=initial))
        if form.is_valid():
            consideration.answer_legal_test(incident, answers=form.answers(), by=request.user)
            typing.discard(request, form_name, incident.pk)
            return redirect(_after(request, incident, "legal-test"))
    else:
        form = typing.restore(request.user, form_name, incident.pk, lambda data: LegalTestForm(data, initial=initial))
    explanation = what_the_answers_say(
        {row.question: row.answer for row in answered}, None if incident.is_draft else incident.rules, incident.aware_on
    )
    context = {
        **_page(incident, "legal-test"),
        "form": form,
        "explanation": explanation,
        "back": reverse("case_reviews:overview", args=[incident.pk]),
        "autosave": typing.url(form_name, incident.pk),
    }
    return render(request, "case_reviews/legal_test.html", context)


def _documents(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    papers = papers_of(incident.matter, request.user) if incident.matter else None
    return render(request, "case_reviews/documents.html", {**_page(incident, "documents"), "papers": papers})


@edits_incident
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Read everything once more, then raise it."""
    if not incident.is_draft:
        return redirect("case_reviews:incident", incident_id=incident.pk)
    problem = ""
    if request.method == "POST":
        try:
            raised = incidents.raise_incident(incident, by=request.user)
        except NotAllowedNow as refusal:
            problem = str(refusal)
        else:
            return redirect("case_reviews:raised", incident_id=raised.pk)
    context = {
        "incident": incident, "missing": questions.missing_before_raising(incident), "states": _states(incident), "problem": problem,
        "safety_is_open": questions.safety_is_open(incident),
    }  # fmt: skip
    return render(request, "case_reviews/check.html", context)


@edits_incident
@require_POST
def discard(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    incidents.discard(incident, by=request.user)
    messages.success(request, "The draft has been thrown away.")
    return redirect("case_reviews:begin")


@edits_incident
@require_http_methods(["GET", "POST"])
def local_reference(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Your own number for this incident; optional, and never shown in an address."""
    form = LocalReferenceForm(request.POST or None, instance=incident)
    if request.method == "POST" and form.is_valid():
        incidents.save_section(incident, form=form, seen_version=incident.version, by=request.user)
        return redirect("case_reviews:incident", incident_id=incident.pk)
    return render(
        request,
        "case_reviews/plain_form.html",
        {"incident": incident, "matter": incident.matter, "form": form, "title": "Your own reference"},
    )


def _page(incident: SeriousIncident, slug: str) -> dict[str, Any]:
    return {"incident": incident, "matter": incident.matter, "section": sections.SECTION_BY_SLUG[slug], "states": _states(incident)}


def _states(incident: SeriousIncident) -> list[sections.SectionState]:
    documents = Document.objects.held().filter(matter=incident.matter).count() if incident.matter else 0
    return [row for row in sections.states(incident, documents) if row.section.slug != "documents" or not incident.is_draft]


def _seen_version(request: HttpRequest, incident: SeriousIncident) -> int:
    typed = request.POST.get("seen_version", "")
    return int(typed) if typed.isdecimal() else incident.version


def _after(request: HttpRequest, incident: SeriousIncident, slug: str) -> str:
    """The next section of a draft; the list of sections once an incident has been raised or the person asked to stop."""
    order = [part.slug for part in sections.SECTIONS if part.slug != "documents"]
    if incident.is_draft and "stop" not in request.POST and slug in order and slug != order[-1]:
        return reverse("case_reviews:section", args=[incident.pk, order[order.index(slug) + 1]])
    return reverse("case_reviews:check" if incident.is_draft and slug == order[-1] else "case_reviews:overview", args=[incident.pk])
