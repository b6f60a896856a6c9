"""The chronology as a picture with the same in a table, its people, and key practice episodes."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.case_reviews import (
    chronology_cast,
    chronology_picture,
    chronology_story,
    combined_chronology,
    findings_shown,
    review_access,
)
from sightline.partnership.case_reviews.chronology_abilities import may_open_names, reads_names
from sightline.partnership.case_reviews.chronology_forms import WantedForm
from sightline.partnership.case_reviews.finding_abilities import reads_episode, reads_findings, weighs_episode, works_on_review
from sightline.partnership.case_reviews.finding_forms import EpisodeForm, WhyForm
from sightline.partnership.case_reviews.models import KeyEpisode, RapidReview
from sightline.partnership.case_reviews.views.chronology_names import about, how, shown_as
from sightline.partnership.case_reviews.workflow import finding_uses
from sightline.procedures.errors import NotAllowedNow

MOST_LISTED = 300  # rows of the table below a picture


@reads_findings
@require_http_methods(["GET", "HEAD", "POST"])
def timeline(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """A lane for each agency, with what the rules and people say over it, and the same as a table."""
    return _timeline(request, review, "case_reviews/chronology_timeline.html", names=False)


@reads_names
@require_http_methods(["GET", "HEAD", "POST"])
def timeline_named(request: HttpRequest, review: RapidReview) -> HttpResponse:
    return _timeline(request, review, "case_reviews/chronology_timeline.html", names=True)


@reads_findings
@require_http_methods(["GET", "HEAD", "POST"])
def timeline_print(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The same for a sheet of A3."""
    return _timeline(request, review, "case_reviews/chronology_timeline_print.html", names=False)


@reads_names
@require_http_methods(["GET", "HEAD", "POST"])
def timeline_print_named(request: HttpRequest, review: RapidReview) -> HttpResponse:
    return _timeline(request, review, "case_reviews/chronology_timeline_print.html", names=True)


def _timeline(request: HttpRequest, review: RapidReview, template: str, *, names: bool) -> HttpResponse:
    reader = how(request, review)
    everything = combined_chronology.of_review(review, reader, **shown_as(request, review, names=names))
    agencies = {pk: f"{name} ({code})" for pk, (name, code, _) in everything.agencies.items()}
    form = WantedForm(request.POST if "agency" in request.POST else None, agencies=agencies, people=everything.called_by_id)
    shown = combined_chronology.narrowed(everything, form.wanted())
    first, last, zoom = chronology_picture.stretch(everything, request.POST.get("zoom", ""), request.POST.get("first", ""))
    drawn = (
        chronology_picture.draw(review, shown, findings_shown.of_review(review, reader, combined=everything), first, last)
        if first and last
        else None
    )
    context = {
        **about(review, names=names), "shown": shown, "form": form, "wanted": form.wanted(), "drawn": drawn, "first": first,
        "last": last, "zoom": zoom, "zooms": chronology_picture.ZOOMS, "earlier": chronology_picture.moved(first, zoom, -1),
        "later": chronology_picture.moved(first, zoom, 1),
        "listed": _listed(shown, first, last),
        "most": MOST_LISTED, "most_slice": f":{MOST_LISTED}",
        "kept": [(name, value) for name, value in request.POST.items() if name in form.fields or name.startswith(("since_", "until_"))],
        "missing": combined_chronology.missing(review),
    }  # fmt: skip
    return render(request, template, context)


def _listed(shown: combined_chronology.Combined, first: date | None, last: date | None) -> list[combined_chronology.Shown]:
    """The rows of the stretch of time, for the table."""
    if first is None or last is None:
        return []
    return [row for row in shown.rows if row.when.start and row.when.start <= last and (row.when.end or row.when.start) >= first]


@reads_findings
@require_safe
def cast(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Who is who, by generation, with how many rows of which agency name them."""
    reader = how(request, review)
    context = {
        **about(review), "generations": chronology_cast.of_review(review, reader), "may_open": may_open_names(reader, review),
        "works": review_access.can_work_on_chronology(request.user, review),
    }  # fmt: skip
    return render(request, "case_reviews/chronology_cast.html", context)


@reads_findings
@require_safe
def episodes(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Key practice episodes in the order of time."""
    readable = _readable(request, review)
    listed = [
        (each, chronology_story.ages_on(review, each.starts_on))
        for each in KeyEpisode.objects.filter(review=review, removed_because="").prefetch_related("rows")
        if all(row.pk in readable for row in each.rows.all())
    ]
    weighs = review_access.can_work_on_chronology(request.user, review)
    return render(request, "case_reviews/key_episodes.html", {**about(review), "episodes": listed, "weighs": weighs})


@reads_episode
@require_safe
def episode(request: HttpRequest, thing: Any) -> HttpResponse:
    """One episode with its rows by agency and how old the child was."""
    found: KeyEpisode = thing.part
    readable = _readable(request, found.review)
    context = {
        **about(found.review), "episode": found, "ages": chronology_story.ages_on(found.review, found.starts_on),
        "rows": [readable[row.pk] for row in found.rows.all() if row.pk in readable],
        "from_findings": found.from_findings.select_related("finding"),
        "around": [row for row in readable.values() if row.when.start and found.starts_on <= row.when.start <= found.ends_on],
        "weighs": review_access.can_work_on_chronology(request.user, found.review),
    }  # fmt: skip
    return render(request, "case_reviews/key_episode.html", context)


@works_on_review
@require_http_methods(["GET", "POST"])
def write_episode(request: HttpRequest, review: RapidReview) -> HttpResponse:
    form = EpisodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = finding_uses.write_episode(review, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("case_reviews:key_episode", episode_id=made.pk)
    context = {**about(review), "form": form, "title": "Write a key practice episode", "submit": "Save"}
    return render(request, "case_reviews/episode_step.html", context)


@weighs_episode
@require_http_methods(["GET", "POST"])
def change_episode(request: HttpRequest, thing: Any) -> HttpResponse:
    found: KeyEpisode = thing.part
    form = EpisodeForm(request.POST or None, initial={name: getattr(found, name) for name in ("title", "starts_on", "ends_on", "text")})
    if form.is_bound and form.is_valid():
        seen = request.POST.get("seen_version", "")
        try:
            finding_uses.change_episode(found, **form.cleaned_data, by=request.user, seen_version=int(seen) if seen.isdecimal() else 0)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("case_reviews:key_episode", episode_id=found.pk)
    hidden = {"seen_version": request.POST.get("seen_version") or found.version}
    context = {**about(found.review), "form": form, "episode": found, "title": "Change this episode", "submit": "Save", "hidden": hidden}
    return render(request, "case_reviews/episode_step.html", context)


@weighs_episode
@require_http_methods(["GET", "POST"])
def remove_episode(request: HttpRequest, thing: Any) -> HttpResponse:
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            finding_uses.remove_episode(thing.part, because=form.cleaned_data["because"], by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Taken away. It stays on record with your reason.")
            return redirect("case_reviews:key_episodes", review_id=thing.review.pk)
    context = {**about(thing.review), "form": form, "episode": thing.part, "title": "Take this episode away", "submit": "Take it away"}
    return render(request, "case_reviews/episode_step.html", context)


def _readable(request: HttpRequest, review: RapidReview) -> dict[str, combined_chronology.Shown]:
    return {row.pk: row for row in combined_chronology.of_review(review, how(request, review), names=False).rows}
