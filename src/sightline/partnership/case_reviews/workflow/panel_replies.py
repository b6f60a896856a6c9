"""Moves of the correspondence with the National Panel: what it answered, what it asks, and a decision looked at again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies import arrangements
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access, clocks, review_access
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import (
    InformationAsked,
    LetterOut,
    PanelReply,
    ProposedDecision,
    RapidReview,
    Reconsideration,
)
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.workflow import deciding, outgoing, practice_reviews, rapid_reviews
from sightline.partnership.documents.workflow import keep as keep_document
from sightline.partnership.notices import outbox
from sightline.procedures import national_panel, review_decision
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from sightline.procedures.working_days import WorkingCalendar

AWAITS: Final = frozenset({Status.SENT_TO_PANEL, Status.PANEL_RESPONSE})
Question = tuple[str, Officer, date]


def chase_on(review: RapidReview, calendar: WorkingCalendar) -> date | None:
    """The day on which the Panel is asked again; none before it has the review, or once it has said what it thinks."""
    if review.status != Status.SENT_TO_PANEL:
        return None
    sent = [change.happened_on for change in review.status_changes.all() if change.became == Status.SENT_TO_PANEL]
    return national_panel.chase_on(max(sent), calendar) if sent else None


def record_reply(
    review: RapidReview, *, response: str, received_on: date, comments: str, by: Account, quality_comment: str = "",
    file: UploadedFile | None = None, asked: Sequence[Question] = (), at: datetime | None = None,
) -> PanelReply:  # fmt: skip
    """Keep what the Panel answered, word for word where it was said, and open what its answer calls for."""
    review_access.check_can_run(by, review)
    at = at or timezone.now()
    if received_on > as_london_date(at):
        raise NotAllowedNow("This day has not come yet. Record a reply when it has come.")
    sent_on = clocks.sent_to_panel_on(review)
    if sent_on is not None and received_on < sent_on:
        raise NotAllowedNow("A reply cannot have come before the review was sent.")
    calls_for = national_panel.response(response).calls_for
    if calls_for == "answer" and not asked:
        raise NotAllowedNow("Write down what the Panel asks, who finds it out, and by when.")
    if not comments.strip():
        raise NotAllowedNow("Write what the Panel says, even if it is one sentence.")
    document = keep_document(file, matter=review.matter, title="Reply of the National Panel", by=by, kind="review") if file else None
    with transaction.atomic():
        review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
        if Status(review.status) not in AWAITS:
            raise NotAllowedNow(f"This rapid review is “{review.get_status_display()}” and awaits no reply of the Panel.")
        if review.status == Status.SENT_TO_PANEL:
            rapid_reviews.note_status(review, to=Status.PANEL_RESPONSE, by=by, happened_on=received_on, at=at)
        reply = PanelReply.objects.create(
            review=review, decision=deciding.current(review), response=response, received_on=received_on, comments=comments.strip(),
            quality_comment=quality_comment.strip(), document=document, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        for question, owner, due_on in asked:
            InformationAsked.objects.create(reply=reply, question=question.strip(), owner=owner, due_on=due_on)
            outbox.queue("case_reviews.panel_question", to=address_of(owner), about=review.pk, matter_id=review.matter_id)
        if calls_for == "reconsider":
            _reopen(review, reply, by=by, at=at)
        trail.record("panel_reply.recorded", reply, by=by, kind="K5", matter_id=review.matter_id)
    return reply


def _reopen(review: RapidReview, reply: PanelReply, *, by: Account, at: datetime) -> None:
    """The Panel disagrees: the decision is open again, and those who lead the partners hear of it."""
    first = deciding.current(review)
    if first is None:
        raise NotAllowedNow("There is no decision in this review that could be looked at again.")
    Reconsideration.objects.create(reply=reply, first_decision=first, opened_at=at)
    rapid_reviews.note_status(review, to=Status.RECONSIDER, by=by, happened_on=reply.received_on, at=at)
    on = as_london_date(at)
    people = {account.pk for account in access.holders("DSP", on) if review_access.can(account, "R", review)}
    people |= {address_of(each.named_executive) for each in arrangements.safeguarding_partners(on).values() if each.named_executive}
    for to in sorted(people):
        outbox.queue("case_reviews.panel_disagrees", to=to, about=review.pk, matter_id=review.matter_id)


@transaction.atomic
def answer_information(
    asked: InformationAsked, *, answer: str, by: Account, letter: LetterOut | None = None, at: datetime | None = None
) -> InformationAsked:  # fmt: skip
    """What was found out for the Panel, and the letter that took it there."""
    asked = InformationAsked.objects.select_for_update(of=("self",)).select_related("reply__review__incident__matter").get(pk=asked.pk)
    review = asked.reply.review
    review_access.check_can_run(by, review)
    if not answer.strip():
        raise NotAllowedNow("Write what was found out.")
    if letter is not None and letter.incident_id != review.incident_id:
        raise NotAllowedNow("This letter belongs to another case.")
    asked.answer, asked.answered_at, asked.letter = answer.strip(), at or timezone.now(), letter
    asked.save(update_fields=["answer", "answered_at", "letter"])
    trail.record("panel_question.answered", asked, by=by, kind="K5", matter_id=review.matter_id)
    return asked


def send_again(review: RapidReview, *, sent_on: date, by: Account, at: datetime | None = None) -> RapidReview:
    """What the Panel asked was answered and has gone to it: its view is awaited again."""
    review_access.check_can_run(by, review)
    answers = InformationAsked.objects.filter(reply__review=review).exclude(answer="").order_by("pk").values_list("answer", flat=True)
    if words := "\n".join(answers).encode():
        outgoing.let_out(review.incident, content=words, extension="txt", audience="national_panel", recipient="National Panel", by=by)
    return _send_again(review, sent_on=sent_on, by=by, at=at)


@transaction.atomic
def _send_again(review: RapidReview, *, sent_on: date, by: Account, at: datetime | None) -> RapidReview:
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_run(by, review)
    if InformationAsked.objects.filter(reply__review=review, answered_at=None).exists():
        raise NotAllowedNow("The Panel asks something that is not answered yet.")
    return rapid_reviews.note_status(review, to=Status.SENT_TO_PANEL, by=by, happened_on=sent_on, at=at)


@transaction.atomic
def close(review: RapidReview, *, on: date, reasons: str, by: Account, at: datetime | None = None) -> RapidReview:
    """End the review as it was decided, now that the Panel has said what it thinks; a practice review is commissioned from here."""
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=review.pk)
    review_access.check_can_run(by, review)
    decision = deciding.current(review)
    if review.status != Status.PANEL_RESPONSE or decision is None or decision.decided_at is None:
        raise NotAllowedNow("A review is closed when it was decided and the National Panel has replied.")
    last = review.panel_replies.last()
    if last is not None and national_panel.response(last.response).calls_for == "answer":
        raise NotAllowedNow("The Panel has asked for more. Answer it first, and record its next reply.")
    return _end(review, decision, on=on, reasons=reasons, by=by, at=at)


@transaction.atomic
def keep_decision(reconsideration: Reconsideration, *, on: date, reasons: str, by: Account, at: datetime | None = None) -> RapidReview:
    """The partners keep their decision although the Panel disagrees. Their reasons stand beside the Panel's; both are counted."""
    reconsideration = _open_one(reconsideration)
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=reconsideration.reply.review_id)
    review_access.check_can_run(by, review)
    if not reasons.strip():
        raise NotAllowedNow("Say why the partners keep their decision: it stands beside what the Panel said.")
    _settle(reconsideration, how="kept", reasons=reasons, by=by, at=at)
    return _end(review, reconsideration.first_decision, on=on, reasons=reasons, by=by, at=at)


@transaction.atomic
def decide_again(reconsideration: Reconsideration, *, reasons: str, by: Account, at: datetime | None = None) -> RapidReview:
    """The partners make a second decision: it is proposed and signed like the first, which stays as it was."""
    reconsideration = _open_one(reconsideration)
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=reconsideration.reply.review_id)
    review_access.check_can_run(by, review)
    if not reasons.strip():
        raise NotAllowedNow("Say why the partners decide again.")
    _settle(reconsideration, how="again", reasons=reasons, by=by, at=at)
    return rapid_reviews.note_status(review, to=Status.DRAFT, by=by, reasons=reasons.strip(), at=at)


def _open_one(reconsideration: Reconsideration) -> Reconsideration:
    found = Reconsideration.objects.select_for_update(of=("self",)).select_related("reply", "first_decision").get(pk=reconsideration.pk)
    if found.how:
        raise NotAllowedNow("The partners have settled this already.")
    return found


def _settle(reconsideration: Reconsideration, *, how: str, reasons: str, by: Account, at: datetime | None) -> None:
    reconsideration.how, reconsideration.reasons = how, reasons.strip()
    reconsideration.settled_by, reconsideration.settled_at = by, at or timezone.now()
    reconsideration.save(update_fields=["how", "reasons", "settled_by", "settled_at"])


def _end(
    review: RapidReview, decision: ProposedDecision, *, on: date, reasons: str, by: Account, at: datetime | None
) -> RapidReview:  # fmt: skip
    if not reasons.strip():
        raise NotAllowedNow("Say in a sentence how it ended.")
    to = review_decision.outcome(decision.outcome).leads_to
    review = rapid_reviews.note_status(review, to=to, by=by, reasons=reasons.strip(), happened_on=on, at=at)
    if to == Status.LCSPR_COMMISSIONED:
        practice_reviews.commission(review, commissioned_on=on, decision_minute=reasons.strip(), by=by, at=at)
    return review
