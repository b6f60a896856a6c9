"""A serious incident from the first typed word to the decision, by four people; and a fifth who must never learn of it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import chromium
from tests.journeys.person import Person, kill_browser
from tests.postgres import PostgresServer
from tests.prepared import fill
from tests.running_site import RunningSite

pytestmark = pytest.mark.browser

LONDON = ZoneInfo("Europe/London")
SCHOOL, UNIT, POLICE, COUNCIL, HEALTH = ("hamish.dovemeadow", "morgan.hale", "corin.ashwold", "isolde.marchmere", "imogen.sallowby")
SUMMARY = "Child 1 fell from a rope bridge that had been tied for a dare, and was badly hurt."
FACTS = """
import json
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.partnership.need_to_know.models import Conflict
from sightline.partnership.audit_trail.models import AuditEvent
incident = SeriousIncident.objects.get(summary__startswith="Child 1 fell from a rope bridge")
decision = incident.decisions.get()
print("FACTS" + json.dumps({
    "status": incident.status, "agency": str(incident.raised_by_agency), "rule_set": incident.rule_set,
    "views": {view.partner_role: view.view for view in incident.partner_views.all()},
    "notify": decision.notify, "decided_by": decision.decided_by.email, "dissent": decision.dissent,
    "answers": len(decision.answers), "child": str(incident.children.get().person.full_name),
    "conflicts": Conflict.objects.filter(matter=incident.matter).count(),
    "looks": AuditEvent.objects.filter(matter_id=incident.matter_id, decision="shown").count() > 5,
}))
"""


@pytest.fixture
def site(server: PostgresServer | None, tmp_path: Path) -> Iterator[RunningSite]:
    running = RunningSite(tmp_path, database_url=server.address() if server else "")
    fill(running, server)
    with running:
        yield running


def test_first_step_of_the_journey(site: RunningSite) -> None:
    yesterday = datetime.now(LONDON).date() - timedelta(days=1)
    with chromium() as browser:
        school = Person(browser, site, SCHOOL)
        school.press("Raise a serious incident")
        school.press("Start")
        expect(school.page.get_by_role("heading", level=1)).to_contain_text("Is anyone in danger now?")
        school.press("Save and continue")
        draft = school.page.url.split("/sections/")[0]
        school.page.fill("#id_summary", SUMMARY)
        expect(school.page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d:\d\d"))
        kill_browser()

    # Neither the browser nor the server said goodbye.
    site.kill_web()
    site.start_web()

    with chromium() as browser:
        school = Person(browser, site, SCHOOL)
        school.follow("Draft of a serious incident")
        school.follow("What happened")
        expect(school.page.locator("#id_summary")).to_have_value(SUMMARY)
        school.page.fill("#id_grounds", "Older young people are said to have set the dare. Neglect is suspected.")
        school.write_date("happened_on", yesterday)
        school.press("Save and continue")
        school.write_date("aware_at", yesterday)
        school.page.fill("#id_aware_at_3", "16:10")
        school.page.fill("#id_contact_name", "Hamish Dovemeadow")
        school.page.fill("#id_contact_phone", "01632 960 321")
        school.press("Save and continue")
        school.press("Add a child")
        school.page.fill("#id_identity-given_name", "Oberon")
        school.page.fill("#id_identity-family_name", "Tanglewick")
        school.page.get_by_label("Seriously harmed").check()
        school.press("Save")
        for slug in ("people", "professionals", "context", "proceedings", "legal-test"):
            school.go(f"{draft}/sections/{slug}/")
        school.go(f"{draft}/check/")
        school.press("Raise this incident")
        heading = school.page.get_by_role("heading", level=1).inner_text()
        reference = re.search(r"[A-Z]{2}\d-\d[A-Z]{2}", heading)
        assert reference, heading
        told = school.page.inner_text("main")
        assert "Oberon" not in told and "known" not in told.split("What happens now")[0].lower()

        unit = Person(browser, site, UNIT)
        unit.follow(f"Ask the partners about {reference[0]}")
        incident = unit.page.url.split("/consult/")[0]
        for role in ("local_authority", "police", "health"):
            unit.page.locator(f"[name={role}]").first.check()
            unit.page.locator(f"[name={role}_confirmed]").check()
        unit.press("Ask for their views")
        expect(unit.page.locator("main")).to_contain_text("Under consideration")
        for page in (
            "",
            "/timeline/",
            "/why-this-date/",
            "/sections/",
            "/sections/safety/",
            "/sections/documents/",
            "/family/",
            "/change-course/",
        ):
            unit.go(f"{incident}{page or '/'}")

        police = Person(browser, site, POLICE)
        police.follow(f"Give your view on {reference[0]}")
        police.page.get_by_label("Do not notify").check()
        police.page.fill("#id_reasons", "It looks like an accident.")
        police.press("Give this view")
        expect(police.page.locator("main")).to_contain_text("It looks like an accident.")

        council = Person(browser, site, COUNCIL)
        council.follow(f"Decide whether to notify {reference[0]}")
        council.follow("Answer the")
        for number, question in enumerate(council.page.locator("fieldset").all()):
            question.get_by_role("radio").nth(0 if number < 6 else 1).check()
        council.press("Save and continue")
        council.page.get_by_label("Notify", exact=True).check()
        council.page.select_option("#id_notification_type", "abuse_or_neglect_serious_harm")
        council.page.fill("#id_reasons", "A child was seriously harmed and neglect is suspected.")
        council.press("Record this decision")
        expect(council.page.locator("main")).to_contain_text("To be notified")
        expect(council.page.locator("main")).to_contain_text("Police: do not notify")

        # The health partner has a connection with the family: from now on there is nothing to be found.
        health = Person(browser, site, HEALTH)
        health.go("/case-reviews/")
        expect(health.page.locator("main")).to_contain_text(reference[0])
        unit.go(f"{incident}/")
        unit.follow("Who may know, and why")
        unit.follow("Conflicts")
        unit.press("Keep somebody out")
        unit.page.select_option("#id_person", label=next_option(unit.page, "Imogen Sallowby"))
        unit.page.fill("#id_reason", "A relative of the family.")
        unit.page.locator("main form button[type=submit]").first.click()
        unit.arrived()
        health.go("/")
        assert reference[0] not in health.page.content()
        health.go("/case-reviews/")
        assert reference[0] not in health.page.content()
        denied, never = (
            health.context.request.get(f"{site.address}/case-reviews/{place}/") for place in (incident.rsplit("/", 1)[1], "0" * 26)
        )
        assert (denied.status, denied.body()) == (never.status, never.body()) == (404, never.body())

        unit.go(f"{incident}/")
        unit.follow("Who has looked")
        expect(unit.page.locator("main")).to_contain_text("Corin Ashwold")
        expect(unit.page.locator("main")).to_contain_text("Isolde Marchmere")
        print(f"{len(Person.seen)} kinds of page looked over with axe and at the width of a phone")  # noqa: T201 -- the run shows how much was looked at

    site.kill_web()
    site.kill_worker()
    said = site.sightline("manage", "shell", "-c", FACTS).stdout
    facts = json.loads(said.split("FACTS", 1)[1].splitlines()[0])
    assert facts == {
        "status": "decided_to_notify", "agency": "Larkhanger Academy", "rule_set": "WT2026",
        "views": {"local_authority": "", "police": "do_not_notify", "health": ""}, "notify": True,
        "decided_by": "isolde.marchmere@arden.example", "dissent": "Police: do not notify", "answers": 10,
        "child": "Oberon Tanglewick", "conflicts": 1, "looks": True,
    }  # fmt: skip
    assert site.sightline("audit", "verify").returncode == 0


def next_option(page: Page, name: str) -> str:
    """The whole text of the option that begins with a name."""
    return next(text for text in page.locator("#id_person option").all_inner_texts() if text.startswith(name))
