"""Two worlds that differ in one matter. For whoever must not know of it, every page of both is the same, byte for byte."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.access.asking import Answer, Asking, address
from tests.access.pages import MATTER_PAGES, PLAIN_PAGES, SEALED_PAPERS, Asked
from tests.access.world import RELATIONS, Builder, Case, Who

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]

Request = tuple[str, str]
LINK = re.compile(rb'(?:href|action|src)="(/[^"#]*)')
CLOCK = re.compile(rb"\b\d{1,2}:\d{2}\b")
PAGE_MARK = re.compile(rb'(name="draft_page" value=")\w+"')  # what keeps one page's typing apart from another's
OF_ONE_KIND = 2
ONE_IN = 11
# They hold a fresh challenge for a passkey at every request.
RANDOM = ("account_login", "mfa_add_webauthn")
# Whoever watches the system sees that something was done, never what; only a conflict or a seal takes even that away.
SHOW_THAT_SOMETHING_WAS_DONE = ("audit_trail", "deliveries")
# Actions are read by everybody who may read the log, without the matter that they came from; a conflict or a seal takes that away too.
STAND_BY_THEMSELVES = (
    "actions:register", "actions:action", "actions:evidence_file", "actions:recommendations", "actions:recommendation", "home",
)  # fmt: skip
# Roles that open most; what the others can open is among it.
WITH_ROOMS = ("BM", "BO", "DSP", "PC", "PM", "AL", "AC", "IR", "SC", "AN", "IG", "LG", "SA")
EVERY_OTHER = WITH_ROOMS[::2]
FEW_ROLES = ("BM", "DSP", "AL", "AC", "SC", "SA")
ALTOGETHER = ("in conflict", "agency sealed out")
KEPT_AWAY = {
    "in conflict": WITH_ROOMS,
    "agency sealed out": EVERY_OTHER,
    "stranger": FEW_ROLES,
    "ended member": FEW_ROLES,
    "expired grant": FEW_ROLES,
}


class Worlds:
    """The world without the matter, and by turns the world with it."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.builder.build(["member"])
        self.people = [who for who in self.builder.world.people if who.agency == "other" and who.role in WITH_ROOMS]
        self.asking = Asking(self.people)
        self.before = {str(who): self.crawl(who) for who in self.people}

    @contextmanager
    def with_matter(self, relation: str) -> Iterator[Case]:
        before = transaction.savepoint()
        try:
            yield RELATIONS[relation](self.builder, relation)
        finally:
            transaction.savepoint_rollback(before)

    def crawl(self, who: Who) -> dict[Request, Answer]:
        """Every kind of page that this person can come to from the pages that belong to no matter."""
        ids = self.builder.world.ids
        waiting = [address(name, (thing,), ids.__getitem__) for name, page in PLAIN_PAGES.items() for thing in page.about[:1]]
        seen: dict[Request, Answer] = {}
        kinds: Counter[str] = Counter()
        while waiting:
            url = waiting.pop(0)
            kind = kind_of(url)
            if not kind or ("GET", url) in seen or kinds[kind] == OF_ONE_KIND:
                continue
            kinds[kind] += 1
            answer = seen["GET", url] = self.ask(who, "GET", url)
            waiting += [found.decode().replace("&amp;", "&") for found in LINK.findall(answer.body)]
        return seen

    def ask_about(self, who: Who, case: Case) -> dict[Request, Answer]:
        """The addresses of this matter and of its parts, whether or not it exists."""
        found = {}
        for number, (name, parts, method) in enumerate(addresses()):
            if (number + self.people.index(who)) % ONE_IN == 0:
                url = address(name, parts, case.ids.__getitem__)
                found[method, url] = self.ask(who, method, url)
        return found

    def ask(self, who: Who, method: str, url: str) -> Answer:
        answer = self.asking.ask(who, method, url)
        return replace(answer, body=PAGE_MARK.sub(rb'\1"', CLOCK.sub(b"", answer.body)))


def addresses() -> Iterator[tuple[str, tuple[str, ...], str]]:
    for name, page in [*MATTER_PAGES.items(), *SEALED_PAPERS]:
        for parts in page.about:
            for method in page.methods:
                yield name, parts, method


def kind_of(url: str) -> str:
    """The page behind a link; empty for what is no page of this site."""
    try:
        found = resolve(url.partition("?")[0])
    except Resolver404:
        return ""
    return "" if found.view_name in (*RANDOM, "account_logout", "static") else found.view_name


@pytest.fixture(scope="module")
def worlds(_one_transaction: None) -> Worlds:
    return Worlds()


@pytest.mark.parametrize("relation", KEPT_AWAY)
def test_matter_that_must_not_be_known_leaves_no_trace(
    worlds: Worlds, relation: str, record_property: Callable[[str, object], None]
) -> None:
    differing, pairs = [], 0
    with worlds.with_matter(relation) as case:
        kept_away = [who for who in worlds.people if who.role in KEPT_AWAY[relation] and not Asked(who, case).knows]
        after = {str(who): worlds.crawl(who) for who in kept_away}
        about = {str(who): worlds.ask_about(who, case) for who in kept_away}
    assert kept_away
    for who in kept_away:
        without = worlds.before[str(who)] | worlds.ask_about(who, case)
        with_it = after[str(who)] | about[str(who)]
        pairs += len(without)
        for method, url in sorted(without.keys() | with_it.keys()):
            if relation not in ALTOGETHER and kind_of(url) in (*SHOW_THAT_SOMETHING_WAS_DONE, *STAND_BY_THEMSELVES):
                continue
            one, other = without.get((method, url)), with_it.get((method, url))
            if one is None or other is None or not one.same_as(other):
                differing.append(f"{who}: {method} {url}")

    record_property("two worlds: pairs of pages", pairs)
    record_property("two worlds: differing", len(differing))
    assert not differing, f"{len(differing)} of {pairs} differ\n" + "\n".join(differing[:40])


def test_the_two_worlds_differ_for_whoever_may_know(worlds: Worlds) -> None:
    with worlds.with_matter("member") as case:
        who = next(who for who in worlds.people if Asked(who, case).knows)
        after = worlds.crawl(who)

    assert any(not answer.same_as(after[key]) for key, answer in worlds.before[str(who)].items() if key in after)
