"""The embedded database keeps its promises: encrypted, durable, private, and it refuses to be less."""

import os
import stat
from pathlib import Path

import pytest
from django.db import connection
from sqlcipher3 import dbapi2

from sightline.site import keys
from sightline.site.database.connection import REQUIRED_PRAGMAS, UnsafeDatabase, check_pragmas, check_version, open_connection

pytestmark = pytest.mark.sqlite_only

KEY = bytes(range(32))
CANARY = "CANARY-pebble-lantern"


def test_every_promised_setting_is_reported_by_a_django_connection(db: None) -> None:
    connection.ensure_connection()

    with connection.cursor() as cursor:
        found = {pragma: (cursor.execute(f"PRAGMA {pragma}").fetchone() or (0,))[0] for pragma in REQUIRED_PRAGMAS}

    assert found == REQUIRED_PRAGMAS


def test_django_connection_is_not_the_interpreters_library(db: None) -> None:
    connection.ensure_connection()

    assert isinstance(connection.connection, dbapi2.Connection)
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_transactions_begin_by_taking_the_write_lock() -> None:
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_tests_run_on_a_file(db: None) -> None:
    assert Path(connection.settings_dict["NAME"]).is_file()


def test_file_and_log_hold_no_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    opened = open_connection(path, KEY)
    opened.execute("CREATE TABLE note (body text)")
    opened.execute("INSERT INTO note VALUES (?)", (CANARY,))
    opened.commit()

    on_disk = b"".join(part.read_bytes() for part in tmp_path.iterdir())

    assert CANARY.encode() not in on_disk
    assert b"SQLite format 3" not in on_disk
    opened.close()


def test_file_is_private_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    opened = open_connection(path, KEY)
    opened.execute("CREATE TABLE note (body text)")

    modes = {stat.S_IMODE(os.stat(part).st_mode) for part in tmp_path.iterdir()}

    assert modes == {0o600}
    opened.close()


def test_wrong_key_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    opened = open_connection(path, KEY)
    opened.execute("CREATE TABLE note (body text)")
    opened.close()

    with pytest.raises(UnsafeDatabase, match="key folder"):
        open_connection(path, bytes(32))


def test_old_library_is_refused() -> None:
    with pytest.raises(UnsafeDatabase, match=r"3\.51\.2"):
        check_version((3, 51, 2))


@pytest.mark.parametrize(
    "pragma, weaker", [("synchronous", 1), ("foreign_keys", 0), ("secure_delete", 0), ("trusted_schema", 1), ("busy_timeout", 5)]
)
def test_weaker_setting_is_refused(tmp_path: Path, pragma: str, weaker: int) -> None:
    opened = open_connection(tmp_path / "some.db", KEY)
    opened.execute(f"PRAGMA {pragma} = {weaker}")

    with pytest.raises(UnsafeDatabase, match=pragma):
        check_pragmas(opened)
    opened.close()


def test_key_is_not_made_anew_beside_an_old_database(tmp_path: Path) -> None:
    database = tmp_path / "some.db"
    database.write_bytes(b"something")

    with pytest.raises(keys.KeyMissing, match="missing"):
        keys.database_key(tmp_path / "keys", database)


def test_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = keys.make_key_if_absent(tmp_path / "keys", keys.BACKUP_KEY)

    assert keys.make_key_if_absent(tmp_path / "keys", keys.BACKUP_KEY) == first
    assert stat.S_IMODE((tmp_path / "keys" / keys.BACKUP_KEY).stat().st_mode) == 0o600


def test_damaged_key_is_refused(tmp_path: Path) -> None:
    keys.make_key_if_absent(tmp_path, keys.BACKUP_KEY)
    (tmp_path / keys.BACKUP_KEY).write_text("half a key")

    with pytest.raises(keys.KeyMissing, match="damaged"):
        keys.read_key(tmp_path, keys.BACKUP_KEY)
