"""An invented matter, its business manager and a colleague of the agency that raised it."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.partnership.accounts.models import Account
from sightline.partnership.documents import workflow
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.workflow import matters
from tests.factories import accounts, agencies
from tests.partnership.documents.files import docx


@pytest.fixture
def manager(db: None) -> Account:
    agencies.partnership()
    return accounts.account("BM")


@pytest.fixture
def lead(db: None) -> Account:
    return accounts.account("AL")


@pytest.fixture
def matter(manager: Account, lead: Account) -> Matter:
    members = [(manager, "Partnership business unit"), (lead, "Raised this incident")]
    return matters.open_matter("serious_incident", by=lead, raised_by_agency=lead.agency, members=members)


@pytest.fixture
def keep(matter: Matter, manager: Account) -> Callable[..., Document]:
    def keep(name: str = "record.docx", content: bytes | None = None, by: Account = manager, **fields: str) -> Document:
        upload = SimpleUploadedFile(name, docx() if content is None else content)
        return workflow.keep(upload, matter=matter, by=by, **{"title": "Invented record", **fields})

    return keep
