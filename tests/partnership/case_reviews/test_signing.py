"""Three signatures over one exact text: any order, one dissent is enough, a changed byte takes it back."""

from datetime import date, timedelta
from itertools import count, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.partnership.agencies.models import Delegation
from sightline.partnership.case_reviews.models import ProposedDecision, RapidReview, SignedText
from sightline.partnership.case_reviews.workflow import deciding, report_texts, signing
from sightline.partnership.need_to_know.models import Conflict
from sightline.partnership.notices.models import Notice
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.signing import SignOff
from tests.factories import signing as factory
from tests.factories.incidents import Place
from tests.factories.signing import PUT_AT

pytestmark = pytest.mark.django_db
ROLES = ("local_authority", "police", "health")


def review_of(text: SignedText) -> RapidReview:
    return RapidReview.objects.select_related("incident__matter").get(incident=text.incident)


@pytest.mark.parametrize("order", list(permutations(ROLES)))
def test_third_signature_decides_in_whatever_order_they_come(place: Place, order: tuple[str, ...]) -> None:
    text = factory.with_partners(place)
    for number, role in enumerate(order):
        assert review_of(text).status == Status.PARTNER_SIGNOFF
        signing.sign(text, agrees=True, by=place.partners[role], at=PUT_AT + timedelta(minutes=number))

    review = review_of(text)
    assert review.status == Status.DECIDED
    decision = ProposedDecision.objects.get(review=review)
    assert decision.decided_at == PUT_AT + timedelta(minutes=2)
    assert decision.signed_text == text


def test_one_dissent_keeps_the_case_undecided_and_goes_to_those_who_lead(place: Place) -> None:
    text = factory.with_partners(place)
    signing.sign(text, agrees=True, by=place.director, at=PUT_AT)
    signing.sign(text, agrees=True, by=place.superintendent, at=PUT_AT)
    signing.sign(text, agrees=False, reasons="A practice review is needed.", by=place.nurse, at=PUT_AT)

    assert review_of(text).status == Status.PARTNER_SIGNOFF
    assert signing.stands_at(text) == SignOff.DISSENT
    assert text.escalations.get().ended_how == ""
    told = set(Notice.objects.filter(template="case_reviews.partners_disagree").values_list("to", flat=True))
    assert {place.director.pk, place.superintendent.pk, place.manager.pk} <= told


def test_partner_who_did_not_agree_may_come_to_agree(place: Place) -> None:
    text = factory.with_partners(place)
    signing.sign(text, agrees=False, reasons="Not yet.", by=place.nurse, at=PUT_AT)
    for account in place.partners.values():
        signing.sign(text, agrees=True, by=account, at=PUT_AT + timedelta(hours=1))

    text.refresh_from_db()
    assert (review_of(text).status, text.state) == (Status.DECIDED, "signed")
    assert text.escalations.get().ended_how == "agreed"
    assert text.signatures.count() == 4


def test_dissent_needs_reasons(place: Place) -> None:
    text = factory.with_partners(place)

    with pytest.raises(NotAllowedNow, match="Say why you do not agree"):
        signing.sign(text, agrees=False, by=place.nurse, at=PUT_AT)


def test_changed_text_voids_what_was_signed_and_says_what_changed(place: Place) -> None:
    text = factory.with_partners(place)
    signing.sign(text, agrees=True, by=place.director, at=PUT_AT)
    report_texts.save_part(review_of(text), code="men", text="The uncle was not asked.", by=place.manager, seen_version=1)

    text.refresh_from_db()
    assert text.state == "voided"
    assert "Added: The uncle was not asked." in text.voided_changes
    assert review_of(text).status == Status.DRAFT
    with pytest.raises(NotAllowedNow, match="Voided by a change"):
        signing.sign(text, agrees=True, by=place.nurse, at=PUT_AT)


def test_fact_that_changed_by_itself_takes_the_text_back_before_it_is_signed(place: Place) -> None:
    text = factory.with_partners(place)
    text.incident.family_contacts.create(
        happened_at=PUT_AT, told_by="Social worker", told_whom="mother", what="What happens now.", recorded_by=place.manager
    )

    with pytest.raises(NotAllowedNow, match="text has changed"):
        signing.sign(text, agrees=True, by=place.nurse, at=PUT_AT)

    text.refresh_from_db()
    assert (text.state, review_of(text).status) == ("voided", Status.DRAFT)
    assert text.signatures.count() == 0


def test_decided_review_goes_back_to_the_draft_when_its_reasons_change(place: Place) -> None:
    review = factory.decided(place)
    factory.propose(review, by=place.manager, rationale="Other reasons.")

    review.refresh_from_db()
    assert review.status == Status.DRAFT
    assert deciding.current(review).decided_at is None


def test_decision_saved_without_a_change_stays_decided(place: Place) -> None:
    review = factory.decided(place)
    signed_at = deciding.current(review).decided_at
    factory.propose(review, by=place.manager)

    review.refresh_from_db()
    assert (review.status, deciding.current(review).decided_at) == (Status.DECIDED, signed_at)


def test_decision_that_is_not_ready_is_not_put_to_the_partners(place: Place) -> None:
    review = factory.drafted(place, criteria={})

    with pytest.raises(NotAllowedNow, match="Answer the criterion"):
        signing.put_to_partners(review, problems=deciding.problems(review), by=place.manager)


def test_nobody_signs_without_a_delegation(place: Place) -> None:
    text = factory.with_partners(place)
    Delegation.objects.filter(officer=place.nurse.officer).update(valid_to=PUT_AT.date() - timedelta(days=1))

    with pytest.raises(NotPermitted):
        signing.sign(text, agrees=True, by=place.nurse, at=PUT_AT)


def test_chief_officer_signs_by_themselves(place: Place) -> None:
    text = factory.with_partners(place)
    Delegation.objects.filter(officer=place.nurse.officer).delete()
    place.board.named_executive = place.nurse.officer
    place.board.save()

    assert signing.sign(text, agrees=True, by=place.nurse, at=PUT_AT).delegation is None


def test_partner_in_conflict_does_not_sign_and_the_deputy_does(place: Place) -> None:
    text = factory.with_partners(place)
    deputy = place.person("DSP", of=place.board)
    factory.delegate_to(deputy, "health")
    from_matter = text.incident.matter
    Conflict.objects.create(matter=from_matter, account=place.nurse, source="case_flag", reason="A relative.", declared_by=place.manager)
    from_matter.memberships.create(account=deputy, purpose="signs", capacity="deputy", valid_from=date(2026, 6, 1), added_by=place.manager)

    with pytest.raises(NotPermitted):
        signing.sign(text, agrees=True, by=place.nurse, at=PUT_AT)
    assert signing.sign(text, agrees=True, by=deputy, at=PUT_AT).partner_role == "health"


def test_recorded_resolution_settles_only_with_each_partner_and_the_scrutineer(place: Place) -> None:
    text = factory.with_partners(place)
    signing.sign(text, agrees=False, reasons="No.", by=place.nurse, at=PUT_AT)
    who = dict.fromkeys(ROLES, "An invented chief officer")

    with pytest.raises(NotAllowedNow, match="Say who accepted it"):
        signing.use_resolution(text, who={**who, "police": ""}, scrutineer_heard=True, because="They met.", by=place.manager)
    with pytest.raises(NotAllowedNow, match="scrutineer is heard"):
        signing.use_resolution(text, who=who, scrutineer_heard=False, because="They met.", by=place.manager)
    signing.use_resolution(text, who=who, scrutineer_heard=True, because="They met on Monday.", by=place.manager, at=PUT_AT)

    text.refresh_from_db()
    assert (text.state, review_of(text).status) == ("resolved", Status.DECIDED)
    assert "They met on Monday." in text.escalations.get().ended_because


def test_resolution_is_not_for_partners_who_have_not_spoken(place: Place) -> None:
    text = factory.with_partners(place)

    with pytest.raises(NotAllowedNow, match="on which the partners do not agree"):
        signing.use_resolution(text, who=dict.fromkeys(ROLES, "X"), scrutineer_heard=True, because="Why.", by=place.manager)


def test_interim_position_is_no_decision(place: Place) -> None:
    text = factory.with_partners(place)
    signing.interim_position(review_of(text), text="The partners do not agree yet.", by=place.manager, at=PUT_AT)

    assert review_of(text).status == Status.PARTNER_SIGNOFF
    assert deciding.current(review_of(text)).decided_at is None


def test_scrutineer_comments_and_nobody_else(place: Place) -> None:
    text = factory.with_partners(place)
    scrutineer = place.person("SC", of=place.council)
    signing.comment(text, said="Was the school asked?", by=scrutineer, at=PUT_AT)

    assert text.comments.get().text == "Was the school asked?"
    with pytest.raises(NotPermitted):
        signing.comment(text, said="So do I.", by=place.manager)


def test_who_has_not_signed_is_reminded_once_on_each_day(place: Place) -> None:
    text = factory.with_partners(place)
    signing.sign(text, agrees=True, by=place.director, at=PUT_AT)
    late = PUT_AT + timedelta(days=1)  # working day 13
    for _ in range(3):
        signing.remind_all(at=late)

    reminded = Notice.objects.filter(template="case_reviews.sign_reminder")
    assert sorted(reminded.values_list("to", flat=True)) == sorted([place.superintendent.pk, place.nurse.pk])


SECONDS = count()
MOVES = st.lists(st.tuples(st.sampled_from([*ROLES, "edit", "fact"]), st.booleans()), max_size=9)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(moves=MOVES)
def test_nothing_is_decided_without_three_agreements_to_the_same_bytes(place: Place, moves: list[tuple[str, bool]]) -> None:
    text = getattr(place, "text", None)
    if text is None:
        text = place.text = factory.with_partners(place)  # type: ignore[attr-defined]
    for number, (who, agrees) in enumerate(moves):
        review = review_of(text)
        text = signing.latest(review.incident)
        at = PUT_AT + timedelta(seconds=next(SECONDS))
        try:
            if who == "edit":
                section = review.report_sections.filter(code="men").first()
                seen = section.version if section else 0
                report_texts.save_part(review, code="men", text=f"Words {number} {agrees}", by=place.manager, seen_version=seen, at=at)
            elif who == "fact":
                review = review_of(text)
                if review.status == Status.DRAFT:
                    text = signing.put_to_partners(review, problems=[], by=place.manager, at=at)
            else:
                signing.sign(text, agrees=agrees, reasons="" if agrees else "No.", by=place.partners[who], at=at)
        except NotAllowedNow:
            pass
        review = review_of(text)
        latest = signing.latest(review.incident)
        last = {row.partner_role: row for row in latest.signatures.all()}
        agreed = {role for role, row in last.items() if row.agrees and row.sha256 == latest.sha256}
        if review.status == Status.DECIDED:
            assert agreed == set(ROLES)
            assert latest.state == "signed"
        if any(not row.agrees for row in last.values()) and latest.state == "with_partners":
            assert review.status == Status.PARTNER_SIGNOFF
