"""The worker: sends what waits in the outbox, looks at the clocks, and never loses its place."""

import logging
import signal
import threading
import traceback
from pathlib import Path
from types import FrameType

import django
from django.db import close_old_connections, connections

POLL_SECONDS = 2.0

log = logging.getLogger(__name__)


def run() -> int:
    """Work until asked to stop; a stop in the middle loses nothing, for the outbox is in the database."""
    django.setup()
    # The rooms exist only after Django is ready.
    from sightline.site import chores  # noqa: PLC0415

    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopping.is_set():
        if not _one_round(chores.CHORES):
            stopping.wait(POLL_SECONDS)
    connections.close_all()
    return 0


def _one_round(chores: tuple[object, ...]) -> bool:
    """Do each chore once; true if one of them has more to do."""
    more = False
    for chore in chores:
        close_old_connections()
        try:
            more = bool(chore()) or more  # type: ignore[operator]
        except Exception as problem:
            # One chore that fails must not keep the others from being done; the next round tries it again.
            # Where it failed is said, and not with which words: those could hold a value.
            log.error("The worker could not finish %s: %s at %s", getattr(chore, "__name__", "a chore"), *_where(problem))
    return more


def _where(problem: Exception) -> tuple[str, str]:
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return type(problem).__name__, f"{Path(last.filename).name}:{last.lineno}"
