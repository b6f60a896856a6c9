"""The notification pack as a Word file: the rows of the page, marked and numbered on every sheet."""

from datetime import date

from docx.document import Document as WordDocument

from sightline.partnership.case_reviews.notification_pack import Group, NotificationPack, Section
from sightline.partnership.documents.word_files import MARKING, blank, clean, same_bytes, write_row


def written(pack: NotificationPack, *, taken_by: str, taken_on: date) -> bytes:
    """The file, whole."""
    document = blank(title=f"Notification pack {pack.reference}", footer=pack.reference, by=taken_by, on=taken_on)
    document.add_paragraph("Notification pack", style="Title")
    document.add_paragraph(f"Serious incident {pack.reference}. {MARKING}. Taken from Sightline on {taken_on:%-d %B %Y} by {taken_by}.")
    for section in pack.sections:
        _write_section(document, section)
    return same_bytes(document, taken_on)


def _write_section(document: WordDocument, section: Section) -> None:
    document.add_heading(section.title, level=1)
    if section.instead:
        document.add_paragraph(section.instead)
    for group in section.groups:
        if group.title:
            document.add_heading(clean(group.title), level=2)
        _write_group(document, group)


def _write_group(document: WordDocument, group: Group) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for row in group.rows:
        write_row(table.add_row(), row.label, row.shown, is_missing=not row.words)
