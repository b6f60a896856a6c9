"""Day 0 asks first whether every child is safe; a child in danger now reaches the duty person the same day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import DutyTurn
from sightline.partnership.case_reviews import questions
from sightline.partnership.case_reviews.models import ImmediateConcern, SafetyAnswer
from sightline.partnership.case_reviews.workflow import incidents, safety
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, matters
from tests.factories.incidents import CHECKED, EVERYBODY_SAFE, Place, all_safe, raised, ready


@pytest.fixture
def duty(place: Place) -> tuple[Account, Account]:
    """The person on duty this week and the one who covers, both of the business unit."""
    on_duty, cover = place.person("BO", of=place.council), place.person("BO", of=place.council)
    today = timezone.localdate()
    DutyTurn.objects.create(officer=on_duty.officer, cover=cover.officer, valid_from=today, valid_to=today + timedelta(days=6))
    return on_duty, cover


@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        ({}, True),
        (EVERYBODY_SAFE, False),
        ({**EVERYBODY_SAFE, "siblings": {"answer": "not_known"}}, True),
        ({**EVERYBODY_SAFE, "siblings": {"answer": "not_safe"}}, True),
        ({"this_child": {"answer": "safe", **CHECKED}}, True),
        ({group: {"answer": "not_applicable"} for group in EVERYBODY_SAFE}, False),
    ],
    ids=["nobody asked", "all answered", "siblings not known", "siblings not safe", "only this child", "nobody else"],
)
def test_safety_stays_open_until_each_group_is_answered(place: Place, answers: dict[str, Any], is_open: bool) -> None:
    incident = raised(place)

    if answers:
        safety.record_answers(incident, answers=answers, by=place.lead)

    assert questions.safety_is_open(incident) is is_open


def test_a_later_answer_opens_the_question_again_and_the_earlier_one_stays(place: Place) -> None:
    incident = raised(place)
    all_safe(incident, by=place.lead)

    later = {"siblings": {"answer": "not_safe", "what_was_done": "Police are on their way."}}
    safety.record_answers(incident, answers=later, by=place.manager)

    assert questions.safety_is_open(incident)
    said = SafetyAnswer.objects.filter(incident=incident, group="siblings").values_list("answer", flat=True)
    assert list(said) == ["not_applicable", "not_safe"]


def test_safe_without_who_checked_is_refused(place: Place) -> None:
    incident = raised(place)

    with pytest.raises(Exception, match="safety_answer_says_who_and_when"):
        safety.record_answers(incident, answers={"siblings": {"answer": "safe"}}, by=place.lead)


def test_a_concern_reaches_the_duty_person_and_the_cover_and_the_unit(
    place: Place, duty: tuple[Account, Account], written_to: Callable[[str], set[Account]]
) -> None:
    incident = raised(place)

    concern = safety.raise_concern(incident, what="An invented worry.", by=place.lead)

    assert (concern.duty_officer, concern.cover_officer) == (duty[0].officer, duty[1].officer)
    assert concern.due_on == timezone.localdate()
    assert written_to("immediate_concern") == {*duty, place.manager}


def test_a_concern_never_reaches_a_duty_person_in_conflict(
    place: Place, duty: tuple[Account, Account], written_to: Callable[[str], set[Account]]
) -> None:
    on_duty, cover = duty
    incident = raised(place)
    matters.conflict(incident.matter, on_duty, by=place.manager)

    safety.raise_concern(incident, what="An invented worry.", by=place.lead)

    assert written_to("immediate_concern") == {cover, place.manager}


def test_a_concern_without_anybody_on_duty_reaches_the_unit(place: Place, written_to: Callable[[str], set[Account]]) -> None:
    incident = raised(place)

    concern = safety.raise_concern(incident, what="An invented worry.", by=place.lead)

    assert concern.duty_officer is None
    assert written_to("immediate_concern") == {place.manager}


def test_a_concern_of_another_day_goes_to_that_days_duty_person(place: Place) -> None:
    officers = [place.person("BO", of=place.council).officer for _ in range(3)]
    DutyTurn.objects.create(officer=officers[0], cover=officers[2], valid_from=date(2026, 6, 1), valid_to=date(2026, 6, 7))
    DutyTurn.objects.create(officer=officers[1], cover=officers[2], valid_from=date(2026, 6, 8), valid_to=date(2026, 6, 14))
    incident = raised(place)

    moments = [incident.raised_at + timedelta(days=days) for days in (0, 6, 7)]
    concerns = [safety.raise_concern(incident, what="A worry.", by=place.lead, at=at) for at in moments]

    assert [concern.duty_officer for concern in concerns] == [officers[0], officers[0], officers[1]]


def test_a_concern_written_in_a_draft_is_sent_when_it_is_raised(
    place: Place, duty: tuple[Account, Account], written_to: Callable[[str], set[Account]]
) -> None:
    draft = ready(place.lead)
    safety.raise_concern(draft, what="An invented worry.", by=place.lead)
    assert written_to("immediate_concern") == set()

    incidents.raise_incident(draft, by=place.lead)

    assert written_to("immediate_concern") == {*duty, place.manager}


def test_a_concern_is_answered_once_and_a_new_one_can_follow(place: Place) -> None:
    incident = raised(place)
    concern = safety.raise_concern(incident, what="An invented worry.", by=place.lead)

    answered = safety.answer_concern(concern, what_was_done="The child was seen today.", by=place.manager)

    assert answered.answered_by == place.manager
    with pytest.raises(NotAllowedNow, match="answered already"):
        safety.answer_concern(concern, what_was_done="Again.", by=place.manager)
    safety.raise_concern(incident, what="A second worry.", by=place.lead)
    assert ImmediateConcern.objects.filter(answered_at__isnull=True).count() == 1


def test_safety_is_nobodys_business_outside_the_incident(place: Place) -> None:
    incident = raised(place)
    stranger = accounts.account("AL", of=place.board)

    with pytest.raises(NotPermitted):
        safety.record_answers(incident, answers=EVERYBODY_SAFE, by=stranger)
    with pytest.raises(NotPermitted):
        safety.raise_concern(incident, what="A worry.", by=stranger)
