"""The first administrator's first hour in a real browser: the link, a password, a passkey, and signing in with the passkey alone."""

import os
import re
import shutil
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.partnership.accounts.signing_in import code_of
from tests.running_site import RunningSite

pytestmark = pytest.mark.browser

PASSWORD = "quite a long invented sentence"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A real partnership, not the example: a second factor is compulsory."""
    running = RunningSite(tmp_path_factory.mktemp("site"), is_demo=False)
    running.sightline("migrate")
    with running:
        yield running


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("NOT RUN: chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_context()
        browser.close()


def link_for(site: RunningSite, email: str) -> str:
    printed = site.sightline("set-up", "--email", email, "--name", "Example Administrator").stdout
    return re.search(r"http://\S+/join/\S+", printed)[0]


def with_authenticator(page: Page) -> None:
    """A key inside the browser, as a telephone or laptop has one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def join(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url("**/my-account/second-factor/")


def test_passkey_is_registered_and_signs_in_without_a_password(site: RunningSite, context: BrowserContext) -> None:
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    with_authenticator(page)

    join(page, link_for(site, "first@hartshire.example"))
    page.goto(f"{site.address}/who-signs-in/")
    assert page.url.endswith("/my-account/second-factor/")
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_label("What you call this device").fill("Invented laptop")
    page.get_by_role("button", name="Set up the passkey").click()
    page.wait_for_url("**/2fa/recovery-codes/**")
    page.goto(f"{site.address}/set-up/")
    assert page.get_by_role("heading", level=1).inner_text() == "Set up Sightline"

    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/accounts/login/**")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site.address}/")
    page.goto(f"{site.address}/my-account/")

    assert "Invented laptop" in page.content()
    assert problems == []


def test_app_is_registered_and_its_code_is_asked_for_after_the_password(site: RunningSite, context: BrowserContext) -> None:
    site.sightline("manage", "shell", "-c", TAKE_AWAY_THE_FIRST)
    page = context.new_page()
    join(page, link_for(site, "second@hartshire.example"))

    page.get_by_role("button", name="Set up an app").click()
    page.wait_for_url("**/2fa/totp/activate/")
    secret = _secret_on(page)
    page.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code_of(secret))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/2fa/recovery-codes/**")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/accounts/login/**")
    page.locator("#id_login").fill("second@hartshire.example")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/**")

    page.goto(f"{site.address}/who-signs-in/")
    assert page.url.endswith("/2fa/authenticate/")


TAKE_AWAY_THE_FIRST = (
    "from sightline.partnership.accounts.models import RoleHolding;"
    "from django.utils import timezone;"
    "RoleHolding.objects.filter(role='SA').update(ended_at=timezone.now(), valid_to=timezone.localdate())"
)


def _secret_on(page: Page) -> str:
    """The key that the page shows for typing, or that is in its code."""
    found = re.search(r"otpauth://[^\"'<\s]+", page.content())
    if found:
        return parse_qs(urlsplit(found[0].replace("&amp;", "&")).query)["secret"][0]
    return re.search(r"\b([A-Z2-7]{16,})\b", page.content())[1]
