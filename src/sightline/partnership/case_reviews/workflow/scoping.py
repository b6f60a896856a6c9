"""Moves that say what a rapid review is to find out: begun, its period and its questions, and from which day reviews are counted here."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import LocalAnchor, RapidReview
from sightline.partnership.case_reviews.workflow.rapid_reviews import note_status
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.rule_sets import RapidReviewAnchor


@transaction.atomic
def begin(review: RapidReview, *, by: Account, at: datetime | None = None) -> RapidReview:
    """Begin to say what is asked, of whom and about which time."""
    review = _locked(review, by=by)
    return note_status(review, to=RapidReviewStatus.SCOPING, by=by, at=at)


@transaction.atomic
def set_scope(
    review: RapidReview, *, scope_from: date | None, scope_to: date | None, earlier_history: str, scope_notes: str, by: Account,
    seen_version: int,
) -> RapidReview:  # fmt: skip
    """Keep the period and the questions. Requests that went out keep the period they were sent with."""
    review = _locked(review, by=by)
    if review.is_ended:
        raise NotAllowedNow("This review has ended. Its scope stays as it was.")
    if review.version != seen_version:
        raise NotAllowedNow("Somebody else changed this review while you were writing. Read what it says now, then save again.")
    if scope_from is None or scope_to is None:
        raise NotAllowedNow("Enter the first and the last day of the time that agencies are asked about.")
    if scope_from > scope_to:
        raise NotAllowedNow("The period ends before it begins. Check the two dates.")
    review.scope_from, review.scope_to = scope_from, scope_to
    review.earlier_history, review.scope_notes = earlier_history.strip(), scope_notes.strip()
    review.version += 1
    review.save(update_fields=["scope_from", "scope_to", "earlier_history", "scope_notes", "version", "changed_at"])
    if review.status == RapidReviewStatus.OPEN:
        review = note_status(review, to=RapidReviewStatus.SCOPING, by=by)
    trail.record("rapid_review.scoped", review, by=by, kind="K5", matter_id=review.matter_id, fields=["scope"])
    return review


@transaction.atomic
def count_from(*, rule_set: str, anchor: RapidReviewAnchor, valid_from: date, reasons: str, by: Account) -> LocalAnchor:
    """Say from which day this partnership counts reviews that are opened from a day on; those that are open stay as they are."""
    review_access.check_can_plan(by)
    if not reasons.strip():
        raise NotAllowedNow("Say why reviews are counted from another day, and who decided it.")
    if valid_from < timezone.localdate():
        raise NotAllowedNow("Choose today or a later day: reviews that were opened before stay counted as they were.")
    chosen = LocalAnchor.objects.create(
        rule_set=rule_set, anchor=anchor, valid_from=valid_from, reasons=reasons.strip(), chosen_by=by, chosen_at=timezone.now()
    )
    trail.record("local_anchor.chosen", chosen, by=by, kind="K0", fields=["anchor"])
    return chosen


def _locked(review: RapidReview, *, by: Account) -> RapidReview:
    review = RapidReview.objects.select_for_update().get(pk=review.pk)
    review_access.check_can_run(by, review)
    return review
