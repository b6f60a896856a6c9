"""The pages on which the business unit asks agencies, reads what they answer, and takes each answer on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews.models import AgencyRequest, InvolvedProfessional, RapidReview, ReturnDraft
from sightline.partnership.case_reviews.workflow import asking, rapid_reviews
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.factories import agencies, matters, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
PageOf = Callable[[Account], Client]
LATER = {"due_on_day": "5", "due_on_month": "1", "due_on_year": "2099"}


@pytest.fixture
def review(place: Place) -> RapidReview:
    return reviews.review(place)


@pytest.fixture
def head(place: Place) -> Officer:
    place.school.safeguarding_lead = agencies.officer("Example Head", of=place.school, phone="01632 960077")
    place.school.save()
    return place.school.safeguarding_lead


@pytest.fixture
def asked(place: Place, review: RapidReview, head: Officer) -> AgencyRequest:
    return ask(place, review, head)


@pytest.fixture
def browser(review: RapidReview) -> PageOf:
    """A sign-in of somebody who has said that nothing connects them with the matter."""

    def sign_in(account: Account) -> Client:
        matters.statement(review.matter, account)
        client = Client()
        client.force_login(account)
        return client

    return sign_in


def ask(place: Place, review: RapidReview, officer: Officer, **given: Any) -> AgencyRequest:
    subjects = list(MatterPerson.objects.filter(matter=review.matter))
    facts = {"subjects": subjects, "due_on": timezone.localdate() + timedelta(days=7), "by": place.manager}
    return asking.ask(review, agency=officer.agency, officer=officer, **{**facts, **given})


def url(name: str, *parts: Any) -> str:
    return reverse(f"case_reviews:{name}", args=[getattr(part, "pk", part) for part in parts])


def read(page: Client, address: str) -> str:
    answer = page.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- asking ----


def test_unit_ticks_an_agency_named_at_intake_and_it_is_asked(place: Place, review: RapidReview, head: Officer, browser: PageOf) -> None:
    InvolvedProfessional.objects.create(incident=review.incident, agency=place.school, role="Form teacher", knew_whom="Child 1")
    page, key = browser(place.manager), f"agency_{place.school.pk}"
    body = read(page, url("ask_agencies", review))
    assert "Named at intake: Form teacher" in body and "Example Head" in body

    person = MatterPerson.objects.get(matter=review.matter)
    ticked = {f"{key}_ask": "on", f"{key}_officer": head.pk, f"{key}_people": person.pk, "message": "", **LATER}
    refused = page.post(url("ask_agencies", review), ticked)
    assert "check for a connection before anything is sent" in refused.content.decode()
    answer = page.post(url("ask_agencies", review), {**ticked, f"{key}_confirmed": "on"})

    assert answer.status_code == 302
    request = AgencyRequest.objects.get()
    assert (request.asked_officer, request.due_on, request.route_confirmed_by) == (head, date(2099, 1, 5), place.manager)
    review.refresh_from_db()
    assert review.status == Status.INFORMATION_REQUESTED


def test_all_agencies_ticked_are_asked_or_none(place: Place, review: RapidReview, head: Officer, browser: PageOf) -> None:
    person = MatterPerson.objects.get(matter=review.matter)
    InvolvedProfessional.objects.create(incident=review.incident, agency=place.school, role="Form teacher")
    officers = {place.school: head, place.board: agencies.officer(of=place.board)}
    ticked: dict[str, str] = {"message": "See 7 Hidden Lane.", **LATER}
    for agency, officer in officers.items():
        key = f"agency_{agency.pk}"
        ticked |= {f"{key}_ask": "on", f"{key}_officer": officer.pk, f"{key}_people": person.pk, f"{key}_confirmed": "on"}
    person.person.addresses.create(lines="7 Hidden Lane", postcode="ZZ9 9ZZ", is_protected=True)
    page = browser(place.manager)

    refused = page.post(url("ask_agencies", review), ticked)
    assert "address that is protected" in refused.content.decode() and not AgencyRequest.objects.exists()

    page.post(url("ask_agencies", review), {**ticked, "message": ""})
    assert AgencyRequest.objects.count() == 2


def test_nothing_ticked_asks_nobody(place: Place, review: RapidReview, head: Officer, browser: PageOf) -> None:
    assert "Tick at least one agency" in browser(place.manager).post(url("ask_agencies", review), LATER).content.decode()


def test_any_agency_of_the_directory_can_be_added_to_the_page(place: Place, review: RapidReview, browser: PageOf) -> None:
    hostel = agencies.agency("Invented Hostel")
    agencies.officer("Example Warden", of=hostel)
    page = browser(place.manager)

    assert "Example Warden" not in read(page, url("ask_agencies", review))
    assert "Example Warden" in read(page, f"{url('ask_agencies', review)}?agency={hostel.pk}")


def test_agency_without_anybody_to_ask_is_told_of(place: Place, review: RapidReview, browser: PageOf) -> None:
    InvolvedProfessional.objects.create(incident=review.incident, agency=agencies.agency("Invented Empty Club"), role="Coach")
    InvolvedProfessional.objects.create(incident=review.incident, other_agency="Invented Unknown Club", role="Coach")

    body = read(browser(place.manager), url("ask_agencies", review))

    assert "Invented Empty Club</a>, named in this case" in body
    assert "Invented Unknown Club, Coach" in body


def test_only_the_unit_opens_the_page(place: Place, review: RapidReview, asked: AgencyRequest, browser: PageOf) -> None:
    for account in (place.nurse, place.lead, place.person("PC", of=place.council)):
        page = browser(account)
        for address in (url("ask_agencies", review), url("withdraw_request", asked), url("change_request", asked)):
            assert page.get(address).status_code == 404


def test_review_goes_on_without_answers_on_its_page(place: Place, review: RapidReview, asked: AgencyRequest, browser: PageOf) -> None:
    page = browser(place.manager)
    assert "Hartshire Invented School" in read(page, url("go_on_without", review))

    page.post(url("go_on_without", review), {"reasons": "The panel meets on Friday."})

    review.refresh_from_db()
    assert review.status == Status.INFORMATION_INCOMPLETE
    assert "Not a step for now" in read(page, url("go_on_without", review))


# ---- one request ----


def test_request_page_tells_whom_was_asked_and_that_there_is_no_answer(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    body = read(browser(place.manager), url("request", asked))

    for told in ("Example Head", "01632 960077", "Child 1", "section 16H", "No answer yet", "Confirmed as not connected by", "Make a link"):
        assert told in body


def test_request_page_says_how_late_an_agency_is(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    AgencyRequest.objects.filter(pk=asked.pk).update(due_on=timezone.localdate() - timedelta(days=14))

    assert "Late by" in read(browser(place.manager), url("request", asked))


def test_nobody_is_late_in_a_review_that_was_stopped(place: Place, review: RapidReview, asked: AgencyRequest, browser: PageOf) -> None:
    AgencyRequest.objects.filter(pk=asked.pk).update(due_on=timezone.localdate() - timedelta(days=14))
    rapid_reviews.change_status(review, to=Status.STOPPED_WITHDRAWN, by=place.manager, reasons="Invented.")

    assert "Late by" not in read(browser(place.manager), url("request", asked))


def test_what_an_agency_is_writing_is_not_shown(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    ReturnDraft.objects.create(request=asked, answers={"author_name": "Example Unready"})

    assert "Example Unready" not in read(browser(place.manager), url("request", asked))


def test_unit_accepts_an_answer(place: Place, review: RapidReview, asked: AgencyRequest, browser: PageOf) -> None:
    reviews.submitted(asked)
    page = browser(place.manager)
    assert "Invented records" in read(page, url("request", asked))

    page.post(url("accept_answer", asked))

    asked.refresh_from_db()
    assert asked.status == AgencyRequestStatus.NIL_ACCEPTED
    assert "Not known to this agency, accepted" in read(page, url("request", asked))


def test_answer_returned_and_sent_again_shows_what_changed(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    reviews.submitted(asked)
    page = browser(place.manager)
    back = {"correction": "records_not_searched", "note": "The archive in the cellar, please.", **LATER}
    assert page.post(url("return_answer", asked), back).status_code == 302
    later = reviews.nil_answers(asked, systems_searched=["Invented records", "Invented archive"])
    reviews.submitted(asked, answers=later)

    body = read(page, url("request", asked))

    assert body.count("Changed</strong>") == 1
    for told in ("Invented archive", "Before", "The archive in the cellar, please.", "A system that you keep does not seem"):
        assert told in body


def test_marked_answers_are_withheld_from_whoever_is_not_cleared(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    events = [{"on": "May 2020", "event": "Openly told"}, {"on": "June 2020", "event": "Told to the police"}]
    marks = {"summary": "legal_privilege", "key_events:2": "police"}
    answers = reviews.nil_answers(asked, summary="Advice of counsel", key_events=events, marks=marks)
    reviews.submitted(asked, is_nil=False, answers=answers)
    page = browser(place.manager)

    body = read(page, url("request", asked))
    assert "Openly told" in body and "Legally privileged" in body
    assert "Told to the police" not in body and "Advice of counsel" not in body

    matters.clearance(asked.matter, place.manager, "police", by=place.person("BM", of=place.council))
    body = read(page, url("request", asked))
    assert "Told to the police" in body and "Advice of counsel" not in body


def test_what_was_marked_in_one_version_does_not_show_in_the_other(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    reviews.submitted(asked, is_nil=False, answers=reviews.nil_answers(asked, summary="Told before it was marked"))
    marked = reviews.nil_answers(asked, summary="Told before it was marked, and more", marks={"summary": "police"})
    reviews.submitted(asked, is_nil=False, answers=marked)

    assert "Told before it was marked" not in read(browser(place.manager), url("request", asked))


def test_unit_asks_back_about_one_question(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    page = browser(place.manager)
    page.post(url("ask_back", asked), {"question": "systems_searched", "text": "Also the archive?"})

    body = read(page, url("request", asked))

    assert "Also the archive?" in body and "about “Systems and files that you searched”" in body


def test_unit_asks_back_about_one_row(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    events = [{"on": "May 2020", "event": "One"}, {"on": "June 2020", "event": "Another"}]
    reviews.submitted(asked, is_nil=False, answers=reviews.nil_answers(asked, key_events=events))
    page = browser(place.manager)
    assert "question=key_events&amp;row=2" in read(page, url("request", asked))
    assert 'name="row" value="2"' in read(page, f"{url('ask_back', asked)}?question=key_events&row=2")

    page.post(url("ask_back", asked), {"question": "key_events", "row": "2", "text": "Which day?"})

    assert "about row 2 of “Key events”" in read(page, url("request", asked))


def test_another_person_and_another_day_are_chosen_on_one_page(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    deputy = agencies.officer("Example Deputy", of=place.school)
    page = browser(place.manager)
    assert "Check for a connection" in page.post(url("change_request", asked), {"officer": deputy.pk, **LATER}).content.decode()

    page.post(url("change_request", asked), {"officer": deputy.pk, "confirmed": "on", **LATER})

    asked.refresh_from_db()
    assert (asked.asked_officer, asked.due_on) == (deputy, date(2099, 1, 5))
    assert "Now Monday 5 January 2099" in read(page, url("request", asked))


def test_manager_withdraws_a_request(place: Place, asked: AgencyRequest, browser: PageOf) -> None:
    page = browser(place.manager)
    page.post(url("withdraw_request", asked), {"reasons": "Asked by mistake."})

    asked.refresh_from_db()
    assert asked.status == AgencyRequestStatus.WITHDRAWN
    assert "Asked by mistake." in read(page, url("request", asked))


# ---- coordinators ----


def test_coordinator_splits_and_assures_on_its_pages(place: Place, review: RapidReview, browser: PageOf) -> None:
    coordinator = place.person("AL", of=place.board)
    trust = agencies.agency("Invented Hospital Trust", sector="health")
    matron = agencies.officer("Example Matron", of=trust)
    request = ask(place, review, coordinator.officer)
    page = browser(coordinator)

    assert url("split_request", request) in read(page, url("own_request", request))
    assert "Example Matron" in read(page, f"{url('split_request', request)}?agency={trust.pk}")
    page.post(f"{url('split_request', request)}?agency={trust.pk}", {"officer": matron.pk, "confirmed": "on"})
    part = request.parts.get()
    assert url("split_request", request) in read(page, url("own_request", part))
    assert "No answer to read" in read(page, url("assure_answer", part))
    reviews.submitted(part)
    assert "Invented records" in read(page, url("assure_answer", part))
    page.post(url("assure_answer", part))

    part.refresh_from_db()
    assert part.assured_by == coordinator
    assert "Assured" in read(page, url("split_request", request))
    reviews.submitted(request)
    body = read(page, url("split_request", request))
    assert "Assured" in body and "Ask another provider" not in body
