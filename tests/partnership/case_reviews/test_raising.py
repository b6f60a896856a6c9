"""A serious incident from the first typed word to its being raised."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews import access, questions
from sightline.partnership.case_reviews.models import STRUCTURED_CHILDREN, IncidentChild, SeriousIncident
from sightline.partnership.case_reviews.workflow import incidents
from sightline.partnership.need_to_know.models import Matter, Membership
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts, people
from tests.factories.incidents import LONDON, Place, child, ready


@pytest.mark.parametrize(
    ("role", "may"),
    [("BM", True), ("BO", True), ("AL", True), ("AC", False), ("DSP", False), ("PC", False), ("SC", False), ("SA", False), ("IG", False)],
)
def test_raising_an_incident_belongs_to_some_roles(place: Place, role: str, may: bool) -> None:
    person = accounts.account(role, of=place.school)

    if may:
        assert incidents.begin(by=person).raised_by == person
    else:
        with pytest.raises(NotPermitted):
            incidents.begin(by=person)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"summary": "  "}, "what happened"),
        ({"happened_on": None}, "the date of the incident, or that it is not known"),
        ({"aware_at": None}, "when the local authority became aware"),
        ({"contact_phone": ""}, "a telephone number for questions"),
        ({"children": 0}, "at least one child, or that no child can be named yet"),
    ],
)
def test_raising_says_what_is_missing(place: Place, left_out: dict[str, Any], said: str) -> None:
    incident = ready(place.lead, **left_out)

    with pytest.raises(NotAllowedNow, match=said):
        incidents.raise_incident(incident, by=place.lead)

    incident.refresh_from_db()
    assert incident.is_draft
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "enough",
    [
        {"children": 0, "no_named_child": True},
        {"happened_on": None, "happened_precision": "unknown"},
        {"children": STRUCTURED_CHILDREN, "other_children": "Child 5 was not at home.", "other_children_count": 1},
    ],
    ids=["no child named yet", "date not known", "more than four children"],
)
def test_raising_takes_what_is_not_known(place: Place, enough: dict[str, Any]) -> None:
    raised = incidents.raise_incident(ready(place.lead, **enough), by=place.lead)

    assert raised.status == "raised"


def test_raising_needs_no_answer_about_safety_and_none_to_the_legal_test(place: Place) -> None:
    raised = incidents.raise_incident(ready(place.lead), by=place.lead)

    assert raised.status == "raised"
    assert questions.safety_is_open(raised)
    assert questions.unanswered_legal_test(raised)


@pytest.mark.parametrize(
    ("aware_on", "rule_set"),
    [
        (date(2020, 6, 24), "WT2018"),
        (date(2023, 12, 14), "WT2018"),
        (date(2023, 12, 15), "WT2023"),
        (date(2026, 3, 18), "WT2023"),
        (date(2026, 3, 19), "WT2026"),
    ],
)
def test_raising_pins_the_rules_of_the_day_the_authority_became_aware(place: Place, aware_on: date, rule_set: str) -> None:
    aware_at = datetime.combine(aware_on, datetime.min.time().replace(hour=23, minute=30), LONDON)

    raised = incidents.raise_incident(ready(place.lead, aware_at=aware_at), by=place.lead)

    assert raised.rule_set == rule_set
    assert raised.rules.id == rule_set
    assert raised.rule_set_hash == raised.rules.content_hash


def test_raising_opens_a_matter_for_its_author_and_the_business_unit_alone(place: Place) -> None:
    raised = incidents.raise_incident(ready(place.lead), by=place.lead)

    assert set(Membership.objects.values_list("account", flat=True)) == {place.lead.pk, place.manager.pk}
    assert raised.matter.raised_by_agency == place.school


def test_raising_tells_the_business_unit(place: Place, written_to: Callable[[str], set[Account]]) -> None:
    incidents.raise_incident(ready(place.lead), by=place.lead)

    assert written_to("incident_raised") == {place.manager}


def test_raising_twice_is_refused(place: Place) -> None:
    raised = incidents.raise_incident(ready(place.lead), by=place.lead)

    with pytest.raises(NotAllowedNow, match="already"):
        incidents.raise_incident(raised, by=place.manager)


def test_raising_and_its_line_in_the_trail_are_one(place: Place) -> None:
    raised = incidents.raise_incident(ready(place.lead), by=place.lead)

    line = AuditEvent.objects.get(action="serious_incident.raised")
    assert (line.object_id, line.matter_id, line.actor_id) == (raised.pk, raised.matter_id, place.lead.pk)


def test_whoever_raises_gets_the_same_answer_whether_or_not_the_child_is_known(place: Place) -> None:
    known = ready(place.manager)
    incidents.raise_incident(known, by=place.manager)
    name = {"given_name": known.children.get().person.given_name, "family_name": "Examplechild", "born_on": date(2016, 2, 29)}
    known_again, stranger = ready(place.lead, children=0), ready(place.lead, children=0)
    child(known_again, by=place.lead, person=people.child(by=place.lead, **name))
    child(stranger, by=place.lead)

    answers = [incidents.raise_incident(incident, by=place.lead) for incident in (known_again, stranger)]

    assert [answer.status for answer in answers] == ["raised", "raised"]
    assert [answer.children.get().person.same_as for answer in answers] == [None, None]
    assert [answer.children.get().person.matching for answer in answers] == ["unmatched", "unmatched"]


@pytest.mark.parametrize("role", ["BM", "BO", "AL", "DSP", "SC", "IG", "SA"])
def test_a_draft_is_seen_by_its_author_alone(place: Place, role: str) -> None:
    draft = ready(place.lead)
    colleague = accounts.account(role, of=place.school)

    assert access.can_see(place.lead, draft)
    assert draft in access.visible_to(place.lead)
    assert not access.can_see(colleague, draft)
    assert not access.can_edit(colleague, draft)
    assert draft not in access.visible_to(colleague)


def test_a_draft_can_be_thrown_away_by_its_author_but_not_once_it_is_raised(place: Place) -> None:
    draft, other = ready(place.lead), ready(place.lead)
    raised = incidents.raise_incident(other, by=place.lead)

    incidents.discard(draft, by=place.lead)

    assert list(SeriousIncident.objects.all()) == [raised]
    with pytest.raises(NotAllowedNow, match="cannot be discarded"):
        incidents.discard(raised, by=place.manager)
    with pytest.raises(NotPermitted):
        incidents.discard(ready(place.manager), by=place.lead)


def test_the_fifth_child_is_told_in_words(place: Place) -> None:
    incident = ready(place.lead, children=STRUCTURED_CHILDREN)

    with pytest.raises(Exception, match="incident_child_at_most_four"):
        child(incident, by=place.lead, position=STRUCTURED_CHILDREN + 1)


@pytest.mark.parametrize(
    ("born_on", "happened_on", "age"),
    [
        (date(2016, 2, 29), date(2026, 2, 28), 9),
        (date(2016, 2, 29), date(2026, 3, 1), 10),
        (date(2026, 6, 2), date(2026, 6, 1), None),
        (None, date(2026, 6, 1), None),
        (date(2016, 2, 29), None, None),
    ],
    ids=["day before a birthday", "after the birthday", "not yet born", "date of birth not known", "date of incident not known"],
)
def test_age_at_the_incident_is_in_whole_years_and_never_guessed(
    place: Place, born_on: date | None, happened_on: date | None, age: int | None
) -> None:
    incident = ready(place.lead, children=0, happened_on=happened_on)
    row: IncidentChild = child(incident, by=place.lead)
    row.person.born_on = born_on

    assert row.age_at_incident == age
