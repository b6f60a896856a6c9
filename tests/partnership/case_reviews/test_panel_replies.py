"""The National Panel's replies: what each calls for, questions answered, and a decision looked at again with both rationales kept."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sightline.partnership.case_reviews.models import LetterOut, PanelReply, ProposedDecision, RapidReview
from sightline.partnership.case_reviews.workflow import deciding, panel_replies, report_texts, signing
from sightline.partnership.documents.workflow import content_of
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.working_days import WorkingCalendar
from tests.access.world import signed_in
from tests.factories import signing as factory
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
SENT_AT = datetime(2026, 6, 24, 15, 0, tzinfo=ZoneInfo("Europe/London"))
REPLIED_ON = date(2026, 7, 6)


@pytest.fixture
def sent(place: Place) -> RapidReview:
    return decided_and_sent(place, outcome="lcspr")


def decided_and_sent(place: Place, **fields: object) -> RapidReview:
    review = factory.decided(place, **fields)
    factory.close_gaps(review, by=place.manager)
    review.refresh_from_db()
    # Reasons for gaps are not part of the signed text's parts that hold words; whatever changed is signed again.
    if review.status != Status.DECIDED:
        text = signing.put_to_partners(review, problems=deciding.problems(review), by=place.manager, at=factory.PUT_AT)
        for account in place.partners.values():
            signing.sign(text, agrees=True, by=account, at=factory.PUT_AT)
        review.refresh_from_db()
    report_texts.file_to_send(review, by=place.manager)
    send(review, place)
    review.refresh_from_db()
    return review


def send(review: RapidReview, place: Place) -> LetterOut:
    return report_texts.mark_sent(
        review, to_whom="National Panel", how="secure_email", sent_at=SENT_AT, recipient_confirmed=True, by=place.manager, at=SENT_AT
    )


def reply(review: RapidReview, place: Place, response: str, **fields: object) -> PanelReply:
    given = {"received_on": REPLIED_ON, "comments": "What the Panel says.", "by": place.manager}
    return panel_replies.record_reply(review, response=response, **{**given, **fields})  # type: ignore[arg-type]


def test_what_was_sent_is_kept_to_the_byte(place: Place, sent: RapidReview) -> None:
    letter = LetterOut.objects.get(kind="rapid_review_report")
    text = signing.latest(sent.incident)

    assert sent.status == Status.SENT_TO_PANEL
    assert letter.document == text.document
    assert content_of(letter.document) == report_texts.word_of(text)


def test_report_with_an_open_gap_is_neither_signed_nor_sent(place: Place) -> None:
    review = factory.drafted(place)
    with pytest.raises(NotAllowedNow, match="No analysis of ethnicity and identity"):
        signing.put_to_partners(review, problems=deciding.problems(review), by=place.manager, at=factory.PUT_AT)
    review.refresh_from_db()
    assert (review.status, signing.latest(review.incident)) == (Status.DRAFT, None)


def test_report_whose_gap_opens_after_the_signatures_is_not_sent(place: Place) -> None:
    review = factory.decided(place)
    report_texts.file_to_send(review, by=place.manager)
    review.report_sections.filter(code="identity").delete()

    with pytest.raises(NotAllowedNow, match="changed since it was put|No analysis of ethnicity and identity"):
        send(review, place)
    assert not LetterOut.objects.filter(incident=review.incident).exists()


def test_undecided_report_is_not_sent(place: Place) -> None:
    text = factory.with_partners(place)

    with pytest.raises(NotAllowedNow, match="all three partners have signed"):
        send(RapidReview.objects.get(incident=text.incident), place)


def test_panel_is_asked_again_after_fifteen_working_days(sent: RapidReview) -> None:
    assert panel_replies.chase_on(sent, WorkingCalendar.from_file()) == date(2026, 7, 15)


def test_agreement_lets_the_review_end_as_it_was_decided(place: Place, sent: RapidReview) -> None:
    reply(sent, place, "agree_lcspr", quality_comment="A good review.")
    sent = panel_replies.close(sent, on=REPLIED_ON, reasons="The Panel agrees.", by=place.manager)

    assert sent.status == Status.LCSPR_COMMISSIONED
    assert sent.practice_review.commissioned_on == REPLIED_ON
    assert sent.panel_replies.get().quality_comment == "A good review."


def test_disagreement_reopens_the_decision_and_tells_the_partners(place: Place, sent: RapidReview) -> None:
    found = reply(sent, place, "disagree_lcspr_not_needed")

    sent.refresh_from_db()
    assert sent.status == Status.RECONSIDER
    assert found.reconsideration.first_decision.number == 1
    told = set(Notice.objects.filter(template="case_reviews.panel_disagrees").values_list("to", flat=True))
    assert {account.pk for account in place.partners.values()} <= told


def test_partners_keep_their_decision_and_both_rationales_stay(place: Place, sent: RapidReview) -> None:
    found = reply(sent, place, "disagree_lcspr_not_needed", comments="A review would add nothing.")
    panel_replies.keep_decision(found.reconsideration, on=REPLIED_ON, reasons="Families have asked for it.", by=place.manager)

    sent.refresh_from_db()
    found.reconsideration.refresh_from_db()
    assert sent.status == Status.LCSPR_COMMISSIONED
    assert (found.reconsideration.how, found.comments) == ("kept", "A review would add nothing.")
    assert ProposedDecision.objects.get(review=sent).rationale == factory.RATIONALE


def test_second_decision_takes_three_signatures_and_leaves_the_first(place: Place, sent: RapidReview) -> None:
    found = reply(sent, place, "disagree_lcspr_not_needed")
    sent = panel_replies.decide_again(found.reconsideration, reasons="The Panel is right.", by=place.manager)
    assert sent.status == Status.DRAFT
    factory.propose(sent, by=place.manager, outcome="other_local_learning", proposed_scope="")
    text = signing.put_to_partners(sent, problems=deciding.problems(sent), by=place.manager, at=SENT_AT + timedelta(days=14))
    for account in place.partners.values():
        signing.sign(text, agrees=True, by=account, at=SENT_AT + timedelta(days=14))

    sent.refresh_from_db()
    first, second = ProposedDecision.objects.filter(review=sent)
    assert (sent.status, first.outcome, second.outcome) == (Status.DECIDED, "lcspr", "other_local_learning")
    assert first.decided_at is not None
    assert first.signed_text != second.signed_text


def test_question_of_the_panel_is_answered_before_the_review_goes_again(place: Place, sent: RapidReview) -> None:
    asked = [("Was the school asked?", place.lead.officer, date(2026, 7, 10))]
    found = reply(sent, place, "more_information_requested", asked=asked)
    with pytest.raises(NotAllowedNow, match="not answered yet"):
        panel_replies.send_again(sent, sent_on=REPLIED_ON, by=place.manager)
    with pytest.raises(NotAllowedNow, match="asked for more"):
        panel_replies.close(sent, on=REPLIED_ON, reasons="Done.", by=place.manager)
    panel_replies.answer_information(found.asked.get(), answer="Yes, on day 1.", by=place.manager)
    person = sent.incident.children.first().person
    person.also_known_as = "Yes, on day"
    person.save()
    with pytest.raises(NotAllowedNow, match="must not learn"):
        panel_replies.send_again(sent, sent_on=date(2026, 7, 8), by=place.manager)
    person.also_known_as = ""
    person.save()
    sent = panel_replies.send_again(sent, sent_on=date(2026, 7, 8), by=place.manager)

    assert sent.status == Status.SENT_TO_PANEL
    assert panel_replies.chase_on(sent, WorkingCalendar.from_file()) == date(2026, 7, 29)


def test_question_needs_an_owner(place: Place, sent: RapidReview) -> None:
    with pytest.raises(NotAllowedNow, match="Write down what the Panel asks"):
        reply(sent, place, "more_information_requested")


def test_reply_before_the_review_was_sent_is_refused(place: Place, sent: RapidReview) -> None:
    with pytest.raises(NotAllowedNow, match="cannot have come before"):
        reply(sent, place, "agree_lcspr", received_on=date(2026, 6, 1))


def test_letter_of_the_panel_is_kept(place: Place, sent: RapidReview) -> None:
    found = reply(sent, place, "acknowledged_only", file=SimpleUploadedFile("letter.txt", b"Invented letter."))

    assert content_of(found.document) == b"Invented letter."


def test_second_decision_begins_with_the_answers_of_the_first_and_is_put_anew(place: Place, sent: RapidReview) -> None:
    found = reply(sent, place, "disagree_lcspr_not_needed")
    panel_replies.decide_again(found.reconsideration, reasons="The Panel is right.", by=place.manager)
    ConflictStatement.objects.get_or_create(matter=sent.matter, account=place.manager, defaults={"is_connected": False})
    browser = signed_in(place.manager)
    form = browser.get(reverse("case_reviews:propose_decision", args=[sent.pk])).context["form"]
    sign_off = browser.get(reverse("case_reviews:sign_off", args=[sent.pk])).content.decode()

    assert form.initial["answer_improvements"] and form.initial["reasons_improvements"]
    assert "outcome" not in form.initial and "rationale" not in form.initial
    assert "All three partners have signed" not in sign_off
    assert "Before it can be put to the partners" in sign_off
    assert "signed by all" in sign_off


def test_decision_against_a_practice_review_is_kept_and_the_disagreement_is_counted(place: Place) -> None:
    """Worked example 2.5: the Panel disagrees, the partners keep their decision with reasons, and the review closes without one."""
    review = decided_and_sent(place, outcome="other_local_learning", proposed_scope="")
    found = reply(review, place, "disagree_suggest_lcspr", comments="A review might show more.")
    with pytest.raises(NotAllowedNow):
        panel_replies.keep_decision(found.reconsideration, on=REPLIED_ON, reasons=" ", by=place.manager)
    panel_replies.keep_decision(found.reconsideration, on=REPLIED_ON, reasons="The learning is under way.", by=place.manager)

    review.refresh_from_db()
    assert review.status == Status.CLOSED_NO_LCSPR
    ConflictStatement.objects.get_or_create(matter=review.matter, account=place.manager, defaults={"is_connected": False})
    period = {"first_day": 1, "first_month": 6, "first_year": 2026, "last_day": 31, "last_month": 12, "last_year": 2026}
    counts = signed_in(place.manager).get(reverse("case_reviews:review_summary"), period).context["counts"]
    assert (counts.completed, counts.practice_reviews, counts.not_endorsed) == (1, 0, 1)
