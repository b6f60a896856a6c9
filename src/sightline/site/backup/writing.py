"""`sightline backup FILE`: one consistent moment of the database, sealed, and read back before it counts as made."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

import sightline
from sightline.partnership.audit_trail import trail
from sightline.site import keys
from sightline.site.backup import contents
from sightline.site.backup.refusal import BackupRefused
from sightline.site.backup.rows import TableSum, applied_migrations, lines_of, tables_at
from sightline.site.backup.sealing import SealedWriter
from sightline.site.terminal import say


def write(path: Path) -> int:
    """Write the backup, read it back, and only then give it its name."""
    path = path.resolve()
    if path.exists():
        raise BackupRefused(f"{path} exists already. Choose another name: a backup never replaces one.")
    if not path.parent.is_dir():
        raise BackupRefused(f"The folder {path.parent} does not exist. Make it first.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused("The database is not up to date. Run `sightline migrate` first.")
    key = keys.make_key_if_absent(settings.KEY_FOLDER, keys.BACKUP_KEY)
    with transaction.atomic():
        trail.record("site.backed_up", by=None)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            _fill(file, key, executor)
            file.flush()
            os.fsync(file.fileno())
        manifest, found = contents.read(unfinished, key)
        if found != manifest.tables:
            raise BackupRefused("The backup did not read back as it was written. It was thrown away. Check the disk, then start again.")
        os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    size = path.stat().st_size / 1_000_000
    say(f"Written and read back: {path} ({manifest.rows:,} rows in {len(manifest.tables)} tables, {size:.1f} MB).")
    say(f"Audit trail up to {manifest.audit_head[0]}:{manifest.audit_head[1]}")
    say(f"It opens only with {keys.key_path(settings.KEY_FOLDER, keys.BACKUP_KEY)}. Keep a copy of the key folder somewhere else.")
    return 0


def public_key_of_the_trail() -> str:
    """Tells whether a restored trail can be verified here."""
    return trail.signer().public_key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _fill(file: BinaryIO, key: bytes, executor: MigrationExecutor) -> None:
    sealed = SealedWriter(file, key)
    sums: dict[str, dict[str, Any]] = {}
    migrations = applied_migrations(executor)
    with gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=6, mtime=0) as packed:  # type: ignore[call-overload]

        def put(line: str) -> None:
            packed.write(line.encode() + b"\n")

        put(contents.first_line(made_at=timezone.now().isoformat(), version=sightline.__version__, migrations=migrations))
        with _one_moment():
            for model in tables_at(executor, migrations):
                name, table_sum = model._meta.db_table, TableSum()
                put(contents.table_line(name))
                for line in lines_of(model):
                    table_sum.add(line)
                    put(line)
                sums[name] = table_sum.as_stated()
            put(contents.last_line(audit_head=trail.head(), audit_public_key=public_key_of_the_trail(), tables=sums))
    sealed.finish()


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # Not `atomic`: that would take the write lock and hold everybody up for the length of the backup.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
