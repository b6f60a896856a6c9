"""Accounts are confirmed, suspended and restored; a leaver loses everything at once."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.accounts.workflow import (
    attest,
    close_account,
    record_training,
    restore,
    suspend,
    suspend_dormant,
    suspend_lapsed,
    warn_of_lapsing,
)
from sightline.partnership.agencies.models import Appointment
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, agencies
from tests.partnership.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db


def aged(account: Account, **days: int) -> Account:
    now = timezone.now()
    Account.objects.filter(pk=account.pk).update(**{name: now - timedelta(days=number) for name, number in days.items()})
    account.refresh_from_db()
    return account


def test_account_not_confirmed_for_ninety_days_is_suspended() -> None:
    accounts.account("BM")
    late = aged(accounts.account("AC"), attested_at=91)
    in_time = aged(accounts.account("AC"), attested_at=89)

    suspended = suspend_lapsed(at=timezone.now())

    late.refresh_from_db(), in_time.refresh_from_db()
    assert suspended == [late]
    assert (late.is_active, late.suspended_for, in_time.is_active) == (False, "not_confirmed", True)


def test_lead_confirms_and_the_suspended_account_is_back() -> None:
    agency = agencies.agency()
    lead, member = accounts.account("AL", of=agency), accounts.account("AC", of=agency)
    suspend(member, reason="not_confirmed", by=None)

    member = attest(member, by=lead)

    assert member.is_active
    assert member.attested_by == lead


def test_confirming_does_not_lift_a_suspension_made_by_hand() -> None:
    manager, member = accounts.account("BM"), accounts.account("AC")
    suspend(member, by=manager)

    assert attest(member, by=manager).is_active is False
    assert restore(member, by=manager).is_active is True


def test_nobody_confirms_suspends_or_restores_themselves() -> None:
    manager = accounts.account("BM")

    for move in (attest, suspend, restore):
        with pytest.raises(NotPermitted):
            move(manager, by=manager)
    with pytest.raises(NotPermitted):
        record_training(manager, valid_until=timezone.localdate(), by=manager)


def test_dormant_account_is_suspended_after_forty_five_days() -> None:
    accounts.account("BM")
    unused = aged(accounts.account("AC"), joined_at=50, attested_at=50)
    used = aged(accounts.account("AC"), joined_at=50, attested_at=50, last_seen_at=44)
    brought_back = aged(accounts.account("AC"), joined_at=90, attested_at=10, last_seen_at=60)

    assert suspend_dormant(at=timezone.now()) == [unused]
    used.refresh_from_db(), brought_back.refresh_from_db()
    assert used.is_active
    assert brought_back.is_active


def test_the_clock_never_shuts_out_the_last_manager_of_accounts() -> None:
    manager = aged(accounts.account("BM"), attested_at=200, joined_at=300)

    assert suspend_lapsed(at=timezone.now()) == []
    assert suspend_dormant(at=timezone.now()) == []
    manager.refresh_from_db()
    assert manager.is_active


def test_lapsing_is_announced_once_at_fourteen_and_three_days() -> None:
    agency = agencies.agency()
    lead = accounts.account("AL", of=agency)
    aged(accounts.account("AC", of=agency), attested_at=76)
    aged(accounts.account("AC", of=agency), attested_at=87)
    aged(accounts.account("AC", of=agency), attested_at=80)

    assert warn_of_lapsing(at=timezone.now()) == 2
    assert warn_of_lapsing(at=timezone.now()) == 0
    assert set(Notice.objects.values_list("template", "to")) == {("account.confirmation_due", lead.pk)}


class TestLeaver:
    def test_loses_everything_in_one_move(self) -> None:
        manager, leaver = accounts.account("BM"), accounts.account("AL", "PM")
        seat = Appointment.objects.create(seat=agencies.seat(), officer=leaver.officer, valid_from=agencies.START)
        session = Client()
        sign_in(session, leaver)

        close_account(leaver, reason="Left the agency", by=manager)

        leaver.refresh_from_db(), seat.refresh_from_db()
        assert leaver.is_active is False
        assert leaver.role_codes(timezone.localdate()) == frozenset()
        assert seat.valid_to == timezone.localdate()
        assert not leaver.officer.is_serving(timezone.localdate())
        assert not UserSession.objects.filter(user=leaver).exists()
        assert not Authenticator.objects.filter(user=leaver).exists()
        assert not leaver.has_usable_password()
        assert AuditEvent.objects.order_by("-seq").first().action == "account.closed"

    def test_next_request_of_a_live_session_is_a_strangers(self) -> None:
        manager, leaver = accounts.account("BM"), accounts.account("AC")
        session = Client()
        sign_in(session, leaver)
        assert session.get("/my-account/").status_code == 200

        close_account(leaver, reason="Left the agency", by=manager)

        refused = session.get("/my-account/")
        assert refused.status_code == 302
        assert refused.url.startswith("/accounts/login/")

    def test_session_stays_dead_even_if_the_account_were_made_active_again(self) -> None:
        manager, leaver = accounts.account("BM"), accounts.account("AC")
        session = Client()
        session.force_login(leaver, backend="allauth.account.auth_backends.AuthenticationBackend")

        close_account(leaver, reason="Left the agency", by=manager)
        Account.objects.filter(pk=leaver.pk).update(is_active=True, closed_at=None, closed_by=None, close_reason="")

        assert session.get("/my-account/").status_code == 302

    def test_is_not_closed_by_themselves_nor_twice_nor_by_another_agency(self) -> None:
        manager, leaver, stranger = accounts.account("BM"), accounts.account("AC"), accounts.account("AL")

        with pytest.raises(NotPermitted):
            close_account(manager, reason="Me", by=manager)
        with pytest.raises(NotPermitted):
            close_account(leaver, reason="Not mine", by=stranger)
        close_account(leaver, reason="Left", by=manager)
        with pytest.raises(NotAllowedNow):
            close_account(leaver, reason="Left again", by=manager)

    def test_nothing_is_lost_when_the_move_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        manager, leaver = accounts.account("BM"), accounts.account("AC")

        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError("the trail cannot be written")

        monkeypatch.setattr("sightline.partnership.accounts.workflow.leaving.trail.record", fail)
        with pytest.raises(RuntimeError):
            close_account(leaver, reason="Left", by=manager)

        leaver.refresh_from_db()
        assert leaver.is_active
        assert leaver.has_second_factor()
        assert leaver.role_codes(timezone.localdate()) == {"AC"}


def test_suspended_session_ends_at_once() -> None:
    manager, member = accounts.account("BM"), accounts.account("AC")
    session = Client()
    sign_in(session, member)

    suspend(member, by=manager)

    assert session.get("/my-account/").status_code == 302
