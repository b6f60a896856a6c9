"""An organisation's own sign-in opens accounts that exist, by verified addresses, and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts import tokens
from sightline.partnership.accounts.models import Account
from sightline.partnership.accounts.workflow import close_account, invite
from tests.factories import accounts, agencies
from tests.partnership.accounts import organisation as example
from tests.partnership.accounts.organisation import Organisation
from tests.partnership.accounts.signing_in import code_now, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(settings: Any) -> Iterator[Organisation]:
    with example.running() as running:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "agency",
                        "name": "Invented Organisation",
                        "client_id": example.CLIENT,
                        "secret": example.SECRET,
                        "settings": {"server_url": running.issuer},
                    }
                ],
            }
        }
        cache.clear()
        yield running


def through_organisation(client: Client) -> HttpResponse:
    """Press the button, let the organisation vouch, come back."""
    leaving = client.post("/accounts/oidc/agency/login/")
    assert leaving.status_code == 302, leaving.content
    coming_back = requests.get(leaving.url, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(coming_back)
    return client.get(f"{parts.path}?{parts.query}")


def test_invited_person_with_the_verified_address_comes_in_and_still_shows_the_second_factor(organisation: Organisation) -> None:
    account, client = accounts.account("AC"), Client()
    organisation.is_person(subject="person-1", email=account.email.upper())

    answer = through_organisation(client)

    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(account)}).status_code == 302
    assert client.get("/my-account/").status_code == 200
    assert SocialAccount.objects.get(user=account).uid == "person-1"


def test_second_time_the_organisations_own_mark_is_enough(organisation: Organisation) -> None:
    account = accounts.account("AC")
    organisation.is_person(subject="person-1", email=account.email)
    through_organisation(Client())

    organisation.is_person(subject="person-1", email="renamed@hartshire.example", verified=False)

    assert through_organisation(Client()).url.startswith("/accounts/2fa/authenticate/")


def test_unverified_address_opens_nothing(organisation: Organisation) -> None:
    account, client = accounts.account("AC"), Client()
    organisation.is_person(subject="person-1", email=account.email, verified=False)

    assert through_organisation(client).url == "/not-invited/"
    assert client.get("/my-account/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_person_whom_nobody_invited_gets_no_account(organisation: Organisation) -> None:
    client = Client()
    organisation.is_person(subject="person-2", email="stranger@hartshire.example")

    assert through_organisation(client).url == "/not-invited/"
    assert not Account.objects.exists()
    assert client.get("/not-invited/").status_code == 200


@pytest.mark.parametrize("linked_before", [True, False])
def test_leaver_is_not_let_in_by_the_organisation(organisation: Organisation, linked_before: bool) -> None:
    leaver, client = accounts.account("AC"), Client()
    organisation.is_person(subject="person-3", email=leaver.email)
    if linked_before:
        through_organisation(Client())

    close_account(leaver, reason="Left", by=accounts.account("BM"))
    through_organisation(client)

    assert client.get("/my-account/").status_code == 302


def test_suspended_person_is_not_let_in_by_the_organisation(organisation: Organisation) -> None:
    account, client = accounts.account("AC"), Client()
    organisation.is_person(subject="person-3", email=account.email)
    through_organisation(Client())
    Account.objects.filter(pk=account.pk).update(is_active=False, suspended_at=timezone.now(), suspended_for="dormant")

    assert through_organisation(client).url == "/accounts/inactive/"
    assert client.get("/my-account/").status_code == 302


def test_signed_in_person_cannot_tie_another_persons_address_to_the_account(organisation: Organisation) -> None:
    account, client = accounts.account("AC"), Client()
    sign_in(client, account)
    organisation.is_person(subject="person-4", email="another@hartshire.example")

    leaving = client.post("/accounts/oidc/agency/login/?process=connect")
    parts = urlsplit(requests.get(leaving.url, allow_redirects=False, timeout=10).headers["Location"])
    answer = client.get(f"{parts.path}?{parts.query}")

    assert answer.url == "/not-invited/"
    assert not SocialAccount.objects.exists()


def test_invited_person_may_join_without_a_password(organisation: Organisation) -> None:
    agency = agencies.agency()
    accounts.terms(agency)
    invitation = invite(agencies.officer(of=agency), email="new@hartshire.example", role_codes=["AC"], by=accounts.account("BM"))
    client = Client()

    answer = client.post(f"/join/{tokens.token_of(invitation)}/", {"how": "organisation", "accepts_terms": "on"})

    account = Account.objects.get(email="new@hartshire.example")
    assert answer.url == "/accounts/login/"
    assert not account.has_usable_password()
    organisation.is_person(subject="person-5", email="new@hartshire.example")
    through_organisation(client)
    assert client.get("/my-account/").url == "/my-account/second-factor/"


def test_settings_read_the_organisation_from_the_environment(tmp_path: Path) -> None:
    told = {
        **os.environ,
        "SIGHTLINE_DATA": str(tmp_path / "data"),
        "SIGHTLINE_KEYS": str(tmp_path / "keys"),
        "SIGHTLINE_OIDC_ISSUER": "https://sign-in.hartshire.example",
        "SIGHTLINE_OIDC_NAME": "Hartshire Council",
        "SIGHTLINE_OIDC_CLIENT": "sightline",
        "SIGHTLINE_OIDC_SECRET": "invented",
    }
    code = "import json; from sightline.site import settings; print(json.dumps(settings.SOCIALACCOUNT_PROVIDERS))"

    said = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True).stdout

    (app,) = json.loads(said)["openid_connect"]["APPS"]
    assert (app["name"], app["client_id"], app["secret"]) == ("Hartshire Council", "sightline", "invented")
    assert app["settings"]["server_url"] == "https://sign-in.hartshire.example"
