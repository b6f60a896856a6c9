"""A trail of a few rows in the test's own transaction, and the tools of somebody who tampers with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from sightline.partnership.audit_trail import guards, trail
from sightline.partnership.audit_trail.verification import Verification, verify

TEXT_COLUMNS = (
    "payload",
    "prev_hash",
    "hash",
    "signature",
    "actor_id",
    "agency_id",
    "action",
    "kind",
    "object_id",
    "matter_id",
    "decision",
)


@pytest.fixture
def witness_file(tmp_path: Path, settings: Any) -> Path:
    settings.AUDIT_WITNESS = tmp_path / "witness" / "audit.heads"
    return settings.AUDIT_WITNESS


@pytest.fixture
def write_rows(db: None, witness_file: Path, django_capture_on_commit_callbacks: Any) -> Callable[..., None]:
    """Write rows, each as if it were committed by itself."""

    def write(count: int, **facts: Any) -> None:
        for number in range(count):
            given = {"by": f"account-{number % 3}", "kind": "K2", "matter_id": f"matter-{number % 4}", "rule": "K2 BM A:LRCEM"} | facts
            with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
                trail.record("matter.opened", f"thing-{number}", fields=("core",), **given)

    return write


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor for one who may do anything to the database; everything is undone afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in guards.take_down(connection.vendor):
                cursor.execute(statement)
            yield cursor
        transaction.set_rollback(True)


def found_after(*statements: tuple[str, list[Any]] | str, **how: Any) -> Verification:
    """What verification finds when the guards are put up again after the tampering."""
    with tampering() as cursor:
        for statement in statements:
            cursor.execute(*([statement] if isinstance(statement, str) else statement))
        for statement in guards.put_up(connection.vendor):
            cursor.execute(statement)
        return verify(**how)
