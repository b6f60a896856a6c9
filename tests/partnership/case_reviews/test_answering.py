"""An agency answers: opened, written by several, passed on, signed off, submitted, and written again after it was returned."""

from typing import Any

import pytest

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews import questions, review_access
from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.partnership.case_reviews.workflow import answering, asking, safety
from sightline.partnership.need_to_know.workflow import conflicts
from sightline.partnership.notices.models import Notice
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.agency_return import agency_return
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, agencies, reviews
from tests.factories.incidents import EVERYBODY_SAFE, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(place: Place) -> AgencyRequest:
    place.school.safeguarding_lead = place.lead.officer
    place.school.save()
    return reviews.asked(reviews.review(place, status=reviews.Status.INFORMATION_REQUESTED), place.school, by=place.manager)


@pytest.fixture
def teacher(place: Place) -> Account:
    return place.person("AC", of=place.school)


def write(request: AgencyRequest, *, by: Account | Officer, is_nil: bool = True, **fields: Any) -> None:
    """Everything that an agency to which nobody is known has to say, section by section."""
    answers = reviews.nil_answers(request, **fields)
    for section in agency_return().sections:
        values = {field.code: answers[field.code] for field in section.fields if field.code in answers}
        version = request.draft.version if hasattr(request, "draft") else 1
        answering.save_section(request, section=section.code, values=values, is_nil=is_nil, seen_version=version, by=by)
        request.refresh_from_db()


def test_request_is_opened_once(asked: AgencyRequest, place: Place, teacher: Account) -> None:
    answering.open_request(asked, by=place.lead)
    opened = answering.open_request(asked, by=teacher)

    assert opened.status == Status.ACKNOWLEDGED
    assert [event.what for event in asked.events.all()] == ["opened"]


def test_nil_return_is_submitted_as_its_own_version(asked: AgencyRequest, place: Place) -> None:
    write(asked, by=place.lead)

    submitted = answering.submit(asked, by=place.lead, via="account")

    assert (submitted.number, submitted.is_nil, submitted.signed_off_by) == (1, True, place.lead.officer)
    assert submitted.answers["systems_searched"] == ["Invented records"]
    assert answering.SAVED_AS not in submitted.answers
    asked.refresh_from_db()
    assert asked.status == Status.SUBMITTED
    assert [event.what for event in asked.events.all()] == ["begun", "submitted"]
    assert Notice.objects.get(template="case_reviews.request_answered").to == place.manager.pk


def test_answer_that_lacks_something_is_not_taken_and_nothing_is_lost(asked: AgencyRequest, place: Place) -> None:
    write(asked, by=place.lead, systems_searched=[])

    with pytest.raises(answering.Incomplete, match="Systems and files that you searched"):
        answering.submit(asked, by=place.lead, via="account")

    asked.refresh_from_db()
    assert asked.status == Status.IN_PROGRESS
    assert asked.draft.answers["author_name"] == "Example Author"


def test_colleague_writes_and_the_lead_signs_off(asked: AgencyRequest, place: Place, teacher: Account) -> None:
    write(asked, by=teacher, signed_off_by="", signed_off_on="")
    with pytest.raises(NotPermitted, match="safeguarding lead or alternate"):
        answering.submit(asked, by=teacher, via="account")

    answering.for_sign_off(asked, by=teacher)
    assert Notice.objects.get(template="case_reviews.request_for_sign_off").to == place.lead.pk
    with pytest.raises(NotPermitted, match="Take it back"):
        answering.save_section(asked, section="search", values={}, is_nil=True, seen_version=99, by=teacher)
    signing = {"signed_off_by": "Example Lead", "signed_off_on": "2026-06-08"}
    answering.save_section(asked, section="signing", values=signing, is_nil=True, seen_version=99, by=place.lead)

    assert answering.submit(asked, by=place.lead, via="account").number == 1


def test_answer_waiting_for_sign_off_is_taken_back(asked: AgencyRequest, place: Place, teacher: Account) -> None:
    write(asked, by=teacher, signed_off_by="", signed_off_on="")
    answering.for_sign_off(asked, by=teacher)

    assert answering.take_back(asked, by=teacher).status == Status.IN_PROGRESS


def test_two_who_write_on_one_section_get_both_texts(asked: AgencyRequest, place: Place, teacher: Account) -> None:
    def save(text: str, *, seen: int, by: Account) -> Any:
        return answering.save_section(asked, section="involvement", values={"summary": text}, is_nil=False, seen_version=seen, by=by)

    first = save("What the lead wrote.", seen=1, by=place.lead)

    with pytest.raises(answering.ChangedMeanwhile) as changed:
        save("What the teacher wrote.", seen=1, by=teacher)

    assert changed.value.theirs == {"summary": "What the lead wrote."}
    assert changed.value.yours == {"summary": "What the teacher wrote."}
    assert changed.value.who == place.lead.name
    assert save("What both agreed on.", seen=first.version, by=teacher).answers["summary"] == "What both agreed on."


def test_two_who_write_on_different_sections_do_not_collide(asked: AgencyRequest, place: Place, teacher: Account) -> None:
    kept = {"is_nil": False, "seen_version": 1}
    answering.save_section(asked, section="involvement", values={"summary": "One."}, by=place.lead, **kept)
    draft = answering.save_section(asked, section="child", values={"voice": "Two."}, by=teacher, **kept)

    assert (draft.answers["summary"], draft.answers["voice"]) == ("One.", "Two.")


def test_returned_answer_is_written_again_and_the_first_version_stays(asked: AgencyRequest, place: Place) -> None:
    write(asked, by=place.lead)
    first = answering.submit(asked, by=place.lead, via="account")
    asking.return_for_correction(asked, correction="unclear", note="Which archive was searched?", by=place.manager)

    write(asked, by=place.lead, systems_searched=["Invented records", "Invented archive"])
    second = answering.submit(asked, by=place.lead, via="account")

    first.refresh_from_db()
    assert (first.number, first.answers["systems_searched"]) == (1, ["Invented records"])
    assert (second.number, second.answers["systems_searched"]) == (2, ["Invented records", "Invented archive"])


def test_submitted_answer_is_not_written_on(asked: AgencyRequest, place: Place) -> None:
    write(asked, by=place.lead)
    answering.submit(asked, by=place.lead, via="account")

    with pytest.raises((NotAllowedNow, NotPermitted)):
        write(asked, by=place.lead)


def test_danger_reaches_the_duty_person_and_asks_about_safety_again(asked: AgencyRequest, place: Place) -> None:
    incident = asked.review.incident
    safety.record_answers(incident, answers=EVERYBODY_SAFE, by=place.manager)
    assert not questions.safety_is_open(incident)
    write(asked, by=place.lead, immediate_concern="yes", immediate_concern_what="A brother was seen alone at the weir.")

    answering.submit(asked, by=place.lead, via="account")

    concern = incident.immediate_concerns.get(request=asked)
    assert (concern.what, concern.raised_by) == ("A brother was seen alone at the weir.", place.lead)
    assert questions.safety_is_open(incident)
    assert place.manager.pk in Notice.objects.filter(template="case_reviews.immediate_concern").values_list("to", flat=True)
    safety.record_answers(incident, answers=EVERYBODY_SAFE, by=place.manager)
    assert not questions.safety_is_open(incident)


def test_what_was_written_before_nobody_was_found_is_not_handed_over(asked: AgencyRequest, place: Place) -> None:
    answering.save_section(
        asked, section="involvement", values={"summary": "Of another child."}, is_nil=False, seen_version=1, by=place.lead
    )
    write(asked, by=place.lead)

    assert "summary" not in answering.submit(asked, by=place.lead, via="account").answers


def test_marks_are_kept_with_the_answer(asked: AgencyRequest, place: Place) -> None:
    write(asked, by=place.lead)
    answering.set_marks(asked, marks={"systems_searched": "police"}, by=place.lead)
    with pytest.raises(NotAllowedNow, match="does not exist"):
        answering.set_marks(asked, marks={"systems_searched": "secret"}, by=place.lead)

    assert answering.submit(asked, by=place.lead, via="account").answers["marks"] == {"systems_searched": "police"}


def test_passed_on_to_a_colleague_without_account(asked: AgencyRequest, place: Place) -> None:
    nurse = agencies.officer("Example Nurse", of=place.school)

    passed = answering.pass_on(asked, officer=nurse, by=place.lead)

    assert passed.who_answers == nurse
    assert Notice.objects.get(template="case_reviews.request_passed_on").to == f"officer:{nurse.pk}"
    write(asked, by=nurse)
    assert asked.draft.saved_by_officer == nurse


def test_not_passed_on_to_somebody_connected_or_of_another_agency(asked: AgencyRequest, place: Place) -> None:
    related, stranger = agencies.officer(of=place.school), agencies.officer(of=place.police)
    conflicts.declare(asked.matter, officer=related, reason="A relative of Child 1.", by=accounts.account("IG"))

    for officer in (related, stranger):
        with pytest.raises(NotAllowedNow, match="Choose"):
            answering.pass_on(asked, officer=officer, by=place.lead)


def test_another_agency_and_somebody_in_conflict_write_nothing(asked: AgencyRequest, place: Place, teacher: Account) -> None:
    conflicts.declare(asked.matter, account=teacher, reason="A relative of Child 1.", by=accounts.account("IG"))

    for account in (teacher, place.person("AL", of=place.police), place.manager):
        assert not review_access.can_write(account, asked)
        with pytest.raises(NotPermitted):
            answering.save_section(asked, section="search", values={}, is_nil=True, seen_version=1, by=account)


def test_officer_who_came_by_a_link_signs_off_as_the_lead(asked: AgencyRequest, place: Place) -> None:
    head = agencies.officer("Example Head", of=place.school)
    place.school.alternate_officer = head
    place.school.save()
    write(asked, by=head)

    submitted = answering.submit(asked, by=head, via="link")

    assert (submitted.submitted_by, submitted.signed_off_by, submitted.submitted_via) == (None, head, "link")
