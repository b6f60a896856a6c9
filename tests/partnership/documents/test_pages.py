"""The pages: a file goes up, comes down as an attachment, and each reading is in the trail first."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import conflicts
from tests.factories import accounts
from tests.partnership.accounts.signing_in import sign_in
from tests.partnership.documents.files import docx

pytestmark = pytest.mark.django_db
Keep = Callable[..., Document]


@pytest.fixture
def managers_browser(client: Client, manager: Account, matter: Matter) -> Client:
    sign_in(client, manager)
    conflicts.state_position(matter, is_connected=False, by=manager)
    return client


def test_document_is_added_on_a_page_and_downloaded(managers_browser: Client, matter: Matter) -> None:
    upload = SimpleUploadedFile("record.docx", docx())
    answer = managers_browser.post(reverse("documents:add", args=[matter.pk]), {"title": "Invented record", "upload": upload})
    document = Document.objects.get()
    assert answer.url == reverse("documents:document", args=[document.pk])
    assert b"Invented record" in managers_browser.get(answer.url).content

    file = managers_browser.get(reverse("documents:file", args=[document.pk]))

    assert file.content == docx()
    assert file["Content-Disposition"] == f'attachment; filename="{document.handed_out_as}"'
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in file["Cache-Control"]
    last = AuditEvent.objects.order_by("seq").last()
    assert (last.action, last.object_id, last.decision) == ("documents.file", document.pk, "shown")


def test_refusal_of_a_file_is_said_on_the_page_and_the_title_stays(managers_browser: Client, matter: Matter) -> None:
    upload = SimpleUploadedFile("record.docx", b"not a document")

    page = managers_browser.post(reverse("documents:add", args=[matter.pk]), {"title": "Invented title", "upload": upload}).content.decode()

    assert "The content is not that of a .docx file" in page
    assert "Invented title" in page


def test_document_is_removed_with_a_reason(managers_browser: Client, keep: Keep) -> None:
    document = keep()
    where = reverse("documents:remove", args=[document.pk])
    assert managers_browser.post(where, {"reason": ""}).status_code == 200

    managers_browser.post(where, {"reason": "Belongs to another matter"})

    assert managers_browser.get(reverse("documents:document", args=[document.pk])).status_code == 404


@pytest.mark.parametrize("page", ["document", "file", "remove"])
def test_document_of_others_is_not_found(client: Client, keep: Keep, page: str) -> None:
    document = keep()
    sign_in(client, accounts.account("AL"))

    refused = client.get(reverse(f"documents:{page}", args=[document.pk]))
    never_was = client.get(reverse(f"documents:{page}", args=["01ARZ3NDEKTSV4RRFFQ69G5FAV"]))

    assert refused.status_code == 404
    assert refused.content == never_was.content


def test_sealed_document_is_not_found_without_clearance(managers_browser: Client, keep: Keep) -> None:
    document = keep(seal="police")

    assert managers_browser.get(reverse("documents:file", args=[document.pk])).status_code == 404
