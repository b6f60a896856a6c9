"""What migrations make is what the models say: the quicker way of migrating leaves nothing out."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState

from sightline.site.database.migrating import building_only_what_changes

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def test_every_table_has_the_columns_and_rules_of_its_model() -> None:
    editor = connection.schema_editor(collect_sql=True, atomic=False)
    editor.deferred_sql = []  # it is never entered: it only says what it would do
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            editor.create_model(model)
    wanted = {name: parts for statement in editor.collected_sql for name, parts in _table(statement)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL")
        made = {name: parts for (statement,) in cursor.fetchall() for name, parts in _table(statement)}

    assert {name for name in wanted if made.get(name) != wanted[name]} == set()
    assert len(wanted) > 100


def test_django_builds_models_as_ever_once_migrating_has_ended() -> None:
    before = ProjectState.add_model, ProjectState.reload_model

    with building_only_what_changes():
        assert ProjectState.add_model is not before[0]

    assert (ProjectState.add_model, ProjectState.reload_model) == before


def _table(statement: str) -> list[tuple[str, frozenset[str]]]:
    """The name of a table that a statement makes, and its columns and rules in no order."""
    found = re.fullmatch(r'CREATE TABLE "(\w+)" \((.*)\);?', statement.strip(), re.DOTALL)
    return [(found[1], frozenset(_parts(found[2])))] if found else []


def _parts(text: str) -> list[str]:
    parts, depth, quoted, piece = [], 0, False, ""
    for sign in text:
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if sign == "," and depth == 0 and not quoted:
            parts.append(piece.strip())
            piece = ""
        else:
            piece += sign
    return [*parts, piece.strip()]
