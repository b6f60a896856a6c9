"""Pages of the documents room. A file leaves only as an attachment, under a name nobody typed, after its reading has been recorded."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sightline.partnership.documents import access, workflow
from sightline.partnership.documents.forms import AddDocumentForm, RemoveDocumentForm
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.abilities import needs
from sightline.partnership.need_to_know.models import Matter


@dataclass(frozen=True)
class FileToCome:
    """A document that is about to be added to a matter, for the question whether this person may."""

    matter: Matter
    pk: str = ""

    @property
    def owner_agency_id(self) -> str | None:
        return self.matter.raised_by_agency_id


def file_to_come(matter_id: str) -> FileToCome:
    return FileToCome(Matter.objects.get(pk=matter_id))


def document_of_an_incident(document_id: str) -> Document:
    return Document.objects.held().select_related("matter", "added_by__officer").get(pk=document_id, kind="incident")


def document_of_a_review(document_id: str) -> Document:
    return Document.objects.held().select_related("matter", "added_by__officer").get(pk=document_id, kind="review")


@needs("K3", "C", of=file_to_come)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, to_come: FileToCome) -> HttpResponse:
    form = AddDocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = workflow.keep(
                form.cleaned_data["upload"], matter=to_come.matter, title=form.cleaned_data["title"], seal=form.cleaned_data["seal"],
                by=request.user,
            )  # fmt: skip
        except workflow.RefusedFile as refusal:
            form.add_error("upload", str(refusal))
        else:
            # Whoever seals a document may not be cleared to open it.
            if document in access.papers_of(to_come.matter, request.user).documents:
                return redirect("documents:document", document_id=document.pk)
            return redirect(to_come.matter.record_path or "/")
    return render(request, "documents/add.html", {"form": form, "matter": to_come.matter})


@needs("K3", "R", of=document_of_an_incident)
@require_safe
def show(request: HttpRequest, document: Document) -> HttpResponse:
    context = {"document": document, "matter": document.matter, "can_remove": access.can_remove(request.user, document)}
    return render(request, "documents/document.html", context)


@needs("K3", "R", of=document_of_an_incident)
@require_safe
def download(request: HttpRequest, document: Document) -> HttpResponse:
    return as_attachment(document)


@needs("K5", "R", of=document_of_a_review)
@require_safe
def download_of_a_review(request: HttpRequest, document: Document) -> HttpResponse:
    return as_attachment(document)


def as_attachment(document: Document) -> HttpResponse:
    """A file as it came in, for its reader's own disk and never for the browser's window."""
    headers = {
        "Content-Disposition": f'attachment; filename="{document.handed_out_as}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(workflow.content_of(document), content_type=document.media_type, headers=headers)


@needs("K3", "E", of=document_of_an_incident)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, document: Document) -> HttpResponse:
    form = RemoveDocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        workflow.remove(document, reason=form.cleaned_data["reason"], by=request.user)
        return redirect(document.matter.record_path or "/")
    return render(request, "documents/remove.html", {"form": form, "document": document, "matter": document.matter})
