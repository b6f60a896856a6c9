"""Every tampering that is tried is found, and the first bad row is named."""

import os
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from sightline.partnership.audit_trail import guards, trail
from sightline.partnership.audit_trail.chain import BEFORE_THE_FIRST_HASH, BEFORE_THE_FIRST_SIGNATURE, Signer, digest
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.audit_trail.verification import verify
from tests.partnership.audit_trail.conftest import TEXT_COLUMNS, found_after, tampering

TABLE = guards.TABLE
ROWS = 20

# Every bit of 6 rows takes some seconds and of 20 rows a minute (PostgreSQL: ten times that); SIGHTLINE_TAMPERED_ROWS asks for more.
TAMPERED_ROWS = int(os.environ.get("SIGHTLINE_TAMPERED_ROWS", "2" if settings.DATABASE_URL else "6"))


def test_trail_untouched(write_rows: Callable[..., None]) -> None:
    write_rows(ROWS)

    found = verify(pasted_head=trail.head())

    assert (found.ok, found.rows, found.first_bad_seq, found.head) == (True, ROWS, None, trail.head())


def test_trail_empty(db: None, witness_file: Path) -> None:
    assert verify().ok


def test_every_bit_of_every_byte(write_rows: Callable[..., None], request: pytest.FixtureRequest) -> None:
    write_rows(TAMPERED_ROWS)
    rows = list(AuditEvent.objects.values("seq", *TEXT_COLUMNS))
    tried = 0

    with tampering() as cursor:
        for row in rows:
            for column in TEXT_COLUMNS:
                stored = row[column].encode()
                for position in range(len(stored)):
                    for bit in range(8):
                        changed = bytearray(stored)
                        changed[position] ^= 1 << bit
                        if not _write_bytes(cursor, row["seq"], column, bytes(changed)):
                            continue
                        found = verify().first_bad_seq
                        assert found == row["seq"], f"row {row['seq']} {column} byte {position} bit {bit}: found at {found}"
                        tried += 1
                _write_bytes(cursor, row["seq"], column, stored)
        assert verify().why.startswith("The database no longer refuses")
    request.node.user_properties.append(("bit flips found", tried))
    assert tried > TAMPERED_ROWS * 500 * (8 if connection.vendor == "sqlite" else 6)


def _write_bytes(cursor: Any, seq: int, column: str, content: bytes) -> bool:
    """Write raw bytes into a text column; PostgreSQL itself refuses some, which is as good as finding them."""
    if connection.vendor == "sqlite":
        cursor.execute(f"UPDATE {TABLE} SET {column} = CAST(%s AS TEXT) WHERE seq = %s", [content, seq])
        return True
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    if "\0" in text:
        return False
    cursor.execute(f"UPDATE {TABLE} SET {column} = %s WHERE seq = %s", [text, seq])
    return True


@pytest.mark.parametrize("moment", ["2020-01-01 00:00:00.000001", "2020-01-01 00:00:00"])
def test_column_of_the_moment(write_rows: Callable[..., None], moment: str) -> None:
    write_rows(5)

    found = found_after((f"UPDATE {TABLE} SET at = %s WHERE seq = 3", [moment]))

    assert (found.ok, found.first_bad_seq) == (False, 3)


@pytest.mark.parametrize(
    ("statements", "first_bad"),
    [
        ([f"UPDATE {TABLE} SET payload = replace(payload, 'account-1', 'account-2') WHERE seq = 8"], 8),
        ([f"UPDATE {TABLE} SET decision = 'refused' WHERE seq = 8"], 8),
        ([f"DELETE FROM {TABLE} WHERE seq = 8"], 8),
        ([f"DELETE FROM {TABLE} WHERE seq = 1"], 1),
        ([f"DELETE FROM {TABLE} WHERE seq BETWEEN 3 AND 9"], 3),
        ([f"UPDATE {TABLE} SET seq = {new} WHERE seq = {old}" for old, new in ((8, -8), (9, 8), (-8, 9))], 8),
        ([f"UPDATE {TABLE} SET seq = seq + 100 WHERE seq >= 8", f"UPDATE {TABLE} SET seq = seq - 99 WHERE seq >= 108"], 8),
        ([f"INSERT INTO {TABLE} (*) SELECT 0 - seq, * FROM {TABLE} WHERE seq = 8"], 1),
        ([f"INSERT INTO {TABLE} (*) SELECT seq + 13, * FROM {TABLE} WHERE seq = 8"], 21),
        ([f"DELETE FROM {TABLE} WHERE seq > 15"], 16),
        ([f"DELETE FROM {TABLE} WHERE seq = 20"], 20),
        ([f"DELETE FROM {TABLE}"], 1),
    ],
    ids=[
        "edit", "edit-column", "delete", "delete-first", "delete-several", "swap", "move-up", "insert-before", "duplicate",
        "truncate", "truncate-one", "empty",
    ],
)  # fmt: skip
def test_rows(write_rows: Callable[..., None], statements: list[str], first_bad: int) -> None:
    write_rows(ROWS)
    others = ", ".join(field.column for field in AuditEvent._meta.concrete_fields if field.column != "seq")

    found = found_after(*(statement.replace("(*)", f"(seq, {others})").replace("*", others) for statement in statements))

    assert (found.ok, found.first_bad_seq) == (False, first_bad), found.why


def test_truncation_without_the_witness_file(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(ROWS)
    head = trail.head()
    witness_file.unlink()

    found = found_after(f"DELETE FROM {TABLE} WHERE seq > 15", pasted_head=head)

    assert (found.ok, found.first_bad_seq) == (False, 16)


@pytest.mark.parametrize("from_seq", [1, 9, 20])
def test_chain_made_again_without_the_key(write_rows: Callable[..., None], witness_file: Path, from_seq: int) -> None:
    write_rows(ROWS)
    witness_file.unlink()

    with tampering() as cursor:
        _chain_again(cursor, from_seq, Signer(b"\1" * 32))
        found = verify()

    assert (found.ok, found.first_bad_seq) == (False, from_seq)


def test_chain_made_again_with_the_key_against_the_witness(write_rows: Callable[..., None]) -> None:
    write_rows(ROWS)

    with tampering() as cursor:
        _chain_again(cursor, 9, trail.signer())
        found = verify()

    assert (found.ok, found.first_bad_seq) == (False, 9)


def test_chain_made_again_with_the_key_against_a_head_given_out(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(ROWS)
    head = trail.head()
    witness_file.unlink()

    with tampering() as cursor:
        _chain_again(cursor, 9, trail.signer())
        found = verify(pasted_head=head)

    assert (found.ok, found.first_bad_seq) == (False, 20)


def _chain_again(cursor: Any, from_seq: int, signer: Signer) -> None:
    """Change a row and make every hash and signature after it fit again."""
    before = AuditEvent.objects.filter(seq=from_seq - 1).values_list("hash", "signature").first()
    last_hash, last_signature = before or (BEFORE_THE_FIRST_HASH, BEFORE_THE_FIRST_SIGNATURE)
    for event in AuditEvent.objects.filter(seq__gte=from_seq).order_by("seq"):
        payload = event.payload.replace('"rule":"K2 BM A:LRCEM"', '"rule":"K2 SC A:LR"') if event.seq == from_seq else event.payload
        row_hash = digest(event.seq, last_hash, last_signature, payload.encode())
        signature = signer.sign(row_hash)
        cursor.execute(
            f"UPDATE {TABLE} SET payload = %s, prev_hash = %s, hash = %s, signature = %s WHERE seq = %s",
            [payload, last_hash, row_hash, signature, event.seq],
        )
        last_hash, last_signature = row_hash, signature


def test_older_database_put_back(write_rows: Callable[..., None]) -> None:
    write_rows(12)
    with tampering() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE seq > 7")
        for statement in guards.put_up(connection.vendor):
            cursor.execute(statement)
        assert verify().first_bad_seq == 8

        write_rows(9)
        found = verify()

    assert (found.ok, found.first_bad_seq) == (False, 8)


def test_witness_line_damaged(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(6)
    lines = witness_file.read_bytes().splitlines(keepends=True)

    witness_file.write_bytes(b"".join([*lines[:3], b"3 what\n", *lines[3:]]))

    found = verify()
    assert (found.ok, found.first_bad_seq) == (False, None)
    assert "Line 4 of the witness file" in found.why


@pytest.mark.parametrize("left", [b"7", b"7 ab", b"7 " + b"a" * 63, b"\0\0\0"])
def test_witness_line_torn_by_a_full_disk(write_rows: Callable[..., None], witness_file: Path, left: bytes) -> None:
    write_rows(6)

    with witness_file.open("ab") as file:
        file.write(left + b"\n")

    assert verify().ok


def test_witness_that_lags_or_is_out_of_order(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(ROWS)
    lines = witness_file.read_text().splitlines(keepends=True)[:15]
    random.Random(7).shuffle(lines)

    witness_file.write_text("".join(lines))

    assert verify().ok


def test_witness_line_changed_out_of_order(write_rows: Callable[..., None], witness_file: Path) -> None:
    write_rows(ROWS)
    lines = witness_file.read_text().splitlines(keepends=True)
    late = lines.pop(3)

    witness_file.write_text("".join([*lines, late[:-5] + ("0000" if late[-5:-1] != "0000" else "1111") + "\n"]))

    assert verify().first_bad_seq == 4


def test_guards_gone(write_rows: Callable[..., None]) -> None:
    write_rows(3)

    with tampering():
        found = verify()

    assert (found.ok, found.first_bad_seq) == (False, None)
    assert "audit_event_no_update" in found.why


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET decision = 'x' WHERE seq = 1",
        f"DELETE FROM {TABLE} WHERE seq = 1",
        f"DELETE FROM {TABLE}",
        pytest.param(f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1", marks=pytest.mark.sqlite_only),
    ],
)
def test_database_refuses(write_rows: Callable[..., None], statement: str) -> None:
    write_rows(3)

    with pytest.raises(DatabaseFailure, match=guards.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert verify().ok


def test_postgresql_refuses_to_truncate(write_rows: Callable[..., None]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the embedded database has no TRUNCATE")
    write_rows(3)

    with pytest.raises(DatabaseFailure, match=guards.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE}")


def test_clock_set_back_is_remarked(write_rows: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(3)
    monkeypatch.setattr(trail, "datetime", _Yesterday)
    write_rows(1)

    found = verify()

    assert found.ok
    assert found.remarks == ("The server's clock was set back before row 4.",)


class _Yesterday:
    @staticmethod
    def now(zone: Any) -> Any:
        return datetime.now(zone) - timedelta(days=1)
