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
from django.utils import timezone
from sightline.site import demo
from sightline.partnership.audit_trail import trail
demo.load(timezone.localdate())
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
def filled(tmp_path_factory: pytest.TempPathFactory) -> RunningSite:
    """The example partnership on the embedded database, with its backup beside it."""
    site = RunningSite(tmp_path_factory.mktemp("filled"))
    site.sightline("migrate")
    site.sightline("manage", "shell", "--no-imports", "-c", FILL)
    site.sightline("backup", str(site.folder / "one.backup"))
    return site


def place_for(kind: str, folder: Path, server: PostgresServer | None, keys: Path) -> RunningSite:
    """An empty place with the keys of the installation that was lost."""
    if kind == "postgresql" and server is None:
        pytest.skip("NOT RUN: PostgreSQL is not installed")
    url = server.create(f"restored-{folder.name}") if kind == "postgresql" and server else ""
    site = RunningSite(folder, database_url=url)
    shutil.copytree(keys, folder / "keys")
    (folder / "keys" / "database.key").unlink(missing_ok=True)
    return site


@pytest.mark.parametrize("kind", ["embedded", "postgresql"])
def test_restore_brings_everything_back(filled: RunningSite, kind: str, tmp_path: Path, server: PostgresServer | None) -> None:
    new = place_for(kind, tmp_path, server, filled.folder / "keys")

    said = new.sightline("restore", str(filled.folder / "one.backup")).stdout

    assert "the audit trail is whole" in said
    assert new.sightline("audit", "verify").returncode == 0
    before = filled.sightline("manage", "shell", "--no-imports", "-c", ROWS).stdout
    after = new.sightline("manage", "shell", "--no-imports", "-c", ROWS).stdout
    assert _without_audit(after) == _without_audit(before)
    # A second generation: what was restored can be backed up and restored again.
    again = place_for("embedded", tmp_path / "again", server, new.folder / "keys")
    new.sightline("backup", str(tmp_path / "two.backup"))
    assert "Restored" in again.sightline("restore", str(tmp_path / "two.backup")).stdout


def test_restored_site_answers(filled: RunningSite, tmp_path: Path) -> None:
    new = place_for("embedded", tmp_path, None, filled.folder / "keys")
    new.sightline("restore", str(filled.folder / "one.backup"))

    with new:
        assert new.worker is not None
        assert new.worker.poll() is None


def test_backup_holds_no_plain_text(filled: RunningSite) -> None:
    assert CANARY.encode() not in (filled.folder / "one.backup").read_bytes()


def test_backup_never_replaces_a_file(filled: RunningSite) -> None:
    done = filled.sightline("backup", str(filled.folder / "one.backup"), check=False)

    assert done.returncode == 1
    assert "exists already" in done.stderr


@pytest.mark.parametrize("kind", ["embedded", "postgresql"])
def test_flipped_byte_leaves_the_place_empty(filled: RunningSite, kind: str, tmp_path: Path, server: PostgresServer | None) -> None:
    new = place_for(kind, tmp_path, server, filled.folder / "keys")
    damaged = bytearray((filled.folder / "one.backup").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.backup").write_bytes(damaged)

    done = new.sightline("restore", str(tmp_path / "damaged.backup"), check=False)

    assert done.returncode == 1
    assert "damaged near byte" in done.stderr
    assert "Restored" in new.sightline("restore", str(filled.folder / "one.backup")).stdout


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


def _without_audit(text: str) -> list[str]:
    return [part for part in text.split("), (") if "audit_trail" not in part]
