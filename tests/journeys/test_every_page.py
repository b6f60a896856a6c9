"""Every page that the people of Arden can reach by links: none fails, none leads nowhere, none puts something in anybody's way.

Set SIGHTLINE_PICTURES to a folder to keep a picture of each kind of page at two widths, for somebody to look at.
"""

import os
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Page

from sightline.site.demo import sign_ins
from tests.journeys import axe
from tests.journeys.browser import DESKTOP, NARROWEST, PHONE, Watch, chromium, open_context, scrolls_sideways
from tests.running_site import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
LEFT_ALONE = frozenset({"account_logout"})
"""Signing out would end the walk; its page is looked at in another test."""


@pytest.fixture(scope="module")
def site(prepared_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path_factory.mktemp("every-page"))
    running.copy_from(prepared_demo)
    running.start()
    yield running
    running.stop()


class Walk:
    """One person's way through all that they can reach, one page of each kind."""

    looked_at: set[str] = set()
    pages = 0

    def __init__(self, browser: Browser, site: RunningSite, email: str, password: str) -> None:
        self.site, self.email = site, email
        self.faults: list[str] = []
        self.watch = Watch(site.address)
        self.context: BrowserContext = open_context(browser, site.address)
        self.page: Page = self.context.new_page()
        self.watch.over(self.page)
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_load_state()
        if self.page.url.startswith(f"{site.address}/accounts/login/"):
            self.fault("/accounts/login/", "cannot sign in")

    def through_everything(self) -> list[str]:
        waiting, met = ["/"], {"home"}
        while waiting:
            path = waiting.pop(0)
            for link in self.read(path):
                kind = kind_of(link)
                if kind == "":
                    self.fault(path, f"a link leads nowhere: {link}")
                elif kind not in met | LEFT_ALONE:
                    met.add(kind)
                    waiting.append(link)
        self.faults += [f"{self.email}: {fault}" for fault in self.watch.faults]
        self.context.close()
        return self.faults

    def read(self, path: str) -> list[str]:
        """The links of a page; a kind of page that nobody has seen before is looked over in the browser."""
        answer = self.context.request.get(path)
        if "/statement/" in answer.url and "/statement/" not in path:
            self.state_no_connection(path)
            answer = self.context.request.get(path)
        Walk.pages += 1
        if not answer.ok:
            self.fault(path, f"answers {answer.status}")
            return []
        if "text/html" not in answer.headers.get("content-type", ""):
            return []
        text = answer.text()
        for raw in ("{{", "{%", "<c-"):
            if raw in re.sub(r"(?s)<pre.*?</pre>", "", text):
                self.fault(path, f"shows its own template: {raw}")
        kind = kind_of(urlsplit(answer.url).path)
        if kind not in Walk.looked_at:
            Walk.looked_at.add(kind)
            self.look_over(answer.url, kind)
        here = [urljoin(answer.url, unescape(link)) for link in LINK.findall(text)]
        return [link.removeprefix(self.site.address).split("#")[0] for link in here if link.startswith(f"{self.site.address}/")]

    def look_over(self, url: str, kind: str) -> None:
        self.page.goto(url)
        for violation in axe.violations(self.page):
            self.fault(url, str(violation))
        self.keep_picture(kind, "desktop")
        for size in (PHONE, NARROWEST):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            if scrolls_sideways(self.page):
                self.fault(url, f"is wider than {size['width']} pixels")
            if size == PHONE:
                self.keep_picture(kind, "phone")
        self.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]

    def state_no_connection(self, path: str) -> None:
        """The question before a matter opens for the first time."""
        self.page.goto(path)
        if "need_to_know:statement" not in Walk.looked_at:
            Walk.looked_at.add("need_to_know:statement")
            self.look_over(self.page.url, "need_to_know:statement")
        self.page.get_by_role("radio").first.check()
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def keep_picture(self, kind: str, width: str) -> None:
        if folder := os.environ.get("SIGHTLINE_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{kind.replace(':', '.')}-{width}.png", full_page=True)

    def fault(self, place: str, text: str) -> None:
        say(f"{place} {text}")
        self.faults.append(f"{self.email} at {place.removeprefix(self.site.address)}: {text}")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- the run shows how much was looked at


def kind_of(link: str) -> str:
    """The name of the page that an address leads to; nothing when it leads nowhere."""
    path = link.split("?")[0]
    if path.startswith("/static/"):
        return path
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def test_every_page_of_every_role(site: RunningSite) -> None:
    one_of_each_role = {who.split(":")[0]: (email, password) for who, email, password in reversed(sign_ins())}

    faults: list[str] = []
    with chromium() as browser:
        for role, (email, password) in one_of_each_role.items():
            before, began = Walk.pages, time.monotonic()
            faults += Walk(browser, site, email, password).through_everything()
            say(f"{role}: {Walk.pages - before} pages in {time.monotonic() - began:.1f} s")

    say(f"{Walk.pages} pages read in {len(one_of_each_role)} roles; {len(Walk.looked_at)} kinds of page looked over at three widths")
    assert not faults, "\n".join(faults)
