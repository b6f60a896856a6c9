"""Actions raised at a meeting, people let in for one, and what of it can be taken along: agenda, minutes, Word file."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.models import Action
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.meetings import access
from sightline.partnership.meetings.models import Meeting, MeetingAction
from sightline.partnership.meetings.workflow import deciding, holding, inviting, raising
from sightline.partnership.meetings.workflow.inviting import Invited
from sightline.partnership.need_to_know.models import Conflict, Membership
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import accounts, meetings
from tests.factories.incidents import Place
from tests.partnership.meetings.test_meeting_pages import page, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(place: Place, review: RapidReview) -> Meeting:
    """A quorate meeting that began an hour ago."""
    meeting = meetings.panel(place, review, at=timezone.now() - timedelta(hours=1))
    asked = meetings.ask(place, meeting, **place.partners)
    began = timezone.now() - timedelta(hours=1)
    for account in (*place.partners.values(), place.manager):
        inviting.declare(meeting, has_interest=False, by=account)
    holding.open_meeting(meeting, by=place.manager, chair=place.nurse.officer, at=began)
    for each in asked.values():
        holding.arrive(each, by=place.manager, at=began)
    meeting.refresh_from_db()
    return meeting


def due() -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=30)
    return {"due_on_day": str(day.day), "due_on_month": str(day.month), "due_on_year": str(day.year)}


def raised(meeting: Meeting, owner: Account, by: Account, **fields: object) -> MeetingAction:
    given = {
        "text": "Ring every school once.", "outcome": "Ten schools know whom to ring.", "owner_agency": owner.agency,
        "owner_officer": owner.officer, "due_on": timezone.localdate() + timedelta(days=30),
    }  # fmt: skip
    return raising.raise_action(meeting, by=by, **{**given, **fields})


def test_action_is_raised_from_a_decision_on_the_page(place: Place, meeting: Meeting) -> None:
    item = meeting.agenda.first()
    decision = deciding.record_decision(meeting, item=item, text="Ask again.", reasons="Invented.", by=place.manager)
    unit, owner = signed_in(place.manager), place.superintendent
    assert "Raise an action" in page(unit, "minutes", meeting.pk)
    sent = {"under": decision.pk, "text": "Ring every school once.", "outcome": "", "owner": owner.officer_id, "priority": "high"}
    refused = unit.post(url("raise_action", meeting.pk), {**sent, **due()})
    assert (refused.status_code, "Ring every school once." in refused.content.decode(), Action.objects.count()) == (200, True, 0)
    unit.post(url("raise_action", meeting.pk), {**sent, **due(), "outcome": "Ten schools know whom to ring."})

    row = MeetingAction.objects.get()
    assert (row.item, row.decision, row.number, row.action.matter) == (item, decision, 1, meeting.matter)
    assert (row.action.owner_agency, row.action.owner_officer) == (owner.agency, owner.officer)
    assert Notice.objects.filter(template="actions.raised", to=owner.pk, about=row.action.pk).exists()
    assert "Ten schools know whom to ring." in page(unit, "meeting", meeting.pk)
    assert "Ten schools know whom to ring." in page(unit, "minutes", meeting.pk)


def test_action_needs_an_owner_who_may_know_and_a_measure(place: Place, meeting: Meeting) -> None:
    owner = place.superintendent
    with pytest.raises(NotAllowedNow, match="different for children"):
        raised(meeting, owner, place.manager, outcome=" ")
    with pytest.raises(NotAllowedNow, match="works for the agency"):
        raised(meeting, owner, place.manager, owner_officer=place.nurse.officer)
    with pytest.raises(NotPermitted):
        raised(meeting, owner, place.nurse)
    stranger = accounts.account("AL")
    Conflict.objects.create(matter=meeting.matter, account=stranger, source="case_flag", reason="A relative.", declared_by=place.manager)
    assert stranger.officer not in raising.owners_offered(meeting)
    with pytest.raises(NotAllowedNow, match="cannot own"):
        raised(meeting, stranger, place.manager)
    assert not Action.objects.exists()


def test_action_is_raised_between_beginning_and_fixed_minutes(place: Place, review: RapidReview, meeting: Meeting) -> None:
    later = meetings.panel(place, review)
    with pytest.raises(NotAllowedNow, match="has not begun"):
        raised(later, place.superintendent, place.manager)
    holding.end_meeting(meeting, by=place.manager)
    raised(meeting, place.superintendent, place.manager)
    holding.lock_minutes(meeting, by=place.manager)
    with pytest.raises(NotAllowedNow, match="register"):
        raised(meeting, place.superintendent, place.manager)


def test_action_under_an_item_is_kept_from_whoever_left_for_it(place: Place, meeting: Meeting) -> None:
    item, police = meeting.agenda.last(), place.superintendent
    raised(meeting, place.nurse, place.manager, item=item)
    assert [row.number for row in access.actions_shown(police, meeting)] == [1]
    said = inviting.declare(meeting, has_interest=True, about="Invented.", by=police)
    inviting.decide_interest(said, outcome="leaves_item", item=item, by=place.manager)

    assert access.actions_shown(police, meeting) == []
    assert "Ten schools" not in page(signed_in(police), "meeting", meeting.pk)


def test_invited_stranger_is_let_in_only_with_a_reason(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    stranger = accounts.account("AL")
    unit = signed_in(place.manager)
    assert stranger.officer.name in page(unit, "invite", meeting.pk)
    unit.post(url("invite", meeting.pk), {"anybody": stranger.officer_id, "capacity": "in_attendance", "speaks_for": ""})
    attendance = meeting.attendances.get(officer=stranger.officer)
    shown = page(unit, "invite", meeting.pk)
    assert "Not a member of this review" in shown and "Make them a member" in shown
    assert not Membership.objects.filter(account=stranger).exists()
    assert not Notice.objects.filter(to=stranger.pk).exists()
    assert signed_in(stranger).get(url("meeting", meeting.pk)).status_code == 404

    unit.post(url("let_in", attendance.pk), {"purpose": ""})
    assert not Membership.objects.filter(account=stranger).exists()
    unit.post(url("let_in", attendance.pk), {"purpose": "Presents the school’s answer."})
    assert Membership.objects.get(account=stranger).purpose == "Presents the school’s answer."
    assert Notice.objects.filter(to=stranger.pk, template="meetings.invitation").exists()
    assert "Can read them here" in page(unit, "invite", meeting.pk)
    assert "Not a member of this review" not in page(unit, "invite", meeting.pk)


def test_officer_of_the_unit_invites_and_does_not_let_in(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    officer = accounts.account("BO")
    Membership.objects.create(
        matter=review.matter, account=officer, purpose="Runs the panel.", valid_from=date(2020, 1, 1), added_by=place.manager
    )
    stranger = accounts.account("AL")
    attendance = inviting.invite(meeting, [Invited(stranger.officer)], by=place.manager)[0]
    browser = signed_in(officer)
    browser.get(url("invite", meeting.pk))

    assert browser.get(url("let_in", attendance.pk)).status_code == 404
    with pytest.raises(NotPermitted):
        inviting.let_in(attendance, purpose="Invented.", by=officer)


def test_minutes_leave_as_word_once_they_are_fixed(place: Place, meeting: Meeting) -> None:
    unit, item = signed_in(place.manager), meeting.agenda.last()
    holding.write_notes(item, notes="All three spoke.", by=place.manager)
    decision = deciding.record_decision(
        meeting, item=item, text="Ask again.", reasons="Invented.", options=["Ask", "Close"], chosen="Ask",
        criteria=[{"criterion": "It shows what to improve", "found": "Met."}], by=place.manager,
    )  # fmt: skip
    deciding.record_dissent(decision, officer=place.nurse.officer, reasons="More is to be learnt first.", by=place.nurse)
    raised(meeting, place.superintendent, place.manager, decision=decision)
    assert unit.get(url("minutes_word", meeting.pk)).status_code == 302
    holding.end_meeting(meeting, by=place.manager)
    holding.lock_minutes(meeting, by=place.manager)

    answer = unit.get(url("minutes_word", meeting.pk))
    assert place.nurse.officer.name not in answer["Content-Disposition"]
    written = Document(io.BytesIO(answer.content))
    words = "\n".join([p.text for p in written.paragraphs] + [c.text for t in written.tables for row in t.rows for c in row.cells])
    for each in (
        "All three spoke.",
        "Ask (chosen)",
        "It shows what to improve",
        "More is to be learnt first.",
        "Ten schools know",
        "has not been approved",
    ):
        assert each in words, each


def test_minutes_as_word_keep_an_item_from_whoever_left_for_it(place: Place, meeting: Meeting) -> None:
    item, police = meeting.agenda.last(), place.superintendent
    holding.write_notes(item, notes="What police must not read.", by=place.manager)
    said = inviting.declare(meeting, has_interest=True, about="Invented.", by=police)
    inviting.decide_interest(said, outcome="leaves_item", item=item, by=place.manager)
    holding.end_meeting(meeting, by=place.manager)
    holding.lock_minutes(meeting, by=place.manager)
    written = Document(io.BytesIO(signed_in(police).get(url("minutes_word", meeting.pk)).content))
    words = "\n".join(p.text for p in written.paragraphs)

    assert "What police must not read." not in words and "Kept from the reader" in words


def test_agenda_is_one_sheet_and_the_page_says_what_to_do(place: Place, review: RapidReview) -> None:
    meeting = meetings.panel(place, review)
    meetings.ask(place, meeting, police=place.superintendent)
    police = signed_in(place.superintendent)
    assert "The agenda may still change" in page(police, "agenda", meeting.pk)
    shown = page(police, "meeting", meeting.pk)
    assert "Say whether you can come" in shown and "Declare your interests" in shown
    assert "Running the meeting" in page(signed_in(place.manager), "meeting", meeting.pk)
    assert reverse("meetings:invite", args=[meeting.pk]) not in shown
