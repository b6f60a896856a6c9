"""Rapid reviews of an invented partnership on their way to a decision: drafted, with the partners, decided, sent."""

from datetime import timedelta

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Delegation
from sightline.partnership.case_reviews import report_text
from sightline.partnership.case_reviews.models import RapidReview, SignedText
from sightline.partnership.case_reviews.workflow import deciding, report_texts, signing
from sightline.partnership.need_to_know.models import Membership
from sightline.procedures import review_decision
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.factories import agencies, reviews
from tests.factories.incidents import Place
from tests.factories.reviews import NOTIFIED_AT

PUT_AT = NOTIFIED_AT + timedelta(days=18)  # Sunday 21 June 2026; the fifteenth working day is Wednesday 24 June
RATIONALE = "Several agencies each held one piece, and how they worked together can only be learnt by a practice review."


def delegate_to(account: Account, role: str) -> Delegation:
    """The chief officer of this account's agency has delegated signing to it."""
    chief = agencies.officer(of=account.agency)
    return Delegation.objects.create(partner_role=role, delegated_by=chief, officer=account.officer, valid_from=agencies.START)


def criteria(**answers: str) -> dict[str, tuple[str, str]]:
    every = review_decision.criteria(NOTIFIED_AT.date())
    return {each.code: (answers.get(each.code, "not_met"), f"Invented reasons about {each.code}.") for each in every}


def propose(review: RapidReview, *, by: Account, outcome: str = "lcspr", rationale: str = RATIONALE, **fields: object) -> None:
    decision = deciding.current(review)
    given = {
        "outcome": outcome, "rationale": rationale, "options": {"other_local_learning": "It would not be enough."},
        "proposed_scope": "Two years before the incident.", "criteria": criteria(working_together="met"),
        "seen_version": decision.version if decision else 0, "by": by,
    }  # fmt: skip
    deciding.propose(review, **{**given, **fields})  # type: ignore[arg-type]


def drafted(place: Place, *, outcome: str = "lcspr", **fields: object) -> RapidReview:
    """A review whose report is in draft and whose decision is proposed; each partner has delegated signing."""
    review = reviews.review(place, status=Status.DRAFT)
    # Who was let in, was let in on the day of the incident and not on the day of the test.
    Membership.objects.filter(matter=review.matter).update(valid_from=NOTIFIED_AT.date())
    for role, account in place.partners.items():
        delegate_to(account, role)
    propose(review, by=place.manager, outcome=outcome, **fields)
    review.refresh_from_db()
    return review


def with_partners(place: Place, **fields: object) -> SignedText:
    """The report and decision are with the partners for signature."""
    review = drafted(place, **fields)
    close_gaps(review, by=place.manager)
    review.refresh_from_db()
    return signing.put_to_partners(review, problems=deciding.problems(review), by=place.manager, at=PUT_AT)


def decided(place: Place, **fields: object) -> RapidReview:
    """All three partners have signed."""
    text = with_partners(place, **fields)
    for number, account in enumerate(place.partners.values()):
        signing.sign(text, agrees=True, by=account, at=PUT_AT + timedelta(hours=number))
    return RapidReview.objects.select_related("incident__matter").get(incident=text.incident)


def close_gaps(review: RapidReview, *, by: Account) -> None:
    """Each gap of the report has a reason why it stays."""
    for gap in report_text.assembled(review).open_gaps:
        report_texts.save_part(review, code=gap.code, text="", nothing_to_say="Invented reason.", by=by, seen_version=0)
