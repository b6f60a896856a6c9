"""Letters about requests to agencies: to whom they go, to whom not, and that they say nothing of the case."""

from typing import Any

import pytest

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.case_reviews.workflow import links
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import conflicts
from sightline.partnership.notices.message import Message
from sightline.partnership.notices.models import Notice
from sightline.site.notice_handlers import HANDLERS, compose
from tests.factories import accounts, agencies, incidents, reviews

pytestmark = pytest.mark.django_db

TO_AGENCY = [
    "request_sent", "request_passed_on", "request_for_sign_off", "request_returned", "request_accepted", "request_withdrawn",
    "request_message", "request_reminder", "request_overdue", "request_escalated",
]  # fmt: skip
WHILE_AWAITED = ["request_sent", "request_passed_on", "request_for_sign_off", "request_reminder", "request_overdue", "request_escalated"]
SAID_TO_THE_AGENCY = "Something an agency must never read in a letter"


@pytest.fixture(autouse=True)
def _witness(tmp_path: Any, settings: Any) -> None:
    settings.AUDIT_WITNESS = tmp_path / "audit.heads"


@pytest.fixture
def lead() -> Account:
    return accounts.account("AL")


@pytest.fixture
def request_(lead: Account) -> AgencyRequest:
    place = incidents.Place()
    return reviews.asked(reviews.review(place), lead.agency, by=place.manager, to=lead.officer, message=SAID_TO_THE_AGENCY)


def letter(what: str, *, to: str, about: AgencyRequest) -> Message | None:
    return compose(Notice(template=f"case_reviews.{what}", to=to, about=about.pk, matter_id=about.matter.pk))


@pytest.mark.parametrize("what", TO_AGENCY)
def test_it_goes_to_the_agency_and_to_nobody_of_another(what: str, lead: Account, request_: AgencyRequest) -> None:
    message = letter(what, to=lead.pk, about=request_)

    assert message is not None and message.to == lead.email
    assert letter(what, to=accounts.account("AL").pk, about=request_) is None
    text = message.marked_subject + message.marked_body
    for told in (request_.agency.name, request_.matter.reference, SAID_TO_THE_AGENCY, f"{request_.due_on:%d}"):
        assert told not in text


@pytest.mark.parametrize("what", TO_AGENCY)
def test_somebody_without_account_is_written_to_at_the_address_of_the_directory(what: str, request_: AgencyRequest) -> None:
    officer = agencies.officer("Example Nurse", of=request_.agency, email="nurse@hartshire.example")

    message = letter(what, to=f"officer:{officer.pk}", about=request_)

    assert message is not None and message.to == "nurse@hartshire.example"
    assert "Sign in" not in message.body


def test_somebody_without_account_who_is_connected_is_not_written_to(request_: AgencyRequest) -> None:
    officer = agencies.officer("Example Nurse", of=request_.agency, email="nurse@hartshire.example")
    keep_out(request_.matter, officer=officer)

    assert letter("request_overdue", to=f"officer:{officer.pk}", about=request_) is None


def test_somebody_whose_connection_was_found_after_queueing(lead: Account, request_: AgencyRequest) -> None:
    keep_out(request_.matter, officer=lead.officer)

    assert letter("request_reminder", to=lead.pk, about=request_) is None


@pytest.mark.parametrize("what", WHILE_AWAITED)
def test_an_answer_that_came_meanwhile_stops_the_letter(what: str, lead: Account, request_: AgencyRequest) -> None:
    AgencyRequest.objects.filter(pk=request_.pk).update(status="submitted")

    assert letter(what, to=lead.pk, about=request_) is None


def test_the_unit_hears_of_an_answer_and_the_agency_does_not(lead: Account, request_: AgencyRequest) -> None:
    manager = request_.asked_by

    assert letter("request_answered", to=manager.pk, about=request_) is not None
    assert letter("request_answered", to=lead.pk, about=request_) is None


def test_a_review_is_told_of_only_to_those_who_may_read_it(lead: Account, request_: AgencyRequest) -> None:
    def opened(to: Account) -> Message | None:
        return compose(Notice(template="case_reviews.review_opened", to=to.pk, about=request_.review_id, matter_id=request_.matter.pk))

    assert opened(request_.asked_by) is not None
    assert opened(lead) is None


def test_a_link_goes_to_the_officer_it_was_made_for_and_opens_nothing_alone(request_: AgencyRequest) -> None:
    officer = agencies.officer("Example Nurse", of=request_.agency, email="nurse@hartshire.example", phone="01632 960001")
    AgencyRequest.objects.filter(pk=request_.pk).update(asked_officer=officer)
    link, code = links.make(request_, officer=officer, purpose="answer", by=request_.asked_by)

    message = compose(
        Notice(template="case_reviews.answer_link", to=f"answer_link:{link.pk}", about=request_.pk, matter_id=request_.matter.pk)
    )

    assert message is not None and message.to == "nurse@hartshire.example"
    text = message.marked_subject + message.marked_body
    assert "/answer/" in text
    for told in (code, request_.agency.name, request_.matter.reference, SAID_TO_THE_AGENCY):
        assert told not in text
    links.revoke(link, by=request_.asked_by)
    assert compose(Notice(template="case_reviews.answer_link", to=f"answer_link:{link.pk}", about=request_.pk)) is None


def test_every_letter_about_requests_is_tried_here() -> None:
    of_requests = {template.removeprefix("case_reviews.") for template in HANDLERS if template.startswith("case_reviews.request_")}

    assert of_requests == {*TO_AGENCY, "request_answered"}


def keep_out(matter: Matter, *, officer: Any) -> None:
    conflicts.declare(matter, officer=officer, reason="Related to somebody in it.", by=accounts.account("IG"))
