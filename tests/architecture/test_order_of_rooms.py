"""Imports and foreign keys go down only, and each room is on the map."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps

from tests.architecture.source import ROOT, SOURCE, floor_by_room


def test_import_contracts_are_kept() -> None:
    program = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_each_room_is_on_the_map() -> None:
    rooms = {path.name for path in (SOURCE / "partnership").iterdir() if (path / "__init__.py").exists()}

    assert rooms <= floor_by_room().keys()
    assert rooms == {app.label for app in apps.get_app_configs() if app.name.startswith("sightline.partnership.")}


def test_relations_point_to_the_same_room_or_a_lower_one() -> None:
    floor = floor_by_room()
    wrong = []
    for model in apps.get_models():
        here = model._meta.app_label
        if here not in floor:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model in (None, "self"):
                continue
            there = field.related_model._meta.app_label  # type: ignore[union-attr]
            if here != there and there in floor and floor[there] >= floor[here]:
                wrong.append(f"{model.__name__}.{field.name} points up to {there}")

    assert wrong == []
