"""A small partnership, and a way to read what its people would be written to."""

from collections.abc import Callable

import pytest

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import letters
from sightline.partnership.notices.models import Notice
from tests.factories.incidents import Place


@pytest.fixture
def place(db: None) -> Place:
    return Place()


@pytest.fixture
def written_to() -> Callable[[str], set[Account]]:
    """Everybody who gets a letter of this kind: queued for them, and still permitted when it is sent."""

    def read(template: str) -> set[Account]:
        queued = Notice.objects.filter(template=f"case_reviews.{template}")
        accounts = {notice: Account.objects.get(pk=notice.to) for notice in queued}
        return {to for notice, to in accounts.items() if letters.line_for(notice.template, to=to, about=notice.about)}

    return read
