"""The keys of this installation: made once at first start, each in a file only its owner can read, never beside the data."""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32

DATABASE_KEY = "database.key"
AUDIT_SIGNING_KEY = "audit-signing.key"
BACKUP_KEY = "backup.key"
SECRET_KEY = "secret.key"


class KeyMissing(RuntimeError):
    """A key that must already exist is not in the key folder."""


def key_path(folder: Path, name: str) -> Path:
    """Where one key lives."""
    return Path(folder) / name


def read_key(folder: Path, name: str) -> bytes:
    """The key of that name, which must be there."""
    path = key_path(folder, name)
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise KeyMissing(f"The key file {path} is missing. Put the key folder of this installation back, then start again.") from None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyMissing(f"The key file {path} is damaged. Put the key folder of this installation back, then start again.")
    return key


def make_key_if_absent(folder: Path, name: str) -> bytes:
    """The key of that name, made now if this is the first start."""
    path = key_path(folder, name)
    if not path.exists():
        folder = Path(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, secrets.token_hex(KEY_BYTES).encode("ascii") + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        try:
            # A link fails if another process was first, so two first starts at once agree on one key.
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(unfinished)
        _keep_folder_entry(folder)
    return read_key(folder, name)


def database_key(keys: Path, database: Path) -> bytes:
    """The key of the embedded database; a new one is made only while there is no database it could lock out."""
    if Path(database).exists():
        return read_key(keys, DATABASE_KEY)
    return make_key_if_absent(keys, DATABASE_KEY)


def _keep_folder_entry(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
