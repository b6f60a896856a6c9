"""Moves of the documents room: keep a file with a matter, and take one away."""

import hashlib
from base64 import b64decode
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.audit_trail import trail
from sightline.partnership.documents import access
from sightline.partnership.documents.inspection import file_names
from sightline.partnership.documents.inspection.apart import inspect_apart
from sightline.partnership.documents.inspection.findings import LARGEST_FILE, CannotKeep
from sightline.partnership.documents.models import RECORD_KIND_BY_KIND, Document, DocumentContent
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import holds
from sightline.procedures.errors import NotAllowedNow

# Who may read one is asked of the record it belongs to, which has pages of its own; nothing else leads to it.
KEPT_WITHOUT_MATTER: Final = frozenset({"evidence"})


class RefusedFile(NotAllowedNow):
    """A file that cannot be kept; the sentence says what is wrong with it and how to put it right."""


def keep(
    upload: UploadedFile, *, matter: Matter | None, title: str, by: Account | Officer, seal: str = "", kind: str = "incident",
    agency: Agency | None = None, is_draft: bool = False,
) -> Document:  # fmt: skip
    """Look at a file and, if it is safe to hold, keep it whole with its matter.

    A file that an agency adds to its own answer is its own until it submits. Whether the agency, or an officer who came by a link, may
    write that answer is asked by the move of the answer. Only evidence for an action is kept with no matter: the move of the action asks.
    """
    _check_can_add(by, matter, kind, agency)
    content = read_at_most(upload)
    name = file_names.clean(upload.name or "")
    try:
        found = inspect_apart(content, name)  # before the transaction: nobody else waits while a file is looked at
    except CannotKeep as refusal:
        with transaction.atomic():
            matter_id = matter.pk if matter else ""
            trail.record("document.refused", None, by=by, kind=RECORD_KIND_BY_KIND[kind], matter_id=matter_id, decision="refused")
        raise RefusedFile(refusal.sentence) from None
    if found.replaced_by:
        content, name = b64decode(found.replaced_by), f"{name.rpartition('.')[0]}.{found.extension}"
    with transaction.atomic():
        if matter is not None:
            matter = Matter.objects.select_for_update().get(pk=matter.pk)
        _check_can_add(by, matter, kind, agency)
        who = {"added_by_officer": by} if isinstance(by, Officer) else {"added_by": by}
        document = Document.objects.create(
            matter=matter, kind=kind, title=title.strip(), file_name=name, extension=found.extension, media_type=found.media_type,
            size=len(content), sha256=hashlib.sha256(content).hexdigest(), warnings=found.warnings, seal=seal,
            agency=agency, is_draft=is_draft, **who,
        )  # fmt: skip
        DocumentContent.objects.create(document=document, content=content)
        trail.record("document.kept", document, by=by, kind=document.record_kind, matter_id=document.matter_id or "", fields=["content"])
    return document


@transaction.atomic
def remove(document: Document, *, reason: str, by: Account) -> Document:
    """Take a document away from everybody's sight. Its bytes stay until the matter is disposed of; a legal hold stops this too."""
    document = Document.objects.select_for_update(of=("self",)).select_related("matter").get(pk=document.pk)
    access.check_can_remove(by, document)
    _check_not_held(document)
    if not reason.strip():
        raise NotAllowedNow("Say why the document is removed, for example that it belongs to another matter.")
    document.removed_at, document.removed_by, document.removed_reason = timezone.now(), by, reason.strip()
    document.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    trail.record("document.removed", document, by=by, kind=document.record_kind, matter_id=document.matter_id or "")
    return document


@transaction.atomic
def discard_draft(document: Document, *, by: Account | Officer) -> None:
    """Take a file out of an answer that was never submitted: nobody relied on it, so nothing of it stays. A legal hold stops this too."""
    document = Document.objects.select_for_update(of=("self",)).select_related("matter").get(pk=document.pk)
    if not document.is_draft:
        raise NotAllowedNow("This file was submitted and stays.")
    _check_not_held(document)
    DocumentContent.objects.filter(document=document).delete()
    pk, kind, matter_id = document.pk, document.record_kind, document.matter_id or ""
    document.delete()
    document.pk = pk
    trail.record("document.draft_discarded", document, by=by, kind=kind, matter_id=matter_id)


def content_of(document: Document) -> bytes:
    """The bytes, checked against the fingerprint taken when they came in."""
    content = bytes(DocumentContent.objects.get(document=document).content)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise RuntimeError(f"Document {document.pk} is not what was added: its fingerprint has changed.")
    return content


def _check_not_held(document: Document) -> None:
    if document.matter is not None:
        holds.check_not_held(document.matter)


def _check_can_add(by: Account | Officer, matter: Matter | None, kind: str, agency: Agency | None) -> None:
    if matter is None:
        if kind not in KEPT_WITHOUT_MATTER or agency is None:
            raise NotAllowedNow("A file of this kind is kept with a review. Add it there.")
        return
    if agency is None:
        assert isinstance(by, Account)  # nobody without account adds to the partnership's own papers
        access.check_can_add(by, matter, kind)


def read_at_most(upload: UploadedFile) -> bytes:
    """The content, and never much more of it than may be kept."""
    content = bytearray()
    for piece in upload.chunks(1024 * 1024):
        content += piece
        if len(content) > LARGEST_FILE:
            break
    return bytes(content)
