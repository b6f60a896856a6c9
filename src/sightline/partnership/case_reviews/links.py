"""Links by which an officer without account answers: signed, told apart from their code, and known to the database by fingerprints only."""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final

from django.core.signing import BadSignature, Signer

from sightline.partnership.case_reviews import review_access
from sightline.partnership.case_reviews.models import AnswerLink
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.agency_request import AgencyRequestStatus

CODE_LENGTH: Final = 8

_signer = Signer(salt="sightline.case_reviews.answer_link")
_RELATED: Final = ("request__review__incident__matter", "request__agency", "officer__agency")


def token_of(link: AnswerLink) -> str:
    """The link's secret part. It is worked out anew from the site's key when the letter is sent, so it is stored nowhere."""
    return _signer.sign(link.pk)


def fingerprint_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Eight digits that the unit reads out by telephone."""
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"


def digits_of(typed: str) -> str:
    """A code as it is told, in groups or with dashes, is the same code."""
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())


def link_of(token: str) -> AnswerLink | None:
    """The link that a token belongs to, whatever has become of it; nothing for one that is altered."""
    try:
        link_id = _signer.unsign(token)
    except BadSignature:
        return None
    link = AnswerLink.objects.filter(pk=link_id).first()
    if link is None or not hmac.compare_digest(link.fingerprint, fingerprint_of(token)):
        return None
    return link


def with_its_request(link_id: str) -> AnswerLink | None:
    """A link with everything that is asked before it opens anything."""
    return AnswerLink.objects.select_related(*_RELATED).filter(pk=link_id).first()


def may_be_used(link: AnswerLink, *, at: datetime) -> bool:
    """Whether a link still lets its officer in: the answer is awaited, and nobody keeps the officer from the case meanwhile."""
    awaited = AgencyRequestStatus(link.request.status).waits_for_agency
    return awaited and link.is_open(at) and is_still_free(link, at=at)


def is_still_free(link: AnswerLink, *, at: datetime) -> bool:
    """Whether the officer is in post with the agency asked and not connected with the case."""
    officer, request = link.officer, link.request
    if not officer.is_serving(as_london_date(at)) or officer.agency_id != request.agency_id:
        return False
    return review_access.can_write(officer, request) and not need_to_know.is_kept_out(officer, request.matter)
