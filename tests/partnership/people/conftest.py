"""Two invented colleagues who write in the vault."""

import pytest

from sightline.partnership.accounts.models import Account


@pytest.fixture
def author(db: None) -> Account:
    return Account.objects.create_user("author@arden.example", known_as="Example Author")


@pytest.fixture
def colleague(db: None) -> Account:
    return Account.objects.create_user("colleague@arden.example", known_as="Example Colleague")
