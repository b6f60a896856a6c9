"""Which request and which sign-in an audit row belongs to, set once a request by the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

SESSION_DOMAIN: Final = b"sightline session in audit 1\n"
SESSION_DIGEST_LENGTH: Final = 16


@dataclass(frozen=True)
class Asking:
    """A request's id, and the digest that tells the sessions of one person apart without giving the session away."""

    request_id: str = ""
    session: str = ""


OUTSIDE_THE_WEB: Final = Asking()

_now: ContextVar[Asking] = ContextVar("asking", default=OUTSIDE_THE_WEB)


def current() -> Asking:
    """The request in hand, or an empty one outside the web."""
    return _now.get()


def session_digest(session_key: str | None) -> str:
    """A short digest of a session key; the key itself would let its reader in."""
    return sha256(SESSION_DOMAIN + session_key.encode()).hexdigest()[:SESSION_DIGEST_LENGTH] if session_key else ""


@contextmanager
def during(asking: Asking) -> Iterator[None]:
    """Let every audit row written inside carry this request."""
    token = _now.set(asking)
    try:
        yield
    finally:
        _now.reset(token)
