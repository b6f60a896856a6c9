"""Learning: points with reasons, themes, actions that go to their owners, and a briefing that tells of nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.case_reviews.models import Briefing, LearningReferral
from sightline.partnership.case_reviews.workflow import learning
from sightline.partnership.documents.workflow import content_of
from sightline.partnership.notices.models import Notice
from sightline.procedures import themes
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.learning import BOXES, METHODS
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
    with pytest.raises(NotAllowedNow, match="Issue the briefing first"):
        learning.record_delivery(briefing, headcount=7, by=place.manager, **given)

    client.post(reverse("case_reviews:issue_briefing", args=[briefing.pk]))
    briefing.refresh_from_db()
    assert (briefing.state, briefing.issued_by, briefing.outgoing_check.found_nothing) == ("issued", place.manager, True)
    assert client.post(reverse("case_reviews:briefing_word", args=[briefing.pk])).content == content_of(briefing.document)
    with pytest.raises(NotAllowedNow, match="issued"):
        learning.change_briefing(briefing, title="Another", boxes=boxes, seen_version=briefing.version, by=place.manager)
    heard = learning.record_delivery(briefing, headcount=7, by=place.manager, **given)
    where = reverse("case_reviews:delivery_effect", args=[heard.pk])
    client.post(where, {"effect": "Adults are asked about.", **day_of("effect_on", timezone.localdate())})
    heard.refresh_from_db()
    assert (heard.headcount, heard.effect) == (7, "Adults are asked about.")

    client.post(reverse("case_reviews:withdraw_briefing", args=[briefing.pk]), {"because": "A newer one takes its place."})
    assert "Withdrawn: not to be used any more" in client.get(reverse("case_reviews:briefing", args=[briefing.pk])).content.decode()


def day_of(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_briefing_that_tells_of_a_child_is_not_issued(place, incident):
    child = incident.children.get().person
    boxes = {code: f"Ask {child.given_name} {child.family_name}." for code, _ in BOXES}
    briefing = learning.write_briefing(incident, title="Who lives in the home", boxes=boxes, by=place.manager)
    with pytest.raises(NotAllowedNow, match="must not learn"):
        learning.issue_briefing(briefing, by=place.manager)
    half = learning.write_briefing(incident, title="Half", boxes={}, by=place.manager)
    with pytest.raises(NotAllowedNow, match="Write every box first"):
        learning.issue_briefing(half, by=place.manager)
    assert not Briefing.objects.exclude(state="draft").exists()


def test_point_is_changed_with_what_it_was_and_withdrawn_with_reasons(place, incident):
    row, client = point(incident, place), signed_in(place.manager)
    change = reverse("case_reviews:change_learning_point", args=[row.pk])
    words = {"text": "Who lives in the home was asked too late.", "why_it_made_sense": "The visit was short.", "themes": ["under_one"]}
    client.post(change, {**words, "seen_version": "1"})
    stale = client.post(change, {**words, "text": "Mine.", "seen_version": "1"}).content.decode()
    row.refresh_from_db()
    assert (row.text, row.earlier[0]["text"]) == (words["text"], "Who lives in the home was not asked.")
    assert "Somebody else has changed this point" in stale and "Mine." in stale and "Somebody else saved while you were writing" in stale
    # A slip put right on a page that is old by now is still the old page.
    slip = client.post(change, {**words, "text": "", "seen_version": "1"}).content.decode()
    assert 'name="seen_version" value="1"' in slip
    shown = reverse("case_reviews:learning_point", args=[row.pk])
    assert "What stood here before" in client.get(shown).content.decode()

    client.post(reverse("case_reviews:withdraw_learning_point", args=[row.pk]), {"because": "It was asked after all."})
    assert "It was asked after all." in client.get(shown).content.decode()
    with pytest.raises(NotAllowedNow, match="withdrawn"):
        learning.withdraw_point(row, because="Again.", by=place.manager)
    with pytest.raises(NotAllowedNow, match="withdrawn"):
        learning.raise_action(row, text="Ask.", due_on=timezone.localdate(), by=place.manager, owner_agency=place.police,
                              owner_officer=place.superintendent.officer)  # fmt: skip


def test_review_below_the_threshold_is_stopped_with_reasons(place, incident):
    LearningReferral.objects.create(incident=incident, route="partnership_learning", referred_by=place.manager, referred_at=timezone.now())
    given = {"why_this_method": "Two teams.", "lead": place.manager.officer, "due_on": timezone.localdate() + timedelta(days=30)}
    review = learning.begin_review(incident, method=METHODS[0][0], by=place.manager, **given)
    client = signed_in(place.manager)
    client.post(reverse("case_reviews:stop_learning_review", args=[incident.pk]), {"because": "It is taken up with another case."})
    review.refresh_from_db()
    assert (review.status, review.stopped_because) == ("stopped", "It is taken up with another case.")
    with pytest.raises(NotAllowedNow, match="ended already"):
        learning.finish_review(review, summary="x", finished_on=timezone.localdate(), by=place.manager)


@pytest.mark.parametrize("name", ["learning_points", "add_learning_point", "review_themes", "learning_review", "briefings"])
def test_pages_open_for_the_unit_and_for_no_stranger(place, incident, name):
    url = reverse(f"case_reviews:{name}", args=[incident.pk])
    assert signed_in(place.manager).get(url).status_code == 200
    assert signed_in(place.person("AN", of=place.police)).get(url).status_code == 404
