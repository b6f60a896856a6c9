"""The report of a rapid review: live facts under pseudonyms, what is marked held back, gaps, and the bytes that go out."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from docx import Document as WordDocument

from sightline.partnership.case_reviews import report_text, report_word
from sightline.partnership.case_reviews.models import (
    AgencyRequest,
    ChronologyFile,
    ChronologyRow,
    FamilyContact,
    LearningPoint,
    LetterOut,
    RapidReview,
    ReportSection,
)
from sightline.partnership.case_reviews.workflow import deciding, report_texts, signing
from sightline.partnership.documents.models import Document, DocumentContent
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rapid_review import RapidReviewStatus as Status
from tests.factories import agencies, incidents, people, reviews
from tests.factories import signing as factory
from tests.factories.incidents import Place

pytestmark = pytest.mark.django_db
SENT_AT = datetime(2026, 6, 24, 15, 0, tzinfo=ZoneInfo("Europe/London"))
SECRET = "The informant lives at the invented mill."


def drafted(place: Place, **fields: Any) -> RapidReview:
    return reviews.review(place, status=Status.DRAFT, **fields)


def accepted(review: RapidReview, place: Place, **answers: Any) -> AgencyRequest:
    request = reviews.asked(review, place.school, by=place.manager)
    given = {"summary": "A summary of the school.", "voice": "Said to like rabbits.", **answers}
    reviews.submitted(request, is_nil=False, answers={**reviews.nil_answers(request), **given})
    AgencyRequest.objects.filter(pk=request.pk).update(status="accepted")
    return request


def sentences(review: RapidReview) -> list[str]:
    return [gap.sentence for gap in report_text.assembled(review).open_gaps]


def text_of(review: RapidReview) -> str:
    return report_text.assembled(review).text


def chronology_row(review: RapidReview, place: Place, *, seal: str = "", of_file: str = "", **fields: Any) -> ChronologyRow:
    paper = Document.objects.create(
        matter=review.matter, kind="return", agency=place.police, title="Chronology", file_name="c.docx", extension="docx",
        media_type="application/octet-stream", size=1, sha256="0" * 64, seal=of_file, added_by=place.manager,
    )  # fmt: skip
    kept = ChronologyFile.objects.create(
        review=review, agency=place.police, document=paper, status="kept", read_by=place.manager, read_at=timezone.now(),
        kept_by=place.manager, kept_at=timezone.now(),
    )  # fmt: skip
    given = {"number": 1, "date_from": date(2026, 3, 4), "event": SECRET, "significance": "key", "seal": seal}
    return ChronologyRow.objects.create(file=kept, **{**given, **fields})


def decided(place: Place) -> RapidReview:
    """Gaps are answered before the partners sign, and the file is kept."""
    review = factory.drafted(place)
    factory.close_gaps(review, by=place.manager)
    text = signing.put_to_partners(review, problems=deciding.problems(review), by=place.manager, at=factory.PUT_AT)
    for number, account in enumerate(place.partners.values()):
        signing.sign(text, agrees=True, by=account, at=factory.PUT_AT + timedelta(hours=number))
    review.refresh_from_db()
    return review


def send(review: RapidReview, place: Place) -> LetterOut:
    return report_texts.mark_sent(
        review, to_whom="National Panel", how="secure_email", sent_at=SENT_AT, recipient_confirmed=True, by=place.manager, at=SENT_AT
    )


def test_gaps_name_the_analysis_and_the_return_that_are_missing(place: Place) -> None:
    review = drafted(place)
    reviews.asked(review, agencies.agency("School nursing", sector="health"), by=place.manager)

    assert {"No analysis of ethnicity and identity", "No return from School nursing"} <= set(sentences(review))


def test_return_that_is_not_accepted_is_told_apart_from_none(place: Place) -> None:
    review = drafted(place)
    request = reviews.asked(review, place.school, by=place.manager)
    reviews.submitted(request, is_nil=False, answers={**reviews.nil_answers(request), "summary": SECRET})

    assert "The return from Hartshire Invented School is not accepted yet" in sentences(review)
    assert not [each for each in sentences(review) if each.startswith("No return")]
    assert SECRET not in text_of(review)


def test_gap_closes_when_it_is_written_or_said_why(place: Place) -> None:
    review = drafted(place)
    request = reviews.asked(review, place.school, by=place.manager)
    code = f"no_return_{request.agency_id}"
    report_texts.save_part(review, code="identity", text="It was asked once.", by=place.manager, seen_version=0)
    report_texts.save_part(review, code=code, text="", nothing_to_say="The school has closed.", by=place.manager, seen_version=0)

    assert not {"No analysis of ethnicity and identity", "No return from Hartshire Invented School"} & set(sentences(review))
    # Whoever reads the report learns why: it stands in the text that is signed.
    assert "No return from Hartshire Invented School: The school has closed." in text_of(review)


def test_edition_that_a_review_was_opened_under_decides_its_parts(place: Place) -> None:
    review = drafted(place)
    RapidReview.objects.filter(pk=review.pk).update(guidance="PANEL2019")
    review.refresh_from_db()
    assert "# Key practice episodes" not in text_of(review)
    RapidReview.objects.filter(pk=review.pk).update(guidance="PANEL2025")
    review.refresh_from_db()

    assert "# Key practice episodes" in text_of(review)
    assert "No analysis of key practice episodes" in sentences(review)


def test_text_says_the_same_whoever_reads_it_on_whatever_day(place: Place) -> None:
    review = factory.drafted(place)
    factory.close_gaps(review, by=place.manager)
    before = text_of(review)
    text = signing.put_to_partners(review, problems=deciding.problems(review), by=place.manager, at=factory.PUT_AT)
    for account in place.partners.values():
        signing.sign(text, agrees=True, by=account, at=factory.PUT_AT)
    again = RapidReview.objects.get(pk=review.pk)

    assert again.status == Status.DECIDED
    assert text_of(again) == before == text.text


def test_texts_and_facts_are_under_pseudonyms(place: Place) -> None:
    review = drafted(place, summary="Oberon fell from an invented roof; Mr Tanglewick called.")
    child = review.incident.children.get()
    type(child.person).objects.filter(pk=child.person_id).update(given_name="Oberon", family_name="Tanglewick", born_on=date(2019, 4, 7))
    report_texts.save_part(review, code="men", text="Oberon Tanglewick, born 07/04/2019.", by=place.manager, seen_version=0)
    chronology_row(review, place, event="Oberon was seen at the window.")
    found = report_text.assembled(review)

    for told in (found.text, str(found.content)):
        assert "Oberon" not in told
        assert "Tanglewick" not in told
        assert "07/04/2019" not in told
    assert "Child 1 was seen at the window." in found.text
    assert ReportSection.objects.get(code="men").text == "Oberon Tanglewick, born 07/04/2019."  # as it was typed, for its author


def test_no_practitioner_is_named(place: Place) -> None:
    review = drafted(place)
    FamilyContact.objects.create(
        incident=review.incident, happened_at=factory.PUT_AT, told_by="Perdita Invented", told_whom="mother", what="x",
        recorded_by=place.manager,
    )  # fmt: skip

    assert "Spoken with: mother" in text_of(review)
    assert "Perdita" not in text_of(review)


def test_people_around_the_child_are_told_apart_by_number(place: Place) -> None:
    review = drafted(place)
    for _ in range(2):
        incidents.carer(review.incident, by=place.manager, relationship="sibling", person=people.child(by=place.manager))

    assert "Brother or sister 1: lives with the child: not recorded" in text_of(review)
    assert "Brother or sister 2: lives with the child: not recorded" in text_of(review)


def test_marked_answer_says_only_that_it_is_withheld_and_why(place: Place) -> None:
    review = drafted(place)
    rows = [{"learning": SECRET}, {"learning": "Ask who lives at home.", "action": "Train"}]
    accepted(review, place, summary=SECRET, learning=rows, marks={"summary": "police", "learning:1": "whistleblower"})
    text = text_of(review)

    assert SECRET not in text
    assert "Withheld from the report: marked “Police or Crown Prosecution Service”" in text
    assert "Withheld from the report: marked “Whistleblower”" in text
    assert "Ask who lives at home." in text


def test_answer_marked_in_a_later_version_is_withheld_in_the_report(place: Place) -> None:
    review = drafted(place)
    request = accepted(review, place, summary=SECRET)
    assert SECRET in text_of(review)
    later = {**request.returns.get().answers, "marks": {"summary": "legal_privilege"}}
    reviews.submitted(request, is_nil=False, answers=later)
    AgencyRequest.objects.filter(pk=request.pk).update(status="accepted")

    assert SECRET not in text_of(review)


@pytest.mark.parametrize("seals", [{"seal": "police"}, {"of_file": "protected_address"}, {"seal": "police", "of_file": "adoption"}])
@pytest.mark.parametrize("significance", ["key", "critical", "turning_point", "good_practice"])
def test_row_that_is_sealed_or_of_a_sealed_file_is_withheld(place: Place, seals: dict[str, str], significance: str) -> None:
    review = drafted(place)
    RapidReview.objects.filter(pk=review.pk).update(guidance="PANEL2025")
    review.refresh_from_db()
    chronology_row(review, place, significance=significance, **seals)

    assert SECRET not in text_of(review)
    assert "Withheld from the report" in text_of(review)


def test_what_nothing_received_shows_is_said_so(place: Place) -> None:
    review = drafted(place)
    RapidReview.objects.filter(pk=review.pk).update(guidance="PANEL2025")
    review.refresh_from_db()

    assert "No row received shows what the child said or showed." in text_of(review)
    assert "No row received shows an episode that was marked as key." in text_of(review)


def test_learning_of_a_later_practice_review_does_not_change_the_report(place: Place) -> None:
    review = drafted(place)
    before = text_of(review)
    LearningPoint.objects.create(
        incident=review.incident, source="practice_review", number=1, text="Learnt later.", written_by=place.manager,
        written_at=timezone.now(),
    )  # fmt: skip

    assert text_of(review) == before


def test_signed_file_is_sent_and_kept_to_the_byte(place: Place) -> None:
    review = decided(place)
    document = report_texts.file_to_send(review, by=place.manager)
    letter = send(review, place)

    review.refresh_from_db()
    assert review.status == Status.SENT_TO_PANEL
    assert letter.document == document
    assert bytes(DocumentContent.objects.get(document=document).content) == report_texts.word_of(signing.latest(review.incident))


def test_file_with_one_changed_byte_is_not_sent(place: Place) -> None:
    review = decided(place)
    document = report_texts.file_to_send(review, by=place.manager)
    kept = DocumentContent.objects.get(document=document)
    kept.content = bytes(kept.content)[:-1] + b"\x01"  # the last byte of such a file is zero
    kept.save()

    with pytest.raises(RuntimeError, match="fingerprint has changed"):
        send(review, place)
    assert not LetterOut.objects.filter(incident=review.incident).exists()


def test_report_that_changed_after_it_was_signed_is_not_sent(place: Place) -> None:
    review = decided(place)
    report_texts.file_to_send(review, by=place.manager)
    # Not by a move of the report: a fact of the case that the signed text told.
    type(review.incident).objects.filter(pk=review.incident_id).update(summary="Child 1 was hurt in another invented accident.")
    review = RapidReview.objects.get(pk=review.pk)

    with pytest.raises(NotAllowedNow, match="changed since it was put to the partners"):
        send(review, place)
    review.refresh_from_db()
    assert review.status == Status.DRAFT
    assert not LetterOut.objects.filter(incident=review.incident).exists()


def test_word_file_is_marked_on_each_sheet_and_its_tables_have_heads(place: Place) -> None:
    review = decided(place)
    text = signing.latest(review.incident)
    content = report_texts.word_of(text)
    word = WordDocument(io.BytesIO(content))

    assert content == report_texts.word_of(text)
    assert "OFFICIAL-SENSITIVE" in word.sections[0].header.paragraphs[0].text
    assert "OFFICIAL-SENSITIVE" in word.sections[0].footer.paragraphs[0].text
    assert text.sha256 in "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert word.tables
    for table in word.tables:
        assert table.rows[0]._tr.trPr.xpath("./w:tblHeader")
    names = {table.cell(row, 1).text for table in word.tables[-1:] for row in range(1, len(table.rows))}
    assert all("agrees" in told for told in names)
    assert (word.core_properties.author, word.core_properties.comments) == ("Sightline", "")


def test_learning_alone_says_nothing_of_the_case(place: Place) -> None:
    review = drafted(place)
    point = LearningPoint.objects.create(
        incident=review.incident, source="rapid_review", number=1, text="Ask who lives at home.", what_changes="Each visit asks.",
        written_by=place.manager, written_at=timezone.now(),
    )  # fmt: skip
    word = WordDocument(io.BytesIO(report_word.learning_extract([point], partnership="Hartshire", on=date(2026, 7, 1))))
    told = "\n".join(paragraph.text for paragraph in (*word.paragraphs, *word.sections[0].footer.paragraphs))

    assert "Ask who lives at home." in told
    assert review.matter.reference not in told
    assert "Child" not in told
    assert not word.tables
