"""What the loaded example partnership holds: its meetings, and reviews that come to what the report of March 2021 says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.models import Action
from sightline.partnership.case_reviews.models import ChronologyAnalysis
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.notices.models import Notice
from sightline.site import demo
from sightline.site.demo.partnership import email_of
from tests.access.world import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("arden")]
PERIOD = {"first_day": 1, "first_month": 6, "first_year": 2020, "last_day": 31, "last_month": 1, "last_year": 2021}


@pytest.fixture(scope="module")
def arden(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The example, loaded once for all that is asked of it here, and gone with the transaction around it."""
    with django_db_blocker.unblock(), override_settings(IS_DEMO=True), transaction.atomic():
        demo.load(timezone.localdate())
        yield
        transaction.set_rollback(True)


def test_arden_has_a_panel_of_the_past_and_one_to_come() -> None:
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


def test_six_rapid_reviews_one_practice_review_and_every_decision_endorsed() -> None:
    manager = Account.objects.get(email=email_of("Morgan Hale"))

    answer = signed_in(manager).get(reverse("case_reviews:review_summary"), PERIOD)
    counts, page = answer.context["counts"], " ".join(answer.content.decode().split())

    assert (counts.completed, counts.practice_reviews, counts.conversion) == (6, 1, 16.7)
    assert (counts.endorsed, counts.not_endorsed, counts.awaited) == (6, 0, 0)
    assert "1 (16.7% of those completed)" in page
    assert "6 of 6" in page
    assert "due 15 June 2021" in page
    assert "A report for the public shows these counts alone, without age, sex or ward" in page


def test_chronologies_have_been_read_by_the_rules_before_anybody_looks() -> None:
    assert ChronologyAnalysis.objects.exists()
    assert not ChronologyAnalysis.objects.filter(stale_since__isnull=False).exists()
