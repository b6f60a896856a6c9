"""Arden's serious incidents, played through the same moves that people make on the pages."""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Agency, Ward
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import IncidentChild, InvolvedProfessional, RapidReview, SeriousIncident, SignificantPerson
from sightline.partnership.case_reviews.workflow import consideration, incidents, safety
from sightline.partnership.people import workflow as identities
from sightline.procedures.section_16c import QUESTIONS
from sightline.site.demo import learning, meetings, reviews
from sightline.site.demo.partnership import AGENCIES

LONDON = ZoneInfo("Europe/London")


def load_incidents(started_on: date) -> None:
    told = tomllib.loads((files(__package__) / "incidents.toml").read_text())
    played = {}
    for facts in sorted(told["incident"], key=lambda row: row["aware"]):
        aware_at = facts["aware"].replace(tzinfo=LONDON)
        incident = _raise(facts, aware_at, facts["happened_on"])
        _consider(incident, facts, aware_at)
        if "notified" in facts:
            played[facts["key"]] = RapidReview.objects.get(incident=incident)
            reviews.play(played[facts["key"]], facts["key"])
    under_review = _under_review(told["in_review"], started_on)
    live = told["live"]
    aware_on = working_days_back(started_on, live["working_days_ago"])
    aware_at = datetime.combine(aware_on, time(9, 5), LONDON)
    incident = _raise(live, aware_at, aware_on - timedelta(days=1), is_live=True)
    _ask(incident, live, aware_at)
    meetings.held(played[meetings.past_review()], reviews.panel_day(played[meetings.past_review()], meetings.past_review()))
    meetings.called(under_review, started_on)
    learning.load_learning(played)


def _under_review(facts: dict[str, Any], started_on: date) -> RapidReview:
    """The incident whose rapid review is under way when the demo starts."""
    notified_on = working_days_back(started_on, reviews.days_under_way())
    aware_at = datetime.combine(working_days_back(notified_on, 3), time(8, 50), LONDON)
    notified_at = datetime.combine(notified_on, time(11, 20), LONDON)
    incident = _raise(facts, aware_at, aware_at.date() - timedelta(days=1))
    _consider(incident, {**facts, "notified": notified_at.replace(tzinfo=None)}, aware_at)
    review = RapidReview.objects.get(incident=incident)
    reviews.begin(review)
    return review


def working_days_back(from_day: date, days: int) -> date:
    """The working day so many working days before a day; a weekend or holiday itself counts as the working day before it."""
    calendar = arrangements.working_calendar()
    day = from_day
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    for _ in range(days):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return day


def _agency(code: str) -> Agency:
    return Agency.objects.get(short_name=AGENCIES[code])


def _raiser(code: str) -> Account:
    """Somebody of that agency who may raise an incident; the business manager writes for an agency that has nobody."""
    people = Account.objects.filter(officer__agency=_agency(code), is_active=True).order_by("pk")
    return next((account for account in people if access.can_raise(account)), access.business_managers()[0])


def _raise(facts: dict[str, Any], aware_at: datetime, happened_on: date, *, is_live: bool = False) -> SeriousIncident:
    by = _raiser(facts["raiser"])
    incident = incidents.begin(by=by)
    wards = list(Ward.objects.all())
    SeriousIncident.objects.filter(pk=incident.pk).update(
        summary=facts["summary"], grounds=facts["grounds"], happened_on=happened_on, happened_precision="exact", place=facts["place"],
        place_area="here", place_ward=wards[facts["ward"]] if "ward" in facts else None, media_interest=facts["media_interest"],
        aware_at=aware_at, how_aware="Referral to the front door.", partners_told_on=aware_at.date(), family_context=facts["context"],
        contact_name=by.name, contact_role=by.officer.job_title, contact_phone="01632 960 000", contact_email=by.email,
    )  # fmt: skip
    for position, child in enumerate(facts["children"], start=1):
        IncidentChild.objects.create(
            incident=incident, position=position, person=_child(child, happened_on, by), outcome=facts["outcome"], harm=facts["harm"],
            is_long_term=facts["long_term"], social_care_status=facts["care_status"], legal_status="none", school_status="in_school",
        )  # fmt: skip
    for adult in facts["people"]:
        person = identities.write_down(by=by, given_name=adult["given"], family_name=adult["family"], is_child=False)
        SignificantPerson.objects.create(
            incident=incident, person=person, relationship=adult["relationship"], lives_with_child=adult["lives"],
            has_parental_responsibility=adult["responsibility"], is_suspected=adult.get("suspected", "no"),
        )  # fmt: skip
    for row in facts["professionals"]:
        InvolvedProfessional.objects.create(incident=incident, agency=_agency(row["agency"]), role=row["role"])
    checked = {
        "checked_by": "Duty social worker",
        "checked_at": aware_at,
        "what_was_done": "Seen in hospital; no contact without supervision.",
    }
    answers: dict[str, dict[str, Any]] = {"this_child": {"answer": "safe", **checked}}
    if not is_live:  # in the live incident the question about siblings is still open, as it often is on day 2
        answers |= {"siblings": {"answer": "safe", **checked}, "other_children": {"answer": "safe", **checked}}
    safety.record_answers(incident, answers=answers, by=by)
    incident.refresh_from_db()
    return incidents.raise_incident(incident, by=by, at=aware_at + timedelta(hours=2))


def _child(child: dict[str, Any], on: date, by: Account) -> Any:
    born = child.get("born") or date(on.year - child["age"], 1 + on.month % 12, 9)
    disabilities = [child["disability"]] if "disability" in child else []
    return identities.write_down(
        by=by, given_name=child["given"], family_name=child["family"], born_on=born, sex=child["sex"], ethnicity=child["ethnicity"],
        disabilities=disabilities, is_child=True,
    )  # fmt: skip


def _ask(incident: SeriousIncident, facts: dict[str, Any], aware_at: datetime) -> None:
    """The unit asks each partner of that day; views reached the unit by telephone or e-mail."""
    unit = access.business_managers()[0]
    asked_at = aware_at + timedelta(hours=4)
    people = {role: _partner_person(role, asked_at.date()) for role in facts["views"]}
    consideration.consult(incident, ask={role: account for role, account in people.items() if account}, by=unit, at=asked_at)
    for view in incident.partner_views.all():
        if answer := facts["views"][view.partner_role]:
            consideration.give_view(
                view,
                answer=answer,
                reasons="As told to the unit on the day.",
                how_received="by telephone",
                by=unit,
                at=asked_at + timedelta(hours=20),
            )


def _partner_person(role: str, on: date) -> Account | None:
    partner = arrangements.safeguarding_partner(role, on)
    return Account.objects.filter(officer__agency=partner, role_holdings__role="DSP").order_by("pk").first()


def _consider(incident: SeriousIncident, facts: dict[str, Any], aware_at: datetime) -> None:
    _ask(incident, facts, aware_at)
    decider = access.partner_candidates("local_authority")[0]
    unit = access.business_managers()[0]
    notify = "type" in facts
    common = {"is_child", "seriously_harmed", "in_area", "normally_resident"}
    yes = common | {"abuse_or_neglect_known", "abuse_or_neglect_suspected"} if notify else common
    answers = {question.code: ("yes" if question.code in yes else "no", "As recorded in the incident.") for question in QUESTIONS}
    decided_at = aware_at + timedelta(days=2)
    consideration.answer_legal_test(incident, answers=answers, by=unit, at=decided_at)
    consideration.decide(
        incident,
        notify=notify,
        reasons=facts["reasons"],
        notification_type=facts.get("type", ""),
        learning_route=facts.get("learning_route", ""),
        learning_reasons=facts["reasons"],
        by=decider,
        at=decided_at,
    )
    if notify:
        notified_at = facts["notified"].replace(tzinfo=LONDON)
        consideration.record_sent(
            incident,
            notified_at=notified_at,
            submitted_by_name=decider.name,
            national_reference=f"N{notified_at:%y%m%d}",
            by=unit,
            at=notified_at,
        )
