"""What people do in the journey of a rapid review, and what the site is told before it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Page

from tests.journeys.person import Person

# An incident whose notification was submitted seven working days ago, played by the moves of the pages; nobody has been asked yet.
BEFORE = """
import tomllib
from datetime import datetime, time, timedelta
from importlib.resources import files
from django.utils import timezone
from sightline.partnership.case_reviews.models import RapidReview
from sightline.site.demo import incidents
facts = tomllib.loads((files(incidents.__package__) / "incidents.toml").read_text())["in_review"]
facts |= {"summary": "Child 1 was caught in an invented machine.", "children": [
    {"given": "Oberon", "family": "Tanglewick", "age": 9, "sex": "male", "ethnicity": "WBRI"}]}
notified = incidents.working_days_back(timezone.localdate(), 7)
aware_at = datetime.combine(incidents.working_days_back(notified, 2), time(8, 50), incidents.LONDON)
incident = incidents._raise(facts, aware_at, aware_at.date() - timedelta(days=1))
incidents._consider(incident, {**facts, "notified": datetime.combine(notified, time(11, 20))}, aware_at)
print("REVIEW" + RapidReview.objects.get(incident=incident).pk)
"""

# Three weeks pass; then the day to answer by is one that is over, and the worker gets time to send.
LATER = """
import time
from datetime import timedelta
from django.utils import timezone
from sightline.partnership.case_reviews.models import AgencyRequest, RapidReview
from sightline.partnership.case_reviews.workflow import chasing
from sightline.partnership.notices.models import Notice
for days in range(1, 20):
    chasing.chase_all(at=timezone.now() + timedelta(days=days))
review = RapidReview.objects.get(pk="{review}")
over = timezone.localdate() - timedelta(days=7)
AgencyRequest.objects.filter(review=review, agency__name="Heartwold Probation Delivery Unit").update(due_on=over)
until = time.monotonic() + 30
while Notice.objects.filter(matter_id=review.matter_id, state__in=("queued", "sending")).exists() and time.monotonic() < until:
    time.sleep(0.5)
"""

EXPIRE = """
from django.utils import timezone
from sightline.partnership.case_reviews.models import AnswerLink
from datetime import timedelta
now = timezone.now()
AnswerLink.objects.filter(pk="{link}").update(made_at=now - timedelta(days=20), expires_at=now - timedelta(minutes=1))
"""

FACTS = """
import json
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.notices.models import Notice
review = RapidReview.objects.get(pk="{review}")
asked = {{str(row.agency): row for row in review.requests.all()}}
print("FACTS" + json.dumps({{
    "status": review.status,
    "requests": {{name: row.status for name, row in asked.items()}},
    "versions": {{name: row.returns.count() for name, row in asked.items() if row.returns.exists()}},
    "via": {{name: row.returns.last().submitted_via for name, row in asked.items() if row.returns.exists()}},
    "signed_by": str(asked["Arden Hearth Homes"].returns.last().signed_off_by.name),
    "nil": [name for name, row in asked.items() if row.returns.exists() and row.returns.last().is_nil],
    "rungs": list(dict.fromkeys(
        event.detail.partition(":")[0] for event in asked["Heartwold Probation Delivery Unit"].events.filter(what="chased")
    )),
    "stages": list(review.status_changes.order_by("changed_at", "pk").values_list("became", flat=True)),
    "school_said": asked["Larkhanger Academy"].returns.last().answers["summary"],
    "housing_said": asked["Arden Hearth Homes"].returns.last().answers["summary"],
    "executive_told": list(Notice.objects.filter(
        template="case_reviews.request_escalated", about=asked["Heartwold Probation Delivery Unit"].pk,
        to=f"officer:{{asked['Heartwold Probation Delivery Unit'].agency.named_executive_id}}",
    ).values_list("state", flat=True).distinct()),
    "by_link": AuditEvent.objects.filter(matter_id=review.matter_id, action__startswith="case_reviews.link_").exists(),
}}))
"""

WORDS = {
    "safety": {"immediate_actions": "Nothing more was needed."},
    "involvement": {
        "services-0-service": "School nursing", "services-0-to_whom": "Child 1", "last_contact_what": "A visit to the school.",
        "contact_person": "The named nurse", "summary": "Two short contacts that nobody read together.",
    },
    "child": {"voice": "“I like the garden.”", "identity_considered": "The records say nothing of it."},
    "analysis": {
        "analysis": "Each contact was closed by itself.", "worked_well": "A careful log.", "could_be_better": "Reading before closing.",
        "criteria_reasons": "Serious harm, and several agencies.",
    },
    "signing": {"author_name": "Example Author", "author_role": "Manager", "signed_off_by": "Example Lead"},
}  # fmt: skip
CHOICES = {
    "safety": {"immediate_concern": "no"},
    "child": {"child_seen": "yes", "child_spoken_to_alone": "no"},
    "analysis": {"criteria_view": "met", "staff_process": "no"},
    "signing": {"author_independent": "yes"},
}
DAYS = {"involvement": ("services-0-from_on", "last_contact_on"), "signing": ("signed_off_on",)}
NIL_SECTIONS = ("safety", "further", "signing")
NONE: Mapping[str, str] = MappingProxyType({})
ALL_SECTIONS = ("safety", "involvement", "child", "analysis", "further", "signing")


def search(person: Person, start: str, *, known: str, on: date) -> None:
    """The first section: who is known, where was searched, and that records are secured."""
    person.go(start)
    page = person.page
    for box in page.locator(f"input[name^=people_known-][value={known}]").all():
        box.check()
    page.fill("#id_systems_searched", "Invented records\nInvented archive")
    choose(page, "records_secured", "yes")
    for code in ("searched_on", "records_secured_on"):
        person.write_date(code, on)
    person.press("Save and continue")


def write(person: Person, sections: tuple[str, ...], *, on: date, instead: Mapping[str, str] = NONE) -> None:
    """The other sections, each saved by its own button, which leads to the next."""
    for section in sections:
        for code, text in WORDS.get(section, {}).items():
            if person.page.locator(f"#id_{code}").count():
                person.page.fill(f"#id_{code}", instead.get(code, text))
        for code, value in CHOICES.get(section, {}).items():
            choose(person.page, code, value)
        for code in DAYS.get(section, ()):
            person.write_date(code, on)
        person.press("Save and continue")


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value={value}]").check()


def ask_seven(unit: Person, agencies: tuple[str, ...], *, due_on: date) -> None:
    """Tick seven agencies; for each, confirm that whoever is asked is not connected with the case."""
    page = unit.page
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    unit.write_date("due_on", due_on)
    for name in agencies:
        ticked = page.get_by_label(f"Ask {name}", exact=True)
        ticked.check()
        key = str(ticked.get_attribute("name")).removesuffix("_ask")
        page.locator(f"input[name={key}_confirmed]").check()
    unit.press("Ask the agencies ticked")


def said(output: str, mark: str) -> Any:
    """What the site printed after a mark."""
    return output.split(mark, 1)[1].splitlines()[0]
