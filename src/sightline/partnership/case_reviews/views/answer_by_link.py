"""The pages on which an officer without account answers: the agency's own pages, reached by one link and bound to its one request."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import link_drafts
from sightline.partnership.case_reviews.abilities import answers_by_link, sees_receipt
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink
from sightline.partnership.case_reviews.views import answer_pages
from sightline.partnership.case_reviews.views.answer_pages import Way
from sightline.partnership.case_reviews.workflow import thread
from sightline.procedures.errors import NotAllowedNow

_NAMES: Final = {
    "own_request": "link_request",
    "answer_section": "link_section",
    "answer_check": "link_check",
    "answer_submit": "link_submit",
    "answer_sent": "link_sent",
    "for_sign_off": "link_for_sign_off",
    "take_back": "link_take_back",
    "pass_on": "link_pass_on",
    "say_to_unit": "link_say",
    "add_answer_file": "link_files",
    "answer_file": "link_file",
    "remove_answer_file": "link_remove_file",
    "offline_form": "link_offline_form",
    "receive_form": "link_receive_form",
    "own_chronology": "link_chronology",
    "add_own_chronology": "link_add_chronology",
    "own_chronology_preview": "link_chronology_preview",
    "keep_own_chronology": "link_keep_chronology",
    "discard_own_chronology": "link_discard_chronology",
    "type_own_chronology_row": "link_type_chronology_row",
    "take_own_chronology": "link_take_own_chronology",
}
"""What the agency's pages call each other, and the page by link that stands for it."""


def way_of(link: AnswerLink) -> Way:
    """How whoever came by this link answers."""

    def restore(form: str, build: Callable[[Any], Any]) -> Any:
        return link_drafts.restore(link, form, build)

    def saved(request: HttpRequest, form: str) -> None:
        link_drafts.discard(request, link, form)

    def autosave(form: str) -> str:
        return reverse("case_reviews:link_keep_draft", args=[form])

    return Way(link.officer, "link", _url, "case_reviews/link_layout.html", autosave, restore, saved)


def _url(name: str, *parts: Any) -> str:
    """Empty for a page that there is not by link."""
    try:
        return reverse(f"case_reviews:{_NAMES[name]}", args=parts)
    except NoReverseMatch:
        return ""


@answers_by_link
@require_safe
def show(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return answer_pages.show(request, link.request, way_of(link))


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, link: AnswerLink, section: str) -> HttpResponse:
    return answer_pages.section(request, link.request, way_of(link), section)


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return answer_pages.check(request, link.request, way_of(link))


@answers_by_link
@require_POST
def submit(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return answer_pages.submit(request, link.request, way_of(link))


@sees_receipt
@require_safe
def sent(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """The receipt, to print and keep. It says when what was submitted, and nothing of what was written."""
    submitted = link.request.returns.select_related("signed_off_by").last()
    return render(request, "case_reviews/link_sent.html", {"asked": link.request, "submitted": submitted, "link": link})


@answers_by_link
@require_POST
def for_sign_off(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Whoever signs off may have no account either: then the unit is asked for a link for them."""
    asked = link.request
    response = answer_pages.sign_off(request, asked, way_of(link))
    asked.refresh_from_db(fields=["status"])
    signers = [officer for officer in (asked.agency.safeguarding_lead, asked.agency.alternate_officer) if officer]
    if asked.status == "awaiting_sign_off" and not _signs_in(*signers):
        _ask_for_link(asked, link, f"The answer waits for sign-off. Please make a link for {_named(signers)}.")
    return response


@answers_by_link
@require_POST
def take_back(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return answer_pages.take_back(request, link.request, way_of(link))


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """A link is for one person. A colleague without account gets their own, which the unit is asked for."""
    asked, before = link.request, link.request.passed_to_id
    response = answer_pages.pass_on(request, asked, way_of(link))
    asked = AgencyRequest.objects.select_related("passed_to", "agency", "review__incident__matter").get(pk=asked.pk)
    if asked.passed_to is not None and asked.passed_to_id != before and not _signs_in(asked.passed_to):
        _ask_for_link(asked, link, f"{asked.passed_to.name} is to write instead of me. Please make a link for them.")
        messages.info(request, f"{asked.passed_to.name} has no account. The business unit has been asked for a link for them.")
    return response


@answers_by_link
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    return answer_pages.say(request, link.request, way_of(link))


@answers_by_link
@require_POST
def keep_draft(request: HttpRequest, link: AnswerLink, form: str) -> JsonResponse:
    """Keep what was typed so far."""
    try:
        draft = link_drafts.keep(link, form, request.POST)
    except NotAllowedNow as refusal:
        return JsonResponse({"problem": str(refusal)}, status=413)
    saved_at = draft.saved_at if draft else timezone.now()
    return JsonResponse({"saved_at": f"{timezone.localtime(saved_at):%H:%M}"})


def _signs_in(*officers: Any) -> bool:
    return Account.objects.filter(officer__in=officers, is_active=True).exists()


def _named(officers: list[Any]) -> str:
    return " or ".join(officer.name for officer in officers)


def _ask_for_link(asked: AgencyRequest, link: AnswerLink, text: str) -> None:
    thread.say(asked, text=text, by=link.officer)
