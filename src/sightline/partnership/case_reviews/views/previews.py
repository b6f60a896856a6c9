"""Pages of versions for a family or the public. They are looked at here, on the screen; there is no way to take one out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews import chronology_people, chronology_versions, review_access
from sightline.partnership.case_reviews.finding_abilities import (
    prepares_fact,
    prepares_preview,
    reads_findings,
    reads_preview,
    works_on_review,
)
from sightline.partnership.case_reviews.finding_forms import WhyForm
from sightline.partnership.case_reviews.models import RapidReview, VersionPreview
from sightline.partnership.case_reviews.preview_forms import LeaveOutForm, MakeForm, ProtectForm, ViewForm
from sightline.partnership.case_reviews.views.chronology_names import about, how
from sightline.partnership.case_reviews.workflow import chronology_previews as moves
from sightline.procedures.errors import NotAllowedNow


@reads_findings
@require_safe
def listed(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Every version that was begun, and how far it has come."""
    called = chronology_people.called_in_family(review)
    rows = [(each, called.get(each.recipient_id or "", "")) for each in review.previews.select_related("made_by__officer")]
    context = {**about(review), "rows": rows, "prepares": review_access.can_work_on_chronology(request.user, review)}
    return render(request, "case_reviews/previews.html", context)


@works_on_review
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, review: RapidReview) -> HttpResponse:
    form = MakeForm(request.POST or None, recipients=chronology_versions.recipients(review))
    if form.is_bound and form.is_valid():
        try:
            made = moves.make(review, **form.cleaned_data, by=request.user)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case_reviews:preview", preview_id=made.pk)
    context = {**about(review), "form": form, "title": "Begin a version", "submit": "Show it"}
    return render(request, "case_reviews/preview_step.html", context)


@reads_preview
@require_safe
def shown(request: HttpRequest, thing: Any) -> HttpResponse:
    """The version as its reader would see it, with everything that still stands against it."""
    preview: VersionPreview = thing.part
    version = chronology_versions.of_preview(preview, how(request, thing.review))
    called = chronology_people.called_in_family(thing.review)
    prepares = review_access.can_work_on_chronology(request.user, thing.review)
    agree = moves.sides_that_agree(preview)
    context = {
        **about(thing.review), "preview": preview, "version": version, "called": called.get(preview.recipient_id or "", ""),
        "lines": version.lines[: chronology_versions.MOST_SHOWN], "prepares": prepares,
        "protected": preview.protected.all() if prepares else [], "protected_count": preview.protected.count(),
        "views": preview.views.select_related("recorded_by__officer"), "left_out": preview.left_out.count(),
        "lacking": [label for side, label in moves.PreviewView.SIDES if side not in agree],
        "has_changed": bool(preview.put_forward_mark) and preview.status != "prepared" and version.mark != preview.put_forward_mark,
        "leave_out": LeaveOutForm(),
    }  # fmt: skip
    return render(request, "case_reviews/preview.html", context)


@prepares_preview
@require_http_methods(["GET", "POST"])
def protect(request: HttpRequest, thing: Any) -> HttpResponse:
    form = ProtectForm(request.POST or None)
    move = lambda said: moves.protect(thing.part, **said, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, "Keep something from this reader")


@prepares_fact
@require_POST
def no_longer_protect(request: HttpRequest, thing: Any) -> HttpResponse:
    return _press(request, thing.part.preview, lambda: moves.no_longer_protect(thing.part, by=request.user))


@prepares_preview
@require_http_methods(["GET", "POST"])
def leave_out(request: HttpRequest, thing: Any) -> HttpResponse:
    form = LeaveOutForm(request.POST or None)

    def move(said: dict[str, Any]) -> object:
        if request.POST.get("seen_mark") != chronology_versions.mark_of(thing.part):
            raise NotAllowedNow("The rows have changed since you looked. Look at their numbers again.")
        rows = chronology_versions.numbered(thing.part, how(request, thing.review), form.chosen())
        return moves.leave_out(thing.part, rows=rows, by=request.user)

    hidden = {"seen_mark": request.POST.get("seen_mark") or chronology_versions.mark_of(thing.part)}
    return _take(request, thing.part, form, move, "Leave rows out", hidden=hidden)


@prepares_preview
@require_POST
def put_all_back(request: HttpRequest, thing: Any) -> HttpResponse:
    return _press(request, thing.part, lambda: moves.put_all_back(thing.part, by=request.user))


@prepares_preview
@require_POST
def put_forward(request: HttpRequest, thing: Any) -> HttpResponse:
    return _press(request, thing.part, lambda: moves.put_forward(thing.part, by=request.user))


@prepares_preview
@require_http_methods(["GET", "POST"])
def record_view(request: HttpRequest, thing: Any) -> HttpResponse:
    form = ViewForm(request.POST or None)
    move = lambda said: moves.record_view(thing.part, **said, by=request.user)  # noqa: E731
    return _take(request, thing.part, form, move, "What police or lawyers say")


@prepares_preview
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, thing: Any) -> HttpResponse:
    form = WhyForm(request.POST or None)
    return _take(request, thing.part, form, lambda said: moves.take_back(thing.part, **said, by=request.user), "Take it back to change it")


@prepares_preview
@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, thing: Any) -> HttpResponse:
    form = WhyForm(request.POST or None)
    return _take(request, thing.part, form, lambda said: moves.drop(thing.part, **said, by=request.user), "Drop this version")


def _take(
    request: HttpRequest, preview: VersionPreview, form: Any, move: Callable[[dict[str, Any]], object], title: str,
    hidden: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """A form of one step: taken, refused with a sentence, or shown."""
    if form.is_bound and form.is_valid():
        try:
            move(form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept.")
            return redirect("case_reviews:preview", preview_id=preview.pk)
    context = {**about(preview.review), "form": form, "title": title, "preview": preview, "submit": "Save", "hidden": hidden or {}}
    return render(request, "case_reviews/preview_step.html", context)


def _press(request: HttpRequest, preview: VersionPreview, move: Callable[[], object]) -> HttpResponse:
    try:
        move()
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Kept.")
    return redirect("case_reviews:preview", preview_id=preview.pk)
