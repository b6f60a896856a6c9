"""From a finding to its rows, to the agency's word, to a learning point: the panel's chair, the unit, and two who must not see it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import decision_steps as decision
from tests.journeys.browser import PHONE, chromium
from tests.journeys.person import Person
from tests.running_site import RunningSite

pytestmark = pytest.mark.browser
GAP = "No row received shows that anybody saw or spoke with the child for 422 days."


@pytest.fixture
def site(prepared_demo: Path, tmp_path: Path) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path)
    running.copy_from(prepared_demo)
    with running:
        yield running


def live_review(unit: Person) -> str:
    """The address of the review that is under way."""
    unit.go("/rapid-reviews/")
    unit.page.get_by_role("row").filter(has_text=re.compile("working day 7", re.IGNORECASE)).get_by_role("link").first.click()
    unit.arrived()
    return "/" + unit.page.url.split("/", 3)[3]


def test_from_a_finding_to_a_learning_point(site: RunningSite) -> None:
    with chromium() as browser:
        unit, chair, reader = (Person(browser, site, name) for name in ("morgan.hale", "ffion.larkmoor", "corin.ashwold"))
        review = live_review(unit)
        reference = re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}\b", unit.page.locator("main").inner_text())
        assert reference

        # The story first; then what the rows say together; then one finding with its rows side by side.
        chair.go(f"{review}chronology/story/")
        expect(chair.page.locator("main")).to_contain_text("wait for somebody to look")
        chair.go(f"{review}findings/")
        chair.follow(GAP)
        finding = "/" + chair.page.url.split("/", 3)[3]
        expect(chair.page.locator("mark")).to_have_count(2)
        chair.page.locator("article a").first.click()
        chair.arrived()
        expect(chair.page.locator("main")).to_contain_text("Findings that rest on it")
        chair.go(finding)
        expect(chair.page.get_by_role("button", name="Accept it")).to_have_count(0)

        # Each agency has its say: one is asked in its thread, the other's silence is given a reason.
        unit.go(finding)
        unit.follow("Ask ")
        unit.press("Send the question")
        unit.follow("Keep its answer")
        unit.page.get_by_label("What the agency says").fill("There is nothing else on our system for this time.")
        unit.press("Save")
        while unit.page.get_by_role("link", name="go on without").count():
            unit.follow("go on without")
            unit.page.get_by_label("Why").fill("Its officer spoke to it at the meeting.")
            unit.press("Save")

        # The chair accepts it with why it made sense then, and makes a learning point and an episode of it.
        chair.go(finding)
        chair.press("Accept it")
        chair.page.get_by_label("Why it made sense at the time").fill("Each service took it that another one was visiting.")
        chair.press("Save")
        chair.press("Make it a learning point")
        chair.page.get_by_label("What was learnt").fill("Who last saw the child is asked at each handover.")
        chair.press("Save")
        chair.follow("Learning point 1")
        expect(chair.page.locator("main")).to_contain_text("Each service took it that another one was visiting.")
        chair.go(finding)
        chair.press("Make it a key practice episode")
        chair.page.get_by_label("Title").fill("A year unseen")
        chair.press("Save")
        for page, words in (
            ("chronology/timeline/", "A year unseen"),
            ("chronology/story/", "A year unseen"),
            ("chronology/child/", "Seen"),
        ):
            chair.go(f"{review}{page}")
            expect(chair.page.locator("main")).to_contain_text(words)
        chair.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        chair.go(f"{review}chronology/known/")
        expect(chair.page.locator("main")).to_contain_text("Knew 7 rows")

        # The unit sees who stands behind each code, whether a name can still be read, and what a family would read.
        for page in ("chronology/glossary/", "chronology/scan/", "chronology/take-out/", "chronology/story/names/", "chronology/previews/"):
            unit.go(f"{review}{page}")
        unit.press("Begin a version")
        unit.page.get_by_label("One member of the family").check()
        unit.page.get_by_label("Who in the family").select_option(index=1)
        unit.page.get_by_label("Every row that is not marked").check()
        unit.press("Show it")
        expect(unit.page.locator("main")).to_contain_text("Lacking: Police and Legal adviser.")
        preview = "/" + unit.page.url.split("/", 3)[3]

        # A partner reads and changes nothing; whoever is connected with the family sees one and the same missing page.
        reader.go(finding)
        expect(reader.page.locator("main")).to_contain_text("Accepted")
        expect(reader.page.get_by_role("button", name="Make it a learning point")).to_have_count(0)
        unit.go("/case-reviews/")
        unit.follow(reference[0])
        decision.keep_out(unit, unit.page.url.removeprefix(site.address).rstrip("/"), "Corin Ashwold")
        for address in (finding, preview, f"{review}findings/", f"{review}chronology/story/", f"{review}chronology/timeline/"):
            answer = reader.page.request.get(f"{site.address}{address}")
            assert answer.status == 404, address
