"""Practice reviews of an invented partnership, each as far along as a test begins from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.partnership.case_reviews.models import LetterOut, PracticeReview, RapidReview
from sightline.partnership.case_reviews.workflow import (
    practice_drafts,
    practice_enquiry,
    practice_people,
    practice_reviews,
    practice_sign_off,
)
from sightline.partnership.need_to_know.models import Membership
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.rapid_review import RapidReviewStatus
from tests.factories import reviews, signing
from tests.factories.incidents import Place
from tests.factories.reviews import NOTIFIED_AT

COMMISSIONED_ON = date(2026, 7, 1)
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
FULL_TERMS = {
    "purpose": "To learn how agencies worked together.", "called": "Child A", "method": "systems", "scope_from": date(2024, 6, 1),
    "scope_to": date(2026, 6, 1), "agencies_plan": "All that were involved.", "family_plan": "Parents are asked.",
    "practitioner_plan": "Two events.", "parallel_plan": "None known.", "press_plan": "One line.", "timetable": "Six months.",
    "publication_plan": "On the website.", "information_plan": "Kept here.",
}  # fmt: skip


def upload(name: str = "draft.txt", text: str = "An invented draft.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def commissioned(place: Place) -> PracticeReview:
    """Begun on 1 July 2026, with everybody let in and each partner's signing delegated."""
    review = reviews.review(place)
    RapidReview.objects.filter(pk=review.pk).update(status=RapidReviewStatus.LCSPR_COMMISSIONED)
    Membership.objects.filter(matter=review.matter).update(valid_from=NOTIFIED_AT.date())
    for role, account in place.partners.items():
        signing.delegate_to(account, role)
    return practice_reviews.commission(review, commissioned_on=COMMISSIONED_ON, decision_minute="Begun.", by=place.manager, at=AT)


def move(review: PracticeReview, place: Place, to: Status, at: datetime = AT) -> PracticeReview:
    return practice_reviews.change_status(review, to=to, by=place.manager, at=at)


def scoping(place: Place) -> PracticeReview:
    review = commissioned(place)
    practice_people.appoint(review, name="Example Reviewer", is_independent=True, appointed_on=COMMISSIONED_ON, by=place.manager, at=AT)
    return move(review, place, Status.SCOPING)


def with_terms(place: Place) -> PracticeReview:
    review = scoping(place)
    review = practice_enquiry.save_terms(review, terms=FULL_TERMS, by=place.manager, seen_version=review.version)
    practice_enquiry.add_line(review, question="Why was it not seen earlier?", by=place.manager)
    return review


def signed(review: PracticeReview, place: Place, kind: str, at: datetime = AT) -> None:
    text = practice_sign_off.put(review, kind=kind, by=place.manager, at=at)
    for account in place.partners.values():
        practice_sign_off.sign(text, agrees=True, by=account, at=at)


def gathering(place: Place) -> PracticeReview:
    review = with_terms(place)
    signed(review, place, "terms_of_reference")
    return move(review, place, Status.INFORMATION_GATHERING)


def drafting(place: Place) -> PracticeReview:
    review = gathering(place)
    for to in (Status.ANALYSIS, Status.DRAFT):
        review = move(review, place, to)
    return review


def with_finding(review: PracticeReview, place: Place) -> None:
    line = review.lines_of_enquiry.get()
    practice_enquiry.add_evidence(line, kind="family", text="The mother said so.", by=place.manager)
    practice_enquiry.keep_finding(
        line, question=line.question, theme="", finding="It was seen, and not said.", why_it_made_sense="", confidence="medium",
        by=place.manager, seen_version=line.version,
    )  # fmt: skip


def checked(place: Place) -> PracticeReview:
    """A final draft whose facts were checked, at partner sign-off."""
    review = drafting(place)
    with_finding(review, place)
    draft = practice_drafts.add_draft(
        review, file=upload(), given_on=COMMISSIONED_ON, by=place.manager, is_final=True, has_summary=True, has_why=True, at=AT
    )
    review = move(review, place, Status.FACTUAL_ACCURACY)
    check = practice_drafts.ask_accuracy(draft, agency=place.school, due_on=COMMISSIONED_ON, by=place.manager, at=AT)
    practice_drafts.answer_accuracy(check, answered_on=COMMISSIONED_ON, comments="", resolution="", by=place.manager, at=AT)
    return move(review, place, Status.PARTNER_SIGNOFF)


def signed_off(place: Place) -> PracticeReview:
    review = checked(place)
    signed(review, place, "practice_review")
    return review


def letter(review: PracticeReview, place: Place) -> LetterOut:
    """A letter by which the National Panel was told of a delay."""
    return LetterOut.objects.create(
        incident=review.rapid_review.incident, kind="late", title="Delay of publication", to_whom="National Panel", how="secure_email",
        sent_at=AT, recipient_confirmed=True, recorded_by=place.manager, recorded_at=AT,
    )  # fmt: skip


def days_later(number: int, at: datetime = AT) -> datetime:
    return at + timedelta(days=number)


Made = Callable[[Place], PracticeReview]
