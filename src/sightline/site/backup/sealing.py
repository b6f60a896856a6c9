"""A file that only the backup key opens, and that shows any byte changed, moved, cut off or added."""

import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sightline.site.backup.refusal import BackupRefused

MAGIC = b"sightline-backup"
FORMAT = 1
SALT_BYTES = 16
KEY_NAME_BYTES = 8
HEADER = struct.Struct(f">{len(MAGIC)}sB{SALT_BYTES}s{KEY_NAME_BYTES}s")
CHUNK_BYTES = 1024 * 1024
TAG_BYTES = 16
LENGTH = struct.Struct(">I")

DAMAGED = "The backup file is damaged near byte {place}. Nothing was restored. Use another copy of this backup, or an earlier one."


class SealedWriter:
    """Takes plain bytes and writes them sealed, chunk by chunk."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._header = HEADER.pack(MAGIC, FORMAT, os.urandom(SALT_BYTES), _name_of(key))
        self._cipher = _cipher(key, self._header)
        self._waiting = bytearray()
        self._number = 0
        file.write(self._header)

    def write(self, plain: bytes) -> int:
        self._waiting += plain
        # The last chunk is marked, so one full chunk is always held back.
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(plain)

    def flush(self) -> None:
        """Nothing leaves half-filled."""

    def finish(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last), plain, self._header)
        self._file.write(LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class SealedReader:
    """Gives back the plain bytes, each only after its chunk has proved genuine."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file = file
        self._header = file.read(HEADER.size)
        if len(self._header) < HEADER.size or not self._header.startswith(MAGIC):
            raise BackupRefused("This file is not a Sightline backup, or its first bytes are damaged. Nothing was restored.")
        _, made_in, _, key_name = HEADER.unpack(self._header)
        if made_in != FORMAT:
            raise BackupRefused("This backup was made by another version of Sightline. Install that version to read it.")
        if key_name != _name_of(key):
            raise BackupRefused(
                "This backup was made with another key, or its first bytes are damaged. Nothing was restored. "
                "Put the backup.key that belongs to it into the key folder, then start again."
            )
        self._cipher = _cipher(key, self._header)
        self._plain = memoryview(b"")
        self._number = 0
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            parts = []
            while part := self.read(CHUNK_BYTES):
                parts.append(part)
            return b"".join(parts)
        while not self._plain and not self._is_over:
            self._open_next()
        part, self._plain = bytes(self._plain[:size]), self._plain[size:]
        return part

    def _open_next(self) -> None:
        place = self._file.tell()
        length = self._file.read(LENGTH.size)
        size = LENGTH.unpack(length)[0] if len(length) == LENGTH.size else 0
        if not TAG_BYTES <= size <= CHUNK_BYTES + TAG_BYTES:
            raise BackupRefused(DAMAGED.format(place=place))
        sealed = self._file.read(size)
        if len(sealed) != size:
            raise BackupRefused(DAMAGED.format(place=place))
        for is_last in (False, True):
            try:
                plain = self._cipher.decrypt(_nonce(self._number, is_last), sealed, self._header)
            except InvalidTag:
                continue
            if is_last and self._file.read(1):
                raise BackupRefused(DAMAGED.format(place=place + LENGTH.size + size))
            self._plain, self._is_over = memoryview(plain), is_last
            self._number += 1
            return
        raise BackupRefused(DAMAGED.format(place=place))


def _cipher(key: bytes, header: bytes) -> AESGCM:
    """A key of this file's own, so that counted nonces never meet again under one key."""
    return AESGCM(HKDF(SHA256(), 32, salt=header, info=b"sightline backup contents").derive(key))


def _name_of(key: bytes) -> bytes:
    """Tells a wrong key from a damaged file, and nothing about the key."""
    return HKDF(SHA256(), KEY_NAME_BYTES, salt=None, info=b"sightline backup key name").derive(key)


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
