"""The panel meetings of Arden: one held years ago with its minutes approved, and one called for the review under way."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sightline.partnership.accounts.models import Account
from sightline.partnership.actions.workflow import actions
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Body, Officer
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.meetings.models import Meeting
from sightline.partnership.meetings.workflow import deciding, holding, inviting, papers, planning, raising
from sightline.partnership.meetings.workflow.inviting import Invited
from sightline.partnership.need_to_know.models import Membership
from sightline.partnership.need_to_know.workflow import members
from sightline.partnership.notices.models import Notice

LONDON = ZoneInfo("Europe/London")


def held(review: RapidReview, on: date) -> Meeting:
    """A panel that met on a day of the past: quorate, one interest declared, one decision, one action, minutes approved."""
    facts, unit, matter = _facts()["past"], access.business_managers()[0], review.matter
    starts_at = datetime.combine(on, facts["at"], LONDON)
    called_at = starts_at - timedelta(days=9)
    people = {name: Officer.objects.get(name=name) for name in facts["members"]}
    for officer in people.values():
        _let_in(review, officer, facts["purpose"], unit, on=called_at.date())
    meeting = _call(review, facts, starts_at, called_at, unit, chair=people[facts["chair"]])
    seated = [each for each in inviting.offered(meeting) if each.officer.name in people]
    inviting.invite(meeting, [*seated, _secretary(unit)], by=unit, at=called_at)
    _add_paper(meeting, facts["paper"], unit, called_at)
    planning.send_papers(meeting, by=unit, at=called_at + timedelta(days=4))
    places = {each.officer.name: each for each in meeting.attendances.select_related("officer")}
    for name, place in places.items():
        inviting.answer(place, coming=True, by=unit, at=called_at + timedelta(days=1))
        told = facts["interest"]["about"] if name == facts["interest"]["who"] else ""
        said = inviting.declare(
            meeting, has_interest=bool(told), about=told, officer=place.officer, by=unit, at=starts_at - timedelta(days=2)
        )
        if told:
            item = meeting.agenda.get(standing=facts["interest"]["item"])
            inviting.decide_interest(said, outcome="leaves_item", item=item, note=facts["interest"]["note"], by=unit, at=starts_at)
    _meet(meeting, facts, places, unit, starts_at)
    # What was written to people about this meeting was read years ago.
    Notice.objects.filter(matter_id=matter.pk, template__startswith="meetings.").delete()
    Notice.objects.filter(matter_id=matter.pk, template__startswith="actions.").delete()
    meeting.refresh_from_db()
    return meeting


def _meet(meeting: Meeting, facts: dict[str, Any], places: dict[str, Any], unit: Account, starts_at: datetime) -> None:
    """From the first minute to the approved minutes."""
    holding.open_meeting(meeting, by=unit, at=starts_at)
    for place in places.values():
        holding.arrive(place, by=unit, at=starts_at)
    by_code = {item.standing: item for item in meeting.agenda.all()}
    for code, notes in facts["notes"].items():
        holding.write_notes(by_code[code], notes=notes, by=unit, at=starts_at + timedelta(minutes=20))
    away, told = places[facts["interest"]["who"]], facts["decision"]
    item = by_code[told["item"]]
    holding.leave(away, because="Declared an interest", for_conflict=True, item=item, by=unit, at=starts_at + timedelta(minutes=50))
    decision = deciding.record_decision(
        meeting, item=item, text=told["text"], options=told["options"], chosen=told["chosen"], reasons=told["reasons"],
        criteria=told["criteria"], decided_at=starts_at + timedelta(minutes=75), by=unit, at=starts_at + timedelta(minutes=76),
    )  # fmt: skip
    holding.arrive(away, by=unit, at=starts_at + timedelta(minutes=80))
    task = facts["action"]
    owner = Officer.objects.get(name=task["owner"])
    raised_at = starts_at + timedelta(minutes=95)
    due_on = (starts_at + timedelta(days=task["days"])).date()
    raised = raising.raise_action(
        meeting, decision=decision, text=task["text"], outcome=task["outcome"], owner_agency=owner.agency, owner_officer=owner,
        due_on=due_on, by=unit, at=raised_at,
    )  # fmt: skip
    holding.end_meeting(meeting, by=unit, at=starts_at + timedelta(minutes=110))
    holding.lock_minutes(meeting, by=unit, at=starts_at + timedelta(days=2))
    holding.approve_minutes(meeting, corrections=facts["corrections"], by=unit, at=starts_at + timedelta(days=8))
    _see_through(raised.action, task["update"], due_on)


def _see_through(action: Any, update: str, due_on: date) -> None:
    """An action of years ago has long been done, assured, and closed on evidence of a difference."""
    unit, moment = access.business_managers()[0], datetime.combine(due_on, datetime.min.time(), LONDON) + timedelta(hours=11)
    scrutineer, executive = access.holders("SC", due_on)[0], access.holders("DSP", due_on)[0]
    actions.update(action, status="on_track", text=update, by=unit, at=moment - timedelta(days=20))
    day = moment.date()
    actions.add_evidence(action, kind="completion", text="The newsletter with the number.", dated_on=day, by=unit, at=moment)
    actions.say_done(action, done_on=day, by=unit, at=moment)
    later = moment + timedelta(days=30)
    actions.assure(
        action, assured_on=later.date(), because="Six schools were rung and named the number.", by=scrutineer, at=later
    )  # fmt: skip
    later += timedelta(days=150)
    text = "Eleven calls in five months; nine were looked at by two agencies within two working days."
    actions.add_evidence(action, kind="impact", text=text, dated_on=later.date(), by=unit, at=later)
    actions.say_difference(action, difference_on=later.date(), because=text, by=scrutineer, at=later)
    actions.close(action, closed_on=later.date(), by=executive, at=later + timedelta(hours=1))


def called(review: RapidReview, started_on: date) -> Meeting:
    """The panel of the review under way: called for one of the next working days, some have answered, some are not let in yet."""
    facts, unit = _facts()["live"], access.business_managers()[0]
    on = arrangements.working_calendar().add_working_days(review.anchor_on, facts["working_day"]).due_on
    starts_at = datetime.combine(on, facts["at"], LONDON)
    called_at = datetime.combine(started_on, facts["at"], LONDON) - timedelta(hours=20)
    for name in facts["members"]:
        _let_in(review, Officer.objects.get(name=name), facts["purpose"], unit, on=called_at.date())
    seated = list(arrangements.holders(_panel(), on))
    chair = next(each.officer for each in seated if each.seat.capacity == "chair")
    meeting = _call(review, facts, starts_at, called_at, unit, chair=chair)
    inviting.invite(meeting, [*inviting.offered(meeting), _secretary(unit)], by=unit, at=called_at)
    planning.add_item(meeting, by=unit, part="restricted", **facts["item"])
    _add_paper(meeting, facts["paper"], unit, called_at)
    for place in meeting.attendances.filter(officer__name__in=facts["coming"]):
        inviting.answer(place, coming=True, by=unit, at=called_at + timedelta(hours=2))
    return meeting


def _call(
    review: RapidReview, facts: dict[str, Any], starts_at: datetime, called_at: datetime, unit: Account, *, chair: Officer
) -> Meeting:
    return planning.plan(
        kind="panel", title=facts["title"], starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), mode="virtual",
        joining_link=facts["joining_link"], matter=review.matter, body=_panel(), chair=chair, by=unit, at=called_at,
    )  # fmt: skip


def _secretary(unit: Account) -> Invited:
    return Invited(unit.officer, capacity="minutes")


def _panel() -> Body:
    return Body.objects.get(kind="review_panel")


def _add_paper(meeting: Meeting, told: dict[str, Any], unit: Account, at: datetime) -> None:
    cover = {name: told[name] for name in ("purpose", "decision_wanted", "impact_on_children") if name in told}
    papers.add_paper(
        meeting, title=told["title"], item=meeting.agenda.get(standing=told["item"]), text=told["text"].strip(), by=unit, at=at, **cover
    )


def _let_in(review: RapidReview, officer: Officer, purpose: str, unit: Account, *, on: date) -> None:
    """A member of the panel who signs in is let in, from the day on which the panel was called."""
    account = Account.objects.filter(officer=officer, is_active=True).first()
    if account is None:
        return
    made = members.ensure(review.matter, account=account, purpose=purpose, capacity="panel member", by=unit)
    if made.purpose == purpose:
        Membership.objects.filter(pk=made.pk).update(valid_from=on)


def past_review() -> str:
    """Which review of the past has its panel meeting on record."""
    return str(_facts()["past"]["review"])


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "meetings.toml").read_text(encoding="utf-8"))
