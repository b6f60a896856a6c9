"""Pages for those who look after accounts, and a person's own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts import tokens
from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.accounts.workflow import invite
from tests.factories import accounts, agencies

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
READERS = {"BM", "BO", "DSP", "AL", "SC", "IG", "SA", "SU"}
MANAGERS = {"BM", "SA", "AL"}


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def manager() -> Account:
    return accounts.account("BM")


@pytest.mark.parametrize(
    "role", ["BM", "BO", "DSP", "PC", "PM", "AL", "AC", "AU", "IR", "SC", "AN", "IG", "LG", "TR", "IN", "SA", "SU", "PUB", "KIN"]
)
class TestEachRole:
    def test_sees_the_list_or_the_one_refusal(self, role: str) -> None:
        client = client_of(accounts.account(role))

        refused, never = client.get("/who-signs-in/"), client.get("/no-such-page/")

        assert refused.status_code == (200 if role in READERS else 404)
        if role not in READERS:
            assert refused.content == never.content

    def test_invites_or_meets_the_one_refusal(self, role: str) -> None:
        assert client_of(accounts.account(role)).get("/who-signs-in/invite/").status_code == (200 if role in MANAGERS else 404)

    def test_sees_another_agencys_account_only_when_it_sees_all(self, role: str) -> None:
        stranger = accounts.account("AC")

        status = client_of(accounts.account(role)).get(f"/who-signs-in/{stranger.pk}/").status_code

        assert status == (200 if role in READERS - {"AL"} else 404)

    def test_changes_nobody_elses_account_unless_it_manages_all(self, role: str) -> None:
        stranger = accounts.account("AC")

        status = client_of(accounts.account(role)).post(f"/who-signs-in/{stranger.pk}/suspend/").status_code

        stranger.refresh_from_db()
        assert (status, stranger.is_active) == ((302, False) if role in MANAGERS - {"AL"} else (404, True))


def test_lead_sees_and_keeps_their_own_agencys_people() -> None:
    agency = agencies.agency()
    lead, member, stranger = accounts.account("AL", of=agency), accounts.account("AC", of=agency), accounts.account("AC")
    client = client_of(lead)

    page = client.get("/who-signs-in/").content.decode()

    assert member.email in page
    assert stranger.email not in page
    assert client.post(f"/who-signs-in/{member.pk}/confirm/").status_code == 302
    offered = [code for code, _ in client.get(f"/who-signs-in/{member.pk}/give-role/").context["form"].fields["role"].choices]
    assert offered == ["AL"]


def test_person_is_invited_joins_and_is_led_to_a_second_factor(manager: Account) -> None:
    agency = agencies.agency("Invented Trust")
    officer = agencies.officer("Example Newcomer", of=agency)
    terms = accounts.terms(agency)

    answer = client_of(manager).post(
        "/who-signs-in/invite/", {"officer": officer.pk, "email": "new@hartshire.example", "role_codes": ["AC", "PM"]}
    )
    invitation = Invitation.objects.get()
    guest = Client()
    page = guest.get(f"/join/{tokens.token_of(invitation)}/").content.decode()
    said = {"password": "quite a long sentence", "password_again": "quite a long sentence", "accepts_terms": "on"}
    joined = guest.post(f"/join/{tokens.token_of(invitation)}/", said)

    assert answer.url == "/who-signs-in/"
    assert "Invented Trust" in page
    assert terms.text in page
    assert joined.status_code == 302
    assert guest.get("/my-account/").url == "/my-account/second-factor/"
    assert Account.objects.get(email="new@hartshire.example").role_codes(timezone.localdate()) == {"AC", "PM"}


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"password": "short", "password_again": "short", "accepts_terms": "on"}, "too short"),
        ({"password": "quite a long sentence", "password_again": "another long one", "accepts_terms": "on"}, "same password twice"),
        ({"password": "quite a long sentence", "password_again": "quite a long sentence"}, "Accept the terms"),
        ({"accepts_terms": "on"}, "Choose a password"),
    ],
)
def test_joining_says_what_is_missing(manager: Account, said: dict[str, str], error: str) -> None:
    agency = agencies.agency()
    accounts.terms(agency)
    invitation = invite(agencies.officer(of=agency), email="new@hartshire.example", role_codes=["AC"], by=manager)

    page = Client().post(f"/join/{tokens.token_of(invitation)}/", said)

    assert error in page.content.decode()
    assert not Account.objects.filter(email="new@hartshire.example").exists()


def test_every_link_that_does_not_work_looks_the_same(manager: Account) -> None:
    agency = agencies.agency()
    accounts.terms(agency)
    invitations = [invite(agencies.officer(of=agency), email=f"n{n}@hartshire.example", role_codes=["AC"], by=manager) for n in range(2)]
    links = [tokens.token_of(invitation) for invitation in invitations]
    Invitation.objects.filter(pk=invitations[0].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    Invitation.objects.filter(pk=invitations[1].pk).update(revoked_at=timezone.now(), revoked_by=manager)

    answers = [Client().get(f"/join/{link}/") for link in [*links, links[0] + "x", "nonsense"]]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_role_is_given_and_ended_in_pages(manager: Account) -> None:
    member, client = accounts.account("AC"), client_of(manager)

    client.post(f"/who-signs-in/{member.pk}/give-role/", {"role": "PM"})
    assert member.role_codes(timezone.localdate()) == {"AC", "PM"}
    client.post(f"/who-signs-in/roles/{member.role_holdings.get(role='PM').pk}/end/")

    assert member.role_codes(timezone.localdate()) == {"AC"}


def test_form_says_why_a_role_cannot_be_given(manager: Account) -> None:
    member = accounts.account("AC")

    page = client_of(manager).post(f"/who-signs-in/{member.pk}/give-role/", {"role": "SA"}).content.decode()

    assert "cannot be held together" in page


def test_account_is_closed_in_a_page(manager: Account) -> None:
    member = accounts.account("AC")

    answer = client_of(manager).post(f"/who-signs-in/{member.pk}/close/", {"reason": "Left the agency"})

    member.refresh_from_db()
    assert answer.url == f"/who-signs-in/{member.pk}/"
    assert member.closed_at is not None
    assert "Closed" in client_of(manager).get(answer.url).content.decode()


def test_own_page_offers_nothing_against_oneself(manager: Account) -> None:
    page = client_of(manager).get(f"/who-signs-in/{manager.pk}/")

    assert page.context["manages"] is False
    assert client_of(manager).post(f"/who-signs-in/{manager.pk}/give-role/", {"role": "PM"}).status_code == 404
    assert client_of(manager).post(f"/who-signs-in/{manager.pk}/confirm/").status_code == 404


def test_buttons_work_by_post_alone(manager: Account) -> None:
    member = accounts.account("AC")

    assert client_of(manager).get(f"/who-signs-in/{member.pk}/suspend/").status_code == 405


def test_terms_are_published_and_listed(manager: Account) -> None:
    client, agency = client_of(manager), agencies.agency("Invented Trust")

    client.post("/terms-of-use/publish/", {"agency": agency.pk, "text": "Look only at what your work needs."})
    client.post("/terms-of-use/publish/", {"agency": agency.pk, "text": "Newer words."})

    assert agency.terms_of_use.first().version == 2
    assert "Invented Trust" in client.get("/terms-of-use/").content.decode()


def test_lead_publishes_terms_for_their_own_agency_alone() -> None:
    lead, other = accounts.account("AL"), agencies.agency()
    client = client_of(lead)

    refused = client.post("/terms-of-use/publish/", {"agency": other.pk, "text": "Words."})

    assert refused.context["form"].errors
    assert not other.terms_of_use.exists()
    assert list(client.get("/terms-of-use/").context["rows"]) == [(lead.agency, None)]


def test_my_account_shows_what_is_kept() -> None:
    account = accounts.account("AC", training_valid_until=timezone.localdate() - timedelta(days=1))

    page = client_of(account).get("/my-account/").content.decode()

    assert account.email in page
    assert "Agency contributor" in page
    assert "Your training is not in date" in page


def test_training_recorded_by_another_person(manager: Account) -> None:
    member = accounts.account("AC", training_valid_until=None)

    client_of(manager).post(
        f"/who-signs-in/{member.pk}/training/", {"valid_until_day": "1", "valid_until_month": "2", "valid_until_year": "2090"}
    )

    member.refresh_from_db()
    assert member.training_valid_until.year == 2090
