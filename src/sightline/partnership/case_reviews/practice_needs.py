"""What a practice review still needs before it may take a step, each as a sentence that says what to do."""

from collections.abc import Callable, Iterator
from typing import Final

from sightline.partnership.case_reviews.models import AccuracyCheck, PracticeReview, ReviewDraft
from sightline.procedures.practice_review import TERMS
from sightline.procedures.practice_review import PracticeReviewStatus as Status

SETTLED: Final = ("signed", "resolved")


def missing_for(review: PracticeReview, to: Status) -> list[str]:
    """All that stands between a practice review and a step; nothing for a step back, which is always open."""
    order = list(Status)
    if order.index(to) < order.index(Status(review.status)):
        return []
    return list(_ASKED.get(to, _nothing)(review))


def terms_problems(review: PracticeReview) -> list[str]:
    """What the terms of reference lack before they can be put to the partners."""
    found = [f"The terms of reference do not say: {label}." for name, label in TERMS if not getattr(review, name)]
    if not review.method:
        found.append("Choose the method of the review.")
    if not review.lines_of_enquiry.exists():
        found.append("Write at least one line of enquiry.")
    return found


def enquiry_problems(review: PracticeReview) -> list[str]:
    """Lines of enquiry that rest on nothing or come to nothing: with one of them a report is not final."""
    lines = list(review.lines_of_enquiry.prefetch_related("evidence"))
    found = [] if lines else ["There is no line of enquiry."]
    for line in lines:
        lacks = ["evidence"] * (not line.evidence.all()) + ["a finding"] * (not line.finding.strip())
        if lacks:
            found.append(f"Line of enquiry {line.number} has no {' and no '.join(lack.removeprefix('a ') for lack in lacks)}.")
    return found


def last_draft(review: PracticeReview) -> ReviewDraft | None:
    return review.drafts.select_related("document").last()


def accuracy_problems(review: PracticeReview) -> list[str]:
    """What the check of facts has not brought to an end for the newest draft."""
    draft = last_draft(review)
    if draft is None:
        return ["No draft has been given."]
    checks = list(AccuracyCheck.objects.filter(draft__practice_review=review).select_related("agency"))
    if not checks:
        return ["Nobody has been asked yet whether the facts are right."]
    found = []
    for check in checks:
        who = check.agency or check.who
        if check.answered_on is None and not check.resolution:
            found.append(f"{who} has not answered whether the facts are right. Say what was done if no answer is to come.")
        elif check.comments and not check.resolution:
            found.append(f"Say what was done with what {who} said is not right.")
    return found


def report_problems(review: PracticeReview) -> list[str]:
    """What the law asks of the report itself."""
    draft = last_draft(review)
    if draft is None or not draft.is_final:
        return ["The reviewer has not called a draft final."]
    found = []
    if not draft.has_summary:
        found.append("The final draft needs a summary of the improvements recommended.")
    if not draft.has_why:
        found.append("The final draft needs an analysis of the systemic and underlying reasons.")
    return found


def settled_text(review: PracticeReview, kind: str) -> bool:
    """Whether the newest text of a kind was signed by all three partners, or settled by the recorded resolution."""
    text = review.rapid_review.incident.signed_texts.filter(kind=kind).last()
    return text is not None and text.state in SETTLED


def _nothing(review: PracticeReview) -> Iterator[str]:
    yield from ()


def _scoping(review: PracticeReview) -> Iterator[str]:
    if not review.reviewers.filter(removed_on=None, is_independent=True).exists():
        yield "Appoint a reviewer who declares no connection with the agencies or the family."


def _information_gathering(review: PracticeReview) -> Iterator[str]:
    yield from _scoping(review)
    if not settled_text(review, "terms_of_reference"):
        yield "The three partners sign the terms of reference before information is gathered."


def _draft(review: PracticeReview) -> Iterator[str]:
    for report in review.agency_reports.filter(withdrawn_because="", accepted_on=None).select_related("agency"):
        yield f"The report of {report.agency} is not accepted. Accept it, or say why it is no longer asked for."


def _factual_accuracy(review: PracticeReview) -> Iterator[str]:
    if last_draft(review) is None:
        yield "Add the draft whose facts are to be checked."
    yield from enquiry_problems(review)


def _partner_signoff(review: PracticeReview) -> Iterator[str]:
    yield from enquiry_problems(review)
    yield from accuracy_problems(review)
    yield from report_problems(review)


def _pre_publication_notice(review: PracticeReview) -> Iterator[str]:
    yield from report_problems(review)
    if not settled_text(review, "practice_review"):
        yield "The three partners sign the report before it is sent to the National Panel and the Secretary of State."


_ASKED: Final[dict[Status, Callable[[PracticeReview], Iterator[str]]]] = {
    Status.SCOPING: _scoping,
    Status.INFORMATION_GATHERING: _information_gathering,
    Status.DRAFT: _draft,
    Status.FACTUAL_ACCURACY: _factual_accuracy,
    Status.PARTNER_SIGNOFF: _partner_signoff,
    Status.PRE_PUBLICATION_NOTICE: _pre_publication_notice,
}
