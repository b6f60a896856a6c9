"""Moves of drafts of a practice review and of the check of their facts."""

from datetime import date, datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access, practice_needs
from sightline.partnership.case_reviews.models import AccuracyCheck, PracticeReview, ReviewDraft
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import practice_sign_off
from sightline.partnership.case_reviews.workflow.practice_reviews import locked
from sightline.partnership.documents import workflow as documents
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import PracticeReviewStatus as Status

TAKES_DRAFTS: Final = frozenset({Status.ANALYSIS, Status.DRAFT, Status.FACTUAL_ACCURACY})


def add_draft(
    review: PracticeReview, *, file: UploadedFile, given_on: date, by: Account, is_final: bool = False, has_summary: bool = False,
    has_why: bool = False, note: str = "", at: datetime | None = None,
) -> ReviewDraft:  # fmt: skip
    """Keep a draft as the reviewer gave it. A final one has what the law asks for, and every line of enquiry rests on evidence."""
    at = at or timezone.now()
    _check_draft(review, given_on=given_on, is_final=is_final, has_summary=has_summary, has_why=has_why, by=by, at=at)
    kept = documents.keep(file, matter=review.matter, title="Draft of the practice review", by=by, kind="practice_review")
    with transaction.atomic():
        review = locked(review)
        _check_draft(review, given_on=given_on, is_final=is_final, has_summary=has_summary, has_why=has_why, by=by, at=at)
        last = review.drafts.aggregate(last=Max("number"))["last"] or 0
        draft = ReviewDraft.objects.create(
            practice_review=review, number=last + 1, document=kept, is_final=is_final, note=note.strip(), has_summary=has_summary,
            has_why=has_why, given_on=given_on, added_by=by, added_at=at,
        )  # fmt: skip
        practice_sign_off.take_back_if_changed(review, kind="practice_review", by=by)
        trail.record("review_draft.added", draft, by=by, kind="K6", matter_id=review.matter_id)
    return draft


def _check_draft(
    review: PracticeReview, *, given_on: date, is_final: bool, has_summary: bool, has_why: bool, by: Account, at: datetime
) -> None:
    practice_access.check_can_write(by, review)
    status = Status(review.status)
    if status not in TAKES_DRAFTS:
        raise NotAllowedNow(f"This practice review stands at “{status.label}”. A draft is added while it is analysed, written or checked.")
    if given_on > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Enter the day on which the reviewer gave the draft.")
    if not is_final:
        return
    missing = practice_needs.enquiry_problems(review)
    if not has_summary:
        missing.append("A final draft holds a summary of the improvements recommended.")
    if not has_why:
        missing.append("A final draft holds an analysis of the systemic and underlying reasons.")
    if missing:
        raise NotAllowedNow("It is not final yet. " + " ".join(missing))


@transaction.atomic
def ask_accuracy(
    draft: ReviewDraft, *, due_on: date, by: Account, agency: Agency | None = None, who: str = "", at: datetime | None = None
) -> AccuracyCheck:
    """Ask an agency, or a lawyer, the coroner or the prosecutor, whether a draft is right in its facts."""
    review = locked(draft.practice_review)
    practice_access.check_can_run(by, review)
    on = as_london_date(at or timezone.now())
    if Status(review.status) != Status.FACTUAL_ACCURACY:
        raise NotAllowedNow("Facts are checked when the draft has been taken to that stage.")
    if practice_needs.last_draft(review) != draft:
        raise NotAllowedNow("A newer draft has been given. Ask about that one.")
    if agency is None and not who.strip():
        raise NotAllowedNow("Choose an agency, or say who else is asked.")
    if due_on < on:
        raise NotAllowedNow("This day has passed. Choose a day to come.")
    check = AccuracyCheck.objects.create(
        draft=draft, agency=agency, who="" if agency else who.strip(), asked_on=on, due_on=due_on, recorded_by=by
    )
    trail.record("accuracy_check.asked", check, by=by, kind="K6", matter_id=review.matter_id)
    return check


@transaction.atomic
def answer_accuracy(
    check: AccuracyCheck, *, answered_on: date | None, comments: str, resolution: str, by: Account, at: datetime | None = None
) -> AccuracyCheck:
    """What was said is not right, and what was done with it; without an answer, why none is waited for any longer."""
    review = locked(check.draft.practice_review)
    practice_access.check_can_write(by, review)
    check = AccuracyCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if answered_on is None and not resolution.strip():
        raise NotAllowedNow("Enter the day on which they answered, or say what was done because no answer came.")
    if answered_on is None and comments.strip():
        raise NotAllowedNow("Enter the day on which they said this.")
    if answered_on is not None and not check.asked_on <= answered_on <= as_london_date(at or timezone.now()):
        raise NotAllowedNow("The answer comes after they were asked, and not after today. Check the day.")
    check.answered_on, check.comments, check.resolution = answered_on, comments.strip(), resolution.strip()
    check.save(update_fields=["answered_on", "comments", "resolution"])
    trail.record("accuracy_check.answered", check, by=by, kind="K6", matter_id=review.matter_id)
    return check
