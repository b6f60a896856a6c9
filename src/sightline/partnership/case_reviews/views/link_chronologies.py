"""A chronology that comes by link: the agency's own pages, bound to the one request of the link."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.case_reviews.abilities import answers_by_link
from sightline.partnership.case_reviews.models import AnswerLink, ChronologyFile
from sightline.partnership.case_reviews.views import chronologies
from sightline.partnership.case_reviews.views.answer_by_link import way_of
from sightline.partnership.case_reviews.views.chronologies import Side


@answers_by_link
@require_safe
def listed(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return chronologies.own_list(request, chronologies.of_agency(link.request, way_of(link)))


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return chronologies.add(request, chronologies.of_agency(link.request, way_of(link)))


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    return chronologies.preview(request, *_of(link, file_id))


@answers_by_link
@require_POST
def keep(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    return chronologies.keep(request, *_of(link, file_id))


@answers_by_link
@require_POST
def discard(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    return chronologies.discard(request, *_of(link, file_id))


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def type_row(request: HttpRequest, link: AnswerLink, file_id: str) -> HttpResponse:
    return chronologies.type_row(request, *_of(link, file_id))


def _of(link: AnswerLink, file_id: str) -> tuple[Side, ChronologyFile]:
    return chronologies.of_agency(link.request, way_of(link)), chronologies.file_of(link.request, file_id)
