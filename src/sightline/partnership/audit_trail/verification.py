"""Proving the audit trail whole: every row against the one before it, its columns, its signature and the witness."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection, transaction

from sightline.partnership.audit_trail import guards, trail, witness
from sightline.partnership.audit_trail.chain import BEFORE_THE_FIRST_HASH, BEFORE_THE_FIRST_SIGNATURE, digest, is_signed
from sightline.partnership.audit_trail.models import VerificationRun

SIGNATURE_EVERY: Final = 1_000
"""A signature costs as much to check as ten rows; those between are in the hash of the row after, so none can be changed unseen."""

PAGE: Final = 5_000

_COPIES: Final = {
    "actor_id": "actor",
    "agency_id": "agency",
    "action": "action",
    "kind": "kind",
    "object_id": "object",
    "matter_id": "matter",
    "decision": "decision",
}
"""Which column must repeat which part of the payload."""

_COLUMNS: Final = ("payload", "prev_hash", "hash", "signature", *_COPIES)

_OTHER_ROW: Final = "Row {} is not the row that the witness file noted: an older or other trail was put in its place."


@dataclass(frozen=True)
class Verification:
    """How a verification ended: whole or not, how many rows were read, and in a sentence what is wrong and where."""

    ok: bool
    rows: int
    first_bad_seq: int | None
    why: str
    head: tuple[int, str] = (0, BEFORE_THE_FIRST_HASH)
    remarks: tuple[str, ...] = ()


@dataclass
class _Reading:
    """Where the reading of the trail stands."""

    seq: int = 0
    hash: str = BEFORE_THE_FIRST_HASH
    signature: str = BEFORE_THE_FIRST_SIGNATURE
    at: str = ""
    rows: int = 0
    clock_set_back_at: list[int] = field(default_factory=list)
    unchecked_signatures: list[tuple[int, str, str]] = field(default_factory=list)


class _Broken(Exception):
    """The first thing that is wrong."""

    def __init__(self, seq: int | None, why: str) -> None:
        super().__init__(why)
        self.seq, self.why = seq, why


def verify(*, pasted_head: tuple[int, str] | None = None, witness_file: Path | None = None) -> Verification:
    """Read the whole trail and find the first row that is not as it was written."""
    seen = _Witness(witness_file or Path(settings.AUDIT_WITNESS))
    reading = _Reading()
    public_key = trail.signer().public_key
    try:
        for row in _rows():
            _check_row(row, reading, public_key)
            seen.compare(reading.seq, reading.hash)
            if pasted_head and reading.seq == pasted_head[0] and reading.hash != pasted_head[1]:
                raise _Broken(reading.seq, f"Row {reading.seq} is not the row that the given head was taken from.")
        _check_signatures(reading, public_key)
        seen.compare_the_rest(reading.seq)
        if pasted_head and pasted_head[0] > reading.seq:
            raise _Broken(reading.seq + 1, f"The trail ends at row {reading.seq}, but a head of row {pasted_head[0]} was given out.")
        if gone := guards.missing(connection):
            raise _Broken(None, f"The database no longer refuses changes to the audit trail: {', '.join(gone)} is missing or altered.")
    except _Broken as broken:
        return Verification(False, reading.rows, broken.seq, broken.why, (reading.seq, reading.hash))
    remarks = tuple(f"The server's clock was set back before row {seq}." for seq in reading.clock_set_back_at[:20])
    return Verification(
        True, reading.rows, None, f"All {reading.rows:,} rows are whole and in order.", (reading.seq, reading.hash), remarks
    )


def verify_and_keep(*, now: datetime) -> VerificationRun:
    """Verify, and keep the outcome for the people who look after the trail."""
    found = verify()
    return VerificationRun.objects.create(
        verified_at=now, is_whole=found.ok, rows=found.rows, first_bad_seq=found.first_bad_seq, why=found.why[:400]
    )


def _check_row(row: tuple[Any, ...], reading: _Reading, public_key: Ed25519PublicKey) -> None:
    seq, at, payload, prev_hash, row_hash, signature = row[:6]
    expected = reading.seq + 1
    reading.rows += 1
    if seq != expected:
        if isinstance(seq, int) and seq > expected:
            raise _Broken(expected, f"Row {expected} is missing; the next one is {seq}.")
        raise _Broken(expected, f"Where row {expected} should be there is one that was never written.")
    if prev_hash != reading.hash:
        raise _Broken(seq, f"Row {seq} does not follow the row before it.")
    if digest(seq, prev_hash, reading.signature, payload.encode(errors="surrogateescape")) != row_hash:
        if seq > 1 and not is_signed(public_key, reading.hash, reading.signature):
            raise _Broken(seq - 1, f"The signature of row {seq - 1} was changed.")
        raise _Broken(seq, f"Row {seq} was changed after it was written.")
    written = _written_in(payload)
    if written != (seq, at, *row[6:]):
        raise _Broken(seq, f"Row {seq} shows something else in its columns than in what was written.")
    if at < reading.at:
        reading.clock_set_back_at.append(seq)
    reading.seq, reading.hash, reading.signature, reading.at = seq, row_hash, signature, at
    reading.unchecked_signatures.append((seq, row_hash, signature))
    if seq % SIGNATURE_EVERY == 0:
        _check_signatures(reading, public_key)


def _written_in(payload: str) -> tuple[Any, ...]:
    """What the columns of a row must show; nothing if the payload is none of ours."""
    try:
        facts = json.loads(payload)
        return (facts["seq"], _stored_moment(facts["at"]), *(facts[name] for name in _COPIES.values()))
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


def _check_signatures(reading: _Reading, public_key: Ed25519PublicKey) -> None:
    """Check the last signature; if it is wrong, find the first wrong one since the last that was right."""
    if reading.unchecked_signatures and not is_signed(public_key, reading.hash, reading.signature):
        first = next(seq for seq, row_hash, signature in reading.unchecked_signatures if not is_signed(public_key, row_hash, signature))
        raise _Broken(first, f"Row {first} does not bear our signature.")
    reading.unchecked_signatures.clear()


class _Witness:
    """Holds the rows that are read against the heads that the witness noted."""

    def __init__(self, file: Path) -> None:
        # Only what was noted before the reading begins: later heads may lead what this reading saw of the table.
        self._size = file.stat().st_size if file.exists() else 0
        self._heads = witness.heads(file, up_to=self._size)
        self._waiting: dict[int, str] = {}
        self._late: list[witness.Head] = []
        self._furthest = 0
        self._is_read = False

    def compare(self, seq: int, row_hash: str) -> None:
        while not self._is_read and self._furthest <= seq:
            self._take_next(seq)
        noted = self._waiting.pop(seq, None)
        if noted is not None and noted != row_hash:
            raise _Broken(seq, _OTHER_ROW.format(seq))

    def compare_the_rest(self, last_seq: int) -> None:
        while not self._is_read:
            self._take_next(last_seq)
        for noted in sorted(self._late, key=lambda one: one.seq):
            if _hash_of(noted.seq) != noted.hash:
                raise _Broken(noted.seq, _OTHER_ROW.format(noted.seq))
        if self._waiting:
            raise _Broken(
                last_seq + 1,
                f"The trail ends at row {last_seq}, but the witness file noted row {max(self._waiting)}: "
                "rows were cut off, or an older database was put back.",
            )

    def _take_next(self, seq: int) -> None:
        noted = next(self._heads, None)
        if noted is None:
            self._is_read = True
        elif isinstance(noted, witness.Damage):
            raise _Broken(None, f"Line {noted.line} of the witness file is damaged.")
        elif noted.seq < seq:
            # Two processes note their heads in the order in which they get to it.
            self._late.append(noted)
        else:
            if self._waiting.setdefault(noted.seq, noted.hash) != noted.hash:
                raise _Broken(
                    noted.seq, f"The witness file noted two different rows {noted.seq}: an older database was put back and written on."
                )
            self._furthest = max(self._furthest, noted.seq)


def _rows() -> Iterator[tuple[Any, ...]]:
    """Every row in the order of its number, a page at a time."""
    last: Any = None
    while page := _page(last):
        yield from page
        last = page[-1][0]


def _page(after: Any) -> list[tuple[Any, ...]]:
    try:
        # A savepoint, because PostgreSQL answers nothing more in a transaction in which a statement failed.
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            cursor.execute(*_query(after, as_bytes=False))
            return cursor.fetchall()
    except DatabaseFailure:
        if connection.vendor == "postgresql":
            raise
    # Some text is no text any more. Read the bytes, so that the row can still be named.
    with connection.cursor() as cursor:
        cursor.execute(*_query(after, as_bytes=True))
        return [
            tuple(value.decode(errors="surrogateescape") if isinstance(value, bytes | memoryview) else value for value in row)
            for row in cursor.fetchall()
        ]


def _query(after: Any, *, as_bytes: bool) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        at, columns = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", _COLUMNS
    else:
        # Cast: otherwise a moment would be read by its declared type, and a damaged one would stop the reading.
        kind = "BLOB" if as_bytes else "TEXT"
        at, columns = f"CAST(at AS {kind})", tuple(f"CAST({name} AS {kind})" for name in _COLUMNS)
    where = "" if after is None else "WHERE seq > %s"
    sql = f"SELECT seq, {at}, {', '.join(columns)} FROM {guards.TABLE} {where} ORDER BY seq LIMIT {PAGE}"
    return sql, [] if after is None else [after]


def _stored_moment(written: str) -> str:
    """How the column shows the moment that the payload wrote down."""
    shown = written[:10] + " " + written[11:-1]
    return shown.removesuffix(".000000") if connection.vendor == "sqlite" else shown


def _hash_of(seq: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT hash FROM {guards.TABLE} WHERE seq = %s", [seq])
        row = cursor.fetchone()
    return row[0] if row else None
