"""Pages of rapid reviews: the list, one review, its scope, steps and plan, and the clocks on every page of the matter."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import PlanTemplateTask, RapidReview
from sightline.partnership.case_reviews.workflow import plan, scoping
from sightline.partnership.case_reviews.workflow.rapid_reviews import plan_template
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.rapid_review_plan import default_template
from sightline.procedures.rule_sets import RapidReviewAnchor
from tests.access.world import signed_in
from tests.factories import reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
DAY = {"day": 4, "month": 6, "year": 2026}


@pytest.fixture
def review(place: Place) -> RapidReview:
    return reviews.review(place)


def browser_of(account: Account, review: RapidReview) -> Client:
    ConflictStatement.objects.get_or_create(matter=review.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def boxes(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_list_shows_the_clock_and_whose_turn_it_is(review: RapidReview, place: Place) -> None:
    page = browser_of(place.manager, review).get(reverse("case_reviews:reviews")).content.decode()

    assert review.matter.reference in page
    assert "Business manager, by" in page
    assert "0 of 0" in page


def test_list_is_empty_for_somebody_without_matters(review: RapidReview, place: Place) -> None:
    page = signed_in(place.person("AL", of=place.police)).get(reverse("case_reviews:reviews")).content.decode()

    assert review.matter.reference not in page
    assert "No rapid review has been shared with you" in page


def test_review_shows_its_plan_and_its_agencies(review: RapidReview, place: Place) -> None:
    reviews.asked(review, place.school, by=place.manager)

    page = browser_of(place.manager, review).get(reverse("case_reviews:review", args=[review.pk])).content.decode()

    for told in (default_template()[0].title, place.school.name, "Sent, not opened yet", "Whose turn it is", "Runs under"):
        assert told in page


def test_each_day_of_the_clock_is_explained(review: RapidReview, place: Place) -> None:
    page = browser_of(place.manager, review).get(reverse("case_reviews:review_why_this_date", args=[review.pk])).content.decode()

    assert "Wednesday 24 June 2026" in page
    assert "Working day 15" in page
    assert "Saturday 6 June 2026" in page


def test_clocks_stand_on_every_page_of_the_matter(review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    for url in (
        reverse("case_reviews:incident", args=[review.incident_id]),
        reverse("case_reviews:timeline", args=[review.incident_id]),
        reverse("case_reviews:review_scope", args=[review.pk]),
        reverse("need_to_know:matter", args=[review.matter.pk]),
    ):
        page = browser.get(url).content.decode()
        assert "Clocks of this matter" in page, url
        assert review.rules.title in page


def test_clocks_are_not_shown_to_somebody_who_may_not_read_them(review: RapidReview, place: Place) -> None:
    chair = place.person("IG", of=place.council)

    page = browser_of(chair, review).get(reverse("need_to_know:matter", args=[review.matter.pk])).content.decode()

    assert "Rapid review</a>:" not in page


def test_scope_is_set_and_a_second_writer_is_told(review: RapidReview, place: Place) -> None:
    browser, url = browser_of(place.manager, review), reverse("case_reviews:review_scope", args=[review.pk])
    posted = {
        **boxes("scope_from", date(2023, 1, 1)), **boxes("scope_to", date(2026, 5, 31)), "scope_notes": "Who read the whole?",
        "earlier_history": "", "seen_version": str(review.version),
    }  # fmt: skip

    assert browser.post(url, posted).status_code == 302
    second = browser.post(url, {**posted, "scope_notes": "Another text."})

    review.refresh_from_db()
    assert (review.scope_from, review.scope_notes, review.status) == (date(2023, 1, 1), "Who read the whole?", Status.SCOPING)
    assert "Somebody else changed this review" in second.content.decode()
    assert "Another text." in second.content.decode()
    assert "This is recorded now" in second.content.decode()


def test_period_that_ends_before_it_begins(review: RapidReview, place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="ends before it begins"):
        scoping.set_scope(
            review, scope_from=date(2026, 1, 2), scope_to=date(2026, 1, 1), earlier_history="", scope_notes="", by=place.manager,
            seen_version=review.version,
        )  # fmt: skip


def test_step_is_recorded_with_its_day(review: RapidReview, place: Place) -> None:
    RapidReview.objects.filter(pk=review.pk).update(status=Status.INFORMATION_COMPLETE)
    browser, url = browser_of(place.manager, review), reverse("case_reviews:review_step", args=[review.pk])
    on = timezone.localdate()

    browser.post(url, {"to": "panel_held", **boxes("happened_on", on), "reasons": "Nine members took part."})

    change = review.status_changes.last()
    assert (change.became, change.happened_on, change.reasons) == (Status.PANEL_HELD, on, "Nine members took part.")
    page = browser.post(url, {"to": "decided", **boxes("happened_on", on)}).content.decode()
    review.refresh_from_db()
    assert ("No step to record by hand" in page, review.status) == (True, Status.PANEL_HELD)


def test_task_is_done_and_not_done_after_all(review: RapidReview, place: Place) -> None:
    task = review.tasks.get(code="meetings_booked")
    browser = browser_of(place.manager, review)

    browser.post(reverse("case_reviews:finish_task", args=[task.pk]), {**boxes("done_on", review.anchor_on), "note": "Room 2"})
    task.refresh_from_db()
    assert (task.done_on, task.done_note, task.done_by) == (review.anchor_on, "Room 2", place.manager)
    with pytest.raises(NotAllowedNow, match="already"):
        plan.finish(task, done_on=review.anchor_on, by=place.manager)

    browser.post(reverse("case_reviews:reopen_task", args=[task.pk]))
    task.refresh_from_db()
    assert task.done_on is None


def test_only_the_unit_moves_a_review(review: RapidReview, place: Place) -> None:
    for account in (place.director, place.lead):
        with pytest.raises(NotPermitted):
            scoping.begin(review, by=account)
        with pytest.raises(NotPermitted):
            plan.finish(review.tasks.first(), done_on=review.anchor_on, by=account)
        assert browser_of(account, review).get(reverse("case_reviews:review_step", args=[review.pk])).status_code == 404


def test_own_plan_is_used_by_the_next_review_and_not_by_an_open_one(review: RapidReview, place: Place) -> None:
    browser = browser_of(place.manager, review)
    row = {
        "title": "Ring the Invented Choir", "working_day": "3", "holder": "Business officer", "holder_role": "BO",
        "ends_when": "they have been rung",
    }  # fmt: skip

    assert browser.post(reverse("case_reviews:plan_row", args=["new"]), row).status_code == 302

    assert "ring_the_invented_choir" in {task.code for task in plan_template()}
    assert not review.tasks.filter(code="ring_the_invented_choir").exists()
    page = browser.post(reverse("case_reviews:plan_row", args=["new"]), {**row, "working_day": "16"}).content.decode()
    assert "Choose a day from 0 to 15" in page
    browser.post(reverse("case_reviews:remove_plan_row", args=["ring_the_invented_choir"]))
    assert "ring_the_invented_choir" not in {task.code for task in plan_template()}
    browser.post(reverse("case_reviews:restore_plan"))
    assert not PlanTemplateTask.objects.exists()


def test_plan_is_not_for_everybody(review: RapidReview, place: Place) -> None:
    browser = signed_in(place.lead)

    for name, parts in (("plan_template", []), ("plan_row", ["new"]), ("local_anchor", [])):
        assert browser.get(reverse(f"case_reviews:{name}", args=parts)).status_code == 404
    with pytest.raises(NotPermitted):
        plan.save_template(default_template(), by=place.lead)


def test_counting_from_another_day_is_for_reviews_to_come(review: RapidReview, place: Place) -> None:
    browser, today = browser_of(place.manager, review), timezone.localdate()
    posted = {
        "rule_set": review.incident.rule_set, "anchor": RapidReviewAnchor.AWARE_ON.value, **boxes("valid_from", today),
        "reasons": "Agreed by the executive group.",
    }  # fmt: skip

    page = browser.post(reverse("case_reviews:local_anchor"), posted, follow=True).content.decode()

    assert "Agreed by the executive group." in page
    review.refresh_from_db()
    assert review.anchor == review.rules.rr_anchor
    with pytest.raises(NotAllowedNow, match="stay counted"):
        scoping.count_from(
            rule_set=review.incident.rule_set,
            anchor=RapidReviewAnchor.AWARE_ON,
            valid_from=date(2020, 1, 1),
            reasons="x",
            by=place.manager,
        )
