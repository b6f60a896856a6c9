"""The unit asks an agency about its answer and the agency replies, each told by a letter that says nothing."""

import pytest

from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.case_reviews.workflow import asking, thread
from sightline.partnership.notices.models import Notice
from sightline.partnership.people.models import Address
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import agencies, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(place: Place) -> AgencyRequest:
    officer = agencies.officer("Example Head", of=place.school)
    return reviews.asked(reviews.review(place), place.school, by=place.manager, to=officer)


def told() -> list[str]:
    return list(Notice.objects.filter(template="case_reviews.request_message").values_list("to", flat=True))


def test_unit_asks_about_one_question_and_the_person_asked_is_told(place: Place, request_: AgencyRequest) -> None:
    message = thread.say(request_, text=" Which archive? ", question="systems_searched", by=place.manager)

    assert (message.text, message.question, message.is_from_agency) == ("Which archive?", "systems_searched", False)
    assert told() == [f"officer:{request_.asked_officer_id}"]


@pytest.mark.parametrize("comes_by_link", [True, False])
def test_agency_replies_and_the_managers_are_told(place: Place, request_: AgencyRequest, comes_by_link: bool) -> None:
    message = thread.say(request_, text="The one in the cellar.", by=request_.asked_officer if comes_by_link else place.lead)

    assert message.is_from_agency
    assert (message.by_officer, message.by) == ((request_.asked_officer, None) if comes_by_link else (None, place.lead))
    assert told() == [place.manager.pk]


def test_agency_replies_also_after_it_has_submitted(place: Place, request_: AgencyRequest) -> None:
    reviews.submitted(request_)

    assert thread.say(request_, text="As asked.", by=place.lead).is_from_agency


def test_other_agencies_write_nothing(place: Place, request_: AgencyRequest) -> None:
    with pytest.raises(NotPermitted):
        thread.say(request_, text="Invented.", by=place.person("AL", of=place.board))


@pytest.mark.parametrize(("text", "question"), [("  ", ""), ("Invented.", "favourite_colour")])
def test_message_says_something_about_a_question_that_exists(place: Place, request_: AgencyRequest, text: str, question: str) -> None:
    with pytest.raises(NotAllowedNow):
        thread.say(request_, text=text, question=question, by=place.manager)


def test_nothing_more_is_said_in_a_withdrawn_request(place: Place, request_: AgencyRequest) -> None:
    asking.withdraw(request_, reasons="Invented.", by=place.manager)

    with pytest.raises(NotAllowedNow, match="closed"):
        thread.say(request_, text="Invented.", by=place.manager)


def test_unit_never_tells_a_protected_address(place: Place, request_: AgencyRequest) -> None:
    person = request_.subjects.get().matter_person.person
    Address.objects.create(person=person, lines="7 Hidden Lane", postcode="ZZ9 9ZZ", is_protected=True)

    with pytest.raises(NotAllowedNow, match="protected"):
        thread.say(request_, text="Is she still at ZZ9 9ZZ?", by=place.manager)
