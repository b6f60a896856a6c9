"""When a partner does not agree to a text of a practice review: it stays unsettled, the scrutineer speaks, and only all three end it."""

import pytest
from django.urls import reverse

from sightline.partnership.case_reviews.models import PracticeReview, SignedText
from sightline.partnership.case_reviews.workflow import practice_sign_off
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.signing import PARTNERS
from tests.access.world import signed_in
from tests.factories import accounts
from tests.factories import practice_reviews as made
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
WHO = {role: "Example Executive, invented post" for role in PARTNERS}


@pytest.fixture
def place(db: None) -> Place:
    return Place()


@pytest.fixture
def text(place: Place) -> SignedText:
    """Terms of reference to which health does not agree."""
    review = made.with_terms(place)
    text = practice_sign_off.put(review, kind="terms_of_reference", by=place.manager, at=made.AT)
    practice_sign_off.sign(text, agrees=False, reasons="The scope is too short.", by=place.nurse, at=made.AT)
    practice_sign_off.sign(text, agrees=True, by=place.superintendent, at=made.AT)
    for account in (place.manager, *place.partners.values()):
        ConflictStatement.objects.get_or_create(matter=text.incident.matter, account=account, defaults={"is_connected": False})
    return text


def url(name: str, text: SignedText) -> str:
    return reverse(f"case_reviews:{name}", args=[text.pk])


def scrutineer_of(text: SignedText) -> object:
    account = accounts.account("SC")
    ConflictStatement.objects.create(matter=text.incident.matter, account=account, is_connected=False)
    return account


def test_dissent_on_a_practice_text_leads_to_its_own_page(place: Place, text: SignedText) -> None:
    unit, scrutineer = signed_in(place.manager), scrutineer_of(text)
    review = practice_sign_off.of_text(text)
    shown = unit.get(reverse("case_reviews:practice_sign_off", args=[review.pk])).content.decode()
    assert "The partners do not agree" in shown and url("practice_disagreement", text) in shown
    assert "The scope is too short." in unit.get(url("practice_disagreement", text)).content.decode()
    unit.post(url("practice_disagreement", text), {"ask": "ask", "notes": "They met once."})

    assert text.escalations.get().scrutineer_asked_at is not None
    assert Notice.objects.filter(template="case_reviews.scrutineer_asked", to=scrutineer.pk, about=text.pk).exists()
    assert "They met once." in unit.get(url("practice_disagreement", text)).content.decode()


def test_scrutineer_speaks_beside_the_text_and_decides_nothing(place: Place, text: SignedText) -> None:
    browser = signed_in(scrutineer_of(text))
    assert url("practice_comment", text) in browser.get(url("practice_text", text)).content.decode()
    browser.post(url("practice_comment", text), {"said": "Look two years further back."})

    assert "Look two years further back." in signed_in(place.superintendent).get(url("practice_text", text)).content.decode()
    text.refresh_from_db()
    assert text.state == "with_partners"
    assert signed_in(place.manager).get(url("practice_comment", text)).status_code == 404
    assert browser.get(url("practice_disagreement", text)).status_code == 404


def test_resolution_needs_all_three_and_the_scrutineer(place: Place, text: SignedText) -> None:
    with pytest.raises(NotAllowedNow, match="each partner"):
        practice_sign_off.resolve(text, who={**WHO, "health": ""}, scrutineer_heard=True, because="Agreed.", by=place.manager)
    with pytest.raises(NotAllowedNow, match="scrutineer is heard"):
        practice_sign_off.resolve(text, who=WHO, scrutineer_heard=False, because="Agreed.", by=place.manager)
    with pytest.raises(NotPermitted):
        practice_sign_off.resolve(text, who=WHO, scrutineer_heard=True, because="Agreed.", by=place.nurse)
    unit = signed_in(place.manager)
    sent = {f"who_{role}": words for role, words in WHO.items()} | {"scrutineer_heard": "on", "because": "All accept the scope."}
    unit.post(url("practice_disagreement", text), sent)

    text.refresh_from_db()
    assert (text.state, text.escalations.get().ended_how) == ("resolved", "resolution")
    assert "There is no open disagreement" in unit.get(url("practice_disagreement", text)).content.decode()


def test_changed_text_is_taken_back_instead_of_resolved(place: Place, text: SignedText) -> None:
    review = practice_sign_off.of_text(text)
    PracticeReview.objects.filter(pk=review.pk).update(purpose="Another purpose.")
    with pytest.raises(NotAllowedNow, match="has changed"):
        practice_sign_off.resolve(text, who=WHO, scrutineer_heard=True, because="Agreed.", by=place.manager)

    text.refresh_from_db()
    assert (text.state, text.escalations.get().ended_how) == ("voided", "changed")


def test_unit_finds_the_disagreement_on_its_home_page(place: Place, text: SignedText) -> None:
    home = signed_in(place.manager).get("/").content.decode()
    assert url("practice_disagreement", text) in home and "The partners do not agree on: terms of reference" in home
