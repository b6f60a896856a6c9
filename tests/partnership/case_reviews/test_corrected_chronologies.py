"""A chronology that its agency puts right and sends again: only what differs is shown, and what people said of its rows stays with them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import (
    AgencyRequest,
    ChronologyFile,
    ChronologyFinding,
    ChronologyRow,
    KeyEpisode,
    RapidReview,
    RowNote,
)
from sightline.partnership.case_reviews.workflow import chronologies, chronology_analysis, chronology_rows, findings, reading
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.errors import NotAllowedNow
from tests.access.world import signed_in
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
BEFORE = (
    "04/03/2019,09:05,Register,Quillip read aloud to the class,Praised,Yes",
    "20/03/2019,,Pastoral log,Quillip tired all week,None,",
    "13/05/2019,,Register,Quillip sang in assembly,None,Yes",
    "01/06/2019,,Diary,Telephone call from the landlord,None,",
)
AFTER = (
    "04/03/2019,09:05,Register,Quillip read aloud to the class,Praised,Yes",
    "21/03/2019,,Pastoral log,Quillip tired all week and hungry,None,",
    "13/05/2019,,Register,Quillip sang in assembly,None,Yes",
    "02/07/2019,,Swimming list,Badge for ten lengths,None,Yes",
)


@pytest.fixture
def review(place: Place) -> RapidReview:
    review = reviews.review(place)
    people.workflow.correct(review.incident.children.get().person, by=place.manager, given_name="Quillip", family_name="Inventum")
    return review


@pytest.fixture
def asked(place: Place, review: RapidReview) -> AgencyRequest:
    return reviews.asked(review, place.school, by=place.manager, to=place.lead.officer)


def sent(asked: AgencyRequest, by: Account, rows: tuple[str, ...], instead_of: ChronologyFile | None = None) -> ChronologyFile:
    return chronologies.receive(
        asked.review, chronology.csv_file(*rows), agency=asked.agency, by=by, request=asked, replaces=instead_of
    )


@pytest.fixture
def first(asked: AgencyRequest, place: Place) -> ChronologyFile:
    return chronologies.keep_rows(sent(asked, place.lead, BEFORE), by=place.lead)


def browser_of(account: Account, review: RapidReview) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def row(words: str, file: ChronologyFile) -> ChronologyRow:
    return ChronologyRow.objects.get(event__contains=words, file=file)


def test_agency_sees_only_what_differs_before_it_is_kept(first: ChronologyFile, asked: AgencyRequest, place: Place) -> None:
    again = sent(asked, place.lead, AFTER, first)

    page = browser_of(place.lead, asked.review).get(reverse("case_reviews:own_chronology_preview", args=[asked.pk, again.pk]))

    shown = page.content.decode()
    assert "1 changed, 1 added, 1 gone, 2 the same." in shown
    assert "<del>Quillip tired all week</del>" in shown
    assert "<ins>Quillip tired all week and hungry</ins>" in shown
    assert "<del>20 March 2019</del>" in shown
    assert "Telephone call from the landlord" in shown.split("Gone")[1]
    assert first.rows.count() == 4
    assert again.rows.count() == 0


def test_file_that_says_the_same_again_says_so(first: ChronologyFile, asked: AgencyRequest, place: Place) -> None:
    again = sent(asked, place.lead, BEFORE, first)

    page = browser_of(place.lead, asked.review).get(reverse("case_reviews:own_chronology_preview", args=[asked.pk, again.pk]))

    assert "Nothing in this file differs from what is kept" in page.content.decode()


def test_what_people_said_of_a_row_goes_over_to_the_one_in_its_place(first: ChronologyFile, asked: AgencyRequest, place: Place) -> None:
    old = row("tired", first)
    chronology_rows.mark_row(old, by=place.manager, significance="notable", themes=["neglect"])
    ChronologyRow.objects.filter(pk=old.pk).update(seal="police")
    RowNote.objects.create(row=row("sang", first), author=place.manager, text="Ask about this.", changed_at=timezone.now())
    episode = KeyEpisode.objects.create(
        review=asked.review, number=1, title="Spring", starts_on=old.date_from, ends_on=old.date_from, made_by=place.manager,
        made_at=timezone.now(),
    )  # fmt: skip
    episode.rows.set([old])

    again = chronologies.keep_rows(sent(asked, place.lead, AFTER, first), by=place.lead)

    new = row("tired", again)
    assert (new.instead_of, new.significance, new.themes, new.seal) == (old, "notable", ["neglect"], "police")
    assert RowNote.objects.get().row == row("sang", again)
    assert list(episode.rows.all()) == [new]
    assert ChronologyFile.objects.get(pk=first.pk).status == "replaced"


def test_finding_on_rows_that_stayed_is_the_same_finding(first: ChronologyFile, asked: AgencyRequest, place: Place) -> None:
    police = chronology.kept(asked.review, place.police, by=place.manager)
    chronology.row(police, "Neighbour rang about the bins", first.rows.first().date_from + timedelta(days=30))
    chronology_analysis.read(asked.review)
    gap = ChronologyFinding.objects.get(kind="gap")
    findings.dismiss(gap, because="The school saw the child in its own way.", by=place.manager, seen_version=gap.version)

    chronologies.keep_rows(sent(asked, place.lead, AFTER, first), by=place.lead)
    chronology_analysis.read(asked.review)

    gap.refresh_from_db()
    assert (gap.status, gap.is_current) == ("dismissed", True)


def test_reader_is_told_of_what_changed_and_not_of_every_row_again(first: ChronologyFile, asked: AgencyRequest, place: Place) -> None:
    reading.have_read(asked.review, by=place.manager)
    chronologies.keep_rows(sent(asked, place.lead, AFTER, first), by=place.lead)

    story = browser_of(place.manager, asked.review).get(reverse("case_reviews:chronology_story", args=[asked.review.pk])).content.decode()

    told = story.split("New or changed since you last read")[1]
    assert told.count(">New<") == 1
    assert told.count(">Changed<") == 1
    assert "What happened before: <del>Child 1 tired all week</del>" in told
    assert "<del>Telephone call from the landlord</del>" in told
    assert "read aloud" not in told


def test_a_second_correction_of_the_same_file_comes_too_late(first: ChronologyFile, asked: AgencyRequest, place: Place) -> None:
    one, other = sent(asked, place.lead, AFTER, first), sent(asked, place.lead, BEFORE, first)
    chronologies.keep_rows(one, by=place.lead)

    with pytest.raises(NotAllowedNow, match="meanwhile"):
        chronologies.keep_rows(other, by=place.lead)


def test_rows_kept_by_link_are_new_to_a_reader_too(asked: AgencyRequest, place: Place) -> None:
    reading.have_read(asked.review, by=place.manager)
    officer = asked.asked_officer
    chronologies.keep_rows(sent(asked, officer, BEFORE), by=officer)

    story = browser_of(place.manager, asked.review).get(reverse("case_reviews:chronology_story", args=[asked.review.pk])).content.decode()

    assert story.count(">New<") == 4
