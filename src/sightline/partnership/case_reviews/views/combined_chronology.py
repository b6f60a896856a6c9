"""The combined chronology of a review, under codes or with names, and the pages of one row of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews import chronology_people, combined_chronology, findings_shown, review_access
from sightline.partnership.case_reviews.abilities import rapid_review
from sightline.partnership.case_reviews.chronology_abilities import (
    MarkedRow,
    corrects_row,
    edits_row,
    reads_names,
    reads_row,
    reads_row_named,
    runs_chronology,
)
from sightline.partnership.case_reviews.chronology_forms import MarkRowForm, RowForm, SameEventForm, WantedForm
from sightline.partnership.case_reviews.combined_chronology import Shown, theme_words
from sightline.partnership.case_reviews.models import ChronologyRow, RapidReview, RowNote
from sightline.partnership.case_reviews.views.chronology_names import about, how, shown_as
from sightline.partnership.case_reviews.workflow import chronologies, chronology_corrections, chronology_rows
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow

DAYS_AROUND = 7


@needs("K5", "R", of=rapid_review)
@require_http_methods(["GET", "HEAD", "POST"])
def combined(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """All agencies' rows in order, under codes."""
    return _page(request, review, names=False)


@reads_names
@require_http_methods(["GET", "HEAD", "POST"])
def named(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The same as the agencies wrote it."""
    return _page(request, review, names=True)


def _page(request: HttpRequest, review: RapidReview, *, names: bool) -> HttpResponse:
    everything = combined_chronology.of_review(review, how(request, review), **shown_as(request, review, names=names))
    agencies = {pk: f"{name} ({code})" for pk, (name, code, _) in everything.agencies.items()}
    form = WantedForm(request.POST or None, agencies=agencies, people=everything.called_by_id)
    wanted = form.wanted()
    shown = combined_chronology.narrowed(everything, wanted)
    context = {
        **about(review, names=names), "shown": shown, "form": form, "wanted": wanted,
        "missing": combined_chronology.missing(review), "runs": review_access.can_run_chronology(request.user, review),
        "as_written": bool(form.is_bound and form.is_valid() and form.cleaned_data["as_written"]),
    }  # fmt: skip
    return render(request, "case_reviews/combined_chronology.html", context)


@runs_chronology
@require_POST
def put_codes_again(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """After the people of the matter have changed."""
    count = chronology_rows.pseudonymise_again(review, by=request.user)
    messages.success(request, f"Codes stand in place of names again in {count} rows.")
    return redirect("case_reviews:combined_chronology", review_id=review.pk)


@reads_row
@require_safe
def show_row(request: HttpRequest, found: MarkedRow) -> HttpResponse:
    """One row: what it says, how its date was written, where it stands in the file, and what was put right."""
    return _row_page(request, found, names=False)


@reads_row_named
@require_safe
def show_row_named(request: HttpRequest, found: MarkedRow) -> HttpResponse:
    """The same as its agency wrote it."""
    return _row_page(request, found, names=True)


def _row_page(request: HttpRequest, found: MarkedRow, *, names: bool) -> HttpResponse:
    row = found.row
    asked = row.file.request
    as_shown = shown_as(request, found.review, names=names)
    told = combined_chronology.of_review(found.review, how(request, found.review), **as_shown).rows if row.same_event else []
    cast = chronology_people.cast_of(found.review)
    context = {
        "shared": row.shared.select_related("agency"), "note": RowNote.objects.filter(row=row, author=request.user).first(),
        "findings": findings_shown.of_row(row, how(request, found.review)),
        "before": _before(row, lambda text: cast.read(text, **as_shown)),
        "told_with": [each for each in told if each.same_event == row.same_event and each.pk != row.pk],
        **about(found.review, names=names), "row": row, "texts": combined_chronology.shown_of(row, **as_shown),
        "when": combined_chronology.when_of(row), "themes": theme_words(row.themes), "may_change": _may_change(request, row),
        "may_weigh": review_access.can_work_on_chronology(request.user, found.review) and row.file.status != "replaced",
        "may_ask": asked is not None and not asked.is_over and review_access.can_run(request.user, found.review),
    }  # fmt: skip
    return render(request, "case_reviews/chronology_row.html", context)


def _before(row: ChronologyRow, read: Callable[[str], str]) -> list[tuple[str, str]]:
    """What stood in a row before it was put right, and before a corrected file took the old one's place."""
    put_right = [
        (str(ChronologyRow._meta.get_field(name).verbose_name).capitalize(), str(value))
        for each in row.corrected for name, value in each["was"].items() if value not in (None, "")
    ]  # fmt: skip
    sent_again = chronology_corrections.beside(row.instead_of, row) if row.instead_of else ()
    return [(label, read(text)) for label, text in [*put_right, *((each.label, each.before) for each in sent_again)] if text]


@corrects_row
@require_http_methods(["GET", "POST"])
def correct_row(request: HttpRequest, found: MarkedRow) -> HttpResponse:
    """Put a row right; what it was stays with it."""
    row, seen, now_recorded = found.row, request.POST.get("seen_version", ""), None
    chronologies.check_can_change(request.user, row.file)
    form = RowForm(request.POST or None, initial=RowForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            chronology_rows.correct_row(row, by=request.user, seen_version=int(seen) if seen.isdecimal() else 0, **form.cleaned_data)
        except chronology_rows.RowChanged as refusal:
            form.add_error(None, str(refusal))
            now_recorded = refusal.row
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The row is put right. What it was stays with it.")
            return redirect("case_reviews:chronology_row", row_id=row.pk)
    context = {**about(found.review), "row": row, "form": form, "seen_version": row.version, "now_recorded": now_recorded}
    return render(request, "case_reviews/correct_chronology_row.html", context)


@edits_row
@require_http_methods(["GET", "POST"])
def mark_row(request: HttpRequest, found: MarkedRow) -> HttpResponse:
    """Mark a row, say how much it matters and what it is about, or that it was looked at."""
    row = found.row
    initial = {"seal": row.seal, "significance": row.significance, "themes": row.themes}
    form = MarkRowForm(request.POST if "look_done" not in request.POST and request.method == "POST" else None, initial=initial)
    if not chronologies.can_change(request.user, row.file):
        del form.fields["seal"]
    try:
        if "look_done" in request.POST:
            chronology_rows.look_done(row, by=request.user)
        elif request.method == "POST" and form.is_valid():
            row = chronology_rows.mark_row(row, by=request.user, **form.cleaned_data)
        else:
            return render(request, "case_reviews/mark_chronology_row.html", {**about(found.review), "row": row, "form": form})
    except NotAllowedNow as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
        return render(request, "case_reviews/mark_chronology_row.html", {**about(found.review), "row": row, "form": form})
    messages.success(request, "Kept.")
    if not chronology_rows.may_read_mark(request.user, row):  # the mark that was just put keeps its own author out
        return redirect("case_reviews:combined_chronology", review_id=found.review.pk)
    return redirect("case_reviews:chronology_row", row_id=row.pk)


@edits_row
@require_http_methods(["GET", "POST"])
def same_event(request: HttpRequest, found: MarkedRow) -> HttpResponse:
    """Say that another agency's row tells of the same event, or that it does not after all."""
    row = found.row
    near = combined_chronology.near(row, need_to_know.standing(request.user, found.review.matter), days=DAYS_AROUND)
    rows = [each for each in near if not row.same_event or each.same_event != row.same_event]
    form = SameEventForm(request.POST if request.method == "POST" and "apart" not in request.POST else None, rows=rows)
    try:
        if "apart" in request.POST:
            chronology_rows.tell_apart(row, by=request.user)
        elif request.method == "POST" and form.is_valid():
            other = ChronologyRow.objects.get(pk=form.cleaned_data["other"])
            chronology_rows.tell_same_event(row, other=other, by=request.user)
        else:
            return _same_event_page(request, found, form, rows)
    except NotAllowedNow as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
        return _same_event_page(request, found, form, rows)
    messages.success(request, "Kept. Both rows stay as their agencies wrote them.")
    return redirect("case_reviews:chronology_row", row_id=row.pk)


def _same_event_page(request: HttpRequest, found: MarkedRow, form: SameEventForm, rows: list[Shown]) -> HttpResponse:
    context = {
        **about(found.review), "row": found.row, "texts": combined_chronology.shown_of(found.row), "form": form, "rows": rows,
        "when": combined_chronology.when_of(found.row), "days": DAYS_AROUND,
    }  # fmt: skip
    return render(request, "case_reviews/same_event.html", context)


def _may_change(request: HttpRequest, row: ChronologyRow) -> bool:
    live = row.file.status != "replaced"
    return live and review_access.can_work_on_chronology(request.user, row.file.review) and chronologies.can_change(request.user, row.file)
