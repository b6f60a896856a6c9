"""Moves of a practice review as a whole: commissioned, taken from stage to stage when what a stage needs is there, and late."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access
from sightline.partnership.case_reviews.models import LetterOut, PracticeReview, PracticeReviewStatusChange, RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.practice_needs import missing_for
from sightline.procedures import practice_review
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import BY_PUBLICATION
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.working_days import long_date


@transaction.atomic
def commission(
    review: RapidReview, *, commissioned_on: date, decision_minute: str, by: Account, at: datetime | None = None
) -> PracticeReview:  # fmt: skip
    """Begin a practice review on the day on which the partners decided to: its six months run from there."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    practice_access.check_can_commission(by, review.matter)
    at = at or timezone.now()
    if review.status != RapidReviewStatus.LCSPR_COMMISSIONED:
        raise NotAllowedNow("A practice review follows a rapid review that ended with the decision to commission one.")
    if PracticeReview.objects.filter(rapid_review=review).exists():
        raise NotAllowedNow("This case has its practice review already.")
    if commissioned_on > as_london_date(at):
        raise NotAllowedNow(f"{long_date(commissioned_on)} has not come yet. Enter the day on which the partners decided.")
    if not decision_minute.strip():
        raise NotAllowedNow("Write what the partners decided: the minute of it begins the practice review.")
    made = PracticeReview.objects.create(
        rapid_review=review,
        commissioned_on=commissioned_on,
        decision_minute=decision_minute.strip(),
        commissioned_by=by,
        commissioned_at=at,
    )
    trail.record("practice_review.commissioned", made, by=by, kind="K6", matter_id=review.matter_id)
    return made


@transaction.atomic
def change_status(
    review: PracticeReview, *, to: Status, by: Account, reasons: str = "", happened_on: date | None = None, at: datetime | None = None
) -> PracticeReview:
    """Take a practice review to its next stage, or back; forward only when what the stage needs is there."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    at = at or timezone.now()
    if to in BY_PUBLICATION:
        raise NotAllowedNow(f"“{to.label}” is recorded with the notice before publication, or the decision about it.")
    practice_review.check_move(Status(review.status), to)
    if happened_on is not None and happened_on > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Enter the day on which it happened.")
    if missing := missing_for(review, to):
        raise NotAllowedNow(" ".join(missing))
    if practice_review.is_backward(Status(review.status), to) and not reasons.strip():
        raise NotAllowedNow("Say why it goes back.")
    return note_status(review, to=to, by=by, reasons=reasons, happened_on=happened_on, at=at)


def note_status(
    review: PracticeReview, *, to: Status, by: Account, reasons: str = "", happened_on: date | None = None, at: datetime | None = None
) -> PracticeReview:
    """The step itself, on a locked review and for a move that has asked who may."""
    was, at = Status(review.status), at or timezone.now()
    practice_review.check_move(was, to)
    PracticeReviewStatusChange.objects.create(
        practice_review=review, was=was, became=to, reasons=reasons.strip(), happened_on=happened_on or as_london_date(at), changed_by=by,
        changed_at=at,
    )  # fmt: skip
    review.status = to
    review.version += 1
    review.save(update_fields=["status", "version", "changed_at"])
    trail.record("practice_review.moved", review, by=by, kind="K6", matter_id=review.matter_id, fields=["status"])
    return review


@transaction.atomic
def late_reasons(review: PracticeReview, *, reasons: str, letter: LetterOut, by: Account) -> PracticeReview:
    """Why the six months are not met, with the letter by which the National Panel was told."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    if not reasons.strip():
        raise NotAllowedNow("Say why it is late, as the National Panel was told.")
    if letter.incident_id != review.rapid_review.incident_id:
        raise NotAllowedNow("Choose a letter of this case.")
    review.late_reasons, review.late_letter = reasons.strip(), letter
    review.version += 1
    review.save(update_fields=["late_reasons", "late_letter", "version", "changed_at"])
    trail.record("practice_review.late_reasons", review, by=by, kind="K6", matter_id=review.matter_id, fields=["late_reasons"])
    return review


def locked(review: PracticeReview) -> PracticeReview:
    """The row alone is locked; what it belongs to is read with it."""
    found = PracticeReview.objects.select_for_update(of=("self",)).select_related("rapid_review__incident__matter")
    return found.get(pk=review.pk)
