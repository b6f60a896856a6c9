"""The reviews of Arden come to what the report to the Scrutiny Board of March 2021 says: six, one practice review, each endorsed."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.site import demo
from sightline.site.demo.partnership import email_of
from tests.access.world import signed_in

pytestmark = pytest.mark.django_db
PERIOD = {"first_day": 1, "first_month": 6, "first_year": 2020, "last_day": 31, "last_month": 1, "last_year": 2021}


def test_six_rapid_reviews_one_practice_review_and_every_decision_endorsed(settings: Any) -> None:
    settings.IS_DEMO = True
    demo.load(timezone.localdate())
    manager = Account.objects.get(email=email_of("Morgan Hale"))

    answer = signed_in(manager).get(reverse("case_reviews:review_summary"), PERIOD)
    counts, page = answer.context["counts"], " ".join(answer.content.decode().split())

    assert (counts.completed, counts.practice_reviews, counts.conversion) == (6, 1, 16.7)
    assert (counts.endorsed, counts.not_endorsed, counts.awaited) == (6, 0, 0)
    assert "1 (16.7% of those completed)" in page
    assert "6 of 6" in page
    assert "due 15 June 2021" in page
    assert "A report for the public shows these counts alone, without age, sex or ward" in page
