"""Moves that change an incident's course apart from the decision itself. No record is deleted by any of them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import SeriousIncident, StatusChange
from sightline.partnership.case_reviews.workflow import rapid_reviews
from sightline.partnership.need_to_know.workflow import matters
from sightline.procedures import case_review
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.errors import NotAllowedNow

COURSES = (Status.UNDER_CONSIDERATION, Status.CRITERIA_NOT_MET_AFTER_NOTIFICATION, Status.DUPLICATE, Status.TRANSFERRED)
ENDED_FOR_GOOD = frozenset({Status.CRITERIA_NOT_MET_AFTER_NOTIFICATION, Status.DUPLICATE, Status.TRANSFERRED})


def courses_from(status: Status) -> list[Status]:
    """The changes of course possible from here; going on to consideration for the first time is the unit's move, not one of these."""
    return [
        target for target in case_review.moves_from(status) if target in COURSES and status != Status.RAISED or target in ENDED_FOR_GOOD
    ]


@transaction.atomic
def change(
    incident: SeriousIncident, *, to: Status, reasons: str, by: Account, told_on: date | None = None, at: datetime | None = None
) -> StatusChange:
    """Reopen, or end as duplicate, transferred, or criteria not met after all; always with reasons."""
    incident = SeriousIncident.objects.select_for_update().get(pk=incident.pk)
    access.check_can_submit(by, incident)
    was = Status(incident.status)
    if to not in courses_from(was):
        case_review.check_move(was, to)
        raise NotAllowedNow("Ask the partners first: that is how consideration begins.")
    if not reasons.strip():
        raise NotAllowedNow("Say why the course of this incident changes.")
    if to == Status.UNDER_CONSIDERATION:
        access.check_can_decide(by, incident)
    row = StatusChange.objects.create(
        incident=incident, was=was, became=to, reasons=reasons, told_on=told_on, changed_by=by, changed_at=at or timezone.now()
    )
    incident.status = to
    incident.version += 1
    incident.save(update_fields=["status", "version", "changed_at"])
    rapid_reviews.stop_with_incident(incident, by=by, at=at)
    if to in ENDED_FOR_GOOD:
        matters.end(incident.matter, by=by, at=at)
    trail.record("serious_incident.course_changed", row, by=by, kind="K3", matter_id=incident.matter_id, fields=["status"])
    return row
