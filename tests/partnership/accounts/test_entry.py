"""At the door: what must be done before anything else opens, and how long a session lasts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings as site_settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from sightline.partnership.accounts import gates
from sightline.partnership.accounts.models import Account, KnownDevice, TermsAcceptance
from sightline.partnership.accounts.workflow import publish_terms
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.notices.models import Notice
from tests.factories import accounts
from tests.partnership.accounts.signing_in import code_of, give_password, sign_in

pytestmark = pytest.mark.django_db

HOME = "/my-account/"


@pytest.fixture
def person() -> Account:
    return accounts.account("AC")


def signed_in_client(account: Account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def test_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get(HOME)

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={HOME}")


def test_password_alone_opens_nothing(person: Account) -> None:
    client = Client()

    answer = give_password(client, person)

    assert answer.url.startswith("/accounts/2fa/authenticate/")
    assert client.get(HOME).status_code == 302


def test_password_and_code_open_the_site(person: Account) -> None:
    client = signed_in_client(person)

    assert client.get(HOME).status_code == 200
    person.refresh_from_db()
    assert person.last_seen_at is not None


def test_wrong_code_opens_nothing(person: Account) -> None:
    client = Client()
    give_password(client, person)

    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert answer.status_code == 200
    assert client.get(HOME).status_code == 302


def test_person_without_second_factor_is_led_to_set_one_up() -> None:
    client = signed_in_client(accounts.account("BM", second_factor=False))

    answer = client.get("/who-signs-in/")

    assert answer.url == "/my-account/second-factor/"
    assert client.get("/my-account/second-factor/").status_code == 200


def test_person_without_second_factor_sets_up_an_app_and_is_in(django_capture_on_commit_callbacks: Callable) -> None:
    account = accounts.account("BM", second_factor=False)
    client = signed_in_client(account)
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})

    assert answer.url == "/accounts/2fa/recovery-codes/"
    assert client.get("/who-signs-in/").status_code == 200
    stored = Authenticator.objects.get(user=account, type="totp").data["secret"]
    assert secret not in stored
    assert Authenticator.objects.filter(user=account, type="recovery_codes").exists()
    assert Notice.objects.filter(template="account.security_changed", to=account.pk).exists()


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, str]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            name = f"{resolver.namespace}:{entry.name}" if resolver is not None and resolver.namespace else str(entry.name)
            if "<" not in str(entry.pattern) and "(" not in str(entry.pattern):
                yield name, before + str(entry.pattern)
        elif "<" not in str(entry.pattern) and "(" not in str(entry.pattern):
            yield from addresses(entry, before + str(entry.pattern))


def test_without_second_factor_no_address_opens_but_those_that_lead_to_one() -> None:
    client = signed_in_client(accounts.account("BM", second_factor=False))

    opened = {name for name, address in addresses() if client.get(address).status_code == 200}

    assert opened <= gates.OPEN_BEFORE_SECOND_FACTOR


def test_before_the_terms_are_accepted_no_address_opens_but_the_terms() -> None:
    account = accounts.account("BM")
    accounts.terms(account.agency)
    client = signed_in_client(account)

    opened = {name for name, address in addresses() if client.get(address).status_code == 200}

    assert opened <= gates.OPEN_BEFORE_ENTRY


def test_accepting_the_terms_opens_the_site() -> None:
    account = accounts.account("BM")
    terms = accounts.terms(account.agency, text="Look only at what your work needs.")
    client = signed_in_client(account)
    assert "Look only at what your work needs." in client.get("/my-account/terms/").content.decode()

    refused = client.post("/my-account/terms/", {})
    accepted = client.post("/my-account/terms/", {"accepts_terms": "on"})

    assert refused.status_code == 200
    assert accepted.status_code == 302
    assert client.get(HOME).status_code == 200
    assert TermsAcceptance.objects.get(account=account).terms == terms


def test_new_version_of_the_terms_is_asked_for_at_the_next_request() -> None:
    account = accounts.account("BM")
    accounts.terms(account.agency)
    TermsAcceptance.objects.create(account=account, terms=account.agency.terms_of_use.get())
    client = signed_in_client(account)
    assert client.get(HOME).status_code == 200

    publish_terms(account.agency, text="Newer words.", by=accounts.account("BM"))

    assert client.get(HOME).url == "/my-account/terms/"


def test_in_the_example_partnership_a_password_is_enough(settings: Any) -> None:
    settings.IS_DEMO = True
    client = signed_in_client(accounts.account("BM", second_factor=False))

    assert client.get("/who-signs-in/").status_code == 200


class TestSessionLength:
    def later(self, client: Client, **ago: timedelta) -> None:
        """Put what the session remembers back in time."""
        session = client.session
        for key, delta in ago.items():
            session[key] = timezone.now().timestamp() - delta.total_seconds()
        session.save()

    def test_quarter_of_an_hour_without_activity_ends_it(self, person: Account) -> None:
        client = signed_in_client(person)
        client.get(HOME)
        self.later(client, seen_at=timedelta(minutes=15))

        assert client.get(HOME).url == "/signed-out/"
        assert client.get(HOME).url.startswith("/accounts/login/")
        assert client.get("/signed-out/").status_code == 200

    def test_activity_keeps_it_alive(self, person: Account) -> None:
        client = signed_in_client(person)
        client.get(HOME)
        self.later(client, seen_at=timedelta(minutes=14))

        assert client.get(HOME).status_code == 200
        assert timezone.now().timestamp() - client.session["seen_at"] < 5

    def test_ten_hours_end_it_whatever_the_activity(self, person: Account) -> None:
        client = signed_in_client(person)
        client.get(HOME)
        self.later(client, began_at=timedelta(hours=10))

        assert client.get(HOME).url == "/signed-out/"

    def test_cookie_lives_no_longer_than_the_idle_limit(self) -> None:
        assert timedelta(seconds=site_settings.SESSION_COOKIE_AGE) == gates.IDLE_LIMIT

    def test_reading_pages_does_not_write_the_session_each_time(self, person: Account) -> None:
        client = signed_in_client(person)
        client.get(HOME)
        before = client.session["seen_at"]

        client.get(HOME)

        assert client.session["seen_at"] == before


def test_session_gets_a_new_key_at_sign_in(person: Account) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies[site_settings.SESSION_COOKIE_NAME] = planted

    sign_in(client, person)

    assert client.session.session_key != planted


def test_sign_in_is_recorded_and_a_new_device_is_told_of(person: Account) -> None:
    signed_in_client(person)

    assert AuditEvent.objects.order_by("-seq").first().action == "account.signed_in"
    assert Notice.objects.filter(template="account.new_sign_in", to=person.pk).count() == 1
    assert KnownDevice.objects.filter(account=person).count() == 1


def test_known_device_is_not_told_of_again(person: Account, settings: Any) -> None:
    settings.IS_DEMO = True
    Authenticator.objects.filter(user=person).delete()
    client = signed_in_client(person)
    client.post("/accounts/logout/")

    sign_in(client, person)
    assert Notice.objects.filter(template="account.new_sign_in", to=person.pk).count() == 1

    signed_in_client(person)
    assert Notice.objects.filter(template="account.new_sign_in", to=person.pk).count() == 2


def test_all_other_sessions_end_at_a_persons_word(person: Account, settings: Any) -> None:
    settings.IS_DEMO = True
    Authenticator.objects.filter(user=person).delete()
    here, there = signed_in_client(person), signed_in_client(person)
    assert UserSession.objects.filter(user=person).count() == 2

    here.post("/my-account/end-other-sessions/")

    assert there.get(HOME).status_code == 302
    assert here.get(HOME).status_code == 200


@pytest.mark.parametrize("reason", ["not_confirmed", "dormant", "by_hand"])
def test_suspended_person_with_the_right_password_reads_why_they_cannot_come_in(person: Account, reason: str) -> None:
    Account.objects.filter(pk=person.pk).update(is_active=False, suspended_at=timezone.now(), suspended_for=reason)
    client = Client()

    answer = give_password(client, person)

    assert answer.url == "/accounts/inactive/"
    assert client.get("/accounts/inactive/").status_code == 200
    assert client.get(HOME).status_code == 302


def test_suspended_person_with_a_wrong_password_reads_what_everybody_reads(person: Account) -> None:
    Account.objects.filter(pk=person.pk).update(is_active=False, suspended_at=timezone.now(), suspended_for="dormant")

    assert give_password(Client(), person, "wrong words entirely").status_code == 200


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/", "/accounts/3rdparty/", "/accounts/3rdparty/signup/"])
def test_pages_of_the_library_that_would_let_strangers_in_do_not_exist(address: str) -> None:
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"email": "a@hartshire.example", "password1": "x", "password2": "x"}).status_code == 404
