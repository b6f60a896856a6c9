"""Guessing passwords stops, and tells the guesser nothing."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.notices.models import Notice
from tests.factories import accounts
from tests.partnership.accounts.signing_in import give_password

pytestmark = pytest.mark.django_db

TRIES = 5


@pytest.fixture(autouse=True)
def _no_earlier_tries() -> None:
    cache.clear()


def without_tokens(body: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body.decode())


def answers_to(client: Client, email: str) -> list[tuple[int, str]]:
    tries = [client.post("/accounts/login/", {"login": email, "password": "wrong words entirely"}) for _ in range(TRIES + 1)]
    return [(answer.status_code, without_tokens(answer.content).replace(email, "EMAIL")) for answer in tries]


def test_five_wrong_passwords_lock_the_right_one_out() -> None:
    person, client = accounts.account("AC"), Client()

    for _ in range(TRIES):
        give_password(client, person, "wrong words entirely")

    assert give_password(client, person).status_code != 302


def test_lock_out_is_lifted_with_time() -> None:
    person, client = accounts.account("AC"), Client()
    for _ in range(TRIES):
        give_password(client, person, "wrong words entirely")
    cache.clear()
    from_axes(person)

    assert give_password(client, person).status_code == 302


def from_axes(person: Account) -> None:
    """Put the failed tries back beyond the time for which they count."""
    AccessAttempt.objects.filter(username=person.email).update(attempt_time=timezone.now() - timedelta(minutes=16))


def test_unknown_known_suspended_and_closed_addresses_are_answered_alike() -> None:
    known, suspended, closed = (accounts.account("AC") for _ in range(3))
    Account.objects.filter(pk=suspended.pk).update(is_active=False, suspended_at=timezone.now(), suspended_for="dormant")
    Account.objects.filter(pk=closed.pk).update(is_active=False, closed_at=timezone.now(), close_reason="Left")

    answers = []
    for email in (known.email, suspended.email, closed.email, "nobody@hartshire.example"):
        cache.clear()
        answers.append(answers_to(Client(), email))

    assert answers[1:] == answers[:1] * 3


def test_lock_out_page_is_plain_and_names_nobody() -> None:
    person, client = accounts.account("AC"), Client()

    answer = None
    for _ in range(TRIES):
        answer = give_password(client, person, "wrong words entirely")

    assert answer.status_code == 429
    assert person.email not in answer.content.decode()
    assert person.name not in answer.content.decode()


def test_other_people_are_not_locked_out_with_the_guessed_one() -> None:
    person, colleague = accounts.account("AC"), accounts.account("AC")
    client = Client()
    for _ in range(TRIES):
        give_password(client, person, "wrong words entirely")
    cache.clear()

    assert give_password(client, colleague).status_code == 302


def test_asking_for_a_new_password_is_answered_alike_for_known_and_unknown_addresses() -> None:
    person = accounts.account("AC")

    answers = []
    for email in (person.email, "nobody@hartshire.example"):
        cache.clear()
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, without_tokens(answer.content).replace(email, "EMAIL")))

    assert answers[0] == answers[1]
    assert list(Notice.objects.values_list("template", "to")) == [("account.password_reset", person.pk)]


@pytest.mark.parametrize(
    "state", [{"suspended_at": timezone.now(), "suspended_for": "dormant"}, {"closed_at": timezone.now(), "close_reason": "Left"}]
)
def test_no_new_password_for_an_account_that_is_not_active(state: dict) -> None:
    person = accounts.account("AC")
    Account.objects.filter(pk=person.pk).update(is_active=False, **state)

    Client().post("/accounts/password/reset/", {"email": person.email})

    assert not Notice.objects.exists()
