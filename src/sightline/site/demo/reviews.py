"""How the rapid reviews of Arden went, played through the moves that people make on the pages."""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import AgencyRequest, RapidReview
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import answering, asking, clock_corrections, glossary, plan, rapid_reviews, scoping
from sightline.partnership.case_reviews.workflow import chronologies as sending
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.partnership.people import workflow as people
from sightline.procedures.agency_return import PEOPLE_KNOWN, agency_return
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.site.demo import chronologies, decisions
from sightline.site.demo.partnership import AGENCIES

LONDON = ZoneInfo("Europe/London")
RETURNED, WRITING, OPENED, SENT = "returned", "writing", "opened", "sent"


def play(review: RapidReview, key: str) -> None:
    """Take a review of the past through its stages to its end."""
    facts, days, unit = _facts()[key], _Days(review), access.business_managers()[0]
    scoping.begin(review, by=unit, at=days.morning(0))
    if key == chronologies.WORLD_OF:
        _list_names(review, unit, days.morning(0))
    requests = {code: _ask(review, code, days, days.on(_facts()["answer_by_day"]), unit) for code in facts["agencies"]}
    answered = sorted((day, code) for code, day in facts["agencies"].items() if day != "silent")
    for day, code in answered:
        sent = code if key == chronologies.WORLD_OF and code in chronologies.WORLD_FILES else ""
        _answer(requests[code], is_nil=code in facts["nil"], at=days.morning(day), chronology=sent, is_of_world=bool(sent))
        asking.accept(requests[code], by=unit, at=days.afternoon(day + _facts()["accepted_days_after"]))
    if "incomplete_because" in facts:
        day = facts["went_on_without_on_day"]
        asking.go_on_without(review, reasons=facts["incomplete_because"], by=unit, at=days.afternoon(day))
    _move(review, Status.PANEL_HELD, days.on(facts["days"]["panel_held"]), unit)
    for task in review.tasks.all():
        if not task.ended_by:
            plan.finish(task, done_on=days.on(task.working_day), by=unit, at=days.afternoon(task.working_day))
    if "late_reasons" in facts:
        clock_corrections.late_reasons(review, reasons=facts["late_reasons"], by=unit)
    decisions.come_to(review, facts, _facts(), {status: days.on(day) for status, day in facts["days"].items()}, unit)


def _list_names(review: RapidReview, unit: Account, at: datetime) -> None:
    """Who and where the rows of the worked example will name, so that codes stand in their place from the first one on."""
    told = tomllib.loads((files(__package__) / "glossary.toml").read_text(encoding="utf-8"))
    child = review.incident.children.get().person
    people.correct(child, unit, also_known_as=told["also_known_as"], matter_id=review.matter_id)
    for entry in told["entry"]:
        glossary.add(review, **entry, by=unit, at=at)


def begin(review: RapidReview) -> None:
    """The review that is under way: seven agencies, each as far as it happens to be on that day."""
    facts, days, unit = _facts()["live"], _Days(review), access.business_managers()[0]
    scoping.begin(review, by=unit, at=days.morning(0))
    asked = {}
    for row in facts["agencies"]:
        due_on = days.on(row.get("answer_by_day", facts["answer_by_day"]))
        asked[row["agency"]] = _ask(review, row["agency"], days, due_on, unit, facts["message"])
    for row in sorted(facts["agencies"], key=lambda row: row.get("day", 0)):
        if row["state"] != SENT:
            _go_on(asked[row["agency"]], row, days, unit)
    for code, day in facts["done"].items():
        plan.finish(review.tasks.get(code=code), done_on=days.on(day), by=unit, at=days.afternoon(day))


def _go_on(request: AgencyRequest, row: dict[str, Any], days: "_Days", unit: Account) -> None:
    """Take one agency as far as it has come."""
    facts, state, at, writer = _facts()["live"], row["state"], days.morning(row["day"]), _writer(request)
    if state in (OPENED, WRITING):
        answering.open_request(request, by=writer, at=at)
        if state == WRITING:
            _write(request, writer, sections=agency_return().sections[:3], is_nil=False, at=at)
        return
    sent = row["agency"] if row["agency"] in chronologies.agencies() else ""
    _answer(request, is_nil=state == "nil_accepted", at=at, chronology=sent)
    if state == RETURNED:
        correction, note = facts["returned_because"], facts["returned_note"]
        asking.return_for_correction(request, correction=correction, note=note, by=unit, at=days.afternoon(row["day"]))
    elif state != "submitted":
        asking.accept(request, by=unit, at=days.afternoon(row["day"]))


def days_under_way() -> int:
    """On which working day the review under way is when the demo starts."""
    return int(_facts()["live"]["working_days_ago"])


def panel_day(review: RapidReview, key: str) -> date:
    """The day on which the panel of a review of the past met."""
    return _Days(review).on(_facts()[key]["days"]["panel_held"])


class _Days:
    """The working days of one review, and times of day on them."""

    def __init__(self, review: RapidReview) -> None:
        self.review, self.calendar = review, arrangements.working_calendar()

    def on(self, number: int) -> date:
        return self.calendar.add_working_days(self.review.anchor_on, number).due_on if number else self.review.anchor_on

    def morning(self, number: int) -> datetime:
        return datetime.combine(self.on(number), time(9, 40), LONDON)

    def afternoon(self, number: int) -> datetime:
        return datetime.combine(self.on(number), time(15, 10), LONDON)


def _ask(review: RapidReview, code: str, days: _Days, due_on: date, unit: Account, message: str = "") -> AgencyRequest:
    agency = Agency.objects.get(short_name=AGENCIES[code])
    officer = agency.safeguarding_lead or Officer.objects.filter(agency=agency).order_by("pk").first()
    return asking.ask(
        review, agency=agency, officer=officer, subjects=list(MatterPerson.objects.filter(matter=review.matter)), due_on=due_on,
        message=message, by=unit, at=days.morning(_facts()["asked_on_day"]),
    )  # fmt: skip


def _writer(request: AgencyRequest) -> Writer:
    """Whoever was asked: by account, or as an officer who came by a link."""
    officer = request.asked_officer
    account = Account.objects.filter(officer=officer, is_active=True, role_holdings__role__in=("AL", "AC")).first()
    return account or officer


def _answer(request: AgencyRequest, *, is_nil: bool, at: datetime, chronology: str = "", is_of_world: bool = False) -> None:
    writer = _writer(request)
    answering.open_request(request, by=writer, at=at)
    if chronology:
        happened_on = request.review.incident.happened_on
        file = chronologies.world_file(chronology) if is_of_world else chronologies.file_of(chronology, happened_on)
        _send_chronology(request, *file, writer, at)
    _write(request, writer, sections=agency_return().sections, is_nil=is_nil, at=at + timedelta(hours=1))
    answering.submit(request, by=writer, via="account" if isinstance(writer, Account) else "link", at=at + timedelta(hours=3))


def _send_chronology(request: AgencyRequest, name: str, content: bytes, writer: Writer, at: datetime) -> None:
    """Its agency adds a file, looks at what was read, and keeps it."""
    review = request.review
    file = sending.receive(review, SimpleUploadedFile(name, content), agency=request.agency, by=writer, request=request, at=at)
    sending.keep_rows(file, by=writer, at=at + timedelta(minutes=20))


def _write(request: AgencyRequest, writer: Writer, *, sections: Any, is_nil: bool, at: datetime) -> None:
    told = _facts()["answers"]
    people = {subject.pk: {"known": "not_known" if is_nil else "known"} for subject in request.subjects.all()}
    days = {"searched_on": at.date(), "records_secured_on": at.date(), "signed_off_on": at.date()}
    last_contact = (request.period_to - timedelta(days=40)).isoformat()
    answers = {**told, PEOPLE_KNOWN: people, "last_contact_on": last_contact, **{code: day.isoformat() for code, day in days.items()}}
    seen_version = 1
    for section in sections:
        values = {
            field.code: _named(answers[field.code], request.agency)
            for field in section.fields
            if field.code in answers and (field.is_for_nil or not is_nil)
        }
        draft = answering.save_section(
            request, section=section.code, values=values, is_nil=is_nil, seen_version=seen_version, by=writer, at=at
        )
        seen_version = draft.version


def _named(value: Any, agency: Agency) -> Any:
    return value.replace("{agency}", agency.short_name) if isinstance(value, str) else value


def _move(review: RapidReview, to: Status, on: date, unit: Account) -> None:
    rapid_reviews.change_status(review, to=to, by=unit, happened_on=on, at=datetime.combine(on, time(15, 10), LONDON))


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "reviews.toml").read_text(encoding="utf-8"))
