"""Moves of what becomes of the report: sent before publication, then published, put off or not published; and what it waits for."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import practice_access, practice_needs
from sightline.partnership.case_reviews.models import LetterOut, ParallelPause, PracticeReview, Publication
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import letters_out, outgoing, practice_sign_off, signing
from sightline.partnership.case_reviews.workflow.practice_reviews import locked, note_status
from sightline.partnership.documents.models import Document
from sightline.partnership.documents.workflow import content_of
from sightline.procedures import practice_review
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.practice_review import PracticeReviewStatus as Status
from sightline.procedures.working_days import long_date

DECIDED_AT = frozenset({Status.PRE_PUBLICATION_NOTICE, Status.PUBLICATION_DEFERRED})
TO_WHOM = "Child Safeguarding Practice Review Panel and the Secretary of State"


@transaction.atomic
def pause(
    review: PracticeReview, *, kind: str, reasons: str, since: date, look_again_on: date, by: Account, letter: LetterOut | None = None,
    at: datetime | None = None,
) -> ParallelPause:  # fmt: skip
    """Proceedings for which publication waits. The six months run on, and the Panel is told of the delay by a letter."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    at = at or timezone.now()
    if not reasons.strip():
        raise NotAllowedNow("Say who asked that publication waits, and why.")
    if since > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Enter the day from which publication waits.")
    if look_again_on <= since:
        raise NotAllowedNow("Choose a later day on which it is looked at again.")
    _check_letter(review, letter)
    made = ParallelPause.objects.create(
        practice_review=review, kind=kind, reasons=reasons.strip(), since=since, look_again_on=look_again_on, letter=letter, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    trail.record("parallel_pause.recorded", made, by=by, kind="K6", matter_id=review.matter_id)
    return made


@transaction.atomic
def keep_pause(pause: ParallelPause, *, look_again_on: date, letter: LetterOut | None, by: Account) -> ParallelPause:
    """Another day on which to look again, and the letter by which the Panel was told."""
    review, pause = _locked_pause(pause, by=by)
    if look_again_on <= pause.since:
        raise NotAllowedNow("Choose a later day on which it is looked at again.")
    _check_letter(review, letter)
    pause.look_again_on, pause.letter = look_again_on, letter or pause.letter
    pause.save(update_fields=["look_again_on", "letter"])
    trail.record("parallel_pause.kept", pause, by=by, kind="K6", matter_id=review.matter_id)
    return pause


@transaction.atomic
def end_pause(pause: ParallelPause, *, on: date, because: str, by: Account, at: datetime | None = None) -> ParallelPause:
    """The proceedings no longer keep the report from being published. The Panel was told of the delay by then."""
    review, pause = _locked_pause(pause, by=by)
    if not because.strip():
        raise NotAllowedNow("Say how the proceedings ended, or who agreed that publication need not wait.")
    if pause.letter_id is None:
        raise NotAllowedNow("Record first the letter by which the National Panel was told of the delay.")
    if not pause.since <= on <= as_london_date(at or timezone.now()):
        raise NotAllowedNow("This day is before the pause began, or has not come yet.")
    pause.ended_on, pause.ended_because = on, because.strip()
    pause.save(update_fields=["ended_on", "ended_because"])
    trail.record("parallel_pause.ended", pause, by=by, kind="K6", matter_id=review.matter_id)
    return pause


@transaction.atomic
def plan(
    review: PracticeReview, *, planned_on: date | None, consulted: str, reasons: str, improvements: str, by: Account,
    at: datetime | None = None,
) -> Publication:  # fmt: skip
    """On which day it is to be published, who was asked, and, if it is not to be, why and what is published instead."""
    review = locked(review)
    practice_access.check_can_run(by, review)
    row = _row(review, by=by)
    if row.outcome in ("published", "not_published"):
        raise NotAllowedNow("What becomes of the report is decided already.")
    row.planned_on, row.consulted = planned_on, consulted.strip()
    row.reasons = reasons.strip() or row.reasons
    row.improvements = improvements.strip()
    _save(row, by=by, at=at)
    practice_sign_off.take_back_if_changed(review, kind="publication", by=by)
    trail.record("publication.planned", review, by=by, kind="K6", matter_id=review.matter_id, fields=["planned_on"])
    return row


def send_notice(
    review: PracticeReview, *, sent_at: datetime, how: str, recipient_confirmed: bool, by: Account, planned_on: date | None = None,
    proof: UploadedFile | None = None, note: str = "", at: datetime | None = None,
) -> Publication:  # fmt: skip
    """The full report went to the National Panel and the Secretary of State; from that day its seven working days are counted."""
    at = at or timezone.now()
    _check_notice(review, by=by)
    draft = practice_needs.last_draft(review)
    assert draft is not None  # nothing is signed without a final draft
    _let_out(review, draft.document, audience="national_panel", by=by)
    with transaction.atomic():
        review = locked(review)
        _check_notice(review, by=by)
        letter = letters_out.record(
            review.rapid_review.incident, kind="other", title="Full report before publication", to_whom=TO_WHOM, how=how, sent_at=sent_at,
            recipient_confirmed=recipient_confirmed, proof=proof, kept=draft.document, audience="national_panel", note=note, by=by, at=at,
        )  # fmt: skip
        row = _row(review, by=by)
        row.notice_letter, row.notice_sent_on = letter, as_london_date(sent_at)
        row.planned_on = planned_on or row.planned_on
        _save(row, by=by, at=at)
        if review.status != Status.PRE_PUBLICATION_NOTICE:
            note_status(review, to=Status.PRE_PUBLICATION_NOTICE, by=by, happened_on=row.notice_sent_on, at=at)
    return row


def publish(
    review: PracticeReview, *, published_on: date, where: str, by: Account, reasons: str = "", at: datetime | None = None
) -> Publication:  # fmt: skip
    """The report is public, seven working days after it was sent at the earliest, and while no proceedings keep it back."""
    practice_access.check_can_run(by, review)
    draft = practice_needs.last_draft(review)
    if draft is not None:
        _let_out(review, draft.document, audience="public", by=by)
    return _publish(review, published_on=published_on, where=where, by=by, reasons=reasons, at=at)


def _let_out(review: PracticeReview, document: Document, *, audience: str, by: Account) -> None:
    incident, content = review.rapid_review.incident, content_of(document)
    outgoing.let_out(incident, content=content, extension=document.extension, audience=audience, document=document, by=by)


@transaction.atomic
def _publish(
    review: PracticeReview, *, published_on: date, where: str, by: Account, reasons: str, at: datetime | None
) -> Publication:  # fmt: skip
    review, row, at = _deciding(review, by=by, at=at)
    if sentence := why_not_publish(review, row, on=published_on):
        raise NotAllowedNow(sentence)
    if published_on > as_london_date(at):
        raise NotAllowedNow(f"{long_date(published_on)} has not come yet. Record the publication when it has been published.")
    if not where.strip():
        raise NotAllowedNow("Say where it is published, for example the address of the page.")
    draft = practice_needs.last_draft(review)
    row.outcome, row.decided_on, row.published_on, row.where = "published", published_on, published_on, where.strip()
    row.public_until, row.document = practice_review.public_until(published_on), draft.document if draft else None
    row.signed_text = signing.latest(review.rapid_review.incident, "practice_review")
    row.look_again_on = None
    _save(row, by=by, at=at)
    note_status(review, to=Status.PUBLISHED, by=by, reasons=reasons, happened_on=published_on, at=at)
    return row


@transaction.atomic
def defer(
    review: PracticeReview, *, reasons: str, decided_on: date, look_again_on: date, letter: LetterOut, by: Account,
    at: datetime | None = None,
) -> Publication:  # fmt: skip
    """Publication is put off, for example because the coroner asks for it. The Panel is told; learning goes on; the clock runs on."""
    review, row, at = _deciding(review, by=by, at=at)
    if not reasons.strip():
        raise NotAllowedNow("Say who asked that publication is put off, and why.")
    _check_decided(decided_on, at)
    if look_again_on <= decided_on:
        raise NotAllowedNow("Choose a later day on which it is looked at again.")
    _check_letter(review, letter)
    row.outcome, row.decided_on, row.reasons, row.look_again_on = "deferred", decided_on, reasons.strip(), look_again_on
    _save(row, by=by, at=at)
    review.late_reasons, review.late_letter = reasons.strip(), letter
    review.save(update_fields=["late_reasons", "late_letter"])
    note_status(review, to=Status.PUBLICATION_DEFERRED, by=by, reasons=reasons, happened_on=decided_on, at=at)
    return row


def not_publish(
    review: PracticeReview, *, decided_on: date, improvements_published_on: date, where: str, by: Account, at: datetime | None = None
) -> Publication:  # fmt: skip
    """The three partners have signed that the report is not published; the improvements to be made are public instead."""
    practice_access.check_can_run(by, review)
    plan = Publication.objects.filter(practice_review=review).first()
    if plan is not None and plan.improvements:
        words = plan.improvements.encode()
        outgoing.let_out(review.rapid_review.incident, content=words, extension="txt", audience="public", by=by)
    return _not_publish(review, decided_on=decided_on, improvements_published_on=improvements_published_on, where=where, by=by, at=at)


@transaction.atomic
def _not_publish(
    review: PracticeReview, *, decided_on: date, improvements_published_on: date, where: str, by: Account, at: datetime | None
) -> Publication:  # fmt: skip
    review, row, at = _deciding(review, by=by, at=at)
    if not practice_needs.settled_text(review, "publication"):
        raise NotAllowedNow("The three partners sign first that the report is not published, with their reasons and the improvements.")
    if practice_sign_off.take_back_if_changed(review, kind="publication", by=by, at=at):
        raise NotAllowedNow(practice_sign_off.CHANGED)
    _check_decided(decided_on, at)
    if improvements_published_on > as_london_date(at):
        raise NotAllowedNow("The improvements are published first. Enter the day on which they were.")
    if not where.strip():
        raise NotAllowedNow("Say where the improvements are published.")
    row.outcome, row.decided_on, row.improvements_published_on, row.where = (
        "not_published", decided_on, improvements_published_on, where.strip(),
    )  # fmt: skip
    row.signed_text = signing.latest(review.rapid_review.incident, "publication")
    row.public_until, row.look_again_on = practice_review.public_until(improvements_published_on), None
    _save(row, by=by, at=at)
    note_status(review, to=Status.NOT_PUBLISHED, by=by, reasons=row.reasons, happened_on=decided_on, at=at)
    return row


def why_not_publish(review: PracticeReview, row: Publication | None, *, on: date) -> str:
    """The sentence of which day and why, or which proceedings; empty when it may be published on that day."""
    waits = list(review.pauses.filter(ended_on=None))
    if waits:
        names = ", ".join(each.get_kind_display().lower() for each in waits)
        return f"Publication waits for proceedings: {names}. Record their end before the report is published."
    if review.matter.live_proceedings:
        return "Criminal or family proceedings are under way in this case. The report is not published before they end."
    if row is None or row.notice_sent_on is None:
        return "The full report goes to the National Panel and the Secretary of State first. Record when it was sent."
    return practice_review.too_early(on, row.notice_sent_on, review.rules.prepub_days, arrangements.working_calendar())


def _deciding(review: PracticeReview, *, by: Account, at: datetime | None) -> tuple[PracticeReview, Publication, datetime]:
    review = locked(review)
    practice_access.check_can_run(by, review)
    if Status(review.status) not in DECIDED_AT:
        raise NotAllowedNow("What becomes of the report is decided after it was sent to the National Panel and the Secretary of State.")
    return review, _row(review, by=by), at or timezone.now()


def _check_notice(review: PracticeReview, *, by: Account) -> None:
    practice_access.check_can_run(by, review)
    if Status(review.status) not in (Status.PARTNER_SIGNOFF, *DECIDED_AT):
        raise NotAllowedNow("The report is sent before publication when the three partners have signed it.")
    if practice_sign_off.take_back_if_changed(review, kind="practice_review", by=by):
        raise NotAllowedNow(practice_sign_off.CHANGED)
    if missing := practice_needs.missing_for(review, Status.PRE_PUBLICATION_NOTICE):
        raise NotAllowedNow(" ".join(missing))


def _check_decided(on: date, at: datetime) -> None:
    if on > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Enter the day on which the partners decided.")


def _check_letter(review: PracticeReview, letter: LetterOut | None) -> None:
    if letter is not None and letter.incident_id != review.rapid_review.incident_id:
        raise NotAllowedNow("Choose a letter of this case.")


def _locked_pause(pause: ParallelPause, *, by: Account) -> tuple[PracticeReview, ParallelPause]:
    review = locked(pause.practice_review)
    practice_access.check_can_run(by, review)
    pause = ParallelPause.objects.select_for_update().get(pk=pause.pk)
    if pause.ended_on is not None:
        raise NotAllowedNow("This pause has ended already.")
    return review, pause


def _row(review: PracticeReview, *, by: Account) -> Publication:
    row, _ = Publication.objects.select_for_update(of=("self",)).get_or_create(
        practice_review=review, defaults={"changed_by": by, "changed_at": timezone.now()}
    )
    return row


def _save(row: Publication, *, by: Account, at: datetime | None) -> None:
    row.changed_by, row.changed_at = by, at or timezone.now()
    row.save()
