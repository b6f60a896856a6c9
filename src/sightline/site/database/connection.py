"""How a connection to the embedded database is opened: key first, then the settings that make an acknowledged write a kept one."""

import os
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

# Before 3.51.3 two connections in WAL mode could corrupt the file while one of them resets the log.
SMALLEST_SAFE_VERSION = (3, 51, 3)

BUSY_TIMEOUT_MILLISECONDS = 30_000
SYNCHRONOUS_FULL = 2

# What every connection must report after it is opened. `mmap_size` stays 0: it amplified the corruption above.
REQUIRED_PRAGMAS: dict[str, Any] = {
    "journal_mode": "wal",
    "synchronous": SYNCHRONOUS_FULL,
    "foreign_keys": 1,
    "busy_timeout": BUSY_TIMEOUT_MILLISECONDS,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}


class UnsafeDatabase(RuntimeError):
    """The embedded database does not hold the settings that keep what was acknowledged."""


class KeyedConnection(dbapi2.Connection):
    """A connection that is given its key before anything else is asked of it."""

    def __init__(self, database: Any, *args: Any, key: bytes, **kwargs: Any) -> None:
        super().__init__(database, *args, **kwargs)
        # A raw key, not a passphrase: deriving one would cost a fifth of a second a connection.
        self.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def open_connection(database: str | Path, key: bytes, **kwargs: Any) -> KeyedConnection:
    """Open the embedded database, or refuse in a sentence."""
    check_version(dbapi2.sqlite_version_info)
    _make_private(database)
    connection = KeyedConnection(database, key=key, timeout=BUSY_TIMEOUT_MILLISECONDS / 1000, **kwargs)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as refusal:
        connection.close()
        if "not a database" not in str(refusal):
            raise
        raise UnsafeDatabase(
            "The database could not be opened with the key in the key folder. Put back the key folder that belongs to this database."
        ) from None
    for pragma, value in REQUIRED_PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {value}")
    check_pragmas(connection)
    return connection


def check_version(version: tuple[int, ...]) -> None:
    """Refuse a library with the known corruption fault."""
    if version < SMALLEST_SAFE_VERSION:
        found, needed = (".".join(map(str, parts)) for parts in (version, SMALLEST_SAFE_VERSION))
        raise UnsafeDatabase(f"The database library is SQLite {found}; Sightline needs {needed} or later. Install the locked requirements.")


def check_pragmas(connection: dbapi2.Connection) -> None:
    """Refuse a connection whose settings differ from what we promise."""
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise UnsafeDatabase("The database library cannot encrypt. Install the locked requirements.")
    for pragma, wanted in REQUIRED_PRAGMAS.items():
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        found = row[0] if row else None
        # A library built without memory mapping reports nothing at all, which is as good as 0.
        if found != wanted and not (pragma == "mmap_size" and found is None):
            raise UnsafeDatabase(f"The database reports {pragma}={found}; Sightline needs {wanted}. It will not start on weaker settings.")


def _make_private(database: str | Path) -> None:
    """Create the file so that nobody else can read it; SQLite gives its log the same mode."""
    text = str(database)
    if text == ":memory:" or text.startswith("file:"):
        return
    path = Path(text)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    elif path.stat().st_mode & 0o077:
        path.chmod(0o600)
