"""How the rapid reviews of Arden came to their decisions: written, signed by three partners, sent, and answered by the National Panel."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import report_text, signers
from sightline.partnership.case_reviews.models import FamilyContact, RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import deciding, panel_replies, report_texts, signing
from sightline.partnership.need_to_know.models import Membership
from sightline.procedures import review_decision

LONDON = ZoneInfo("Europe/London")


def come_to(review: RapidReview, facts: dict[str, Any], shared: dict[str, Any], days: dict[str, date], unit: Account) -> None:
    """Take a review from its panel to the end that it came to; `days` are those on which its stages were reached."""
    _let_in(review)
    drafted_at = _at(days["draft"], 9)
    FamilyContact.objects.create(
        incident=review.incident, happened_at=_at(days["panel_held"], 16), told_by="Allocated social worker", told_whom="carer",
        what="What a rapid review is, and when the family hears of it again.", recorded_by=unit,
    )  # fmt: skip
    report_texts.begin_draft(review, by=unit, at=drafted_at)
    for code, text in shared["report"].items():
        report_texts.save_part(review, code=code, text=text, by=unit, seen_version=0, at=drafted_at)
    _propose(review, facts, shared["criteria"], unit, drafted_at)
    for gap in report_text.assembled(review).open_gaps:
        said = "The agency was asked again and did not answer; what it may hold is told to the Panel as missing."
        report_texts.save_part(review, code=gap.code, text="", nothing_to_say=said, by=unit, seen_version=0, at=drafted_at)
    text = signing.put_to_partners(review, problems=deciding.problems(review), by=unit, at=_at(days["partner_signoff"], 11))
    decided_at = _at(days["decided"], 10)
    for number, group in enumerate(signing.signers_of(text, at=decided_at).values()):
        signing.sign(text, agrees=True, by=group[0].account, at=decided_at + timedelta(minutes=35 * number))
    _send_and_hear(review, facts, shared["panel"], days, unit)


def _send_and_hear(review: RapidReview, facts: dict[str, Any], panel: dict[str, Any], days: dict[str, date], unit: Account) -> None:
    review.refresh_from_db()
    report_texts.file_to_send(review, by=unit)
    sent_at = _at(days["sent_to_panel"], 15)
    report_texts.mark_sent(
        review, to_whom=panel["recipient"], how="secure_email", sent_at=sent_at, recipient_confirmed=True, by=unit, at=sent_at
    )
    review.refresh_from_db()
    replied_at = _at(facts["panel_replied_on"], 14)
    panel_replies.record_reply(
        review, response=facts["response"], received_on=facts["panel_replied_on"], comments=panel["comments"],
        quality_comment=facts.get("quality", ""), by=unit, at=replied_at,
    )  # fmt: skip
    panel_replies.close(review, on=facts["ended_on"], reasons=facts["ended_because"], by=unit, at=_at(facts["ended_on"], 12))


def _propose(review: RapidReview, facts: dict[str, Any], reasons: dict[str, str], unit: Account, at: datetime) -> None:
    met = set(facts.get("met", ()))
    answers = {
        each.code: ("met", reasons["reasons_met"]) if each.code in met else ("not_met", reasons["reasons_not_met"])
        for each in review_decision.criteria(as_london_date(review.opened_at))
    }
    deciding.propose(
        review, outcome=facts["outcome"], rationale=facts["rationale"], options={}, proposed_scope=facts.get("scope", ""),
        criteria=answers, by=unit, seen_version=0, at=at,
    )  # fmt: skip


def _let_in(review: RapidReview) -> None:
    """Whoever was asked at the time was let in at the time, and each partner has somebody who signs."""
    opened_on = as_london_date(review.opened_at)
    first_on = review.incident.aware_on or opened_on
    Membership.objects.filter(matter=review.matter).update(valid_from=first_on)
    found = signers.signers(review.matter, kind="K5", state="open", rules=review.rules, on=opened_on)
    missing = [role for role, group in found.items() if not group]
    assert not missing, f"nobody signs for {missing} in {review}"


def _at(on: date, hour: int) -> datetime:
    return datetime.combine(on, time(hour, 5), LONDON)
