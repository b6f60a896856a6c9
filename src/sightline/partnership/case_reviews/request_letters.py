"""What is written to people about requests to agencies: that something waits, and where. Never a word of the case, the agency's name or a
day that would tell which case it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.agency_request import AgencyRequestStatus


@dataclass(frozen=True)
class Line:
    """What a letter says, to which side it may go, and whether it is true only while the agency's answer is awaited."""

    text: str
    to_unit: bool = False
    to_agency: bool = True
    while_awaited: bool = False


LINES: Final[Mapping[str, Line]] = {
    "case_reviews.request_sent": Line("Your agency is asked for information in a review. It waits for your answer.", while_awaited=True),
    "case_reviews.request_passed_on": Line("A colleague passed a request for information to you.", while_awaited=True),
    "case_reviews.request_for_sign_off": Line("An answer of your agency waits for your sign-off.", while_awaited=True),
    "case_reviews.request_returned": Line("An answer of your agency was returned. What is to be put right stands with it."),
    "case_reviews.request_accepted": Line("An answer of your agency was accepted. Nothing more is asked of you."),
    "case_reviews.request_withdrawn": Line("Your agency need not answer a request any more."),
    "case_reviews.request_message": Line("There is a question or an answer for you about a request.", to_unit=True),
    "case_reviews.request_answered": Line("An agency has submitted its answer.", to_unit=True, to_agency=False),
    "case_reviews.request_reminder": Line("An answer that your agency was asked for is due soon.", while_awaited=True),
    "case_reviews.request_overdue": Line("An answer that your agency was asked for is late.", while_awaited=True),
    "case_reviews.request_escalated": Line(
        "An answer to the partnership is late and has not come after reminders.", True, while_awaited=True
    ),
}
OPENED: Final = "A rapid review has been opened."


def review_line_for(*, to: Account, about: str) -> str | None:
    """The line about a review that was opened; None for somebody who may not read it any more."""
    review = RapidReview.objects.select_related("incident__matter").filter(pk=about).first()
    return OPENED if review is not None and to.is_active and review_access.can(to, "R", review) else None


def line_for(template: str, *, to: Writer, about: str) -> str | None:
    """The line to send; None when this person may no longer hear of the request, or when it has been overtaken by the answer."""
    line, request = LINES[template], _request(about)
    if request is None or line.while_awaited and not AgencyRequestStatus(request.status).waits_for_agency:
        return None
    if line.while_awaited and request.review.is_ended:
        return None
    may_hear = line.to_agency and _is_of_the_agency(to, request) or line.to_unit and _oversees(to, request)
    return line.text if may_hear else None


def open_link(link_id: str) -> AnswerLink | None:
    """The link that a letter is to bring, while it may still be used by the officer it was made for."""
    link = AnswerLink.objects.select_related("request__review__incident__matter", "officer__agency").filter(pk=link_id).first()
    if link is None or not link.is_open(timezone.now()) or not review_access.can_write(link.officer, link.request):
        return None
    return link if _is_free(link.officer, link.request) else None


def _request(about: str) -> AgencyRequest | None:
    return AgencyRequest.objects.select_related("review__incident__matter", "agency", "coordinated_by").filter(pk=about).first()


def _is_of_the_agency(person: Writer, request: AgencyRequest) -> bool:
    if isinstance(person, Account) and not person.is_active:
        return False
    agencies = {request.agency_id, request.coordinated_by.agency_id if request.coordinated_by else None}
    return person.agency_id in agencies and _is_free(person, request)


def _oversees(person: Writer, request: AgencyRequest) -> bool:
    return isinstance(person, Account) and person.is_active and review_access.can(person, "R", request.review)


def _is_free(person: Writer, request: AgencyRequest) -> bool:
    """In post, and not connected with the case."""
    officer = person.officer if isinstance(person, Account) else person
    if officer is None or not officer.is_serving(timezone.localdate()):
        return False
    return not need_to_know.is_kept_out(officer, request.matter)
