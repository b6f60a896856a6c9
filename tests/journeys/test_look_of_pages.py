"""The parts of a page and the sign-in pages: nothing in anybody's way, nothing blocked, nothing fetched from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import axe
from tests.journeys.browser import DESKTOP, NARROWEST, PHONE, Watch, chromium, open_context, scrolls_sideways
from tests.running_site import RunningSite

pytestmark = pytest.mark.browser

PAGES = [
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-none/",
    "/accounts/inactive/",
    "/help/",
    "/help/accessibility/",
    "/help/components/",
    "/nothing-here/",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path_factory.mktemp("look"))
    running.sightline("migrate")
    running.start(with_worker=False)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_put_nothing_in_the_way(site: RunningSite, browser: Browser, size: dict[str, int]) -> None:
    found = {}
    watch = Watch(site.address)
    with open_context(browser, site.address, size=size) as context:
        page = context.new_page()
        watch.over(page)
        for path in PAGES:
            page.goto(path)
            found[path] = [str(violation) for violation in axe.violations(page)]

    assert {path: rules for path, rules in found.items() if rules} == {}
    assert watch.faults == []


def test_pages_do_not_scroll_sideways_on_the_narrowest_telephone(site: RunningSite, browser: Browser) -> None:
    with open_context(browser, site.address, size=NARROWEST) as context:
        page = context.new_page()
        wide = [path for path in PAGES if page.goto(path) and scrolls_sideways(page)]

    assert wide == []


def test_pages_can_be_used_without_a_script(site: RunningSite, browser: Browser) -> None:
    with open_context(browser, site.address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/accounts/login/")

        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()

        assert page.get_by_role("heading", name="There is a problem").is_visible()
        assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
        assert not page.get_by_role("button", name="Hide this page").is_visible()


def test_page_hides_with_escape_twice_and_comes_back(site: RunningSite, browser: Browser) -> None:
    with open_context(browser, site.address) as context:
        page = context.new_page()
        page.goto("/help/")
        heading = page.get_by_role("heading", name="Help", exact=True)

        page.keyboard.press("Escape")
        assert heading.is_visible()
        page.keyboard.press("Escape")
        assert not heading.is_visible()
        assert page.title() == "Sightline"
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")

        assert heading.is_visible()
        assert "Help" in page.title()


def test_page_hides_with_its_button(site: RunningSite, browser: Browser) -> None:
    with open_context(browser, site.address, size=PHONE) as context:
        page = context.new_page()
        page.goto("/help/")

        page.get_by_role("button", name="Hide this page").click()
        assert not page.get_by_role("heading", name="Help", exact=True).is_visible()
        page.get_by_role("button", name="Show the page").click()

        assert page.get_by_role("heading", name="Help", exact=True).is_visible()


def test_keyboard_reaches_the_content_first(site: RunningSite, browser: Browser) -> None:
    with open_context(browser, site.address) as context:
        page = context.new_page()
        page.goto("/help/")

        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "content"


def test_every_sign_in_page_says_first_whom_to_ring(site: RunningSite, browser: Browser) -> None:
    with open_context(browser, site.address) as context:
        page = context.new_page()
        silent = [path for path in PAGES if page.goto(path) and "Nobody watches this page" not in page.inner_text("main")]

    assert silent == []


def test_paper_carries_the_marking_on_every_sheet(site: RunningSite, browser: Browser, tmp_path: Path) -> None:
    with open_context(browser, site.address) as context:
        page = context.new_page()
        page.goto("/help/components/")
        page.emulate_media(media="print")

        assert page.locator(".sl-print-only").first.is_visible()
        assert not page.get_by_role("button", name="Hide this page").is_visible()
        assert page.evaluate("getComputedStyle(document.body).page") == "official"
