"""Old questions get old answers."""

from datetime import UTC, date, datetime

import pytest

from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import (
    Appointment,
    DutyTurn,
    ProclaimedHoliday,
    RelevantAgencyListing,
    SchoolTerm,
)
from tests.factories import agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def health() -> tuple:
    group = agencies.agency("Hartshire Clinical Commissioning Group", sector="health", valid_to=date(2022, 6, 30))
    board = agencies.agency("Hartshire Integrated Care Board", sector="health", valid_from=date(2022, 7, 1))
    agencies.arrangement("health", group, valid_to=date(2022, 6, 30))
    agencies.arrangement("health", board, valid_from=date(2022, 7, 1))
    return group, board


@pytest.mark.parametrize(
    ("on", "which"),
    [
        (date(2019, 4, 30), None),
        (date(2019, 5, 1), 0),
        (date(2021, 3, 10), 0),
        (date(2022, 6, 30), 0),
        (date(2022, 7, 1), 1),
        (date(2023, 1, 15), 1),
    ],
)
def test_health_partner_on_a_day(health: tuple, on: date, which: int | None) -> None:
    assert arrangements.safeguarding_partner("health", on) == (None if which is None else health[which])


def test_safeguarding_partners_leave_out_a_role_nobody_holds(health: tuple) -> None:
    assert arrangements.safeguarding_partners(date(2023, 1, 15)) == {"health": health[1]}


def test_local_authority_is_known_by_its_arrangement() -> None:
    council = agencies.agency("Hartshire Council", sector="local_authority")
    agencies.arrangement("local_authority", council, valid_from=date(2020, 1, 1))

    assert not arrangements.is_local_authority(council, date(2019, 12, 31))
    assert arrangements.is_local_authority(council, date(2020, 1, 1))
    assert not arrangements.is_local_authority(None, date(2020, 1, 1))


def test_relevant_agency_counts_only_while_it_is_named() -> None:
    club = agencies.agency("Hartshire Swimming Club")
    RelevantAgencyListing.objects.create(
        agency=club, schedule_type="other", why_chosen="Many children swim there.", valid_from=date(2019, 5, 1), valid_to=date(2021, 3, 31)
    )

    assert list(arrangements.relevant_agencies(date(2021, 3, 31))) == [club]
    assert list(arrangements.relevant_agencies(date(2021, 4, 1))) == []


def test_duty_person_is_the_officer_on_the_rota() -> None:
    turn = DutyTurn.objects.create(
        officer=agencies.officer(), cover=agencies.officer(), valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 8)
    )

    assert arrangements.duty_person(date(2026, 3, 5)) == turn.officer
    assert arrangements.duty_person(date(2026, 3, 9)) is None


def test_duty_passes_to_the_cover_on_the_day_the_officer_leaves() -> None:
    turn = DutyTurn.objects.create(
        officer=agencies.officer(), cover=agencies.officer(), valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 8)
    )
    left_at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    type(turn.officer).objects.filter(pk=turn.officer.pk).update(valid_to=date(2026, 3, 5), left_at=left_at)

    assert arrangements.duty_person(date(2026, 3, 4)) == turn.officer
    assert arrangements.duty_person(date(2026, 3, 5)) == turn.cover


def test_proclaimed_holiday_is_no_working_day() -> None:
    day = date(2025, 9, 17)
    assert arrangements.working_calendar().is_working_day(day)

    ProclaimedHoliday.objects.create(held_on=day, name="Invented jubilee")

    assert not arrangements.working_calendar().is_working_day(day)


def test_term_time_is_unknown_after_the_last_term_known() -> None:
    SchoolTerm.objects.create(name="Spring", academic_year="2025/26", valid_from=date(2026, 1, 5), valid_to=date(2026, 3, 27))

    assert arrangements.is_term_time(date(2026, 2, 2)) is True
    assert arrangements.is_term_time(date(2025, 12, 28)) is False
    assert arrangements.is_term_time(date(2026, 4, 2)) is None


def test_holders_of_a_body_put_the_chair_first_and_deputies_last() -> None:
    panel = agencies.body("Invented Panel")
    member, chair = agencies.seat("A member", on=panel), agencies.seat("Chair", on=panel, capacity="chair")
    people = [agencies.officer() for _ in range(3)]
    for seat, officer, is_deputy in [(member, people[0], True), (member, people[1], False), (chair, people[2], False)]:
        Appointment.objects.create(seat=seat, officer=officer, is_deputy=is_deputy, valid_from=date(2020, 1, 1))

    found = [appointment.officer for appointment in arrangements.holders(panel, date(2021, 1, 1))]

    assert found == [people[2], people[1], people[0]]


@pytest.mark.parametrize(
    ("on", "warns"),
    [
        (date(2026, 3, 31), None),
        (date(2026, 4, 2), 60),
        (date(2026, 5, 1), 60),
        (date(2026, 5, 2), 30),
        (date(2026, 6, 1), 30),
        (date(2026, 6, 2), None),
    ],
)
def test_agreement_warns_at_sixty_and_thirty_days(on: date, warns: int | None) -> None:
    agreement = agencies.agreement(agencies.agency(), valid_to=date(2026, 6, 1))

    assert agreement.warning(on) == warns


def test_agreements_near_expiry_come_nearest_first() -> None:
    later = agencies.agreement(agencies.agency(), title="Later", valid_to=date(2026, 6, 1))
    sooner = agencies.agreement(agencies.agency(), title="Sooner", valid_to=date(2026, 5, 20))
    agencies.agreement(agencies.agency(), title="Far", valid_to=date(2027, 5, 20))
    agencies.agreement(agencies.agency(), title="Gone", valid_to=date(2026, 4, 30))

    assert arrangements.agreements_near_expiry(date(2026, 5, 1)) == [sooner, later]


def test_sharing_agreement_covers_its_parties_alone() -> None:
    party, stranger = agencies.agency(), agencies.agency()
    agencies.agreement(party, valid_to=date(2026, 6, 1))

    assert arrangements.has_sharing_agreement(party, date(2026, 6, 1))
    assert not arrangements.has_sharing_agreement(party, date(2026, 6, 2))
    assert not arrangements.has_sharing_agreement(stranger, date(2026, 6, 1))


def test_request_goes_round_a_lead_who_is_connected_with_the_case() -> None:
    school = agencies.agency("Invented School")
    head, deputy = agencies.officer(of=school), agencies.officer(of=school)
    school.safeguarding_lead, school.alternate_officer = head, deputy

    assert school.route_avoiding() == head
    assert school.route_avoiding(head) == deputy
    assert school.route_avoiding(head, deputy) is None
