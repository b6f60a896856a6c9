"""What people do in the journey from the first call to the decision, each part by whoever does it."""

import io
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import docx
from playwright.sync_api import Page, expect

from tests.journeys import rapid_review_steps as steps
from tests.journeys.person import Person

LONDON = ZoneInfo("Europe/London")
SUMMARY = "Child 1 fell from a rope bridge that had been tied for a dare, and was badly hurt."
GROUNDS = "Older young people are said to have set the dare. Neglect is suspected."
PAPER = "What is known so far"
GAP = "Read together for this review; nothing more is known."

FACTS = """
import json
from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews.models import ChronologyRow, LetterOut, RapidReview
from sightline.partnership.notices.models import Notice
from sightline.procedures.signing import fingerprint
review = RapidReview.objects.get(incident__summary__startswith="Child 1 fell from a rope bridge")
meeting = review.matter.meetings.get()
texts = list(review.incident.signed_texts.filter(kind="rapid_review"))
kept_out = Account.objects.get(email="{kept_out}@arden.example")
print("FACTS" + json.dumps({{
    "status": review.status, "rule_set": review.incident.rule_set,
    "stages": list(review.status_changes.order_by("changed_at", "pk").values_list("became", flat=True)),
    "answered_via": sorted(row.returns.last().submitted_via for row in review.requests.all()),
    "rows": sorted(ChronologyRow.objects.filter(file__review=review).values_list("precision", flat=True)),
    "meeting": [meeting.status, meeting.decisions.get().status, meeting.attendances.filter(was_present=True).count()],
    "texts": [[each.state, sum(each.signatures.values_list("agrees", flat=True)), each.signatures.count()] for each in texts],
    "signed_to_the_byte": all(each.sha256 == fingerprint(each.text) for each in texts),
    "outcomes": list(review.decisions.values_list("outcome", flat=True)),
    "sent": LetterOut.objects.filter(incident=review.incident, kind="rapid_review_report").count(),
    "replies": list(review.panel_replies.values_list("response", flat=True)),
    "practice_review": review.practice_review.status,
    "child": review.incident.children.get().person.full_name,
    "kept_out_was_written_to": Notice.objects.filter(matter_id=review.matter_id, to=kept_out.pk).count(),
    "kept_out_was_shown": AuditEvent.objects.filter(matter_id=review.matter_id, actor_id=kept_out.pk, decision="shown").count(),
}}))
"""


def now() -> datetime:
    return datetime.now(LONDON)


def today() -> date:
    return now().date()


def write_moment(person: Person, field: str, at: datetime) -> None:
    person.write_date(field, at.date())
    person.page.fill(f"#id_{field}_3", f"{at:%H:%M}")


def submit(person: Person) -> None:
    """Press the first button of the page's own form, whatever it is called."""
    person.page.locator("main form button[type=submit]").first.click()
    person.arrived()


def option(page: Page, select: str, begins: str) -> None:
    """Choose the option that begins with these words."""
    texts = page.locator(f"{select} option").all_inner_texts()
    page.select_option(select, label=next(text for text in texts if text.startswith(begins)))


def raise_incident(school: Person) -> tuple[str, str]:
    """Raise a serious incident: its reference, and its address."""
    yesterday = today() - timedelta(days=1)
    school.press("Raise a serious incident")
    school.press("Start")
    school.press("Save and continue")
    draft = school.page.url.split("/sections/")[0]
    school.page.fill("#id_summary", SUMMARY)
    school.page.fill("#id_grounds", GROUNDS)
    school.write_date("happened_on", yesterday)
    school.press("Save and continue")
    write_moment(school, "aware_at", datetime.combine(yesterday, datetime.min.time()).replace(hour=16, minute=10))
    school.page.fill("#id_contact_name", "Hamish Dovemeadow")
    school.page.fill("#id_contact_phone", "01632 960 321")
    school.press("Save and continue")
    school.press("Add a child")
    school.page.fill("#id_identity-given_name", "Oberon")
    school.page.fill("#id_identity-family_name", "Tanglewick")
    school.page.get_by_label("Seriously harmed").check()
    school.press("Save")
    school.go(f"{draft}/check/")
    school.press("Raise this incident")
    found = re.search(r"[A-Z]{2}\d-\d[A-Z]{2}", school.page.get_by_role("heading", level=1).inner_text())
    assert found
    return found[0], "/case-reviews/" + draft.rsplit("/", 1)[1]


def keep_out(unit: Person, incident: str, name: str) -> None:
    unit.go(f"{incident}/")
    unit.follow("Who may know, and why")
    unit.follow("Conflicts")
    unit.press("Keep somebody out")
    option(unit.page, "#id_person", name)
    unit.page.fill("#id_reason", "A relative of the family.")
    submit(unit)


def let_in(unit: Person, incident: str, name: str, why: str) -> None:
    unit.go(f"{incident}/")
    unit.follow("Who may know, and why")
    unit.page.locator("main").get_by_role("link", name="Members").first.click()
    unit.arrived()
    unit.press("Add a member")
    option(unit.page, "#id_account", name)
    unit.page.fill("#id_purpose", why)
    submit(unit)


def notify(unit: Person, council: Person, incident: str, reference: str) -> None:
    """The partners are asked, the local authority decides, and the notification is submitted."""
    unit.follow(f"Ask the partners about {reference}")
    for role in ("local_authority", "police", "health"):
        unit.page.locator(f"[name={role}]").first.check()
        unit.page.locator(f"[name={role}_confirmed]").check()
    unit.press("Ask for their views")
    council.go("/")
    council.follow(f"Decide whether to notify {reference}")
    council.follow("Answer the")
    for number, question in enumerate(council.page.locator("fieldset").all()):
        question.get_by_role("radio").nth(0 if number < 6 else 1).check()
    council.press("Save and continue")
    council.page.get_by_label("Notify", exact=True).check()
    council.page.select_option("#id_notification_type", "abuse_or_neglect_serious_harm")
    council.page.fill("#id_reasons", "A child was seriously harmed and neglect is suspected.")
    council.press("Record this decision")
    unit.go(f"{incident}/sent/")
    write_moment(unit, "notified_at", now())
    unit.page.fill("#id_submitted_by_name", "Isolde Marchmere")
    submit(unit)
    expect(unit.page.locator("main")).to_contain_text("Notified in time")


def say_that_children_are_safe(unit: Person, incident: str) -> None:
    unit.go(f"{incident}/sections/safety/")
    for group in ("this_child", "siblings", "other_children"):
        steps.choose(unit.page, f"{group}_answer", "safe")
        unit.page.fill(f"#id_{group}_checked_by", "Duty social worker")
        write_moment(unit, f"{group}_checked_at", now())
        unit.page.fill(f"#id_{group}_what_was_done", "Seen at home and at school.")
    unit.press("Save and continue")


def word_chronology() -> bytes:
    """A chronology as an agency sends it: a heading, a Word table, and one day that nobody knew exactly."""
    on = today()
    rows = [
        ("Date", "Source", "Event", "Action"),
        (f"{on - timedelta(days=40):%d/%m/%Y}", "Behaviour log", "Oberon Tanglewick said he was tired.", "Told his tutor."),
        (f"?/{on - timedelta(days=33):%m/%Y}", "Register", "Away for two mornings.", "Rang home."),
        (f"{on - timedelta(days=12):%d.%m.%y}", "Tutor", "Rope burns on both hands.", "None recorded."),
    ]
    document = docx.Document()
    document.add_paragraph("Chronology")
    table = document.add_table(rows=0, cols=4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def pasted_chronology() -> str:
    on = today()
    return (
        "Date\tEvent\tAction taken\n"
        f"{on - timedelta(days=20):%d/%m/%Y}\tNeighbours rang about noise at night.\tA letter was sent.\n"
        f"{on - timedelta(days=5):%d %B %Y}\tRepairs visit; nobody in.\tCard left.\n"
    )


def call_panel(unit: Person, review: str) -> str:
    """Call the panel's meeting, invite the chair by seat and one speaker for each partner, and send a paper."""
    unit.go(review)
    unit.follow("Call a meeting")
    steps.choose(unit.page, "kind", "panel")
    unit.page.select_option("#id_body", label="Child Safeguarding Practice Review Panel")
    write_moment(unit, "starts_at", now() - timedelta(minutes=50))
    steps.choose(unit.page, "mode", "virtual")
    option(unit.page, "#id_chair", "Ffion Larkmoor")
    steps.choose(unit.page, "quorum_rule", "each_partner")
    unit.press("Call the meeting")
    meeting = "/" + unit.page.url.split("/", 3)[3]
    unit.go(f"{meeting}invite/")
    expect(unit.page.locator("main")).not_to_contain_text("Sorrel Quincewood")
    unit.page.get_by_label("Chair: Ffion Larkmoor").check()
    unit.press("Invite")
    for name, role in (("Corin Ashwold", "police"), ("Isolde Marchmere", "local_authority"), ("Imogen Sallowby", "health")):
        unit.go(f"{meeting}invite/")
        unit.page.get_by_label(name).check()
        steps.choose(unit.page, "capacity", "member")
        unit.page.select_option("#id_speaks_for", role)
        unit.press("Invite")
    unit.go(f"{meeting}papers/add/")
    unit.page.fill("#id_title", PAPER)
    steps.choose(unit.page, "part", "restricted")
    unit.page.fill("#id_text", "A school log and a housing file, read together for the first time.")
    unit.press("Add to the pack")
    unit.go(meeting)
    unit.press("Fix the agenda")
    unit.press("Send the papers")
    return meeting


def hold_panel(chair: Person, meeting: str) -> None:
    """The meeting is held: who was there, what it decided and why, and its end."""
    chair.go(f"{meeting}begin/")
    write_moment(chair, "at", now() - timedelta(minutes=49))
    submit(chair)
    expect(chair.page.locator("main")).to_contain_text("Not quorate")
    for name in ("Corin Ashwold", "Isolde Marchmere", "Imogen Sallowby"):
        chair.page.get_by_role("link", name=re.compile(f"another time.*{name}")).click()
        chair.arrived()
        write_moment(chair, "at", now() - timedelta(minutes=48))
        submit(chair)
    expect(chair.page.locator("main")).to_contain_text("Quorate: somebody speaks for each")
    chair.go(f"{meeting}decisions/add/")
    chair.page.fill("#id_option_1", "Begin a practice review")
    chair.page.fill("#id_option_2", "No practice review; learning from the rapid review")
    chair.page.fill("#id_criterion_1", "Agencies did not work together")
    chair.page.fill("#id_found_1", "Three contacts were never read together.")
    chair.page.fill("#id_text", "The panel recommends that no practice review is begun.")
    chair.page.select_option("#id_chosen", "2")
    chair.page.fill("#id_reasons", "The learning is clear already.")
    submit(chair)
    chair.go(f"{meeting}end/")
    submit(chair)
    expect(chair.page.locator("main")).to_contain_text("The meeting has ended")


def propose_decision(unit: Person, review: str) -> None:
    """Each criterion is answered with reasons; no practice review is proposed."""
    unit.go(f"{review}decision/write/")
    for question in unit.page.locator("main fieldset").all():
        question.get_by_role("radio").nth(1).check()
    for reasons in unit.page.locator("main textarea[name^=reasons_]").all():
        reasons.fill("As the two answers say.")
    unit.page.fill("#id_rationale", "What is to be learnt is clear, and the agencies have begun to change.")
    submit(unit)
    expect(unit.page.locator("main")).to_contain_text("The proposal is complete")


def close_gaps(unit: Person, review: str) -> list[str]:
    """Write each part that is missing; which they were."""
    closed: list[str] = []
    while len(closed) < 30:
        unit.go(f"{review}report/")
        gap = unit.page.get_by_role("link", name="Write it or say why not")
        if not gap.count():
            return closed
        gap.first.click()
        unit.arrived()
        closed.append(unit.page.url.rstrip("/").rsplit("/", 1)[1])
        unit.page.locator("#id_text, #id_nothing_to_say").first.fill(GAP)
        submit(unit)
    raise AssertionError("the gaps of the report do not end")


def sign(person: Person, reference: str, *, agrees: bool = True) -> None:
    person.go("/")
    person.follow(f"Read and sign the decision in {reference}")
    steps.choose(person.page, "agrees", "yes" if agrees else "no")
    if not agrees:
        person.page.fill("#id_reasons", "The criteria were met in my view.")
    person.press("Sign")
    expect(person.page.locator("main")).to_contain_text("Your word is recorded")


def send_report(unit: Person, review: str) -> None:
    unit.go(f"{review}report/send/")
    unit.press("Keep the file")
    steps.choose(unit.page, "how", "secure_email")
    write_moment(unit, "sent_at", now())
    unit.page.check("#id_recipient_confirmed")
    unit.press("Record that it was sent")
    expect(unit.page.locator("main")).to_contain_text("The Panel’s reply is awaited")


def record_reply(unit: Person, review: str, response: str, comments: str) -> None:
    unit.go(f"{review}panel/reply/")
    steps.choose(unit.page, "response", response)
    unit.write_date("received_on", today())
    unit.page.fill("#id_comments", comments)
    submit(unit)
    expect(unit.page.locator("main")).to_contain_text(comments)
