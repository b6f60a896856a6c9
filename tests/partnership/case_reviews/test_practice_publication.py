"""What becomes of the report: not before its day, not against live proceedings, put off, or not published with the improvements instead."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from sightline.partnership.case_reviews import practice_clocks
from sightline.partnership.case_reviews.models import OutgoingCheck, PracticeReview, Publication
from sightline.partnership.case_reviews.workflow import outgoing, practice_publication, practice_reviews, practice_sign_off
from sightline.partnership.need_to_know.models import ConflictStatement, Matter, Membership
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.working_days import WorkingCalendar
from tests.access.world import signed_in
from tests.factories import practice_reviews as made
from tests.factories.incidents import Place
from tests.factories.practice_reviews import COMMISSIONED_ON

pytestmark = pytest.mark.django_db
SENT_AT = datetime(2026, 7, 3, 12, tzinfo=ZoneInfo("Europe/London"))  # Friday; seven working days later it is Tuesday 14 July 2026
EARLIEST = date(2026, 7, 14)
LATER = datetime(2026, 7, 31, 12, tzinfo=ZoneInfo("Europe/London"))


def sent(place: Place) -> PracticeReview:
    review = made.signed_off(place)
    practice_publication.send_notice(
        review, sent_at=SENT_AT, how="secure_email", recipient_confirmed=True, by=place.manager, planned_on=EARLIEST, at=SENT_AT
    )
    review.refresh_from_db()
    return review


def publish(review: PracticeReview, place: Place, on: date = EARLIEST) -> Publication:
    return practice_publication.publish(review, published_on=on, where="The partnership’s website", by=place.manager, at=LATER)


def test_report_is_not_sent_before_three_signatures(place: Place) -> None:
    review = made.checked(place)
    with pytest.raises(NotAllowedNow, match="three partners sign the report"):
        practice_publication.send_notice(
            review, sent_at=SENT_AT, how="post", recipient_confirmed=True, by=place.manager, at=SENT_AT
        )  # fmt: skip


def test_notice_is_kept_with_the_file_that_went(place: Place) -> None:
    review = sent(place)
    assert review.status == Status.PRE_PUBLICATION_NOTICE
    assert review.publication.notice_letter.document == review.drafts.get().document


def known_by(review: PracticeReview, words: str) -> None:
    """A child of the case bears a name that the text holds."""
    person = review.rapid_review.incident.children.first().person
    person.also_known_as = words
    person.save()


def cleared(review: PracticeReview, place: Place) -> None:
    colleague = place.person("BM", of=place.council)
    Membership.objects.create(
        matter=review.matter, account=colleague, purpose="Second reader", valid_from=COMMISSIONED_ON, added_by=place.manager
    )
    row = OutgoingCheck.objects.filter(incident=review.rapid_review.incident, cleared_by=None).first()
    outgoing.clear(row, because="It is a word of the language.", by=colleague)


def test_notice_and_report_with_a_name_in_them_do_not_leave_before_it_is_cleared(place: Place) -> None:
    review = made.signed_off(place)
    known_by(review, "invented draft")
    told = {"sent_at": SENT_AT, "how": "post", "recipient_confirmed": True, "by": place.manager, "at": SENT_AT}
    with pytest.raises(NotAllowedNow, match="must not learn"):
        practice_publication.send_notice(review, **told)
    review.refresh_from_db()
    assert (review.status, review.rapid_review.incident.letters_out.count()) == (Status.PARTNER_SIGNOFF, 0)
    cleared(review, place)
    practice_publication.send_notice(review, **told)
    review.refresh_from_db()

    with pytest.raises(NotAllowedNow, match="must not learn"):  # cleared for the Panel is not cleared for the public
        publish(review, place)
    review.refresh_from_db()
    assert review.status == Status.PRE_PUBLICATION_NOTICE


def test_publication_too_early_is_refused_with_the_day_and_why(place: Place) -> None:
    review = sent(place)
    with pytest.raises(NotAllowedNow, match="The earliest day is Tuesday 14 July 2026.*7 working days.*sent on Friday 3 July 2026"):
        publish(review, place, EARLIEST - timedelta(days=1))


def test_published_report_stays_public_for_a_year(place: Place) -> None:
    review = sent(place)
    row = publish(review, place)
    review.refresh_from_db()
    assert (review.status, row.public_until) == (Status.PUBLISHED, date(2027, 7, 14))
    assert practice_clocks.stopped_on(review) == EARLIEST
    assert practice_reviews.change_status(review, to=Status.ACTION_PLAN_LIVE, by=place.manager).status == Status.ACTION_PLAN_LIVE


def test_proceedings_keep_the_report_back_and_move_no_day(place: Place) -> None:
    review = sent(place)
    due_on = practice_clocks.completion_clock(review, on=EARLIEST, calendar=WorkingCalendar.from_file()).due_on
    pause = practice_publication.pause(
        review, kind="criminal", reasons="The prosecutor asks.", since=COMMISSIONED_ON, look_again_on=EARLIEST, by=place.manager, at=LATER
    )
    with pytest.raises(NotAllowedNow, match="waits for proceedings: criminal"):
        publish(review, place)
    assert practice_clocks.completion_clock(review, on=EARLIEST, calendar=WorkingCalendar.from_file()).due_on == due_on

    ends = {"on": EARLIEST, "because": "Found not guilty.", "by": place.manager, "at": LATER}
    with pytest.raises(NotAllowedNow, match="told of the delay"):
        practice_publication.end_pause(pause, **ends)
    practice_publication.keep_pause(pause, look_again_on=EARLIEST, letter=made.letter(review, place), by=place.manager)
    practice_publication.end_pause(pause, **ends)
    assert publish(review, place).outcome == "published"


def test_live_proceedings_of_the_matter_keep_the_report_back(place: Place) -> None:
    review = sent(place)
    Matter.objects.filter(pk=review.matter.pk).update(live_proceedings=True)
    with pytest.raises(NotAllowedNow, match="proceedings are under way"):
        publish(review, place)


def test_coroner_asks_to_withhold(place: Place) -> None:
    """Worked example 4: publication is put off, the Panel is told, and the review goes on being counted and may be published later."""
    review = sent(place)
    practice_publication.defer(
        review, reasons="The coroner asks to withhold it until the inquest.", decided_on=EARLIEST, look_again_on=date(2026, 12, 1),
        letter=made.letter(review, place), by=place.manager, at=LATER,
    )  # fmt: skip
    review.refresh_from_db()

    assert review.status == Status.PUBLICATION_DEFERRED
    assert review.late_letter is not None
    assert practice_clocks.stopped_on(review) is None
    assert PracticeReview.objects.filter(pk=review.pk, publication__outcome="deferred").exists()
    assert publish(review, place, date(2026, 7, 30)).outcome == "published"


def test_deferral_says_who_asked_and_why(place: Place) -> None:
    review = sent(place)
    with pytest.raises(NotAllowedNow, match="who asked"):
        practice_publication.defer(
            review, reasons="", decided_on=EARLIEST, look_again_on=LATER.date(), letter=made.letter(review, place), by=place.manager,
            at=LATER,
        )  # fmt: skip


def test_not_publishing_takes_three_signatures_and_the_improvements(place: Place) -> None:
    review = sent(place)
    ends = {"decided_on": EARLIEST, "improvements_published_on": EARLIEST, "where": "The website", "by": place.manager, "at": LATER}
    with pytest.raises(NotAllowedNow, match="three partners sign first"):
        practice_publication.not_publish(review, **ends)
    with pytest.raises(NotAllowedNow, match="Write why"):
        practice_sign_off.put(review, kind="publication", by=place.manager)

    practice_publication.plan(
        review, planned_on=None, consulted="", reasons="A sibling would be known.", improvements="Three improvements.", by=place.manager
    )
    made.signed(review, place, "publication", SENT_AT)
    known_by(review, "Three improvements")
    with pytest.raises(NotAllowedNow, match="must not learn"):
        practice_publication.not_publish(review, **ends)
    known_by(review, "")
    row = practice_publication.not_publish(review, **ends)
    review.refresh_from_db()
    assert (review.status, row.public_until) == (Status.NOT_PUBLISHED, date(2027, 7, 14))


def test_countdown_says_by_when_it_must_go(place: Place) -> None:
    review = made.signed_off(place)
    practice_publication.plan(
        review, planned_on=date(2026, 7, 14), consulted="Police and coroner.", reasons="", improvements="", by=place.manager
    )
    ConflictStatement.objects.get_or_create(matter=review.matter, account=place.manager, defaults={"is_connected": False})
    page = signed_in(place.manager).get(reverse("case_reviews:publication", args=[review.pk])).content.decode()
    assert "Friday 3 July 2026" in page
    why = signed_in(place.manager).get(reverse("case_reviews:practice_why_this_date", args=[review.pk])).content.decode()
    assert "Working day 7" in why
    assert "1 January 2027" in why


def test_home_page_asks_for_what_is_near(place: Place) -> None:
    review = made.with_terms(place)
    practice_publication.plan(
        review, planned_on=date(2026, 7, 14), consulted="", reasons="", improvements="", by=place.manager
    )  # fmt: skip
    practice_sign_off.put(review, kind="terms_of_reference", by=place.manager, at=SENT_AT)

    unit, partner = (signed_in(account).get(reverse("home")).content.decode() for account in (place.manager, place.director))

    assert f"Send the full report of {review.matter.reference}" in unit
    assert f"Read and sign: terms of reference in {review.matter.reference}" in partner
    assert "Read and sign" not in unit
