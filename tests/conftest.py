"""What every test shares: a database in a file, and no way out to the network."""

import os
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from sightline.site.stack import in_one_piece
from tests import prepared
from tests.postgres import PostgresServer, programs

LOCAL = {"localhost", "127.0.0.1", "::1"}

# Two shared cores make single examples slow now and then; that says nothing about the code.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On PostgreSQL, what is about the embedded database is left out and said so."""
    if not settings.DATABASE_URL:
        return
    reason = pytest.mark.skip(reason="about the embedded database")
    for item in items:
        if "sqlite_only" in item.keywords:
            item.add_marker(reason)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """As the site answers requests, so are tests called: with room on the stack."""
    pyfuncitem.obj = partial(in_one_piece, pyfuncitem.obj)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests counted, added up over all processes."""
    counted: dict[str, int] = {}
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, number in report.user_properties if report.when == "call" else ():
            counted[name] = counted.get(name, 0) + number
    for name, number in sorted(counted.items()):
        terminalreporter.write_line(f"{name}: {number:,}")


@pytest.fixture(scope="session")
def prepared_demo() -> Path:
    """A folder with the data and keys of a fresh example partnership; `RunningSite.copy_from` begins from it."""
    return prepared.on_sqlite()


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer | None]:
    """A test that takes it runs twice: with none, on the embedded database; and on a PostgreSQL of its own."""
    if request.param == "sqlite":
        yield None
        return
    if programs() is None or os.environ.get("SIGHTLINE_NO_POSTGRES"):
        pytest.skip("NOT RUN: PostgreSQL is not installed")
    with PostgresServer() as started:
        yield started


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet() -> None:
    """Tests all sign in from one address: without this, the thirty-first in a minute is refused for the other thirty."""
    cache.clear()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError("a test tried to reach the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)
