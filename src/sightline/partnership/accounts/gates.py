"""What a person must have done before anything else opens, and how long a session lasts."""

import time
from datetime import datetime, timedelta

from allauth.account import app_settings as account_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

IDLE_LIMIT = timedelta(minutes=15)
LONGEST_SESSION = timedelta(hours=10)
NOTED_EVERY = timedelta(minutes=1)
"""Activity is written down once a minute, not at every request, so that reading pages costs no write."""

BEGAN, SEEN = "began_at", "seen_at"

OPEN_BEFORE_ENTRY = frozenset({"account_logout", "alive", "accounts:terms"})
"""Pages that work before the terms are accepted; those of the second factor follow."""

OPEN_BEFORE_SECOND_FACTOR = OPEN_BEFORE_ENTRY | {
    "accounts:second_factor_needed",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
}


def is_over(session: SessionBase, now: datetime) -> bool:
    """Whether a session has been idle for 15 minutes or has lasted ten hours."""
    moment = now.timestamp()
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return False
    return moment - began >= LONGEST_SESSION.total_seconds() or moment - seen >= IDLE_LIMIT.total_seconds()


def note_activity(session: SessionBase, now: datetime) -> None:
    """Write down that the person is there; the first request of a session starts its ten hours."""
    moment = now.timestamp()
    if BEGAN not in session:
        session[BEGAN] = moment
    if moment - session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        session[SEEN] = moment


def authenticated_recently(request: HttpRequest) -> bool:
    """Whether the person has shown who they are within the last ten minutes, by signing in or again since."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT
