"""A real chromium for the journeys, and a watch over what its pages do."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 740}
NARROWEST = {"width": 320, "height": 640}
TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""


def find_chromium() -> str:
    """Where chromium is, or nothing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("SIGHTLINE_CHROMIUM", "") or next((place for name in names if (place := shutil.which(name))), "")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A chromium, started and closed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium() or None, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What a page did that it should not: errors in its console, its content policy broken, a request off the site."""

    address: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch one page from now on."""
        page.add_init_script(TELL_VIOLATIONS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium notes every answer that is not 2xx as an error; a page that is meant to be missing is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"off the site: {request.url}")


def open_context(browser: Browser, address: str, *, size: dict[str, int] | None = None, **kept: Any) -> BrowserContext:
    """A browser of one person: nothing is shared with another."""
    return browser.new_context(base_url=address, viewport=size or DESKTOP, locale="en-GB", timezone_id="Europe/London", **kept)  # type: ignore[arg-type]


def scrolls_sideways(page: Page) -> bool:
    """Whether something on the page is wider than the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
