"""The glossary of a review: who and where rows name, codes in their place on every page, names only for those let in to them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews import chronology_scan, combined_chronology, outgoing
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyFinding, ChronologyRow, RapidReview
from sightline.partnership.case_reviews.workflow import chronology_analysis, glossary
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
FIRST = date(2019, 3, 4)
PAGES = ("chronology_story", "combined_chronology", "chronology_timeline", "chronology_timeline_print", "chronology_known")


@pytest.fixture
def review(place: Place) -> RapidReview:
    review = reviews.review(place)
    people.workflow.correct(
        review.incident.children.get().person, by=place.manager, given_name="Quillip", family_name="Inventum", nhs_number="9434765919"
    )
    return review


@pytest.fixture
def school(review: RapidReview, place: Place) -> ChronologyFile:
    school = chronology.kept(review, place.school, by=place.manager)
    chronology.row(school, "Quillip told Ms Harrowgate at Fernhill Surgery", FIRST, child_seen="Y", significance="notable")
    chronology.row(school, "QI and Quilip sang to I. Harrowgate", FIRST, child_seen="Y", significance="good_practice")
    return school


def browser_of(account: Account, review: RapidReview, *, stepped_up: bool = True) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account, stepped_up=stepped_up)


def worker(review: RapidReview, place: Place, **more: str) -> object:
    told = {"kind": "practitioner", "called": "Teacher 1", "name": "Ida Harrowgate", "also_written": "Miss H", "about": "Class teacher"}
    return glossary.add(review, **{**told, **more}, by=place.manager)


def test_codes_stand_in_every_row_for_workers_and_places(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    entry = worker(review, place)
    glossary.add(review, kind="place", called="Surgery 1", name="Fernhill Surgery", by=place.manager)

    rows = list(ChronologyRow.objects.order_by("number"))

    assert rows[0].shown["event"] == "Child 1 told Teacher 1 at Surgery 1"
    assert rows[1].shown["event"] == "Child 1 and Child 1 sang to Teacher 1"
    assert entry.pk in rows[0].people
    assert rows[0].event == "Quillip told Ms Harrowgate at Fernhill Surgery"


def test_name_taken_out_of_the_glossary_is_readable_again(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    glossary.remove(worker(review, place), by=place.manager)

    assert "Harrowgate" in ChronologyRow.objects.get(number=1).shown["event"]


@pytest.mark.parametrize(
    ("told", "why"), [({"called": "Child 1"}, "taken"), ({"about": "Ida Harrowgate of Year 2"}, "tells the name"), ({"name": " "}, "Write")]
)
def test_codes_are_single_and_tell_no_name(review: RapidReview, place: Place, told: dict[str, str], why: str) -> None:
    with pytest.raises(NotAllowedNow, match=why):
        worker(review, place, **told)


def test_only_the_unit_keeps_the_glossary(review: RapidReview, place: Place) -> None:
    with pytest.raises(NotPermitted):
        glossary.add(review, kind="place", called="Surgery 1", name="Fernhill Surgery", by=place.superintendent)


def test_somebody_else_was_quicker(review: RapidReview, place: Place) -> None:
    entry = worker(review, place)
    told = {"kind": "practitioner", "called": "Teacher 2", "name": "Ida Harrowgate"}
    glossary.change(entry, **told, by=place.manager, seen_version=1)

    with pytest.raises(NotAllowedNow, match="Somebody else"):
        glossary.change(entry, **told, by=place.manager, seen_version=1)


def test_listed_names_do_not_pass_the_door(review: RapidReview, place: Place) -> None:
    worker(review, place)

    found = outgoing.facts_told(review.incident, b"Ida Harrowgate came.", extension="txt", audience="agency")

    assert [(each.kind, each.about) for each in found] == [("name", "Teacher 1")]


def test_scan_says_where_and_never_what(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    chronology.row(school, "Number 943 476 5919 and INVENTUMM on the form", FIRST)
    row = ChronologyRow.objects.get(number=3)
    ChronologyRow.objects.filter(pk=row.pk).update(shown={**row.shown, "event": row.event})

    found = chronology_scan.of_review(review, combined_chronology.of_review(review, need_to_know.standing(place.manager, review.matter)))
    page = browser_of(place.manager, review).get(reverse("case_reviews:glossary_scan", args=[review.pk])).content.decode()

    assert {(place.kind, place.of) for place in found.places} == {("number", "Child 1"), ("name", "Child 1")}
    assert "It proves only that these are absent." in " ".join(page.split())
    assert "943 476" not in page
    assert "INVENTUM" not in page.upper()


@pytest.mark.parametrize("name", PAGES)
def test_names_are_shown_on_every_page_to_those_let_in_and_that_is_recorded(
    school: ChronologyFile, review: RapidReview, place: Place, name: str
) -> None:
    browser = browser_of(place.manager, review)
    plain = browser.get(reverse(f"case_reviews:{name}", args=[review.pk])).content.decode()
    assert "Quillip" not in plain
    assert "Show names" in plain

    asks = browser_of(place.manager, review, stepped_up=False).get(reverse(f"case_reviews:{name}_named", args=[review.pk]))
    assert "/reauthenticate/" in asks["Location"]
    shown = browser.get(reverse(f"case_reviews:{name}_named", args=[review.pk])).content.decode()

    assert "Quillip told Ms Harrowgate" in shown
    assert "Show codes" in shown
    assert AuditEvent.objects.filter(action__contains="identity").exists()


def test_finding_and_row_show_names_too(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    police = chronology.kept(review, place.police, by=place.manager)
    chronology.row(police, "Neighbour rang, worried that Quillip is left alone at night", FIRST, action="Logged")
    chronology_analysis.read(review)
    worry = ChronologyFinding.objects.get(kind="unanswered_concern")
    browser = browser_of(place.manager, review)

    finding = browser.get(reverse("case_reviews:finding_named", args=[worry.pk])).content.decode()
    row = browser.get(reverse("case_reviews:chronology_row_named", args=[worry.cited.get().row_id])).content.decode()

    assert "<mark>Neighbour rang, worried that Quillip is left alone at night</mark>" in finding
    assert "worried that Quillip is left" in row


def test_reader_without_identities_is_shown_no_way_to_names(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    browser = browser_of(place.superintendent, review)

    page = browser.get(reverse("case_reviews:chronology_story", args=[review.pk])).content.decode()
    refused = [browser.get(reverse(f"case_reviews:{name}_named", args=[review.pk])).status_code for name in PAGES]
    glossary_page = browser.get(reverse("case_reviews:glossary", args=[review.pk]))

    assert "Show names" not in page
    assert set(refused) == {404}
    assert glossary_page.status_code == 404


def test_glossary_page_shows_names_to_the_unit_and_takes_a_new_one(school: ChronologyFile, review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    told = {"kind": "practitioner", "name": "Ida Harrowgate", "also_written": "", "called": "Teacher 1", "about": ""}

    answer = browser.post(reverse("case_reviews:add_to_glossary", args=[review.pk]), told, follow=True)

    assert re.search(r"Teacher 1</strong>.*Ida Harrowgate", answer.content.decode(), re.DOTALL)
    assert AuditEvent.objects.filter(action="glossary.added").exists()
    cast = browser.get(reverse("case_reviews:chronology_cast", args=[review.pk])).content.decode()
    assert "Teacher 1" in cast
    assert "Harrowgate" not in cast
