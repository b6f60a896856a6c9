"""What a row holds, and that nothing is shown or done without one."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from sightline.partnership.audit_trail import asking, trail, witness
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.audit_trail.verification import verify


@pytest.fixture
def account() -> SimpleNamespace:
    return SimpleNamespace(pk="01ACCOUNT", agency=SimpleNamespace(pk="01AGENCY"), email="nobody@example.org")


def test_row_of_a_move(db: None, witness_file: Path, account: SimpleNamespace) -> None:
    thing = SimpleNamespace(pk="01INCIDENT", matter_id="01MATTER")

    event = trail.record("incident.raised", thing, by=account, kind="K3", rule="K3 AL O:RCE", fields=("core", "children"))

    written = json.loads(event.payload)
    assert (event.seq, event.actor_id, event.agency_id, event.object_id, event.matter_id) == (
        1,
        "01ACCOUNT",
        "01AGENCY",
        "01INCIDENT",
        "01MATTER",
    )
    assert written["fields"] == ["children", "core"]
    assert "example.org" not in event.payload


@pytest.mark.parametrize("by", [None, "system", SimpleNamespace(pk=None), SimpleNamespace()])
def test_row_by_somebody_who_is_no_account(db: None, witness_file: Path, by: Any) -> None:
    event = trail.record("duty.done", by=by)

    assert event.actor_id == (by if isinstance(by, str) else "")
    assert event.agency_id == ""


def test_row_of_a_request(db: None, witness_file: Path, account: SimpleNamespace) -> None:
    session = asking.session_digest("a-session-key")

    with asking.during(asking.Asking("req-1", session)):
        event = trail.record("page.opened", by=account)

    written = json.loads(event.payload)
    assert (written["request"], written["session"]) == ("req-1", session)
    assert "a-session-key" not in event.payload


@pytest.mark.parametrize(
    "facts",
    [
        {"action": "Read the file of Example Child"},
        {"by": "somebody@example.org"},
        {"thing": "Example Child"},
        {"matter_id": "KX7 4QD of Example Child"},
        {"fields": ("given name is Example",)},
        {"rule": "asked by somebody@example.org"},
        {"kind": "case"},
    ],
)
def test_names_and_values_are_refused(db: None, witness_file: Path, facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="audit trail holds"):
        trail.record(facts.pop("action", "page.opened"), facts.pop("thing", None), **({"by": None} | facts))

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=False)
def test_move_outside_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "connection", SimpleNamespace(in_atomic_block=False))

    with pytest.raises(RuntimeError, match="inside the transaction"):
        trail.record("page.opened", by=None)


def test_reading_is_committed_at_once(
    db: None, witness_file: Path, account: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        event = trail.record_reading("incident.read", SimpleNamespace(pk="01"), by=account, kind="K3", matter_id="01MATTER")

    assert witness_file.read_text() == f"{event.seq} {event.hash}\n"


def test_reading_inside_another_transaction(db: None, witness_file: Path, account: SimpleNamespace) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        trail.record_reading("incident.read", None, by=account, kind="K3")


@pytest.mark.parametrize("failure", [OperationalError("database or disk is full"), OSError(28, "No space left on device")])
def test_reading_when_the_database_fails(
    db: None, witness_file: Path, account: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise failure

    monkeypatch.setattr(AuditEvent, "save", fail)
    shown = []

    with pytest.raises(trail.AuditUnavailable, match="cannot show it"):
        trail.record_reading("incident.read", None, by=account, kind="K3")
        shown.append("something")

    assert shown == []


@pytest.mark.sqlite_only
def test_reading_when_the_disk_is_full(write_rows: Callable[..., None], account: SimpleNamespace) -> None:
    write_rows(3)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count")
        (usual,) = cursor.fetchone()
        cursor.execute("PRAGMA max_page_count = 1")  # as many pages as there are now, and not one more

    try:
        with pytest.raises(trail.AuditUnavailable):
            for _ in range(10_000):
                trail.record_reading("incident.read", None, by=account, kind="K3")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {usual}")

    assert verify().ok


def test_reading_when_nothing_can_be_written(write_rows: Callable[..., None], account: SimpleNamespace) -> None:
    write_rows(3)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY" if connection.vendor == "postgresql" else "PRAGMA query_only = 1")

    try:
        with pytest.raises(trail.AuditUnavailable):
            trail.record_reading("incident.read", None, by=account, kind="K3")
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = 0")

    assert AuditEvent.objects.count() == 3


def test_move_when_the_row_cannot_be_written(
    db: None, witness_file: Path, write_rows: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database or disk is full")

    write_rows(2)
    monkeypatch.setattr(AuditEvent, "save", fail)

    with pytest.raises(OperationalError), transaction.atomic():
        trail.record("incident.raised", by=None)

    assert AuditEvent.objects.count() == 2


def test_witness_file_that_cannot_be_written(
    db: None, settings: Any, tmp_path: Path, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    (tmp_path / "in the way").write_text("")
    settings.AUDIT_WITNESS = tmp_path / "in the way" / "audit.heads"

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        trail.record("incident.raised", by=None)

    assert AuditEvent.objects.count() == 1
    assert "witness file could not be written" in caplog.text


def test_witness_file_is_private(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(1)

    assert witness_file.stat().st_mode & 0o077 == 0


def test_witness_file_set_aside(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(1)

    kept = witness.set_aside(witness_file, now=AuditEvent.objects.get().at)

    assert kept is not None
    assert kept.exists()
    assert not witness_file.exists()
    assert witness.set_aside(witness_file, now=AuditEvent.objects.get().at) is None
