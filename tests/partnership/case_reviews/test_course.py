"""Changes of an incident's course: reopened, duplicate, transferred, criteria not met after all. Nothing is deleted by any."""

import pytest

from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import NotificationDecision, StatusChange
from sightline.partnership.case_reviews.workflow import consideration, course, incidents
from sightline.procedures.case_review import SeriousIncidentStatus as Status
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories.incidents import Place, answer_everything, decided, in_status, notified

S = Status
AFTER = {
    S.RAISED: {S.DUPLICATE, S.TRANSFERRED},
    S.UNDER_CONSIDERATION: {S.DUPLICATE, S.TRANSFERRED},
    S.DECIDED_TO_NOTIFY: {S.UNDER_CONSIDERATION, S.DUPLICATE, S.TRANSFERRED},
    S.NOTIFIED: {S.CRITERIA_NOT_MET_AFTER_NOTIFICATION, S.DUPLICATE, S.TRANSFERRED},
    S.NOT_NOTIFIABLE: {S.UNDER_CONSIDERATION},
}
ENDED = [S.CRITERIA_NOT_MET_AFTER_NOTIFICATION, S.DUPLICATE, S.TRANSFERRED]


@pytest.mark.parametrize(("status", "target"), [(status, target) for status in AFTER for target in Status])
def test_a_change_of_course_is_one_of_those_the_status_allows(place: Place, status: Status, target: Status) -> None:
    incident = in_status(place, status)

    if target in AFTER[status]:
        course.change(incident, to=target, reasons="Invented reasons.", by=place.director)
    else:
        with pytest.raises(NotAllowedNow):
            course.change(incident, to=target, reasons="Invented reasons.", by=place.director)

    incident.refresh_from_db()
    assert incident.status == (target if target in AFTER[status] else status)


@pytest.mark.parametrize("status", ENDED)
def test_an_ended_incident_is_read_and_no_longer_changed(place: Place, status: Status) -> None:
    incident = in_status(place, status)

    assert access.can_see(place.manager, incident)
    assert access.can_see(place.director, incident)
    for person in (place.manager, place.director, place.lead):
        assert not access.can_edit(person, incident)
        with pytest.raises(NotPermitted):
            course.change(incident, to=S.UNDER_CONSIDERATION, reasons="Invented reasons.", by=person)
    with pytest.raises(NotPermitted):
        incidents.touch(incident, action="serious_incident.changed", by=place.manager)


@pytest.mark.parametrize(("who", "may"), [("director", True), ("manager", False), ("superintendent", False), ("lead", False)])
def test_reopening_is_the_local_authoritys(place: Place, who: str, may: bool) -> None:
    incident = decided(place, notify=False)

    if may:
        course.change(incident, to=S.UNDER_CONSIDERATION, reasons="A post-mortem result.", by=place.director)
    else:
        with pytest.raises(NotPermitted):
            course.change(incident, to=S.UNDER_CONSIDERATION, reasons="A post-mortem result.", by=getattr(place, who))


def test_reopening_leaves_the_earlier_decision_beside_the_new_one(place: Place) -> None:
    incident = decided(place, notify=False)
    course.change(incident, to=S.UNDER_CONSIDERATION, reasons="A post-mortem result.", by=place.director)
    answer_everything(incident, by=place.manager)

    facts = {"notify": True, "notification_type": "abuse_or_neglect_death", "reasons": "It is now suspected."}
    consideration.decide(incident, **facts, by=place.director)

    assert [decision.notify for decision in NotificationDecision.objects.filter(incident=incident)] == [False, True]


def test_a_change_of_course_has_reasons_and_stays_on_record(place: Place) -> None:
    incident = notified(place)

    course.change(incident, to=S.CRITERIA_NOT_MET_AFTER_NOTIFICATION, reasons="The Panel agreed.", by=place.manager)

    row = StatusChange.objects.get(incident=incident)
    assert (row.was, row.became) == (S.NOTIFIED, S.CRITERIA_NOT_MET_AFTER_NOTIFICATION)
    assert (row.reasons, row.changed_by) == ("The Panel agreed.", place.manager)
    assert incident.notification.submitted_by_name == "Example Director"


@pytest.mark.parametrize("reasons", ["", "   "])
def test_a_change_of_course_without_reasons_is_refused(place: Place, reasons: str) -> None:
    incident = notified(place)

    with pytest.raises(NotAllowedNow, match="Say why"):
        course.change(incident, to=S.DUPLICATE, reasons=reasons, by=place.manager)
