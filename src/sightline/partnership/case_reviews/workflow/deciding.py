"""Moves that lead to a decision: the criteria answered one by one, the outcome proposed with its reasons."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import CriterionAnswer, ProposedDecision, RapidReview, Reconsideration
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import signing
from sightline.procedures import review_decision
from sightline.procedures.errors import NotAllowedNow


def current_number(review: RapidReview) -> int:
    """The first decision, and one more for each time that the partners chose to decide again."""
    return 1 + Reconsideration.objects.filter(reply__review=review, how="again").count()


def current(review: RapidReview) -> ProposedDecision | None:
    """The decision that is being prepared, signed or in force."""
    return review.decisions.filter(number=current_number(review)).first()


def problems(review: RapidReview) -> list[str]:
    """What a decision still lacks before it may be put to the partners."""
    decision = current(review)
    answers = {row.criterion: (row.answer, row.reasons) for row in decision.criteria.all()} if decision else {}
    return review_decision.problems(
        outcome_code=decision.outcome if decision else "",
        rationale=decision.rationale if decision else "",
        answers=answers,
        proposed_scope=decision.proposed_scope if decision else "",
        on=as_london_date(review.opened_at),
    )


@transaction.atomic
def propose(
    review: RapidReview, *, outcome: str, rationale: str, options: Mapping[str, str], proposed_scope: str,
    criteria: Mapping[str, tuple[str, str]], by: Account, seen_version: int, at: datetime | None = None,
) -> ProposedDecision:  # fmt: skip
    """Keep what is proposed, complete or not. A change after the text was put to the partners takes it back from them."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_write_report(by, review)
    decision = current(review)
    if decision is not None and decision.version != seen_version:
        raise NotAllowedNow("Somebody else has changed the decision since you opened this page. Compare their text with yours.")
    at = at or timezone.now()
    given = {
        "outcome": outcome, "rationale": rationale.strip(), "proposed_scope": proposed_scope.strip(), "changed_by": by, "changed_at": at,
        "options": {code: reasons.strip() for code, reasons in options.items() if reasons.strip()},
    }  # fmt: skip
    if decision is None:
        decision = ProposedDecision.objects.create(review=review, number=current_number(review), **given)
    else:
        # A decision in force loses its signatures with its text, so it is taken back before it is changed.
        was_decided = decision.decided_at is not None
        for name, value in given.items():
            setattr(decision, name, value)
        decision.version += 1
        if was_decided:
            decision.decided_at = None
        decision.save()
    decision.criteria.all().delete()
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(decision=decision, criterion=code, answer=answer, reasons=reasons.strip())
        for code, (answer, reasons) in criteria.items()
        if answer and reasons.strip()
    )
    if not signing.take_back_if_changed(review, by=by, at=at):
        signing.restore_decided(decision)
    trail.record("rapid_review.decision_proposed", review, by=by, kind="K5", matter_id=review.matter_id, fields=["outcome", "rationale"])
    return decision
