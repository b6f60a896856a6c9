"""Versions for a family or the public: looked at on the screen, with what one reader must not learn kept back, and given to nobody."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import chronology_versions
from sightline.partnership.case_reviews.models import ChronologyFile, ChronologyRow, RapidReview, VersionPreview
from sightline.partnership.case_reviews.workflow import chronology_previews, chronology_rows
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import ConflictStatement, MatterPerson
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
FIRST = date(2019, 3, 4)
SAID = {"given_by": "Example Inspector", "given_on": date(2026, 6, 2)}


@pytest.fixture
def review(place: Place) -> RapidReview:
    review = reviews.review(place)
    child, school = review.incident.children.get().person, "Fenwick Invented Primary"
    people.workflow.correct(child, by=place.manager, given_name="Quillip", family_name="Inventum", school=school)
    return review


@pytest.fixture
def rows(review: RapidReview, place: Place) -> ChronologyFile:
    school = chronology.kept(review, place.school, by=place.manager)
    chronology.row(school, "Quillip told that Mother works at the Mushroom Cafe", FIRST, significance="notable", action="Noted")
    chronology.row(school, "Nothing that matters", FIRST)
    chronology.row(school, "Quillip moved to a place of safety", FIRST, significance="critical", seal="protected_address")
    return school


@pytest.fixture
def father(review: RapidReview) -> MatterPerson:
    return MatterPerson.objects.filter(matter=review.matter).first()


@pytest.fixture
def preview(rows: ChronologyFile, review: RapidReview, place: Place, father: MatterPerson) -> VersionPreview:
    return chronology_previews.make(review, audience="family", rows="marked", recipient=father, by=place.manager)


def browser_of(account: Account, review: RapidReview) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def page(browser: Client, preview: VersionPreview) -> str:
    answer = browser.get(reverse("case_reviews:preview", args=[preview.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def words(preview: VersionPreview, by: Account) -> str:
    version = chronology_versions.of_preview(preview, need_to_know.standing(by, preview.matter))
    return "\n".join("".join(piece.text for piece in line.pieces) for line in version.lines)


def test_version_holds_weighty_rows_under_codes_and_never_a_marked_one(preview: VersionPreview, place: Place) -> None:
    assert words(preview, place.manager) == "Child 1 told that Mother works at the Mushroom Cafe\nWhat was done: Noted"


def test_what_one_reader_must_not_learn_is_kept_back_from_that_reader_alone(
    preview: VersionPreview, review: RapidReview, place: Place, father: MatterPerson
) -> None:
    fact = {"kind": "whereabouts", "words": "mushroom café", "why": "He may wait there."}
    chronology_previews.protect(preview, **fact, by=place.manager)
    other = chronology_previews.make(review, audience="public", rows="marked", by=place.manager)

    shown = page(browser_of(place.manager, review), preview)

    assert "<strong>[kept back]</strong>" in shown
    assert "Where somebody lives, works, learns or can be met: 1" in shown
    assert "[kept back]" not in words(other, place.manager)
    assert "Mushroom" in words(other, place.manager)


def test_whatever_the_vault_lists_is_kept_back_although_a_row_tells_it(preview: VersionPreview, place: Place) -> None:
    row = ChronologyRow.objects.get(number=1)
    ChronologyRow.objects.filter(pk=row.pk).update(shown={**row.shown, "event": "Seen at Fenwick Invented Primary"})

    assert words(preview, place.manager).startswith("Seen at [kept back]")


def test_the_public_reads_months_and_kinds_of_agencies(rows: ChronologyFile, review: RapidReview, place: Place) -> None:
    public = chronology_previews.make(review, audience="public", rows="marked", by=place.manager)

    line = chronology_versions.of_preview(public, need_to_know.standing(place.manager, review.matter)).lines[0]

    assert line.when == "in March 2019"
    assert line.who != place.school.name
    assert "Noted" not in line.pieces[0].text


def test_both_police_and_legal_adviser_have_to_agree(preview: VersionPreview, place: Place) -> None:
    chronology_previews.put_forward(preview, by=place.manager)
    chronology_previews.record_view(preview, side="police", agrees=True, **SAID, by=place.manager)
    preview.refresh_from_db()
    assert preview.status == "with_police_and_legal"

    chronology_previews.record_view(preview, side="legal", agrees=True, **SAID, by=place.manager)

    preview.refresh_from_db()
    assert preview.status == "agreed"
    shown = page(browser_of(place.manager, preview.review), preview)
    assert "Nobody may be given this" in shown
    assert "It proves only" in shown
    assert "attachment" not in shown


def test_one_who_does_not_agree_sends_it_back_with_what_is_wrong(preview: VersionPreview, place: Place) -> None:
    chronology_previews.put_forward(preview, by=place.manager)
    with pytest.raises(NotAllowedNow, match="Write what"):
        chronology_previews.record_view(preview, side="legal", agrees=False, **SAID, by=place.manager)

    chronology_previews.record_view(preview, side="legal", agrees=False, words="Take out row 1.", **SAID, by=place.manager)

    preview.refresh_from_db()
    assert (preview.status, preview.because) == ("prepared", "Take out row 1.")


def test_a_row_that_changes_voids_what_was_said_of_the_version(preview: VersionPreview, place: Place) -> None:
    chronology_previews.put_forward(preview, by=place.manager)
    chronology_previews.record_view(preview, side="police", agrees=True, **SAID, by=place.manager)
    row = ChronologyRow.objects.get(number=1)
    chronology_rows.correct_row(row, by=place.manager, seen_version=row.version, event="Quillip told where Mother works")

    with pytest.raises(NotAllowedNow, match="has changed"):
        chronology_previews.record_view(preview, side="legal", agrees=True, **SAID, by=place.manager)
    assert "It has changed since it was looked at" in page(browser_of(place.manager, preview.review), preview)


def test_nothing_is_changed_while_others_look_at_it(preview: VersionPreview, place: Place) -> None:
    chronology_previews.put_forward(preview, by=place.manager)

    with pytest.raises(NotAllowedNow, match="Take it back"):
        chronology_previews.protect(preview, kind="other", words="cafe", why="Because.", by=place.manager)
    chronology_previews.take_back(preview, because="A fact was forgotten.", by=place.manager)
    chronology_previews.protect(preview, kind="other", words="cafe", why="Because.", by=place.manager)


def test_rows_are_left_out_by_their_numbers_as_they_were_seen(preview: VersionPreview, place: Place) -> None:
    browser, url = browser_of(place.manager, preview.review), reverse("case_reviews:leave_rows_out", args=[preview.pk])
    stale = browser.post(url, {"numbers": "1", "seen_mark": "something else"}).content.decode()
    assert "The rows have changed since you looked" in stale

    browser.post(url, {"numbers": "1", "seen_mark": chronology_versions.mark_of(preview)})

    assert words(preview, place.manager) == ""
    chronology_previews.put_all_back(preview, by=place.manager)
    assert words(preview, place.manager)


def test_a_family_version_is_for_one_person_of_the_matter(rows: ChronologyFile, review: RapidReview, place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="for whom"):
        chronology_previews.make(review, audience="family", rows="all", by=place.manager)
    page = browser_of(place.manager, review).post(
        reverse("case_reviews:make_preview", args=[review.pk]), {"audience": "family", "rows": "all", "recipient": ""}
    )
    assert "Say for whom in the family it is." in page.content.decode()


def test_a_partner_reads_it_without_the_protected_words_and_changes_nothing(preview: VersionPreview, place: Place) -> None:
    chronology_previews.protect(preview, kind="other", words="Mushroom Cafe", why="He may wait there.", by=place.manager)
    browser = browser_of(place.superintendent, preview.review)

    shown = page(browser, preview)

    assert "1 protected fact" in shown
    assert "Mushroom" not in shown
    assert "He may wait there" not in shown
    assert browser.get(reverse("case_reviews:protect_fact", args=[preview.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        chronology_previews.drop(preview, because="No.", by=place.superintendent)


def test_whoever_is_kept_out_of_the_matter_sees_nothing(preview: VersionPreview, place: Place) -> None:
    stranger = browser_of(place.person("PM", of=place.board), preview.review)

    for name, about in (("previews", preview.review), ("preview", preview)):
        assert stranger.get(reverse(f"case_reviews:{name}", args=[about.pk])).status_code == 404
