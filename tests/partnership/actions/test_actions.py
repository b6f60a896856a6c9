"""The register of actions: owners are told, locks open in order, and a conflict keeps an action away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.actions import access, letters
from sightline.partnership.actions.models import Action
from sightline.partnership.actions.workflow import actions
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import actions as factory
from tests.factories import incidents, matters
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def other(place: Place):
    return place.person("BO", of=place.council)


def made_done(place: Place) -> Action:
    today = timezone.localdate()
    action = factory.raised(place)
    actions.add_evidence(action, kind="completion", text="An audit of records.", dated_on=today, by=place.lead)
    return actions.say_done(action, done_on=today, by=place.lead)


def test_owner_is_written_to_the_same_day(place):
    action = factory.raised(place)
    notice = Notice.objects.get(template="actions.raised")
    assert notice.to == place.lead.pk
    assert letters.line_for(notice.template, to=place.lead, about=action.pk)
    assert letters.line_for(notice.template, to=place.nurse, about=action.pk) is None


def test_done_needs_evidence_and_updates_stay(place):
    action = factory.raised(place)
    actions.update(action, status="at_risk", text="Training is late.", by=place.lead)
    actions.update(action, status="on_track", text="Training was held.", by=place.lead)
    with pytest.raises(NotAllowedNow, match="Add evidence"):
        actions.say_done(action, done_on=timezone.localdate(), by=place.lead)
    assert [row.status for row in action.updates.all()] == ["at_risk", "on_track"]


def test_three_locks_then_closing(place, other):
    today, action = timezone.localdate(), made_done(place)
    with pytest.raises(NotPermitted):
        actions.assure(action, assured_on=today, because="We say so.", by=place.lead)
    actions.assure(action, assured_on=today, because="The audit was read.", by=other)
    with pytest.raises(NotAllowedNow, match="difference"):
        actions.close(action, closed_on=today, by=place.director)
    with pytest.raises(NotAllowedNow, match="evidence of a difference"):
        actions.say_difference(action, difference_on=today, because="Better.", by=other)
    actions.add_evidence(action, kind="impact", text="Children said so.", dated_on=today, by=place.lead)
    actions.say_difference(action, difference_on=today, because="Children are seen.", by=other)
    closed = actions.close(action, closed_on=today, by=place.director)
    assert closed.closed_on == today
    with pytest.raises(NotPermitted):
        actions.reopen(action, because="A new case shows the same.", by=other)
    reopened = actions.reopen(action, because="A new case shows the same.", by=place.manager)
    assert reopened.done_on is None and reopened.status == "on_track"


def test_sent_back_tells_the_owner(place, other):
    action = actions.send_back(made_done(place), because="The audit is of another team.", by=other)
    assert action.status == "on_track" and action.done_on is None
    assert Notice.objects.filter(template="actions.sent_back", to=place.lead.pk).exists()


def test_changed_date_keeps_the_first_and_needs_reasons(place):
    action = factory.raised(place)
    first, later = action.due_on, action.due_on + timedelta(days=30)
    with pytest.raises(NotAllowedNow, match="reasons"):
        actions.change_due(action, due_on=later, because=" ", by=place.manager)
    with pytest.raises(NotPermitted):
        actions.change_due(action, due_on=later, because="More time.", by=place.lead)
    action = actions.change_due(action, due_on=later, because="The system changes in May.", by=place.manager)
    assert (action.due_on, action.first_due_on) == (later, first)


def test_replaced_by_another(place):
    action, newer = factory.raised(place), factory.raised(place)
    action = actions.supersede(action, replaced_by=newer, because="One action for both.", by=place.manager)
    assert action.status == "superseded"
    with pytest.raises(NotAllowedNow):
        actions.update(action, status="on_track", text="Still.", by=place.lead)


def test_reference_only_for_whoever_may_know(place):
    matter = incidents.raised(place).matter
    action = factory.raised(place, matter=matter, owner=place.superintendent)
    stranger = place.person("AN", of=place.police)
    page = signed_in(stranger).get(reverse("actions:action", args=[action.pk]))
    assert page.status_code == 200
    assert matter.reference not in page.content.decode()


def test_conflict_keeps_the_action_away(place):
    matter = incidents.raised(place).matter
    action = factory.raised(place, matter=matter)
    stranger = place.person("AN", of=place.police)
    matters.conflict(matter, stranger, by=place.manager)
    assert action not in access.visible_to(stranger)
    client = signed_in(stranger)
    hidden = client.get(reverse("actions:action", args=[action.pk]))
    assert hidden.status_code == 404
    assert action.text not in client.get(reverse("actions:register")).content.decode()


def test_owner_updates_on_a_page(place):
    action = factory.raised(place)
    client = signed_in(place.lead)
    url = reverse("actions:update", args=[action.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"status": "on_track", "text": "Begun.", "version": "1"})
    assert action.updates.get().text == "Begun."
    stale = client.post(url, {"status": "at_risk", "text": "Late.", "version": "1"}).content.decode()
    assert "Begun." in stale and "Late." in stale
    assert client.get(reverse("actions:close", args=[action.pk])).status_code == 404
