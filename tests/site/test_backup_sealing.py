"""The sealed file shows every change, and never gives back a byte that was not put in."""

import datetime
import decimal
import io
import random

import pytest

from sightline.site.backup.refusal import BackupRefused
from sightline.site.backup.rows import TableSum, as_line, as_row
from sightline.site.backup.sealing import CHUNK_BYTES, HEADER, LENGTH, TAG_BYTES, SealedReader, SealedWriter

KEY = bytes(range(32))
PLAIN = random.Random(7).randbytes(2 * CHUNK_BYTES + 12_345)


def seal(plain: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, key)
    for start in range(0, len(plain), 70_000):
        writer.write(plain[start : start + 70_000])
    writer.finish()
    return file.getvalue()


def unseal(sealed: bytes, key: bytes = KEY) -> bytes:
    return SealedReader(io.BytesIO(sealed), key).read()


SEALED = seal(PLAIN)
SMALL = seal(b"a hundred lines of testimony")


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])
def test_what_went_in_comes_out(size: int) -> None:
    assert unseal(seal(PLAIN[:size])) == PLAIN[:size]


def test_sealed_file_holds_no_plain_text() -> None:
    assert b"testimony" not in SMALL


def test_wrong_key_is_refused_as_such() -> None:
    with pytest.raises(BackupRefused, match="another key"):
        unseal(SEALED, bytes(32))


def test_each_flipped_bit_is_refused() -> None:
    for place in range(len(SMALL)):
        for bit in range(8):
            changed = bytearray(SMALL)
            changed[place] ^= 1 << bit
            with pytest.raises(BackupRefused):
                unseal(bytes(changed))


def test_flipped_byte_in_a_large_file_is_refused_with_its_place() -> None:
    for place in random.Random(11).sample(range(HEADER.size, len(SEALED)), 25):
        changed = bytearray(SEALED)
        changed[place] ^= 0x40
        with pytest.raises(BackupRefused, match="damaged near byte"):
            unseal(bytes(changed))


def test_each_shorter_file_is_refused() -> None:
    for length in range(len(SMALL)):
        with pytest.raises(BackupRefused):
            unseal(SMALL[:length])


def test_file_cut_after_a_whole_chunk_is_refused() -> None:
    with pytest.raises(BackupRefused, match="damaged"):
        unseal(SEALED[: HEADER.size + LENGTH.size + CHUNK_BYTES + TAG_BYTES])


def test_longer_file_is_refused() -> None:
    with pytest.raises(BackupRefused, match="damaged"):
        unseal(SEALED + b"\0")


def test_chunks_in_another_order_are_refused() -> None:
    size = LENGTH.size + CHUNK_BYTES + TAG_BYTES
    first, second = HEADER.size, HEADER.size + size

    swapped = SEALED[:first] + SEALED[second : second + size] + SEALED[first:second] + SEALED[second + size :]

    with pytest.raises(BackupRefused, match="damaged"):
        unseal(swapped)


def test_file_of_something_else_is_refused() -> None:
    with pytest.raises(BackupRefused, match="not a Sightline backup"):
        unseal(b"PK\x03\x04 some other archive with enough bytes to be a header")


def test_same_contents_are_sealed_differently_each_time() -> None:
    assert seal(b"same") != seal(b"same")


def test_sum_does_not_ask_for_the_order_but_counts_each_row() -> None:
    one, other, doubled = TableSum(), TableSum(), TableSum()
    for line in ("a", "b"):
        one.add(line)
    for line in ("b", "a"):
        other.add(line)
    for line in ("a", "b", "b"):
        doubled.add(line)

    assert one.as_stated() == other.as_stated() != doubled.as_stated()


def test_line_gives_back_each_kind_of_value() -> None:
    row = (
        None,
        True,
        7,
        1.5,
        "Zoë \u2028 \x00",
        b"\x00\xff",
        {"b": [1, {"a": None}], "a": "x"},
        [],
        datetime.datetime(2026, 11, 23, 2, 3, 4, 567_000, tzinfo=datetime.UTC),
        datetime.date(2020, 2, 29),
        datetime.time(23, 59),
        datetime.timedelta(days=-1, microseconds=5),
        decimal.Decimal("1.10"),
    )

    assert as_row(as_line(row)) == list(row)
    assert "\n" not in as_line(row)
