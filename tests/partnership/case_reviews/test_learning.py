"""Learning: points with reasons, themes, actions that go to their owners, and a briefing that tells of nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.case_reviews.workflow import learning
from sightline.partnership.notices.models import Notice
from sightline.procedures import themes
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.learning import BOXES
from tests.access.world import signed_in
from tests.factories import incidents, matters
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(place: Place):
    incident = incidents.raised(place)
    if not incident.matter.memberships.filter(account=place.manager).exists():
        matters.membership(incident.matter, place.manager, by=place.manager)
    matters.statement(incident.matter, place.manager)
    return incident


def point(incident, place: Place):
    words = {"text": "Who lives in the home was not asked.", "why_it_made_sense": "The visit was short."}
    return learning.write_point(incident, source="rapid_review", themes=["under_one"], by=place.manager, **words)


def test_what_went_wrong_is_not_written_without_why_it_made_sense(place, incident):
    with pytest.raises(NotAllowedNow, match="made sense"):
        learning.write_point(incident, source="rapid_review", text="Nobody asked.", by=place.manager)
    assert point(incident, place).number == 1


def test_action_from_a_point_goes_to_its_owner(place, incident):
    due = timezone.localdate() + timedelta(days=30)
    owner = {"owner_agency": place.police, "owner_officer": place.superintendent.officer}
    action = learning.raise_action(point(incident, place), text="Ask at each visit.", due_on=due, by=place.manager, **owner)
    assert action.matter_id == incident.matter_id and action.themes == ["under_one"]
    assert Notice.objects.filter(template="actions.raised", to=place.superintendent.pk).exists()


def test_themes_come_from_the_list_and_small_counts_are_protected(place, incident):
    learning.tag_themes(incident, codes=["under_one", "not_previously_known"], by=place.manager)
    learning.tag_themes(incident, codes=["under_one"], by=place.manager)
    assert [row.code for row in incident.themes.all()] == ["under_one"]
    with pytest.raises(NotAllowedNow):
        learning.tag_themes(incident, codes=["invented"], by=place.manager)
    assert "Fewer than 6" in signed_in(place.manager).get(reverse("case_reviews:learning_themes")).content.decode()
    assert (themes.count_in_words(0), themes.count_in_words(5), themes.count_in_words(6)) == ("None", "Fewer than 6", "6")


def test_briefing_as_word_and_its_delivery(place, incident):
    boxes = {code: "Ask about every adult in the home." for code, _ in BOXES}
    briefing = learning.write_briefing(incident, title="Who lives in the home", boxes=boxes, by=place.manager)
    client = signed_in(place.manager)
    assert client.get(reverse("case_reviews:briefing", args=[briefing.pk])).status_code == 200
    word = client.post(reverse("case_reviews:briefing_word", args=[briefing.pk]))
    assert word.status_code == 200 and word.content.startswith(b"PK")
    given = {"agency": place.school, "team": "Pastoral team", "held_on": timezone.localdate()}
    assert learning.record_delivery(briefing, headcount=7, by=place.manager, **given).headcount == 7


@pytest.mark.parametrize("name", ["learning_points", "add_learning_point", "review_themes", "learning_review", "briefings"])
def test_pages_open_for_the_unit_and_for_no_stranger(place, incident, name):
    url = reverse(f"case_reviews:{name}", args=[incident.pk])
    assert signed_in(place.manager).get(url).status_code == 200
    assert signed_in(place.person("AN", of=place.police)).get(url).status_code == 404
