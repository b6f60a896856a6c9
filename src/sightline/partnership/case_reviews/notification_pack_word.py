"""The notification pack as a Word file: the rows of the page, marked and numbered on every sheet."""

import io
import re
from datetime import UTC, date, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph

from sightline.partnership.case_reviews.notification_pack import Group, NotificationPack, Row, Section
from sightline.partnership.case_reviews.word_files import as_of

MARKING = "OFFICIAL-SENSITIVE"
FONT = "Arial"
INK = RGBColor(0x15, 0x30, 0x3A)
LABEL_WIDTH, WORDS_WIDTH = Mm(58), Mm(116)
SIZE_BY_STYLE = {"Normal": Pt(10.5), "Title": Pt(20), "Heading 1": Pt(15), "Heading 2": Pt(12)}
# What no XML file may hold, though a person may have pasted it.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(pack: NotificationPack, *, taken_by: str, taken_on: date) -> bytes:
    """The file, whole."""
    document = _blank(pack, taken_by, taken_on)
    document.add_paragraph("Notification pack", style="Title")
    document.add_paragraph(f"Serious incident {pack.reference}. {MARKING}. Taken from Sightline on {taken_on:%-d %B %Y} by {taken_by}.")
    for section in pack.sections:
        _write_section(document, section)
    target = io.BytesIO()
    document.save(target)
    return as_of(target, taken_on)


def _blank(pack: NotificationPack, taken_by: str, taken_on: date) -> WordDocument:
    document = Document()
    facts = document.core_properties
    facts.title, facts.subject, facts.author, facts.last_modified_by = f"Notification pack {pack.reference}", MARKING, "Sightline", taken_by
    facts.comments, facts.language = "", "en-GB"
    facts.created = facts.modified = datetime.combine(taken_on, time(), UTC)
    for name, size in SIZE_BY_STYLE.items():
        _dress(document, name, size)
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = Mm(18)
    sheet.top_margin = sheet.bottom_margin = Mm(20)
    _mark(sheet.header.paragraphs[0])
    _mark(sheet.footer.paragraphs[0])
    _number(sheet.footer.add_paragraph(f"{pack.reference}, page "))
    return document


def _dress(document: WordDocument, name: str, size: Pt) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = FONT, size, INK
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _mark(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(MARKING).bold = True


def _number(paragraph: Paragraph) -> None:
    """The number of the sheet and of all sheets, which Word counts itself."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _count(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _count(paragraph, "NUMPAGES")


def _count(paragraph: Paragraph, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)


def _write_section(document: WordDocument, section: Section) -> None:
    document.add_heading(section.title, level=1)
    if section.instead:
        document.add_paragraph(section.instead)
    for group in section.groups:
        if group.title:
            document.add_heading(_clean(group.title), level=2)
        _write_group(document, group)


def _write_group(document: WordDocument, group: Group) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for row in group.rows:
        _write_row(table.add_row(), row)


def _write_row(line: _Row, row: Row) -> None:
    for cell, words, width in zip(line.cells, (row.label, row.shown), (LABEL_WIDTH, WORDS_WIDTH), strict=True):
        cell.width = width
        cell.text = _clean(words)
    line.cells[0].paragraphs[0].runs[0].bold = True
    if not row.words:
        line.cells[1].paragraphs[0].runs[0].italic = True
    # A short row is not torn across two sheets.
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _clean(words: str) -> str:
    return NOT_IN_XML.sub(" ", words.replace("\r\n", "\n"))
