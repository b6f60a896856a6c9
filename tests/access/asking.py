"""Asking for a page without leaving a trace in the world, and looking at the answer as one who tries to learn something would."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.world import MARK, Case, Who, signed_in

NEVER = "01JZZZZZZZZZZZZZZZZZZZZZZZ"
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+"')
MARKS = re.compile(rf"{MARK}([A-Za-z]+?)(K\d+m?|Sealed[a-z]+|Draft)z")
WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
# What a refusal may write: that it was refused, and that the person is still there.
LEDGERS = frozenset({"audit_trail_auditevent", "django_session", "usersessions_usersession"})
ON_THE_WAY = ("/accounts/login", "/accounts/reauthenticate", "/statement/", "/my-account/terms/", "/my-account/second-factor/")


@dataclass
class Answer:
    """What came back, whole, and what was written on the way."""

    status: int
    body: bytes
    headers: dict[str, str]
    written: frozenset[str]

    @property
    def is_there(self) -> bool:
        return self.status != 404

    @property
    def way(self) -> str:
        """Where a person was sent instead of being answered; empty if they were answered."""
        onwards = self.headers.get("Location", "")
        return next((place for place in ON_THE_WAY if place in onwards), "") if self.status == 302 else ""

    @property
    def marks(self) -> set[tuple[str, str]]:
        return set(MARKS.findall(self.body.decode(errors="replace") + str(self.headers)))

    def same_as(self, other: "Answer") -> bool:
        return (self.status, self.body, self.headers) == (other.status, other.body, other.headers)


@dataclass
class Tally:
    """What the matrix counts."""

    cases: int = 0
    leaks: list[str] = field(default_factory=list)
    over_blocks: list[str] = field(default_factory=list)

    def leak(self, what: str) -> None:
        self.leaks.append(what)

    def over_block(self, what: str) -> None:
        self.over_blocks.append(what)

    def check(self, record: Callable[[str, object], None]) -> None:
        """Put the numbers where the run's summary finds them, and fail on the first of each."""
        record("matrix: cases", self.cases)
        record("matrix: leaks", len(self.leaks))
        record("matrix: over-blocks", len(self.over_blocks))
        found = [f"LEAK {what}" for what in self.leaks] + [f"OVER-BLOCK {what}" for what in self.over_blocks]
        assert not found, f"{len(self.leaks)} leaks, {len(self.over_blocks)} over-blocks\n" + "\n".join(found[:60])


class Asking:
    """Every browser of the matrix, each signed in once before the first test."""

    def __init__(self, people: Iterable[Who]) -> None:
        self._browsers = {
            (who.account.pk, stepped_up): signed_in(who.account, stepped_up=stepped_up) for who in people for stepped_up in (True, False)
        }
        self._nothing: dict[tuple[str, str, str], Answer] = {}

    def ask(self, who: Who | None, method: str, url: str, *, stepped_up: bool = True) -> Answer:
        client = self._browsers[who.account.pk, stepped_up] if who else Client()
        with _nothing_stays() as written:
            response = getattr(client, method.lower())(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        return Answer(response.status_code, CSRF.sub(rb'\1"', body), headers, frozenset(written))

    def nothing(self, who: Who, method: str, name: str, parts: Sequence[str]) -> Answer:
        """What this person gets for the same address with ids that never were."""
        key = (str(who), method, name + "".join(part for part in parts if part.startswith("=")))
        if key not in self._nothing:
            self._nothing[key] = self.ask(who, method, address(name, parts, lambda _: NEVER))
        return self._nothing[key]


def address(name: str, parts: Sequence[str], id_of: Callable[[str], str]) -> str:
    """The address of a page; a part that begins with = stands for itself."""
    return reverse(name, args=[part[1:] if part.startswith("=") else id_of(part) for part in parts if part])


def address_in(case: Case, name: str, parts: Sequence[str]) -> str:
    return address(name, parts, case.ids.__getitem__)


@contextmanager
def _nothing_stays() -> Iterator[set[str]]:
    """Undo what a page did, and say which tables it wrote to."""
    written: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITES.match(sql):
            written.add(found.group(1))
        return execute(sql, params, many, context)

    before = transaction.savepoint()
    try:
        with connection.execute_wrapper(note):
            yield written
    finally:
        transaction.savepoint_rollback(before)
