"""Two invented colleagues who write in the vault."""

import pytest

from sightline.partnership.accounts.models import Account
from tests.factories import accounts, agencies


@pytest.fixture
def author(db: None) -> Account:
    agencies.partnership()
    return accounts.account("AL")


@pytest.fixture
def colleague(db: None) -> Account:
    return accounts.account("AL")
