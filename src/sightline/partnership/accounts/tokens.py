"""The links of invitations: signed, single-use, and known to the database only by their fingerprint."""

import hashlib
import hmac
from datetime import datetime

from django.core.signing import BadSignature, Signer

from sightline.partnership.accounts.models import Invitation

_signer = Signer(salt="sightline.accounts.invitation")


def token_of(invitation: Invitation) -> str:
    """The link's secret part. It is worked out anew from the site's key whenever the letter is sent, so it is stored nowhere."""
    return _signer.sign(f"{invitation.pk}.{invitation.issue_number}")


def fingerprint_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str, *, at: datetime) -> Invitation | None:
    """The open invitation that a link belongs to; nothing for one that is altered, used, revoked, replaced or expired."""
    try:
        invitation_id = _signer.unsign(token).partition(".")[0]
    except BadSignature:
        return None
    invitation = Invitation.objects.select_related("officer__agency").filter(pk=invitation_id).first()
    if invitation is None or not hmac.compare_digest(invitation.fingerprint, fingerprint_of(token)):
        return None
    return invitation if invitation.is_open(at) else None
