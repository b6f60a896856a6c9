"""Chronologies as files that go out: the same rows as Word, workbook or CSV, and the same bytes for the same rows of one day."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from sightline.partnership.case_reviews import combined_chronology
from sightline.partnership.case_reviews.combined_chronology import Combined, Missing
from sightline.partnership.case_reviews.models import ChronologyRow
from sightline.partnership.documents.word_files import MARKING, as_of, blank, clean, same_bytes
from sightline.procedures.chronology.dates import read_date

KINDS: Final = {"docx": "Word", "xlsx": "Excel", "csv": "CSV"}
TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8",
}  # fmt: skip
COMBINED: Final = (
    ("Date", 14), ("Time", 7), ("Agency", 16), ("Source", 16), ("What happened", 60), ("Action taken", 30), ("Comment", 24),
    ("Shared with", 16), ("Child seen", 10), ("Also told by", 12),
)  # fmt: skip
# Headings by which a file is read again without help.
OWN: Final = (
    ("Date", 14), ("Time", 7), ("Date recorded", 14), ("Source", 16), ("Event", 60), ("Action taken", 30), ("Child seen", 10),
    ("Comment", 24), ("Shared with", 16),
)  # fmt: skip
_RUN_BY_SPREADSHEETS: Final = re.compile(r"\s*[=@+\-]")


@dataclass(frozen=True)
class Sheet:
    """What a file holds: what stands over its table, its columns with their widths, and its rows."""

    title: str
    about: tuple[str, ...]
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


def combined_sheet(combined: Combined, missing: Iterable[Missing], *, reference: str, on: date) -> Sheet:
    """Every row that is not marked, under codes. What is marked stays here, and how much is said."""
    rows = [row for row in combined.rows if not row.seal]
    kept_back = len(combined.rows) - len(rows) + sum(combined.held_back.values())
    about = [f"{reference}. {MARKING}. {len(rows)} rows under codes, as they stood on {on:%-d %B %Y}."]
    if kept_back:
        about.append(f"{kept_back} marked rows are kept back.")
    about += [f"{each.agency} {each.why}." for each in missing]
    about.append("What an agency knew may stand in no row: that no row is here does not show that nothing was done.")
    told = [
        (
            row.when.in_words, row.time, row.agency, row.texts["source"], row.texts["event"], row.texts["action"], row.texts["comment"],
            row.texts["shared_with"], "" if row.seen == "Not recorded" else row.seen, ", ".join(row.also_told_by),
        )
        for row in rows
    ]  # fmt: skip
    return Sheet("Combined chronology", tuple(about), COMBINED, told)


def own_sheet(rows: Iterable[ChronologyRow], *, agency: str) -> Sheet:
    """An agency's own rows in its own words and with its own dates, to be corrected and sent again."""
    told = [
        (
            _date(row), row.time_as_written or (f"{row.time:%H:%M}" if row.time else ""),
            f"{row.recorded_on:%d/%m/%Y}" if row.recorded_on else "", row.source, row.event, row.action, _seen(row), row.comment,
            row.shared_with,
        )
        for row in rows
    ]  # fmt: skip
    return Sheet(f"Chronology of {agency}", (MARKING,), OWN, told)


def as_file(sheet: Sheet, kind: str, on: date) -> bytes:
    """The bytes of one kind of file."""
    return {"docx": _word, "xlsx": _workbook, "csv": _csv}[kind](sheet, on)


def _date(row: ChronologyRow) -> str:
    """As the agency wrote it where that says the same by itself; else as it is understood now."""
    alone = read_date(row.date_as_written).date if row.date_as_written else None
    if alone and (alone.start, alone.end or alone.start, alone.precision, alone.uncertain) == (
        row.date_from, row.date_to or row.date_from, row.precision, row.is_uncertain,
    ):  # fmt: skip
        return row.date_as_written
    when = combined_chronology.when_of(row)
    if not when.is_known or when.start is None:
        return row.date_as_written or "?"
    if row.precision == "exact":
        return f"{when.start:%d/%m/%Y}{'?' if row.is_uncertain else ''}"
    if row.precision == "range" and when.end:
        return f"{when.start:%d/%m/%Y} - {when.end:%d/%m/%Y}"
    if row.precision == "week":
        return f"w/c {when.start:%d/%m/%Y}"
    return f"{when.start:%B %Y}" if row.precision == "month" else f"about {when.start:%d/%m/%Y}"


def _seen(row: ChronologyRow) -> str:
    return row.child_seen_as_written or {"Y": "Yes", "N": "No"}.get(row.child_seen, "")


def _csv(sheet: Sheet, on: date) -> bytes:
    target = io.StringIO()
    lines = csv.writer(target, lineterminator="\r\n")
    lines.writerow([name for name, _ in sheet.columns])
    lines.writerows([[_harmless(text) for text in row] for row in sheet.rows])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _harmless(text: str) -> str:
    """A cell that a spreadsheet would run begins with another dash, or stands behind an apostrophe: so it is read as words."""
    if not _RUN_BY_SPREADSHEETS.match(text):
        return text
    plain = text.lstrip()
    return f"–{plain[1:]}" if plain.startswith("-") else f"'{text}"


def _workbook(sheet: Sheet, on: date) -> bytes:
    workbook = Workbook()
    moment = datetime.combine(on, time(), UTC).replace(tzinfo=None)
    facts = workbook.properties
    facts.creator = facts.lastModifiedBy = "Sightline"
    facts.title, facts.created, facts.modified = sheet.title, moment, moment
    page = workbook.worksheets[0]
    page.title = "Chronology"
    page.append([name for name, _ in sheet.columns])
    for place, (_, width) in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
        page.cell(1, place).font = Font(bold=True)
    for number, row in enumerate(sheet.rows, start=2):
        for place, text in enumerate(row, start=1):
            cell = page.cell(number, place)
            cell.value, cell.data_type = clean(text) or None, "s"  # words, whatever they begin with
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.oddHeader.center.text = page.oddFooter.center.text = MARKING
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", page.PAPERSIZE_A3, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    target = io.BytesIO()
    workbook.save(target)
    return as_of(_with_days_of(target, moment), on)


def _with_days_of(target: io.BytesIO, moment: datetime) -> io.BytesIO:
    """The library writes the second of saving into the properties; here stands the day."""
    result = io.BytesIO()
    with zipfile.ZipFile(target) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            after.writestr(part, content)
    return result


def _word(sheet: Sheet, on: date) -> bytes:
    document = blank(title=sheet.title, footer=sheet.title, by="Sightline", on=on)
    paper = document.sections[0]
    paper.orientation, paper.page_width, paper.page_height = WD_ORIENT.LANDSCAPE, Mm(420), Mm(297)
    document.add_paragraph(sheet.title, style="Title")
    for line in sheet.about:
        document.add_paragraph(line)
    _table(document, sheet)
    return same_bytes(document, on)


def _table(document: WordDocument, sheet: Sheet) -> None:
    """Written piece by piece: the library's own way takes minutes for a thousand rows."""
    table = document.add_table(rows=1, cols=len(sheet.columns), style="Table Grid")
    table.autofit = False
    total = sum(width for _, width in sheet.columns)
    for place, (name, width) in enumerate(sheet.columns):
        table.columns[place].width = Mm(380 * width / total)
        cell = table.rows[0].cells[place]
        cell.width, cell.text = Mm(380 * width / total), name
        cell.paragraphs[0].runs[0].bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in sheet.rows:
        line = OxmlElement("w:tr")
        rules = OxmlElement("w:trPr")
        rules.append(OxmlElement("w:cantSplit"))
        line.append(rules)
        for text in row:
            line.append(_cell(text))
        table._tbl.append(line)


def _cell(text: str) -> object:
    cell = OxmlElement("w:tc")
    for part in clean(text).split("\n"):
        paragraph = OxmlElement("w:p")
        if part:
            run, words = OxmlElement("w:r"), OxmlElement("w:t")
            words.text = part
            words.set(qn("xml:space"), "preserve")
            run.append(words)
            paragraph.append(run)
        cell.append(paragraph)
    return cell
