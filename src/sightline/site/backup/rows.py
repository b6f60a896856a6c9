"""Rows as lines of text and back, the same for both databases, and a sum that tells whether two tables hold the same."""

import base64
import datetime
import decimal
import json
import uuid
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

# Nobody stays signed in through a restore.
LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession"})
ROWS_AT_ONCE = 500
SUM_MODULUS = 1 << 256


class TableSum:
    """How many rows, and a sum over them that does not ask in which order a database sorts text."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, line: str) -> None:
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(sha256(line.encode()).digest(), "big")) % SUM_MODULUS

    def as_stated(self) -> dict[str, Any]:
        return {"rows": self.rows, "hash": f"{self._sum:064x}"}


def applied_migrations(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Which steps the database has behind it."""
    return sorted(executor.loader.applied_migrations)


def last_steps(executor: MigrationExecutor, migrations: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The furthest step of each app, which is how Django is told where to go."""
    done, nodes = set(migrations), executor.loader.graph.node_map
    return [step for step in migrations if not any(child.key in done and child.key[0] == step[0] for child in nodes[step].children)]


def tables_at(executor: MigrationExecutor, migrations: list[tuple[str, str]]) -> list[type[models.Model]]:
    """Every table as it is after those migrations, by name."""
    known = [step for step in migrations if step in executor.loader.graph.nodes]
    apps: Apps = executor.loader.project_state(known).apps
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.db_table)


def fields_of(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """What is stored of a row; a generated column makes itself again."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def lines_of(model: type[models.Model]) -> Iterator[str]:
    """Each row of a table as one line."""
    names = [field.attname for field in fields_of(model)]
    rows = models.QuerySet(model).using(connection.alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield as_line(row)


def as_line(row: tuple[Any, ...]) -> str:
    return json.dumps([_written(value) for value in row], ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def as_row(line: str) -> list[Any]:
    return [_read(value) for value in json.loads(line)]


def insert(model: type[models.Model], lines: list[str]) -> None:
    """Write rows as they were, without a default or a `save` touching them."""
    fields = fields_of(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    rows = [tuple(field.get_db_prep_save(value, connection) for field, value in zip(fields, as_row(line), strict=True)) for line in lines]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", rows)


def _written(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime.datetime):
        return {"moment": value.astimezone(datetime.UTC).isoformat() if value.tzinfo else value.isoformat()}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"span": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, uuid.UUID):
        return {"uuid": value.hex}
    if isinstance(value, bytes | bytearray | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, dict | list | tuple):
        return {"json": value}
    raise TypeError(f"a backup does not know how to write {type(value).__name__}")


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, held),) = value.items()
    match kind:
        case "moment":
            return datetime.datetime.fromisoformat(held)
        case "day":
            return datetime.date.fromisoformat(held)
        case "time":
            return datetime.time.fromisoformat(held)
        case "span":
            return datetime.timedelta(*held)
        case "decimal":
            return decimal.Decimal(held)
        case "uuid":
            return uuid.UUID(held)
        case "bytes":
            return base64.b64decode(held)
    return held
