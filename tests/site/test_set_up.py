"""A new partnership from an empty database to a complete one."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.agencies.models import Partnership
from sightline.site import set_up
from sightline.site.demo.partnership import load_partnership
from sightline.site.set_up import steps
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def test_command_prints_the_first_administrators_link_and_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    code = set_up.run(email="first@hartshire.example", name="Example Administrator", partnership="Hartshire Partnership")

    link = next(line.strip() for line in capsys.readouterr().out.splitlines() if "/join/" in line)
    assert code == 0
    assert Partnership.current().name == "Hartshire Partnership"
    guest = Client()
    joined = guest.post(
        link.removeprefix("http://localhost:8000"), {"password": "quite a long sentence", "password_again": "quite a long sentence"}
    )
    assert joined.status_code == 302
    assert Account.objects.get().role_codes(timezone.localdate()) == {"SA"}


@pytest.mark.parametrize("email", ["", "not an address"])
def test_command_without_an_address_says_what_to_type(email: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.run(email=email) == 2
    assert "sightline set-up --email" in capsys.readouterr().err
    assert not Invitation.objects.exists()


def test_command_is_refused_once_somebody_administers(capsys: pytest.CaptureFixture[str]) -> None:
    accounts.account("SA")

    assert set_up.run(email="second@hartshire.example") == 1
    assert "already has an administrator" in capsys.readouterr().err


def test_nothing_is_complete_in_an_empty_database() -> None:
    lines = steps.steps(date(2026, 3, 2))

    assert [line.title for line in lines if line.state.is_done] == []
    assert steps.is_open(date(2026, 3, 2))


def test_everything_is_complete_in_arden() -> None:
    today = timezone.localdate()
    load_partnership(today)

    assert {line.title: line.state.says for line in steps.steps(today) if not line.state.is_done} == {}
    assert not steps.is_open(today)


def test_true_state_changes_with_the_day() -> None:
    load_partnership(date(2026, 3, 2))

    later = {line.title: line.state.is_done for line in steps.steps(date(2026, 3, 2) + timedelta(days=900))}

    assert not later["Duty rota"]
    assert not later["Information-sharing agreements"]
    assert later["Wards"]


@pytest.mark.parametrize(("role", "status"), [("SA", 200), ("BM", 200), ("AL", 404), ("IG", 404)])
def test_set_up_is_for_those_who_may_write_the_directory(role: str, status: int) -> None:
    client = Client()
    client.force_login(accounts.account(role), backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get("/set-up/")

    assert answer.status_code == status
    if status == 200:
        assert "steps are complete" in answer.content.decode()


def test_home_points_to_the_set_up_until_it_is_complete() -> None:
    client = Client()
    client.force_login(accounts.account("BM"), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert "/set-up/" in client.get("/").content.decode()
