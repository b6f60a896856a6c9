"""The example partnership, loaded once in a run of the tests and copied wherever a test begins from it."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from tests.postgres import PostgresServer
from tests.running_site import RunningSite

DUMP = "demo.sql"


def prepared(name: str, prepare: Callable[[Path], None]) -> Path:
    """The folder that `prepare` fills; the first process of the run that asks makes it, and the others wait for that one."""
    # `everything.py` gives all its parts one folder; a run of pytest by itself has its own.
    home = Path(os.environ.get("SIGHTLINE_PREPARED_FOLDER") or os.environ["SIGHTLINE_TEST_FOLDER"]) / "prepared"
    home.mkdir(parents=True, exist_ok=True)
    folder = home / f"{name}-{timezone.localdate().isoformat()}"  # the example is as of a day
    done = folder / "done"
    with (home / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            prepare(folder)
            done.touch()
    return folder


def on_sqlite() -> Path:
    return prepared("sqlite", lambda folder: RunningSite(folder).load_demo())


def on_postgresql() -> Path:
    """Data and keys, and the database as statements."""

    def prepare(folder: Path) -> None:
        with PostgresServer() as server:
            RunningSite(folder, database_url=server.address()).load_demo()
            server.dump(folder / DUMP)

    return prepared("postgresql", prepare)


def fill(site: RunningSite, server: PostgresServer | None) -> None:
    """Give a new site, on its own server or on the embedded database, the example partnership."""
    if server is None:
        site.copy_from(on_sqlite())
        return
    folder = on_postgresql()
    site.copy_from(folder)
    server.restore(folder / DUMP)
