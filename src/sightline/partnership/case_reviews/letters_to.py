"""Where a letter to an officer goes: to their account, or to the address that the directory has for them."""

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer


def address_of(officer: Officer) -> str:
    """Whom the outbox is told to write to: an id and nothing else."""
    account = Account.objects.filter(officer=officer, is_active=True).first()
    return account.pk if account else f"officer:{officer.pk}"
