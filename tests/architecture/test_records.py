"""What every record must say of itself."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from sightline.procedures.access.sensitivity import CHILD, OPEN, PARTNERSHIP

# Made again from other records at any time, and never named in an address.
DERIVED = {"need_to_know.CaseAccess", "people.SearchKey"}
SENSITIVITIES = {OPEN, PARTNERSHIP, CHILD}
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("sightline.")]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_each_field_says_how_sensitive_it_is(model: type[models.Model]) -> None:
    said = getattr(model, "SENSITIVITY", {})

    stored = {field.name for field in model._meta.concrete_fields}
    # A table between two records is a record of its own; to classify the field that names it is allowed, not asked.
    between = {field.name for field in model._meta.local_many_to_many}

    assert stored <= said.keys() <= stored | between
    assert set(said.values()) <= SENSITIVITIES


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_no_number_counts_the_records_in_an_identifier(model: type[models.Model]) -> None:
    assert model._meta.label in DERIVED or not isinstance(model._meta.pk, models.AutoField)


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
