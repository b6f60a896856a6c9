"""What letters say, and to whom they are no longer sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts.models import Account, Invitation, SuspendedFor
from sightline.partnership.accounts.workflow import invite
from sightline.partnership.notices import outbox
from sightline.partnership.notices.delivery import deliver_due
from sightline.partnership.notices.models import Notice, State
from sightline.site.notice_handlers import HANDLERS, NoHandler, compose
from tests.factories import accounts, agencies, matters

pytestmark = pytest.mark.django_db

OF_MATTERS = [template for template in HANDLERS if template.startswith("need_to_know.")]
OF_THE_READER = ["account.password_reset", "account.new_sign_in", "account.security_changed"]


@pytest.fixture(autouse=True)
def _witness(tmp_path: Any, settings: Any) -> None:
    settings.AUDIT_WITNESS = tmp_path / "audit.heads"


@pytest.fixture
def invitation() -> Invitation:
    manager = accounts.account("BM")
    accounts.terms(manager.agency)
    officer = agencies.officer("Example Newcomer", of=manager.agency)
    return invite(officer, email="newcomer@hartshire.example", role_codes=["PM"], by=manager)


def suspend(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False, suspended_at=timezone.now(), suspended_for=SuspendedFor.BY_HAND)


def test_invitation_has_a_link_that_works(client: Client, invitation: Invitation) -> None:
    message = compose(Notice.objects.get(template="account.invitation"))

    assert message is not None
    assert message.to == "newcomer@hartshire.example"
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_invitation_that_is_no_longer_open(invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    deliver_due(compose)

    assert Notice.objects.get(template="account.invitation").state == State.WITHDRAWN


@pytest.mark.parametrize("template", OF_THE_READER)
def test_letter_about_the_readers_account(template: str) -> None:
    account = accounts.account("PM")
    notice = outbox.queue(template, to=account.pk)

    message = compose(notice)

    assert message is not None
    assert message.to == account.email
    assert account.name not in message.marked_subject + message.marked_body
    suspend(account)
    assert compose(notice) is None


def test_password_link_opens(client: Client) -> None:
    message = compose(outbox.queue("account.password_reset", to=accounts.account("PM").pk))

    assert message is not None
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    answer = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    assert answer.status_code == 200
    assert "password" in answer.content.decode().lower()


def test_letter_to_a_suspended_account() -> None:
    account = accounts.account("PM")
    notice = outbox.queue("account.suspended", to=account.pk)
    assert compose(notice) is None

    suspend(account)

    message = compose(notice)
    assert message is not None
    assert message.to == account.email


def test_letter_about_an_account_to_be_confirmed() -> None:
    lead = accounts.account("AL")
    colleague, stranger = accounts.account("PM", of=lead.agency), accounts.account("PM")

    assert compose(outbox.queue("account.confirmation_due", to=lead.pk, about=colleague.pk))
    assert compose(outbox.queue("account.confirmation_due", to=lead.pk, about=stranger.pk)) is None


@pytest.mark.parametrize("template", OF_MATTERS)
def test_letter_about_a_matter(template: str) -> None:
    manager, member = accounts.account("BM"), accounts.account("PM")
    matter = matters.matter(member, by=manager)
    notice = outbox.queue(template, to=member.pk, matter_id=matter.pk)

    message = compose(notice)

    assert message is not None
    assert message.marked_subject.startswith("OFFICIAL-SENSITIVE: ")
    assert matter.reference not in message.marked_subject + message.marked_body
    matters.conflict(matter, member, by=accounts.account("IG"))
    assert compose(notice) is None


def test_letter_nobody_can_write_waits() -> None:
    notice = outbox.queue("nobody.knows", to="01A")
    with pytest.raises(NoHandler):
        compose(notice)

    deliver_due(compose)

    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.QUEUED, "NoHandler")
