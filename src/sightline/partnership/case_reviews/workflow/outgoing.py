"""Moves of what leaves: a file is checked for one kind of reader, and what was found is cleared by a second person or kept back."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import outgoing, review_access
from sightline.partnership.case_reviews.models import OutgoingCheck, SeriousIncident
from sightline.partnership.documents.models import Document
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.outgoing import Found, hidden_content, scan, texts_of

FOUND: Final = (
    "Something was found in this file that its reader must not learn, or that is hidden in it. Look at it under “Checks before sending”: "
    "change the file, or have a second person clear what was found."
)


@transaction.atomic
def check(
    incident: SeriousIncident, *, content: bytes, extension: str, audience: str, by: Account, recipient: str = "",
    document: Document | None = None, at: datetime | None = None,
) -> OutgoingCheck:  # fmt: skip
    """Look through exact bytes for one reader. What was found is kept by kind, pseudonym and place, never by its value."""
    review_access.check_can_run_incident(by, incident)
    facts, texts = outgoing.facts_for(incident, audience), texts_of(content, extension)
    found = scan(texts.found, facts)
    row = OutgoingCheck.objects.create(
        incident=incident, audience=audience, recipient=recipient.strip(), document=document, sha256=hashlib.sha256(content).hexdigest(),
        extension=extension.lower()[:10], unscannable=texts.unscannable, facts_looked_for=len(facts), checked_by=by,
        findings=_without_values(found),
        hidden=[{"kind": each.kind, "where": each.where, "sentence": each.sentence} for each in hidden_content(content, extension)],
        checked_at=at or timezone.now(),
    )  # fmt: skip
    trail.record("outgoing.checked", row, by=by, kind="K5", matter_id=incident.matter_id)
    return row


@transaction.atomic
def clear(row: OutgoingCheck, *, because: str, by: Account, at: datetime | None = None) -> OutgoingCheck:
    """A second person looked at everything that was found and says why it may go out all the same."""
    row = OutgoingCheck.objects.select_for_update(of=("self",)).select_related("incident__matter").get(pk=row.pk)
    review_access.check_can_run_incident(by, row.incident)
    if row.found_nothing:
        raise NotAllowedNow("Nothing was found in this file: there is nothing to clear.")
    if row.cleared_by_id:
        raise NotAllowedNow("This check has been cleared already.")
    if row.checked_by_id == by.pk:
        raise NotAllowedNow("A second person clears what the first one checked. Ask a colleague to look.")
    if not because.strip():
        raise NotAllowedNow("Say for each thing that was found why it may go out.")
    row.cleared_by, row.cleared_at, row.cleared_because = by, at or timezone.now(), because.strip()
    row.save(update_fields=["cleared_by", "cleared_at", "cleared_because"])
    trail.record("outgoing.cleared", row, by=by, kind="K5", matter_id=row.incident.matter_id)
    return row


def let_out(
    incident: SeriousIncident, *, content: bytes, extension: str, audience: str, by: Account, recipient: str = "",
    document: Document | None = None, at: datetime | None = None,
) -> OutgoingCheck:  # fmt: skip
    """The one door: these bytes go to this reader when nothing was found in them, or a second person has cleared what was.

    Bytes that nobody has checked are checked here, and again when the case knows other things of its people since.
    The check stays also where it refuses, so the door is asked before a move begins.
    """
    found = _without_values(outgoing.facts_told(incident, content, extension=extension, audience=audience))
    rows = [each for each in _checks_of(incident, content, extension, audience) if all(one in each.findings for one in found)]
    row = next((each for each in rows if each.may_leave), None) or next((each for each in rows if each.findings == found), None)
    if row is None:
        row = check(
            incident, content=content, extension=extension, audience=audience, by=by, recipient=recipient, document=document, at=at
        )  # fmt: skip
    if not row.may_leave:
        raise NotAllowedNow(FOUND)
    return row


def _checks_of(incident: SeriousIncident, content: bytes, extension: str, audience: str) -> list[OutgoingCheck]:
    """Checks of these bytes, read as this kind of file: the same bytes under another ending were looked through otherwise."""
    digest, read_as = hashlib.sha256(content).hexdigest(), extension.lower()[:10]
    rows = OutgoingCheck.objects.filter(incident=incident, sha256=digest, extension=read_as, audience=audience)
    return list(rows.order_by("checked_at", "pk"))


def _without_values(found: Iterable[Found]) -> list[dict[str, str]]:
    """What was found by kind, pseudonym and place, and never by its value."""
    return [{"kind": each.kind, "about": each.about, "where": each.where, "how": each.how} for each in found]
