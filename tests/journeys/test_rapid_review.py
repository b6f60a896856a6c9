"""A rapid review of seven agencies: answered in full, nil, returned, on a phone by link, typed through two deaths, and never."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import rapid_review_steps as steps
from tests.journeys.browser import PHONE, chromium
from tests.journeys.person import Person, kill_browser
from tests.running_site import RunningSite

pytestmark = pytest.mark.browser

TODAY = datetime.now(ZoneInfo("Europe/London")).date()
POLICE, COUNCIL, TRUST = "Heartwold Police", "Arden Borough Council", "Wolden Hospitals and Community NHS Foundation Trust"
SCHOOL, HOUSING, PROBATION = "Larkhanger Academy", "Arden Hearth Homes", "Heartwold Probation Delivery Unit"
PRIMARY = "Mossfallow Primary School"
SEVEN = (POLICE, COUNCIL, TRUST, SCHOOL, HOUSING, PROBATION, PRIMARY)
TYPED = "What the school knew, typed before everything went dark."
BY_LINK = "The neighbour had rung us about the noise three times."


@pytest.fixture
def site(prepared_demo: Path, tmp_path: Path) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path)
    running.copy_from(prepared_demo)
    with running:
        yield running


def shell(site: RunningSite, code: str) -> str:
    return site.sightline("manage", "shell", "--no-imports", "-c", code).stdout


def test_rapid_review_of_seven_agencies(site: RunningSite) -> None:
    review = steps.said(shell(site, steps.BEFORE), "REVIEW")
    with chromium() as browser:
        unit = Person(browser, site, "morgan.hale")
        unit.go(f"/rapid-reviews/{review}/ask/")
        steps.ask_seven(unit, SEVEN, due_on=TODAY + timedelta(days=1))
        expect(unit.page.locator("main")).to_contain_text("7 of 7 still to answer")
        reference = str(re.search(r"[A-Z]{2}\d-\d[A-Z]{2}", unit.page.inner_text("h1"))[0])  # type: ignore[index]

        police = Person(browser, site, "bryn.cotterwold")
        police.follow(f"Answer the request in {reference}")
        start = f"{police.page.url}answer/search/"
        steps.search(police, start, known="known", on=TODAY)
        steps.write(police, steps.ALL_SECTIONS, on=TODAY)
        police.press("Sign off and submit")
        expect(police.page.locator("h1")).to_contain_text("Your answer was received")

        council = Person(browser, site, "edda.rowanlea")
        council.follow(f"Answer the request in {reference}")
        steps.search(council, f"{council.page.url}answer/search/?nobody", known="not_known", on=TODAY)
        steps.write(council, steps.NIL_SECTIONS, on=TODAY)
        council.press("Sign off and submit")

        trust = Person(browser, site, "sorrel.quincewood")
        trust.follow(f"Answer the request in {reference}")
        request = trust.page.url
        steps.search(trust, f"{request}answer/search/", known="known", on=TODAY)
        steps.write(trust, steps.ALL_SECTIONS, on=TODAY)
        trust.press("Sign off and submit")
        return_for_correction(unit, review)
        trust.go(request)
        expect(trust.page.locator("main")).to_contain_text("Was the child spoken to alone?")
        trust.go(f"{request}answer/child/")
        trust.page.fill("#id_voice", "“I like the garden.” Said alone, on 3 March.")
        trust.press("Save and continue")
        trust.go(f"{request}check/")
        trust.press("Sign off and submit")
        for agency in (POLICE, COUNCIL, TRUST):
            unit.go(f"/rapid-reviews/{review}/")
            unit.follow(agency)
            unit.press("Accept the answer")
        expect(unit.page.locator("main")).to_contain_text("Changed")

        housing_link, code = make_link(unit, review, HOUSING)
        school = Person(browser, site, "hamish.dovemeadow")
        school.go("/agency-requests/")
        school.follow(reference)
        school_request = school.page.url
        school.go(f"{school_request}answer/involvement/")
        school.page.fill("#id_summary", TYPED)
        expect(school.page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d:\d\d"))
        phone = Person(browser, site, size=PHONE)
        open_link(phone, housing_link, code, wrong_first=True)
        phone.go("/answer/open/sections/involvement/")
        phone.page.fill("#id_summary", BY_LINK)
        expect(phone.page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d:\d\d"))
        kill_browser()

    # Neither the browser nor the server said goodbye.
    site.kill_web()
    site.start_web()

    with chromium() as browser:
        school = Person(browser, site, "hamish.dovemeadow")
        school.go(f"{school_request}answer/involvement/")
        expect(school.page.locator("#id_summary")).to_have_value(TYPED)
        second = school.context.new_page()
        second.goto(f"{school_request}answer/involvement/")
        second.fill("#id_summary", "What the other window says.")
        second.get_by_role("button", name="Save and continue").click()
        second.wait_for_load_state()
        school.press("Save and continue")
        expect(school.page.locator("h1")).to_contain_text("Somebody else wrote here too")
        expect(school.page.locator("main")).to_contain_text("What the other window says.")
        school.press("Keep what I chose")
        school.go(f"{school_request}answer/involvement/")
        expect(school.page.locator("#id_summary")).to_have_value(TYPED)
        steps.search(school, f"{school_request}answer/search/", known="known", on=TODAY)
        steps.write(school, steps.ALL_SECTIONS, on=TODAY, instead={"summary": TYPED})
        school.press("Sign off and submit")

        phone = Person(browser, site, size=PHONE)
        open_link(phone, housing_link, code)
        phone.go("/answer/open/sections/involvement/")
        expect(phone.page.locator("#id_summary")).to_have_value(BY_LINK)
        steps.search(phone, "/answer/open/sections/search/", known="known", on=TODAY)
        steps.write(phone, ("safety",), on=TODAY)
        steps.write(phone, steps.ALL_SECTIONS[1:], on=TODAY, instead={"summary": BY_LINK})
        phone.press("Sign off and submit")
        expect(phone.page.locator("h1")).to_contain_text("Your answer is in")

        stranger = Person(browser, site, size=PHONE)
        refused = refusal(stranger, housing_link, code)
        unit = Person(browser, site, "morgan.hale")
        primary_link, primary_code = make_link(unit, review, PRIMARY)
        assert primary_link != housing_link
        assert refusal(stranger, f"{primary_link[:-3]}xx/", primary_code) == refused
        open_link(Person(browser, site, size=PHONE), primary_link, primary_code, agency=PRIMARY)
        shell(site, steps.EXPIRE.format(link=re.search(r"/answer/([0-9A-Z]{26})", primary_link)[1]))  # type: ignore[index]
        assert refusal(stranger, primary_link, primary_code) == refused

        shell(site, steps.LATER.format(review=review))
        unit.go("/rapid-reviews/awaited/")
        silent = unit.page.locator("main tr").filter(has_text=PROBATION).filter(has_text=reference)
        expect(silent).to_contain_text("Late by")
        expect(silent).to_contain_text("Late, told higher up")
        for page in ("punctuality", "efforts", "plan"):
            unit.go(f"/rapid-reviews/{page}/")
        no_letter_tells(unit, (reference, "Tanglewick", "Oberon", TYPED, BY_LINK, *SEVEN))
        unit.go(f"/rapid-reviews/{review}/go-on-without/")
        unit.page.fill("#id_reasons", "Three agencies stay silent.")
        unit.page.locator("main form button[type=submit]").first.click()
        unit.arrived()
        expect(unit.page.locator("main")).to_contain_text("Going on without all returns")
        for agency in (SCHOOL, HOUSING):
            unit.go(f"/rapid-reviews/{review}/")
            unit.follow(agency)
            unit.press("Accept the answer")
        for agency in (PROBATION, PRIMARY):
            unit.go(f"/rapid-reviews/{review}/")
            unit.follow(agency)
            unit.follow("No longer ask")
            unit.page.fill("#id_reasons", "The panel meets without it.")
            unit.press("No longer ask")

    site.kill_web()
    site.kill_worker()
    facts = json.loads(steps.said(shell(site, steps.FACTS.format(review=review)), "FACTS"))
    assert facts == {
        "status": "information_complete",
        "stages": ["scoping", "information_requested", "information_incomplete", "information_complete"],
        "requests": {
            POLICE: "accepted", COUNCIL: "nil_accepted", TRUST: "accepted", SCHOOL: "accepted", HOUSING: "accepted", PROBATION: "withdrawn",
            PRIMARY: "withdrawn",
        },
        "versions": {POLICE: 1, COUNCIL: 1, TRUST: 2, SCHOOL: 1, HOUSING: 1},
        "via": {POLICE: "account", COUNCIL: "account", TRUST: "account", SCHOOL: "account", HOUSING: "link"},
        "signed_by": "Ned Copperfold", "nil": [COUNCIL],
        "rungs": ["late_to_lead", "late_to_alternate", "late_to_executive", "late_to_partners"], "by_link": True,
        "school_said": TYPED, "housing_said": BY_LINK, "executive_told": ["sent"],
    }  # fmt: skip
    assert site.sightline("audit", "verify").returncode == 0


def return_for_correction(unit: Person, review: str) -> None:
    unit.go(f"/rapid-reviews/{review}/")
    unit.follow(TRUST)
    unit.page.get_by_role("button", name="Return for correction").or_(
        unit.page.get_by_role("link", name="Return for correction")
    ).first.click()
    unit.arrived()
    steps.choose(unit.page, "correction", "unclear")
    unit.page.fill("#id_note", "Was the child spoken to alone?")
    unit.press("Return for correction")


def make_link(unit: Person, review: str, agency: str) -> tuple[str, str]:
    """The link from the letter, and the code that the unit reads out."""
    unit.go("/messages/all/")
    before = link_letters(unit.page)
    unit.go(f"/rapid-reviews/{review}/")
    unit.follow(agency)
    unit.go(f"{unit.page.url}link/")
    unit.page.locator("main input[type=radio]").first.check()
    unit.page.locator("main input[type=checkbox]").first.check()
    unit.press("Make the link")
    code = re.sub(r"\D", "", unit.page.locator(".govuk-summary-list__value strong").nth(1).inner_text())
    unit.go("/messages/all/")
    for _ in range(80):
        # An earlier link's letter is of the same name: only one that was not there before brings this link.
        if new := [address for address in link_letters(unit.page) if address not in before]:
            break
        unit.page.wait_for_timeout(250)
        unit.page.reload()
    unit.go(new[0])
    found = re.search(r"/answer/\S+/", unit.page.inner_text("main"))
    assert found
    return found[0], code


def open_link(phone: Person, link: str, code: str, *, agency: str = HOUSING, wrong_first: bool = False) -> None:
    phone.go(link)
    expect(phone.page.locator("body")).to_contain_text("If a child is in danger now, ring")
    if wrong_first:
        phone.page.fill("#id_code", "00000000")
        phone.press("Continue")
        expect(phone.page.locator("main")).to_contain_text("There is a problem")
    phone.page.fill("#id_code", code)
    phone.press("Continue")
    expect(phone.page.locator("h1")).to_contain_text(f"What {agency} is asked")


def refusal(stranger: Person, link: str, code: str) -> str:
    """What a link that opens nothing says, whatever is wrong with it."""
    stranger.go(link)
    stranger.page.fill("#id_code", code)
    stranger.press("Continue")
    return stranger.page.inner_text("main")


def no_letter_tells(unit: Person, secrets: tuple[str, ...]) -> None:
    """Every letter that was sent, read in the demonstration's outbox."""
    unit.go("/messages/all/")
    addresses = {str(link.get_attribute("href")) for link in message_links(unit.page)}
    assert len(addresses) > 10
    for address in addresses:
        text = unit.context.request.get(f"{unit.site.address}{address}").text()
        body = text.split("<main", 1)[1].split("</main>", 1)[0]
        for secret in secrets:
            assert secret not in body, (address, secret)


def link_letters(page: Page) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.get_by_role("link", name="You are asked for information").all()]


def message_links(page: Page) -> list:  # type: ignore[type-arg]
    return page.locator("main a[href*='/messages/all/']").all()
