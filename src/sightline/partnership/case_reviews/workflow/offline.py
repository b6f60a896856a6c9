"""A form that was filled in without a connection comes back: looked at, read in a process of its own, and put into the draft."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import offline_form, offline_reading, review_access
from sightline.partnership.case_reviews.answer_form import nobody_known
from sightline.partnership.case_reviews.models import AgencyRequest, ReturnDraft
from sightline.partnership.case_reviews.offline_form import Filled
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import answer_files, answering
from sightline.partnership.documents.workflow import read_at_most
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.working_days import long_date

WAITING_FORM = "Choose the filled form as a Word document (.docx). A scan or another kind of file is added under “Files”."


def blank(request: AgencyRequest, *, send_back_to: str) -> bytes:
    """The blank form of one request; it names nobody."""
    return offline_form.blank(
        called=[subject.called for subject in request.subjects.all()], agency=str(request.agency), answer_by=request.due_on,
        period=f"{long_date(request.period_from)} to {long_date(request.period_to)}", send_back_to=send_back_to,
    )  # fmt: skip


def receive(request: AgencyRequest, upload: UploadedFile, *, by: Writer, at: datetime | None = None) -> tuple[ReturnDraft, Filled]:
    """Put what a filled form says into the draft, beside what is there, and keep the form itself with the answer.

    By somebody of the agency, or by the unit to which the form was sent back. A question that the form leaves empty stays as it was.
    """
    _check_may(request, by)
    name, content = upload.name or "form.docx", read_at_most(upload)
    if not name.casefold().endswith((".docx", ".docm")):
        raise NotAllowedNow(WAITING_FORM)
    file = answer_files.add(request, SimpleUploadedFile(name, content), title="Form filled in offline", seal="", by=by, is_received=True)
    filled = offline_reading.read_apart(content, {subject.called: subject.pk for subject in request.subjects.all()})
    if not filled.values:
        answer_files.remove(file, by=by, is_received=True)
        raise NotAllowedNow(" ".join(filled.problems))
    draft = answering.take_in(request, values=filled.values, is_nil=_is_nil(filled, request), by=by, at=at or timezone.now())
    return draft, filled


def _check_may(request: AgencyRequest, by: Writer) -> None:
    if isinstance(by, Account) and review_access.can_run(by, request.review):
        return
    review_access.check_can_write(by, request)


def _is_nil(filled: Filled, request: AgencyRequest) -> bool | None:
    return nobody_known(filled.values, list(request.subjects.all()))
