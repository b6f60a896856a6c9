"""Moves of what a practice review asks and finds: terms of reference, lines of enquiry and the evidence they rest on."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access
from sightline.partnership.case_reviews.models import AgencyReport, ChronologyRow, LineEvidence, LineOfEnquiry, PracticeReview
from sightline.partnership.case_reviews.workflow import practice_sign_off
from sightline.partnership.case_reviews.workflow.practice_reviews import locked
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import TERMS
from sightline.procedures.practice_review import PracticeReviewStatus as Status

TAKES_TERMS: Final = frozenset({Status.COMMISSIONED, Status.SCOPING})
TAKES_FINDINGS: Final = frozenset(
    {
        Status.COMMISSIONED, Status.SCOPING, Status.INFORMATION_GATHERING, Status.ANALYSIS, Status.DRAFT, Status.FACTUAL_ACCURACY,
    }
)  # fmt: skip
TERM_FIELDS: Final = ("method", "method_reasons", "budget", *(name for name, _ in TERMS))
STALE: Final = "Somebody else changed this while you were writing. Read what it says now, then save again."


@transaction.atomic
def save_terms(review: PracticeReview, *, terms: dict[str, Any], by: Account, seen_version: int) -> PracticeReview:
    """Keep the terms of reference, in whole or in part. A text that is with the partners is taken back by a change."""
    review = locked(review)
    practice_access.check_can_write(by, review)
    _check_takes(review, TAKES_TERMS, "Its terms of reference are signed. Take it back to them first, with reasons.")
    if review.version != seen_version:
        raise NotAllowedNow(STALE)
    first, last = terms.get("scope_from"), terms.get("scope_to")
    if first and last and first > last:
        raise NotAllowedNow("The period ends before it begins. Check the two dates.")
    for name in TERM_FIELDS:
        value = terms.get(name, getattr(review, name))
        setattr(review, name, value.strip() if isinstance(value, str) else value)
    review.version += 1
    review.save(update_fields=[*TERM_FIELDS, "version", "changed_at"])
    practice_sign_off.take_back_if_changed(review, kind="terms_of_reference", by=by)
    trail.record("practice_review.terms_kept", review, by=by, kind="K6", matter_id=review.matter_id, fields=["terms"])
    return review


@transaction.atomic
def add_line(review: PracticeReview, *, question: str, by: Account, theme: str = "", at: datetime | None = None) -> LineOfEnquiry:
    """A question that the review is to answer. It is part of the terms of reference, which are then signed."""
    review = locked(review)
    practice_access.check_can_write(by, review)
    _check_takes(
        review, TAKES_TERMS, "Its lines of enquiry are signed with the terms of reference. Take it back to them first, with reasons."
    )
    if not question.strip():
        raise NotAllowedNow("Write the question.")
    last = review.lines_of_enquiry.aggregate(last=Max("number"))["last"] or 0
    line = LineOfEnquiry.objects.create(
        practice_review=review, number=last + 1, question=question.strip(), theme=theme, changed_by=by, changed_at=at or timezone.now()
    )
    practice_sign_off.take_back_if_changed(review, kind="terms_of_reference", by=by)
    trail.record("line_of_enquiry.added", line, by=by, kind="K6", matter_id=review.matter_id)
    return line


@transaction.atomic
def keep_finding(
    line: LineOfEnquiry, *, question: str, theme: str, finding: str, why_it_made_sense: str, confidence: str, by: Account,
    seen_version: int, at: datetime | None = None,
) -> LineOfEnquiry:  # fmt: skip
    """What the review found on one line, how sure it is, and why what was done made sense at the time."""
    review, line = _locked_line(line, by=by)
    _check_takes(review, TAKES_FINDINGS, "Its report is with the partners. Take it back to the draft first, with reasons.")
    if line.version != seen_version:
        raise NotAllowedNow(STALE)
    if not question.strip():
        raise NotAllowedNow("Write the question.")
    if question.strip() != line.question:
        _check_takes(review, TAKES_TERMS, "The question is signed with the terms of reference. Take it back to them first, with reasons.")
    if finding.strip() and not line.evidence.exists():
        raise NotAllowedNow("Add the evidence first: a finding rests on something that somebody else can look at.")
    line.question, line.theme, line.finding = question.strip(), theme, finding.strip()
    line.why_it_made_sense, line.confidence = why_it_made_sense.strip(), confidence
    line.version += 1
    line.changed_by, line.changed_at = by, at or timezone.now()
    line.save()
    practice_sign_off.take_back_if_changed(review, kind="terms_of_reference", by=by)
    trail.record("line_of_enquiry.changed", line, by=by, kind="K6", matter_id=review.matter_id, fields=["finding"])
    return line


@transaction.atomic
def add_evidence(
    line: LineOfEnquiry, *, kind: str, text: str, by: Account, row: ChronologyRow | None = None,
    agency_report: AgencyReport | None = None, document: Document | None = None, at: datetime | None = None,
) -> LineEvidence:  # fmt: skip
    """What a line of enquiry rests on: a row of the chronology, an agency's report, a document, or what was said."""
    review, line = _locked_line(line, by=by)
    _check_takes(review, TAKES_FINDINGS, "Its report is with the partners. Take it back to the draft first, with reasons.")
    if not text.strip():
        raise NotAllowedNow("Say what it shows.")
    needed = {"chronology": row, "agency_report": agency_report, "document": document}
    if kind in needed and needed[kind] is None:
        raise NotAllowedNow("Choose the row, the report or the document that it rests on.")
    if row is not None and (row.file.review_id != review.rapid_review_id or not _may_read_row(by, review, row)):
        raise NotAllowedNow("This row does not belong to the chronology of this case.")
    if agency_report is not None and agency_report.practice_review_id != review.pk:
        raise NotAllowedNow("This report does not belong to this practice review.")
    if document is not None and document.matter_id != review.matter_id:
        raise NotAllowedNow("This document does not belong to this case.")
    made = LineEvidence.objects.create(
        line=line, kind=kind, text=text.strip(), row=row if kind == "chronology" else None,
        agency_report=agency_report if kind == "agency_report" else None, document=document if kind == "document" else None, added_by=by,
        added_at=at or timezone.now(),
    )  # fmt: skip
    trail.record("line_evidence.added", made, by=by, kind="K6", matter_id=review.matter_id)
    return made


def rows_readable(account: Account, review: PracticeReview) -> list[ChronologyRow]:
    """Rows of the combined chronology that this person may read and cite; a sealed row only with its clearance."""
    rows = ChronologyRow.objects.filter(file__review=review.rapid_review, file__status="kept").select_related("file__agency")
    return [row for row in rows.order_by("date_from", "time", "pk") if _may_read_row(account, review, row)]


def _may_read_row(account: Account, review: PracticeReview, row: ChronologyRow) -> bool:
    seals = (row.seal,) if row.seal else ()
    return bool(need_to_know.decide(account, "R", "K5", matter=review.matter, seals=seals))


def _locked_line(line: LineOfEnquiry, *, by: Account) -> tuple[PracticeReview, LineOfEnquiry]:
    """The review before its line, as every move does, so that no two wait for each other."""
    review = locked(line.practice_review)
    practice_access.check_can_write(by, review)
    return review, LineOfEnquiry.objects.select_for_update().get(pk=line.pk)


def _check_takes(review: PracticeReview, statuses: frozenset[Status], sentence: str) -> None:
    if Status(review.status) not in statuses:
        raise NotAllowedNow(f"This practice review stands at “{Status(review.status).label}”. {sentence}")
