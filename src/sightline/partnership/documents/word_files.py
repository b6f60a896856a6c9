"""What every Word file that leaves Sightline has in common: sheets, marking, numbers, rows, and bytes that stay the same."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph

MARKING = "OFFICIAL-SENSITIVE"
FONT = "Arial"
INK = RGBColor(0x15, 0x30, 0x3A)
LABEL_WIDTH, WORDS_WIDTH = Mm(58), Mm(116)
SIZE_BY_STYLE = {"Normal": Pt(10.5), "Title": Pt(20), "Heading 1": Pt(15), "Heading 2": Pt(12)}
# What no XML file may hold, though a person may have pasted it.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def blank(*, title: str, footer: str, by: str, on: date, marking: str = MARKING) -> WordDocument:
    """An A4 document with its marking on every sheet and numbers that Word counts itself."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.subject, facts.author, facts.last_modified_by = title, marking, "Sightline", by
    facts.comments, facts.language = "", "en-GB"
    facts.created = facts.modified = datetime.combine(on, time(), UTC)
    _leave_out_what_the_template_brings(document)
    for name, size in SIZE_BY_STYLE.items():
        _dress(document, name, size)
    # Room around words, in the cells of tables too.
    document.styles["Normal"].paragraph_format.space_before = document.styles["Normal"].paragraph_format.space_after = Pt(3)
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = Mm(18)
    sheet.top_margin = sheet.bottom_margin = Mm(20)
    _mark(sheet.header.paragraphs[0], marking)
    _mark(sheet.footer.paragraphs[0], marking)
    _number(sheet.footer.add_paragraph(f"{footer}, page "))
    return document


def same_bytes(document: WordDocument, on: date) -> bytes:
    """The file, whole: the same document of one day is the same file."""
    target = io.BytesIO()
    document.save(target)
    return as_of(target, on)


def _leave_out_what_the_template_brings(document: WordDocument) -> None:
    """The library's blank file brings a thumbnail and data that no page shows; nothing hidden leaves."""
    for holder in (document.part.package, document.part):
        for relation in [r.rId for r in holder.rels.values() if r.reltype.endswith(("/thumbnail", "/customXml"))]:
            del holder.rels[relation]


def _dress(document: WordDocument, name: str, size: Pt) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = FONT, size, INK
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _mark(paragraph: Paragraph, marking: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(marking).bold = True


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


def write_row(line: _Row, label: str, words: str, *, is_missing: bool = False) -> None:
    """A label in bold and its words beside it; what is missing stands in italics."""
    for cell, column, text, width in zip(line.cells, line.table.columns, (label, words), (LABEL_WIDTH, WORDS_WIDTH), strict=True):
        cell.width = column.width = width  # some readers go by the cell, some by the column
        cell.text = clean(text)
    line.cells[0].paragraphs[0].runs[0].bold = True
    if is_missing:
        line.cells[1].paragraphs[0].runs[0].italic = True
    # A short row is not torn across two sheets.
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def clean(words: str) -> str:
    return NOT_IN_XML.sub(" ", words.replace("\r\n", "\n"))


def as_of(target: io.BytesIO, day: date) -> bytes:
    """The same parts without the second in which each was written, so that one file of one day is the same file."""
    result = io.BytesIO()
    with zipfile.ZipFile(target) as written_now, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as same:
        for part in written_now.infolist():
            undated = zipfile.ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            same.writestr(undated, written_now.read(part), zipfile.ZIP_DEFLATED)
    return result.getvalue()
