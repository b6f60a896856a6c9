"""Agencies' chronologies: added, every line's fate looked at, then kept; by the agency itself or by the unit for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.accounts.access import stepped_up
from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews import combined_chronology, review_access
from sightline.partnership.case_reviews.abilities import rapid_review, reads_own_request, writes_own_request
from sightline.partnership.case_reviews.chronology_abilities import Original, original, runs_chronology, runs_chronology_file
from sightline.partnership.case_reviews.chronology_forms import COLUMN_FIELDS, AddChronologyForm, RowForm
from sightline.partnership.case_reviews.chronology_out import KINDS
from sightline.partnership.case_reviews.models import AgencyRequest, ChronologyFile, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.views.answer_pages import Way
from sightline.partnership.case_reviews.views.answers import by_account
from sightline.partnership.case_reviews.workflow import chronologies, chronology_rows
from sightline.partnership.documents.views import as_attachment
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.chronology.merge import When
from sightline.procedures.chronology.reading import Reading
from sightline.procedures.errors import NotAllowedNow

MOST_LEFT_OUT = 5000
UNIT_NAMES = {
    "list": "chronologies", "add": "add_chronology", "preview": "chronology_preview", "keep": "keep_chronology",
    "discard": "discard_chronology", "type": "type_chronology_row",
}  # fmt: skip
OWN_NAMES = {
    "list": "own_chronology", "add": "add_own_chronology", "preview": "own_chronology_preview", "keep": "keep_own_chronology",
    "discard": "discard_own_chronology", "type": "type_own_chronology_row", "request": "own_request", "take": "take_own_chronology",
}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """Who is at a chronology's pages, where these are for them, and how the pages are laid out."""

    writer: Writer
    review: RapidReview
    asked: AgencyRequest | None
    layout: str
    url: Callable[..., str]

    @property
    def context(self) -> dict[str, Any]:
        side = {"layout": self.layout, "side": self, "list_url": self.url("list"), "add_url": self.url("add")}
        if self.asked is None:
            side |= {"review": self.review, "incident": self.review.incident, "matter": self.review.matter}
        return {**side, "asked": self.asked}


def of_unit(request: HttpRequest, review: RapidReview) -> Side:
    def url(name: str, *parts: str) -> str:
        return reverse(f"case_reviews:{UNIT_NAMES[name]}", args=parts or [review.pk])

    return Side(request.user, review, None, "case_reviews/layout.html", url)


def of_agency(asked: AgencyRequest, way: Way) -> Side:
    return Side(way.writer, asked.review, asked, way.layout, lambda name, *parts: way.url(OWN_NAMES[name], *parts))


# ---- what both sides do ----


def add(request: HttpRequest, side: Side, agencies: Any = None) -> HttpResponse:
    """A file or a pasted table; what becomes of its lines is shown next."""
    form = AddChronologyForm(request.POST or None, request.FILES or None, agencies=agencies)
    replaced = _replaced(request, side)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        agency = side.asked.agency if side.asked else said["agency"]
        more = {"agency": agency, "by": side.writer, "request": side.asked, "seal": said["seal"], "replaces": replaced}
        try:
            if said["upload"]:
                file = chronologies.receive(side.review, said["upload"], **more)
            else:
                file = chronologies.receive_pasted(side.review, said["pasted"], **more)
        except RefusedFile as refusal:
            form.add_error("upload", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(side.url("type" if file.status == "attached" else "preview", file.pk))
    context = {**side.context, "form": form, "replaced": replaced}
    return render(request, "case_reviews/add_chronology.html", context)


def preview(request: HttpRequest, side: Side, file: ChronologyFile) -> HttpResponse:
    """Every row and every explained line, before anything is kept; the columns may be said otherwise."""
    if file.status != "read":
        return redirect(side.url("list"))
    if request.method == "POST":
        try:
            chronologies.say_columns(file, columns=_columns_said(request), by=side.writer)
        except NotAllowedNow as refusal:
            messages.error(request, str(refusal))
        return redirect(side.url("preview", file.pk))
    return _preview_page(request, side, file)


def keep(request: HttpRequest, side: Side, file: ChronologyFile) -> HttpResponse:
    """Keep the rows, leave some out with a reason, or keep the file as an attachment."""
    try:
        if "attach" in request.POST:
            chronologies.attach(file, by=side.writer)
            return redirect(side.url("type", file.pk))
        kept = chronologies.keep_rows(file, by=side.writer, decisions=_left_out(request))
    except NotAllowedNow as refusal:
        if file.status != "read":
            messages.error(request, str(refusal))
            return redirect(side.url("list"))
        return _preview_page(request, side, file, problem=str(refusal))
    messages.success(request, f"Kept: {kept.kept_rows} rows of {kept.agency}.")
    return redirect(side.url("list"))


def discard(request: HttpRequest, side: Side, file: ChronologyFile) -> HttpResponse:
    """Take away a file that was not kept."""
    try:
        chronologies.discard(file, by=side.writer)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The file has been taken away. Nothing of it was kept.")
    return redirect(side.url("list"))


def type_row(request: HttpRequest, side: Side, file: ChronologyFile) -> HttpResponse:
    """Type a row beside an attachment, as often as there are rows."""
    if file.status != "attached":
        return redirect(side.url("list"))
    form = RowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = chronology_rows.type_row(file, by=side.writer, **form.cleaned_data)
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Row {row.number} is kept.")
            return redirect(side.url("type", file.pk))
    typed = [
        {"row": row, "when": combined_chronology.when_of(row), "event": combined_chronology.shown_of(row)["event"]}
        for row in file.rows.select_related("file__review__incident__matter")
        if chronology_rows.may_read_mark(side.writer, row)
    ]
    return render(request, "case_reviews/type_chronology_row.html", {**side.context, "file": file, "form": form, "typed": typed})


def _preview_page(request: HttpRequest, side: Side, file: ChronologyFile, *, problem: str = "") -> HttpResponse:
    try:
        reading = chronologies.reading_of(file)
    except NotAllowedNow as refusal:
        reading, problem = Reading(notes=(str(refusal),)), problem or str(refusal)
    pages = {f"{name}_url": side.url(name, file.pk) for name in ("keep", "discard", "preview")}
    context = {
        **side.context, **pages, "file": file, "reading": reading, "problem": problem, "doubtful": reading.counts["needs_look"],
        "rows": [{"row": row, "when": _when(row)} for row in reading.rows], "fields": COLUMN_FIELDS.items(),
        "explained": [{"line": line, "fate": chronologies.FATE_WORDS.get(line.fate, line.fate)} for line in reading.explained],
        "columns": _columns(reading), "said": request.POST, "again": _again(side, file, reading),
    }  # fmt: skip
    return render(request, "case_reviews/chronology_preview.html", context, status=400 if problem and request.method == "POST" else 200)


def _again(side: Side, file: ChronologyFile, reading: Reading) -> dict[str, Any] | None:
    """What a corrected file changes; a row that is withheld from this reader is told by that alone."""
    found = chronologies.differences(file, reading)
    if found is None:
        return None
    reads = {row.pk: chronology_rows.may_read_mark(side.writer, row) for row in [each.before for each in found.changed] + found.gone}
    return {
        "found": found, "changed": [each for each in found.changed if reads[each.before.pk]],
        "withheld": sum(not may for may in reads.values()), "gone": [_told(row) for row in found.gone if reads[row.pk]],
        "added": [_told(row) for row in found.added],
    }  # fmt: skip


def _told(row: Any) -> dict[str, Any]:
    return {"row": row, "when": combined_chronology.when_of(row).in_words}


def _when(row: Any) -> str:
    return When(row.date.start, row.date.end, row.date.precision, None, row.date.uncertain).in_words


def _left_out(request: HttpRequest) -> dict[int, str]:
    """The rows to leave out, written as “4, 7-9”, with one reason: a field for each row would be too many for a long file."""
    written, why, found = request.POST.get("left_out", "").strip(), request.POST.get("why", ""), dict[int, str]()
    for part in filter(None, (part.strip() for part in written.split(","))):
        first, _, last = (piece.strip() for piece in part.partition("-"))
        if not (first.isdecimal() and (last or first).isdecimal()) or int(last or first) - int(first) > MOST_LEFT_OUT:
            raise NotAllowedNow(f"“{part[:20]}” is no row. Write the numbers of rows, for example 4, 7-9.")
        found |= dict.fromkeys(range(int(first), int(last or first) + 1), why)
    return found


def _columns(reading: Reading) -> list[Any]:
    """Each column once, as the first table has it."""
    found: dict[int, Any] = {}
    for column in reading.columns:
        found.setdefault(column.number, column)
    return [found[number] for number in sorted(found)]


def _columns_said(request: HttpRequest) -> dict[int, str]:
    return {int(name[7:]): value for name, value in request.POST.items() if name.startswith("column-") and name[7:].isdecimal()}


def _replaced(request: HttpRequest, side: Side) -> ChronologyFile | None:
    """The file in whose place the new one comes: of this review, and of this agency where the agency asks."""
    pk = request.GET.get("instead_of", "")
    found = side.review.chronologies.filter(pk=pk, status__in=("kept", "attached")) if pk else side.review.chronologies.none()
    if side.asked is not None:
        found = found.filter(agency=side.asked.agency_id)
    return found.select_related("agency").first()


def file_of(asked: AgencyRequest, file_id: str) -> ChronologyFile:
    """Files of this request alone; any other is as if it were not there."""
    found = asked.chronologies.select_related(*chronologies.RELATED).filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def own_list(request: HttpRequest, side: Side) -> HttpResponse:
    """What the agency has sent, and what it has begun."""
    files = side.asked.chronologies.select_related("document").order_by("-read_at")
    may_add = chronologies.may_write(side.writer, side.asked)
    pages = {"read": "preview", "attached": "type"}
    rows = [
        {"file": file, "url": side.url(pages[file.status], file.pk) if file.status in pages and may_add else "",
         "take": [(name, side.url("take", file.pk, kind)) for kind, name in KINDS.items()] if file.kept_rows else []}
        for file in files
    ]  # fmt: skip
    return render(
        request, "case_reviews/own_chronology.html", {**side.context, "rows": rows, "may_add": may_add, "request_url": side.url("request")}
    )


# ---- the unit ----


@needs("K5", "R", of=rapid_review)
@require_safe
def listed(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The chronologies of a review, and which agencies' are not here."""
    how = need_to_know.standing(request.user, review.matter, stepped_up=stepped_up(request))
    runs = review_access.can_run_chronology(request.user, review)
    files = review.chronologies.select_related("agency", "document", "kept_by__officer").order_by("agency__name", "read_at")
    shown = [
        file for file in files
        if (runs if file.status == "read" and file.request_id is None else combined_chronology.may_read(how, file))
        and not (file.status == "read" and file.request_id is not None)
    ]  # fmt: skip
    for file in shown:
        file.review = review
    context = {**of_unit(request, review).context, "files": shown, "missing": combined_chronology.missing(review), "runs": runs}
    return render(request, "case_reviews/chronologies.html", context)


@runs_chronology
@require_http_methods(["GET", "POST"])
def add_for(request: HttpRequest, review: RapidReview) -> HttpResponse:
    """The unit puts in what an agency sent it."""
    agencies = Agency.objects.in_force(timezone.localdate()) | Agency.objects.filter(pk__in=review.requests.values("agency"))
    return add(request, of_unit(request, review), agencies.distinct())


@runs_chronology_file
@require_http_methods(["GET", "POST"])
def preview_for(request: HttpRequest, thing: Any) -> HttpResponse:
    return preview(request, of_unit(request, thing.review), thing.part)


@runs_chronology_file
@require_POST
def keep_for(request: HttpRequest, thing: Any) -> HttpResponse:
    return keep(request, of_unit(request, thing.review), thing.part)


@runs_chronology_file
@require_POST
def discard_for(request: HttpRequest, thing: Any) -> HttpResponse:
    return discard(request, of_unit(request, thing.review), thing.part)


@runs_chronology_file
@require_http_methods(["GET", "POST"])
def type_row_for(request: HttpRequest, thing: Any) -> HttpResponse:
    return type_row(request, of_unit(request, thing.review), thing.part)


@needs("K4", "R", of=original)
@require_safe
def download(request: HttpRequest, found: Original) -> HttpResponse:
    """The file as it was sent, for those who may read every row of it."""
    return as_attachment(found.file.document)


# ---- the agency ----


@reads_own_request
@require_safe
def own(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    return own_list(request, of_agency(asked, by_account(request, asked)))


@writes_own_request
@require_http_methods(["GET", "POST"])
def add_own(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    return add(request, of_agency(asked, by_account(request, asked)))


@writes_own_request
@require_http_methods(["GET", "POST"])
def own_preview(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    return preview(request, *_own(request, asked))


@writes_own_request
@require_POST
def keep_own(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    return keep(request, *_own(request, asked))


@writes_own_request
@require_POST
def discard_own(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    return discard(request, *_own(request, asked))


@writes_own_request
@require_http_methods(["GET", "POST"])
def type_own_row(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    return type_row(request, *_own(request, asked))


def _own(request: HttpRequest, asked: AgencyRequest) -> tuple[Side, ChronologyFile]:
    return of_agency(asked, by_account(request, asked)), file_of(asked, request.resolver_match.kwargs["file_id"])
