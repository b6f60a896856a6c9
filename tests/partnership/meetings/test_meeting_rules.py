"""What the moves of a meeting hold to: quorum at its moment, pages that never move, interests that close what they concern."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from sightline.partnership.agencies.models import PartnerArrangement
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.meetings import access, pack
from sightline.partnership.meetings.models import Attendance, Meeting, MeetingDecision
from sightline.partnership.meetings.workflow import deciding, holding, inviting, papers, planning
from sightline.partnership.need_to_know.models import Conflict
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, agencies, matters, meetings
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(place: Place, review: RapidReview) -> Meeting:
    return meetings.panel(place, review, at=timezone.now() - timedelta(hours=2))


def begun(place: Place, meeting: Meeting) -> tuple[dict[str, Attendance], datetime]:
    """All three partners are asked and have declared; the meeting began two hours ago and nobody is in the room."""
    asked = meetings.ask(place, meeting, **place.partners)
    for account in place.partners.values():
        inviting.declare(meeting, has_interest=False, by=account)
    inviting.declare(meeting, has_interest=False, by=place.manager)
    began = timezone.now() - timedelta(hours=2)
    holding.open_meeting(meeting, by=place.manager, chair=place.nurse.officer, at=began)
    return asked, began


def decided(meeting: Meeting, place: Place, at: datetime, **fields: object) -> MeetingDecision:
    return deciding.record_decision(meeting, text="Ask again.", reasons="Invented.", by=place.manager, decided_at=at, **fields)


def test_quorum_is_asked_at_the_moment_of_the_decision(place: Place, meeting: Meeting) -> None:
    asked, began = begun(place, meeting)
    for each in asked.values():
        holding.arrive(each, by=place.manager, at=began)
    item = meeting.agenda.first()
    holding.leave(asked["health"], by=place.manager, for_conflict=True, item=item, at=began + timedelta(minutes=30))
    holding.arrive(asked["health"], by=place.manager, at=began + timedelta(minutes=50))

    told = [decided(meeting, place, began + timedelta(minutes=m)).status for m in (10, 30, 49, 50)]

    recommended = "recommended_awaiting_ratification"
    assert told == ["decided", recommended, recommended, "decided"]
    assert meeting.decisions.first().partners_present["health"] == [place.nurse.officer_id]


def test_recommendation_is_ratified_by_a_later_quorate_meeting_only(place: Place, review: RapidReview, meeting: Meeting) -> None:
    asked, began = begun(place, meeting)
    holding.arrive(asked["police"], by=place.manager, at=began)
    recommended = decided(meeting, place, began + timedelta(minutes=5))
    holding.end_meeting(meeting, by=place.manager, at=began + timedelta(minutes=40))
    later = meetings.panel(place, review, at=timezone.now() - timedelta(minutes=50))
    inviting.invite(later, [inviting.Invited(a.officer, a.seat, "member", a.speaks_for) for a in asked.values()], by=place.manager)
    there = {each.speaks_for: each for each in later.attendances.all()}
    for account in place.partners.values():
        inviting.declare(later, has_interest=False, by=account)
    opened = timezone.now() - timedelta(minutes=50)
    holding.open_meeting(later, by=place.manager, chair=place.nurse.officer, at=opened)
    for role in ("local_authority", "police"):
        holding.arrive(there[role], by=place.manager, at=opened)
    with pytest.raises(NotAllowedNow, match="not quorate"):
        deciding.ratify(recommended, at_meeting=Meeting.objects.get(pk=later.pk), by=place.manager)
    holding.arrive(there["health"], by=place.manager, at=opened + timedelta(minutes=5))

    done = deciding.ratify(recommended, at_meeting=Meeting.objects.get(pk=later.pk), by=place.manager)

    assert (done.status, done.ratified_at_meeting_id) == ("ratified", later.pk)


def test_pages_of_the_pack_never_move(place: Place, meeting: Meeting) -> None:
    meetings.ask(place, meeting, police=place.superintendent)
    first = papers.add_paper(meeting, title="First", text="One page.", by=place.manager)
    long = papers.add_paper(meeting, title="Second", text="\n".join(["A line."] * 100), by=place.manager)
    planning.send_papers(meeting, by=place.manager)
    meeting.refresh_from_db()
    with pytest.raises(NotAllowedNow, match="comes late"):
        papers.add_paper(meeting, title="Third", text="More.", by=place.manager)
    late = papers.add_paper(meeting, title="Third", text="More.", by=place.manager, late_because="It came today.")
    newer = papers.replace_paper(first, text="A better page.", because="A figure was wrong.", by=place.manager)

    first.refresh_from_db()
    long.refresh_from_db()
    assert [(p.first_page, p.last_page) for p in (first, long, late, newer)] == [(1, 1), (2, 4), (5, 5), (6, 6)]
    assert (late.is_late, newer.is_late, newer.version, first.replaced_by_id) == (True, True, 2, newer.pk)
    assert [number for number, _ in pack.numbered_sheets(long)] == [2, 3, 4]


def test_interest_in_one_item_closes_that_item_and_papers_of_the_whole(place: Place, meeting: Meeting) -> None:
    meetings.ask(place, meeting, police=place.superintendent)
    items = list(meeting.agenda.all())
    for title, item in (("Kept", items[3]), ("Open", items[4]), ("Whole", None)):
        papers.add_paper(meeting, title=title, text=title, item=item, by=place.manager)
    said = inviting.declare(meeting, has_interest=True, about="A colleague's work.", by=place.superintendent)
    assert access.papers_shown(place.superintendent, meeting) == []
    inviting.decide_interest(said, outcome="leaves_item", item=items[3], by=place.manager)

    assert [p.title for p in access.papers_shown(place.superintendent, meeting)] == ["Open"]
    assert items[3].pk not in access.items_open(place.superintendent, meeting)
    assert not access.may_read_whole_minutes(place.superintendent, meeting)


def test_observer_receives_only_the_open_part(place: Place, meeting: Meeting) -> None:
    observer = inviting.Invited(place.superintendent.officer, capacity="observer", receives_restricted=False)
    inviting.invite(meeting, [observer], by=place.manager)
    item = meeting.agenda.first()
    planning.change_item(item, by=place.manager, version=item.version, part="open")
    papers.add_paper(meeting, title="Open paper", text="Open", part="open", item=item, by=place.manager)
    papers.add_paper(meeting, title="Restricted paper", text="Not", by=place.manager)
    inviting.declare(meeting, has_interest=False, by=place.superintendent)

    assert [p.title for p in access.papers_shown(place.superintendent, meeting)] == ["Open paper"]
    assert [i.pk for i in access.agenda_shown(place.superintendent, meeting)] == [item.pk]


def test_connected_person_is_never_offered_and_cannot_be_invited(place: Place, review: RapidReview) -> None:
    body = agencies.body(kind="review_panel")
    seat = agencies.seat("Police", on=body, partner_role="police")
    seat.appointments.create(officer=place.superintendent.officer, valid_from=agencies.START)
    meeting = meetings.panel(place, review, body=body)
    assert [each.officer for each in inviting.offered(meeting)] == [place.superintendent.officer]
    Conflict.objects.create(matter=review.matter, officer=place.superintendent.officer, account=place.superintendent,
                            source="case_flag", reason="A relative.", declared_by=place.manager)  # fmt: skip

    assert inviting.offered(meeting) == []
    with pytest.raises(NotAllowedNow):
        inviting.invite(meeting, [inviting.Invited(place.superintendent.officer, seat)], by=place.manager)


def test_deputy_speaks_for_the_same_partner(place: Place, meeting: Meeting) -> None:
    asked = meetings.ask(place, meeting, police=place.superintendent)
    deputy = agencies.officer(of=place.superintendent.agency)
    inviting.answer(asked["police"], coming=False, deputy=deputy, by=place.superintendent)

    stands_in = meeting.attendances.get(officer=deputy)
    assert (stands_in.speaks_for, stands_in.deputy_for, stands_in.seat) == ("police", place.superintendent.officer, asked["police"].seat)


def test_notes_saved_by_another_meanwhile_are_not_lost(place: Place, review: RapidReview, meeting: Meeting) -> None:
    item, colleague = meeting.agenda.first(), accounts.account("BM")
    matters.membership(review.matter, colleague, by=place.manager)
    seen = item.version
    holding.write_notes(item, notes="Mine.", version=seen, by=place.manager)
    holding.write_notes(item, notes="Mine, while I type on.", version=seen, by=place.manager)

    with pytest.raises(NotAllowedNow, match="Somebody else"):
        holding.write_notes(item, notes="Theirs.", version=seen, by=colleague)
    item.refresh_from_db()
    assert item.notes == "Mine, while I type on."


def test_past_decisions_keep_the_old_chair(place: Place, review: RapidReview, meeting: Meeting) -> None:
    begun(place, meeting)
    seat = agencies.seat("Chair", on=agencies.body(), capacity="chair")
    seat.appointments.create(officer=agencies.officer(), valid_from=agencies.START)

    meeting.refresh_from_db()
    assert meeting.chair == place.nurse.officer


def test_nobody_decides_about_their_own_interest(place: Place, meeting: Meeting) -> None:
    said = inviting.declare(meeting, has_interest=True, about="I know the family.", by=place.manager)
    with pytest.raises(NotAllowedNow, match="own interest"):
        inviting.decide_interest(said, outcome="stays", by=place.manager)
    assert not access.may_open_papers(place.manager, meeting)


def test_partner_who_may_only_read_does_not_run_the_meeting(place: Place, meeting: Meeting) -> None:
    for move in (
        lambda: planning.cancel(meeting, because="No.", by=place.superintendent),
        lambda: papers.add_paper(meeting, title="T", text="T", by=place.superintendent),
        lambda: holding.open_meeting(meeting, by=place.superintendent, chair=place.nurse.officer),
    ):
        with pytest.raises(NotPermitted):
            move()


def test_partner_of_another_day_does_not_make_quorum(place: Place, meeting: Meeting) -> None:
    asked, began = begun(place, meeting)
    for each in asked.values():
        holding.arrive(each, by=place.manager, at=began)
    PartnerArrangement.objects.filter(partner_role="health").update(agency=agencies.agency("Invented Board"), valid_from=date(2019, 5, 1))

    decision = decided(meeting, place, began + timedelta(minutes=5))

    assert decision.status == "recommended_awaiting_ratification"
    assert "not that partner on this day" in decision.quorum_in_words


def test_meeting_that_began_is_not_cancelled_and_fixed_minutes_do_not_change(place: Place, meeting: Meeting) -> None:
    asked, began = begun(place, meeting)
    with pytest.raises(NotAllowedNow, match="has begun"):
        planning.cancel(meeting, because="Too few.", by=place.manager)
    holding.arrive(asked["police"], by=place.manager, at=began)
    decision = decided(meeting, place, began + timedelta(minutes=5))
    holding.end_meeting(meeting, by=place.manager, at=began + timedelta(minutes=40))
    holding.lock_minutes(meeting, by=place.manager)
    item = meeting.agenda.first()
    with pytest.raises(NotAllowedNow, match="fixed"):
        holding.write_notes(item, notes="Later.", by=place.manager)
    with pytest.raises(NotAllowedNow, match="fixed"):
        deciding.record_dissent(decision, officer=place.superintendent.officer, reasons="No.", by=place.manager)
    done = holding.approve_minutes(meeting, by=place.manager, corrections="A time.")
    assert done.minutes_corrections == "A time."
    assert asked["police"].left_at == began + timedelta(minutes=40)
