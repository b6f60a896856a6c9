"""Accounts, the roles they hold, and how they came to be."""

from sightline.partnership.accounts.models.account import Account, SuspendedFor
from sightline.partnership.accounts.models.invitation import Invitation
from sightline.partnership.accounts.models.known_device import KnownDevice
from sightline.partnership.accounts.models.role_holding import RoleHolding
from sightline.partnership.accounts.models.terms import TermsAcceptance, TermsOfUse

__all__ = ["Account", "Invitation", "KnownDevice", "RoleHolding", "SuspendedFor", "TermsAcceptance", "TermsOfUse"]
