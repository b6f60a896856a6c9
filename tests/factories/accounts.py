"""People who can sign in: active, trained, covered by an agreement, with a second factor and terms accepted."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from sightline.partnership.accounts.models import Account, RoleHolding, TermsAcceptance, TermsOfUse
from sightline.partnership.accounts.roles import MUST_END
from sightline.partnership.agencies.models import Agency
from tests.factories import agencies

PASSWORD = "a long invented sentence"
_numbers = count(1)


def account(*roles: str, of: Agency | None = None, second_factor: bool = True, agreement: bool = True, **fields: Any) -> Account:
    """An account with these roles in an agency, ready for use."""
    number = next(_numbers)
    agency = of or agencies.agency()
    officer = fields.pop("officer", None) or agencies.officer(f"Example Person {number}", of=agency)
    given = {"email": f"person{number}@hartshire.example", "officer": officer, "training_valid_until": date(2099, 12, 31)}
    made = Account.objects.create_user(password=PASSWORD, **{**given, **fields})
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    for role in roles:
        holding(made, role)
    if second_factor:
        with_authenticator_app(made)
    if agreement and not agency.sharing_agreements.exists():
        agencies.agreement(agency)
    for terms in TermsOfUse.objects.filter(agency=agency):
        TermsAcceptance.objects.create(account=made, terms=terms)
    return made


def holding(account: Account, role: str, **fields: Any) -> RoleHolding:
    today = timezone.localdate()
    ends = today + timedelta(days=80) if role in MUST_END else None
    return RoleHolding.objects.create(
        **{"account": account, "role": role, "valid_from": today - timedelta(days=30), "valid_to": ends, **fields}
    )


def with_authenticator_app(account: Account) -> Authenticator:
    return TOTP.activate(account, generate_totp_secret()).instance


def terms(of: Agency, **fields: Any) -> TermsOfUse:
    return TermsOfUse.objects.create(**{"agency": of, "version": 1, "text": "Look only at what your work needs.", **fields})
