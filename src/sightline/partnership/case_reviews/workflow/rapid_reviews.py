"""Moves of a rapid review as a whole: opened by the notification, taken from stage to stage, stopped with its incident."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, clocks, review_access
from sightline.partnership.case_reviews.models import PlanTask, PlanTemplateTask, RapidReview, RapidReviewStatusChange, SeriousIncident
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.notices import outbox
from sightline.procedures import rapid_review
from sightline.procedures.agency_request import default_period
from sightline.procedures.case_review import NotificationType, SeriousIncidentStatus
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.rapid_review_plan import TemplateTask, default_template
from sightline.procedures.rule_sets.panel_guidance import panel_guidance_in_force

# Reached by the report, the signatures and the Panel's replies, each asking what must be true of it; never recorded by hand.
BY_THEIR_OWN_MOVES: Final = frozenset(
    {
        Status.DRAFT, Status.PARTNER_SIGNOFF, Status.DECIDED, Status.SENT_TO_PANEL, Status.PANEL_RESPONSE, Status.RECONSIDER,
        Status.CLOSED_NO_LCSPR, Status.LCSPR_COMMISSIONED,
    }
)  # fmt: skip
STOPPED_BECAUSE: Final = "The notification fell away. Why stands with the incident."


def plan_template() -> tuple[TemplateTask, ...]:
    """The partnership's own plan, or the one that comes with the product."""
    return tuple(row.template for row in PlanTemplateTask.objects.all()) or default_template()


@transaction.atomic
def open_review(incident: SeriousIncident, *, by: Account, at: datetime | None = None) -> RapidReview:
    """Open the review that a notification of known or suspected abuse or neglect brings with it."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_submit(by, incident)
    if incident.status != SeriousIncidentStatus.NOTIFIED:
        raise NotAllowedNow("A rapid review follows a notification. Record first that the notification was submitted.")
    if RapidReview.objects.filter(incident=incident).exists():
        raise NotAllowedNow("This incident has its rapid review already.")
    decision = incident.decisions.last()
    if decision is None or not NotificationType(decision.notification_type).opens_rapid_review:
        raise NotAllowedNow("No rapid review follows this kind of notification: abuse or neglect is neither known nor suspected.")
    at = at or timezone.now()
    anchor = clocks.anchor_used(incident, as_london_date(at))
    anchor_on = clocks.anchor_days(incident).of(anchor)
    if anchor_on is None:
        raise NotAllowedNow(f"The review is counted from {anchor.label}, and that day is not recorded yet.")
    guidance = panel_guidance_in_force(as_london_date(at))
    period = default_period(incident.happened_on or as_london_date(at))
    review = RapidReview.objects.create(
        incident=incident, anchor=anchor, anchor_on=anchor_on, guidance=guidance.id if guidance else "", opened_by=by, opened_at=at,
        scope_from=period.from_on, scope_to=period.to_on, earlier_history=period.earlier_history,
    )  # fmt: skip
    PlanTask.objects.bulk_create(
        PlanTask(
            review=review, code=row.code, title=row.title, holder=row.holder, holder_role=row.holder_role, working_day=row.working_day,
            ends_when=row.ends_when, ended_by=list(row.ended_by), source=row.source,
        )
        for row in plan_template()
    )  # fmt: skip
    for account in access.business_managers(as_london_date(at)):
        outbox.queue("case_reviews.review_opened", to=account.pk, about=review.pk, matter_id=incident.matter_id)
    trail.record("rapid_review.opened", review, by=by, kind="K5", matter_id=incident.matter_id)
    return review


@transaction.atomic
def change_status(
    review: RapidReview, *, to: Status, by: Account, reasons: str = "", happened_on: date | None = None, at: datetime | None = None
) -> RapidReview:
    """Take a review to its next stage; what must be true of that stage is asked by the move that leads to it."""
    review = RapidReview.objects.select_for_update().get(pk=review.pk)
    review_access.check_can_run(by, review)
    if to in BY_THEIR_OWN_MOVES:
        raise NotAllowedNow(f"“{to.label}” is not recorded by hand: it follows from the report, the signatures and the Panel’s replies.")
    return note_status(review, to=to, by=by, reasons=reasons, happened_on=happened_on, at=at)


def note_status(
    review: RapidReview, *, to: Status, by: Account | None, reasons: str = "", happened_on: date | None = None, at: datetime | None = None
) -> RapidReview:
    """The step itself, on a locked review and for a move that has asked who may: an answer accepted can complete a review."""
    was = Status(review.status)
    rapid_review.check_move(was, to)
    at = at or timezone.now()
    RapidReviewStatusChange.objects.create(
        review=review, was=was, became=to, reasons=reasons, happened_on=happened_on or as_london_date(at), changed_by=by, changed_at=at
    )
    review.status = to
    review.version += 1
    review.save(update_fields=["status", "version", "changed_at"])
    trail.record("rapid_review.moved", review, by=by, kind="K5", matter_id=review.matter_id, fields=["status"])
    return review


def stop_with_incident(incident: SeriousIncident, *, by: Account, at: datetime | None = None) -> RapidReview | None:
    """When a notification falls away, so does its review: nothing is deleted, nobody is late by it, agencies are no longer chased."""
    review = RapidReview.objects.select_for_update().filter(incident=incident).first()
    target = rapid_review.STOPPED_WITH_INCIDENT.get(SeriousIncidentStatus(incident.status))
    if review is None or target is None or review.is_ended:
        return None
    # The reasons are the incident's own, and not everybody who reads the review may read the incident.
    return note_status(review, to=target, by=by, reasons=STOPPED_BECAUSE, at=at)
