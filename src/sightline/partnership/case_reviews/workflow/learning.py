"""Moves of what was learnt: points and themes of a case, actions from a point, and briefings with their deliveries."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.models import Action
from sightline.partnership.actions.workflow import actions
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import (
    Briefing,
    BriefingDelivery,
    LearningPoint,
    LearningPointAction,
    LearningReview,
    ReviewTheme,
    SeriousIncident,
)
from sightline.procedures import themes as theme_list
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.learning import LearningReviewStatus


@transaction.atomic
def write_point(
    incident: SeriousIncident, *, source: str, text: str, by: Account, is_good_practice: bool = False, why_it_made_sense: str = "",
    what_changes: str = "", themes: Iterable[str] = (), at: datetime | None = None,
) -> LearningPoint:  # fmt: skip
    """Write down one thing learnt. What went wrong is never said without why it made sense at the time."""
    incident = _lock(incident)
    review_access.check_can_run_incident(by, incident)
    if not text.strip():
        raise NotAllowedNow("Say what was learnt.")
    if not is_good_practice and not why_it_made_sense.strip():
        raise NotAllowedNow("Say why it made sense at the time to those who did it. Good practice needs no such reason.")
    number = (incident.learning_points.aggregate(last=Max("number"))["last"] or 0) + 1
    point = LearningPoint.objects.create(
        incident=incident, source=source, number=number, text=text.strip(), is_good_practice=is_good_practice,
        why_it_made_sense=why_it_made_sense.strip(), what_changes=what_changes.strip(), themes=_known(themes), written_by=by,
        written_at=at or timezone.now(),
    )  # fmt: skip
    trail.record("learning.point_written", point, by=by, kind="K13", matter_id=incident.matter_id)
    return point


@transaction.atomic
def tag_themes(incident: SeriousIncident, *, codes: Iterable[str], by: Account, at: datetime | None = None) -> list[str]:
    """Say which themes a case belongs to; those not named any more are taken off."""
    incident = _lock(incident)
    review_access.check_can_run_incident(by, incident)
    wanted = _known(codes)
    incident.themes.exclude(code__in=wanted).delete()
    held = set(incident.themes.values_list("code", flat=True))
    for code in wanted:
        if code not in held:
            ReviewTheme.objects.create(incident=incident, code=code, tagged_by=by, tagged_at=at or timezone.now())
    trail.record("learning.themes_tagged", incident, by=by, kind="K5", matter_id=incident.matter_id)
    return wanted


@transaction.atomic
def raise_action(point: LearningPoint, *, by: Account, **fields: Any) -> Action:
    """Raise an action from a learning point; it carries the point's themes and belongs to the same matter."""
    review_access.check_can_run_incident(by, point.incident)
    action = actions.raise_action(by=by, matter=point.incident.matter, themes=list(point.themes), **fields)
    LearningPointAction.objects.create(point=point, action=action)
    return action


@transaction.atomic
def begin_review(incident: SeriousIncident, *, by: Account, at: datetime | None = None, **fields: Any) -> LearningReview:
    """Begin a review below the threshold, for a case that was sent on for its learning."""
    incident = _lock(incident)
    review_access.check_can_run_incident(by, incident)
    if not hasattr(incident, "learning_referral"):
        raise NotAllowedNow("This case was not sent on for its learning. A review below the threshold begins with that.")
    if LearningReview.objects.filter(incident=incident).exists():
        raise NotAllowedNow("This case already has a review below the threshold.")
    row = LearningReview.objects.create(
        incident=incident, status=LearningReviewStatus.UNDER_WAY, begun_by=by, begun_at=at or timezone.now(), **fields
    )
    trail.record("learning.review_begun", row, by=by, kind="K5", matter_id=incident.matter_id)
    return row


@transaction.atomic
def finish_review(review: LearningReview, *, summary: str, finished_on: date, by: Account) -> LearningReview:
    """A review below the threshold ends with what it found."""
    review = LearningReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_run_incident(by, review.incident)
    if review.status in (LearningReviewStatus.FINISHED, LearningReviewStatus.STOPPED):
        raise NotAllowedNow("This review has ended already.")
    if not summary.strip():
        raise NotAllowedNow("Say what the review found.")
    review.summary, review.finished_on, review.status = summary.strip(), finished_on, LearningReviewStatus.FINISHED
    review.version += 1
    review.save(update_fields=["summary", "finished_on", "status", "version"])
    trail.record("learning.review_finished", review, by=by, kind="K5", matter_id=review.incident.matter_id)
    return review


@transaction.atomic
def write_briefing(incident: SeriousIncident, *, title: str, boxes: dict[str, str], by: Account) -> Briefing:
    """Begin a seven-minute briefing; it stays a draft until it is issued."""
    review_access.check_can_run_incident(by, incident)
    if not title.strip():
        raise NotAllowedNow("Give the briefing a title that tells of no child.")
    row = Briefing.objects.create(incident=incident, title=title.strip(), boxes=boxes, written_by=by, written_at=timezone.now())
    trail.record("learning.briefing_written", row, by=by, kind="K5", matter_id=incident.matter_id)
    return row


@transaction.atomic
def record_delivery(briefing: Briefing, *, by: Account, headcount: int, **fields: Any) -> BriefingDelivery:
    """Record that a team heard a briefing."""
    incident = briefing.incident
    if incident is None:
        raise NotAllowedNow("This briefing belongs to no review.")
    review_access.check_can_run_incident(by, incident)
    if headcount < 1:
        raise NotAllowedNow("Say how many took part.")
    row = BriefingDelivery.objects.create(briefing=briefing, headcount=headcount, recorded_by=by, recorded_at=timezone.now(), **fields)
    trail.record("learning.briefing_delivered", row, by=by, kind="K5", matter_id=incident.matter_id)
    return row


def _lock(incident: SeriousIncident) -> SeriousIncident:
    return SeriousIncident.objects.select_for_update(of=("self",)).select_related("matter").get(pk=incident.pk)


def _known(codes: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(codes))
    if any(code not in theme_list.all_themes() for code in wanted):
        raise NotAllowedNow("Choose themes from the list.")
    return wanted
