"""How an agency answers with an account: the requests that wait for it, and the pages of one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.partnership.accounts.abilities import signed_in
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.abilities import reads_own_request, signs_own_request, writes_own_request
from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.case_reviews.views import answer_pages, typing
from sightline.partnership.case_reviews.views.answer_pages import Way
from sightline.procedures.agency_request import AgencyRequestStatus, is_overdue


def by_account(request: HttpRequest, asked: AgencyRequest) -> Way:
    """The pages of one request for somebody who has signed in."""
    account = request.user

    def url(name: str, *parts: str) -> str:
        # A file is found by itself: those who read the answer are given the same address.
        return reverse(f"case_reviews:{name}", args=parts if name == "answer_file" else [asked.pk, *parts])

    def restore(form: str, build: Callable[[Any], Any]) -> Any:
        return typing.restore(account, form, asked.pk, build)

    return Way(
        writer=account, via="account", url=url, layout="layouts/page.html", autosave=lambda form: typing.url(form, asked.pk),
        restore=restore, saved=lambda posted, form: typing.discard(posted, form, asked.pk),
    )  # fmt: skip


@signed_in
@require_safe
def my_requests(request: HttpRequest) -> HttpResponse:
    """Everything that this person's agency is asked, what waits for it first."""
    today = timezone.localdate()
    found = review_access.requests_shown_to(request.user).select_related(
        "review__incident__matter", "agency", "coordinated_by__agency", "asked_officer", "passed_to"
    )
    rows = [
        {
            "asked": asked,
            "waits": AgencyRequestStatus(asked.status).waits_for_agency and not asked.is_over,
            "is_late": is_overdue(AgencyRequestStatus(asked.status), asked.due_on, today) and not asked.is_over,
        }
        for asked in found
        if review_access.can_read_own(request.user, asked)
    ]
    rows.sort(key=lambda row: (not row["waits"], row["asked"].due_on))
    return render(request, "case_reviews/my_requests.html", {"rows": rows})


@reads_own_request
@require_safe
def own_request(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """What is asked, and how far the answer has come."""
    return answer_pages.show(request, asked, by_account(request, asked))


@writes_own_request
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """One section of the answer."""
    return answer_pages.section(request, asked, by_account(request, asked), request.resolver_match.kwargs["section"])


@writes_own_request
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """The whole answer once more."""
    return answer_pages.check(request, asked, by_account(request, asked))


@signs_own_request
@require_POST
def submit(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Sign off and submit."""
    return answer_pages.submit(request, asked, by_account(request, asked))


@reads_own_request
@require_safe
def sent(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """The receipt of the last version."""
    return answer_pages.sent(request, asked, by_account(request, asked))


@writes_own_request
@require_POST
def for_sign_off(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Give the answer to those who sign off."""
    return answer_pages.sign_off(request, asked, by_account(request, asked))


@writes_own_request
@require_POST
def take_back(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Go on writing."""
    return answer_pages.take_back(request, asked, by_account(request, asked))


@writes_own_request
@require_http_methods(["GET", "POST"])
def pass_on(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """Let a colleague write."""
    return answer_pages.pass_on(request, asked, by_account(request, asked))


@reads_own_request
@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, asked: AgencyRequest) -> HttpResponse:
    """A message to the business unit."""
    return answer_pages.say(request, asked, by_account(request, asked))
