"""The demo's messages, and whether letters have gone."""

from typing import Any

import pytest
from django.test import Client

from sightline.partnership.notices import outbox
from sightline.partnership.notices.models import Notice, SentMessage, State
from tests.factories import accounts, matters

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.IS_DEMO = True


def kept(to: str, **fields: Any) -> SentMessage:
    return SentMessage.objects.create(to_address=to, subject="OFFICIAL: Example subject", body="See http://localhost:8000/x/", **fields)


def about(matter_id: str) -> Notice:
    return outbox.queue("case_reviews.decided", to="01A", matter_id=matter_id)


def test_own_messages(client: Client, demo: None) -> None:
    account = accounts.account("PM")
    client.force_login(account)
    mine, other = kept(account.email), kept("other@hartshire.example")

    assert list(client.get("/messages/").context["page"].rows) == [mine]
    assert 'href="http://localhost:8000/x/"' in client.get(f"/messages/{mine.pk}/").content.decode()
    assert client.get(f"/messages/{other.pk}/").status_code == 404


def test_own_message_about_a_matter_kept_from_its_reader(client: Client, demo: None) -> None:
    account, matter = accounts.account("PM"), matters.matter()
    client.force_login(account)
    message = kept(account.email, notice=about(matter.pk))
    matters.conflict(matter, account, by=accounts.account("IG"))

    assert client.get("/messages/").context["page"].rows == ()
    assert client.get(f"/messages/{message.pk}/").status_code == 404


def test_all_messages_need_no_account(client: Client, demo: None) -> None:
    invitation, of_a_matter = kept("new@hartshire.example"), kept("new@hartshire.example", notice=about(matters.matter().pk))

    assert list(client.get("/messages/all/").context["page"].rows) == [invitation]
    assert client.get(f"/messages/all/{invitation.pk}/").status_code == 200
    assert client.get(f"/messages/all/{of_a_matter.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/messages/", "/messages/all/", "/messages/01A/", "/messages/all/01A/"])
def test_messages_outside_the_demo(client: Client, address: str) -> None:
    client.force_login(accounts.account("BM"))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["BM", "SA"])
def test_deliveries(client: Client, role: str) -> None:
    client.force_login(accounts.account(role))
    person = accounts.account("PM")
    outbox.queue("account.new_sign_in", to=person.pk)
    outbox.queue("account.new_sign_in", to="01GONE")

    answer = client.get("/letters/")

    assert {row["to"] for row in answer.context["rows"]} == {person.name, "Somebody who has left"}
    assert "new_sign_in" not in answer.content.decode()
    assert ("Waiting", 2, "blue") in answer.context["counts"]


@pytest.mark.parametrize("role", ["AL", "PM", "IG", "SU", "BO", "PC"])
def test_deliveries_refused(client: Client, role: str) -> None:
    client.force_login(accounts.account(role))

    assert client.get("/letters/").status_code == 404


def test_deliveries_about_a_matter_kept_from_the_reader(client: Client) -> None:
    manager, matter = accounts.account("BM"), matters.matter()
    client.force_login(manager)
    about(matter.pk)
    matters.conflict(matter, manager, by=accounts.account("IG"))

    answer = client.get("/letters/")

    assert answer.context["rows"] == []
    assert ("Waiting", 0, "blue") in answer.context["counts"]


def test_letter_given_up_is_sent_again(client: Client) -> None:
    client.force_login(accounts.account("SA"))
    notice = outbox.queue("account.new_sign_in", to="01A")
    Notice.objects.update(state=State.FAILED, attempts=90)

    answer = client.post(f"/letters/{notice.pk}/again/")

    notice.refresh_from_db()
    assert (answer.status_code, notice.state, notice.attempts) == (302, State.QUEUED, 0)
    assert client.post(f"/letters/{notice.pk}/again/").status_code == 404
