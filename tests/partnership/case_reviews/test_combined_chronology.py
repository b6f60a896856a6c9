"""The combined chronology: in order, under codes, with what is withheld told by its mark alone; and the pages around it."""

from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews.models import AgencyRequest, ChronologyFile, ChronologyRow, RapidReview
from sightline.partnership.case_reviews.workflow import chronologies, chronology_rows
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.errors import NotAllowedNow
from tests.access.world import signed_in
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(place: Place) -> RapidReview:
    review = reviews.review(place)
    child = review.incident.children.get().person
    people.workflow.correct(child, by=place.manager, given_name="Quillip", family_name="Inventum")
    return review


@pytest.fixture
def asked(place: Place, review: RapidReview) -> AgencyRequest:
    return reviews.asked(review, place.school, by=place.manager, to=place.lead.officer)


def browser_of(account: Account, review: RapidReview, **how: bool) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account, **how)


def combined(review: RapidReview) -> str:
    return reverse("case_reviews:combined_chronology", args=[review.pk])


def page(browser: Client, url: str, data: dict[str, str] | None = None) -> str:
    answer = browser.post(url, data) if data is not None else browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def two(review: RapidReview, asked: AgencyRequest, place: Place) -> tuple[ChronologyFile, ChronologyFile]:
    school = chronology.kept(review, place.school, by=place.manager, request=asked)
    police = chronology.kept(review, place.police, by=place.manager)
    chronology.row(police, "Neighbour rang about noise", at=time(21, 40), source="Log")
    chronology.row(police, "Visit by nobody known", None, precision="unknown", date_as_written="last winter")
    chronology.row(school, "Quillip came late", at=time(9, 5), themes=["neglect"], significance="key")
    chronology.row(school, "Letter home", date(2020, 2, 3), date_to=date(2020, 2, 9), precision="week")
    return school, police


def test_rows_of_all_agencies_stand_in_order_under_codes(two: object, review: RapidReview, place: Place) -> None:
    shown = page(browser_of(place.manager, review), combined(review))

    places = [shown.index(words) for words in ("Child 1 came late", "Neighbour rang", "Letter home", "Visit by nobody")]
    assert places == sorted(places)
    assert "Quillip" not in shown
    assert "in the week of 3 February 2020" in shown
    assert "Hartshire Police" in shown
    assert "4 of 4 rows" in shown


@pytest.mark.parametrize(
    ("asked_for", "there", "gone"),
    [
        ({"agency": "police"}, "Neighbour rang", "came late"),
        ({"person": "child"}, "came late", "Neighbour rang"),
        ({"theme": "neglect"}, "came late", "Neighbour rang"),
        ({"significance": "key"}, "came late", "Neighbour rang"),
        ({"words": "NEIGHBOUR"}, "Neighbour rang", "came late"),
        ({"since_day": "4", "since_month": "2", "since_year": "2020"}, "Letter home", "came late"),
    ],
)
def test_rows_are_chosen(
    two: tuple[ChronologyFile, ChronologyFile], review: RapidReview, place: Place, asked_for: dict[str, str], there: str, gone: str
) -> None:
    child = ChronologyRow.objects.get(event="Quillip came late").people[0]
    said = {name: {"police": place.police.pk, "child": child}.get(value, value) for name, value in asked_for.items()}

    shown = page(browser_of(place.manager, review), combined(review), said)

    assert there in shown
    assert gone not in shown


def test_dates_are_shown_as_written_on_request(two: object, review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)

    assert "last winter" in page(browser, combined(review), {"as_written": "on"})
    assert "last winter" not in page(browser, combined(review))


def test_a_marked_row_is_withheld_and_no_choice_tells_of_it(
    two: tuple[ChronologyFile, ChronologyFile], review: RapidReview, place: Place
) -> None:
    chronology.row(two[1], "Xylophone seized", date(2020, 5, 5), seal="police")
    browser = browser_of(place.manager, review)

    for said in (None, {"words": "xylophone"}, {"words": "nowhere"}):
        shown = page(browser, combined(review), said)
        assert "Xylophone seized" not in shown
        assert "1 row of Hartshire Police is withheld: marked Police or Crown Prosecution Service" in shown
        assert "of 4 rows" in shown


def test_names_are_for_whoever_may_learn_them_and_that_is_recorded(two: object, review: RapidReview, place: Place) -> None:
    url = reverse("case_reviews:combined_chronology_named", args=[review.pk])

    assert browser_of(place.manager, review, stepped_up=False).get(url).status_code == 302
    assert "Quillip came late" in page(browser_of(place.manager, review), url)
    assert AuditEvent.objects.filter(action="identity").exists()


def test_somebody_outside_the_matter_finds_nothing(two: object, review: RapidReview, place: Place) -> None:
    stranger = browser_of(place.person("AL", of=place.board), review)

    for name in ("combined_chronology", "combined_chronology_named", "chronologies", "add_chronology"):
        assert stranger.get(reverse(f"case_reviews:{name}", args=[review.pk])).status_code == 404


def test_codes_of_people_who_changed_meanwhile_are_never_old(two: object, review: RapidReview, place: Place) -> None:
    people.workflow.correct(review.incident.children.get().person, by=place.manager, also_known_as="Neighbour")
    browser = browser_of(place.manager, review)

    shown = page(browser, combined(review))

    assert "Child 1 rang about noise" in shown
    assert "have changed" in shown
    browser.post(reverse("case_reviews:put_codes_again", args=[review.pk]))
    assert "have changed" not in page(browser, combined(review))


def test_missing_agencies_are_named(asked: AgencyRequest, review: RapidReview, place: Place) -> None:
    assert "Hartshire Invented School has sent none" in page(browser_of(place.manager, review), combined(review))


def test_ten_rows_ask_the_database_no_more_than_two(two: tuple[ChronologyFile, ChronologyFile], review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    page(browser, combined(review))

    def asked_of_database() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(browser, combined(review))
        return len(queries)

    few = asked_of_database()
    for number in range(20):
        chronology.row(two[0], f"Event {number}", date(2020, 3, 1 + number), seal="police" if number % 2 else "")

    assert asked_of_database() <= few + 2


def test_the_agency_adds_looks_and_keeps(asked: AgencyRequest, review: RapidReview, place: Place) -> None:
    browser = browser_of(place.lead, review)
    add = reverse("case_reviews:add_own_chronology", args=[asked.pk])
    upload = chronology.csv_file("03/02/2020,09:05,Register,Absent,Rang home,No", "05/02/2020,,Log,Tired,None,")

    looked = browser.post(add, {"upload": upload}, follow=True)
    file = ChronologyFile.objects.get()
    assert "2 rows read" in looked.content.decode()
    browser_of(place.manager, review)
    hidden = reverse("case_reviews:chronology_preview", args=[file.pk])
    assert signed_in(place.manager).get(hidden).status_code == 404

    wrong = browser.post(reverse("case_reviews:keep_own_chronology", args=[asked.pk, file.pk]), {"left_out": "2", "why": ""})
    assert "Say why row 2 is left out" in wrong.content.decode()
    browser.post(reverse("case_reviews:keep_own_chronology", args=[asked.pk, file.pk]), {"left_out": "2", "why": "Another child."})

    file.refresh_from_db()
    assert (file.status, file.kept_rows) == ("kept", 1)
    assert "1 rows kept" in page(browser, reverse("case_reviews:own_chronology", args=[asked.pk]))


def test_the_unit_says_what_columns_hold_and_discards(asked: AgencyRequest, review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    said = {"agency": place.school.pk, "pasted": "Date\tEvent\n03/02/2020\tAbsent\n04/02/2020\tSeen at the gate"}
    browser.post(reverse("case_reviews:add_chronology", args=[review.pk]), said)
    file = ChronologyFile.objects.get()

    browser.post(reverse("case_reviews:chronology_preview", args=[file.pk]), {"column-0": "date", "column-1": "comment"})
    file.refresh_from_db()
    assert [column["field"] for column in file.columns] == ["date", "comment"]
    browser.post(reverse("case_reviews:discard_chronology", args=[file.pk]))

    assert not ChronologyFile.objects.exists()


@pytest.mark.parametrize("said", [{"seal": ""}, {"pasted": "Date\tEvent\n1/1/2020\tx", "upload": "both"}])
def test_a_file_or_a_table_is_needed(asked: AgencyRequest, review: RapidReview, place: Place, said: dict[str, object]) -> None:
    if "upload" in said:
        said = {**said, "upload": chronology.csv_file("03/02/2020,,,Absent,,")}

    answer = browser_of(place.lead, review).post(reverse("case_reviews:add_own_chronology", args=[asked.pk]), said)

    assert "one of the two" in answer.content.decode()


def test_a_row_is_read_put_right_and_marked(two: object, review: RapidReview, place: Place) -> None:
    browser, row = browser_of(place.manager, review), ChronologyRow.objects.get(event="Quillip came late")
    show, correct, mark = (reverse(f"case_reviews:{name}", args=[row.pk]) for name in (
        "chronology_row", "correct_chronology_row", "mark_chronology_row"
    ))  # fmt: skip
    assert "Child 1 came late" in page(browser, show)

    day = {"date_from_day": "4", "date_from_month": "2", "date_from_year": "2020", "precision": "exact"}
    browser.post(correct, {**day, "event": "Quillip came very late", "seen_version": "1"})
    stale = browser.post(correct, {**day, "event": "Quillip never came", "seen_version": "1"}).content.decode()
    assert "Quillip came very late" in stale
    assert "Quillip never came" in stale

    browser.post(mark, {"significance": "critical", "themes": ["neglect", "housing"], "seal": ""})
    row.refresh_from_db()
    assert (row.event, row.significance, row.themes) == ("Quillip came very late", "critical", ["neglect", "housing"])
    browser.post(mark, {"significance": "critical", "seal": "police"})
    assert browser.get(show).status_code == 404


def test_the_original_is_for_whoever_may_read_every_row(asked: AgencyRequest, review: RapidReview, place: Place) -> None:
    upload = chronology.csv_file("03/02/2020,,Log,Absent,,", "04/02/2020,,Log,Late,,")
    file = chronologies.receive(review, upload, agency=place.school, by=place.manager, request=asked)
    chronologies.keep_rows(file, by=place.manager)
    browser, url = browser_of(place.manager, review), reverse("case_reviews:chronology_original", args=[file.pk])
    assert b"Absent" in browser.get(url).content

    chronology_rows.mark_row(file.rows.first(), by=place.manager, seal="police")

    assert browser.get(url).status_code == 404


def test_rows_are_typed_beside_an_attachment(asked: AgencyRequest, review: RapidReview, place: Place) -> None:
    file = chronology.kept(review, place.school, by=place.manager, request=asked, status="attached")
    day = {"date_from_day": "4", "date_from_month": "2", "date_from_year": "2020", "precision": "exact"}
    url = reverse("case_reviews:type_own_chronology_row", args=[asked.pk, file.pk])

    typed = browser_of(place.lead, review).post(url, {**day, "event": "Quillip typed", "time": "16:30"}, follow=True).content.decode()

    assert "Rows typed so far: 1" in typed
    assert ChronologyRow.objects.get().time == time(16, 30)


def test_two_agencies_tell_of_one_strategy_discussion(two: object, review: RapidReview, place: Place) -> None:
    """Example 3.3: both rows stay, in one group, and count as one event."""
    school, police = two  # type: ignore[misc]
    told = chronology.row(police, "Strategy discussion with the school", at=time(14, 0))
    also = chronology.row(school, "Strategy discussion, police present")
    browser, where = browser_of(place.manager, review), reverse("case_reviews:same_event", args=[told.pk])
    assert "Strategy discussion, police present" in page(browser, where)
    assert "Visit by nobody known" not in page(browser, where)
    browser.post(where, {"other": also.pk})

    shown = page(browser, combined(review))
    assert "6 of 6 rows" in shown
    assert "5 events" in shown
    assert "Also told by" in shown
    assert "Told by others too" in page(browser, reverse("case_reviews:chronology_row", args=[also.pk]))

    browser.post(where, {"apart": "yes"})
    assert set(ChronologyRow.objects.values_list("same_event", flat=True)) == {""}


def test_row_that_is_withheld_is_not_offered_as_the_same_event(two: object, review: RapidReview, place: Place) -> None:
    school, police = two  # type: ignore[misc]
    told = chronology.row(police, "Strategy discussion", at=time(14, 0))
    withheld = chronology.row(school, "Strategy discussion with counsel", seal="legal_privilege")
    browser, where = browser_of(place.manager, review), reverse("case_reviews:same_event", args=[told.pk])

    assert "counsel" not in page(browser, where)
    browser.post(where, {"other": withheld.pk})
    withheld.refresh_from_db()
    assert withheld.same_event == ""


def test_same_event_needs_another_agency_of_the_same_review(two: object, review: RapidReview, place: Place) -> None:
    _, police = two  # type: ignore[misc]
    first, second = police.rows.all()[:2]

    with pytest.raises(NotAllowedNow, match="another agency"):
        chronology_rows.tell_same_event(first, other=second, by=place.manager)
