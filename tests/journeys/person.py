"""Somebody in a journey: a browser of their own, and a look at every page they come to."""

import os
import re
import signal
from datetime import date
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, expect

from tests.journeys import axe
from tests.journeys.browser import DESKTOP, PHONE, Watch, open_context, scrolls_sideways
from tests.running_site import RunningSite

PASSWORD = "arden-example-only"


class Person:
    """Somebody with a browser of their own; every page they come to is looked over for what would be in their way."""

    seen: set[str] = set()

    def __init__(self, browser: Browser, site: RunningSite, name: str = "", *, size: dict[str, int] = DESKTOP) -> None:
        self.site, self.name, self.size = site, name, size
        self.context = open_context(browser, site.address, size=size)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(12_000)
        self.watch = Watch(site.address)
        self.watch.over(self.page)
        if name:
            self.sign_in(name)

    def sign_in(self, name: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.fill("input[name=login]", f"{name}@arden.example")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("What needs you")

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.arrived()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.arrived()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.arrived()

    def arrived(self) -> None:
        self.page.wait_for_load_state()
        if "/reauthenticate/" in self.page.url:
            self.look()
            self.page.fill("input[name=password]", PASSWORD)
            self.page.get_by_role("button", name="Confirm").click()
            self.page.wait_for_load_state()
        if "/statement/" in self.page.url:
            self.look()
            self.page.get_by_role("radio").first.check()
            self.page.get_by_role("button", name="Continue").click()
            self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        kind = re.sub(r"[0-9A-HJKMNP-TV-Z]{26}", "ID", self.page.url.split("?")[0])
        assert not self.watch.faults, self.watch.faults
        if kind not in Person.seen:
            Person.seen.add(kind)
            found = axe.violations(self.page)
            assert not found, f"{kind}\n" + "\n".join(map(str, found))
            self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            assert not scrolls_sideways(self.page), f"{kind} is wider than a phone"
            self.page.set_viewport_size(self.size)  # type: ignore[arg-type]

    def write_date(self, field: str, on: date) -> None:
        for part, value in enumerate((on.day, on.month, on.year)):
            self.page.fill(f"#id_{field}_{part}", str(value))


def kill_browser() -> None:
    """End this test's own chromium as a power cut would."""
    for child in psutil.Process(os.getpid()).children(recursive=True):
        if Path(child.name()).name.startswith(("chrom", "headless")):
            child.send_signal(signal.SIGKILL)
