"""Moves by which an agency answers: opened, written section by section, passed on, signed off and submitted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import review_access, routes
from sightline.partnership.case_reviews.letters_to import address_of
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn, AnswerLink, ImmediateConcern, LinkDraft, ReturnDraft
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow import answer_files, safety
from sightline.partnership.case_reviews.workflow.asking import log
from sightline.partnership.notices import outbox
from sightline.procedures import agency_request
from sightline.procedures.access.allow import SEALS
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.agency_return import Missing, agency_return, missing_for_sign_off, missing_for_submission
from sightline.procedures.errors import NotAllowedNow, NotPermitted

MARKS: Final = "marks"
SAVED_AS: Final = "saved_as"
"""In a draft only: with which version of it each section was last saved, so that two who write on different sections never collide."""
NOT_DESCRIBED: Final = "An agency says that a child is in danger now and has not said how. Ring it."
_WRITING: Final = frozenset({Status.SENT, Status.ACKNOWLEDGED, Status.RETURNED_FOR_CORRECTION})


class ChangedMeanwhile(NotAllowedNow):
    """Somebody else saved the same questions otherwise while this person was writing; both texts are here, and nothing is lost."""

    def __init__(self, draft: ReturnDraft, *, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        who = draft.saved_by.name if draft.saved_by else draft.saved_by_officer.name if draft.saved_by_officer else "Somebody"
        super().__init__(f"{who} has changed this section while you were writing. Choose which text to keep.")
        self.draft, self.theirs, self.yours, self.who = draft, dict(theirs), dict(yours), who


class Incomplete(NotAllowedNow):
    """An answer that cannot be given yet: the sentences say what is missing and where."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(" ".join(str(each) for each in missing))
        self.missing = missing


@transaction.atomic
def open_request(request: AgencyRequest, *, by: Writer, at: datetime | None = None) -> AgencyRequest:
    """Note that the agency has opened what it is asked; once, and not for others who look later."""
    request = _locked(request)
    review_access.check_can_write(by, request)
    if request.status != Status.SENT:
        return request
    _move(request, Status.ACKNOWLEDGED, "opened", by=by, at=at or timezone.now())
    trail.record("agency_request.opened", request, by=by, kind="K4", matter_id=request.matter_id)
    return request


@transaction.atomic
def save_section(
    request: AgencyRequest, *, section: str, values: Mapping[str, Any], is_nil: bool | None, seen_version: int, by: Writer,
    at: datetime | None = None,
) -> ReturnDraft:  # fmt: skip
    """Keep what was written on one section; where somebody else saved it since it was opened, and differently, neither text is lost."""
    request = _locked(request)
    review_access.check_can_write(by, request)
    codes = [field.code for part in agency_return().sections if part.code == section for field in part.fields if field.kind != "files"]
    if not codes:
        raise NotAllowedNow("This section does not exist.")
    at = at or timezone.now()
    draft = _draft(request, by=by)
    stored = {code: draft.answers[code] for code in codes if code in draft.answers}
    given = {code: values[code] for code in codes if code in values}
    if draft.answers.get(SAVED_AS, {}).get(section, 0) > seen_version and (differing := _differing(stored, given)):
        theirs, yours = ({code: found.get(code) for code in differing} for found in (stored, given))
        raise ChangedMeanwhile(draft, theirs=theirs, yours=yours)
    _begin_writing(request, by=by, at=at)
    draft.version += 1
    draft.answers = {**draft.answers, **given, SAVED_AS: {**draft.answers.get(SAVED_AS, {}), section: draft.version}}
    if is_nil is not None:
        draft.is_nil = is_nil
    _save_draft(draft, by=by)
    _tell_of_danger(request, draft, by=by, at=at)
    trail.record("agency_return.written", request, by=by, kind="K4", matter_id=request.matter_id, fields=[section])
    return draft


@transaction.atomic
def set_marks(request: AgencyRequest, *, marks: Mapping[str, str], by: Writer, at: datetime | None = None) -> ReturnDraft:
    """Say which answers and rows are not for every reader, by the code of the question or of the row; an empty mark takes one away."""
    request = _locked(request)
    review_access.check_can_write(by, request)
    codes = {field.code for field in agency_return().fields()}
    for place, seal in marks.items():
        if place.partition(":")[0] not in codes or (seal and seal not in SEALS):
            raise NotAllowedNow("A mark was chosen that does not exist. Choose one of the list.")
    draft = _draft(request, by=by)
    _begin_writing(request, by=by, at=at or timezone.now())
    kept = {place: seal for place, seal in {**draft.answers.get(MARKS, {}), **marks}.items() if seal}
    draft.version += 1
    draft.answers = {**draft.answers, MARKS: kept}
    _save_draft(draft, by=by)
    trail.record("agency_return.marked", request, by=by, kind="K4", matter_id=request.matter_id, fields=["marks"])
    return draft


@transaction.atomic
def for_sign_off(request: AgencyRequest, *, by: Writer, at: datetime | None = None) -> AgencyRequest:
    """Give a finished answer to the agency's lead and alternate, who sign it off."""
    request = _locked(request)
    review_access.check_can_write(by, request)
    agency_request.check_move(Status(request.status), Status.AWAITING_SIGN_OFF)
    draft = _draft(request, by=by)
    if missing := missing_for_sign_off(draft.answers, is_nil=bool(draft.is_nil), people=_people(request)):
        raise Incomplete(missing)
    signers = [officer for officer in (request.agency.safeguarding_lead, request.agency.alternate_officer) if officer]
    if not signers:
        raise NotAllowedNow(f"{request.agency} has no safeguarding lead who could sign off. Ask the business unit to enter one.")
    _move(request, Status.AWAITING_SIGN_OFF, "for_sign_off", by=by, at=at or timezone.now())
    for officer in signers:
        outbox.queue("case_reviews.request_for_sign_off", to=address_of(officer), about=request.pk, matter_id=request.matter_id)
    trail.record("agency_return.for_sign_off", request, by=by, kind="K4", matter_id=request.matter_id)
    return request


@transaction.atomic
def take_back(request: AgencyRequest, *, by: Writer, at: datetime | None = None) -> AgencyRequest:
    """Go on writing an answer that waits for sign-off."""
    request = _locked(request)
    review_access.check_can_write(by, request)
    if request.status != Status.AWAITING_SIGN_OFF:
        raise NotAllowedNow("Only an answer that waits for sign-off is taken back.")
    _move(request, Status.IN_PROGRESS, "taken_back", by=by, at=at or timezone.now())
    trail.record("agency_return.taken_back", request, by=by, kind="K4", matter_id=request.matter_id)
    return request


@transaction.atomic
def submit(request: AgencyRequest, *, by: Writer, via: str, at: datetime | None = None) -> AgencyReturn:
    """Give the answer to the partnership: a version that is never changed. A child in danger reaches the duty person at once."""
    request = _locked(request)
    review_access.check_can_sign_off(by, request)
    agency_request.check_move(Status(request.status), Status.SUBMITTED)
    draft = _draft(request, by=by)
    is_nil = bool(draft.is_nil)
    if missing := missing_for_submission(draft.answers, is_nil=is_nil, people=_people(request)):
        raise Incomplete(missing)
    signed_off_by = by if isinstance(by, Officer) else by.officer
    return _hand_over(request, draft, by=by, via=via, signed_off_by=signed_off_by, at=at or timezone.now())


@transaction.atomic
def take_in(request: AgencyRequest, *, values: Mapping[str, Any], is_nil: bool | None, by: Writer, at: datetime) -> ReturnDraft:
    """Put what a form filled offline says into the draft; the move that received the form has asked who may."""
    request = _locked(request)
    if not Status(request.status).waits_for_agency:
        raise NotAllowedNow("This answer has been submitted. If something is to be put right, return it first.")
    draft = _draft(request, by=by)
    if request.status in _WRITING:
        _move(request, Status.IN_PROGRESS, "begun", by=by, at=at)
    draft.version += 1
    filled = {part.code: draft.version for part in agency_return().sections if any(field.code in values for field in part.fields)}
    draft.answers = {**draft.answers, **values, SAVED_AS: {**draft.answers.get(SAVED_AS, {}), **filled}}
    if is_nil is not None:
        draft.is_nil = is_nil
    _save_draft(draft, by=by)
    log(request, "form_received", by=by, at=at)
    _tell_of_danger(request, draft, by=by, at=at)
    trail.record("agency_return.form_received", request, by=by, kind="K4", matter_id=request.matter_id, fields=sorted(filled))
    return draft


@transaction.atomic
def submit_for_agency(request: AgencyRequest, *, by: Account, at: datetime | None = None) -> AgencyReturn:
    """Hand over an answer that the agency gave back on paper or as a form; who signed it off stands in the form itself."""
    request = _locked(request)
    review_access.check_can_run(by, request.review)
    if not request.events.filter(what="form_received").exists():
        raise NotPermitted("Only the agency submits an answer that was not given back as a form.")
    if request.status == Status.SUBMITTED or not Status(request.status).waits_for_agency:
        raise NotAllowedNow("The answer is in already.")
    draft = _draft(request, by=by)
    if missing := missing_for_submission(draft.answers, is_nil=bool(draft.is_nil), people=_people(request)):
        raise Incomplete(missing)
    return _hand_over(request, draft, by=by, via="offline", signed_off_by=None, at=at or timezone.now())


@transaction.atomic
def pass_on(request: AgencyRequest, *, officer: Officer, by: Writer, at: datetime | None = None) -> AgencyRequest:
    """Let a colleague of the same agency write; somebody who is connected with the case is not told of it."""
    request = _locked(request)
    review_access.check_can_write(by, request)
    if not Status(request.status).waits_for_agency:
        raise NotAllowedNow("The answer is in. There is nothing to pass on.")
    at = at or timezone.now()
    if sentence := routes.why_not_asked(officer, request.agency, request.matter, on=as_london_date(at)):
        raise NotAllowedNow(sentence)
    if officer == request.who_answers:
        raise NotAllowedNow(f"{officer.name} has it already.")
    request.passed_to = officer
    request.version += 1
    request.save(update_fields=["passed_to", "version", "changed_at"])
    log(request, "passed_on", by=by, at=at, detail=officer.pk)
    outbox.queue("case_reviews.request_passed_on", to=address_of(officer), about=request.pk, matter_id=request.matter_id)
    trail.record("agency_request.passed_on", request, by=by, kind="K4", matter_id=request.matter_id, fields=["passed_to"])
    return request


def _hand_over(
    request: AgencyRequest, draft: ReturnDraft, *, by: Writer, via: str, signed_off_by: Officer | None, at: datetime
) -> AgencyReturn:
    number = request.returns.count() + 1
    submitted = AgencyReturn.objects.create(
        request=request, number=number, is_nil=bool(draft.is_nil), answers=_asked_answers(draft.answers, is_nil=bool(draft.is_nil)),
        questions_version=agency_return().version, submitted_at=at, submitted_via=via, submitted_by=by if isinstance(by, Account) else None,
        signed_off_by=signed_off_by, signed_off_at=at if signed_off_by else None,
    )  # fmt: skip
    answer_files.submitted_with(request, number)
    _move(request, Status.SUBMITTED, "submitted", by=by, at=at, detail=str(number))
    AnswerLink.objects.filter(request=request, used_at=None, revoked_at=None).update(used_at=at)
    LinkDraft.objects.filter(link__request=request).delete()  # what was typed and not saved is no part of the answer
    _tell_of_danger(request, draft, by=by, at=at)
    for manager in review_access.unit_of(request.review):
        outbox.queue("case_reviews.request_answered", to=manager.pk, about=request.pk, matter_id=request.matter_id)
    trail.record("agency_return.submitted", submitted, by=by, kind="K4", matter_id=request.matter_id)
    return submitted


def _tell_of_danger(request: AgencyRequest, draft: ReturnDraft, *, by: Writer, at: datetime) -> None:
    """A child in danger is told of at once, not when the answer is submitted days later; the same words are told once."""
    if draft.answers.get("immediate_concern") != "yes":
        return
    what = draft.answers.get("immediate_concern_what", "").strip() or NOT_DESCRIBED
    if not ImmediateConcern.objects.filter(request=request, what=what).exists():
        safety.raise_concern_of_agency(request, what=what, by=by, at=at)


def missing(request: AgencyRequest, draft: ReturnDraft | None) -> tuple[Missing, ...]:
    """What still stands between a draft and its submission."""
    answers, is_nil = (draft.answers, bool(draft.is_nil)) if draft else ({}, False)
    return missing_for_submission(answers, is_nil=is_nil, people=_people(request))


def _locked(request: AgencyRequest) -> AgencyRequest:
    related = ("review__incident__matter", "agency__safeguarding_lead", "agency__alternate_officer", "coordinated_by")
    return AgencyRequest.objects.select_for_update(of=("self",)).select_related(*related).get(pk=request.pk)


def _draft(request: AgencyRequest, *, by: Writer) -> ReturnDraft:
    who = {"saved_by_officer": by} if isinstance(by, Officer) else {"saved_by": by}
    draft, _ = ReturnDraft.objects.select_for_update().get_or_create(
        request=request, defaults={"questions_version": agency_return().version, **who}
    )
    return draft


def _save_draft(draft: ReturnDraft, *, by: Writer) -> None:
    draft.saved_by, draft.saved_by_officer = (None, by) if isinstance(by, Officer) else (by, None)
    draft.save()


def _begin_writing(request: AgencyRequest, *, by: Writer, at: datetime) -> None:
    """The first words take a request to being written; whoever signs off may still put something right while it waits for them."""
    if request.status in _WRITING:
        _move(request, Status.IN_PROGRESS, "begun", by=by, at=at)
    elif request.status == Status.AWAITING_SIGN_OFF:
        if not review_access.can_sign_off(by, request):
            raise NotPermitted("This answer waits for sign-off. Take it back if you want to go on writing.")
    elif request.status != Status.IN_PROGRESS:
        raise NotAllowedNow("This answer has been submitted. If something is to be put right, ask the business unit to return it.")


def _move(request: AgencyRequest, to: Status, what: str, *, by: Writer, at: datetime, detail: str = "") -> None:
    agency_request.check_move(Status(request.status), to)
    request.status = to
    request.version += 1
    request.save(update_fields=["status", "version", "changed_at"])
    log(request, what, by=by, at=at, detail=detail)


def _people(request: AgencyRequest) -> list[str]:
    return list(request.subjects.values_list("pk", flat=True))


def _differing(stored: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    return [code for code, value in given.items() if (stored.get(code) or None) != (value or None)]


def _asked_answers(answers: Mapping[str, Any], *, is_nil: bool) -> dict[str, Any]:
    """The answers to what was asked in the end: what somebody wrote before they found that nobody is known is not handed over."""
    asked = {
        field.code: answers[field.code]
        for field in agency_return().fields()
        if field.is_put(answers, is_nil=is_nil) and field.code in answers
    }
    marks = {place: seal for place, seal in answers.get(MARKS, {}).items() if place.partition(":")[0] in asked}
    return {**asked, MARKS: marks} if marks else asked
