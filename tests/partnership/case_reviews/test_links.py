"""A link and its code: neither opens anything alone, and a refusal never tells why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher

from sightline.partnership.agencies.models import Absence, Officer
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews import links
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink
from sightline.partnership.case_reviews.workflow import links as moves
from sightline.partnership.need_to_know.models import Conflict
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rapid_review import RapidReviewStatus
from tests.factories import accounts, reviews
from tests.factories.incidents import Place
from tests.factories.reviews import NOTIFIED_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(place: Place) -> Officer:
    """The school's lead has no account."""
    place.school.safeguarding_lead = reviews.reachable(place.school, "Example Head")
    place.school.save()
    return place.school.safeguarding_lead


@pytest.fixture
def asked(place: Place, head: Officer) -> AgencyRequest:
    review = reviews.review(place, status=RapidReviewStatus.INFORMATION_REQUESTED)
    return reviews.asked(review, place.school, by=place.manager, to=head)


def made(asked: AgencyRequest, place: Place, **given: Any) -> tuple[AnswerLink, str, str]:
    """A link, its token and its code."""
    link, code = moves.make(asked, **{"officer": asked.asked_officer, "purpose": "answer", "by": place.manager, "at": NOTIFIED_AT, **given})
    return link, links.token_of(link), code


def opened(token: str, code: str, **given: Any) -> AnswerLink:
    return moves.open_with_code(token, code, **{"at": NOTIFIED_AT + timedelta(hours=1), **given})


def refusal(token: str, code: str, **given: Any) -> str:
    with pytest.raises(NotAllowedNow) as refused:
        opened(token, code, **given)
    return refused.value.sentence


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_a_link_opens_with_its_code_and_again_until_the_answer_is_in(asked: AgencyRequest, place: Place, head: Officer) -> None:
    link, token, code = made(asked, place)
    assert opened(token, code).officer == head
    assert opened(token, f"{code[:4]} {code[4:]}") == link
    link.refresh_from_db()
    assert link.opened_at == NOTIFIED_AT + timedelta(hours=1)
    assert [event.what for event in asked.events.all()] == ["link_made", "link_opened", "link_opened"]
    assert asked.events.last().by_officer == head


def test_neither_link_nor_code_is_stored(asked: AgencyRequest, place: Place) -> None:
    link, token, code = made(asked, place)
    stored = " ".join(str(value) for value in AnswerLink.objects.filter(pk=link.pk).values_list()[0])
    assert token not in stored and code not in stored and token.partition(":")[2] not in stored
    queued = Notice.objects.get(template="case_reviews.answer_link")
    assert (queued.to, queued.about) == (f"answer_link:{link.pk}", asked.pk)


def test_a_refusal_says_the_same_whatever_is_wrong(asked: AgencyRequest, place: Place) -> None:
    link, token, code = made(asked, place)
    said = {
        "altered": refusal(token[:-1] + ("a" if token[-1] != "a" else "b"), code),
        "another id": refusal("7" + token[1:], code),
        "unknown": refusal("nonsense", code),
        "empty": refusal(token, ""),
        "wrong code": refusal(token, wrong(code)),
        "expired": refusal(token, code, at=NOTIFIED_AT + moves.LIVES_FOR),
    }
    for name, fields in {"used": {"used_at": NOTIFIED_AT}, "revoked": {"used_at": None, "revoked_at": NOTIFIED_AT}}.items():
        AnswerLink.objects.filter(pk=link.pk).update(**fields)
        said[name] = refusal(token, code)
    AnswerLink.objects.filter(pk=link.pk).update(revoked_at=None)
    for status in ("submitted", "accepted", "withdrawn"):
        AgencyRequest.objects.filter(pk=asked.pk).update(status=status, withdrawn_because="An invented reason")
        said[status] = refusal(token, code)
    assert set(said.values()) == {moves.REFUSED}, said
    assert AuditEvent.objects.filter(action="answer_link.refused").count() == len(said)


def test_each_refusal_does_the_slow_work(asked: AgencyRequest, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    link, token, code = made(asked, place)
    hasher, worked = type(get_hasher()), []

    def counted(slow: Callable[..., Any]) -> Callable[..., Any]:
        def work(*given: Any, **named: Any) -> Any:
            worked.append("begun")  # one of the two may do its work by the other
            try:
                return slow(*given, **named)
            finally:
                worked[:] = ["done"]

        return work

    monkeypatch.setattr(hasher, "encode", counted(hasher.encode))
    monkeypatch.setattr(hasher, "verify", counted(hasher.verify))
    for reason, given in {"unknown": "7never:was", "wrong code": token, "expired": token}.items():
        worked.clear()
        refusal(given, wrong(code), at=NOTIFIED_AT + (moves.LIVES_FOR if reason == "expired" else timedelta(hours=1)))
        assert worked == ["done"], reason


def test_five_wrong_codes_lock_a_link_until_the_unit_gives_another(asked: AgencyRequest, place: Place) -> None:
    link, token, code = made(asked, place)
    for _ in range(5):
        refusal(token, wrong(code))
    refusal(token, code)
    link.refresh_from_db()
    assert link.is_locked and link.wrong_codes == 5
    renewed = moves.new_code(link, by=place.manager, at=NOTIFIED_AT)
    assert opened(token, renewed) == link
    refusal(token, wrong(renewed))
    link.refresh_from_db()
    assert link.wrong_codes == 1


def test_a_new_link_replaces_the_one_that_was_lost(asked: AgencyRequest, place: Place) -> None:
    _, lost, old_code = made(asked, place)
    _, token, code = made(asked, place)
    refusal(lost, old_code)
    refusal(lost, code)
    assert opened(token, code)


def test_a_revoked_link_lets_nobody_in(asked: AgencyRequest, place: Place) -> None:
    link, token, code = made(asked, place)
    moves.revoke(link, by=place.manager, at=NOTIFIED_AT)
    refusal(token, code)
    for move in (moves.revoke, moves.new_code):
        with pytest.raises(NotAllowedNow):
            move(link, by=place.manager, at=NOTIFIED_AT)


def test_whoever_turns_out_to_be_connected_is_outside_at_once(asked: AgencyRequest, place: Place, head: Officer) -> None:
    _, token, code = made(asked, place)
    Conflict.objects.create(
        matter=asked.matter, officer=head, source="case_flag", reason="An invented connection", declared_by=place.manager
    )
    refusal(token, code)
    with pytest.raises(NotAllowedNow, match="cannot be asked in this matter"):
        made(asked, place)


def test_a_link_is_for_somebody_of_the_agency_who_was_asked_and_can_be_rung(asked: AgencyRequest, place: Place, head: Officer) -> None:
    colleague = reviews.reachable(place.school, "Example Colleague")
    with pytest.raises(NotAllowedNow, match="was not asked"):
        made(asked, place, officer=colleague)
    with pytest.raises(NotAllowedNow, match="does not sign off"):
        made(asked, place, officer=colleague, purpose="sign_off")
    with pytest.raises(NotAllowedNow, match="does not work for"):
        made(asked, place, officer=reviews.reachable(place.manager.agency, "Example Stranger"))
    AgencyRequest.objects.filter(pk=asked.pk).update(passed_to=colleague)
    assert made(asked, place, officer=colleague)[0].officer == colleague
    assert made(asked, place, officer=head, purpose="sign_off")[0].officer == head
    for missing, sentence in (("phone", "no telephone number"), ("email", "no e-mail address")):
        setattr(colleague, missing, "")
        colleague.save()
        with pytest.raises(NotAllowedNow, match=sentence):
            made(asked, place, officer=colleague)


def test_whoever_covers_for_the_person_asked_may_have_the_link(asked: AgencyRequest, place: Place, head: Officer) -> None:
    cover, on = reviews.reachable(place.school, "Example Cover"), NOTIFIED_AT.date()
    Absence.objects.create(officer=head, cover=cover, valid_from=on, valid_to=on)
    assert made(asked, place, officer=cover)[0].officer == cover


def test_whoever_signs_in_needs_no_link(asked: AgencyRequest, place: Place, head: Officer) -> None:
    accounts.account("AL", officer=head)
    with pytest.raises(NotAllowedNow, match="signs in"):
        made(asked, place)


def test_the_unit_alone_makes_and_ends_links(asked: AgencyRequest, place: Place) -> None:
    link, _, _ = made(asked, place)
    for move in (
        lambda: moves.make(asked, officer=asked.asked_officer, purpose="answer", by=place.director),
        lambda: moves.revoke(link, by=place.director),
        lambda: moves.new_code(link, by=place.director),
    ):
        with pytest.raises(NotPermitted):
            move()


def test_no_link_is_made_once_nothing_is_awaited(asked: AgencyRequest, place: Place) -> None:
    AgencyRequest.objects.filter(pk=asked.pk).update(status="submitted")
    with pytest.raises(NotAllowedNow, match="Nothing is awaited"):
        made(asked, place)
