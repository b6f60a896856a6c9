"""`sightline restore FILE`: prove the file whole, write it into an empty place, and prove that place whole."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sightline.partnership.audit_trail import trail, witness
from sightline.partnership.audit_trail.verification import verify
from sightline.site import keys
from sightline.site.backup import contents
from sightline.site.backup.contents import Manifest
from sightline.site.backup.refusal import BackupRefused
from sightline.site.backup.rows import TableSum, insert, last_steps, lines_of, tables_at
from sightline.site.backup.writing import public_key_of_the_trail
from sightline.site.database.migrating import building_only_what_changes
from sightline.site.terminal import say


def restore(path: Path) -> int:
    """Restore everything or nothing."""
    if not path.is_file():
        raise BackupRefused(f"There is no file {path}.")
    key = _key()
    manifest, found = contents.read(path, key)
    if found != manifest.tables:
        raise BackupRefused("The backup does not hold what its manifest states. Nothing was restored. Use another copy or an earlier one.")
    if manifest.audit_public_key != public_key_of_the_trail():
        raise BackupRefused(
            f"The audit trail in this backup was signed with another key. Put its {keys.AUDIT_SIGNING_KEY} into {settings.KEY_FOLDER}, "
            "then start again. Nothing was restored."
        )
    say(f"The backup is whole: {manifest.rows:,} rows in {len(manifest.tables)} tables, made at {manifest.made_at}.")
    _refuse_unless_empty()
    executor = MigrationExecutor(connection)
    unknown = [f"{app} {name}" for app, name in manifest.migrations if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        raise BackupRefused(f"This backup was made by a newer Sightline ({manifest.version}). Install that version, then start again.")
    with building_only_what_changes():
        executor.migrate(last_steps(executor, manifest.migrations))
    executor.loader.build_graph()
    tables = {model._meta.db_table: model for model in tables_at(executor, manifest.migrations)}
    with transaction.atomic():
        _write_rows(path, key, tables, manifest)
        _prove(tables, manifest)
    kept = witness.set_aside(Path(settings.AUDIT_WITNESS), timezone.now())
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        trail.record("site.restored", by=None)
    say("Every table has the rows and the sum its manifest states, and the audit trail is whole.")
    if kept:
        say(f"The audit witness here had seen another past; it was put aside as {kept}. Compare it with the head above the backup.")
    say("Restored. Everybody signs in anew.")
    return 0


def _key() -> bytes:
    try:
        return keys.read_key(settings.KEY_FOLDER, keys.BACKUP_KEY)
    except keys.KeyMissing:
        raise BackupRefused(
            f"There is no usable {keys.BACKUP_KEY} in {settings.KEY_FOLDER}. Put the key folder of the backed-up installation there first."
        ) from None


def _refuse_unless_empty() -> None:
    """An empty place has no tables, or none of our rooms has a row in them."""
    with connection.cursor() as cursor:
        standing = set(connection.introspection.table_names(cursor))
    ours = [model for model in apps.get_models() if model.__module__.startswith("sightline.") and model._meta.db_table in standing]
    if any(models.QuerySet(model).exists() for model in ours):
        raise BackupRefused("This place is not empty. Restore into an empty data folder (or database), so that nothing is mixed or lost.")


def _write_rows(path: Path, key: bytes, tables: dict[str, type[models.Model]], manifest: Manifest) -> None:
    missing = manifest.tables.keys() - tables.keys()
    if missing:
        raise BackupRefused(f"This version does not know the tables {', '.join(sorted(missing))}. Nothing was restored.")
    with connection.cursor() as cursor:
        for model in tables.values():
            # Some migrations write rows of their own; the backup holds those too.
            if models.QuerySet(model).exists():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    contents.read(path, key, lambda table, lines: insert(tables[table], lines))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables.values())):
            cursor.execute(statement)
    connection.check_constraints()


def _prove(tables: dict[str, type[models.Model]], manifest: Manifest) -> None:
    """Read everything again out of the database and hold it against the manifest."""
    found: dict[str, dict[str, Any]] = {}
    for name, model in tables.items():
        table_sum = TableSum()
        for line in lines_of(model):
            table_sum.add(line)
        found[name] = table_sum.as_stated()
    different = sorted(name for name in manifest.tables if found[name] != manifest.tables[name])
    if different:
        raise BackupRefused(f"These tables did not come out as they went in: {', '.join(different)}. Nothing was restored.")
    if trail.head() != manifest.audit_head:
        raise BackupRefused("The audit trail does not end where the backup says it does. Nothing was restored.")
    # The witness file here has seen another past, so this proof goes without it.
    no_witness = Path(settings.DATA_FOLDER) / ".no-witness"
    verdict = verify(pasted_head=manifest.audit_head if manifest.audit_head[0] else None, witness_file=no_witness)
    if not verdict.ok:
        raise BackupRefused(f"The audit trail in this backup is not whole: {verdict.why} Nothing was restored.")
