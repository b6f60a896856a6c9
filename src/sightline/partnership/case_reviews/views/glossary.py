"""Pages of who and where the chronologies name, held apart as identities are, and of the look whether any name can still be read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews import chronology_people, chronology_scan, combined_chronology, review_access, routes
from sightline.partnership.case_reviews.chronology_abilities import keeps_glossary, keeps_glossary_entry, reads_names
from sightline.partnership.case_reviews.chronology_forms import GlossaryForm
from sightline.partnership.case_reviews.finding_abilities import works_on_review
from sightline.partnership.case_reviews.models import GlossaryEntry, RapidReview
from sightline.partnership.case_reviews.views.chronology_names import about, how, shown_as
from sightline.partnership.case_reviews.workflow import glossary as moves
from sightline.partnership.people.models import Person
from sightline.procedures.errors import NotAllowedNow


@reads_names
@require_safe
def glossary(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Every code with whom it stands for. Each person's identity counts as opened."""
    shown_as(request, review, names=True)
    asked = routes.people_of(review)
    vault = Person.objects.in_bulk([each.matter_person.person_id for each in asked])
    people = [(each.called, vault[each.matter_person.person_id]) for each in asked]
    context = {
        **about(review), "people": people, "entries": chronology_people.glossary_of(review),
        "keeps": review_access.can_run_chronology(request.user, review),
    }  # fmt: skip
    return render(request, "case_reviews/glossary.html", context)


@keeps_glossary
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, review: RapidReview) -> HttpResponse:
    form = GlossaryForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            moves.add(review, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. The code stands in place of the name in every row.")
            return redirect("case_reviews:glossary", review_id=review.pk)
    return render(request, "case_reviews/glossary_entry.html", {**about(review), "form": form, "title": "Add to the glossary"})


@keeps_glossary_entry
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, thing: Any) -> HttpResponse:
    entry: GlossaryEntry = thing.part
    form = GlossaryForm(request.POST or None, initial=GlossaryForm.initial_of(entry))
    seen = request.POST.get("seen_version", "")
    if form.is_bound and form.is_valid():
        try:
            moves.change(entry, **form.cleaned_data, by=request.user, seen_version=int(seen) if seen.isdecimal() else 0)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. Codes stand in every row as they are now.")
            return redirect("case_reviews:glossary", review_id=thing.review.pk)
    context = {**about(thing.review), "form": form, "entry": entry, "title": f"Change {entry}", "seen_version": seen or entry.version}
    return render(request, "case_reviews/glossary_entry.html", context)


@keeps_glossary_entry
@require_POST
def remove(request: HttpRequest, thing: Any) -> HttpResponse:
    moves.remove(thing.part, by=request.user)
    messages.success(request, f"{thing.part} is taken out. The name can be read in the rows again.")
    return redirect("case_reviews:glossary", review_id=thing.review.pk)


@works_on_review
@require_safe
def scan(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Whether anything listed can still be read under codes; where, and never what."""
    combined = combined_chronology.of_review(review, how(request, review))
    context = {**about(review), "scan": chronology_scan.of_review(review, combined), "held_back": sum(combined.held_back.values())}
    return render(request, "case_reviews/glossary_scan.html", context)
