"""Habits that keep the source readable: subjects instead of drawers, short modules, no hidden follow-ups."""

import re
from importlib.metadata import packages_distributions

from tests.architecture.source import ROOT, SOURCE, imported_names, modules

DRAWERS = frozenset(
    {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "handler", "handlers", "process_data", "misc", "info"}
)
LONGEST_MODULE = 400
STANDARD_OR_OURS = frozenset({"sightline"})


def test_no_module_is_a_drawer() -> None:
    places = [path for path in SOURCE.rglob("*") if path.is_dir() or path.suffix == ".py"]

    found = [str(path.relative_to(SOURCE)) for path in places if path.stem in DRAWERS]

    assert found == []


def test_modules_are_short() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_nothing_follows_by_signal() -> None:
    banned = re.compile(r"^django\.(dispatch|core\.signals|contrib\.auth\.signals|db\.(models|backends)\.signals)")

    found = {str(path.relative_to(SOURCE)) for path in modules() if any(banned.match(name) for name in imported_names(path))}

    assert found == set()


def test_no_generic_foreign_keys() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in modules(with_migrations=True)
        if any("GenericForeignKey" in name or name.startswith("django.contrib.contenttypes.fields") for name in imported_names(path))
    }

    assert found == set()


def test_the_interpreters_sqlite_is_never_used() -> None:
    found = {str(path.relative_to(SOURCE)) for path in modules(with_migrations=True) if "sqlite3" in imported_names(path)}

    assert found == set()


def test_what_the_product_imports_is_in_its_lock() -> None:
    locked = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    distributions = packages_distributions()

    missing = set()
    for path in modules(with_migrations=True):
        for name in {imported.split(".")[0] for imported in imported_names(path)} - STANDARD_OR_OURS:
            owners = {owner.lower().replace("_", "-") for owner in distributions.get(name, [])}
            if owners and not owners & locked:
                missing.add(f"{path.relative_to(SOURCE)}: {name}")

    assert missing == set()
