"""Keeping a file with a matter, taking it away, and who may."""

from collections.abc import Callable

import pytest

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.documents import access, workflow
from sightline.partnership.documents.models import Document, DocumentContent
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import conflicts, holds, seals
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.factories import accounts
from tests.partnership.documents.files import docx, pdf

pytestmark = pytest.mark.django_db
Keep = Callable[..., Document]


def test_document_is_kept_whole_and_named_by_nobody(keep: Keep, matter: Matter) -> None:
    document = keep("../Invented Child's record.DOCX", docx())

    assert workflow.content_of(document) == docx()
    assert document.file_name == "Invented Child_s record.docx"
    assert document.handed_out_as.startswith(f"OFFICIAL-SENSITIVE {matter.reference} ")
    assert "Child" not in document.handed_out_as
    event = AuditEvent.objects.order_by("seq").last()
    assert (event.action, event.matter_id) == ("document.kept", matter.pk)


def test_refused_file_leaves_nothing_but_a_line_in_the_trail(keep: Keep) -> None:
    with pytest.raises(workflow.RefusedFile, match="program"):
        keep("report.pdf", b"MZ\x90\x00")

    assert not Document.objects.exists() and not DocumentContent.objects.exists()
    assert AuditEvent.objects.order_by("seq").last().action == "document.refused"


def test_changed_bytes_are_never_handed_out(keep: Keep) -> None:
    document = keep()
    DocumentContent.objects.filter(document=document).update(content=b"something else")

    with pytest.raises(RuntimeError, match="fingerprint"):
        workflow.content_of(document)


def test_lead_of_the_agency_that_raised_it_may_add_and_a_stranger_may_not(keep: Keep, lead: Account) -> None:
    assert keep(by=lead).added_by == lead
    with pytest.raises(NotPermitted):
        keep(by=accounts.account("AL"))
    with pytest.raises(NotPermitted):
        keep(by=accounts.account("SA"))


def test_removed_document_is_out_of_sight_and_its_bytes_are_kept(keep: Keep, matter: Matter, manager: Account) -> None:
    document = keep()

    workflow.remove(document, reason="Belongs to another matter", by=manager)

    assert access.papers_of(matter, manager).documents == ()
    assert DocumentContent.objects.filter(document=document).exists()
    with pytest.raises(NotPermitted):
        workflow.remove(document, reason="Again", by=manager)


def test_removal_needs_a_reason(keep: Keep, manager: Account) -> None:
    with pytest.raises(NotAllowedNow, match="Say why"):
        workflow.remove(keep(), reason=" ", by=manager)


def test_legal_hold_stops_removal(keep: Keep, matter: Matter, manager: Account) -> None:
    document = keep()
    holds.place(matter, reason="Inquest", by=accounts.account("LG", "IG"))

    with pytest.raises(NotAllowedNow, match="legal hold"):
        workflow.remove(document, reason="Belongs to another matter", by=manager)


def test_sealed_document_is_seen_by_the_cleared_alone_and_others_learn_that_one_is_withheld(
    keep: Keep, matter: Matter, manager: Account, lead: Account
) -> None:
    plain, sealed = keep(content=pdf(), name="a.pdf"), keep(seal="police")

    assert access.papers_of(matter, lead) == access.Papers((plain,), withheld=1)
    seals.clear(matter, account=lead, seal="police", reason="Invented reason", by=manager)
    assert access.papers_of(matter, lead) == access.Papers((plain, sealed), withheld=0)


def test_person_in_conflict_learns_of_no_document(keep: Keep, matter: Matter, manager: Account, lead: Account) -> None:
    keep()
    conflicts.declare(matter, account=lead, reason="Invented connection", by=manager)

    assert access.papers_of(matter, lead) == access.Papers((), withheld=0)
    assert not access.can_add(lead, matter)
