"""Chronologies that go out as files: by the one door, without marked rows, never while proceedings are under way; and back again."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews.models import AgencyRequest, ChronologyFile, ChronologyRow, OutgoingCheck, RapidReview
from sightline.partnership.case_reviews.workflow import chronologies, chronology_exports, chronology_rows, outgoing
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.partnership.need_to_know.workflow import members
from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
ROWS = (
    "04/03/2019,09:05,Register,Quillip read aloud to the class,Praised,Yes",
    "early March 2019,,Pastoral log,Quillip tired all week,None,",
    "w/c 13/05/2019,,Register,- not brought to the clinic,None,No",
    "?/06/2019,,Diary,Telephone call from the landlord,None,",
)
KINDS = ("docx", "xlsx", "csv")


@pytest.fixture
def review(place: Place) -> RapidReview:
    review = reviews.review(place)
    people.workflow.correct(review.incident.children.get().person, by=place.manager, given_name="Quillip", family_name="Inventum")
    return review


@pytest.fixture
def asked(place: Place, review: RapidReview) -> AgencyRequest:
    return reviews.asked(review, place.school, by=place.manager, to=place.lead.officer)


@pytest.fixture
def school(asked: AgencyRequest, place: Place) -> ChronologyFile:
    file = chronologies.receive(asked.review, chronology.csv_file(*ROWS), agency=asked.agency, by=place.lead, request=asked)
    return chronologies.keep_rows(file, by=place.lead)


def browser_of(account: Account, review: RapidReview) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


@pytest.mark.parametrize("kind", KINDS)
def test_combined_chronology_goes_out_under_codes_and_the_door_keeps_the_check(
    school: ChronologyFile, review: RapidReview, place: Place, kind: str
) -> None:
    content = chronology_exports.take_out(review, kind=kind, audience="partners", recipient="The panel", by=place.manager)

    rows = read_chronology(content, kind).rows
    assert any("Child 1 read aloud" in (row.event or "") for row in rows)
    assert b"Quillip" not in content
    assert OutgoingCheck.objects.get(incident=review.incident, audience="partners").may_leave
    assert AuditEvent.objects.filter(action="chronology.taken_out").exists()
    assert content == chronology_exports.take_out(review, kind=kind, audience="partners", recipient="The panel", by=place.manager)


def test_what_the_door_finds_keeps_the_file_back_until_a_second_person_clears_it(
    school: ChronologyFile, review: RapidReview, place: Place
) -> None:
    with pytest.raises(NotAllowedNow, match="Something was found"):
        chronology_exports.take_out_for_agency(school, kind="docx", by=place.manager)

    check = OutgoingCheck.objects.get(audience="agency")
    assert check.findings[0]["about"] == "Child 1"
    colleague = place.person("BM", of=place.council)
    members.ensure(review.matter, account=colleague, purpose="Second reader", by=place.manager)
    outgoing.clear(check, because="They are its own words about a child it knows.", by=colleague)

    assert chronology_exports.take_out_for_agency(school, kind="docx", by=place.manager)[:2] == b"PK"


def test_marked_rows_stay_and_their_number_is_told(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    ChronologyRow.objects.filter(event__contains="landlord").update(seal="police")

    content = chronology_exports.take_out(review, kind="docx", audience="partners", recipient="The panel", by=place.manager)

    told = " ".join(line.text for line in read_chronology(content, "docx").explained)
    assert "1 marked rows are kept back" in told
    assert not any("landlord" in (row.event or "") for row in read_chronology(content, "docx").rows)


@pytest.mark.parametrize("audience", ["family", "public"])
def test_a_family_or_the_public_is_given_no_file(school: ChronologyFile, review: RapidReview, place: Place, audience: str) -> None:
    with pytest.raises(NotAllowedNow, match="given nothing"):
        chronology_exports.take_out(review, kind="csv", audience=audience, recipient="Somebody", by=place.manager)


def test_nothing_goes_out_while_proceedings_are_under_way(
    school: ChronologyFile, review: RapidReview, place: Place, asked: AgencyRequest
) -> None:
    browser = browser_of(place.manager, review)
    browser.post(reverse("case_reviews:review_proceedings", args=[review.pk]), {"are_live": "yes"})
    review.refresh_from_db()
    review = RapidReview.objects.get(pk=review.pk)

    for move in (
        lambda: chronology_exports.take_out(review, kind="csv", audience="partners", recipient="The panel", by=place.manager),
        lambda: chronology_exports.take_out_for_agency(ChronologyFile.objects.get(pk=school.pk), kind="csv", by=place.manager),
        lambda: chronology_exports.take_own(ChronologyFile.objects.get(pk=school.pk), kind="csv", by=place.lead),
    ):
        with pytest.raises(NotAllowedNow, match="proceedings"):
            move()
    page = browser.get(reverse("case_reviews:take_out_chronology", args=[review.pk])).content.decode()
    assert "Nothing goes out now" in page
    assert "Take it out" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_agency_gets_back_what_it_wrote_and_nothing_has_changed_when_it_sends_it_again(
    school: ChronologyFile, asked: AgencyRequest, place: Place, kind: str
) -> None:
    answer = browser_of(place.lead, asked.review).get(reverse("case_reviews:take_own_chronology", args=[asked.pk, school.pk, kind]))
    upload = SimpleUploadedFile(f"again.{kind}", answer.content)

    again = chronologies.receive(asked.review, upload, agency=asked.agency, by=place.lead, request=asked, replaces=school)

    found = chronologies.differences(again, chronologies.reading_of(again))
    assert "Quillip read aloud" in [row.event for row in chronologies.reading_of(again).rows][0]
    assert (found.same, found.is_nothing_new) == (4, True), [each.fields for each in found.changed]


def test_row_put_right_goes_back_to_its_agency_as_it_is_now(school: ChronologyFile, place: Place) -> None:
    row = school.rows.get(number=1)
    chronology_rows.correct_row(row, by=place.lead, seen_version=row.version, date_from=date(2019, 3, 5), date_to=date(2019, 3, 5))

    rows = read_chronology(chronology_exports.take_own(school, kind="csv", by=place.lead), "csv").rows

    assert rows[0].date.start == date(2019, 3, 5)


def test_another_agency_takes_nothing(school: ChronologyFile, review: RapidReview, place: Place, asked: AgencyRequest) -> None:
    other = place.person("AL", of=place.police)

    answer = browser_of(other, review).get(reverse("case_reviews:take_own_chronology", args=[asked.pk, school.pk, "csv"]))

    assert answer.status_code == 404
    with pytest.raises(NotPermitted):
        chronology_exports.take_own(school, kind="csv", by=other)
    with pytest.raises(NotPermitted):
        chronology_exports.take_out(review, kind="csv", audience="partners", recipient="Me", by=place.superintendent)


def test_page_hands_out_the_file(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    told = {"audience": "partners", "recipient": "The panel", "kind": "csv"}

    answer = browser_of(place.manager, review).post(reverse("case_reviews:take_out_chronology", args=[review.pk]), told)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"\xef\xbb\xbfDate,Time,Agency")
