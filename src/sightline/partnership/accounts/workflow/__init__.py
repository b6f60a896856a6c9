"""The moves of accounts: in by invitation, confirmed, changed, out at once."""

from sightline.partnership.accounts.workflow.invitations import accept_invitation, invite, invite_first_administrator, reissue, revoke
from sightline.partnership.accounts.workflow.leaving import close_account
from sightline.partnership.accounts.workflow.role_holdings import end_role, grant_role
from sightline.partnership.accounts.workflow.sign_ins import note_sign_in
from sightline.partnership.accounts.workflow.standing import (
    attest,
    look_after_accounts,
    record_training,
    restore,
    suspend,
    suspend_dormant,
    suspend_lapsed,
    warn_of_lapsing,
)
from sightline.partnership.accounts.workflow.terms import accept_terms, publish_terms, terms_to_accept

__all__ = [
    "accept_invitation",
    "accept_terms",
    "attest",
    "close_account",
    "end_role",
    "grant_role",
    "invite",
    "invite_first_administrator",
    "look_after_accounts",
    "note_sign_in",
    "publish_terms",
    "record_training",
    "reissue",
    "restore",
    "revoke",
    "suspend",
    "suspend_dormant",
    "suspend_lapsed",
    "terms_to_accept",
    "warn_of_lapsing",
]
