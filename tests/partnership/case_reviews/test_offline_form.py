"""A form filled in without a connection, and the files of an answer."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews import offline_form
from sightline.partnership.case_reviews.models import AgencyRequest, ImmediateConcern, ReturnFile
from sightline.partnership.case_reviews.workflow import answer_files, answering, offline
from sightline.partnership.documents.models import Document as KeptDocument
from sightline.partnership.need_to_know.models import ConflictStatement
from sightline.procedures.errors import NotAllowedNow, NotPermitted
from tests.access.world import signed_in
from tests.factories import agencies, reviews
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db

NIL = {
    "systems_searched": "Invented records\nInvented archive", "searched_on": "5 June 2026", "records_secured": "Yes",
    "records_secured_on": "Friday 5th June 2026", "immediate_concern": "no", "author_name": "Example Author",
    "author_role": "Invented role", "author_independent": "YES",
    "signed_off_by": "Example Lead", "signed_off_on": "08/06/2026", "hours": "3",
}  # fmt: skip


@pytest.fixture
def asked(place: Place) -> AgencyRequest:
    place.school.safeguarding_lead = place.lead.officer
    place.school.save()
    return reviews.asked(reviews.review(place, status=reviews.Status.INFORMATION_REQUESTED), place.school, by=place.manager)


def browser_of(account: Account, asked: AgencyRequest) -> Client:
    ConflictStatement.objects.get_or_create(matter=asked.matter, account=account, defaults={"is_connected": False})
    return signed_in(account)


def filled(asked: AgencyRequest, answers: dict[str, str], *, known: str = "Not known to us") -> bytes:
    """The blank form with these answers typed into it, as a word processor leaves it."""
    document = Document(io.BytesIO(offline.blank(asked, send_back_to="to the unit.")))
    for table in document.tables:
        code = table.rows[0].cells[0].text.rpartition("[")[2].rstrip("]")
        if code == "people_known":
            for row in table.rows[1:]:
                row.cells[1].text = known
        elif code == "others_to_ask":
            table.rows[1].cells[1].text, table.rows[1].cells[2].text = "Invented Choir", "Saw them each week"
        elif code in answers:
            table.rows[0].cells[1].text = answers[code]
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def upload(content: bytes, name: str = "form.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_blank_form_asks_everything_and_names_nobody(asked: AgencyRequest) -> None:
    child = asked.subjects.first().matter_person.person
    text = "\n".join(cell.text for table in Document(io.BytesIO(offline.blank(asked, send_back_to="x"))).tables for cell in table._cells)

    assert child.family_name not in text and asked.matter.reference not in text
    for code in ("people_known", "services", "summary", "signed_off_on"):
        assert f"[{code}]" in text


def test_filled_form_becomes_the_draft_and_is_submitted_by_the_agency(asked: AgencyRequest, place: Place) -> None:
    draft, fate = offline.receive(asked, upload(filled(asked, NIL)), by=place.lead)

    assert draft.is_nil is True
    assert draft.answers["searched_on"] == draft.answers["records_secured_on"] == "2026-06-05"
    assert draft.answers["systems_searched"] == ["Invented records", "Invented archive"]
    assert draft.answers["others_to_ask"] == [{"agency": "Invented Choir", "why": "Saw them each week"}]
    assert any("others" in sentence.lower() or "Other agencies" in sentence for sentence in fate.used)
    asked.refresh_from_db()
    submitted = answering.submit(asked, by=place.lead, via="account")
    assert submitted.answers["signed_off_on"] == "2026-06-08"
    assert asked.files.get().number == 1


def test_unit_puts_in_a_form_that_was_sent_back_and_submits_it(asked: AgencyRequest, place: Place) -> None:
    browser, url = browser_of(place.manager, asked), reverse("case_reviews:receive_form_for", args=[asked.pk])
    with pytest.raises(NotPermitted, match="given back as a form"):
        answering.submit_for_agency(asked, by=place.manager)

    page = browser.post(url, {"upload": upload(filled(asked, NIL))}).content.decode()
    assert "The form was read" in page
    browser.post(url, {"submit_it": "yes"})

    submitted = asked.returns.get()
    assert (submitted.submitted_via, submitted.submitted_by, submitted.signed_off_by) == ("offline", place.manager, None)
    assert [event.what for event in asked.events.all()] == ["begun", "form_received", "submitted"]


def test_what_cannot_be_read_is_kept_as_typed_and_told(asked: AgencyRequest, place: Place) -> None:
    odd = {**NIL, "searched_on": "last week", "records_secured": "partly"}

    draft, fate = offline.receive(asked, upload(filled(asked, odd, known="perhaps")), by=place.lead)

    assert (draft.answers["searched_on"], draft.answers["records_secured"]) == ("last week", "partly")
    told = " ".join(fate.problems)
    assert "“last week” is not a date" in told and "“partly” is not one of the answers" in told and "“perhaps”" in told
    assert answering.missing(asked, draft)


def test_form_that_is_none_leaves_nothing_behind(asked: AgencyRequest, place: Place) -> None:
    other = io.BytesIO()
    document = Document()
    document.add_table(1, 1).rows[0].cells[0].text = "Another paper"
    document.save(other)

    with pytest.raises(NotAllowedNow, match="No answer was found"):
        offline.receive(asked, upload(other.getvalue()), by=place.lead)
    with pytest.raises(NotAllowedNow, match="Word document"):
        offline.receive(asked, upload(b"%PDF-1.7", "scan.pdf"), by=place.lead)
    assert not ReturnFile.objects.exists() and not KeptDocument.objects.filter(kind="return").exists()


def test_a_question_left_empty_stays_as_it_was(asked: AgencyRequest, place: Place) -> None:
    answering.save_section(asked, section="signing", values={"author_name": "Written before"}, is_nil=None, seen_version=1, by=place.lead)

    draft, _ = offline.receive(asked, upload(filled(asked, {**NIL, "author_name": ""})), by=place.lead)

    assert draft.answers["author_name"] == "Written before"


def test_danger_in_a_form_reaches_the_duty_person_at_once(asked: AgencyRequest, place: Place) -> None:
    danger = {**NIL, "immediate_concern": "Yes", "immediate_concern_what": "A brother is alone at the weir."}

    offline.receive(asked, upload(filled(asked, danger)), by=place.manager)

    assert ImmediateConcern.objects.get(request=asked).what == "A brother is alone at the weir."


def test_danger_saved_on_a_page_is_told_once_and_before_submission(asked: AgencyRequest, place: Place) -> None:
    told = {"immediate_concern": "yes", "immediate_concern_what": "A brother is alone at the weir."}
    for version in (1, 99):
        answering.save_section(asked, section="safety", values=told, is_nil=None, seen_version=version, by=place.lead)

    assert ImmediateConcern.objects.filter(request=asked).count() == 1


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2026-06-05", "2026-06-05"), ("5 June 2026", "2026-06-05"), ("5/6/2026", "2026-06-05"), ("Fri 5 June 2026", ""),
        ("Friday 5th June 2026", "2026-06-05"), ("05.06.2026", "2026-06-05"), ("31 2 2026", ""), ("June 2026", ""),
        ("5 Jun 2026", "2026-06-05"),
        ("5 X 2026", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(typed: str, iso: str) -> None:
    assert offline_form._iso(typed) == iso


def test_pages_of_the_form_and_of_files(asked: AgencyRequest, place: Place) -> None:
    browser, of = browser_of(place.lead, asked), [asked.pk]
    form = browser.get(reverse("case_reviews:offline_form", args=of))
    assert form.content.startswith(b"PK") and "attachment" in form["Content-Disposition"]
    page = browser.post(reverse("case_reviews:receive_form", args=of), {"upload": upload(filled(asked, NIL))}).content.decode()
    assert "“Systems and files that you searched” was read." in page
    url = reverse("case_reviews:add_answer_file", args=of)
    page = browser.post(url, {"upload": upload(b"Invented notes.", "notes.txt"), "title": "Notes", "seal": "police"}, follow=True)
    assert "Notes" in page.content.decode()
    file = asked.files.get(document__title="Notes")
    assert browser.get(reverse("case_reviews:answer_file", args=[file.pk])).status_code == 404  # sealed: its own author is not cleared
    browser.post(reverse("case_reviews:remove_answer_file", args=[asked.pk, file.pk]))
    assert not asked.files.filter(document__title="Notes").exists()


def test_file_is_its_agencys_alone_until_it_is_submitted(asked: AgencyRequest, place: Place) -> None:
    file = answer_files.add(asked, upload(b"Invented notes.", "notes.txt"), title="Notes", seal="", by=place.lead)
    url = reverse("case_reviews:answer_file", args=[file.pk])
    assert browser_of(place.lead, asked).get(url).content == b"Invented notes."
    assert browser_of(place.manager, asked).get(url).status_code == 404

    answering.take_in(asked, values=reviews.nil_answers(asked), is_nil=True, by=place.lead, at=reviews.NOTIFIED_AT)
    answering.submit(asked, by=place.lead, via="account")

    assert browser_of(place.manager, asked).get(url).content == b"Invented notes."
    assert browser_of(place.person("AL", of=place.police), asked).get(url).status_code == 404
    with pytest.raises(NotAllowedNow, match="stays with it"):
        answer_files.remove(ReturnFile.objects.get(pk=file.pk), by=place.lead, is_received=True)


def test_officer_who_came_by_a_link_adds_a_file(asked: AgencyRequest, place: Place) -> None:
    nurse = agencies.officer("Example Nurse", of=place.school)

    file: Any = answer_files.add(asked, upload(b"Invented notes.", "notes.txt"), title="Notes", seal="", by=nurse)

    assert (file.document.added_by, file.document.added_by_officer, file.document.is_draft) == (None, nurse, True)
