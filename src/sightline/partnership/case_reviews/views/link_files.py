"""Files of an answer that is written by link, and the form that is filled in without a connection."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews.abilities import answers_by_link
from sightline.partnership.case_reviews.models import AnswerLink
from sightline.partnership.case_reviews.views import answer_files
from sightline.partnership.case_reviews.views.answer_by_link import way_of
from sightline.partnership.documents.views import as_attachment


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """What is already with the answer, and room for one file more."""
    return answer_files.show_files(request, link.request, way_of(link))


@answers_by_link
@require_safe
def download(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    """A file of this answer, always to be saved and never opened in the page."""
    return as_attachment(answer_files.file_of(link.request, file_id).document)


@answers_by_link
@require_POST
def remove(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    """Take away a file that was not submitted."""
    return answer_files.take_away(request, link.request, way_of(link), file_id)


@answers_by_link
@require_safe
def offline_form(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """The blank form, to fill in without a connection."""
    return answer_files.hand_out_form(link.request)


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def receive_form(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """The filled form comes back."""
    return answer_files.take_in_form(request, link.request, way_of(link))
