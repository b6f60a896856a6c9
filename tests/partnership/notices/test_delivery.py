"""Sending what waits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from sightline.partnership.notices import delivery, outbox
from sightline.partnership.notices.message import OFFICIAL_SENSITIVE, Message
from sightline.partnership.notices.models import Notice, SentMessage, State


@pytest.fixture
def notice(db: None) -> Notice:
    return outbox.queue("account.invitation", to="01A")


def letter(notice: Notice) -> Message:
    return Message(to="somebody@example.org", subject="Something waits for you", body="Sign in to see it.")


def not_permitted(notice: Notice) -> None:
    return None


def test_letter_sent(notice: Notice) -> None:
    assert delivery.deliver_due(letter) == 1

    notice.refresh_from_db()
    (sent,) = mail.outbox
    assert (notice.state, notice.attempts, notice.lease_until) == (State.SENT, 1, None)
    assert sent.recipients() == ["somebody@example.org"]
    assert sent.subject == "OFFICIAL: Something waits for you"
    assert sent.body.startswith("OFFICIAL\n\nSign in to see it.\n")
    assert sent.message()["Message-ID"] == notice.message_id
    assert delivery.deliver_due(letter) == 0


def test_letter_to_somebody_who_may_no_longer_be_told(notice: Notice) -> None:
    delivery.deliver_due(not_permitted)

    notice.refresh_from_db()
    assert notice.state == State.WITHDRAWN
    assert mail.outbox == []


def test_letter_for_later(db: None) -> None:
    outbox.queue("account.invitation", to="01A", not_before=timezone.now() + timedelta(hours=1))

    assert delivery.deliver_due(letter) == 0


def test_letter_that_the_server_does_not_take(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch)

    delivery.deliver_due(letter)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == (State.QUEUED, 1, "ConnectionRefusedError")
    assert notice.not_before > timezone.now() + timedelta(seconds=15)


def test_letter_that_cannot_be_composed(notice: Notice) -> None:
    def faulty(notice: Notice) -> Message:
        raise LookupError("Example Child")

    delivery.deliver_due(faulty)

    notice.refresh_from_db()
    assert (notice.state, notice.last_error) == (State.QUEUED, "LookupError")


def test_letter_given_up_and_sent_again(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    Notice.objects.update(attempts=delivery.MOST_ATTEMPTS - 1)
    with monkeypatch.context() as context:
        _refuse(context)
        delivery.deliver_due(letter)
    notice.refresh_from_db()
    assert notice.state == State.FAILED

    outbox.send_again(notice)
    delivery.deliver_due(letter)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, len(mail.outbox)) == (State.SENT, 1, 1)


def test_letter_whose_sender_died(notice: Notice) -> None:
    now = timezone.now()
    assert delivery.claim(at=now) == notice
    assert delivery.claim(at=now) is None

    again = delivery.claim(at=now + timedelta(minutes=3))

    assert again is not None
    assert (again.pk, again.attempts, again.message_id) == (notice.pk, 2, notice.message_id)


def test_sender_slower_than_its_lease(notice: Notice) -> None:
    now = timezone.now()
    slow = delivery.claim(at=now)
    quick = delivery.claim(at=now + timedelta(minutes=3))
    assert slow is not None
    assert quick is not None
    delivery.deliver(quick, letter)

    delivery.deliver(slow, not_permitted)

    notice.refresh_from_db()
    assert notice.state == State.SENT


def test_faulty_letter_does_not_hold_up_the_others(notice: Notice) -> None:
    other = outbox.queue("account.invitation", to="01B")

    def faulty_for_one(notice: Notice) -> Message:
        if notice.to == "01A":
            raise LookupError
        return letter(notice)

    assert delivery.deliver_due(faulty_for_one) == 2

    other.refresh_from_db()
    assert other.state == State.SENT


def test_pauses_double_to_an_hour() -> None:
    pauses = [delivery.pause_after(attempts).total_seconds() for attempts in (1, 2, 5, 30)]

    assert [22 <= pauses[0] <= 30, 45 <= pauses[1] <= 60, 360 <= pauses[2] <= 480, 2700 <= pauses[3] <= 3600] == [True] * 4


@pytest.mark.parametrize(
    "to",
    [
        "a@example.org, b@example.org", "a@example.org;b@example.org", "A Person <a@example.org>", "a@example.org\nBcc: b@example.org",
        "a@example.org b@example.org", "", "nobody",
    ],
)  # fmt: skip
def test_message_to_more_or_less_than_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="exactly one address"):
        Message(to=to, subject="A subject", body="A text")


@pytest.mark.parametrize("subject", ["one\ntwo", "one\rBcc: b@example.org"])
def test_message_with_two_lines_of_subject(subject: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        Message(to="a@example.org", subject=subject, body="A text")


def test_message_marked_higher() -> None:
    assert Message(to="a@example.org", subject="S", body="B", marking=OFFICIAL_SENSITIVE).marked_subject == "OFFICIAL-SENSITIVE: S"


def test_demo_keeps_its_messages_once(notice: Notice, settings: Any) -> None:
    settings.EMAIL_BACKEND = "sightline.partnership.notices.kept_mail.KeptMailBackend"
    delivery.deliver_due(letter)
    Notice.objects.update(state=State.QUEUED, sent_at=None)

    delivery.deliver_due(letter)

    (kept,) = SentMessage.objects.all()
    assert (kept.to_address, kept.subject, kept.notice_id) == ("somebody@example.org", "OFFICIAL: Something waits for you", notice.pk)


def test_demo_keeps_messages_of_the_sign_in_library(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "sightline.partnership.notices.kept_mail.KeptMailBackend"

    mail.send_mail("A subject", "A text", None, ["somebody@example.org"])

    assert SentMessage.objects.get().notice is None


def _refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Callable[..., None]:
        raise ConnectionRefusedError("mail.example.org")

    monkeypatch.setattr(delivery, "get_connection", refuse)
