"""Pages by which chronologies go out as files, and on which it is said whether proceedings are under way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.case_reviews import chronology_out, combined_chronology
from sightline.partnership.case_reviews.abilities import answers_by_link, reads_own_request
from sightline.partnership.case_reviews.chronology_abilities import runs_chronology, runs_chronology_file
from sightline.partnership.case_reviews.chronology_forms import ProceedingsForm, TakeAgencyForm, TakeOutForm
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink, ChronologyFile, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.views import chronologies
from sightline.partnership.case_reviews.views.answer_by_link import way_of
from sightline.partnership.case_reviews.views.answers import by_account
from sightline.partnership.case_reviews.workflow import chronology_exports
from sightline.procedures.errors import NotAllowedNow


@runs_chronology
@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The combined chronology as a file for one reader."""

    def move(said: dict[str, Any]) -> bytes:
        return chronology_exports.take_out(review, **said, by=request.user)

    name = f"combined-chronology-{review.matter.reference}"
    return _take(request, review, TakeOutForm(request.POST or None), move, name=name, title="Take out the combined chronology")


@runs_chronology_file
@require_http_methods(["GET", "POST"])
def take_out_for_agency(request: HttpRequest, thing: Any) -> HttpResponse:
    """One agency's own table, to be corrected by it and sent again."""
    file: ChronologyFile = thing.part

    def move(said: dict[str, Any]) -> bytes:
        return chronology_exports.take_out_for_agency(file, **said, by=request.user)

    title = f"Take out the chronology of {file.agency}"
    name = f"chronology-{file.review.matter.reference}"
    return _take(request, file.review, TakeAgencyForm(request.POST or None), move, name=name, title=title, agency=file.agency)


@reads_own_request
@require_safe
def take_own(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """An agency's own table, given back to the agency that wrote it."""
    told = request.resolver_match.kwargs
    way = by_account(request, asked)
    return _own(request, chronologies.file_of(asked, told["file_id"]), told["kind"], way.writer, way.url("own_chronology"))


@answers_by_link
@require_safe
def take_own_by_link(request: HttpRequest, link: AnswerLink, file_id: str, kind: str) -> HttpResponse:
    way = way_of(link)
    return _own(request, chronologies.file_of(link.request, file_id), kind, way.writer, way.url("own_chronology"))


@runs_chronology
@require_http_methods(["GET", "POST"])
def proceedings(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Whether criminal or family proceedings are under way: while they are, no chronology goes out as a file."""
    form = ProceedingsForm(request.POST or None, initial={"are_live": "yes" if review.matter.live_proceedings else "no"})
    if form.is_bound and form.is_valid():
        chronology_exports.set_proceedings(review, are_live=form.cleaned_data["are_live"] == "yes", by=request.user)
        messages.success(request, "Kept.")
        return redirect("case_reviews:take_out_chronology", review_id=review.pk)
    context = {**_about(review), "form": form, "title": "Proceedings under way"}
    return render(request, "case_reviews/proceedings.html", context)


def _take(
    request: HttpRequest, review: RapidReview, form: Any, move: Callable[[dict[str, Any]], bytes], *, name: str, title: str,
    agency: Any = None,
) -> HttpResponse:  # fmt: skip
    """The form before a file goes out; what the door found is looked at under the checks of the case."""
    is_kept_back = False
    if form.is_bound and form.is_valid():
        try:
            return _attachment(move(form.cleaned_data), name, form.cleaned_data["kind"])
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
            is_kept_back = not chronology_exports.stopped_by(review)
    context = {
        **_about(review), "form": form, "title": title, "agency": agency, "stopped": chronology_exports.stopped_by(review),
        "is_kept_back": is_kept_back, "missing": combined_chronology.missing(review),
    }  # fmt: skip
    return render(request, "case_reviews/take_out_chronology.html", context)


def _own(request: HttpRequest, file: ChronologyFile, kind: str, by: Writer, back: str) -> HttpResponse:
    try:
        content = chronology_exports.take_own(file, kind=kind, by=by)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return _attachment(content, "chronology", kind)


def _attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """For its reader's own disk and never for the browser's window."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"', "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return HttpResponse(content, content_type=chronology_out.TYPES[kind], headers=headers)


def _about(review: RapidReview) -> dict[str, Any]:
    return {"review": review, "incident": review.incident, "matter": review.matter}
