"""The clocks of a matter as they stand on a day: read from stored facts only."""

from datetime import date

from sightline.partnership.case_reviews.models import LocalAnchor, RapidReview, SeriousIncident
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.procedures import rapid_review, timescales
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.rapid_review_plan import Ball, PlannedTask, planned, who_holds_the_ball
from sightline.procedures.rule_sets import RapidReviewAnchor
from sightline.procedures.timescales import Clock
from sightline.procedures.what_if import AnchorDays
from sightline.procedures.working_days import WorkingCalendar


def anchor_days(incident: SeriousIncident) -> AnchorDays:
    """The days from which a rapid review of this incident could be counted."""
    sent = getattr(incident, "notification", None)
    return AnchorDays(
        aware_on=incident.aware_on,
        notified_on=as_london_date(sent.notified_at) if sent else None,
        accepted_on=as_london_date(incident.raised_at) if incident.raised_at else None,
    )


def anchor_used(incident: SeriousIncident, on: date) -> RapidReviewAnchor:
    """The partnership's own choice for reviews opened on a day, or else what the rule set names."""
    own = LocalAnchor.in_force(incident.rule_set, on)
    return RapidReviewAnchor(own.anchor) if own else incident.rules.rr_anchor


def rapid_review_clock(review: RapidReview, *, on: date, calendar: WorkingCalendar) -> Clock | None:
    """Fifteen working days (as the pinned rule set says) from its anchor; none on a review that was stopped."""
    if not rapid_review.clock_runs(RapidReviewStatus(review.status)):
        return None
    return timescales.rapid_review(review.anchor_on, rules=review.rules, calendar=calendar, on=on, stopped_on=sent_to_panel_on(review))


def sent_to_panel_on(review: RapidReview) -> date | None:
    changes = review.status_changes.all()
    return rapid_review.clock_stopped_on((RapidReviewStatus(change.became), change.happened_on) for change in changes)


def statuses_reached(review: RapidReview) -> set[RapidReviewStatus]:
    return {RapidReviewStatus(review.status), *(RapidReviewStatus(change.became) for change in review.status_changes.all())}


def plan_of(review: RapidReview, *, calendar: WorkingCalendar) -> tuple[PlannedTask, ...]:
    """The review's own plan, dated."""
    return planned(review.anchor_on, [task.template for task in review.tasks.all()], calendar)


def ball_of(review: RapidReview, *, calendar: WorkingCalendar) -> Ball | None:
    """Whose turn it is; nobody's once the review has ended."""
    if review.is_ended:
        return None
    done = {task.code for task in review.tasks.all() if task.done_on}
    return who_holds_the_ball(plan_of(review, calendar=calendar), reached=statuses_reached(review), done=done)
