"""What a clock rests on changes only with reasons and a second person; what went out and what was said is kept."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews import clocks
from sightline.partnership.case_reviews.forms import AwarenessForm
from sightline.partnership.case_reviews.models import ClockCorrection, RapidReview
from sightline.partnership.case_reviews.workflow import clock_corrections, letters_out
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.partnership.notices.models import Notice
from sightline.procedures import rule_sets
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import reviews
from tests.factories.incidents import AWARE_AT, Place
from tests.factories.reviews import NOTIFIED_AT

pytestmark = pytest.mark.django_db
LATER = NOTIFIED_AT + timedelta(days=2)
WHY = "The national service's own e-mail tells the time."


@pytest.fixture
def review(place: Place) -> RapidReview:
    return reviews.review(place)


def browser_of(account: Account, review: RapidReview) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def due_on(review: RapidReview) -> date:
    review.refresh_from_db()
    clock = clocks.rapid_review_clock(review, on=timezone.localdate(), calendar=arrangements.working_calendar())
    assert clock is not None
    return clock.due_on


def propose(review: RapidReview, place: Place, becomes: datetime = LATER) -> ClockCorrection:
    return clock_corrections.propose(review.incident, what="notified_at", becomes=becomes, reasons=WHY, by=place.manager)


def moment(name: str, at: datetime) -> dict[str, str]:
    local = timezone.localtime(at)
    return {
        f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year), f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


def test_nothing_counts_otherwise_until_a_second_person_has_agreed(review: RapidReview, place: Place) -> None:
    correction = propose(review, place)

    assert due_on(review) == date(2026, 6, 24)
    assert "26 June 2026 instead of" in correction.effect
    assert place.director.pk in Notice.objects.filter(template="case_reviews.day_correction").values_list("to", flat=True)
    clock_corrections.decide(correction, confirm=True, because="I have read the e-mail.", by=place.director)
    assert due_on(review) == date(2026, 6, 26)
    assert AuditEvent.objects.filter(action="clock_correction.confirmed").exists()


def test_proposer_cannot_be_the_second_person(review: RapidReview, place: Place) -> None:
    correction = propose(review, place)

    with pytest.raises(NotPermitted, match="somebody else"):
        clock_corrections.decide(correction, confirm=True, because="I agree with myself.", by=place.manager)
    assert due_on(review) == date(2026, 6, 24)


def test_correction_that_is_not_agreed_changes_nothing(review: RapidReview, place: Place) -> None:
    correction = propose(review, place)

    clock_corrections.decide(correction, confirm=False, because="The e-mail tells another time.", by=place.director)

    assert due_on(review) == date(2026, 6, 24)
    correction.refresh_from_db()
    assert (correction.is_confirmed, correction.was) == (False, NOTIFIED_AT)


def test_day_that_changed_meanwhile_is_not_corrected_blindly(review: RapidReview, place: Place) -> None:
    correction = propose(review, place)
    review.incident.notification.notified_at = NOTIFIED_AT + timedelta(days=1)
    review.incident.notification.save()

    with pytest.raises(NotAllowedNow, match="changed since"):
        clock_corrections.decide(correction, confirm=True, because="Yes.", by=place.director)


def test_corrections_that_make_no_sense_are_refused_with_a_sentence(review: RapidReview, place: Place) -> None:
    incident = review.incident
    for what, becomes, reasons, sentence in (
        ("notified_at", timezone.now() + timedelta(days=1), WHY, "has not come yet"),
        ("notified_at", NOTIFIED_AT, WHY, "recorded already"),
        ("notified_at", LATER, " ", "Say why"),
        ("notified_at", AWARE_AT - timedelta(days=3), WHY, "before the local authority was aware"),
        ("aware_at", LATER, WHY, "before the local authority was aware"),
    ):
        with pytest.raises(NotAllowedNow, match=sentence):
            clock_corrections.propose(incident, what=what, becomes=becomes, reasons=reasons, by=place.manager)


def test_only_the_unit_and_the_authority_correct(review: RapidReview, place: Place) -> None:
    for account in (place.lead, place.superintendent):
        with pytest.raises(NotPermitted):
            clock_corrections.propose(review.incident, what="notified_at", becomes=LATER, reasons=WHY, by=account)
        assert browser_of(account, review).get(reverse("case_reviews:correct_day", args=[review.incident_id])).status_code == 404


def test_awareness_is_not_typed_over_once_raised(review: RapidReview, place: Place) -> None:
    form = AwarenessForm({**moment("aware_at", LATER), "contact_name": "A", "contact_phone": "1"}, instance=review.incident)

    assert "aware_at" not in form.fields
    page = browser_of(place.manager, review).get(reverse("case_reviews:section", args=[review.incident_id, "awareness"]))
    assert "Correct it with a second person" in page.content.decode()


def test_case_is_moved_to_later_rules_with_reasons_and_its_effect(review: RapidReview, place: Place) -> None:
    incident = review.incident
    first = rule_sets.in_force(date(2019, 1, 1))
    type(incident).objects.filter(pk=incident.pk).update(rule_set=first.id, rule_set_hash=first.content_hash)
    incident.refresh_from_db()
    to = clock_corrections.later_rules(incident)[-1]
    with pytest.raises(NotAllowedNow, match="Say why"):
        clock_corrections.upgrade_rules(incident, to=to, reasons="", by=place.manager)

    record = clock_corrections.upgrade_rules(incident, to=to, reasons="The review goes on under the new panel.", by=place.manager)

    incident.refresh_from_db()
    assert (incident.rules.id, record.was, record.became) == (to.id, first.id, to.id)
    with pytest.raises(NotAllowedNow, match="only to later rules"):
        clock_corrections.upgrade_rules(incident, to=first, reasons="Back.", by=place.manager)


def test_pages_of_what_if_correction_and_upgrade(review: RapidReview, place: Place) -> None:
    browser, of_incident = browser_of(place.manager, review), [review.incident_id]
    page = browser.get(reverse("case_reviews:what_if", args=of_incident)).content.decode()
    assert "This is the clock in use." in page
    tried = browser.get(reverse("case_reviews:what_if", args=of_incident), {"on_day": "8", "on_month": "6", "on_year": "2026"})
    assert "end on Monday 29 June 2026" in tried.content.decode()
    wrong = browser.get(reverse("case_reviews:what_if", args=of_incident), {"on_day": "31", "on_month": "6", "on_year": "2026"})
    assert "not a day in the calendar" in wrong.content.decode()

    posted = {"what": "notified_at", **moment("becomes", LATER), "reasons": WHY}
    page = browser.post(reverse("case_reviews:correct_day", args=of_incident), posted, follow=True).content.decode()
    assert "Waits for a second person" in page
    url = reverse("case_reviews:decide_correction", args=[review.incident.clock_corrections.get().pk])
    assert "somebody else agrees" in browser.get(url).content.decode()
    browser_of(place.director, review).post(url, {"confirm": "yes", "because": "I have read the e-mail."})
    assert due_on(review) == date(2026, 6, 26)
    assert browser.get(reverse("case_reviews:upgrade_rules", args=of_incident)).status_code == 200


def test_late_reasons_hours_and_cost(review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    browser.post(reverse("case_reviews:late_reasons", args=[review.pk]), {"reasons": "Records were on paper."})
    browser.post(reverse("case_reviews:effort", args=[review.pk]), {"hours": "31.5", "cost": "120"})
    asked = reviews.asked(review, place.school, by=place.manager)
    reviews.submitted(asked, answers={"hours": "12.5", "cost": "not known"})

    review.refresh_from_db()
    assert (review.late_reasons, review.late_reasons_by) == ("Records were on paper.", place.manager)
    assert (review.unit_hours, review.unit_cost) == (Decimal("31.5"), Decimal("120"))
    page = browser.get(reverse("case_reviews:efforts")).content.decode()
    assert "31.5" in page and "12.5" in page
    with pytest.raises(NotPermitted):
        clock_corrections.late_reasons(review, reasons="x", by=place.lead)


def test_letter_is_recorded_with_its_file_and_listed(review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    posted = {
        "kind": "rapid_review_report", "title": "Report of the review", "to_whom": "The National Panel", "how": "secure_email",
        **moment("sent_at", NOTIFIED_AT), "note": "", "audience": "national_panel",
        "file": SimpleUploadedFile("report.txt", b"An invented report."),
    }  # fmt: skip
    url = reverse("case_reviews:add_letter_out", args=[review.incident_id])
    assert "second person check" in browser.post(url, posted).content.decode()
    posted["file"] = SimpleUploadedFile("report.txt", b"An invented report.")

    page = browser.post(url, {**posted, "recipient_confirmed": "on"}, follow=True).content.decode()

    assert "The National Panel" in page
    letter = review.incident.letters_out.get()
    answer = browser.get(reverse("documents:review_file", args=[letter.document_id]))
    assert answer.content == b"An invented report."
    assert answer["Content-Disposition"].startswith("attachment")
    stranger = browser_of(place.person("AL", of=place.police), review)
    assert stranger.get(reverse("documents:review_file", args=[letter.document_id])).status_code == 404
    assert stranger.get(reverse("case_reviews:letters_out", args=[review.incident_id])).status_code == 404


def test_diary_keeps_calls_and_emails(review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    mail = SimpleUploadedFile(
        "answer.eml", b"From: a@hartshire.example\r\nTo: b@hartshire.example\r\nSubject: Invented\r\n\r\nInvented words.\r\n"
    )
    posted = {
        "kind": "email",
        **moment("happened_at", NOTIFIED_AT),
        "with_whom": "The school",
        "what": "The archive is open.",
        "file": mail,
    }

    page = browser.post(reverse("case_reviews:add_diary_entry", args=[review.incident_id]), posted, follow=True).content.decode()

    assert "The archive is open." in page
    assert review.incident.diary.get().document.extension == "eml"
    with pytest.raises(NotPermitted):
        letters_out.note(review.incident, kind="call", happened_at=NOTIFIED_AT, what="x", by=place.lead)
