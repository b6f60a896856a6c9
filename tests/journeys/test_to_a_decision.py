"""The whole way from the first call to the Panel's last word: six people, one without account, and one who must never learn of it."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import decision_steps as decision
from tests.journeys import rapid_review_steps as steps
from tests.journeys.browser import PHONE, chromium
from tests.journeys.person import Person
from tests.journeys.test_rapid_review import HOUSING, SCHOOL, make_link, open_link
from tests.running_site import RunningSite

pytestmark = pytest.mark.browser

PARTNERS = ("isolde.marchmere", "imogen.sallowby", "corin.ashwold")
KEPT_OUT = "sorrel.quincewood"


@pytest.fixture
def site(prepared_demo: Path, tmp_path: Path) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path)
    running.copy_from(prepared_demo)
    with running:
        yield running


def test_from_the_first_call_to_the_panels_last_word(site: RunningSite) -> None:
    with chromium() as browser:
        school, unit, council = (Person(browser, site, name) for name in ("hamish.dovemeadow", "morgan.hale", "isolde.marchmere"))
        reference, incident = decision.raise_incident(school)
        unit.go("/")
        # From the first hour on, somebody is connected with the family.
        decision.keep_out(unit, incident, "Sorrel Quincewood")
        unit.go("/")
        decision.notify(unit, council, incident, reference)
        decision.say_that_children_are_safe(unit, incident)
        unit.go("/rapid-reviews/")
        unit.follow(reference)
        review = "/" + unit.page.url.split("/", 3)[3]
        unit.go(f"{review}ask/")
        steps.ask_seven(unit, (SCHOOL, HOUSING), due_on=decision.today() + timedelta(days=2))

        answer_with_chronology(school, reference)
        answer_by_link(Person(browser, site, size=PHONE), unit, review)
        for agency in (SCHOOL, HOUSING):
            unit.go(review)
            unit.follow(agency)
            unit.press("Accept the answer")
        unit.go(f"{review}chronology/")
        combined = unit.page.locator("main")
        expect(combined).to_contain_text("5 of 5 rows")
        expect(combined).to_contain_text("Child 1 said he was tired.")
        expect(combined).not_to_contain_text("Oberon")

        decision.let_in(unit, incident, "Ffion Larkmoor", "Chairs the panel")
        meeting = decision.call_panel(unit, review)

    # Nobody said goodbye.
    site.kill_web()
    site.start_web()

    with chromium() as browser:
        unit, *partners, chair = (Person(browser, site, name) for name in ("morgan.hale", *PARTNERS, "ffion.larkmoor"))
        for person in (*partners, chair):
            person.follow("Rapid review panel")
            person.go(meeting)
            expect(person.page.locator("main")).not_to_contain_text(decision.PAPER)
            person.follow("Declare your interests")
            steps.choose(person.page, "has_interest", "no")
            person.press("Declare")
            person.follow(decision.PAPER)
        decision.hold_panel(chair, meeting)

        unit.go(review)
        unit.press("Go on to the report")
        unit.go(f"{review}report/")
        unit.press("Begin the draft")
        decision.propose_decision(unit, review)
        assert decision.close_gaps(unit, review) == [
            "children", "what_happened", "involvement", "episodes", "voice", "analysis", "good_practice", "identity", "inequality", "men",
            "learning", "dissemination", "family_told",
        ]  # fmt: skip
        unit.go(f"{review}sign-off/")
        unit.press("Ask the partners to sign")

        # One does not agree: nothing is decided, whoever else signs.
        police = partners[2]
        decision.sign(police, reference, agrees=False)
        decision.sign(partners[0], reference)
        unit.go(f"{review}sign-off/")
        expect(unit.page.locator("main")).to_contain_text("The partners do not agree")
        expect(unit.page.locator("main")).to_contain_text("The review is not decided")
        # The text is changed: what was signed holds for nothing, and what changed is said.
        unit.go(f"{review}report/parts/analysis/")
        unit.page.fill("#id_text", "Contacts were closed one by one; the two agencies now read them together.")
        decision.submit(unit)
        unit.go(f"{review}sign-off/")
        expect(unit.page.locator("main")).to_contain_text("Added: Contacts were closed one by one")
        ask_and_sign(unit, partners, review, reference)
        decision.send_report(unit, review)

        # The Panel disagrees; the partners decide a second time, and both sets of reasons stay.
        decision.record_reply(unit, review, "disagree_suggest_lcspr", "In our view a practice review would add learning.")
        unit.follow("Record what the partners decide")
        steps.choose(unit.page, "how", "again")
        unit.page.fill("#id_reasons", "The Panel is right.")
        unit.write_date("on", decision.today())
        decision.submit(unit)
        unit.go(f"{review}decision/write/")
        steps.choose(unit.page, "answer_improvements", "met")
        steps.choose(unit.page, "outcome", "lcspr")
        unit.page.fill("#id_rationale", "A practice review would add learning, as the Panel says.")
        unit.page.fill("#id_proposed_scope", "How schools and landlords tell each other.")
        decision.submit(unit)
        ask_and_sign(unit, partners, review, reference)
        decision.send_report(unit, review)
        decision.record_reply(unit, review, "agree_lcspr", "We agree now.")
        unit.go(f"{review}panel/end/")
        unit.write_date("on", decision.today())
        unit.page.fill("#id_reasons", "A practice review is commissioned.")
        decision.submit(unit)
        unit.go(review)
        expect(unit.page.locator("main")).to_contain_text("A practice review was commissioned")

        never_learns(Person(browser, site, KEPT_OUT), reference, (incident + "/", review, meeting, f"{review}chronology/"))
        print(f"{len(Person.seen)} kinds of page looked over with axe and at the width of a phone")  # noqa: T201 -- the run shows how much was looked at

    site.kill_web()
    site.kill_worker()
    said = site.sightline("manage", "shell", "--no-imports", "-c", decision.FACTS.format(kept_out=KEPT_OUT)).stdout
    assert json.loads(steps.said(said, "FACTS")) == {
        "status": "lcspr_commissioned", "rule_set": "WT2026",
        "stages": [
            "scoping", "information_requested", "information_complete", "panel_held",
            "draft", "partner_signoff", "draft", "partner_signoff", "decided", "sent_to_panel", "panel_response", "reconsider",
            "draft", "partner_signoff", "decided", "sent_to_panel", "panel_response", "lcspr_commissioned",
        ],
        "answered_via": ["account", "link"], "rows": ["exact", "exact", "exact", "exact", "month"], "meeting": ["held", "decided", 3],
        "texts": [["voided", 1, 2], ["signed", 3, 3], ["signed", 3, 3]], "signed_to_the_byte": True,
        "outcomes": ["no_lcspr_criteria_not_met", "lcspr"], "sent": 2, "replies": ["disagree_suggest_lcspr", "agree_lcspr"],
        "practice_review": "commissioned", "child": "Oberon Tanglewick", "kept_out_was_written_to": 0, "kept_out_was_shown": 0,
    }  # fmt: skip
    assert site.sightline("audit", "verify").returncode == 0


def answer_with_chronology(school: Person, reference: str) -> None:
    """The school writes its answer and sends a Word file; it sees what became of every line before anything is kept."""
    school.go("/")
    school.follow(f"Answer the request in {reference}")
    request = "/" + school.page.url.split("/", 3)[3]
    steps.search(school, f"{request}answer/search/", known="known", on=decision.today())
    steps.write(school, steps.ALL_SECTIONS, on=decision.today())
    school.go(f"{request}chronology/add/")
    file = {"name": "log.docx", "mimeType": "application/octet-stream", "buffer": decision.word_chronology()}
    school.page.set_input_files("#id_upload", files=[file])  # type: ignore[list-item]
    school.press("Read it")
    expect(school.page.locator("main")).to_contain_text("5 lines: 3 rows read; 2 lines explained.")
    school.press("Keep 3 rows")
    school.go(f"{request}check/")
    school.press("Sign off and submit")
    expect(school.page.locator("h1")).to_contain_text("Your answer was received")


def answer_by_link(phone: Person, unit: Person, review: str) -> None:
    """Somebody without an account answers on a phone, and pastes what their system shows."""
    link, code = make_link(unit, review.strip("/").rsplit("/", 1)[1], HOUSING)
    open_link(phone, link, code)
    steps.search(phone, "/answer/open/sections/search/", known="known", on=decision.today())
    steps.write(phone, steps.ALL_SECTIONS, on=decision.today())
    phone.go("/answer/open/chronology/add/")
    phone.page.fill("#id_pasted", decision.pasted_chronology())
    phone.press("Read it")
    phone.press("Keep 2 rows")
    phone.go("/answer/open/sections/signing/")
    phone.press("Save and continue")
    phone.press("Sign off and submit")
    expect(phone.page.locator("h1")).to_contain_text("Your answer is in")


def ask_and_sign(unit: Person, partners: list[Person], review: str, reference: str) -> None:
    unit.go(f"{review}sign-off/")
    unit.press("Ask the partners to sign")
    for partner in partners:
        decision.sign(partner, reference)
    unit.go(f"{review}sign-off/")
    expect(unit.page.locator("main")).to_contain_text("All three partners have signed. The review is decided.")


def never_learns(stranger: Person, reference: str, addresses: tuple[str, ...]) -> None:
    """Nothing on any list tells of it, and its addresses answer as if they had never been."""
    for page in (
        "/",
        "/case-reviews/",
        "/rapid-reviews/",
        "/practice-reviews/",
        "/agency-requests/",
        "/meetings/",
        "/actions/",
        "/learning/themes/",
    ):
        answer = stranger.context.request.get(f"{stranger.site.address}{page}")
        assert reference not in answer.text(), page
    for address in addresses:
        never = re.sub(r"[0-9A-HJKMNP-TV-Z]{26}", "0" * 26, address)
        denied, unknown = (stranger.context.request.get(f"{stranger.site.address}{each}") for each in (address, never))
        assert (denied.status, denied.body()) == (unknown.status, unknown.body()) == (404, unknown.body())
