"""A practice review from its commission to the partners' signatures: each step has what it needs, or says what is missing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import practice_clocks, practice_letters, practice_needs
from sightline.partnership.case_reviews.models import PracticeReview
from sightline.partnership.case_reviews.workflow import (
    agency_reports,
    practice_drafts,
    practice_enquiry,
    practice_people,
    practice_reviews,
    practice_sign_off,
    signing,
)
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.timescales import ClockState
from sightline.procedures.working_days import WorkingCalendar
from tests.access.world import signed_in
from tests.factories import agencies, reviews
from tests.factories import practice_reviews as made
from tests.factories.incidents import Place
from tests.factories.practice_reviews import AT, COMMISSIONED_ON

pytestmark = pytest.mark.django_db


def page(account: Account, review: PracticeReview, name: str, *args: str) -> str:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    response = signed_in(account).get(reverse(f"case_reviews:{name}", args=args or (review.pk,)))
    assert response.status_code == 200
    return str(response.content.decode())


def test_review_is_commissioned_once_and_after_its_rapid_review(place: Place) -> None:
    review = made.commissioned(place)
    assert review.status == Status.COMMISSIONED

    with pytest.raises(NotAllowedNow, match="already"):
        practice_reviews.commission(review.rapid_review, commissioned_on=COMMISSIONED_ON, decision_minute="Again.", by=place.manager, at=AT)


def test_review_is_not_commissioned_while_the_rapid_review_goes_on(place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="follows a rapid review"):
        practice_reviews.commission(
            reviews.review(place), commissioned_on=COMMISSIONED_ON, decision_minute="Begun.", by=place.manager, at=AT
        )


def test_only_the_unit_commissions(place: Place) -> None:
    review = reviews.review(place)
    with pytest.raises(NotPermitted):
        practice_reviews.commission(review, commissioned_on=COMMISSIONED_ON, decision_minute="Begun.", by=place.director, at=AT)


def test_terms_need_an_independent_reviewer_first(place: Place) -> None:
    review = made.commissioned(place)
    practice_people.appoint(
        review, name="Example Insider", is_independent=False, conflicts="Worked there.", appointed_on=COMMISSIONED_ON, by=place.manager,
        at=AT,
    )  # fmt: skip
    with pytest.raises(NotAllowedNow, match="declares no connection"):
        made.move(review, place, Status.SCOPING)


def test_removed_reviewer_has_reasons(place: Place) -> None:
    reviewer = made.scoping(place).reviewers.get()
    with pytest.raises(NotAllowedNow, match="Say why"):
        practice_people.remove(reviewer, on=COMMISSIONED_ON, because=" ", by=place.manager)
    assert practice_people.remove(reviewer, on=COMMISSIONED_ON, because="Not good enough.", by=place.manager).removed_on == COMMISSIONED_ON


def test_information_is_gathered_after_three_signatures(place: Place) -> None:
    review = made.with_terms(place)
    text = practice_sign_off.put(review, kind="terms_of_reference", by=place.manager, at=AT)
    for account in list(place.partners.values())[:2]:
        practice_sign_off.sign(text, agrees=True, by=account, at=AT)
    with pytest.raises(NotAllowedNow, match="sign the terms of reference"):
        made.move(review, place, Status.INFORMATION_GATHERING)

    practice_sign_off.sign(text, agrees=True, by=list(place.partners.values())[2], at=AT)
    assert made.move(review, place, Status.INFORMATION_GATHERING).status == Status.INFORMATION_GATHERING


def test_changed_terms_void_what_was_signed(place: Place) -> None:
    review = made.with_terms(place)
    made.signed(review, place, "terms_of_reference")
    review.refresh_from_db()

    practice_enquiry.save_terms(review, terms={"purpose": "Another purpose."}, by=place.manager, seen_version=review.version)

    text = signing.latest(review.rapid_review.incident, "terms_of_reference")
    assert text is not None
    assert text.state == "voided"
    assert any("Another purpose" in line for line in text.voided_changes)


def test_stale_terms_are_refused(place: Place) -> None:
    review = made.with_terms(place)
    with pytest.raises(NotAllowedNow, match="Somebody else changed"):
        practice_enquiry.save_terms(review, terms={"purpose": "Mine."}, by=place.manager, seen_version=0)


def test_finding_rests_on_evidence(place: Place) -> None:
    line = made.gathering(place).lines_of_enquiry.get()
    with pytest.raises(NotAllowedNow, match="evidence first"):
        practice_enquiry.keep_finding(
            line, question=line.question, theme="", finding="So it was.", why_it_made_sense="", confidence="", by=place.manager,
            seen_version=line.version,
        )  # fmt: skip


def test_line_without_evidence_keeps_a_draft_from_being_final(place: Place) -> None:
    review = made.drafting(place)
    with pytest.raises(NotAllowedNow, match="Line of enquiry 1 has no evidence and no finding"):
        practice_drafts.add_draft(
            review, file=made.upload(), given_on=COMMISSIONED_ON, by=place.manager, is_final=True, has_summary=True, has_why=True, at=AT
        )
    practice_drafts.add_draft(review, file=made.upload(), given_on=COMMISSIONED_ON, by=place.manager, at=AT)
    with pytest.raises(NotAllowedNow, match="no evidence"):
        made.move(review, place, Status.FACTUAL_ACCURACY)


def test_final_draft_says_why_and_what_is_to_improve(place: Place) -> None:
    review = made.drafting(place)
    made.with_finding(review, place)
    with pytest.raises(NotAllowedNow, match="systemic and underlying"):
        practice_drafts.add_draft(
            review, file=made.upload(), given_on=COMMISSIONED_ON, by=place.manager, is_final=True, has_summary=True, at=AT
        )


def test_what_is_not_right_is_resolved_before_sign_off(place: Place) -> None:
    review = made.drafting(place)
    made.with_finding(review, place)
    draft = practice_drafts.add_draft(
        review, file=made.upload(), given_on=COMMISSIONED_ON, by=place.manager, is_final=True, has_summary=True, has_why=True, at=AT
    )
    made.move(review, place, Status.FACTUAL_ACCURACY)
    check = practice_drafts.ask_accuracy(draft, agency=place.school, due_on=COMMISSIONED_ON, by=place.manager, at=AT)
    told = {"answered_on": COMMISSIONED_ON, "comments": "The day is wrong.", "by": place.manager, "at": AT}
    practice_drafts.answer_accuracy(check, resolution="", **told)
    with pytest.raises(NotAllowedNow, match="what was done with what"):
        made.move(review, place, Status.PARTNER_SIGNOFF)

    practice_drafts.answer_accuracy(check, resolution="The day was put right.", **told)
    assert made.move(review, place, Status.PARTNER_SIGNOFF).status == Status.PARTNER_SIGNOFF


def test_report_is_asked_of_somebody_who_is_not_connected(place: Place) -> None:
    review = made.gathering(place)
    officer = agencies.officer(of=place.school)
    asked = {"agency": place.school, "officer": officer, "due_on": COMMISSIONED_ON + timedelta(days=42), "by": place.manager, "at": AT}
    with pytest.raises(NotAllowedNow, match="Check first"):
        agency_reports.ask(review, connection_checked=False, **asked)

    report = agency_reports.ask(review, connection_checked=True, **asked)
    notice = Notice.objects.get(template="case_reviews.agency_report_asked")
    assert notice.to == f"officer:{officer.pk}"
    assert practice_letters.line_for(notice.template, to=officer, about=report.pk)
    other = agencies.officer(of=place.school)
    assert practice_letters.line_for(notice.template, to=other, about=report.pk) is None

    report = agency_reports.receive(
        report, received_on=COMMISSIONED_ON, author="Head of a service", author_independent=False, file=made.upload("report.txt"),
        by=place.manager, at=AT,
    )  # fmt: skip
    with pytest.raises(NotAllowedNow, match="involved in the case"):
        agency_reports.accept(report, quality_note="", by=place.manager, at=AT)
    assert agency_reports.accept(report, quality_note="Read by another head.", by=place.manager, at=AT).accepted_on == COMMISSIONED_ON


def test_step_back_has_reasons(place: Place) -> None:
    review = made.gathering(place)
    with pytest.raises(NotAllowedNow, match="Say why"):
        made.move(review, place, Status.SCOPING)


def test_clock_is_amber_from_five_months_and_late_after_six(place: Place) -> None:
    review, calendar = made.commissioned(place), WorkingCalendar.from_file()
    states = [
        practice_clocks.completion_clock(review, on=on, calendar=calendar).state
        for on in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 4))
    ]
    assert states == [ClockState.ON_TIME, ClockState.DUE_SOON, ClockState.LATE]


def test_family_member_who_is_not_asked_has_reasons(place: Place) -> None:
    review = made.commissioned(place)
    with pytest.raises(NotAllowedNow, match="who advised it"):
        practice_people.keep_family_part(review, part=None, called="Father", response="not_appropriate", by=place.manager)


def test_pages_show_where_it_stands_and_whose_turn_it_is(place: Place) -> None:
    review = made.commissioned(place)

    shown = page(place.manager, review, "practice_review")

    assert "Next: Terms of reference" in shown
    assert "Appoint a reviewer who declares no connection" in shown
    assert "Practice review</a>:" in shown  # in the bar of clocks


def test_every_page_of_a_practice_review_opens(place: Place) -> None:
    review = made.checked(place)
    line, draft = review.lines_of_enquiry.get(), review.drafts.get()
    for name in (
        "practice_review", "practice_step", "practice_why_this_date", "practice_late_reasons", "practice_terms", "reviewer_add", "add_line",
        "ask_agency_report", "practitioner_event", "add_family_part", "pause", "add_draft", "practice_sign_off", "publication",
        "send_notice", "publish", "defer_publication", "not_publish",
    ):  # fmt: skip
        assert review.matter.reference in page(place.manager, review, name)
    assert line.finding in page(place.manager, review, "line_of_enquiry", line.pk)
    for name in ("add_evidence",):
        page(place.manager, review, name, line.pk)
    page(place.manager, review, "ask_accuracy", draft.pk)
    page(place.manager, review, "accuracy_check", draft.accuracy_checks.get().pk)
    page(place.manager, review, "reviewer_remove", review.reviewers.get().pk)


def test_list_shows_only_to_whoever_may_know(place: Place) -> None:
    review = made.commissioned(place)
    ours = signed_in(place.manager).get(reverse("case_reviews:practice_reviews")).content.decode()
    theirs = signed_in(place.person("AL", of=place.police)).get(reverse("case_reviews:practice_reviews")).content.decode()
    assert review.matter.reference in ours
    assert review.matter.reference not in theirs


def test_missing_is_said_before_the_step_is_tried(place: Place) -> None:
    assert practice_needs.missing_for(made.scoping(place), Status.INFORMATION_GATHERING) == [
        "The three partners sign the terms of reference before information is gathered."
    ]
