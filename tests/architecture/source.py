"""The source as the architecture tests read it: its files, its rooms and their order."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "sightline"


@cache
def settings_of_tools() -> dict[str, dict[str, object]]:
    """What pyproject.toml says of the tools."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]  # type: ignore[no-any-return]


def room_layers() -> list[str]:
    """The rooms from top to bottom, as import-linter reads them: there is one map."""
    contracts = settings_of_tools()["importlinter"]["contracts"]
    (rooms,) = [contract for contract in contracts if contract.get("containers") == ["sightline.partnership"]]  # type: ignore[attr-defined]
    return [layer.replace("(", "").replace(")", "") for layer in rooms["layers"]]


def floor_by_room() -> dict[str, int]:
    """How high each room lies; siblings lie equally high."""
    return {room.strip(): floor for floor, layer in enumerate(reversed(room_layers())) for room in layer.split("|")}


def modules(*, with_migrations: bool = False) -> Iterator[Path]:
    """Every Python file of the product."""
    for path in sorted(SOURCE.rglob("*.py")):
        if with_migrations or "migrations" not in path.parts:
            yield path


def imported_names(path: Path) -> set[str]:
    """Each module a file imports, and each name it imports from one, dotted in full."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found
