"""The business unit asks agencies: whom, about whom, by when; and takes in, sends back or lets go what they answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.partnership.agencies.models import Absence, Agency, Officer, RelevantAgencyListing
from sightline.partnership.case_reviews import routes
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink, InvolvedProfessional, RapidReview, ReturnDraft
from sightline.partnership.case_reviews.workflow import asking, rapid_reviews
from sightline.partnership.need_to_know.models import Conflict, MatterPerson
from sightline.partnership.notices.models import Notice
from sightline.partnership.people.models import Address
from sightline.procedures.agency_request import AgencyRequestStatus
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.factories import agencies, incidents, reviews
from tests.factories.agencies import START
from tests.factories.incidents import Place
from tests.factories.reviews import DUE_ON, NOTIFIED_AT

pytestmark = pytest.mark.django_db
ON = NOTIFIED_AT.date()


@pytest.fixture
def review(place: Place) -> RapidReview:
    return reviews.review(place)


@pytest.fixture
def head(place: Place) -> Officer:
    """The school's lead has no account."""
    return lead_of(place.school, "Example Head")


def lead_of(agency: Agency, name: str) -> Officer:
    agency.safeguarding_lead = agencies.officer(name, of=agency)
    agency.save()
    return agency.safeguarding_lead


def people(review: RapidReview) -> list[MatterPerson]:
    return list(MatterPerson.objects.filter(matter=review.matter))


def ask(review: RapidReview, agency: Agency, officer: Officer, place: Place, **given: Any) -> AgencyRequest:
    facts = {"subjects": people(review), "due_on": DUE_ON, "by": place.manager, "at": NOTIFIED_AT}
    return asking.ask(review, agency=agency, officer=officer, **{**facts, **given})


def logged(request: AgencyRequest) -> list[str]:
    return [event.what for event in request.events.all()]


def letters(template: str) -> Iterable[str]:
    return list(Notice.objects.filter(template=f"case_reviews.{template}").order_by("queued_at").values_list("to", flat=True))


# ---- asking ----


def test_first_request_takes_an_open_review_to_waiting_for_information(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place, message="Invented facts to search by.")

    review.refresh_from_db()
    assert review.status == Status.INFORMATION_REQUESTED
    assert [change.became for change in review.status_changes.all()] == [Status.SCOPING, Status.INFORMATION_REQUESTED]
    assert request.lawful_basis == "section_16h"
    assert (request.period_from, request.period_to) == (review.scope_from, review.scope_to)
    assert [subject.called for subject in request.subjects.all()] == ["Child 1"]
    assert logged(request) == ["asked"]
    assert letters("request_sent") == [f"officer:{head.pk}"]


def test_people_are_called_as_the_review_calls_them_never_by_name(place: Place) -> None:
    incident = incidents.ready(place.lead, children=2)
    incidents.carer(incident, by=place.lead)
    for _ in range(2):
        incidents.carer(incident, by=place.lead, relationship="sibling")
    raised = incidents.incidents.raise_incident(incident, by=place.lead, at=incidents.AWARE_AT)
    consulted = incidents.consideration.consult(raised, ask=place.partners, by=place.manager, at=raised.raised_at)
    incidents.decided(place, incident=consulted)
    incidents.consideration.record_sent(
        consulted, notified_at=NOTIFIED_AT, submitted_by_name="Example Notifier", by=place.director, at=NOTIFIED_AT
    )

    called = [person.called for person in routes.people_of(RapidReview.objects.get(incident=consulted))]

    assert called[:3] == ["Child 1", "Child 2", "Mother"]
    assert called[3].endswith(" 1") and called[4].endswith(" 2")


def test_agency_asked_on_a_later_day_needs_a_reason_and_brings_the_review_back_to_waiting(
    place: Place, review: RapidReview, head: Officer
) -> None:
    first = ask(review, place.school, head, place)
    reviews.submitted(first)
    asking.accept(first, by=place.manager, at=NOTIFIED_AT)
    officer = lead_of(place.board, "Example Nurse")
    later = NOTIFIED_AT + timedelta(days=2)

    with pytest.raises(NotAllowedNow, match="later"):
        ask(review, place.board, officer, place, at=later)
    request = ask(review, place.board, officer, place, at=later, added_because="A respondent proposed it.")

    review.refresh_from_db()
    assert request.added_because == "A respondent proposed it."
    assert review.status == Status.INFORMATION_REQUESTED


def test_agencies_of_the_first_day_need_no_reason(place: Place, review: RapidReview, head: Officer) -> None:
    ask(review, place.school, head, place)

    assert ask(review, place.board, lead_of(place.board, "Example Nurse"), place).added_because == ""


def test_person_is_asked_of_an_agency_once(place: Place, review: RapidReview, head: Officer) -> None:
    ask(review, place.school, head, place)

    with pytest.raises(NotAllowedNow, match="asked already about Child 1"):
        ask(review, place.school, head, place)


def test_somebody_else_is_added_to_the_request_that_an_agency_is_still_answering(place: Place) -> None:
    review = reviews.review(place, children=2)
    head = lead_of(place.school, "Example Head")
    one, other = people(review)
    request = ask(review, place.school, head, place, subjects=[one])

    with pytest.raises(NotAllowedNow, match="somebody else too"):
        ask(review, place.school, head, place, subjects=[other])
    added = ask(review, place.school, head, place, subjects=[other], added_because="Invented sibling.", due_on=date(2026, 6, 19))

    assert added == request
    assert [subject.called for subject in added.subjects.all()] == ["Child 1", "Child 2"]
    assert added.due_on == date(2026, 6, 19)
    assert logged(added) == ["asked", "added"]


@pytest.mark.parametrize("status", [Status.PARTNER_SIGNOFF, Status.SENT_TO_PANEL, Status.CLOSED_NO_LCSPR])
def test_nobody_is_asked_once_the_review_has_gone_too_far(place: Place, status: Status) -> None:
    review = reviews.review(place, status=status)
    head = lead_of(place.school, "Example Head")

    with pytest.raises((NotAllowedNow, NotPermitted)):
        ask(review, place.school, head, place)


def test_nobody_is_asked_by_a_day_that_has_passed(place: Place, review: RapidReview, head: Officer) -> None:
    with pytest.raises(NotAllowedNow, match="passed"):
        ask(review, place.school, head, place, due_on=ON - timedelta(days=1))


def test_request_is_about_at_least_one_person_of_the_matter(place: Place, review: RapidReview, head: Officer) -> None:
    with pytest.raises(NotAllowedNow, match="at least one"):
        ask(review, place.school, head, place, subjects=[])


def test_request_never_tells_a_protected_address(place: Place, review: RapidReview, head: Officer) -> None:
    Address.objects.create(person=people(review)[0].person, lines="7 Hidden Lane, Invented Town", postcode="ZZ9 9ZZ", is_protected=True)

    for told in ("Now at zz99zz.", "Look at 7 Hidden lane too."):
        with pytest.raises(NotAllowedNow, match="protected"):
            ask(review, place.school, head, place, message=told)


def test_only_the_unit_asks(place: Place, review: RapidReview, head: Officer) -> None:
    with pytest.raises(NotPermitted):
        ask(review, place.school, head, place, by=place.nurse)


# ---- whom ----


def test_officer_in_conflict_is_not_asked(place: Place, review: RapidReview, head: Officer) -> None:
    Conflict.objects.create(matter=review.matter, officer=head, source="case_flag", reason="Invented aunt.", declared_by=place.manager)

    with pytest.raises(NotAllowedNow, match="cannot be asked"):
        ask(review, place.school, head, place)


def test_officer_who_bears_the_name_of_a_subject_is_not_asked(place: Place, review: RapidReview) -> None:
    person = people(review)[0].person
    namesake = agencies.officer(f"{person.given_name} {person.family_name}", of=place.school)

    with pytest.raises(NotAllowedNow, match="cannot be asked"):
        ask(review, place.school, namesake, place)


def test_officer_of_another_agency_is_not_asked(place: Place, review: RapidReview) -> None:
    with pytest.raises(NotAllowedNow, match="does not work for"):
        ask(review, place.school, agencies.officer(of=place.board), place)


def test_route_avoids_who_is_connected_and_follows_who_covers(place: Place, review: RapidReview, head: Officer) -> None:
    deputy, cover = agencies.officer("Example Deputy", of=place.school), agencies.officer("Example Cover", of=place.school)
    place.school.alternate_officer = deputy
    place.school.save()
    InvolvedProfessional.objects.create(incident=review.incident, agency=place.school, role="Head", name="Example Head")

    def route() -> Officer:
        (row,) = (row for row in routes.proposals(review, on=ON) if row.agency == place.school)
        return row.routes[0].officer

    assert route() == head
    Absence.objects.create(officer=head, cover=cover, valid_from=START, valid_to=ON)
    assert route() == cover
    Conflict.objects.create(matter=review.matter, officer=cover, source="case_flag", reason="Invented.", declared_by=place.manager)
    assert route() == deputy


def test_route_says_who_was_named_at_intake(place: Place, review: RapidReview, head: Officer) -> None:
    InvolvedProfessional.objects.create(incident=review.incident, agency=place.school, role="Head", name="Example Head")

    (row,) = (row for row in routes.proposals(review, on=ON) if row.agency == place.school)

    assert row.route is not None and row.route.is_named_at_intake


def test_route_says_who_cannot_be_written_to(place: Place, review: RapidReview) -> None:
    lead_of(place.school, "Example Head")
    place.school.alternate_officer = agencies.officer("Example Deputy", of=place.school, email="deputy@school.example")
    place.school.save()

    found = routes.routes_to(place.school, routes.Connected.with_matter(review.matter), on=ON)

    assert {route.officer.name: route.can_be_written_to for route in found[:2]} == {"Example Head": False, "Example Deputy": True}
    assert {route.can_be_written_to for route in found if route.officer == place.lead.officer} == {True}


def test_agencies_proposed_are_those_of_intake_of_respondents_and_of_the_standing_list(
    place: Place, review: RapidReview, head: Officer
) -> None:
    ended = agencies.agency("Invented Old Trust", valid_to=date(2025, 3, 31))
    ended.succeeded_by = agencies.agency("Invented New Trust")
    ended.save()
    listed = agencies.agency("Invented Listed Charity")
    RelevantAgencyListing.objects.create(agency=listed, schedule_type="other", why_chosen="Invented.", valid_from=START)
    InvolvedProfessional.objects.create(incident=review.incident, agency=ended, role="Nurse")
    InvolvedProfessional.objects.create(incident=review.incident, other_agency="Invented Nowhere Club", role="Coach")
    request = ask(review, place.school, head, place)
    answers = reviews.nil_answers(request, others_to_ask=[{"agency": "hartshire police", "why": "They came."}])
    reviews.submitted(request, answers=answers)

    rows = {row.name: row for row in routes.proposals(review, on=ON)}

    assert rows["Invented New Trust"].professionals and not rows["Invented New Trust"].is_listed
    assert rows["Invented Nowhere Club"].agency is None
    assert rows["Hartshire Police"].proposed_by == ["Hartshire Invented School"]
    assert rows["Invented Listed Charity"].is_listed and not rows["Invented Listed Charity"].is_named
    assert rows["Hartshire Invented School"].requests == [request]
    assert not rows["Hartshire Invented School"].can_be_asked


# ---- what becomes of a request ----


def test_accepting_the_last_answer_completes_the_information(place: Place, review: RapidReview, head: Officer) -> None:
    one = ask(review, place.school, head, place)
    other = ask(review, place.board, lead_of(place.board, "Example Nurse"), place)
    submitted = reviews.submitted(one)

    accepted = asking.accept(one, by=place.manager)

    submitted.refresh_from_db()
    review.refresh_from_db()
    assert accepted.status == AgencyRequestStatus.NIL_ACCEPTED and submitted.accepted_by == place.manager
    assert logged(accepted)[-1] == "nil_accepted"
    assert review.status == Status.INFORMATION_REQUESTED
    reviews.submitted(other, is_nil=False)
    assert asking.accept(other, by=place.manager).status == AgencyRequestStatus.ACCEPTED
    review.refresh_from_db()
    assert review.status == Status.INFORMATION_COMPLETE


def test_answer_that_is_not_in_cannot_be_accepted(place: Place, review: RapidReview, head: Officer) -> None:
    with pytest.raises(NotAllowedNow):
        asking.accept(ask(review, place.school, head, place), by=place.manager)


def test_returned_answer_keeps_its_first_version_and_can_be_written_again(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    submitted = reviews.submitted(request)

    returned = asking.return_for_correction(
        request, correction="unclear", note="Which records, please?", by=place.manager, due_on=date(2026, 6, 22), at=NOTIFIED_AT
    )

    submitted.refresh_from_db()
    assert returned.status == AgencyRequestStatus.RETURNED_FOR_CORRECTION and returned.due_on == date(2026, 6, 22)
    assert (submitted.correction, submitted.correction_note) == ("unclear", "Which records, please?")
    assert ReturnDraft.objects.get(request=request).answers == submitted.answers
    assert request.events.last().detail == "unclear"
    assert letters("request_returned") == [f"officer:{head.pk}"]


def test_accepted_answer_opened_again_makes_the_review_wait_again(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    reviews.submitted(request)
    asking.accept(request, by=place.manager)

    asking.return_for_correction(request, correction="records_not_searched", note="The archive.", by=place.manager)

    review.refresh_from_db()
    assert review.status == Status.INFORMATION_REQUESTED


@pytest.mark.parametrize(("correction", "note"), [("because", "Invented."), ("unclear", "  ")])
def test_answer_goes_back_only_for_a_reason_of_the_list_and_with_a_note(
    place: Place, review: RapidReview, head: Officer, correction: str, note: str
) -> None:
    request = ask(review, place.school, head, place)
    reviews.submitted(request)

    with pytest.raises(NotAllowedNow):
        asking.return_for_correction(request, correction=correction, note=note, by=place.manager)


def test_withdrawn_request_is_no_longer_waited_for_and_its_links_open_nothing(place: Place, review: RapidReview, head: Officer) -> None:
    one = ask(review, place.school, head, place)
    other = ask(review, place.board, lead_of(place.board, "Example Nurse"), place)
    reviews.submitted(one)
    asking.accept(one, by=place.manager)
    link = live_link(other)

    with pytest.raises(NotAllowedNow, match="Say why"):
        asking.withdraw(other, reasons=" ", by=place.manager)
    withdrawn = asking.withdraw(other, reasons="Asked by mistake.", by=place.manager)

    link.refresh_from_db()
    review.refresh_from_db()
    assert withdrawn.status == AgencyRequestStatus.WITHDRAWN and link.revoked_by == place.manager
    assert logged(withdrawn)[-2:] == ["link_revoked", "withdrawn"]
    assert review.status == Status.INFORMATION_COMPLETE
    assert letters("request_withdrawn") == [f"officer:{other.asked_officer_id}"]


def test_agency_no_longer_asked_may_be_asked_again(place: Place, review: RapidReview, head: Officer) -> None:
    asking.withdraw(ask(review, place.school, head, place), reasons="Wrong person.", by=place.manager)

    assert ask(review, place.school, head, place).status == AgencyRequestStatus.SENT


def test_letter_about_an_answer_goes_to_who_covers_for_the_person_asked(place: Place, review: RapidReview, head: Officer) -> None:
    request, cover = ask(review, place.school, head, place), agencies.officer("Example Cover", of=place.school)
    Absence.objects.create(officer=head, cover=cover, valid_from=START, valid_to=ON)
    reviews.submitted(request)

    asking.accept(request, by=place.manager, at=NOTIFIED_AT)

    assert letters("request_accepted") == [f"officer:{cover.pk}"]


def test_two_who_cover_for_each_other_have_no_cover(place: Place) -> None:
    one, other = agencies.officer(of=place.school), agencies.officer(of=place.school)
    Absence.objects.create(officer=one, cover=other, valid_from=START, valid_to=ON)
    Absence.objects.create(officer=other, cover=one, valid_from=START, valid_to=ON)

    assert routes.cover_of(one, ON) is None


def test_only_a_manager_withdraws(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    officer = place.person("BO", of=place.council)
    incidents.consideration.members.ensure(review.matter, account=officer, purpose="Invented", by=place.manager)
    asking.change_due(request, due_on=date(2099, 1, 5), by=officer)

    with pytest.raises(NotPermitted):
        asking.withdraw(request, reasons="Invented.", by=officer)


def test_another_person_is_asked_and_the_first_gets_nothing_more(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    link, deputy = live_link(request), agencies.officer("Example Deputy", of=place.school)

    changed = asking.change_officer(request, officer=deputy, by=place.manager)

    link.refresh_from_db()
    assert changed.who_answers == deputy and link.revoked_at is not None
    assert changed.events.last().detail == deputy.pk
    assert letters("request_sent")[-1] == f"officer:{deputy.pk}"


def test_day_of_answer_is_changed_only_while_it_matters(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    assert asking.change_due(request, due_on=date(2099, 1, 5), by=place.manager).due_on == date(2099, 1, 5)
    reviews.submitted(request)

    with pytest.raises(NotAllowedNow, match="no longer matters"):
        asking.change_due(request, due_on=date(2099, 1, 6), by=place.manager)


def test_review_goes_on_without_every_answer_for_a_reason(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)

    with pytest.raises(NotAllowedNow, match="Say why"):
        asking.go_on_without(review, reasons="", by=place.manager)
    assert asking.go_on_without(review, reasons="The panel meets.", by=place.manager).status == Status.INFORMATION_INCOMPLETE

    reviews.submitted(request)
    asking.accept(request, by=place.manager)
    review.refresh_from_db()
    assert review.status == Status.INFORMATION_COMPLETE


def test_moves_of_a_stopped_review_are_refused(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    reviews.submitted(request)
    rapid_reviews.change_status(review, to=Status.STOPPED_WITHDRAWN, by=place.manager, reasons="Invented.")

    with pytest.raises(NotPermitted):
        asking.accept(request, by=place.manager)


# ---- coordinators ----


def test_coordinator_splits_a_request_to_a_provider_of_its_sector_and_assures_the_answer(place: Place, review: RapidReview) -> None:
    trust = agencies.agency("Invented Hospital Trust", sector="health")
    matron = agencies.officer("Example Matron", of=trust)
    coordinator = place.person("AL", of=place.board)
    request = ask(review, place.board, coordinator.officer, place)

    with pytest.raises(NotAllowedNow, match="another sector"):
        asking.split(request, agency=place.police, officer=agencies.officer(of=place.police), by=coordinator, at=NOTIFIED_AT)
    part = asking.split(request, agency=trust, officer=matron, by=coordinator, at=NOTIFIED_AT)

    assert part.coordinated_by == request and part.due_on == request.due_on
    assert [subject.called for subject in part.subjects.all()] == ["Child 1"]
    assert logged(request)[-1] == "split"
    assert letters("request_sent")[-1] == f"officer:{matron.pk}"
    with pytest.raises(NotAllowedNow, match="no answer to assure"):
        asking.assure(part, by=coordinator)
    reviews.submitted(part)
    assert asking.assure(part, by=coordinator).assured_by == coordinator
    with pytest.raises(NotAllowedNow, match="already"):
        asking.assure(part, by=coordinator)


def test_agency_that_coordinates_nothing_assures_nothing(place: Place, review: RapidReview, head: Officer) -> None:
    request = ask(review, place.school, head, place)
    reviews.submitted(request)

    with pytest.raises(NotAllowedNow, match="no part"):
        asking.assure(request, by=place.lead)


def live_link(request: AgencyRequest) -> AnswerLink:
    return AnswerLink.objects.create(
        request=request, officer=request.asked_officer, fingerprint="f" * 64, code_fingerprint="invented", made_at=NOTIFIED_AT,
        expires_at=NOTIFIED_AT + timedelta(days=14),
    )  # fmt: skip
