"""Moves of the report: what people write in it, why a part stays empty, and its going out to the National Panel."""

from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import report_text, report_word, review_access
from sightline.partnership.case_reviews.models import LetterOut, RapidReview, ReportSection, SignedText
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import letters_out, outgoing, rapid_reviews, signing
from sightline.partnership.documents.models import Document
from sightline.partnership.documents.workflow import content_of
from sightline.partnership.documents.workflow import keep as keep_document
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.review_report import parts

LONGEST: Final = 40
PANEL: Final = "national_panel"


class ChangedMeanwhile(NotAllowedNow):
    """Somebody else wrote in the same part; what stands there now is shown beside what was typed."""


@transaction.atomic
def save_part(
    review: RapidReview, *, code: str, text: str, nothing_to_say: str = "", by: Account, seen_version: int, at: datetime | None = None
) -> ReportSection:  # fmt: skip
    """Keep what stands in one part, or why a gap stays. A change after the text was put to the partners takes it back from them."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_write_report(by, review)
    is_part = code in {part.code for part in parts(review.guidance) if part.holds_text}
    if len(code) > LONGEST or not is_part and code not in {gap.code for gap in report_text.assembled(review).gaps}:
        raise NotAllowedNow("This part of the report is taken from the case itself and is not typed.")
    at = at or timezone.now()
    section = ReportSection.objects.filter(review=review, code=code).first()
    if section is None:
        section = ReportSection(review=review, code=code, version=0)
    if section.version != seen_version:
        raise ChangedMeanwhile("Somebody else has written here since you opened this page. Compare their text with yours.")
    section.text, section.nothing_to_say = text.strip(), "" if text.strip() else nothing_to_say.strip()
    section.version, section.changed_by, section.changed_at = section.version + 1, by, at
    section.save()
    signing.take_back_if_changed(review, by=by, at=at)
    trail.record("rapid_review.report_written", review, by=by, kind="K5", matter_id=review.matter_id, fields=["text"])
    return section


@transaction.atomic
def begin_draft(review: RapidReview, *, by: Account, at: datetime | None = None) -> RapidReview:
    """After the panel has met, its report is drafted."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_write_report(by, review)
    return rapid_reviews.note_status(review, to=Status.DRAFT, by=by, at=at)


def word_of(text: SignedText) -> bytes:
    """The signed version as a Word file: the same bytes each time, since nothing in it changes any more."""
    return report_word.written(text)


def file_to_send(review: RapidReview, *, by: Account) -> Document:
    """The one file that goes out: the signed version as Word, kept to the byte before anybody sends it."""
    review_access.check_can_run(by, review)
    text = _decided_text(review)
    if text.document is not None:
        return text.document
    upload = SimpleUploadedFile(f"{review.matter.reference} rapid review.docx", word_of(text))
    document = keep_document(upload, matter=review.matter, title=f"Rapid review report, version {text.number}", by=by, kind="review")
    with transaction.atomic():
        locked = SignedText.objects.select_for_update(of=("self",)).get(pk=text.pk)
        if locked.document_id is None:
            locked.document = document
            locked.save(update_fields=["document"])
            trail.record("signed_text.kept_as_file", text, by=by, kind="K5", matter_id=review.matter_id)
            outgoing.check(
                text.incident, content=content_of(document), extension="docx", audience=PANEL, recipient="National Panel",
                document=document, by=by,
            )  # fmt: skip
        return locked.document


def mark_sent(
    review: RapidReview, *, to_whom: str, how: str, sent_at: datetime, recipient_confirmed: bool, by: Account, note: str = "",
    proof: UploadedFile | None = None, at: datetime | None = None,
) -> LetterOut:  # fmt: skip
    """Record that the signed report went to the National Panel: only with every gap closed or answered, and only the kept bytes."""
    review_access.check_can_run(by, review)
    text = _decided_text(review)
    if signing.take_back_if_changed(review, by=by, at=at):
        raise NotAllowedNow(signing.CHANGED)
    report = report_text.assembled(review)
    if report.open_gaps:
        told = "; ".join(gap.sentence for gap in report.open_gaps)
        raise NotAllowedNow(f"The report has gaps. Close each, or say why it stays: {told}.")
    if text.document is None:
        raise NotAllowedNow("Take the file first: what is sent is the one file that is kept, to the byte.")
    outgoing.let_out(text.incident, content=content_of(text.document), extension="docx", audience=PANEL, by=by)
    with transaction.atomic():
        locked = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
        letter = letters_out.record(
            locked.incident, kind="rapid_review_report", title=f"Rapid review report, version {text.number}", to_whom=to_whom, how=how,
            sent_at=sent_at, recipient_confirmed=recipient_confirmed, note=note, proof=proof, kept=text.document, audience=PANEL, by=by,
            at=at,
        )  # fmt: skip
        rapid_reviews.note_status(locked, to=Status.SENT_TO_PANEL, by=by, happened_on=as_london_date(sent_at), at=at)
    return letter


def _decided_text(review: RapidReview) -> SignedText:
    text = signing.latest(review.incident)
    if review.status != Status.DECIDED or text is None or text.state not in ("signed", "resolved"):
        raise NotAllowedNow("Only a report that all three partners have signed goes to the National Panel.")
    return text
