"""What the database itself refuses, whoever asks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sightline.partnership.agencies.models import (
    Appointment,
    DutyTurn,
    FormerName,
    PartnerArrangement,
    Partnership,
    RelevantAgencyListing,
    SchoolTerm,
    SharingAgreement,
)
from tests.factories import agencies

pytestmark = pytest.mark.django_db

YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def refused(make: Callable[..., Any], **fields: Any) -> bool:
    try:
        with transaction.atomic():
            make(**fields)
    except IntegrityError:
        return True
    return False


def test_last_day_before_the_first_is_refused() -> None:
    assert refused(agencies.agency, valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1))


def test_one_day_is_a_period() -> None:
    assert not refused(agencies.agency, valid_from=date(2020, 1, 1), valid_to=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_refused"),
    [
        (date(2020, 12, 31), date(2021, 6, 1), True),
        (date(2019, 6, 1), date(2020, 1, 1), True),
        (date(2020, 3, 1), date(2020, 4, 1), True),
        (date(2019, 6, 1), None, True),
        (date(2021, 1, 1), None, False),
        (date(2019, 6, 1), date(2019, 12, 31), False),
    ],
)
class TestRivals:
    def test_partner_arrangements(self, valid_from: date, valid_to: date | None, is_refused: bool) -> None:
        agencies.arrangement("police", agencies.agency(), valid_from=YEAR[0], valid_to=YEAR[1])

        assert (
            refused(agencies.arrangement, partner_role="police", of=agencies.agency(), valid_from=valid_from, valid_to=valid_to)
            == is_refused
        )
        assert not refused(agencies.arrangement, partner_role="health", of=agencies.agency(), valid_from=valid_from, valid_to=valid_to)

    def test_full_holders_of_a_seat(self, valid_from: date, valid_to: date | None, is_refused: bool) -> None:
        seat = agencies.seat()
        Appointment.objects.create(seat=seat, officer=agencies.officer(), valid_from=YEAR[0], valid_to=YEAR[1])
        second = {"seat": seat, "officer": agencies.officer(), "valid_from": valid_from, "valid_to": valid_to}

        assert refused(Appointment.objects.create, **second) == is_refused
        assert not refused(Appointment.objects.create, **second, is_deputy=True)

    def test_duty_turns(self, valid_from: date, valid_to: date | None, is_refused: bool) -> None:
        valid_to = valid_to or date(2030, 1, 1)
        people = {"officer": agencies.officer(), "cover": agencies.officer()}
        DutyTurn.objects.create(**people, valid_from=YEAR[0], valid_to=YEAR[1])

        assert refused(DutyTurn.objects.create, **people, valid_from=valid_from, valid_to=valid_to) == is_refused

    def test_a_form_says_which_entry_is_in_the_way(self, valid_from: date, valid_to: date | None, is_refused: bool) -> None:
        agencies.arrangement("police", agencies.agency("Hartshire Police"), valid_from=YEAR[0], valid_to=YEAR[1])
        rival = PartnerArrangement(partner_role="police", agency=agencies.agency(), valid_from=valid_from, valid_to=valid_to)

        if not is_refused:
            rival.full_clean()
            return
        with pytest.raises(ValidationError, match="Police: Hartshire Police, from 1 January 2020 to 31 December 2020"):
            rival.full_clean()


def test_moving_a_period_onto_its_rival_is_refused() -> None:
    agencies.arrangement("police", agencies.agency(), valid_from=YEAR[0], valid_to=YEAR[1])
    later = agencies.arrangement("police", agencies.agency(), valid_from=date(2021, 1, 1))

    later.valid_from = date(2020, 12, 31)

    assert refused(later.save)


def test_there_is_one_partnership() -> None:
    agencies.partnership()

    assert refused(agencies.partnership)
    assert refused(agencies.partnership, only=False)
    assert Partnership.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (
            lambda **f: FormerName.objects.create(partnership=agencies.partnership(), name="Old", short_name="O", **f),
            {"valid_from": YEAR[0]},
        ),
        (lambda **f: SharingAgreement.objects.create(title="Endless", **f), {"valid_from": YEAR[0]}),
        (lambda **f: SchoolTerm.objects.create(name="Endless", academic_year="2020/21", **f), {"valid_from": YEAR[0]}),
        (lambda **f: DutyTurn.objects.create(officer=agencies.officer(), cover=agencies.officer(), **f), {"valid_from": YEAR[0]}),
    ],
)
def test_what_must_end_needs_its_last_day(make: Callable[..., Any], fields: dict[str, Any]) -> None:
    assert refused(make, **fields)


def test_cover_is_another_person() -> None:
    one = agencies.officer()

    assert refused(DutyTurn.objects.create, officer=one, cover=one, valid_from=YEAR[0], valid_to=YEAR[1])


def test_alternate_officer_is_another_person() -> None:
    school = agencies.agency()
    head = agencies.officer(of=school)
    school.safeguarding_lead = school.alternate_officer = head

    assert refused(school.save)


def test_only_an_agency_that_has_ended_is_succeeded() -> None:
    board, group = agencies.agency(), agencies.agency()
    group.succeeded_by = board

    assert refused(group.save)

    group.valid_to = date(2022, 6, 30)
    assert not refused(group.save)


def test_agency_is_listed_once_at_a_time() -> None:
    club = agencies.agency()
    listing = {"agency": club, "schedule_type": "other", "why_chosen": "Invented.", "valid_from": YEAR[0]}
    RelevantAgencyListing.objects.create(**listing)

    assert refused(RelevantAgencyListing.objects.create, **listing)
