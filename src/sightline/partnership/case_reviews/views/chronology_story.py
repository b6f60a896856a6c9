"""Reading a review's chronologies: the story on one page, the child's days, and what each agency knew on a day."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews import chronology_knowledge, chronology_story, combined_chronology, review_access
from sightline.partnership.case_reviews.chronology_abilities import edits_row, reads_names, reads_row
from sightline.partnership.case_reviews.finding_abilities import reads_findings
from sightline.partnership.case_reviews.models import ChronologyRow, RapidReview, RowNote, RowShared
from sightline.partnership.case_reviews.reading_forms import DayForm, NoteForm, SharedForm
from sightline.partnership.case_reviews.views.chronology_names import about, how, shown_as
from sightline.partnership.case_reviews.workflow import reading
from sightline.procedures.chronology import childs_day, knowledge
from sightline.procedures.errors import NotAllowedNow


@reads_findings
@require_safe
def story(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The page on which the chronology opens."""
    return _story(request, review, names=False)


@reads_names
@require_safe
def story_named(request: HttpRequest, review: RapidReview) -> HttpResponse:
    return _story(request, review, names=True)


def _story(request: HttpRequest, review: RapidReview, *, names: bool) -> HttpResponse:
    told = chronology_story.of_review(review, how(request, review), request.user, **shown_as(request, review, names=names))
    context = {**about(review, names=names), "story": told, "runs": review_access.can_run_chronology(request.user, review)}
    return render(request, "case_reviews/chronology_story.html", context)


@reads_findings
@require_POST
def have_read(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What comes from now on is new to this reader; or back to how it was."""
    if "undo" in request.POST:
        reading.have_not_read(review, by=request.user)
        messages.success(request, "Back to how far you had read before.")
    else:
        reading.have_read(review, by=request.user)
        messages.success(request, "Kept. What comes or changes from now on is shown to you as new.")
    return redirect("case_reviews:chronology_story", review_id=review.pk)


@reads_findings
@require_safe
def child(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """Month by month, what the rows tell of the child's own days."""
    return _child(request, review, names=False)


@reads_names
@require_safe
def child_named(request: HttpRequest, review: RapidReview) -> HttpResponse:
    return _child(request, review, names=True)


def _child(request: HttpRequest, review: RapidReview, *, names: bool) -> HttpResponse:
    combined = combined_chronology.of_review(review, how(request, review), **shown_as(request, review, names=names))
    shown = {row.pk: row for row in combined.rows}
    told = [
        childs_day.Told(row.pk, row.when.start, row.when.end or row.when.start, f"{row.texts['event']}\n{row.texts['comment']}",
                        {"Seen": "Y", "Not seen": "N"}.get(row.seen, ""), row.texts["child_seen_as_written"])
        for row in combined.rows if row.when.is_known and row.when.start
    ]  # fmt: skip
    days = [each.start for each in told]
    months = childs_day.months(told, first=min(days), last=max(days)) if days else []
    listed = [
        (month, [(name, [shown[row] for row in month.by_aspect.get(key, [])]) for key, name in childs_day.ASPECTS.items()])
        for month in months
    ]
    nowhere = [name for key, name in childs_day.ASPECTS.items() if not any(month.by_aspect.get(key) for month in months)]
    context = {
        **about(review, names=names),
        "months": listed,
        "aspects": list(childs_day.ASPECTS.values()),
        "nowhere": nowhere,
        "words": childs_day.lists(),
    }
    return render(request, "case_reviews/childs_day.html", context)


@reads_findings
@require_http_methods(["GET", "HEAD", "POST"])
def known(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """What did each agency know on this day?"""
    return _known(request, review, names=False)


@reads_names
@require_http_methods(["GET", "HEAD", "POST"])
def known_named(request: HttpRequest, review: RapidReview) -> HttpResponse:
    return _known(request, review, names=True)


def _known(request: HttpRequest, review: RapidReview, *, names: bool) -> HttpResponse:
    combined = combined_chronology.of_review(review, how(request, review), **shown_as(request, review, names=names))
    known = chronology_knowledge.of_review(review, combined)
    changes = knowledge.days_of_change(known)
    form = DayForm(request.POST or None)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else (changes[-1] if changes else timezone.localdate())
    if not form.is_bound:
        form = DayForm(initial={"on": day})
    context = {
        **about(review, names=names), "form": form, "day": day, "agencies": chronology_knowledge.on_day(combined, known, day),
        "before": next((each for each in reversed(changes) if each < day), None),
        "after": next((each for each in changes if each > day), None),
        "has_rows": bool(combined.rows), "missing": combined_chronology.missing(review),
    }  # fmt: skip
    return render(request, "case_reviews/chronology_known.html", context)


@edits_row
@require_http_methods(["GET", "POST"])
def row_shared(request: HttpRequest, found: Any) -> HttpResponse:
    """To which agencies a row was told, when and how."""
    row: ChronologyRow = found.row
    agencies = combined_chronology.of_review(found.review, how(request, found.review)).agencies
    offered = [(pk, name) for pk, (name, _, _) in agencies.items() if pk != row.file.agency_id]
    taken = request.POST.get("take_back", "")
    form = SharedForm(request.POST if request.method == "POST" and not taken else None, agencies=offered, initial={"on": row.date_from})
    try:
        if taken.isdigit() or (taken and request.method == "POST"):
            reading.take_back_shared(RowShared.objects.select_related("row").get(pk=taken, row=row), by=request.user)
        elif form.is_bound and form.is_valid():
            reading.say_shared(row, **form.chosen(), by=request.user)
        else:
            return _shared_page(request, found, form)
    except RowShared.DoesNotExist:
        messages.error(request, "This has been taken back already.")
    except NotAllowedNow as refusal:
        form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
        return _shared_page(request, found, form)
    else:
        messages.success(request, "Kept.")
    return redirect("case_reviews:row_shared", row_id=row.pk)


@reads_row
@require_http_methods(["GET", "POST"])
def row_note(request: HttpRequest, found: Any) -> HttpResponse:
    """A private note on a row."""
    note = RowNote.objects.filter(row=found.row, author=request.user).first()
    form = NoteForm(request.POST or None, initial={"text": note.text if note else ""})
    if form.is_bound and form.is_valid():
        reading.write_note(found.row, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Kept. Nobody but you reads it.")
        return redirect("case_reviews:chronology_row", row_id=found.row.pk)
    return render(request, "case_reviews/row_note.html", {**about(found.review), "row": found.row, "form": form})


@reads_findings
@require_safe
def notes(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """This reader's own notes, in the order of the rows, to take to the meeting."""
    combined = combined_chronology.of_review(review, how(request, review))
    mine = {note.row_id: note for note in RowNote.objects.filter(row__file__review=review, author=request.user)}
    listed = [(row, mine[row.pk]) for row in combined.rows if row.pk in mine]
    return render(request, "case_reviews/row_notes.html", {**about(review), "notes": listed})


def _shared_page(request: HttpRequest, found: Any, form: SharedForm) -> HttpResponse:
    row = found.row
    context = {
        **about(found.review), "row": row, "form": form, "texts": combined_chronology.shown_of(row),
        "when": combined_chronology.when_of(row),
        "shared": row.shared.select_related("agency"), "weighs": review_access.can_work_on_chronology(request.user, found.review),
    }  # fmt: skip
    return render(request, "case_reviews/row_shared.html", context)
