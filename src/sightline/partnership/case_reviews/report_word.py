"""A rapid review's signed report as a Word file, and the extract of its learning that says nothing of any child."""

from datetime import date
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.table import Table

from sightline.partnership.case_reviews.models import LearningPoint, SignedText
from sightline.partnership.case_reviews.models.serious_incident import as_london_date
from sightline.partnership.documents.word_files import MARKING, blank, clean, same_bytes, write_row

MADE_BY: Final = "Sightline"


def written(text: SignedText) -> bytes:
    """The version that was put to the partners, with who signed it: the same bytes each time."""
    on = as_london_date(text.settled_at or text.put_at)
    reference = text.incident.matter.reference
    document = blank(title=f"Rapid review {reference}", footer=f"{reference}, version {text.number}", by=MADE_BY, on=on)
    document.add_paragraph("Rapid review", style="Title")
    document.add_paragraph(f"{reference}. {MARKING}. Version {text.number}. Fingerprint of the signed text: {text.sha256}.")
    for part in text.content["parts"]:
        _write_part(document, part)
    _write_signatures(document, text)
    return same_bytes(document, on)


def draft(parts: list[dict[str, Any]], *, reference: str, on: date) -> bytes:
    """The report as it stands, said to be a draft on its first line."""
    document = blank(title=f"Rapid review {reference}, draft", footer=f"{reference}, draft", by=MADE_BY, on=on)
    document.add_paragraph("Rapid review: draft", style="Title")
    document.add_paragraph(f"{reference}. {MARKING}. A draft of {on:%-d %B %Y}; nobody has signed it.")
    for part in parts:
        _write_part(document, part)
    return same_bytes(document, on)


def learning_extract(points: list[LearningPoint], *, partnership: str, on: date) -> bytes:
    """What was learnt, without reference, place, day or anybody's particulars; a person reads it before it is spread."""
    document = blank(title="Learning from a review", footer="Learning from a review", by=MADE_BY, on=on, marking="OFFICIAL")
    document.add_paragraph("Learning from a review", style="Title")
    document.add_paragraph(f"{partnership}. This says what was learnt and nothing of the case.")
    for point in points:
        document.add_heading("Good practice" if point.is_good_practice else "What was learnt", level=1)
        document.add_paragraph(clean(point.text))
        if point.why_it_made_sense:
            document.add_heading("Why it made sense at the time", level=2)
            document.add_paragraph(clean(point.why_it_made_sense))
        if point.what_changes:
            document.add_heading("What is to be different for children", level=2)
            document.add_paragraph(clean(point.what_changes))
    if not points:
        document.add_paragraph("No learning point has been written yet.")
    return same_bytes(document, on)


def _write_part(document: WordDocument, told: dict[str, Any]) -> None:
    document.add_heading(clean(told["part"]["title"]), level=1)
    if told["facts"]:
        table = _table(document, "What it is", "As the case holds it")
        for fact in told["facts"]:
            source = f" ({fact['source']})" if fact["source"] else ""
            write_row(table.add_row(), fact["label"], f"{fact['words']}{source}")
    text, nothing = told["written"]["text"], told["written"]["nothing_to_say"]
    for paragraph in text.split("\n\n") if text else ():
        document.add_paragraph(clean(paragraph))
    if nothing and not text:
        document.add_paragraph(clean(f"Left empty: {nothing}"))


def _table(document: WordDocument, left: str, right: str) -> Table:
    """A table whose first row says what its columns hold, on each sheet and to whoever hears it read."""
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    head = table.add_row()
    write_row(head, left, right)
    head.cells[1].paragraphs[0].runs[0].bold = True
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _write_signatures(document: WordDocument, text: SignedText) -> None:
    document.add_heading("Signatures", level=1)
    table = _table(document, "Partner", "What was said, by whom and when")
    rows = list(text.signatures.select_related("agency"))
    for row in rows:
        when = as_london_date(row.signed_at)
        said = "agrees" if row.agrees else f"does not agree: {row.reasons}"
        write_row(table.add_row(), row.get_partner_role_display(), f"{row.name}, {row.job_title}, {row.agency}: {said}. {when:%-d %B %Y}")
    if not rows:
        write_row(table.add_row(), "Signatures", "None yet", is_missing=True)
    for row in text.escalations.exclude(ended_how=""):
        write_row(table.add_row(), "How a disagreement ended", f"{row.get_ended_how_display()}. {row.ended_because}")
