"""Moves that record what went out of the partnership about a case, and what was said and received: nothing is sent from here."""

from datetime import datetime
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.case_reviews import access
from sightline.partnership.case_reviews.models import DiaryEntry, LetterOut, SeriousIncident
from sightline.partnership.case_reviews.workflow import outgoing
from sightline.partnership.documents import workflow as documents
from sightline.partnership.documents.models import Document
from sightline.partnership.documents.workflow import content_of, read_at_most
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.outgoing.audiences import audiences

# Kinds of letters that have one reader: none of them is looked through for another, who may learn more.
READERS: Final = {
    "rapid_review_report": "national_panel", "criteria_not_met": "national_panel", "late": "national_panel", "to_agency": "agency",
    "to_family": "family",
}  # fmt: skip


def record(
    incident: SeriousIncident, *, kind: str, title: str, to_whom: str, how: str, sent_at: datetime, by: Account, note: str = "",
    recipient_confirmed: bool = False, file: UploadedFile | None = None, proof: UploadedFile | None = None,
    kept: Document | None = None, audience: str = "", despite: str = "", at: datetime | None = None,
) -> LetterOut:  # fmt: skip
    """Keep which file exactly was sent to whom, when and how, and the proof of it; `kept` is a file that is held already.

    The file passes the one door for its `audience`. What went out before anybody looked is recorded with the reason, in `despite`.
    """
    access.check_can_consult(by, incident)
    at = at or timezone.now()
    if sent_at > at:
        raise NotAllowedNow("This moment has not come yet. Record a letter when it has been sent.")
    if not recipient_confirmed:
        raise NotAllowedNow("A second person checks the recipient before anything goes out. Confirm that somebody did.")
    if file or kept:
        content, extension = (read_at_most(file), (file.name or "").rpartition(".")[2]) if file else (content_of(kept), kept.extension)
        if READERS.get(kind, audience) != audience:
            raise NotAllowedNow(f"“{dict(LetterOut.KINDS)[kind]}” is read by: {audiences()[READERS[kind]].title}. Choose this reader.")
        note = _through_the_door(incident, content, extension, audience, despite, to_whom, note, by)
    kept = kept or _keep(file, incident, title, by)
    kept_proof = _keep(proof, incident, f"Proof of sending: {title}"[:200], by)
    with transaction.atomic():
        letter = LetterOut.objects.create(
            incident=incident, kind=kind, title=title.strip(), to_whom=to_whom.strip(), how=how, sent_at=sent_at, document=kept,
            proof=kept_proof, recipient_confirmed=True, note=note.strip(), recorded_by=by, recorded_at=at,
        )  # fmt: skip
        trail.record("letter_out.recorded", letter, by=by, kind="K5", matter_id=incident.matter_id)
    return letter


def note(
    incident: SeriousIncident, *, kind: str, happened_at: datetime, what: str, by: Account, with_whom: str = "",
    file: UploadedFile | None = None, at: datetime | None = None,
) -> DiaryEntry:  # fmt: skip
    """Write down a call, a meeting or an e-mail; the e-mail itself may be kept with it."""
    access.check_can_consult(by, incident)
    at = at or timezone.now()
    if happened_at > at:
        raise NotAllowedNow("This moment has not come yet. The diary holds what has happened.")
    if not what.strip():
        raise NotAllowedNow("Write what was said, or what the e-mail is about.")
    kept = _keep(file, incident, f"{dict(DiaryEntry.KINDS)[kind]} of the diary", by)
    with transaction.atomic():
        entry = DiaryEntry.objects.create(
            incident=incident, kind=kind, happened_at=happened_at, with_whom=with_whom.strip(), what=what.strip(), document=kept,
            recorded_by=by, recorded_at=at,
        )  # fmt: skip
        trail.record("diary.written", entry, by=by, kind="K5", matter_id=incident.matter_id)
    return entry


def _through_the_door(
    incident: SeriousIncident, content: bytes, extension: str, audience: str, despite: str, to_whom: str, note: str, by: Account
) -> str:
    """Refuse a file in which something was found; the note says so where it had gone out all the same."""
    if audience not in audiences():
        raise NotAllowedNow("Say who reads this file: it is looked through for what that reader must not learn.")
    try:
        outgoing.let_out(incident, content=content, extension=extension, audience=audience, by=by, recipient=to_whom)
    except NotAllowedNow:
        if not despite.strip():
            raise
        note = f"{note.strip()}\nSent although something was found in it: {despite.strip()}".strip()
    return note


def _keep(upload: UploadedFile | None, incident: SeriousIncident, title: str, by: Account) -> Document | None:
    return documents.keep(upload, matter=incident.matter, title=title, by=by, kind="review") if upload else None
