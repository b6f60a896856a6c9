"""Meetings of reviews of an invented partnership."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Appointment, Body, Seat
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.meetings.models import Attendance, Meeting
from sightline.partnership.meetings.workflow import inviting, planning
from sightline.partnership.meetings.workflow.inviting import Invited
from tests.factories import agencies
from tests.factories.incidents import Place


def panel(place: Place, review: RapidReview, *, at: datetime | None = None, **fields: Any) -> Meeting:
    """A panel meeting that has been called, with nobody asked yet."""
    given = {"kind": "panel", "title": "Rapid review panel", "starts_at": at or timezone.now() + timedelta(days=2), "mode": "virtual"}
    return planning.plan(**{**given, **fields}, by=place.manager, matter=review.matter)


def ask(place: Place, meeting: Meeting, **partners: Account) -> dict[str, Attendance]:
    """Somebody asked for each partner named: `police=account`."""
    body = Body.objects.filter(kind="review_panel").first() or Body.objects.create(
        name="Invented Panel", kind="review_panel", valid_from=agencies.START
    )
    people = []
    for role, account in partners.items():
        seat = Seat.objects.create(body=body, title=f"Seat of {role}", partner_role=role, valid_from=agencies.START)
        Appointment.objects.create(seat=seat, officer=account.officer, valid_from=agencies.START)
        people.append(Invited(account.officer, seat, "member", role, receives_restricted=True))
    inviting.invite(meeting, people, by=place.manager)
    return {each.speaks_for: each for each in meeting.attendances.all()}
