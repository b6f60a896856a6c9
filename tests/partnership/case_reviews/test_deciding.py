"""The local authority alone decides; disagreement is kept in words and never delays; the clock says why."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sightline.partnership.case_reviews import questions
from sightline.partnership.case_reviews.forms import DecisionForm
from sightline.partnership.case_reviews.models import LearningReferral, NotificationDecision
from sightline.partnership.case_reviews.workflow import consideration
from sightline.procedures.case_review import NotificationType, notification_types
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.section_16c import QUESTIONS
from sightline.procedures.working_days import WorkingCalendar
from tests.factories.incidents import (
    AWARE_AT,
    LONDON,
    Place,
    answer_everything,
    consulted,
    decided,
    gave_views,
    notified,
    raised,
)

NOTIFY: dict[str, Any] = {"notify": True, "notification_type": "abuse_or_neglect_serious_harm", "reasons": "Invented reasons."}
NOT_NOTIFIABLE: dict[str, Any] = {"notify": False, "learning_route": "audit", "reasons": "Invented reasons."}


@pytest.mark.parametrize(
    ("who", "may"), [("director", True), ("superintendent", False), ("nurse", False), ("manager", False), ("lead", False)]
)
def test_deciding_is_the_local_authoritys_alone(place: Place, who: str, may: bool) -> None:
    incident = consulted(place)
    answer_everything(incident, by=place.manager)

    if may:
        assert consideration.decide(incident, **NOTIFY, by=getattr(place, who)).decided_by == place.director
    else:
        with pytest.raises(NotPermitted):
            consideration.decide(incident, **NOTIFY, by=getattr(place, who))


def test_deciding_belongs_to_the_authoritys_delegate_and_not_to_its_business_manager_or_lead(place: Place) -> None:
    incident = consulted(place)
    answer_everything(incident, by=place.manager)

    for person in (place.manager, place.person("AL", of=place.council), place.person("BO", of=place.council)):
        with pytest.raises(NotPermitted):
            consideration.decide(incident, **NOTIFY, by=person)


@pytest.mark.parametrize("left", [question.code for question in QUESTIONS])
def test_deciding_needs_an_answer_to_each_question_of_the_test(place: Place, left: str) -> None:
    incident = consulted(place)
    answers = {question.code: ("no", "") for question in QUESTIONS if question.code != left}
    consideration.answer_legal_test(incident, answers=answers, by=place.manager)

    with pytest.raises(NotAllowedNow, match="Answer each question"):
        consideration.decide(incident, **NOTIFY, by=place.director)


def test_not_known_is_an_answer(place: Place) -> None:
    incident = consulted(place)
    answer_everything(incident, by=place.manager)

    decision = consideration.decide(incident, **NOTIFY, by=place.director)

    assert set(decision.answers.values()) == {"not_known"}
    assert len(decision.answers) == len(QUESTIONS)


@pytest.mark.parametrize(
    ("views", "notify", "dissent"),
    [
        ({}, True, ""),
        ({"police": "notify", "health": "notify"}, True, ""),
        ({"police": "do_not_notify"}, True, "Police: do not notify"),
        ({"police": "do_not_notify", "health": "do_not_notify"}, True, "Police: do not notify; Health partner: do not notify"),
        ({"police": "undecided"}, True, ""),
        ({"health": "notify"}, False, "Health partner: notify"),
    ],
    ids=["nobody has answered", "agreed", "police differ", "two differ", "cannot say yet", "health would notify"],
)
def test_disagreement_or_silence_never_delays_and_dissent_is_kept_in_words(
    place: Place, views: dict[str, str], notify: bool, dissent: str
) -> None:
    incident = consulted(place)
    gave_views(place, incident, views)
    answer_everything(incident, by=place.manager)

    decision = consideration.decide(incident, **(NOTIFY if notify else NOT_NOTIFIABLE), by=place.director)

    assert decision.dissent == dissent
    assert decision.views == {role: views.get(role, "awaited") for role in place.partners}


def test_deciding_before_anybody_was_asked_is_possible_and_says_so(place: Place) -> None:
    incident = raised(place)
    answer_everything(incident, by=place.manager)

    decision = consideration.decide(incident, **NOTIFY, by=place.director)

    incident.refresh_from_db()
    assert incident.status == "decided_to_notify"
    assert decision.views == {}


def test_deciding_keeps_what_was_decided_by_whom_and_in_what_role(place: Place) -> None:
    incident = decided(place)

    decision = NotificationDecision.objects.get(incident=incident)
    assert decision.decided_as == "Invented lead, Hartshire Council"
    assert decision.reasons == "Invented reasons of the authority."


def test_not_notifiable_goes_to_learning_below_the_threshold(place: Place) -> None:
    incident = decided(place, notify=False)

    referral = LearningReferral.objects.get(incident=incident)
    assert incident.status == "not_notifiable"
    assert (referral.route, referral.reasons, referral.taken_up_at) == ("audit", "Invented reasons of the authority.", None)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({**NOT_NOTIFIABLE, "learning_route": ""}, "where the learning goes"),
        ({**NOTIFY, "notification_type": ""}, "what kind of notification"),
        ({**NOTIFY, "notification_type": "something_else"}, "what kind of notification"),
        ({**NOTIFY, "reasons": "  "}, "reasons"),
    ],
)
def test_deciding_without_the_facts_it_needs_is_refused(place: Place, facts: dict[str, Any], said: str) -> None:
    incident = consulted(place)
    answer_everything(incident, by=place.manager)

    with pytest.raises(NotAllowedNow, match=said):
        consideration.decide(incident, **facts, by=place.director)

    assert not NotificationDecision.objects.exists()


@pytest.mark.parametrize(
    ("aware_on", "there"),
    [(date(2020, 6, 24), False), (date(2023, 12, 14), False), (date(2023, 12, 15), True), (date(2026, 6, 1), True)],
)
def test_death_of_a_care_leaver_is_notified_from_15_december_2023(place: Place, aware_on: date, there: bool) -> None:
    aware_at = datetime.combine(aware_on, datetime.min.time().replace(hour=12), LONDON)
    incident = consulted(place, aware_at=aware_at, happened_on=aware_on)
    answer_everything(incident, by=place.manager)
    kinds = notification_types(incident.rules, on=incident.aware_on)

    form = DecisionForm({"decision": "notify", "notification_type": "care_leaver_death", "reasons": "R."}, types=kinds)

    assert form.is_valid() is there
    facts = {**NOTIFY, "notification_type": "care_leaver_death"}
    if there:
        consideration.decide(incident, **facts, by=place.director)
    else:
        with pytest.raises(NotAllowedNow, match="what kind of notification"):
            consideration.decide(incident, **facts, by=place.director)


@pytest.mark.parametrize(
    ("kind", "opens"),
    [
        ("abuse_or_neglect_death", True),
        ("abuse_or_neglect_serious_harm", True),
        ("looked_after_child_death", False),
        ("care_leaver_death", False),
    ],
)
def test_deaths_of_looked_after_children_and_care_leavers_open_no_rapid_review(kind: str, opens: bool) -> None:
    assert NotificationType(kind).opens_rapid_review is opens


@pytest.mark.parametrize(
    ("notified_at", "is_late"),
    [
        (AWARE_AT, False),
        (datetime(2026, 6, 8, 23, 59, tzinfo=LONDON), False),
        (datetime(2026, 6, 9, 0, 1, tzinfo=LONDON), True),
    ],
    ids=["the same day", "the fifth working day, just before midnight", "just after"],
)
def test_sent_late_needs_its_reasons(place: Place, notified_at: datetime, is_late: bool) -> None:
    incident = decided(place)
    facts: dict[str, Any] = {"notified_at": notified_at, "submitted_by_name": "Example Director", "by": place.manager}

    if is_late:
        with pytest.raises(NotAllowedNow, match="8 June 2026. Say why it was late"):
            consideration.record_sent(incident, **facts)
        facts["late_reasons"] = "An invented power cut."
    consideration.record_sent(incident, **facts)

    incident.refresh_from_db()
    assert incident.status == "notified"


@pytest.mark.parametrize("notified_at", [datetime(2026, 6, 3, 0, 30, tzinfo=LONDON), datetime(2026, 6, 3, 23, 30, tzinfo=LONDON)])
def test_the_clock_stops_on_the_day_in_england_on_which_it_was_sent(place: Place, notified_at: datetime) -> None:
    incident = notified(place, at=notified_at)

    clock = questions.notification_clock(incident, on=date(2026, 7, 1), calendar=WorkingCalendar.with_proclaimed([]))

    assert clock is not None
    assert clock.stopped_on == date(2026, 6, 3)


@pytest.mark.parametrize(("who", "may"), [("manager", True), ("director", True), ("superintendent", False), ("lead", False)])
def test_sending_is_recorded_by_the_unit_or_the_authority(place: Place, who: str, may: bool) -> None:
    incident = decided(place)
    facts: dict[str, Any] = {"notified_at": AWARE_AT + timedelta(hours=1), "submitted_by_name": "Example", "by": getattr(place, who)}

    if may:
        consideration.record_sent(incident, **facts)
    else:
        with pytest.raises(NotPermitted):
            consideration.record_sent(incident, **facts)


@pytest.mark.parametrize("status", ["raised", "under_consideration", "not_notifiable", "notified"])
def test_sending_follows_the_decision_to_notify(place: Place, status: str) -> None:
    incident = {
        "raised": raised, "under_consideration": consulted, "not_notifiable": lambda p: decided(p, notify=False), "notified": notified,
    }[status](place)  # fmt: skip

    with pytest.raises(NotAllowedNow):
        consideration.record_sent(incident, notified_at=AWARE_AT, submitted_by_name="Example", by=place.manager)


def test_learning_is_taken_up_once_by_the_unit(place: Place) -> None:
    referral = decided(place, notify=False).learning_referral

    with pytest.raises(NotPermitted):
        consideration.take_up_learning(referral, how="Invented audit.", by=place.director)
    taken = consideration.take_up_learning(referral, how="Invented audit in July.", by=place.manager)

    assert (taken.taken_up_by, taken.taken_up_how) == (place.manager, "Invented audit in July.")
    with pytest.raises(NotAllowedNow, match="taken up already"):
        consideration.take_up_learning(referral, how="Again.", by=place.manager)
