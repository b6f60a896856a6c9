"""Roles are given by somebody else, within what that somebody may give."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.partnership.accounts import access, roles
from sightline.partnership.accounts.models import RoleHolding
from sightline.partnership.accounts.workflow import end_role, grant_role
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["BM", "SA", "PM", "AL"])
def test_nobody_gives_themselves_a_role(role: str) -> None:
    for code in ("BM", "AL"):
        manager = accounts.account(code)
        with pytest.raises(NotPermitted, match="themselves"):
            grant_role(manager, role=role, by=manager)


def test_the_database_too_refuses_a_role_given_to_oneself() -> None:
    manager = accounts.account("BM")

    with pytest.raises(IntegrityError), transaction.atomic():
        accounts.holding(manager, "PC", granted_by=manager)


def test_lead_of_a_sealed_agency_gives_neither_themselves_nor_others_a_panel_role() -> None:
    agency = agencies.agency()
    lead, colleague = accounts.account("AL", of=agency), accounts.account("AC", of=agency)

    for role in ("PM", "BM", "DSP", "IG"):
        with pytest.raises(NotPermitted):
            grant_role(colleague, role=role, by=lead)
    assert grant_role(colleague, role="AL", by=lead).role == "AL"


def test_lead_has_no_say_over_another_agencys_people() -> None:
    lead, stranger = accounts.account("AL"), accounts.account("AC")

    with pytest.raises(NotPermitted):
        grant_role(stranger, role="AL", by=lead)
    with pytest.raises(NotPermitted):
        end_role(stranger.role_holdings.get(), by=lead)


@pytest.mark.parametrize("role", sorted(set(roles.ROLE_BY_CODE) - {"SA", "SU"}))
def test_system_administrator_never_gets_a_role_that_may_see_cases(role: str) -> None:
    manager, administrator, other = accounts.account("BM"), accounts.account("SA"), accounts.account(role)
    ends = timezone.localdate() + timedelta(days=30)

    with pytest.raises(NotAllowedNow, match="cannot be held together"):
        grant_role(administrator, role=role, by=manager, valid_to=ends)
    with pytest.raises(NotAllowedNow, match="cannot be held together"):
        grant_role(other, role="SA", by=manager)


def test_role_may_begin_later_and_end() -> None:
    today = timezone.localdate()
    account = accounts.account()

    grant_role(account, role="PM", by=accounts.account("BM"), valid_from=today + timedelta(days=1), valid_to=today + timedelta(days=2))

    assert [account.role_codes(today + timedelta(days=n)) for n in range(4)] == [frozenset(), {"PM"}, {"PM"}, frozenset()]


@pytest.mark.parametrize(
    ("role", "starts", "ends", "reason"),
    [("PM", -1, None, "in the past"), ("PM", 2, 1, "same as or after"), ("IN", 0, None, "last day"), ("AC", 0, None, "already holds")],
)
def test_roles_that_cannot_be_given(role: str, starts: int, ends: int | None, reason: str) -> None:
    today = timezone.localdate()
    account = accounts.account("AC")

    with pytest.raises(NotAllowedNow, match=reason):
        grant_role(
            account,
            role=role,
            by=accounts.account("BM"),
            valid_from=today + timedelta(days=starts),
            valid_to=None if ends is None else today + timedelta(days=ends),
        )


def test_ended_role_is_gone_at_once_and_known_for_yesterday() -> None:
    today = timezone.localdate()
    account = accounts.account("AC")

    end_role(account.role_holdings.get(), by=accounts.account("BM"))

    assert account.role_codes(today) == frozenset()
    assert account.role_codes(today - timedelta(days=1)) == {"AC"}
    assert access.askers(account) == ()


def test_role_of_the_last_manager_of_accounts_stays() -> None:
    administrator = accounts.account("SA")
    manager = accounts.account("BM")
    RoleHolding.objects.filter(account=administrator).update(valid_to=timezone.localdate() - timedelta(days=1))
    accounts.holding(administrator, "AL")

    with pytest.raises(NotPermitted):
        end_role(manager.role_holdings.get(), by=administrator)
    with pytest.raises(NotAllowedNow, match="Nobody else"):
        end_role(manager.role_holdings.get(), by=manager)


def test_askers_tell_the_policy_what_it_needs() -> None:
    council = agencies.agency("Hartshire Council")
    agencies.arrangement("local_authority", council)
    account = accounts.account("DSP", "AL", of=council)

    asked = access.askers(account, stepped_up=True)

    assert [asker.role for asker in asked] == ["AL", "DSP"]
    assert all(
        a.active and a.second_factor and a.stepped_up and a.is_local_authority and a.training_in_date and a.sharing_agreement for a in asked
    )


@pytest.mark.parametrize(
    ("made", "fact"),
    [
        ({"second_factor": False}, "second_factor"),
        ({"agreement": False}, "sharing_agreement"),
        ({"training_valid_until": None}, "training_in_date"),
        ({"training_valid_until": timezone.localdate() - timedelta(days=1)}, "training_in_date"),
    ],
)
def test_askers_tell_what_is_missing(made: dict, fact: str) -> None:
    (asker,) = access.askers(accounts.account("PM", **made))

    assert getattr(asker, fact) is False
    assert not asker.is_local_authority


def test_asker_of_an_inactive_account_is_inactive() -> None:
    account = accounts.account("PM")
    type(account).objects.filter(pk=account.pk).update(is_active=False, suspended_at=timezone.now(), suspended_for="by_hand")

    (asker,) = access.askers(account)

    assert asker.active is False
