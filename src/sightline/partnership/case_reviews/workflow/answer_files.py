"""Moves of the files that belong to an answer: added and taken away while it is written, handed over with it."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import AgencyRequest, ReturnFile
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.documents import workflow as documents
from sightline.partnership.documents.models import Document
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.errors import NotAllowedNow


def add(
    request: AgencyRequest, upload: UploadedFile, *, title: str, seal: str, by: Writer, is_received: bool = False
) -> ReturnFile:  # fmt: skip
    """Keep a file with the answer that is being written; until that is submitted, it is the agency's own.

    What the unit was sent for the agency it may put here too; that move asks whether it may.
    """
    if not is_received:
        review_access.check_can_write(by, request)
    _check_still_writing(request)
    document = documents.keep(
        upload, matter=request.matter, title=title, by=by, seal=seal, kind="return", agency=request.agency, is_draft=True
    )
    with transaction.atomic():
        file = ReturnFile.objects.create(request=request, document=document)
        trail.record("agency_return.file_added", file, by=by, kind="K4", matter_id=request.matter_id)
    return file


@transaction.atomic
def remove(file: ReturnFile, *, by: Writer, is_received: bool = False) -> None:
    """Take away a file that was not submitted yet."""
    related = ("request__review__incident__matter", "document")
    file = ReturnFile.objects.select_for_update(of=("self",)).select_related(*related).get(pk=file.pk)
    if not is_received:
        review_access.check_can_write(by, file.request)
    if file.number is not None:
        raise NotAllowedNow("This file was submitted with an answer and stays with it. Add the right one to the next version.")
    _check_still_writing(file.request)
    document, request = file.document, file.request
    file.delete()
    documents.discard_draft(document, by=by)
    trail.record("agency_return.file_removed", request, by=by, kind="K4", matter_id=request.matter_id)


def submitted_with(request: AgencyRequest, number: int) -> None:
    """Hand over the files that were added since the last version."""
    files = request.files.filter(number__isnull=True)
    Document.objects.filter(pk__in=files.values("document")).update(is_draft=False)
    files.update(number=number)


def _check_still_writing(request: AgencyRequest) -> None:
    if not AgencyRequestStatus(request.status).waits_for_agency:
        raise NotAllowedNow("This answer has been submitted. If a file is missing, ask the business unit to return it.")
