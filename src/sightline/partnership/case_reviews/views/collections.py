"""Rows that belong to an incident: children, people around them, professionals, proceedings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sightline.partnership.accounts.access import stepped_up
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, sections
from sightline.partnership.case_reviews.abilities import edits_incident
from sightline.partnership.case_reviews.forms import ChildDetailsForm, ProceedingForm, ProfessionalForm, SignificantPersonForm
from sightline.partnership.case_reviews.models import (
    STRUCTURED_CHILDREN,
    IncidentChild,
    InvolvedProfessional,
    ParallelProceeding,
    SeriousIncident,
    SignificantPerson,
)
from sightline.partnership.case_reviews.views import typing
from sightline.partnership.case_reviews.workflow import incidents
from sightline.partnership.need_to_know.abilities import ask_who_it_is
from sightline.partnership.need_to_know.workflow import registers
from sightline.partnership.people.forms import AdultIdentityForm, ChildIdentityForm
from sightline.partnership.people.models import Person


@dataclass(frozen=True)
class Collection:
    """A kind of row: what one is called, its form, and the vault's form beside it if it is a person."""

    one: str
    model: type[Model]
    form: type[BaseForm]
    identity: Callable[..., BaseForm] | None = None


COLLECTIONS = {
    "children": Collection("child", IncidentChild, ChildDetailsForm, ChildIdentityForm),
    "people": Collection("person", SignificantPerson, SignificantPersonForm, AdultIdentityForm),
    "professionals": Collection("professional", InvolvedProfessional, ProfessionalForm),
    "proceedings": Collection("proceeding", ParallelProceeding, ProceedingForm),
}


def rows(incident: SeriousIncident, slug: str) -> list[Model]:
    found = COLLECTIONS[slug].model.objects.filter(incident=incident)
    return list(found.select_related("person") if COLLECTIONS[slug].identity else found)


def show(request: HttpRequest, incident: SeriousIncident, slug: str) -> HttpResponse:
    """The rows recorded so far, with a way to add, change and remove each."""
    context = {
        "incident": incident, "matter": incident.matter, "section": sections.SECTION_BY_SLUG[slug], "items": rows(incident, slug),
        "one": COLLECTIONS[slug].one, "slug": slug,
    }  # fmt: skip
    return render(request, "case_reviews/collection.html", context)


@edits_incident
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    """Add one row, or change one that is there."""
    slug, collection, item = _find(request, incident)
    if item is None and slug == "children" and incident.children.count() >= STRUCTURED_CHILDREN:
        return render(request, "case_reviews/too_many_children.html", {"incident": incident, "matter": incident.matter})
    form_name = f"incident-{slug}"
    about = item.pk if item else incident.pk
    person = item.person if item and collection.identity else None
    shows_who = collection.identity is not None
    if person is not None and not incident.is_draft:
        shows_who = access.can(request.user, "I", "K1", incident)
        if shows_who and request.method == "GET":
            if not stepped_up(request):
                return ask_who_it_is(request)
            trail.record_reading("identity", person, by=request.user, kind="K1", matter_id=incident.matter_id)

    def details(data: Any) -> BaseForm:
        return collection.form(data, instance=item, prefix="details")

    def identity(data: Any) -> BaseForm | None:
        return collection.identity(data, person=person, prefix="identity") if shows_who else None

    if request.method == "POST":
        form, identity_form = typing.posted(request, details(request.POST)), identity(request.POST)
        if form.is_valid() & (identity_form is None or identity_form.is_valid()):
            _save(incident, slug, form, identity_form, by=request.user)
            typing.discard(request, form_name, about)
            return redirect("case_reviews:section", incident_id=incident.pk, section=slug)
    else:
        form = typing.restore(request.user, form_name, about, details)
        identity_form = typing.restore(request.user, form_name, about, identity) if shows_who else None
    context = {
        "incident": incident,
        "matter": incident.matter,
        "section": sections.SECTION_BY_SLUG[slug],
        "form": form,
        "identity_form": identity_form,
        "is_kept_apart": person is not None and not shows_who,
        "item": item,
        "one": collection.one,
        "slug": slug,
        "autosave": typing.url(form_name, about),
    }
    return render(request, "case_reviews/write_item.html", context)


@edits_incident
@require_POST
def remove(request: HttpRequest, incident: SeriousIncident) -> HttpResponse:
    slug, _, item = _find(request, incident)
    if item is None:
        raise Http404
    with transaction.atomic():
        item.delete()
        incidents.touch(incident, action=f"serious_incident.{slug}_removed", by=request.user, fields=[slug])
    return redirect("case_reviews:section", incident_id=incident.pk, section=slug)


def _find(request: HttpRequest, incident: SeriousIncident) -> tuple[str, Collection, Any]:
    kwargs = request.resolver_match.kwargs
    slug = kwargs["section"]
    if slug not in COLLECTIONS:
        raise Http404
    collection = COLLECTIONS[slug]
    item = get_object_or_404(collection.model, pk=kwargs["item_id"], incident=incident) if "item_id" in kwargs else None
    return slug, collection, item


@transaction.atomic
def _save(incident: SeriousIncident, slug: str, form: Any, identity_form: Any, *, by: Any) -> None:
    row = form.save(commit=False)
    row.incident = incident
    person: Person | None = identity_form.save(by=by, matter_id=incident.matter_number) if identity_form is not None else None
    if person is not None:
        row.person = person
    if slug == "children" and row.position is None:
        taken = set(incident.children.values_list("position", flat=True))
        row.position = next(n for n in range(1, STRUCTURED_CHILDREN + 1) if n not in taken)
    row.save()
    if person is not None and incident.matter_id:
        registers.match_registers(incident.matter, [person], by=by)
    incidents.touch(incident, action=f"serious_incident.{slug}_changed", by=by, fields=form.changed_data)
