"""Signing in as a person does: address and password, then the code of the app."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.http import HttpResponse
from django.test import Client

from sightline.partnership.accounts.models import Account
from tests.factories.accounts import PASSWORD


def code_now(account: Account) -> str:
    """What the account's app would show; in the last second of a code, the next one, as a person would wait for it."""
    if seconds_to_next_code() < 1:
        time.sleep(seconds_to_next_code())
    factor = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    return code_of(get_adapter().decrypt(factor.data["secret"]))


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def give_password(client: Client, account: Account, password: str = PASSWORD) -> HttpResponse:
    return client.post("/accounts/login/", {"login": account.email, "password": password})


def sign_in(client: Client, account: Account) -> HttpResponse:
    """Sign in with both factors; the answer after the last of them."""
    answer = give_password(client, account)
    if answer.status_code == 302 and answer.url.startswith("/accounts/2fa/authenticate/"):
        answer = client.post("/accounts/2fa/authenticate/", {"code": code_now(account)})
    assert answer.status_code == 302, "the sign-in was refused"
    return answer


def seconds_to_next_code() -> float:
    return 30 - time.time() % 30
