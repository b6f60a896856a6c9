"""The clocks of a practice review as they stand on a day: six months from the decision, and the notice before publication."""

from dataclasses import dataclass, replace
from datetime import date

from sightline.partnership.case_reviews.models import PracticeReview, Publication
from sightline.procedures import practice_review, timescales
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.timescales import Clock, ClockState
from sightline.procedures.working_days import Deadline, WorkingCalendar

COMPLETION = "practice_review_completion"


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, for which stage, and what that stage still needs."""

    to: Status
    who: str


def completion_clock(review: PracticeReview, *, on: date, calendar: WorkingCalendar) -> Clock:
    """Six months (as the pinned rule set says) from the partners' decision; amber from one month before. A pause moves nothing."""
    rules = review.rules
    clock = timescales.clock(COMPLETION, review.commissioned_on, rules=rules, calendar=calendar, on=on, stopped_on=stopped_on(review))
    if clock.state == ClockState.ON_TIME and on >= practice_review.amber_on(review.commissioned_on, rules.lcspr_months):
        clock = replace(clock, standing=replace(clock.standing, state=ClockState.DUE_SOON))
    return clock


def stopped_on(review: PracticeReview) -> date | None:
    """The day on which it was published, or on which it was recorded that it is not to be."""
    if not Status(review.status).stops_clock:
        return None
    days = [change.happened_on for change in review.status_changes.all() if Status(change.became).stops_clock]
    return min(days, default=None)


def notice_deadline(review: PracticeReview, *, calendar: WorkingCalendar) -> Deadline | None:
    """The last day to send the full report before the day on which it is to be published, counted back; none while no day is planned."""
    plan = publication_of(review)
    if plan is None or plan.planned_on is None:
        return None
    return calendar.count_back(plan.planned_on, review.rules.prepub_days)


def earliest_publication(review: PracticeReview, *, calendar: WorkingCalendar) -> Deadline | None:
    """The first day on which it may be published, counted from the day on which it was sent."""
    plan = publication_of(review)
    if plan is None or plan.notice_sent_on is None:
        return None
    return calendar.add_working_days(plan.notice_sent_on, review.rules.prepub_days)


def publication_of(review: PracticeReview) -> Publication | None:
    return Publication.objects.filter(practice_review=review).select_related("document", "notice_letter", "signed_text").first()


def turn(review: PracticeReview) -> Turn | None:
    """The next stage and who decides it; nobody's turn once it is closed."""
    status = Status(review.status)
    onward = [to for to in practice_review.moves_from(status) if not practice_review.is_backward(status, to)]
    return Turn(onward[0], practice_review.MADE_BY[status, onward[0]].decides) if onward else None
