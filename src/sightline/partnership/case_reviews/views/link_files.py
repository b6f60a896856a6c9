"""Files of an answer that is written by link: added and taken away until it is submitted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews.abilities import answers_by_link
from sightline.partnership.case_reviews.models import AnswerLink, ReturnFile
from sightline.partnership.case_reviews.workflow import answer_files
from sightline.partnership.documents.forms import AddDocumentForm
from sightline.partnership.documents.workflow import RefusedFile, content_of
from sightline.procedures.errors import NotAllowedNow


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """What is already with the answer, and room for one file more."""
    form = AddDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answer_files.add(link.request, said["upload"], title=said["title"], seal=said["seal"], by=link.officer)
        except RefusedFile as refusal:
            form.add_error("upload", str(refusal))
        except NotAllowedNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The file is kept with the answer.")
            return redirect("case_reviews:link_files")
    context = {"asked": link.request, "form": form, "files": link.request.files.select_related("document")}
    return render(request, "case_reviews/link_files.html", context)


@answers_by_link
@require_safe
def download(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    """A file of this answer, always to be saved and never opened in the page."""
    document = _file_of(link, file_id).document
    headers = {
        "Content-Disposition": f'attachment; filename="{document.handed_out_as}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content_of(document), content_type=document.media_type, headers=headers)


@answers_by_link
@require_POST
def remove(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    """Take away a file that was not submitted."""
    try:
        answer_files.remove(_file_of(link, file_id), by=link.officer)
    except NotAllowedNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The file has been taken away.")
    return redirect("case_reviews:link_files")


def _file_of(link: AnswerLink, file_id: str) -> ReturnFile:
    """Files of this request alone; any other is as if it were not there."""
    found = link.request.files.select_related("document__matter").filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found
