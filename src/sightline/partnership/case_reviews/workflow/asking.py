"""Moves by which the business unit asks agencies, follows each request, and takes in what they answer."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access, routes
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import (
    AgencyRequest,
    AgencyRequestEvent,
    AgencyReturn,
    AnswerLink,
    RapidReview,
    RequestSubject,
    ReturnDraft,
)
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow.rapid_reviews import note_status
from sightline.partnership.need_to_know import access as need_to_know
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.partnership.notices import outbox
from sightline.procedures import agency_request, rapid_review
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.agency_return import agency_return
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.working_days import long_date

_MANAGER = "BM"


@transaction.atomic
def ask(
    review: RapidReview, *, agency: Agency, officer: Officer, subjects: Sequence[MatterPerson], due_on: date, by: Account,
    message: str = "", added_because: str = "", coordinated_by: AgencyRequest | None = None, at: datetime | None = None,
) -> AgencyRequest:  # fmt: skip
    """Ask an agency about people of the matter; whom an agency is still searching for is added to the request that it has."""
    review = RapidReview.objects.select_for_update().get(pk=review.pk)
    review_access.check_can_run(by, review)
    at = at or timezone.now()
    request = _ask(
        review, agency=agency, officer=officer, subjects=subjects, due_on=due_on, by=by, message=message, added_because=added_because,
        coordinated_by=coordinated_by, at=at,
    )  # fmt: skip
    _wait_for_answers(review, by=by, at=at)
    return request


@transaction.atomic
def split(request: AgencyRequest, *, agency: Agency, officer: Officer, by: Account, at: datetime | None = None) -> AgencyRequest:
    """A coordinator asks a provider of its own sector for a part of the answer: about the same people, by the same day."""
    review = RapidReview.objects.select_for_update().get(pk=request.review_id)
    request = _locked(request)
    review_access.check_can_write(by, request)
    if request.coordinated_by_id:
        raise NotAllowedNow("This request is itself a part of another. Ask its coordinator to split theirs.")
    if agency.sector != request.agency.sector:
        raise NotAllowedNow(f"{agency} is of another sector than your agency. Propose it to the business unit, which asks it itself.")
    at = at or timezone.now()
    subjects = [subject.matter_person for subject in request.subjects.select_related("matter_person")]
    # Its reason is the split itself, which both logs show.
    because = f"Split from the request to {request.agency}"
    part = _ask(
        review, agency=agency, officer=officer, subjects=subjects, due_on=request.due_on, by=by, message=request.message,
        added_because=because, coordinated_by=request, at=at,
    )  # fmt: skip
    log(request, "split", by=by, at=at, detail=agency.pk)
    return part


@transaction.atomic
def withdraw(request: AgencyRequest, *, reasons: str, by: Account, at: datetime | None = None) -> AgencyRequest:
    """Tell an agency that it need not answer any more, and why."""
    review, request = _locked_for_unit(request, by=by)
    if not any(asker.role == _MANAGER for asker in need_to_know.standing(by, review.matter).roles):
        raise NotPermitted("Only a business manager withdraws a request.")
    agency_request.check_move(Status(request.status), Status.WITHDRAWN)
    _require(reasons, "Say why this agency is no longer asked.")
    at = at or timezone.now()
    request.status, request.withdrawn_because = Status.WITHDRAWN, reasons.strip()
    _save(request, "status", "withdrawn_because")
    _end_links(request, by=by, at=at)
    log(request, "withdrawn", by=by, at=at)
    outbox.queue("case_reviews.request_withdrawn", to=_reader(request, at), about=request.pk, matter_id=request.matter_id)
    _complete_when_settled(review, by=by, at=at)
    trail.record("agency_request.withdrawn", request, by=by, kind="K5", matter_id=request.matter_id)
    return request


@transaction.atomic
def change_due(request: AgencyRequest, *, due_on: date, by: Account, at: datetime | None = None) -> AgencyRequest:
    """Give an agency another day by which to answer."""
    _, request = _locked_for_unit(request, by=by)
    at = at or timezone.now()
    _require_waiting(request, "so its day of answer no longer matters")
    _require_day_to_come(due_on, at)
    request.due_on = due_on
    _save(request, "due_on")
    log(request, "due_changed", by=by, at=at, detail=due_on.isoformat())
    trail.record("agency_request.due_changed", request, by=by, kind="K5", matter_id=request.matter_id, fields=["due_on"])
    return request


@transaction.atomic
def change_officer(request: AgencyRequest, *, officer: Officer, by: Account, at: datetime | None = None) -> AgencyRequest:
    """Ask somebody else of the agency instead: whoever was asked before gets nothing more, and their links open nothing."""
    _, request = _locked_for_unit(request, by=by)
    at = at or timezone.now()
    _require_waiting(request, "so nobody else needs to be asked")
    if request.who_answers == officer:
        raise NotAllowedNow(f"{officer.name} is the person asked already.")
    _check_officer(officer, request.agency, request.review, on=as_london_date(at))
    request.asked_officer, request.passed_to, request.route_confirmed_by = officer, None, by
    _save(request, "asked_officer", "passed_to", "route_confirmed_by")
    _end_links(request, by=by, at=at)
    log(request, "officer_changed", by=by, at=at, detail=officer.pk)
    outbox.queue("case_reviews.request_sent", to=address_of(officer), about=request.pk, matter_id=request.matter_id)
    trail.record("agency_request.officer_changed", request, by=by, kind="K5", matter_id=request.matter_id, fields=["asked_officer"])
    return request


@transaction.atomic
def accept(request: AgencyRequest, *, by: Account, at: datetime | None = None) -> AgencyRequest:
    """Take in an answer, or “not known to us”; the last one awaited completes the review's information."""
    review, request = _locked_for_unit(request, by=by)
    submitted = _last_return(request)
    target = agency_request.accepted_as(is_nil=submitted.is_nil if submitted else False)
    agency_request.check_move(Status(request.status), target)
    assert submitted is not None  # nothing is submitted without an answer
    _check_can_read(by, submitted)
    at = at or timezone.now()
    submitted.accepted_by, submitted.accepted_at = by, at
    submitted.save(update_fields=["accepted_by", "accepted_at"])
    request.status = target
    _save(request, "status")
    log(request, "nil_accepted" if submitted.is_nil else "accepted", by=by, at=at, detail=str(submitted.number))
    outbox.queue("case_reviews.request_accepted", to=_reader(request, at), about=request.pk, matter_id=request.matter_id)
    _complete_when_settled(review, by=by, at=at)
    trail.record("agency_request.accepted", request, by=by, kind="K4", matter_id=request.matter_id)
    return request


@transaction.atomic
def return_for_correction(
    request: AgencyRequest, *, correction: str, note: str, by: Account, due_on: date | None = None, at: datetime | None = None
) -> AgencyRequest:
    """Send an answer back. The letter says nothing; the reason from the list and the note are read inside, beside the answer.

    An accepted answer may be opened again in this way, since agencies find more; what was submitted stays on record.
    """
    review, request = _locked_for_unit(request, by=by)
    agency_request.check_move(Status(request.status), Status.RETURNED_FOR_CORRECTION)
    submitted = _last_return(request)
    assert submitted is not None  # nothing is submitted without an answer
    _check_can_read(by, submitted)
    if correction not in agency_return().corrections:
        raise NotAllowedNow("Choose from the list why the answer goes back.")
    _require(note, "Say what is to be put right. The agency reads it inside, beside its answer.")
    at = at or timezone.now()
    if due_on is not None:
        _require_day_to_come(due_on, at)
        request.due_on = due_on
    submitted.correction, submitted.correction_note, submitted.corrected_by, submitted.corrected_at = correction, note.strip(), by, at
    submitted.save(update_fields=["correction", "correction_note", "corrected_by", "corrected_at"])
    draft = {"is_nil": submitted.is_nil, "answers": submitted.answers, "questions_version": submitted.questions_version}
    ReturnDraft.objects.get_or_create(request=request, defaults=draft)
    request.status = Status.RETURNED_FOR_CORRECTION
    request.assured_by, request.assured_at = None, None  # what was assured is about to change
    _save(request, "status", "due_on", "assured_by", "assured_at")
    log(request, "returned", by=by, at=at, detail=correction)
    outbox.queue("case_reviews.request_returned", to=_reader(request, at), about=request.pk, matter_id=request.matter_id)
    if review.status == RapidReviewStatus.INFORMATION_COMPLETE:
        note_status(review, to=RapidReviewStatus.INFORMATION_REQUESTED, by=by, reasons="An answer was opened again.", at=at)
    trail.record("agency_request.returned", request, by=by, kind="K4", matter_id=request.matter_id)
    return request


@transaction.atomic
def assure(request: AgencyRequest, *, by: Account, at: datetime | None = None) -> AgencyRequest:
    """The coordinator has read the answer of its provider and stands for its quality."""
    request = _locked(request)
    coordinator = request.coordinated_by
    if coordinator is None:
        raise NotAllowedNow("This answer is no part of another agency’s: the business unit accepts it as it is.")
    if by.agency_id != coordinator.agency_id or not review_access.can_with_request(by, "S", request):
        raise NotPermitted("Only whoever signs off for the coordinating agency assures the answer of its provider.")
    if request.status not in (Status.AWAITING_SIGN_OFF, Status.SUBMITTED):
        raise NotAllowedNow("There is no answer to assure: it is not written yet, or it was dealt with already.")
    if request.assured_at:
        raise NotAllowedNow("The quality of this answer was assured already.")
    at = at or timezone.now()
    request.assured_by, request.assured_at = by, at
    _save(request, "assured_by", "assured_at")
    log(request, "assured", by=by, at=at)
    trail.record("agency_request.assured", request, by=by, kind="K4", matter_id=request.matter_id)
    return request


@transaction.atomic
def go_on_without(review: RapidReview, *, reasons: str, by: Account, at: datetime | None = None) -> RapidReview:
    """Hold the panel without every answer: the agencies that have not answered are still asked and chased."""
    review = RapidReview.objects.select_for_update().get(pk=review.pk)
    review_access.check_can_run(by, review)
    rapid_review.check_move(RapidReviewStatus(review.status), RapidReviewStatus.INFORMATION_INCOMPLETE)
    _require(reasons, "Say why the review goes on without all answers.")
    return note_status(review, to=RapidReviewStatus.INFORMATION_INCOMPLETE, by=by, reasons=reasons.strip(), at=at)


def log(request: AgencyRequest, what: str, *, by: Writer | None, at: datetime, detail: str = "") -> AgencyRequestEvent:
    """A line of the request's log; for somebody who came by a link, the officer stands in it."""
    who = {"by_officer": by} if isinstance(by, Officer) else {"by": by}
    return AgencyRequestEvent.objects.create(request=request, what=what, detail=detail, at=at, **who)


def _ask(
    review: RapidReview, *, agency: Agency, officer: Officer, subjects: Sequence[MatterPerson], due_on: date, by: Account, message: str,
    added_because: str, coordinated_by: AgencyRequest | None, at: datetime,
) -> AgencyRequest:  # fmt: skip
    on = as_london_date(at)
    status = RapidReviewStatus(review.status)
    if not (status.takes_requests or status == RapidReviewStatus.OPEN):
        raise NotAllowedNow(f"Nobody is asked while the review stands at “{status.label}”.")
    _require_day_to_come(due_on, at)
    if review.scope_from is None or review.scope_to is None:
        raise NotAllowedNow("Set first about which period agencies are asked.")
    if coordinated_by is not None and coordinated_by.review_id != review.pk:
        raise NotAllowedNow("The coordinator was not asked in this review.")
    if routes.protected_address_in(f"{message}\n{review.earlier_history}", review.matter):
        raise NotAllowedNow("The request tells an address that is protected. Take it out: a protected address never goes to an agency.")
    people = _people_asked(review, agency, subjects)
    first_asked_at = min(review.requests.values_list("asked_at", flat=True), default=None)
    if first_asked_at is not None and as_london_date(first_asked_at) != on:
        _require(added_because, "Say why this agency is asked later than the others.")
    has = review.requests.select_for_update().filter(agency=agency, coordinated_by=coordinated_by).order_by("-asked_at").first()
    if has is not None and Status(has.status).waits_for_agency:
        return _add_people(has, people, due_on=due_on, added_because=added_because, message=message, by=by, at=at)
    _check_officer(officer, agency, review, on=on)

    request = AgencyRequest.objects.create(
        review=review, agency=agency, coordinated_by=coordinated_by, asked_officer=officer, route_confirmed_by=by, asked_by=by, asked_at=at,
        due_on=due_on, lawful_basis=agency_request.lawful_basis(on).code, period_from=review.scope_from, period_to=review.scope_to,
        earlier_history=review.earlier_history, message=message.strip(), added_because=added_because.strip(),
    )  # fmt: skip
    _name_people(request, people)
    log(request, "asked", by=by, at=at, detail=officer.pk)
    outbox.queue("case_reviews.request_sent", to=address_of(officer), about=request.pk, matter_id=review.matter_id)
    trail.record("agency_request.sent", request, by=by, kind="K5", matter_id=review.matter_id)
    return request


def _add_people(
    request: AgencyRequest, people: Sequence[routes.PersonAsked], *, due_on: date, added_because: str, message: str, by: Account,
    at: datetime,
) -> AgencyRequest:  # fmt: skip
    """Who is to be searched for as well; the person asked and what they have written stay."""
    _require(added_because, "Say why the agency is asked about somebody else too.")
    request.due_on = due_on
    request.message = "\n\n".join(text for text in (request.message, message.strip()) if text)
    request.added_because = "\n\n".join(text for text in (request.added_because, added_because.strip()) if text)
    _save(request, "due_on", "message", "added_because")
    _name_people(request, people)
    log(request, "added", by=by, at=at)
    outbox.queue("case_reviews.request_sent", to=_reader(request, at), about=request.pk, matter_id=request.matter_id)
    trail.record("agency_request.added_to", request, by=by, kind="K5", matter_id=request.matter_id, fields=["subjects"])
    return request


def _people_asked(review: RapidReview, agency: Agency, subjects: Sequence[MatterPerson]) -> list[routes.PersonAsked]:
    wanted = {subject.pk for subject in subjects}
    people = [person for person in routes.people_of(review) if person.matter_person.pk in wanted]
    if not wanted:
        raise NotAllowedNow("Choose at least one person about whom the agency is asked.")
    if len(people) != len(wanted):
        raise NotAllowedNow("Somebody whom you chose is not named in this matter.")
    if again := [person.called for person in people if person.matter_person.pk in routes.asked_already(review, agency)]:
        raise NotAllowedNow(f"{agency} has been asked already about {', '.join(again)}. One person is asked of an agency once.")
    return people


def _name_people(request: AgencyRequest, people: Sequence[routes.PersonAsked]) -> None:
    last = request.subjects.count()
    RequestSubject.objects.bulk_create(
        RequestSubject(request=request, matter_person=person.matter_person, called=person.called, position=position)
        for position, person in enumerate(people, start=last + 1)
    )


def _wait_for_answers(review: RapidReview, *, by: Account, at: datetime) -> None:
    """The first request takes the review through scoping; a later one brings it back to waiting, where its status allows."""
    if review.status == RapidReviewStatus.OPEN:
        review = note_status(review, to=RapidReviewStatus.SCOPING, by=by, at=at)
    status = RapidReviewStatus(review.status)
    if RapidReviewStatus.INFORMATION_REQUESTED in rapid_review.MOVES[status]:
        note_status(review, to=RapidReviewStatus.INFORMATION_REQUESTED, by=by, at=at)


def _complete_when_settled(review: RapidReview, *, by: Account, at: datetime) -> None:
    """Once every agency that is still asked has an accepted answer, nobody waits any more."""
    waiting = (RapidReviewStatus.INFORMATION_REQUESTED, RapidReviewStatus.INFORMATION_INCOMPLETE)
    statuses = (Status(status) for status in review.requests.values_list("status", flat=True))
    if review.status in waiting and agency_request.information_is_complete(statuses):
        note_status(review, to=RapidReviewStatus.INFORMATION_COMPLETE, by=by, at=at)


def _end_links(request: AgencyRequest, *, by: Account, at: datetime) -> None:
    live = AnswerLink.objects.filter(request=request, revoked_at=None, used_at=None)
    if live.update(revoked_at=at, revoked_by=by):
        log(request, "link_revoked", by=by, at=at)


def _reader(request: AgencyRequest, at: datetime) -> str:
    return address_of(routes.reader_of(request, as_london_date(at)))


def _locked(request: AgencyRequest) -> AgencyRequest:
    return AgencyRequest.objects.select_for_update(of=("self",)).select_related("review__incident__matter", "agency").get(pk=request.pk)


def _locked_for_unit(request: AgencyRequest, *, by: Account) -> tuple[RapidReview, AgencyRequest]:
    """The review before the request, as every move does, so that no two wait for each other."""
    review = RapidReview.objects.select_for_update().get(pk=request.review_id)
    review_access.check_can_run(by, review)
    return review, _locked(request)


def _save(request: AgencyRequest, *fields: str) -> None:
    request.version += 1
    request.save(update_fields=[*fields, "version", "changed_at"])


def _last_return(request: AgencyRequest) -> AgencyReturn | None:
    return request.returns.select_for_update().order_by("number").last()


def _check_can_read(by: Account, submitted: AgencyReturn) -> None:
    """Nobody accepts or returns what they may not read."""
    if not review_access.can_read_return(by, submitted):
        raise NotPermitted("You may not read this answer.")


def _check_officer(officer: Officer, agency: Agency, review: RapidReview, *, on: date) -> None:
    if sentence := routes.why_not_asked(officer, agency, review.matter, on=on):
        raise NotAllowedNow(sentence)


def _require(text: str, sentence: str) -> None:
    if not text.strip():
        raise NotAllowedNow(sentence)


def _require_waiting(request: AgencyRequest, consequence: str) -> None:
    status = Status(request.status)
    if not status.waits_for_agency:
        raise NotAllowedNow(f"This request stands at “{status.label}”, {consequence}.")


def _require_day_to_come(due_on: date, at: datetime) -> None:
    if due_on < as_london_date(at):
        raise NotAllowedNow(f"{long_date(due_on)} has passed. Choose a day to come.")
