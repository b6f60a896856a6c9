"""The notification pack: nothing that is recorded is missing from it, it is one content in two forms, and who took it is in the trail."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as open_word
from docx.document import Document as WordDocument

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Ward
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews import notification_pack, notification_pack_word
from sightline.partnership.case_reviews.models import (
    FamilyAndStaff,
    FamilyContact,
    ImmediateConcern,
    IncidentChild,
    InvolvedProfessional,
    LegalTestAnswer,
    NotificationDecision,
    NotificationSent,
    ParallelProceeding,
    PartnerView,
    SafetyAnswer,
    SeriousIncident,
    SignificantPerson,
)
from sightline.partnership.case_reviews.notification_pack import NOT_FOR_THIS_READER, NOT_RECORDED, NotificationPack, Row
from sightline.partnership.case_reviews.workflow import consideration
from sightline.partnership.documents.models import Document
from sightline.partnership.need_to_know.workflow import seals
from sightline.partnership.people.models import Address, Person
from sightline.partnership.people.particulars import WITHHELD
from sightline.procedures import code_lists
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.section_16c import QUESTIONS
from tests.access.asking import NEVER
from tests.factories import accounts, matters, people
from tests.factories.incidents import (
    AWARE_AT,
    LONDON,
    Place,
    carer,
    child,
    consulted,
    decided,
    gave_views,
    notified,
    raised,
)
from tests.partnership.accounts.signing_in import sign_in
from tests.partnership.documents.files import pdf

PageOf = Callable[[Account], Client]

# What the pack does not tell of each record, and why.
ROW = {"id": "no fact of the incident", "incident": "every row is of this incident"}
OUR_OWN = "how Sightline keeps its records; the national form does not ask for it"
LEFT_OUT: dict[type[Model], dict[str, str]] = {
    SeriousIncident: {
        "id": OUR_OWN, "rule_set_hash": OUR_OWN, "version": OUR_OWN, "created_at": OUR_OWN, "changed_at": OUR_OWN,
        "matter": "told by its reference", "rule_set": "told by the title of the rules",
        "no_named_child": "told where there is no child to tell of",
    },
    IncidentChild: {**ROW, "person": "told by the person's particulars", "position": "told in the heading"},
    Person: {
        "id": OUR_OWN, "is_child": "decides which lines are asked", "name_not_known": "told in place of the name",
        "expected_on": "told of an unborn child", "matching": OUR_OWN, "same_as": OUR_OWN, "matched_by": OUR_OWN, "matched_at": OUR_OWN,
        "changed_since_matched": OUR_OWN, "written_by": OUR_OWN, "written_at": OUR_OWN,
    },
    Address: {"id": OUR_OWN, "person": "told under the person", "to_on": "told in the label", "is_protected": "told in the label"},
    SignificantPerson: {**ROW, "person": "told by the person's particulars", "added_at": OUR_OWN},
    InvolvedProfessional: {
        **ROW, "added_at": OUR_OWN, "agency": "told in the heading", "other_agency": "told in the heading where no agency is listed",
    },
    ParallelProceeding: {**ROW, "added_at": OUR_OWN, "kind": "told in the heading"},
    LegalTestAnswer: {**ROW, "question": "told in the label", "answered_by": OUR_OWN, "answered_at": OUR_OWN},
    PartnerView: {**ROW, "partner_role": "told in the heading", "recipient_confirmed_by": OUR_OWN},
    NotificationDecision: {
        **ROW, "notify": "told as the decision", "answers": "told as they are now, in the legal test",
        "views": "told as they are now, partner by partner", "learning_route": "of incidents that are not notified",
        "learning_reasons": "of incidents that are not notified",
    },
    NotificationSent: {**ROW, "proof": "told that it is kept, and since when", "recorded_by": OUR_OWN, "recorded_at": OUR_OWN},
    SafetyAnswer: {**ROW, "group": "told in the heading", "recorded_by": OUR_OWN, "recorded_at": OUR_OWN},
    ImmediateConcern: {
        **ROW, "raised_by": "told by the incident's contact", "raised_by_officer": "of an agency's answer, which comes after the pack",
        "request": "of an agency's answer, which comes after the pack", "answered_by": OUR_OWN,
    },
    FamilyAndStaff: {"incident": ROW["incident"], "changed_by": OUR_OWN, "changed_at": OUR_OWN},
    FamilyContact: {**ROW, "recorded_by": OUR_OWN, "recorded_at": OUR_OWN},
    Document: {
        name: "the pack names the documents; the documents' own pages tell the rest" for name in (
            "id", "matter", "kind", "agency", "is_draft", "added_by_officer", "file_name", "extension", "media_type", "size", "sha256",
            "warnings", "seal", "added_by", "added_at",
            "removed_by", "removed_at", "removed_reason",
        )
    },
}  # fmt: skip
LIST_BY_FIELD = {"harm": "harm_categories", "family_context": "family_context", "disabilities": "disability"}


def whole_incident(place: Place) -> SeriousIncident:
    """An incident of which everything that can be recorded is recorded."""
    ward = Ward.objects.create(name="Invented Ward", valid_from=date(2019, 1, 1))
    incident = consulted(
        place, children=0, no_named_child=True, local_reference="HART-2026-07", happened_time=time(21, 40),
        happened_precision="approximate", place_ward=ward, place_area="here", place_other_authority="Elsewhereshire",
        grounds="Invented grounds.", media_interest="local",
        how_aware="An invented telephone call.", partners_told_on=date(2026, 6, 2), contact_role="Head of an invented school",
        contact_email="contact@hartshire.example", other_children="Two invented cousins.", other_children_count=2,
        family_context=["domestic_abuse"], family_context_notes="Invented context.",
    )  # fmt: skip
    SeriousIncident.objects.filter(pk=incident.pk).update(place="own_home")
    by = place.lead
    address = {"lines": "1 Invented Row", "postcode": "ZZ99 1AA", "ward": ward, "from_on": date(2020, 2, 3)}
    identity = {
        "also_known_as": "Vented", "sex": "female", "gender_identity": "An invented identity", "ethnicity": "WBRI", "disabilities": ["VIS"],
        "religion": "An invented faith", "first_language": "Inventish", "interpreter": "no", "nhs_number": "9990000018",
        "upn": "A000000000000", "social_care_id": "LCS-0001", "school": "Invented School", "address": address,
    }  # fmt: skip
    child(
        incident, by=by, person=people.child(by=by, **identity), harm=["neglect", "fire"], was_fatal_injury="no", is_long_term="not_known",
        lives_in="Elsewhere Council", school_status="in_school", legal_status="care_order", social_care_status="child_protection_plan",
        protection_plan_category="NEG", previous_protection_plan="yes",
    )  # fmt: skip
    adult = people.adult(by=by, care_experienced="yes", sex="male", born_on=date(1990, 4, 5))
    carer(
        incident, by=by, person=adult, relationship="father", lives_with_child="yes", has_parental_responsibility="no", is_suspected="yes"
    )
    knew = {"name": "Invented Visitor", "role": "Health visitor", "contact": "01632 960011", "knew_whom": "The child, since birth"}
    InvolvedProfessional.objects.create(incident=incident, agency=place.board, **knew)
    ParallelProceeding.objects.create(incident=incident, kind="coroner", reference="COR-1", led_by="Invented coroner", stage="Opened")
    SafetyAnswer.objects.create(
        incident=incident, group="this_child", answer="safe", checked_by="Invented worker", checked_at=AWARE_AT + timedelta(hours=2),
        what_was_done="Seen at an aunt's.", recorded_by=by,
    )  # fmt: skip
    ImmediateConcern.objects.create(
        incident=incident, what="An invented worry.", raised_by=by, raised_at=AWARE_AT + timedelta(hours=3), due_on=date(2026, 6, 4),
        duty_officer=place.director.officer, cover_officer=place.nurse.officer, answered_at=AWARE_AT + timedelta(hours=4),
        answered_by=place.director, what_was_done="An invented visit.",
    )  # fmt: skip
    FamilyAndStaff.objects.create(
        incident=incident, police_view="agreed", coroner_view="no_view", social_work_view="not_yet", views_notes="Invented notes.",
        liaison="Invented liaison officer", practitioner_support="Invented support.", press_line="Invented press line.",
        changed_by=by,
    )  # fmt: skip
    contact = {"told_by": "Invented liaison", "told_whom": "father", "what": "Invented words."}
    FamilyContact.objects.create(incident=incident, happened_at=AWARE_AT + timedelta(days=2), recorded_by=by, **contact)
    gave_views(place, incident, {"local_authority": "notify", "police": "undecided", "health": "do_not_notify"})
    PartnerView.objects.filter(incident=incident).update(how_received="by telephone at 10:20")
    decided(place, incident=incident)
    incident.legal_test_answers.update(reason="An invented reason for an answer.")
    consideration.record_sent(
        incident, notified_at=datetime(2026, 6, 9, 11, 15, tzinfo=LONDON), submitted_by_name="Example Director",
        submitted_by_role="Director", submitted_by_phone="01632 960012", submitted_by_email="director@hartshire.example",
        national_reference="N-0001",
        late_reasons="An invented power cut.", by=place.manager,
        proof=SimpleUploadedFile("confirmation.pdf", pdf()),
    )  # fmt: skip
    return SeriousIncident.objects.select_related("matter").get(pk=incident.pk)


def records_of(incident: SeriousIncident) -> Iterator[Model]:
    """One record of each model that the pack tells of."""
    yield incident
    for name in (
        "children", "significant_people", "professionals", "parallel_proceedings", "legal_test_answers", "partner_views", "decisions",
        "safety_answers", "immediate_concerns", "family_contacts",
    ):  # fmt: skip
        yield from getattr(incident, name).all()[:1]
    yield from (incident.notification, incident.family_and_staff, incident.matter.documents.get())
    yield from (incident.children.get().person, incident.children.get().person.addresses.get())


def words_of(record: Model, name: str) -> str:
    """What somebody would expect to read of a field."""
    value = getattr(record, name)
    field = record._meta.get_field(name)
    if name == "nhs_number":
        return "999 000 0018"
    if name in LIST_BY_FIELD:
        return ", ".join(code_lists.label(LIST_BY_FIELD[name], code) for code in value)
    if field.choices:
        return str(dict(field.choices)[value])
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def rows_of(pack: NotificationPack) -> list[Row]:
    return [row for section in pack.sections for group in section.groups for row in group.rows]


def told(pack: NotificationPack, title: str) -> dict[str, str]:
    """The lines of one group or section, by their labels."""
    groups = [(group.title or section.title, group) for section in pack.sections for group in section.groups]
    return {row.label: row.shown for name, group in groups if name == title for row in group.rows}


@pytest.fixture
def browser(place: Place) -> PageOf:
    """A new sign-in of this person, who has just confirmed who they are."""

    def sign(account: Account, *, confirmed: bool = True) -> Client:
        client = Client()
        sign_in(client, account)
        if confirmed:
            client.post(reverse("account_reauthenticate"), {"password": accounts.PASSWORD})
        return client

    return sign


def url(incident: SeriousIncident | str, form: str = "") -> str:
    return reverse(f"case_reviews:notification_pack{form}", args=[getattr(incident, "pk", incident)])


def test_every_field_is_told_or_left_out_for_a_reason(place: Place) -> None:
    incident = whole_incident(place)
    pack = notification_pack.build(incident, reader=place.manager)
    words = {row.words for row in rows_of(pack)}

    missing, empty, met = [], [], set()
    for record in records_of(incident):
        met.add(type(record))
        for field in record._meta.concrete_fields:
            if field.name in LEFT_OUT[type(record)]:
                continue
            if getattr(record, field.name) in (None, "", []) and not (isinstance(record, Person) and field.name == "care_experienced"):
                empty.append(f"{record._meta.label}.{field.name}")
            elif getattr(record, field.name) not in (None, "", []) and words_of(record, field.name) not in words:
                missing.append(f"{record._meta.label}.{field.name}")

    assert empty == [], "the test's own incident says nothing here, so it proves nothing"
    assert missing == [], "put it in the pack, or say in LEFT_OUT why not"
    assert met == set(LEFT_OUT)
    assert told(pack, "Father")["Looked after as a child"] == "Yes"


def test_no_field_is_left_out_that_is_not_there() -> None:
    gone = [
        f"{model._meta.label}.{name}"
        for model, names in LEFT_OUT.items()
        for name in names.keys() - {field.name for field in model._meta.concrete_fields}
    ]

    assert gone == []


def test_headings_tell_what_the_rows_do_not(place: Place) -> None:
    pack = notification_pack.build(whole_incident(place), reader=place.manager)
    titles = {group.title for section in pack.sections for group in section.groups}

    assert {"Child 1", "Father", f"1. {place.board}", "1. Coroner’s inquest", "Police", "Immediate concern 1"} <= titles


def test_every_question_of_the_legal_test_is_there_before_it_is_answered(place: Place) -> None:
    pack = notification_pack.build(raised(place), reader=place.manager)

    answers = next(section for section in pack.sections if section.slug == "legal-test").groups[0].rows

    assert [row.label for row in answers] == [f"{number}. {question.text}" for number, question in enumerate(QUESTIONS, 1)]
    assert {row.shown for row in answers} == {NOT_RECORDED}


def test_what_is_not_recorded_is_said_and_cannot_be_copied(place: Place) -> None:
    pack = notification_pack.build(raised(place), reader=place.manager)

    assert told(pack, "Notification")["National reference"] == NOT_RECORDED
    lines = told(pack, "Child 1")
    assert [lines[label] for label in ("NHS number", "Address", "Postcode", "Ward")] == [NOT_RECORDED] * 4
    assert not any(row.can_be_copied for row in rows_of(pack) if not row.words)


def test_an_unborn_child_is_told_by_the_expected_date(place: Place) -> None:
    incident = raised(place, children=0, no_named_child=True)
    unborn = people.child(by=place.lead, born_on=None, given_name="", expected_on=date(2026, 9, 1))
    child(incident, by=place.lead, person=unborn)

    lines = told(notification_pack.build(incident, reader=place.manager), "Child 1")

    assert (lines["Expected date of birth"], lines["Age at the time of the incident"]) == ("1 September 2026", "Unborn")
    assert "Date of birth" not in lines


def test_a_child_that_nobody_can_name_yet_is_said(place: Place) -> None:
    incident = raised(place, children=0, no_named_child=True)

    pack = notification_pack.build(incident, reader=place.manager)

    assert next(section for section in pack.sections if section.slug == "children").instead == "No child can be named yet."


def test_a_protected_address_is_withheld_until_somebody_is_cleared(place: Place) -> None:
    incident = raised(place, children=0, no_named_child=True)
    hidden = {"lines": "9 Hidden Court", "postcode": "ZZ99 9ZZ", "is_protected": True}
    child(incident, by=place.lead, person=people.child(by=place.lead, address=hidden))

    before = notification_pack.build(incident, reader=place.manager)
    seals.clear(
        incident.matter, account=place.manager, seal="protected_address", reason="Invented reason", by=accounts.account("PC", "IG", "BM")
    )
    after = notification_pack.build(incident, reader=place.manager)

    assert told(before, "Child 1")["Address"] == WITHHELD
    assert "Hidden" not in str(before) and "ZZ99 9ZZ" not in str(before)
    assert not any(row.can_be_copied for row in rows_of(before) if row.words == WITHHELD)
    assert told(after, "Child 1")["Address (protected)"] == "9 Hidden Court"
    assert told(after, "Child 1")["Postcode (protected)"] == "ZZ99 9ZZ"


def test_parts_that_a_reader_may_not_read_are_named_and_left_out(place: Place) -> None:
    incident = whole_incident(place)
    outsider = place.person("DSP", of=place.council)
    matters.grant(incident.matter, outsider, by=place.manager, kinds=("K1",))

    pack = notification_pack.build(incident, reader=outsider)

    instead = {section.slug: section.instead for section in pack.sections}
    assert (instead["views"], instead["family"]) == (NOT_FOR_THIS_READER, NOT_FOR_THIS_READER)
    assert "Partners’ views that differ" not in told(pack, "The decision")
    assert "Invented liaison officer" not in str(pack)


def test_the_unit_reads_the_pack_and_each_identity_is_in_the_trail(place: Place, browser: PageOf) -> None:
    incident = whole_incident(place)
    matters.statement(incident.matter, place.manager)

    page = browser(place.manager).get(url(incident))

    shown = page.content.decode()
    assert page.status_code == 200
    for row in rows_of(page.context["pack"]):
        assert row.label.replace("'", "&#x27;") in shown and row.shown.replace("'", "&#x27;") in shown, row.label
    assert "sightline/copy.js" in shown
    assert "no-store" in page["Cache-Control"]
    trail = list(AuditEvent.objects.filter(matter_id=incident.matter_id, decision="shown").values_list("action", "kind", "object_id"))
    assert ("case_reviews.notification_pack", "K1", incident.pk) in trail
    assert ("case_reviews.notification_pack", "K3", incident.pk) in trail
    for person in notification_pack.people_named(incident):
        assert ("identity", "K1", person.pk) in trail


def test_nothing_is_shown_that_could_not_be_recorded(place: Place, browser: PageOf, monkeypatch: pytest.MonkeyPatch) -> None:
    incident = raised(place)
    matters.statement(incident.matter, place.manager)
    client = browser(place.manager)

    def broken(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr("sightline.partnership.audit_trail.trail.record", broken)
    answers = [client.get(url(incident)), client.get(url(incident, "_word"))]

    assert [answer.status_code for answer in answers] == [503, 503]
    assert all(incident.children.get().person.family_name.encode() not in answer.content for answer in answers)


def test_the_authority_reads_the_pack_once_it_is_let_in_to_the_identities(place: Place, browser: PageOf) -> None:
    incident = decided(place)
    matters.statement(incident.matter, place.director)
    client = browser(place.director)
    sent = reverse("case_reviews:sent", args=[incident.pk])
    assert client.get(url(incident)).status_code == 404
    assert "ask the business manager for the pack" in client.get(sent).content.decode()

    matters.grant(incident.matter, place.director, by=place.manager, kinds=("K1",))

    assert client.get(url(incident)).status_code == 200
    assert url(incident) in client.get(sent).content.decode()
    assert url(incident) in client.get(reverse("case_reviews:incident", args=[incident.pk])).content.decode()


@pytest.mark.parametrize("form", ["", "_word"])
def test_a_stranger_gets_the_same_answer_as_for_what_never_was(place: Place, browser: PageOf, form: str) -> None:
    incident = decided(place)
    for account in (place.lead, place.superintendent):
        matters.statement(incident.matter, account)
    stranger = accounts.account("AL", of=place.board)

    for account in (stranger, place.lead, place.superintendent):
        client = browser(account)
        refused, never = client.get(url(incident, form)), client.get(url(NEVER, form))
        assert (refused.status_code, never.status_code) == (404, 404)
        assert refused.content == never.content


@pytest.mark.parametrize("form", ["", "_word"])
def test_whoever_has_not_confirmed_who_they_are_is_asked_to(place: Place, browser: Callable[..., Client], form: str) -> None:
    incident = decided(place)
    matters.statement(incident.matter, place.manager)
    client = browser(place.manager, confirmed=False)
    client.session.save()
    session = client.session
    session["account_authentication_methods"] = [
        {**method, "at": method["at"] - 86_400} for method in session["account_authentication_methods"]
    ]
    session.save()

    answer = client.get(url(incident, form))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not AuditEvent.objects.filter(action__startswith="case_reviews.notification_pack", decision="shown").exists()


def test_word_file_holds_the_same_rows_marked_and_numbered(place: Place, browser: PageOf) -> None:
    incident = whole_incident(place)
    matters.statement(incident.matter, place.manager)

    answer = browser(place.manager).get(url(incident, "_word"))

    assert answer["Content-Disposition"] == (
        f'attachment; filename="OFFICIAL-SENSITIVE {incident.matter.reference} notification pack.docx"'
    )
    word: WordDocument = open_word(io.BytesIO(answer.content))
    pack = notification_pack.build(incident, reader=place.manager)
    assert [tuple(cell.text for cell in row.cells) for table in word.tables for row in table.rows] == [
        (row.label, row.shown) for row in rows_of(pack)
    ]
    text = [paragraph.text for paragraph in word.paragraphs]
    assert [section.title for section in pack.sections] == [line for line in text if line in {section.title for section in pack.sections}]
    sheet = word.sections[0]
    assert sheet.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert sheet.footer.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert [field for field in ("PAGE", "NUMPAGES") if f'w:instr="{field}"' in sheet.footer._element.xml] == ["PAGE", "NUMPAGES"]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (210, 297)
    assert word.core_properties.comments == ""
    trail = AuditEvent.objects.filter(action="case_reviews.notification_pack_word", decision="shown").values_list("kind", flat=True)
    assert sorted(trail) == ["K1", "K3"]


def test_word_file_tells_the_day_and_not_the_second_it_was_taken(place: Place) -> None:
    pack = notification_pack.build(raised(place), reader=place.manager)
    content = notification_pack_word.written(pack, taken_by="Morgan Hale", taken_on=date(2020, 6, 8))

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {part.date_time for part in file.infolist()} == {(2020, 6, 8, 0, 0, 0)}


def test_word_file_is_written_whatever_somebody_pasted(place: Place, browser: PageOf) -> None:
    incident = raised(place, summary="First line\r\nsecond\x0bline\x01 & <third> \ufffe")
    matters.statement(incident.matter, place.manager)

    answer = browser(place.manager).get(url(incident, "_word"))

    cells = [cell.text for table in open_word(io.BytesIO(answer.content)).tables for row in table.rows for cell in row.cells]
    assert "First line\nsecond line  & <third>  " in cells


def test_proof_and_reference_are_recorded_with_the_submission(place: Place, browser: PageOf) -> None:
    incident = decided(place)
    matters.statement(incident.matter, place.manager)
    when = {"notified_at_day": "2", "notified_at_month": "6", "notified_at_year": "2026", "notified_at_time": "11:00"}
    who = {"submitted_by_name": "Example", "submitted_by_role": "Director", "national_reference": "N-0002"}

    browser(place.manager).post(
        reverse("case_reviews:sent", args=[incident.pk]), {**when, **who, "proof": SimpleUploadedFile("seen.pdf", pdf())}
    )

    sent = NotificationSent.objects.get(incident=incident)
    assert (sent.national_reference, sent.submitted_by_role) == ("N-0002", "Director")
    assert sent.proof is not None
    assert (sent.proof.matter, sent.proof.title) == (incident.matter, consideration.PROOF_TITLE)


def test_no_file_is_kept_of_a_submission_that_is_refused(place: Place) -> None:
    incident = decided(place)

    with pytest.raises(NotAllowedNow, match="Say why it was late"):
        consideration.record_sent(
            incident, notified_at=AWARE_AT + timedelta(days=30), submitted_by_name="Example", by=place.manager,
            proof=SimpleUploadedFile("seen.pdf", pdf()),
        )  # fmt: skip

    assert not Document.objects.exists()


def test_a_file_that_cannot_be_kept_is_said_beside_it_and_nothing_is_recorded(place: Place, browser: PageOf) -> None:
    incident = decided(place)
    matters.statement(incident.matter, place.manager)
    when = {"notified_at_day": "2", "notified_at_month": "6", "notified_at_year": "2026", "notified_at_time": "11:00"}

    answer = browser(place.manager).post(
        reverse("case_reviews:sent", args=[incident.pk]),
        {**when, "submitted_by_name": "Example", "proof": SimpleUploadedFile("seen.pdf", b"not a document")},
    )

    assert "The content is not that of a .pdf file" in str(answer.context["form"].errors["proof"])
    assert not NotificationSent.objects.exists()


def test_what_comes_after_the_submission_is_added(place: Place, browser: PageOf) -> None:
    incident = notified(place)
    matters.statement(incident.matter, place.manager)
    client, page = browser(place.manager), reverse("case_reviews:sent", args=[incident.pk])
    assert "Write the national reference" in client.post(page, {}).content.decode()

    client.post(page, {"national_reference": "N-0003"})
    assert "Write the national reference" in client.post(page, {"national_reference": "N-0003"}).content.decode()
    client.post(page, {"proof": SimpleUploadedFile("seen.pdf", pdf())})

    sent = NotificationSent.objects.get(incident=incident)
    assert sent.national_reference == "N-0003"
    assert sent.proof is not None
    assert AuditEvent.objects.filter(action="notification.added_to", object_id=sent.pk).count() == 2
    assert sent.proof.title in client.get(reverse("case_reviews:incident", args=[incident.pk])).content.decode()


def test_the_authority_is_not_asked_for_a_file_it_may_not_add(place: Place, browser: PageOf) -> None:
    incident = notified(place)
    matters.statement(incident.matter, place.director)

    page = browser(place.director).get(reverse("case_reviews:sent", args=[incident.pk]))

    assert "proof" not in page.context["form"].fields
    assert "Pass the proof of submission" in page.content.decode()


def test_nothing_is_added_to_a_submission_that_is_not_recorded(place: Place) -> None:
    with pytest.raises(NotAllowedNow, match="Record first"):
        consideration.add_to_sent(decided(place), national_reference="N-0004", by=place.manager)
