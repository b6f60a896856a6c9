"""Moves about who takes part in a practice review: its reviewer, practitioners and the family."""

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access
from sightline.partnership.case_reviews.models import FamilyPart, PracticeReview, PractitionerEvent, Reviewer
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow.practice_reviews import locked
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import Grant
from sightline.partnership.need_to_know.models.grant import LONGEST_GRANT
from sightline.partnership.need_to_know.workflow import grants
from sightline.procedures.errors import NotAllowedNow

OPENED_TO_REVIEWER: Final = ("K5", "K6")
PURPOSE: Final = "Writes the practice review"


@transaction.atomic
def appoint(
    review: PracticeReview, *, name: str, is_independent: bool, appointed_on: date, by: Account, employer: str = "", expertise: str = "",
    conflicts: str = "", contract_on: date | None = None, fee: Decimal | None = None, days: Decimal | None = None,
    account: Account | None = None, at: datetime | None = None,
) -> Reviewer:  # fmt: skip
    """The partners appoint who writes the review; with an account, the reviewer is let in to its records for as long as a grant runs."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    at = at or timezone.now()
    if not name.strip():
        raise NotAllowedNow("Enter the reviewer’s name.")
    if appointed_on > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Enter the day on which the partners appointed the reviewer.")
    if not is_independent and not conflicts.strip():
        raise NotAllowedNow("Write down what the reviewer declared. Whoever is connected with the case cannot be its only reviewer.")
    made = Reviewer.objects.create(
        practice_review=review, name=name.strip(), employer=employer.strip(), expertise=expertise.strip(), is_independent=is_independent,
        conflicts=conflicts.strip(), contract_on=contract_on, fee=fee, days=days, account=account, appointed_on=appointed_on,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    if account is not None:
        _let_in(review, account, by=by)
    trail.record("reviewer.appointed", made, by=by, kind="K6", matter_id=review.matter_id)
    return made


@transaction.atomic
def told_of_name(reviewer: Reviewer, *, on: date, by: Account, at: datetime | None = None) -> Reviewer:
    """The National Panel, Ofsted and the department were told who writes the review."""
    reviewer, review = _locked_reviewer(reviewer, by=by)
    if on > as_london_date(at or timezone.now()):
        raise NotAllowedNow("This day has not come yet. Enter the day on which they were told.")
    reviewer.named_to_national_bodies_on = on
    reviewer.save(update_fields=["named_to_national_bodies_on"])
    trail.record("reviewer.named", reviewer, by=by, kind="K6", matter_id=review.matter_id)
    return reviewer


@transaction.atomic
def remove(reviewer: Reviewer, *, on: date, because: str, by: Account) -> Reviewer:
    """The partners take the review from a reviewer, with reasons; what was opened to them is closed."""
    reviewer, review = _locked_reviewer(reviewer, by=by)
    if reviewer.removed_on is not None:
        raise NotAllowedNow("This reviewer has been removed already.")
    if not because.strip():
        raise NotAllowedNow("Say why the partners take the review from this reviewer.")
    if on < reviewer.appointed_on:
        raise NotAllowedNow("This day is before the reviewer was appointed.")
    if on > timezone.localdate():
        raise NotAllowedNow("This day has not come yet. Enter the day on which the partners removed the reviewer.")
    reviewer.removed_on, reviewer.removed_because = on, because.strip()
    reviewer.save(update_fields=["removed_on", "removed_because"])
    if reviewer.account is not None:
        for grant in Grant.objects.not_over(timezone.localdate()).filter(matter=review.matter, account=reviewer.account, purpose=PURPOSE):
            grants.end(grant, reason="No longer writes the practice review", by=by)
    trail.record("reviewer.removed", reviewer, by=by, kind="K6", matter_id=review.matter_id)
    return reviewer


def _let_in(review: PracticeReview, account: Account, *, by: Account) -> None:
    if not need_to_know.decide(by, "M", "K17m", matter=review.matter):
        raise NotAllowedNow("Only a business manager lets a reviewer in. Record the reviewer without an account, and ask one to do it.")
    today = timezone.localdate()
    grants.give(review.matter, account=account, purpose=PURPOSE, kinds=OPENED_TO_REVIEWER, valid_to=today + LONGEST_GRANT, by=by)


def _locked_reviewer(reviewer: Reviewer, *, by: Account) -> tuple[Reviewer, PracticeReview]:
    review = locked(reviewer.practice_review)
    practice_access.check_can_run(by, review)
    return Reviewer.objects.select_for_update(of=("self",)).select_related("account").get(pk=reviewer.pk), review


@transaction.atomic
def record_event(
    review: PracticeReview, *, held_on: date, roles: str, by: Account, headcount: int | None = None, notes: str = "",
    support_offered: str = "", at: datetime | None = None,
) -> PractitionerEvent:  # fmt: skip
    """A practitioner event was held: roles are kept, never names, and nobody is quoted."""
    review = locked(review)
    practice_access.check_can_write(by, review)
    at = at or timezone.now()
    if held_on > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Record the event when it has been held.")
    if not roles.strip():
        raise NotAllowedNow("Say who took part, by role and not by name.")
    event = PractitionerEvent.objects.create(
        practice_review=review, held_on=held_on, roles=roles.strip(), headcount=headcount, notes=notes.strip(),
        support_offered=support_offered.strip(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    trail.record("practitioner_event.recorded", event, by=by, kind="K6", matter_id=review.matter_id)
    return event


@transaction.atomic
def keep_family_part(
    review: PracticeReview, *, part: FamilyPart | None, called: str, by: Account, invited_on: date | None = None, how: str = "",
    response: str = "", response_reasons: str = "", views: str = "", support: str = "", report_shown_on: date | None = None,
    their_comment: str = "", at: datetime | None = None,
) -> FamilyPart:  # fmt: skip
    """How one member of the family takes part. Not to ask somebody is a decision that has its reasons."""
    review = locked(review)
    practice_access.check_can_write(by, review)
    if not called.strip():
        raise NotAllowedNow("Say who it is, as the review calls them.")
    if response == "not_appropriate" and not response_reasons.strip():
        raise NotAllowedNow("Say why they are not asked, and who advised it.")
    if response in ("accepted", "declined", "no_reply") and invited_on is None:
        raise NotAllowedNow("Enter the day on which they were asked.")
    at = at or timezone.now()
    if any(on is not None and on > as_london_date(at) for on in (invited_on, report_shown_on)):
        raise NotAllowedNow("This day has not come yet. Enter a day on which they were asked, or saw the report.")
    given = {
        "called": called.strip(), "invited_on": invited_on, "how": how.strip(), "response": response,
        "response_reasons": response_reasons.strip(), "views": views.strip(), "support": support.strip(),
        "report_shown_on": report_shown_on, "their_comment": their_comment.strip(), "changed_by": by, "changed_at": at,
    }  # fmt: skip
    if part is None:
        part = FamilyPart(practice_review=review)
    else:
        part = FamilyPart.objects.select_for_update().get(pk=part.pk, practice_review=review)
    for name, value in given.items():
        setattr(part, name, value)
    part.save()
    trail.record("family_part.kept", part, by=by, kind="K6", matter_id=review.matter_id)
    return part
