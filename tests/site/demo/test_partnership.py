"""Arden is whole, invented and written once."""

import time
from datetime import date

import pytest
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.accounts.roles import ROLE_BY_CODE
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Agency, Body, Officer, Ward
from sightline.site.demo import partnership

pytestmark = pytest.mark.django_db

STARTED = date(2026, 11, 23)


@pytest.fixture
def arden() -> None:
    partnership.load_partnership(STARTED)


@pytest.mark.usefixtures("arden")
class TestArden:
    def test_is_written_once(self) -> None:
        before = (Agency.objects.count(), Account.objects.count())

        partnership.load_partnership(STARTED)

        assert (Agency.objects.count(), Account.objects.count()) == before

    def test_has_seventeen_wards(self) -> None:
        assert Ward.objects.count() == 17

    def test_every_role_can_be_tried(self) -> None:
        held = {code for account in Account.objects.all() for code in account.role_codes(STARTED)}

        assert held == set(ROLE_BY_CODE)

    def test_every_sign_in_printed_is_one_that_works(self) -> None:
        for _, email, password in partnership.sign_ins():
            account = Account.objects.get(email=email)
            assert account.is_active
            assert account.check_password(password)

    def test_health_partner_changed_on_1_july_2022(self) -> None:
        assert arrangements.safeguarding_partner("health", date(2021, 3, 10)).short_name == "Arden and Wolden CCG"
        assert arrangements.safeguarding_partner("health", date(2023, 3, 10)).short_name == "Arden and Wolden ICB"

    def test_review_panel_is_chaired_by_the_health_partners_representative(self) -> None:
        panel = Body.objects.get(short_name="CSPR Panel")

        for on in (date(2020, 6, 1), STARTED):
            chair = arrangements.holders(panel, on)[0]
            assert chair.seat.capacity == "chair"
            assert chair.officer.agency == arrangements.safeguarding_partner("health", on)

    def test_an_agreement_expires_within_sixty_days(self) -> None:
        assert [agreement.warning(STARTED) for agreement in arrangements.agreements_near_expiry(STARTED)] == [60]

    def test_somebody_is_on_duty_and_covered_for_two_years(self) -> None:
        for on in (STARTED, date(2027, 11, 23), date(2028, 10, 1)):
            assert arrangements.duty_person(on) is not None

    def test_earlier_name_is_remembered(self) -> None:
        ours = partnership.Partnership.current()

        assert ours.name_on(date(2021, 3, 10)) == "Arden Local Safeguarding Children Partnership"
        assert ours.name_on(STARTED) == "Arden Safeguarding Children Partnership"

    def test_addresses_are_invented(self) -> None:
        addresses = [*Account.objects.values_list("email", flat=True), *Officer.objects.values_list("email", flat=True)]

        assert all(address.endswith("@arden.example") for address in addresses)

    def test_telephones_are_from_the_numbers_kept_for_fiction(self) -> None:
        assert all(phone.startswith("01632 960") for phone in Officer.objects.values_list("phone", flat=True))


def test_arden_is_written_in_seconds() -> None:
    began = time.process_time()

    partnership.load_partnership(timezone.localdate())

    assert time.process_time() - began < 5
