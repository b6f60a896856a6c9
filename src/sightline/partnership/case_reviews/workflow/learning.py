"""Moves of what was learnt: points and themes of a case, actions from a point, and briefings with their deliveries."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.models import Action
from sightline.partnership.actions.workflow import actions
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import briefing_word, review_access
from sightline.partnership.case_reviews.models import (
    Briefing,
    BriefingDelivery,
    LearningPoint,
    LearningPointAction,
    LearningReview,
    ReviewTheme,
    SeriousIncident,
)
from sightline.partnership.case_reviews.workflow import outgoing
from sightline.partnership.documents import workflow as documents
from sightline.procedures import themes as theme_list
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.learning import BOXES, LearningReviewStatus


@transaction.atomic
def write_point(
    incident: SeriousIncident, *, source: str, text: str, by: Account, is_good_practice: bool = False, why_it_made_sense: str = "",
    what_changes: str = "", themes: Iterable[str] = (), at: datetime | None = None,
) -> LearningPoint:  # fmt: skip
    """Write down one thing learnt. What went wrong is never said without why it made sense at the time."""
    incident = _lock(incident)
    review_access.check_can_run_incident(by, incident)
    return _point(incident, source=source, text=text, by=by, is_good_practice=is_good_practice, why_it_made_sense=why_it_made_sense,
                  what_changes=what_changes, themes=themes, at=at)  # fmt: skip


def write_from_finding(incident: SeriousIncident, *, by: Account, at: datetime | None = None, **words: Any) -> LearningPoint:
    """What a finding of the chronologies has taught; whoever may weigh the finding writes it."""
    return _point(_lock(incident), by=by, at=at, source="rapid_review", **words)


def _point(
    incident: SeriousIncident, *, source: str, text: str, by: Account, is_good_practice: bool = False, why_it_made_sense: str = "",
    what_changes: str = "", themes: Iterable[str] = (), at: datetime | None = None,
) -> LearningPoint:  # fmt: skip
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
def change_point(
    point: LearningPoint, *, text: str, seen_version: int, by: Account, is_good_practice: bool = False, why_it_made_sense: str = "",
    what_changes: str = "", themes: Iterable[str] = (), at: datetime | None = None, **_: object,
) -> LearningPoint:  # fmt: skip
    """Write a point anew. What stood there before is kept with it."""
    point = _live_point(point, by)
    if point.version != seen_version:
        raise NotAllowedNow("Somebody else has changed this point since you opened it. Look at it as it is now, then save yours again.")
    if not text.strip():
        raise NotAllowedNow("Say what was learnt.")
    if not is_good_practice and not why_it_made_sense.strip():
        raise NotAllowedNow("Say why it made sense at the time to those who did it. Good practice needs no such reason.")
    was = {"text": point.text, "why_it_made_sense": point.why_it_made_sense, "what_changes": point.what_changes}
    point.earlier = [*point.earlier, {**was, "until": (at or timezone.now()).isoformat(), "by": by.name}]
    point.text, point.is_good_practice, point.why_it_made_sense = text.strip(), is_good_practice, why_it_made_sense.strip()
    point.what_changes, point.themes, point.version = what_changes.strip(), _known(themes), point.version + 1
    point.save()
    trail.record("learning.point_changed", point, by=by, kind="K13", matter_id=point.incident.matter_id)
    return point


@transaction.atomic
def withdraw_point(point: LearningPoint, *, because: str, by: Account) -> LearningPoint:
    """A point does not hold after all. Its words and its actions stay on record."""
    point = _live_point(point, by)
    if not because.strip():
        raise NotAllowedNow("Say why this point no longer holds.")
    point.withdrawn_because, point.version = because.strip(), point.version + 1
    point.save(update_fields=["withdrawn_because", "version"])
    trail.record("learning.point_withdrawn", point, by=by, kind="K13", matter_id=point.incident.matter_id)
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
    point = _live_point(point, by)
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
def stop_review(review: LearningReview, *, because: str, by: Account) -> LearningReview:
    """A review below the threshold is not gone on with."""
    review = LearningReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_run_incident(by, review.incident)
    if review.status in (LearningReviewStatus.FINISHED, LearningReviewStatus.STOPPED):
        raise NotAllowedNow("This review has ended already.")
    if not because.strip():
        raise NotAllowedNow("Say why the review is stopped, and how the learning is taken up instead.")
    review.status, review.stopped_because, review.version = LearningReviewStatus.STOPPED, because.strip(), review.version + 1
    review.save(update_fields=["status", "stopped_because", "version"])
    trail.record("learning.review_stopped", review, by=by, kind="K5", matter_id=review.incident.matter_id)
    return review


@transaction.atomic
def write_briefing(
    incident: SeriousIncident, *, title: str, boxes: dict[str, str], by: Account, at: datetime | None = None
) -> Briefing:  # fmt: skip
    """Begin a seven-minute briefing; it stays a draft until it is issued."""
    review_access.check_can_run_incident(by, incident)
    if not title.strip():
        raise NotAllowedNow("Give the briefing a title that tells of no child.")
    row = Briefing.objects.create(incident=incident, title=title.strip(), boxes=boxes, written_by=by, written_at=at or timezone.now())
    trail.record("learning.briefing_written", row, by=by, kind="K5", matter_id=incident.matter_id)
    return row


@transaction.atomic
def change_briefing(briefing: Briefing, *, title: str, boxes: dict[str, str], seen_version: int, by: Account) -> Briefing:
    """Write on in a draft; what has been issued is not changed any more."""
    briefing = _locked_briefing(briefing, by)
    if briefing.state != "draft":
        raise NotAllowedNow("This briefing has been issued. Withdraw it and write another.")
    if briefing.version != seen_version:
        raise NotAllowedNow("Somebody else has changed this briefing since you opened it. Look at it as it is now, then save yours again.")
    if not title.strip():
        raise NotAllowedNow("Give the briefing a title that tells of no child.")
    briefing.title, briefing.boxes, briefing.version = title.strip(), boxes, briefing.version + 1
    briefing.save(update_fields=["title", "boxes", "version"])
    trail.record("learning.briefing_changed", briefing, by=by, kind="K5", matter_id=briefing.incident.matter_id)
    return briefing


def issue_briefing(briefing: Briefing, *, by: Account, at: datetime | None = None) -> Briefing:
    """The briefing goes to teams as one file, kept to the byte, that was looked through for everybody who may read it."""
    incident, at = _case_of(briefing), at or timezone.now()
    review_access.check_can_run_incident(by, incident)
    if briefing.state != "draft":
        raise NotAllowedNow("This briefing has been issued already.")
    if empty := [label for code, label in BOXES if not briefing.boxes.get(code, "").strip()]:
        raise NotAllowedNow(f"Write every box first. Still empty: {', '.join(empty)}.")
    content = briefing_word.written(briefing, on=timezone.localdate(at))
    check = outgoing.let_out(
        incident, content=content, extension="docx", audience="public", by=by, recipient="Teams of all agencies", at=at
    )
    upload = SimpleUploadedFile("seven-minute-briefing.docx", content)
    document = documents.keep(upload, matter=incident.matter, title="Seven-minute briefing", by=by, kind="review")
    with transaction.atomic():
        briefing = _locked_briefing(briefing, by)
        if briefing.state != "draft" or briefing_word.written(briefing, on=timezone.localdate(at)) != content:
            raise NotAllowedNow("Somebody else has changed this briefing meanwhile. Look at it as it is now, then issue it.")
        briefing.state, briefing.document, briefing.outgoing_check = "issued", document, check
        briefing.issued_by, briefing.issued_at = by, at
        briefing.save(update_fields=["state", "document", "outgoing_check", "issued_by", "issued_at"])
        trail.record("learning.briefing_issued", briefing, by=by, kind="K5", matter_id=incident.matter_id)
    return briefing


@transaction.atomic
def withdraw_briefing(briefing: Briefing, *, because: str, by: Account) -> Briefing:
    """A briefing is not to be used any more; that teams heard it stays on record."""
    briefing = _locked_briefing(briefing, by)
    if briefing.state == "withdrawn":
        raise NotAllowedNow("This briefing has been withdrawn already.")
    if not because.strip():
        raise NotAllowedNow("Say why the briefing is withdrawn.")
    briefing.state, briefing.withdrawn_because = "withdrawn", because.strip()
    briefing.save(update_fields=["state", "withdrawn_because"])
    trail.record("learning.briefing_withdrawn", briefing, by=by, kind="K5", matter_id=briefing.incident.matter_id)
    return briefing


@transaction.atomic
def record_effect(delivery: BriefingDelivery, *, effect: str, effect_on: date, by: Account) -> BriefingDelivery:
    """What a team says, months later, has changed for children since it heard a briefing."""
    delivery = BriefingDelivery.objects.select_for_update(of=("self",)).select_related("briefing__incident__matter").get(pk=delivery.pk)
    incident = _case_of(delivery.briefing)
    review_access.check_can_run_incident(by, incident)
    if not effect.strip():
        raise NotAllowedNow("Say what has changed, and how it is known. That nothing has changed is an answer.")
    if not delivery.held_on <= effect_on <= timezone.localdate():
        raise NotAllowedNow("This day is before the briefing was heard, or has not come yet.")
    delivery.effect, delivery.effect_on = effect.strip(), effect_on
    delivery.save(update_fields=["effect", "effect_on"])
    trail.record("learning.effect_recorded", delivery, by=by, kind="K5", matter_id=incident.matter_id)
    return delivery


@transaction.atomic
def record_delivery(
    briefing: Briefing, *, by: Account, headcount: int, held_on: date, at: datetime | None = None, **fields: Any
) -> BriefingDelivery:  # fmt: skip
    """Record that a team heard a briefing."""
    incident = _case_of(briefing)
    review_access.check_can_run_incident(by, incident)
    if briefing.state != "issued":
        raise NotAllowedNow("Issue the briefing first: teams hear the one that was looked through.")
    if headcount < 1:
        raise NotAllowedNow("Say how many took part.")
    at = at or timezone.now()
    if briefing.issued_at and not timezone.localdate(briefing.issued_at) <= held_on <= timezone.localdate(at):
        raise NotAllowedNow("This day is before the briefing was issued, or has not come yet.")
    row = BriefingDelivery.objects.create(briefing=briefing, headcount=headcount, held_on=held_on, recorded_by=by, recorded_at=at, **fields)
    trail.record("learning.briefing_delivered", row, by=by, kind="K5", matter_id=incident.matter_id)
    return row


def _case_of(briefing: Briefing) -> SeriousIncident:
    if briefing.incident is None:
        raise NotAllowedNow("This briefing belongs to no review.")
    return briefing.incident


def _locked_briefing(briefing: Briefing, by: Account) -> Briefing:
    briefing = Briefing.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=briefing.pk)
    review_access.check_can_run_incident(by, _case_of(briefing))
    return briefing


def _live_point(point: LearningPoint, by: Account) -> LearningPoint:
    point = LearningPoint.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=point.pk)
    review_access.check_can_run_incident(by, point.incident)
    if point.withdrawn_because:
        raise NotAllowedNow("This point has been withdrawn.")
    return point


def _lock(incident: SeriousIncident) -> SeriousIncident:
    return SeriousIncident.objects.select_for_update(of=("self",)).select_related("matter").get(pk=incident.pk)


def _known(codes: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(codes))
    if any(code not in theme_list.all_themes() for code in wanted):
        raise NotAllowedNow("Choose themes from the list.")
    return wanted
