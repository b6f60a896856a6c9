"""Findings: read by the rules, seen only with all their rows, put to agencies, weighed by people, and turned into what is learnt from."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import (
    AgencyRequest,
    ChronologyAnalysis,
    ChronologyFile,
    ChronologyFinding,
    ChronologyRow,
    KeyEpisode,
    LearningPoint,
    RapidReview,
    RequestMessage,
    RowNote,
    RowShared,
)
from sightline.partnership.case_reviews.workflow import chronology_analysis, chronology_rows, finding_uses, findings, reading
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import chronology, people, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
FIRST = date(2019, 3, 4)


@pytest.fixture
def review(place: Place) -> RapidReview:
    review = reviews.review(place)
    people.workflow.correct(review.incident.children.get().person, by=place.manager, given_name="Quillip", family_name="Inventum")
    return review


@pytest.fixture
def asked(place: Place, review: RapidReview) -> AgencyRequest:
    return reviews.asked(review, place.school, by=place.manager, to=place.lead.officer)


@pytest.fixture
def files(review: RapidReview, asked: AgencyRequest, place: Place) -> tuple[ChronologyFile, ChronologyFile]:
    """A school that saw the child on two days ten weeks apart, and the police with a row between."""
    school = chronology.kept(review, place.school, by=place.manager, request=asked)
    police = chronology.kept(review, place.police, by=place.manager)
    chronology.row(school, "Quillip read aloud to the class", FIRST, child_seen="Y")
    chronology.row(police, "Neighbour rang, worried that Quillip is left alone at night", FIRST + timedelta(days=20), action="Logged")
    chronology.row(school, "Quillip sang in assembly", FIRST + timedelta(days=70), child_seen="Y")
    return school, police


@pytest.fixture
def gap(files: object, review: RapidReview) -> ChronologyFinding:
    assert chronology_analysis.read(review)
    return ChronologyFinding.objects.get(review=review, kind="gap")


def browser_of(account: Account, review: RapidReview) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def page(browser: Client, name: str, *args: str, data: dict[str, str] | None = None) -> str:
    url = reverse(f"case_reviews:{name}", args=args)
    answer = browser.post(url, data, follow=True) if data is not None else browser.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def settled(finding: ChronologyFinding, by: Account) -> ChronologyFinding:
    for agency in findings.cited_agencies(finding).values():
        findings.go_on_unasked(finding, agency=agency, because="It was there when the row was read out.", by=by)
    finding.refresh_from_db()
    return finding


def test_rules_read_the_rows_of_two_agencies_and_keep_what_they_say(gap: ChronologyFinding, review: RapidReview) -> None:
    worry = ChronologyFinding.objects.get(review=review, kind="unanswered_concern")
    analysis = ChronologyAnalysis.objects.get(review=review)

    assert (gap.days, gap.starts_on) == (70, FIRST)
    assert "No row received shows" in gap.said
    assert worry.cited.get().sentence.startswith("Neighbour rang")
    assert (analysis.rows, analysis.agencies, analysis.stale_since) == (3, 2, None)


def test_one_agency_alone_makes_no_findings(review: RapidReview, place: Place) -> None:
    school = chronology.kept(review, place.school, by=place.manager)
    for days in (0, 90):
        chronology.row(school, "Quillip read aloud", FIRST + timedelta(days=days), child_seen="Y")

    chronology_analysis.read(review)

    assert not ChronologyFinding.objects.filter(review=review).exists()


def test_reading_again_changes_nothing_and_keeps_what_a_person_said(gap: ChronologyFinding, review: RapidReview, place: Place) -> None:
    findings.dismiss(gap, because="The family was abroad.", by=place.manager, seen_version=gap.version)
    count = ChronologyFinding.objects.count()

    chronology_analysis.read(review)
    chronology_analysis.read(review)

    gap.refresh_from_db()
    assert ChronologyFinding.objects.count() == count
    assert (gap.status, gap.because, gap.is_current) == ("dismissed", "The family was abroad.", True)


def test_row_put_right_is_read_again_by_the_worker(gap: ChronologyFinding, review: RapidReview, place: Place) -> None:
    row = ChronologyRow.objects.get(event__startswith="Neighbour")
    chronology_rows.correct_row(row, by=place.manager, seen_version=row.version, child_seen="Y")
    assert ChronologyAnalysis.objects.get(review=review).stale_since is not None

    assert chronology_analysis.read_due() == 1
    assert chronology_analysis.read_due() == 0

    gap.refresh_from_db()
    assert not gap.is_current
    assert ChronologyFinding.objects.get(review=review, kind="gap", is_current=True).days == 50


def test_nothing_is_kept_for_rows_that_changed_meanwhile(files: object, review: RapidReview, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ChronologyRow.objects.first()
    rules = chronology_analysis.analyse

    def slow(*given: object) -> object:
        ChronologyRow.objects.filter(pk=row.pk).update(version=row.version + 1)
        return rules(*given)

    monkeypatch.setattr(chronology_analysis, "analyse", slow)

    assert not chronology_analysis.read(review)
    assert not ChronologyFinding.objects.filter(review=review).exists()


def test_finding_on_a_withheld_row_is_not_even_counted(
    files: tuple[ChronologyFile, ChronologyFile], review: RapidReview, place: Place
) -> None:
    ChronologyRow.objects.filter(event__startswith="Neighbour").update(seal="police")
    chronology_analysis.read(review)
    hidden = ChronologyFinding.objects.get(review=review, kind="unanswered_concern")
    browser = browser_of(place.manager, review)

    shown = page(browser, "findings", review.pk)
    story = page(browser, "chronology_story", review.pk)

    assert "A worry was raised" not in shown + story
    assert "1 finding waits" in shown
    assert browser.get(reverse("case_reviews:finding", args=[hidden.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        findings.dismiss(hidden, because="No.", by=place.manager, seen_version=hidden.version)


def test_pages_tell_codes_and_mark_the_words(gap: ChronologyFinding, review: RapidReview, place: Place) -> None:
    worry = ChronologyFinding.objects.get(review=review, kind="unanswered_concern")

    shown = page(browser_of(place.manager, review), "finding", worry.pk)

    assert "<mark>Neighbour rang, worried that Child 1 is left alone at night</mark>" in shown
    assert "Quillip" not in shown


def test_agency_has_its_say_before_a_finding_is_accepted(gap: ChronologyFinding, place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="First hear"):
        findings.accept(gap, by=place.manager, seen_version=gap.version, why_it_made_sense="Holidays.")

    question = findings.ask_agency(gap, agency=place.school, text="Is anything missing?", by=place.manager)
    assert RequestMessage.objects.get(pk=question.asked_id).text == "About your rows 1, 2. Is anything missing?"
    findings.record_answer(question, text="Nothing is missing.", by=place.manager)
    with pytest.raises(NotAllowedNow, match="why it made sense"):
        findings.accept(gap, by=place.manager, seen_version=gap.version)

    accepted = findings.accept(gap, by=place.manager, seen_version=gap.version, why_it_made_sense="The summer holidays lay between.")
    assert accepted.status == "accepted"


def test_somebody_else_was_quicker(gap: ChronologyFinding, place: Place) -> None:
    findings.dismiss(gap, because="The family was abroad.", by=place.manager, seen_version=gap.version)

    with pytest.raises(NotAllowedNow, match="Somebody else"):
        findings.dismiss(gap, because="Me too.", by=place.manager, seen_version=gap.version)


def test_dismissed_kinds_keep_quiet_and_can_be_taken_up(gap: ChronologyFinding, review: RapidReview, place: Place) -> None:
    findings.dismiss_kind(review, kind="gap", because="School holidays.", by=place.manager)
    gap.refresh_from_db()
    assert "1 dismissed" in page(browser_of(place.manager, review), "findings", review.pk)

    again = findings.take_up_again(gap, because="A later return.", by=place.manager, seen_version=gap.version)

    assert again.status == "found"


def test_rule_is_switched_for_one_review_with_a_reason(gap: ChronologyFinding, review: RapidReview, place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="from 7 to"):
        findings.change_rule(review, kind="gap", is_on=True, figures={"gap_days": 1}, because="Too long.", by=place.manager)
    findings.change_rule(review, kind="gap", is_on=True, figures={"gap_days": 80}, because="Term times.", by=place.manager)
    chronology_analysis.read(review)

    gap.refresh_from_db()
    assert not gap.is_current
    assert "80 days" in page(browser_of(place.manager, review), "finding_rules", review.pk)


def test_from_a_finding_to_an_episode_and_a_learning_point(gap: ChronologyFinding, review: RapidReview, place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="Accept the finding first"):
        finding_uses.make_point(gap, by=place.manager, text="Look in summer.", why_it_made_sense="Holidays.")
    accepted = findings.accept(settled(gap, place.manager), by=place.manager, seen_version=gap.version, why_it_made_sense="Holidays.")

    episode = finding_uses.make_episode(accepted, title="Summer", starts_on=gap.starts_on, ends_on=gap.ends_on, by=place.manager)
    point = finding_uses.make_point(accepted, by=place.manager, text="Look in summer.", why_it_made_sense="Holidays.")

    browser = browser_of(place.manager, review)
    shown = page(browser, "finding", gap.pk)
    assert "Look in summer." in shown
    assert "Summer" in page(browser, "chronology_story", review.pk)
    assert "Summer" in page(browser, "chronology_timeline", review.pk)
    assert "Child 1 read aloud" in page(browser, "key_episode", episode.pk)
    assert LearningPoint.objects.get(pk=point.pk).why_it_made_sense == "Holidays."
    finding_uses.remove_episode(episode, because="It tells nothing more.", by=place.manager)
    assert "Summer" not in page(browser, "key_episodes", review.pk)
    assert KeyEpisode.objects.get().removed_because


def test_same_event_is_joined_by_a_person_alone(files: tuple[ChronologyFile, ChronologyFile], review: RapidReview, place: Place) -> None:
    school, police = files
    one = chronology.row(school, "Strategy discussion joined by the designated lead.", FIRST + timedelta(days=5))
    other = chronology.row(police, "Officer took part in a strategy discussion.", FIRST + timedelta(days=5))
    chronology_analysis.read(review)
    finding = ChronologyFinding.objects.get(review=review, kind="same_event")
    one.refresh_from_db()
    assert not one.same_event

    findings.confirm_same_event(finding, by=place.manager, seen_version=finding.version)

    one.refresh_from_db()
    other.refresh_from_db()
    assert one.same_event
    assert one.same_event == other.same_event
    assert one.event.startswith("Strategy discussion joined")


def test_what_was_known_on_a_day(files: tuple[ChronologyFile, ChronologyFile], review: RapidReview, place: Place) -> None:
    row = ChronologyRow.objects.get(event__startswith="Neighbour")
    ChronologyRow.objects.filter(pk=row.pk).update(significance="critical")
    browser, day = browser_of(place.manager, review), FIRST + timedelta(days=30)
    asked_for = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}

    before = page(browser, "chronology_known", review.pk, data=asked_for)
    reading.say_shared(row, agency=place.school, on=day, how="telephone", by=place.manager)
    after = page(browser, "chronology_known", review.pk, data=asked_for)

    assert "no row received shows that it did" in before
    assert "no row received shows that it did" not in after
    assert "Was told (telephone) on" in after
    with pytest.raises(NotAllowedNow, match="before it happened"):
        reading.say_shared(row, agency=place.school, on=FIRST, by=place.manager)
    reading.take_back_shared(RowShared.objects.get(), by=place.manager)
    assert not RowShared.objects.exists()


def test_note_is_its_authors_alone(files: object, review: RapidReview, place: Place) -> None:
    row = ChronologyRow.objects.get(event__startswith="Neighbour")
    reading.write_note(row, text="Zanzibar: ask about the lodger.", by=place.manager)
    others = Account.objects.exclude(pk=place.manager.pk)

    assert "Zanzibar" in page(browser_of(place.manager, review), "row_notes", review.pk)
    for other in others:
        browser = browser_of(other, review)
        for name, thing in (("row_notes", review.pk), ("chronology_row", row.pk), ("combined_chronology", review.pk)):
            assert "Zanzibar" not in browser.get(reverse(f"case_reviews:{name}", args=[thing])).content.decode()
    reading.write_note(row, text=" ", by=place.manager)
    assert not RowNote.objects.exists()


def test_what_is_new_since_somebody_read(files: object, review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    reading.have_read(review, by=place.manager, at=timezone.now())
    assert "Nothing is new" in page(browser, "chronology_story", review.pk)
    row = ChronologyRow.objects.get(event__startswith="Neighbour")

    chronology_rows.correct_row(row, by=place.manager, seen_version=row.version, event="Neighbour rang about noise")

    shown = page(browser, "chronology_story", review.pk)
    assert ">Changed<" in shown
    assert "before: <del>Neighbour rang, worried that Child 1 is left alone" in shown
    page(browser, "have_read", review.pk, data={"undo": "yes"})
    assert "You have not said yet" in page(browser, "chronology_story", review.pk)


def test_pages_without_rows_say_so(review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)

    for name in (
        "chronology_story",
        "findings",
        "childs_day",
        "chronology_known",
        "chronology_timeline",
        "chronology_timeline_print",
        "row_notes",
    ):
        assert "yet" in page(browser, name, review.pk), name
    for name in ("chronology_cast", "key_episodes"):
        page(browser, name, review.pk)


def test_childs_days_tell_where_nothing_is_recorded(files: object, review: RapidReview, place: Place) -> None:
    shown = page(browser_of(place.manager, review), "childs_day", review.pk)

    assert "No row received tells of" in shown
    assert "spoken to alone" in shown
    assert "<strong>No row</strong>" in shown  # April 2019: nobody saw the child
