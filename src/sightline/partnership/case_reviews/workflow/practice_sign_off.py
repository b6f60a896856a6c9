"""Three signatures over the texts of a practice review: terms of reference, report, and a decision not to publish."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import practice_access, practice_needs
from sightline.partnership.case_reviews.models import PracticeReview, Publication, Signature, SignedText
from sightline.partnership.case_reviews.workflow import signing
from sightline.partnership.case_reviews.workflow.practice_reviews import locked
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import TERMS
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.working_days import long_date

KINDS: Final = ("terms_of_reference", "practice_review", "publication")
PUT_AT: Final = {
    "terms_of_reference": frozenset({Status.SCOPING}),
    "practice_review": frozenset({Status.PARTNER_SIGNOFF}),
    "publication": frozenset({Status.PRE_PUBLICATION_NOTICE, Status.PUBLICATION_DEFERRED}),
}
CHANGED: Final = "The text has changed since it was put to the partners, so it cannot be signed. It was taken back; what changed is shown."


def assembled(review: PracticeReview, kind: str) -> tuple[str, dict[str, Any]]:
    """The exact text that partners sign, and the same in parts for the page."""
    parts = {"terms_of_reference": _terms, "practice_review": _report, "publication": _publication}[kind](review)
    text = "\n\n".join(f"{title}\n{words}" for title, words in parts)
    shown = [
        {"part": {"title": title}, "facts": [], "written": {"text": words, "nothing_to_say": ""}} for title, words in parts
    ]  # fmt: skip
    return text, {"parts": shown}


def problems(review: PracticeReview, kind: str) -> list[str]:
    """What a text still lacks before it can be put to the partners."""
    if Status(review.status) not in PUT_AT[kind]:
        stages = " or ".join(f"“{status.label}”" for status in Status if status in PUT_AT[kind])
        return [f"It is put to the partners while the practice review stands at {stages}."]
    if kind == "terms_of_reference":
        return practice_needs.terms_problems(review)
    if kind == "practice_review":
        return practice_needs.report_problems(review) + practice_needs.enquiry_problems(review)
    plan = Publication.objects.filter(practice_review=review).first()
    found = []
    if plan is None or not plan.reasons.strip():
        found.append("Write why the report is not to be published.")
    if plan is None or not plan.improvements.strip():
        found.append("Write the improvements that are published instead of the report.")
    return found


@transaction.atomic
def put(review: PracticeReview, *, kind: str, by: Account, at: datetime | None = None) -> SignedText:
    """Freeze a text as it stands and ask the three partners to sign it."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    if missing := problems(review, kind):
        raise NotAllowedNow("It is not ready to be signed. " + " ".join(missing))
    text, content = assembled(review, kind)
    return signing.put(review.rapid_review.incident, kind=kind, text=text, content=content, by=by, at=at)


def sign(text: SignedText, *, agrees: bool, by: Account, reasons: str = "", at: datetime | None = None) -> Signature:
    """A partner agrees to this exact text, or says why not. A text that is not what was put is taken back instead."""
    review = of_text(text)
    if take_back_if_changed(review, kind=text.kind, by=by, at=at):
        raise NotAllowedNow(CHANGED)
    return signing.sign(text, agrees=agrees, by=by, reasons=reasons, at=at)


def resolve(
    text: SignedText, *, who: Mapping[str, str], scrutineer_heard: bool, because: str, by: Account, at: datetime | None = None
) -> SignedText:
    """Settle a disagreement by the recorded resolution, over the text as it was put; a text that has changed is taken back instead."""
    review = of_text(text)
    practice_access.check_can_run(by, review)
    if take_back_if_changed(review, kind=text.kind, by=by, at=at):
        raise NotAllowedNow(CHANGED)
    return signing.use_resolution(text, who=who, scrutineer_heard=scrutineer_heard, because=because, by=by, at=at)


@transaction.atomic
def take_back_if_changed(review: PracticeReview, *, kind: str, by: Account, at: datetime | None = None) -> bool:
    """If what stands in the review is no longer what was put to the partners, void it and say what changed."""
    review = locked(review)
    text = signing.latest(review.rapid_review.incident, kind)
    if text is None or text.state == "voided":
        return False
    becomes, _ = assembled(review, kind)
    if becomes == text.text:
        return False
    signing.void(text, becomes=becomes, by=by, at=at)
    return True


def of_text(text: SignedText) -> PracticeReview:
    """The practice review whose text this is."""
    return PracticeReview.objects.select_related("rapid_review__incident__matter").get(rapid_review__incident=text.incident_id)


def _terms(review: PracticeReview) -> list[tuple[str, str]]:
    labels = {name: label[0].upper() + label[1:] for name, label in TERMS}
    parts = [("Method", f"{review.get_method_display()}\n{review.method_reasons}".strip())]
    for name in labels:
        value = getattr(review, name)
        parts.append((labels[name], value if isinstance(value, str) else long_date(value) if value else ""))
    lines = "\n".join(f"{line.number}. {line.question}" for line in review.lines_of_enquiry.all())
    return [*parts, ("Lines of enquiry", lines)]


def _report(review: PracticeReview) -> list[tuple[str, str]]:
    draft = practice_needs.last_draft(review)
    if draft is None:
        return [("The report", "No draft has been given.")]
    reviewers = ", ".join(each.name for each in review.reviewers.filter(removed_on=None))
    parts = [
        ("The report", f"Draft {draft.number}, given on {long_date(draft.given_on)}.\nFingerprint of the file: {draft.document.sha256}"),
        ("Reviewer", reviewers),
    ]
    for line in review.lines_of_enquiry.all():
        parts.append((f"Line of enquiry {line.number}: {line.question}", f"{line.finding}\n{line.get_confidence_display()}".strip()))
    return parts


def _publication(review: PracticeReview) -> list[tuple[str, str]]:
    plan = Publication.objects.filter(practice_review=review).first() or Publication(practice_review=review)
    return [
        ("The decision", "The full report is not published. The improvements to be made are published instead."),
        ("Why", plan.reasons), ("Improvements to be made", plan.improvements),
    ]  # fmt: skip
