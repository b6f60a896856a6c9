"""The pages on which an agency answers with an account."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.case_reviews.workflow import answering, asking
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.agency_return import agency_return
from tests.access.world import signed_in
from tests.factories import reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(place: Place) -> AgencyRequest:
    place.school.safeguarding_lead = place.lead.officer
    place.school.save()
    return reviews.asked(reviews.review(place, status=reviews.Status.INFORMATION_REQUESTED), place.school, by=place.manager)


def browser_of(account: Account, asked: AgencyRequest) -> Client:
    ConflictStatement.objects.get_or_create(matter=asked.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def url(name: str, asked: AgencyRequest, *parts: str) -> str:
    return reverse(f"case_reviews:{name}", args=[asked.pk, *parts])


def nil_posted(asked: AgencyRequest) -> dict[str, dict[str, Any]]:
    """What is typed on each page by an agency to which nobody is known."""
    known = {f"people_known-{subject.pk}-known": "not_known" for subject in asked.subjects.all()}
    day = {"searched_on_day": "5", "searched_on_month": "6", "searched_on_year": "2026"}
    secured = {"records_secured_on_day": "5", "records_secured_on_month": "June", "records_secured_on_year": "2026"}
    signed = {"signed_off_on_day": "8", "signed_off_on_month": "6", "signed_off_on_year": "2026"}
    author = {"author_name": "Example Author", "author_role": "Invented role", "author_independent": "yes", "signed_off_by": "Example Lead"}
    return {
        "search": {**known, "systems_searched": "Invented records\nInvented archive", "records_secured": "yes", **day, **secured},
        "safety": {"immediate_concern": "no"},
        "further": {"others_to_ask-0-agency": "Invented Choir", "others_to_ask-0-why": "Saw them each week", "hours": "2.5"},
        "signing": {**author, **signed},
    }


def test_request_tells_whom_to_search_for_and_not_what_happened(asked: AgencyRequest, place: Place) -> None:
    page = browser_of(place.lead, asked).get(url("own_request", asked)).content.decode()

    child = asked.subjects.first().matter_person.person
    assert child.family_name in page
    assert asked.review.incident.summary not in page
    assert "Children Act 2004, section 16H" in page
    asked.refresh_from_db()
    assert asked.status == "acknowledged"


def test_agency_that_knows_nothing_of_the_matter_is_asked_for_its_statement_first(place: Place) -> None:
    inspector = place.person("AL", of=place.police)
    asked = reviews.asked(reviews.review(place, status=reviews.Status.INFORMATION_REQUESTED), place.police, by=place.manager)
    browser = signed_in(inspector)
    statement = reverse("need_to_know:statement", args=[asked.matter.pk])
    assert browser.get(statement).status_code == 404  # nobody sent them here yet

    sent = browser.get(url("own_request", asked))
    assert sent["Location"].startswith(statement)
    assert browser.get(sent["Location"]).status_code == 200
    answer = browser.post(sent["Location"], {"position": "none"}, follow=True)

    assert f"What {place.police} is asked" in answer.content.decode()
    assert browser.get(reverse("need_to_know:matter", args=[asked.matter.pk])).status_code == 404
    assert browser.get(reverse("case_reviews:incident", args=[asked.review.incident_id])).status_code == 404


def test_somebody_who_says_that_they_are_connected_is_out_at_once(place: Place) -> None:
    inspector = place.person("AL", of=place.police)
    asked = reviews.asked(reviews.review(place, status=reviews.Status.INFORMATION_REQUESTED), place.police, by=place.manager)
    browser = signed_in(inspector)
    sent = browser.get(url("own_request", asked))

    browser.post(sent["Location"], {"position": "connected"})

    assert browser.get(url("own_request", asked)).status_code == 404
    assert browser.get(sent["Location"]).status_code == 404
    assert asked.matter.reference not in browser.get(reverse("case_reviews:my_requests")).content.decode()


def test_nobody_known_is_answered_in_four_pages_and_submitted(asked: AgencyRequest, place: Place) -> None:
    browser = browser_of(place.lead, asked)
    for section, posted in nil_posted(asked).items():
        answer = browser.post(url("answer_section", asked, section), posted)
        assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == url("answer_check", asked)
    page = browser.get(answer["Location"]).content.decode()
    assert "Everything is answered" in page
    assert "Invented archive" in page

    answer = browser.post(url("answer_submit", asked), follow=True)

    assert "Your answer was received" in answer.content.decode()
    submitted = asked.returns.get()
    assert submitted.is_nil
    assert submitted.answers["systems_searched"] == ["Invented records", "Invented archive"]
    assert submitted.answers["records_secured_on"] == "2026-06-05"
    assert submitted.answers["others_to_ask"] == [{"agency": "Invented Choir", "why": "Saw them each week"}]


def test_every_section_can_be_shown_and_saved_empty(asked: AgencyRequest, place: Place) -> None:
    browser = browser_of(place.lead, asked)
    for section in agency_return().sections:
        assert browser.get(url("answer_section", asked, section.code)).status_code == 200
        assert browser.post(url("answer_section", asked, section.code), {}).status_code == 302
    assert browser.get(url("answer_section", asked, "nowhere")).status_code == 404


def test_what_cannot_be_read_is_kept_as_typed_and_told_on_checking(asked: AgencyRequest, place: Place) -> None:
    browser = browser_of(place.lead, asked)
    posted = {**nil_posted(asked)["search"], "searched_on_day": "31", "searched_on_month": "2"}

    browser.post(url("answer_section", asked, "search"), posted)

    assert asked.draft.answers["searched_on"] == "31 2 2026"
    assert 'value="31"' in browser.get(url("answer_section", asked, "search")).content.decode()
    assert "is not a date" in browser.get(url("answer_check", asked)).content.decode()


def test_rows_grow_without_a_script(asked: AgencyRequest, place: Place) -> None:
    browser = browser_of(place.lead, asked)
    row = {"services-0-service": "School nursing", "services-0-to_whom": "Child 1"}

    answer = browser.post(url("answer_section", asked, "involvement"), {**row, "add_row": "services"})

    assert answer["Location"] == url("answer_section", asked, "involvement") + "#services"
    page = browser.get(answer["Location"]).content.decode()
    assert "School nursing" in page
    assert "services-1-service" in page


def test_two_who_write_at_once_choose_between_two_texts(asked: AgencyRequest, place: Place) -> None:
    teacher = place.person("AC", of=place.school)
    answering.save_section(asked, section="involvement", values={"summary": "The teacher's text."}, is_nil=None, seen_version=1, by=teacher)
    browser = browser_of(place.lead, asked)
    posted = {"summary": "The lead's text.", "seen_version": "1"}

    answer = browser.post(url("answer_section", asked, "involvement"), posted)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The teacher&#x27;s text." in page and "The lead&#x27;s text." in page
    asked.draft.refresh_from_db()
    browser.post(
        url("answer_section", asked, "involvement"), {**posted, "seen_version": str(asked.draft.version), "keep-summary": "theirs"}
    )
    asked.draft.refresh_from_db()
    assert asked.draft.answers["summary"] == "The teacher's text."


def test_colleague_hands_the_answer_to_the_lead(asked: AgencyRequest, place: Place) -> None:
    teacher = place.person("AC", of=place.school)
    browser = browser_of(teacher, asked)
    for section, posted in nil_posted(asked).items():
        browser.post(url("answer_section", asked, section), {name: text for name, text in posted.items() if "signed_off" not in name})
    assert browser.post(url("answer_submit", asked)).status_code == 404

    answer = browser.post(url("for_sign_off", asked), follow=True)

    assert "waits for sign-off" in answer.content.decode()
    page = browser_of(place.lead, asked).get(url("answer_check", asked)).content.decode()
    assert "Senior officer who signs off" in page


def test_returned_answer_says_what_to_put_right(asked: AgencyRequest, place: Place) -> None:
    reviews.submitted(asked, by=place.lead)
    asking.return_for_correction(asked, correction="unclear", note="Which archive did you search?", by=place.manager)

    page = browser_of(place.lead, asked).get(url("own_request", asked)).content.decode()

    assert "Which archive did you search?" in page
    assert "What you submitted stays on record" in page


def test_marks_message_and_passing_on(asked: AgencyRequest, place: Place) -> None:
    colleague = place.person("AC", of=place.school)
    browser = browser_of(place.lead, asked)
    browser.post(url("answer_section", asked, "search"), nil_posted(asked)["search"])
    page = browser.get(url("answer_check", asked)).content.decode()
    assert "mark-0" in page

    browser.post(url("answer_check", asked), {"marks": "yes", "mark-0": "police"})
    browser.post(url("say_to_unit", asked), {"text": "Ask the Invented Choir too.", "question": ""})
    browser.post(url("pass_on", asked), {"officer": colleague.officer_id})

    asked.refresh_from_db()
    asked.draft.refresh_from_db()
    assert list(asked.draft.answers["marks"].values()) == ["police"]
    assert asked.messages.get().text == "Ask the Invented Choir too."
    assert asked.passed_to == colleague.officer


def test_list_shows_what_waits_and_nothing_to_others(asked: AgencyRequest, place: Place) -> None:
    listed = reverse("case_reviews:my_requests")

    assert asked.matter.reference in browser_of(place.lead, asked).get(listed).content.decode()
    for other in (place.person("AL", of=place.police), place.person("PUB", of=place.school)):
        browser = browser_of(other, asked)
        assert asked.matter.reference not in browser.get(listed).content.decode()
        assert browser.get(url("own_request", asked)).status_code == 404
