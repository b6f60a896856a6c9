"""The page of what rapid reviews came to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sightline.partnership.case_reviews.models import PanelReply, PracticeReview, RapidReviewStatusChange
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.access.world import signed_in
from tests.factories import accounts, reviews
from tests.factories.incidents import Place
from tests.factories.reviews import NOTIFIED_AT

pytestmark = pytest.mark.django_db


def completed(place: Place):
    review = reviews.review(place, status=Status.DECIDED)
    RapidReviewStatusChange.objects.create(
        review=review, was=Status.DECIDED, became=Status.SENT_TO_PANEL, happened_on=NOTIFIED_AT.date() + timedelta(days=20),
        changed_by=place.manager, changed_at=NOTIFIED_AT + timedelta(days=20),
    )  # fmt: skip
    return review


def page(place: Place, **period: int):
    return signed_in(place.manager).get(reverse("case_reviews:review_summary"), period)


PERIOD = {"first_day": 1, "first_month": 6, "first_year": 2026, "last_day": 31, "last_month": 12, "last_year": 2026}


def test_completed_review_is_counted_with_what_the_panel_said(place: Place) -> None:
    review = completed(place)
    PanelReply.objects.create(
        review=review, response="agree_lcspr", received_on=date(2026, 7, 6), recorded_by=place.manager, recorded_at=NOTIFIED_AT
    )
    PracticeReview.objects.create(
        rapid_review=review, commissioned_on=date(2026, 7, 8), commissioned_by=place.manager, commissioned_at=NOTIFIED_AT
    )

    answer = page(place, **PERIOD)

    assert answer.context["counts"].completed == 1
    assert answer.context["counts"].endorsed == 1
    assert answer.context["counts"].conversion == 100.0
    assert "due 8 January 2027" in answer.content.decode()


def test_review_that_somebody_may_not_read_is_not_counted(place: Place) -> None:
    completed(place)

    answer = signed_in(accounts.account("PM")).get(reverse("case_reviews:review_summary"), PERIOD)

    assert answer.context["counts"].completed == 0
    assert "No rapid review that you may read" in answer.content.decode()


def test_period_that_ends_before_it_begins_is_refused(place: Place) -> None:
    answer = page(place, **{**PERIOD, "last_year": 2025})

    assert "The last day is before the first" in answer.content.decode()
