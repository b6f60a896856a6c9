"""Moves about links: made and taken back by the business unit, opened by the officer with the code that was told by telephone."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import links, review_access, routes
from sightline.partnership.case_reviews.models import AgencyRequest, AnswerLink, LinkDraft, RapidReview
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.case_reviews.review_access import Writer
from sightline.partnership.case_reviews.workflow.asking import log
from sightline.partnership.notices import outbox
from sightline.procedures.agency_request import AgencyRequestStatus as Status
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.references import new_ulid

LIVES_FOR: Final = timedelta(days=14)
REFUSED: Final = "This link and code open nothing. Check the eight digits, or ring the partnership for a new code or a new link."
"""The one sentence for every reason, so that nobody learns from it whether a link was ever real."""


@transaction.atomic
def make(request: AgencyRequest, *, officer: Officer, purpose: str, by: Account, at: datetime | None = None) -> tuple[AnswerLink, str]:
    """Make a link and its code. The link goes by e-mail, the code is read out once by telephone; neither opens anything alone.

    A link that the officer had for the same purpose ends: one that was lost is replaced in one step.
    """
    request = _locked_for_unit(request, by=by)
    at = at or timezone.now()
    _check_officer(request, officer, purpose, at=at)
    before = request.links.filter(officer=officer, purpose=purpose, used_at=None).last()
    request.links.filter(officer=officer, purpose=purpose, revoked_at=None, used_at=None).update(revoked_at=at, revoked_by=by)
    link, code = AnswerLink(pk=new_ulid(), request=request, officer=officer, purpose=purpose), links.new_code()
    link.fingerprint, link.code_fingerprint = links.fingerprint_of(links.token_of(link)), make_password(code)
    link.made_by, link.made_at, link.expires_at = by, at, at + LIVES_FOR
    link.save(force_insert=True)
    # What the officer was typing by the link that is replaced stays theirs.
    LinkDraft.objects.filter(link=before).update(link=link)
    _note(request, "link_made", by=by, at=at, detail=officer.pk)
    outbox.queue("case_reviews.answer_link", to=f"answer_link:{link.pk}", about=request.pk, matter_id=request.matter_id)
    trail.record("answer_link.made", link, by=by, kind="K5", matter_id=request.matter_id)
    return link, code


@transaction.atomic
def revoke(link: AnswerLink, *, by: Account, at: datetime | None = None) -> AnswerLink:
    """Take a link back; whoever is inside by it is outside with the next page."""
    request = _locked_for_unit(link.request, by=by)
    link = _locked_live(link)
    at = at or timezone.now()
    link.revoked_at, link.revoked_by = at, by
    link.save(update_fields=["revoked_at", "revoked_by"])
    _note(request, "link_revoked", by=by, at=at, detail=link.officer_id)
    trail.record("answer_link.revoked", link, by=by, kind="K5", matter_id=request.matter_id)
    return link


@transaction.atomic
def new_code(link: AnswerLink, *, by: Account, at: datetime | None = None) -> str:
    """Another code for a link that is still good: the old code was forgotten, or typed wrongly too often."""
    request = _locked_for_unit(link.request, by=by)
    link = _locked_live(link)
    if link.expires_at <= (at or timezone.now()):
        raise NotAllowedNow("This link has run out. Make a new one.")
    code = links.new_code()
    link.code_fingerprint, link.wrong_codes = make_password(code), 0
    link.save(update_fields=["code_fingerprint", "wrong_codes"])
    trail.record("answer_link.code_renewed", link, by=by, kind="K5", matter_id=request.matter_id)
    return code


def open_with_code(token: str, code: str, *, at: datetime | None = None) -> AnswerLink:
    """Let an officer in by their link and its code. Wrong codes are counted, and after the fifth the link opens nothing.

    An unknown link costs the same work as a real one with a wrong code, and both get the same sentence.
    """
    at = at or timezone.now()
    found = links.link_of(token)
    # Worked out before anything is locked, for it is slow on purpose. For a fingerprint of nothing Django does the work of a real one.
    fingerprint = found.code_fingerprint if found else UNUSABLE_PASSWORD_PREFIX
    is_right = check_password(links.digits_of(code), fingerprint)
    link = _opened(found, fingerprint if is_right else "", at=at)
    # Raised outside the transaction: the count of wrong codes stays.
    if link is None:
        raise NotAllowedNow(REFUSED)
    return link


@transaction.atomic
def _opened(found: AnswerLink | None, fingerprint: str, *, at: datetime) -> AnswerLink | None:
    """`fingerprint` is that of the right code, or empty; a code that was renewed meanwhile is right no longer."""
    AgencyRequest.objects.select_for_update().filter(pk=found.request_id if found else "").first()
    locked = AnswerLink.objects.select_for_update().filter(pk=found.pk if found else "").first()
    link = links.with_its_request(locked.pk if locked else "")
    is_usable = link is not None and links.may_be_used(link, at=at)
    if link is None or not is_usable or link.code_fingerprint != fingerprint:
        if link is not None and is_usable:
            link.wrong_codes += 1
            link.save(update_fields=["wrong_codes"])
        trail.record("answer_link.refused", link, by=None, kind="K4", matter_id=link.request.matter_id if link else "", decision="refused")
        return None
    link.wrong_codes = 0
    link.opened_at = link.opened_at or at
    link.save(update_fields=["wrong_codes", "opened_at"])
    _note(link.request, "link_opened", by=link.officer, at=at)
    trail.record("answer_link.opened", link, by=link.officer, kind="K4", matter_id=link.request.matter_id)
    return link


def why_no_link(request: AgencyRequest, officer: Officer, *, on: datetime) -> str | None:
    """The sentence with which a link is refused to an officer; None for somebody who can be given one."""
    if Account.objects.filter(officer=officer, is_active=True).exists():
        return f"{officer.name} has an account and signs in. No link is needed."
    if sentence := routes.why_not_asked(officer, request.agency, request.matter, on=as_london_date(on)):
        return sentence
    if not officer.email:
        return f"The directory has no e-mail address for {officer.name}. Enter it first."
    if not officer.phone:
        return f"The directory has no telephone number for {officer.name}, and the code is told by telephone only. Enter the number first."
    return None


def _check_officer(request: AgencyRequest, officer: Officer, purpose: str, *, at: datetime) -> None:
    if not Status(request.status).waits_for_agency or request.is_over:
        raise NotAllowedNow("Nothing is awaited from this agency, so no link is needed.")
    if sentence := why_no_link(request, officer, on=at):
        raise NotAllowedNow(sentence)
    if purpose == "sign_off" and not review_access.signs_for_agency(officer, request):
        raise NotAllowedNow(f"{officer.name} does not sign off for {request.agency}. Choose its safeguarding lead or alternate officer.")
    writers = {request.asked_officer_id, request.passed_to_id, routes.reader_of(request, as_london_date(at)).pk}
    if purpose == "answer" and officer.pk not in writers:
        raise NotAllowedNow(f"{officer.name} was not asked. Choose the person asked, or ask {officer.name} instead first.")


def _note(request: AgencyRequest, what: str, *, by: Writer, at: datetime, detail: str = "") -> None:
    request.version += 1
    request.save(update_fields=["version", "changed_at"])
    log(request, what, by=by, at=at, detail=detail)


def _locked_for_unit(request: AgencyRequest, *, by: Account) -> AgencyRequest:
    """The review before the request, as every move does, so that no two wait for each other."""
    review = RapidReview.objects.select_for_update().get(pk=request.review_id)
    review_access.check_can_run(by, review)
    related = ("review__incident__matter", "agency")
    return AgencyRequest.objects.select_for_update(of=("self",)).select_related(*related).get(pk=request.pk)


def _locked_live(link: AnswerLink) -> AnswerLink:
    link = AnswerLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.revoked_at is not None:
        raise NotAllowedNow("This link has been taken back already.")
    if link.used_at is not None:
        raise NotAllowedNow("The answer is in, so this link opens nothing any more.")
    return link
