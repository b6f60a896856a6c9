"""Keeps periods that exclude each other apart in the database itself.

Rebuilding one of these tables on SQLite drops its triggers: a later migration that alters one must run `guard` for it again.
"""

from django.db import migrations

# table, what makes two rows rivals, which rows count
GUARDED = [
    ("agencies_partnerarrangement", "other.partner_role = new.partner_role", ""),
    ("agencies_appointment", "other.seat_id = new.seat_id", "NOT {row}.is_deputy"),
    ("agencies_formername", "other.partnership_id = new.partnership_id", ""),
    ("agencies_dutyturn", "1 = 1", ""),
]
OVERLAP = "(other.valid_to IS NULL OR other.valid_to >= new.valid_from) AND (new.valid_to IS NULL OR other.valid_from <= new.valid_to)"


def _rival_exists(table, rivals, counts):
    both = f" AND {counts.format(row='other')} AND {counts.format(row='new')}" if counts else ""
    return f"EXISTS (SELECT 1 FROM {table} AS other WHERE other.id <> new.id AND {rivals}{both} AND {OVERLAP})"


def guard(schema_editor, table, rivals, counts):
    rival = _rival_exists(table, rivals, counts)
    if schema_editor.connection.vendor == "postgresql":
        # The lock lets no second writer look before the first one has committed.
        schema_editor.execute(
            f"CREATE FUNCTION {table}_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"PERFORM pg_advisory_xact_lock(hashtext('{table}')); "
            f"IF {rival} THEN RAISE EXCEPTION '{table}: dates overlap' USING ERRCODE = 'exclusion_violation'; END IF; RETURN new; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_overlap BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_no_overlap()",
            params=None,
        )
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_overlap_{event.lower()} BEFORE {event} ON {table} WHEN {rival} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: dates overlap'); END",
            params=None,
        )


def unguard(schema_editor, table):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {table}_no_overlap() CASCADE", params=None)
        return
    for event in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{event}", params=None)


def forwards(apps, schema_editor):
    for table, rivals, counts in GUARDED:
        guard(schema_editor, table, rivals, counts)


def backwards(apps, schema_editor):
    for table, _rivals, _counts in GUARDED:
        unguard(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
