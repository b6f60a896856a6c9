"""A panel meeting from its call to its approved minutes, as people go through it on the pages."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.meetings.models import Attendance, Meeting, MeetingDecision
from sightline.partnership.meetings.workflow import inviting
from sightline.partnership.need_to_know.models import Conflict
from sightline.partnership.notices.models import Notice
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.access.world import signed_in
from tests.factories import meetings
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


def moment(name: str, at: datetime) -> dict[str, str]:
    at = timezone.localtime(at)
    return {f"{name}_day": str(at.day), f"{name}_month": str(at.month), f"{name}_year": str(at.year), f"{name}_time": f"{at:%H:%M}"}


def url(name: str, *parts: str) -> str:
    return reverse(f"meetings:{name}", args=parts)


def page(browser: Client, name: str, *parts: str) -> str:
    answer = browser.get(url(name, *parts))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


@pytest.fixture
def held(place: Place, review: RapidReview) -> tuple[Meeting, dict[str, Attendance]]:
    """A meeting that began a minute ago, to which each partner was asked."""
    meeting = meetings.panel(place, review, at=timezone.now() - timedelta(minutes=30))
    asked = meetings.ask(place, meeting, **place.partners)
    for account in place.partners.values():
        inviting.declare(meeting, has_interest=False, about="", by=account)
    return meeting, asked


def test_meeting_is_called_from_its_review(place: Place, review: RapidReview) -> None:
    browser = signed_in(place.manager)
    assert "Call the meeting" in page(browser, "plan", review.matter.pk)
    told = {"kind": "panel", "title": "Rapid review panel", "mode": "virtual", "quorum_rule": "each_partner", "body": "", "chair": ""}
    browser.post(url("plan", review.matter.pk), {**told, **moment("starts_at", timezone.now() + timedelta(days=3))})

    meeting = Meeting.objects.get()
    assert (meeting.matter, meeting.status) == (review.matter, "planned")
    assert "Nobody has been asked yet" in page(browser, "meeting", meeting.pk)
    assert "Rapid review panel" in page(browser, "meetings")
    assert "Rapid review panel" in browser.get(reverse("case_reviews:review", args=[review.pk])).content.decode()


def test_invited_person_answers_in_two_steps(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    asked = meetings.ask(place, meeting, police=place.superintendent)
    browser = signed_in(place.superintendent)
    answer = browser.get(url("my_answer", meeting.pk))
    assert answer["Location"] == url("answer", asked["police"].pk)
    browser.post(answer["Location"], {"answer": "apologies", "deputy": "", "note": "On leave."})

    asked["police"].refresh_from_db()
    assert (asked["police"].answer, asked["police"].answer_note) == ("apologies", "On leave.")
    assert Notice.objects.filter(template="meetings.invitation", to=place.superintendent.pk).exists()


def test_papers_open_only_after_declaring(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    meetings.ask(place, meeting, police=place.superintendent)
    unit, police = signed_in(place.manager), signed_in(place.superintendent)
    paper = {"title": "Summary of answers", "item": "", "part": "restricted", "text": "What agencies said.", "pages": "", "purpose": ""}
    unit.post(url("add_paper", meeting.pk), {**paper, "decision_wanted": "", "impact_on_children": "", "equality": ""})
    made = meeting.papers.get()
    assert police.get(url("paper", made.pk)).status_code == 404
    assert police.get(url("pack", meeting.pk)).status_code == 302
    police.post(url("declare", meeting.pk), {"has_interest": "no", "about": ""})

    assert "What agencies said." in page(police, "paper", made.pk)
    assert "What agencies said." in page(police, "pack", meeting.pk)


def test_somebody_who_leaves_for_an_interest_sees_no_papers(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    meetings.ask(place, meeting, police=place.superintendent)
    police = signed_in(place.superintendent)
    police.post(url("declare", meeting.pk), {"has_interest": "yes", "about": "I managed one of those who worked with them."})
    assert "The chair decides what follows" in page(police, "meeting", meeting.pk)
    declared = meeting.declarations.get()
    signed_in(place.manager).post(url("decide_interest", declared.pk), {"outcome": "leaves", "item": "", "note": ""})

    assert "You take no part in this meeting" in page(police, "meeting", meeting.pk)
    assert police.get(url("minutes", meeting.pk)).status_code == 302


def test_meeting_is_held_with_quorum_and_its_review_goes_on(
    place: Place, review: RapidReview, held: tuple[Meeting, dict[str, Attendance]]
) -> None:  # fmt: skip
    meeting, asked = held
    unit = signed_in(place.manager)
    inviting.declare(meeting, has_interest=False, about="", by=place.manager)
    began = timezone.now() - timedelta(minutes=20)
    unit.post(url("open", meeting.pk), {"chair": place.nurse.officer_id, **moment("at", began)})
    for role in ("local_authority", "police"):
        unit.post(url("arrive", asked[role].pk), {"now": "yes"})
    assert "nobody in the room speaks for" in page(unit, "room", meeting.pk)
    decide(unit, meeting, "Ask the school again.")
    unit.post(url("arrive", asked["health"].pk), {"now": "yes"})
    assert "Quorate" in page(unit, "room", meeting.pk)
    decide(unit, meeting, "Begin a practice review.")
    first, second = MeetingDecision.objects.order_by("number")
    assert (first.status, second.status) == ("recommended_awaiting_ratification", "decided")
    item = meeting.agenda.first()
    unit.post(url("write_notes", item.pk), {"notes": "All three spoke.", "version": str(item.version)})
    assert "All three spoke." in page(unit, "minutes", meeting.pk)
    unit.post(url("record_dissent", second.pk), {"officer": place.nurse.officer_id, "reasons": "More is to be learnt first."})
    unit.post(url("end", meeting.pk), {"note": "", **moment("at", timezone.now())})
    unit.post(url("lock_minutes", meeting.pk))

    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes_locked_at is not None) == ("held", True)
    assert second.dissents.get().reasons == "More is to be learnt first."
    unit.post(reverse("case_reviews:panel_met", args=[review.pk]))
    review.refresh_from_db()
    assert review.status == Status.PANEL_HELD


def test_whoever_is_kept_from_the_matter_finds_no_meeting(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    meetings.ask(place, meeting, police=place.superintendent)
    Conflict.objects.create(
        matter=review.matter, account=place.superintendent, source="case_flag", reason="A relative.", declared_by=place.manager
    )
    browser = signed_in(place.superintendent)

    assert browser.get(url("meeting", meeting.pk)).status_code == 404
    assert "Rapid review panel" not in page(browser, "meetings")


@pytest.mark.parametrize(
    "name", ["change", "cancel", "invite", "add_item", "add_paper", "open", "room", "pack", "minutes", "record_decision"]
)
def test_each_page_of_a_meeting_that_was_only_called_opens(place: Place, review: RapidReview, name: str) -> None:
    meeting = meetings.panel(place, review)
    inviting.declare(meeting, has_interest=False, about="", by=place.manager)

    assert signed_in(place.manager).get(url(name, meeting.pk), follow=True).status_code == 200


def decide(browser: Client, meeting: Meeting, text: str) -> None:
    told = {"item": "", "text": text, "option_1": "Yes", "option_2": "No", "chosen": "1", "reasons": "Invented reasons."}
    told |= {f"{name}_{n}": "" for n in range(1, 5) for name in ("criterion", "found")} | {"option_3": "", "option_4": ""}
    browser.post(url("record_decision", meeting.pk), {**told, **moment("decided_at", timezone.now())})
