"""What every record must say of itself."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP

SENSITIVITIES = {OPEN, PARTNERSHIP, CHILD}
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("sightline.")]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_each_field_says_how_sensitive_it_is(model: type[models.Model]) -> None:
    said = getattr(model, "SENSITIVITY", {})

    fields = {field.name for field in model._meta.concrete_fields} | {field.name for field in model._meta.local_many_to_many}

    assert said.keys() == fields
    assert set(said.values()) <= SENSITIVITIES


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_no_number_counts_the_records_in_an_identifier(model: type[models.Model]) -> None:
    key = model._meta.pk

    assert not isinstance(key, models.AutoField) or getattr(model, "HAS_NO_ADDRESS", False), (
        "use a ULID; a row that only tells its order says HAS_NO_ADDRESS = True"
    )


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
