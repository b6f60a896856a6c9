"""An invented partnership small enough to hold in one's head: two agencies, a person for each role, one matter."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from sightline.partnership.accounts.models import Account, RoleHolding
from sightline.partnership.agencies.models import Agency, Officer, PartnerArrangement, SharingAgreement
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import matters
from sightline.partnership.people.models import Person

LONG_AGO = date(2020, 1, 1)
FAR_AHEAD = date(2039, 12, 31)


class World:
    """Makes what a test needs, with the least that is valid."""

    def __init__(self) -> None:
        self.number = count(1)
        self.agreement = SharingAgreement.objects.create(title="Invented agreement", valid_from=LONG_AGO, valid_to=FAR_AHEAD)
        self.council = self.agency("Arden Council")
        self.school = self.agency("Oakbrook School")
        PartnerArrangement.objects.create(partner_role="local_authority", agency=self.council, valid_from=LONG_AGO)

    def agency(self, name: str) -> Agency:
        agency = Agency.objects.create(name=name, short_name=name, sector="other", valid_from=LONG_AGO)
        self.agreement.parties.add(agency)
        return agency

    def officer(self, agency: Agency | None = None, name: str = "") -> Officer:
        n = next(self.number)
        return Officer.objects.create(
            name=name or f"Officer {n}", job_title="Invented post", agency=agency or self.council, valid_from=LONG_AGO
        )

    def person(self, *roles: str, agency: Agency | None = None, second_factor: bool = True) -> Account:
        """Somebody who signs in, with these roles."""
        officer = self.officer(agency)
        account = Account.objects.create_user(f"person{next(self.number)}@arden.example", officer=officer, training_valid_until=FAR_AHEAD)
        for role in roles:
            last_day = timezone.localdate() + timedelta(days=60) if role in {"IR", "IN"} else None
            RoleHolding.objects.create(account=account, role=role, valid_from=LONG_AGO, valid_to=last_day)
        if second_factor:
            Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
        return account

    def matter(self, *members: Account, raised_by: Agency | None = None, by: Account | None = None, **facts: Any) -> Matter:
        by = by or self.person("BM")
        return matters.open_matter(
            "serious_incident",
            by=by,
            raised_by_agency=raised_by or self.council,
            members=[(m, "Invented purpose") for m in members],
            **facts,
        )

    def child(
        self, given_name: str = "Robin", family_name: str = "Invented", born_on: date | None = date(2020, 2, 29), postcode: str = ""
    ) -> Person:
        child = Person.objects.create(
            given_name=given_name, family_name=family_name, born_on=born_on, written_by=self.someone, name_not_known=not given_name
        )
        if postcode:
            child.addresses.create(lines="14 Invented Row", postcode=postcode)
        return child

    @property
    def someone(self) -> Account:
        return Account.objects.first() or self.person("BM")


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def person(world: World) -> Callable[..., Account]:
    return world.person


@pytest.fixture
def today() -> date:
    return timezone.localdate()
