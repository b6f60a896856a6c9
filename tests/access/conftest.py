"""The world of the matrix, made once for all tests of a module, in one transaction that is rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.asking import Asking
from tests.access.world import Builder, World


@pytest.fixture(scope="module")
def _one_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        block = transaction.atomic()
        # As Django's own test cases do: what asks to be durable may run inside.
        block._from_testcase = True
        with block:
            yield
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(_one_transaction: None) -> World:
    return Builder().build()


@pytest.fixture(scope="module")
def asking(world: World) -> Asking:
    return Asking([*world.people, *world.lapsed])
