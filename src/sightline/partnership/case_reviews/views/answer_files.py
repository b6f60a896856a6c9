"""Files of an answer, and the form that is filled in without a connection; whichever way its people came in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.agencies.models import Partnership
from sightline.partnership.case_reviews.abilities import (
    file_of_an_answer,
    of_its_review,
    reads_own_request,
    runs_review,
    writes_own_request,
)
from sightline.partnership.case_reviews.answer_forms import ReceiveForm
from sightline.partnership.case_reviews.models import AgencyRequest, ReturnFile
from sightline.partnership.case_reviews.views.answer_pages import Way, about
from sightline.partnership.case_reviews.views.answers import by_account
from sightline.partnership.case_reviews.workflow import answer_files, answering, offline
from sightline.partnership.documents.forms import AddDocumentForm
from sightline.partnership.documents.models import Document
from sightline.partnership.documents.views import as_attachment
from sightline.partnership.documents.workflow import RefusedFile
from sightline.partnership.need_to_know.abilities import needs
from sightline.procedures.errors import NotAllowedNow

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_files(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """What is already with the answer, and room for one file more."""
    form = AddDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer_files.add(asked, said["upload"], title=said["title"], seal=said["seal"], by=way.writer)
        except RefusedFile as refusal:
            form.add_error("upload", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The file is kept with the answer.")
            return redirect(way.url("add_answer_file"))
    rows = [
        {"file": file, "url": way.url("answer_file", file.pk), "remove_url": way.url("remove_answer_file", file.pk)}
        for file in asked.files.select_related("document")
    ]
    return render(request, "case_reviews/answer_files.html", {**about(asked, way), "form": form, "rows": rows})


def take_away(request: HttpRequest, asked: AgencyRequest, way: Way, file_id: str) -> HttpResponse:
    """Take away a file that was not submitted."""
    try:
        answer_files.remove(file_of(asked, file_id), by=way.writer)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The file has been taken away.")
    return redirect(way.url("add_answer_file"))


def hand_out_form(asked: AgencyRequest) -> HttpResponse:
    """The blank form; its name and its words name nobody."""
    ours = Partnership.current()
    where = ", ".join(part for part in (ours.contact_name, ours.contact_phone) if part) if ours else ""
    send_back_to = f"by secure e-mail, post or by hand to the business unit. Ask first: {where}." if where else "to the business unit."
    headers = {"Content-Disposition": f'attachment; filename="OFFICIAL-SENSITIVE form {asked.pk[-6:]}.docx"'}
    return HttpResponse(offline.blank(asked, send_back_to=send_back_to), content_type=WORD, headers=headers)


def take_in_form(request: HttpRequest, asked: AgencyRequest, way: Way) -> HttpResponse:
    """A filled form comes back: every row's fate is told."""
    form, filled = ReceiveForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        filled = _received(form, asked, way.writer)
    context = {**about(asked, way), "form": form, "filled": filled, "check_url": way.url("answer_check")}
    return render(request, "case_reviews/receive_form.html", context)


def _received(form: ReceiveForm, asked: AgencyRequest, by: Any) -> Any:
    try:
        return offline.receive(asked, form.cleaned_data["upload"], by=by)[1]
    except RefusedFile as refusal:
        form.add_error("upload", str(refusal))
    except NotAllowedNow as refusal:
        form.add_error(None, str(refusal))
    return None


def file_of(asked: AgencyRequest, file_id: str) -> ReturnFile:
    """Files of this request alone; any other is as if it were not there."""
    found = asked.files.select_related("document__matter").filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


# ---- by account ----


@writes_own_request
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """The files of one's own answer."""
    return show_files(request, asked, by_account(request, asked))


@writes_own_request
@require_POST
def remove(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Take one away."""
    return take_away(request, asked, by_account(request, asked), request.resolver_match.kwargs["file_id"])


@needs("K4", "R", of=file_of_an_answer)
@require_safe
def download(request: HttpRequest, document: Document) -> HttpResponse:
    """A file for those who may read the answer; before it is submitted, for its agency alone."""
    return as_attachment(document)


@reads_own_request
@require_safe
def offline_form(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """The blank form."""
    return hand_out_form(asked)


@writes_own_request
@require_http_methods(["GET", "POST"])
def receive_form(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """The agency puts its own filled form in."""
    return take_in_form(request, asked, by_account(request, asked))


@needs("K5", "E", of=of_its_review)
@require_http_methods(["GET", "POST"])
@runs_review
def receive_form_for(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """The unit puts in what an agency sent back, and submits it for the agency once nothing is missing."""
    form, filled, missing = ReceiveForm(request.POST or None, request.FILES or None), None, ()
    if request.method == "POST" and "submit_it" in request.POST:
        form = ReceiveForm()
        try:
            answering.submit_for_agency(asked, by=request.user)
        except answering.Incomplete as refusal:
            missing = refusal.missing
        except NotAllowedNow as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The answer has been submitted for the agency, as its form gives it.")
            return redirect("case_reviews:request", request_id=asked.pk)
    elif request.method == "POST" and form.is_valid():
        filled = _received(form, asked, request.user)
    context = {
        "asked": asked, "matter": asked.matter, "incident": asked.review.incident, "form": form, "filled": filled, "missing": missing,
        "is_received": asked.events.filter(what="form_received").exists() and asked.access_state == "draft",
    }  # fmt: skip
    return render(request, "case_reviews/receive_form_for.html", context)


@needs("K5", "R", of=of_its_review)
@require_safe
def offline_form_for(request: HttpRequest, part: Any) -> HttpResponse:
    """The blank form for an agency that wants it sent."""
    return hand_out_form(part.part)
