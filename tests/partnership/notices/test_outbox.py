"""Putting a letter into the outbox."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from sightline.partnership.notices import outbox
from sightline.partnership.notices.models import Notice, State


def test_letter_queued(db: None) -> None:
    notice = outbox.queue("account.invitation", to="invitation:01A", about="01A", matter_id="01M")

    assert (notice.state, notice.attempts, notice.about, notice.matter_id) == (State.QUEUED, 0, "01A", "01M")
    assert notice.message_id == f"<{notice.pk}@localhost>"


def test_letter_of_a_move_that_fails(db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.queue("account.invitation", to="01A")
        raise ZeroDivisionError

    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [{"to": "somebody@example.org"}, {"to": ""}, {"to": "01A", "about": "Example Child"}, {"to": "01A", "matter_id": "the Example family"}],
)
def test_names_and_addresses_are_refused(db: None, facts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="ids only"):
        outbox.queue("account.invitation", **facts)


def test_letter_outside_a_transaction(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(RuntimeError, match="inside the transaction"):
        outbox.queue("account.invitation", to="01A")
