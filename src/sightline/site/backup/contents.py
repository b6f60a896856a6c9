"""What lies inside the sealed file: a first line that says what it is, the rows table by table, and the manifest at the end."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sightline.site.backup.rows import ROWS_AT_ONCE, TableSum
from sightline.site.backup.sealing import SealedReader


@dataclass(frozen=True)
class Manifest:
    """What the backup says it holds."""

    made_at: str
    version: str
    migrations: list[tuple[str, str]]
    audit_head: tuple[int, str]
    audit_public_key: str
    tables: dict[str, dict[str, Any]]

    @property
    def rows(self) -> int:
        return sum(int(table["rows"]) for table in self.tables.values())


def first_line(*, made_at: str, version: str, migrations: list[tuple[str, str]]) -> str:
    return json.dumps({"made_at": made_at, "version": version, "migrations": migrations})


def table_line(table: str) -> str:
    return json.dumps({"table": table})


def last_line(*, audit_head: tuple[int, str], audit_public_key: str, tables: dict[str, dict[str, Any]]) -> str:
    return json.dumps({"manifest": {"audit_head": audit_head, "audit_public_key": audit_public_key, "tables": tables}})


def read(path: Path, key: bytes, take: Callable[[str, list[str]], None] | None = None) -> tuple[Manifest, dict[str, dict[str, Any]]]:
    """Read the whole file; what its manifest states, and what was found. `take` is given each table's lines in portions."""
    found: dict[str, TableSum] = {}
    stated: dict[str, Any] = {}
    with path.open("rb") as sealed, gzip.GzipFile(fileobj=SealedReader(sealed, key), mode="rb") as file:  # type: ignore[call-overload]
        first = json.loads(file.readline())
        table, portion = "", []
        for raw in file:
            line = raw.decode().rstrip("\n")
            if line.startswith("["):
                found[table].add(line)
                portion.append(line)
                if take and len(portion) >= ROWS_AT_ONCE:
                    take(table, portion)
                    portion = []
                elif not take:
                    portion.clear()
                continue
            if take and portion:
                take(table, portion)
                portion = []
            said = json.loads(line)
            if "table" in said:
                table = said["table"]
                found[table] = TableSum()
            else:
                stated = said["manifest"]
    manifest = Manifest(
        made_at=first["made_at"],
        version=first["version"],
        migrations=[(app, name) for app, name in first["migrations"]],
        audit_head=(stated["audit_head"][0], stated["audit_head"][1]),
        audit_public_key=stated["audit_public_key"],
        tables=stated["tables"],
    )
    return manifest, {name: table_sum.as_stated() for name, table_sum in found.items()}
