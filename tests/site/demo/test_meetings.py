"""Arden's panel meetings: one of 2020 with its minutes approved, and one to come in the review under way."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sightline.partnership.actions.models import Action
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.notices.models import Notice
from sightline.site import demo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_arden_has_a_panel_of_the_past_and_one_to_come(settings: Any) -> None:
    settings.IS_DEMO = True
    demo.load(timezone.localdate())
    past, coming = Meeting.objects.order_by("starts_at")

    assert (past.status, past.minutes_approved_at is not None) == ("held", True)
    decision = past.decisions.get()
    assert (decision.status, decision.is_quorate, len(decision.criteria), decision.chosen in decision.options) == ("decided", True, 3, True)
    interest = past.declarations.get(has_interest=True)
    assert (interest.outcome, interest.item) == ("leaves_item", decision.item)
    action = past.actions_raised.get().action
    assert (action.owner_agency, action.closed_on is not None) == (action.owner_officer.agency, True)
    assert Action.objects.filter(raised_at_meeting__isnull=False).count() == 1
    # Nobody is written to about what ended years ago.
    assert not Notice.objects.filter(about__in=[past.pk, action.pk]).exists()

    assert coming.status == "planned"
    assert timezone.localdate() < timezone.localdate(coming.starts_at) <= timezone.localdate() + timedelta(days=14)
    assert coming.attendances.filter(answer="coming").exists() and coming.attendances.filter(answer="none").exists()
