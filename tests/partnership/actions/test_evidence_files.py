"""Files of evidence: with their action's review, or with an action that came from none; only the action leads to them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sightline.partnership.actions.models import Action, ActionEvidence
from sightline.partnership.actions.workflow import actions
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.documents import access as documents_access
from sightline.partnership.documents import workflow as documents
from sightline.partnership.documents.models import Document
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import accounts, incidents
from tests.factories import actions as factory
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return Place()


def upload(text: str = "An invented newsletter.") -> SimpleUploadedFile:
    return SimpleUploadedFile("newsletter.txt", text.encode(), content_type="text/plain")


def shown(place: Place, action: Action) -> ActionEvidence:
    today = timezone.localdate()
    return actions.add_evidence(action, kind="completion", text="The newsletter.", dated_on=today, file=upload(), by=place.lead)


def test_action_of_no_review_takes_a_file_from_its_owner(place: Place) -> None:
    action = factory.raised(place)
    browser = signed_in(place.lead)
    assert "Everybody who reads the action may open it" in browser.get(reverse("actions:add_evidence", args=[action.pk])).content.decode()
    today = timezone.localdate()
    sent = {
        "kind": "completion",
        "text": "The newsletter.",
        "dated_on_day": today.day,
        "dated_on_month": today.month,
        "dated_on_year": today.year,
    }
    browser.post(reverse("actions:add_evidence", args=[action.pk]), {**sent, "file": upload()})

    document = Document.objects.get()
    assert (document.matter, document.agency, document.kind) == (None, place.lead.agency, "evidence")
    answer = browser.get(reverse("actions:evidence_file", args=[action.evidence.get().pk]))
    assert answer.content == b"An invented newsletter."
    assert "newsletter" not in answer["Content-Disposition"]
    assert AuditEvent.objects.filter(action="document.kept", object_id=document.pk, matter_id="").exists()


def test_only_whoever_reads_the_action_reads_its_file(place: Place) -> None:
    piece = shown(place, factory.raised(place))
    address = reverse("actions:evidence_file", args=[piece.pk])
    assert signed_in(accounts.account("SC")).get(address).status_code == 200
    assert signed_in(accounts.account("SA")).get(address).status_code == 404
    assert signed_in(accounts.account()).get(address).status_code == 404


def test_no_other_page_leads_to_a_file_without_a_matter(place: Place) -> None:
    document = shown(place, factory.raised(place)).document
    unit = signed_in(place.manager)
    for name in ("document", "file", "remove", "review_file"):
        assert unit.get(reverse(f"documents:{name}", args=[document.pk])).status_code == 404, name
    assert unit.get(reverse("case_reviews:practice_file", args=[document.pk])).status_code == 404
    matter = incidents.raised(place).matter
    assert document not in documents_access.papers_of(matter, place.manager, "evidence").documents


def test_somebody_else_adds_no_file(place: Place) -> None:
    action, today = factory.raised(place), timezone.localdate()
    with pytest.raises(NotPermitted):
        actions.add_evidence(action, kind="completion", text="Mine.", dated_on=today, file=upload(), by=place.nurse)
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["incident", "return", "review", "meeting", "practice_review"])
def test_nothing_but_evidence_is_kept_without_a_matter(place: Place, kind: str) -> None:
    with pytest.raises(NotAllowedNow, match="kept with a review"):
        documents.keep(upload(), matter=None, title="A file", by=place.manager, kind=kind, agency=place.lead.agency)
    assert not Document.objects.exists()


@pytest.mark.parametrize("change", [{"kind": "review"}, {"agency": None}, {"seal": "police"}, {"is_draft": True}])
def test_database_refuses_a_file_that_nobody_decides_about(place: Place, change: dict[str, object]) -> None:
    document = shown(place, factory.raised(place)).document
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_file_of_a_review_stays_with_its_matter(place: Place) -> None:
    matter = incidents.raised(place).matter
    action = factory.raised(place, matter=matter, due_on=timezone.localdate() + timedelta(days=9))
    assert shown(place, action).document.matter == matter


def test_withdrawn_file_of_no_review_is_closed(place: Place) -> None:
    piece = shown(place, factory.raised(place))
    actions.withdraw_evidence(piece, because="It named a family.", by=place.lead)
    browser = signed_in(place.lead)

    assert browser.get(reverse("actions:evidence_file", args=[piece.pk])).status_code == 404
    page = browser.get(reverse("actions:action", args=[piece.action_id])).content.decode()
    assert "It named a family." in page and "Download the file" not in page
