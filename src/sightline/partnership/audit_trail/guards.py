"""The database's own refusal to change or remove an audit row, and the check that it still stands."""

from typing import Any, Final

TABLE: Final = "audit_trail_auditevent"
REFUSAL: Final = "an audit row is never changed or removed"

SQLITE_TRIGGERS: Final = {
    "audit_event_no_update": (f"CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"),
    "audit_event_no_delete": (f"CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"),
    # INSERT OR REPLACE would remove a row without asking the trigger on DELETE.
    "audit_event_no_replace": (
        f"CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
}

POSTGRESQL_FUNCTION_BODY: Final = f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END "
POSTGRESQL_FUNCTION: Final = (
    f"CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse${POSTGRESQL_FUNCTION_BODY}$refuse$"
)
POSTGRESQL_TRIGGERS: Final = {
    f"audit_event_no_{event.lower()}": (
        f"CREATE TRIGGER audit_event_no_{event.lower()} BEFORE {event} ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"
    )
    for event in ("UPDATE", "DELETE", "TRUNCATE")
}


def put_up(vendor: str) -> list[str]:
    """The statements that put the guards up, in order."""
    if vendor == "postgresql":
        return [POSTGRESQL_FUNCTION, *POSTGRESQL_TRIGGERS.values()]
    return list(SQLITE_TRIGGERS.values())


def take_down(vendor: str) -> list[str]:
    """The statements that take the guards down; used to undo a migration and by tests that play the tamperer."""
    if vendor == "postgresql":
        return [*(f"DROP TRIGGER {name} ON {TABLE}" for name in POSTGRESQL_TRIGGERS), "DROP FUNCTION audit_event_refuse()"]
    return [f"DROP TRIGGER {name}" for name in SQLITE_TRIGGERS]


def missing(connection: Any) -> list[str]:
    """The names of the guards that are gone, switched off or not what they were."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE t.tgrelid = %s::regclass AND t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal",
                [TABLE],
            )
            standing = {name: (definition.replace("public.", ""), body) for name, definition, body in cursor.fetchall()}
            return [name for name, sql in POSTGRESQL_TRIGGERS.items() if standing.get(name) != (sql, POSTGRESQL_FUNCTION_BODY)]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        found = dict(cursor.fetchall())
        return [name for name, sql in SQLITE_TRIGGERS.items() if found.get(name) != sql]
