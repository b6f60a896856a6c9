"""A person's live sessions, and how all of them end at once."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings

from sightline.partnership.accounts.models import Account

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


def end_sessions(account: Account, *, but: str | None = None) -> int:
    """End every session of an account, except perhaps the one in hand; the next request of each is a stranger's."""
    ended = 0
    for session in UserSession.objects.filter(user=account).exclude(session_key=but or ""):
        SessionStore().delete(session.session_key)
        session.delete()
        ended += 1
    return ended
