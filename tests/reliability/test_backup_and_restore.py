"""A whole partnership goes into a backup and comes out again, on both databases and from one to the other."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import PostgresServer, programs
from tests.running_site import RunningSite

pytestmark = [pytest.mark.kills, pytest.mark.slow]

CANARY = "Canary-of-the-backup"

FILL = f"""
from django.db import transaction
from sightline.partnership.audit_trail import trail
from sightline.partnership.agencies.models import Partnership
Partnership.objects.update(name="{CANARY}")
for number in range(200):
    with transaction.atomic():
        trail.record("test.done", by=None)
"""

ROWS = """
from django.apps import apps
print(sorted((model._meta.label, model._base_manager.count()) for model in apps.get_models() if model.__module__.startswith("sightline.")))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer | None]:
    if programs() is None:
        yield None
        return
    with PostgresServer() as started:
        yield started


@pytest.fixture(scope="module")
def filled(prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> RunningSite:
    """The example partnership on the embedded database, with its backup beside it."""
    site = RunningSite(tmp_path_factory.mktemp("filled"))
    site.copy_from(prepared_demo)
    site.sightline("manage", "shell", "--no-imports", "-c", FILL)
    site.sightline("backup", str(site.folder / "one.backup"))
    return site


def place_for(kind: str, folder: Path, server: PostgresServer | None, keys: Path) -> RunningSite:
    """An empty place with the keys of the installation that was lost."""
    if kind == "postgresql" and server is None:
        pytest.skip("NOT RUN: PostgreSQL is not installed")
    url = server.create(f"restored-{folder.parent.name}-{folder.name}") if kind == "postgresql" and server else ""
    site = RunningSite(folder, database_url=url)
    shutil.copytree(keys, folder / "keys", dirs_exist_ok=True)
    (folder / "keys" / "database.key").unlink(missing_ok=True)
    return site


def test_restore_brings_everything_back_and_the_site_answers(filled: RunningSite, tmp_path: Path) -> None:
    new = place_for("embedded", tmp_path, None, filled.folder / "keys")

    said = new.sightline("restore", str(filled.folder / "one.backup")).stdout

    assert "the audit trail is whole" in said
    assert rows(new) == rows(filled)
    with new:
        assert new.worker is not None
        assert new.worker.poll() is None


def test_restore_moves_a_partnership_to_postgresql_and_back(filled: RunningSite, tmp_path: Path, server: PostgresServer | None) -> None:
    there = place_for("postgresql", tmp_path / "there", server, filled.folder / "keys")
    back = place_for("embedded", tmp_path / "back", None, filled.folder / "keys")

    there.sightline("restore", str(filled.folder / "one.backup"))
    there.sightline("backup", str(tmp_path / "two.backup"))
    back.sightline("restore", str(tmp_path / "two.backup"))

    assert there.sightline("audit", "verify").returncode == 0
    assert rows(back) == rows(there) == rows(filled)


def test_backup_holds_no_plain_text(filled: RunningSite) -> None:
    assert CANARY.encode() not in (filled.folder / "one.backup").read_bytes()


def test_backup_never_replaces_a_file(filled: RunningSite) -> None:
    done = filled.sightline("backup", str(filled.folder / "one.backup"), check=False)

    assert done.returncode == 1
    assert "exists already" in done.stderr


@pytest.mark.parametrize("kind", ["embedded", "postgresql"])
def test_flipped_byte_is_refused_with_its_place(filled: RunningSite, kind: str, tmp_path: Path, server: PostgresServer | None) -> None:
    new = place_for(kind, tmp_path, server, filled.folder / "keys")
    damaged = bytearray((filled.folder / "one.backup").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.backup").write_bytes(damaged)

    done = new.sightline("restore", str(tmp_path / "damaged.backup"), check=False)

    assert done.returncode == 1
    assert "damaged near byte" in done.stderr
    assert not (tmp_path / "data" / "sightline.db").exists()


def test_wrong_key_is_refused_in_a_sentence(filled: RunningSite, tmp_path: Path) -> None:
    new = place_for("embedded", tmp_path, None, filled.folder / "keys")
    (tmp_path / "keys" / "backup.key").write_text("00" * 32)

    done = new.sightline("restore", str(filled.folder / "one.backup"), check=False)

    assert done.returncode == 1
    assert "another key" in done.stderr


def test_other_signing_key_is_refused_in_a_sentence(filled: RunningSite, tmp_path: Path) -> None:
    new = place_for("embedded", tmp_path, None, filled.folder / "keys")
    (tmp_path / "keys" / "audit-signing.key").write_text("00" * 32)

    done = new.sightline("restore", str(filled.folder / "one.backup"), check=False)

    assert done.returncode == 1
    assert "signed with another key" in done.stderr


def test_place_that_is_not_empty_is_refused(filled: RunningSite) -> None:
    done = filled.sightline("restore", str(filled.folder / "one.backup"), check=False)

    assert done.returncode == 1
    assert "not empty" in done.stderr


def rows(site: RunningSite) -> list[str]:
    """How many rows each of our tables has; the audit trail grows with each command and is verified by itself."""
    text = site.sightline("manage", "shell", "--no-imports", "-c", ROWS).stdout
    return [part for part in text.strip(" []()\n").split("), (") if "audit_trail" not in part]
