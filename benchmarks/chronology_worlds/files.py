"""Word, Excel and CSV files of agencies, as untidy as they come; the same bytes for the same world."""

import csv
import io
import random
import re
import zipfile
from datetime import datetime, time
from typing import Final

from benchmarks.chronology_worlds.plants import NAMES
from benchmarks.chronology_worlds.sheets import Line, Sheet
from benchmarks.chronology_worlds.world import World
from docx import Document
from docx.table import Table
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

STAMP: Final = (2021, 3, 10, 9, 0, 0)
CLOSING: Final = "End of chronology"


def preamble(world: World, sheet: Sheet) -> list[str]:
    """What stands above the rows."""
    child = world.cast.people["CH"]
    meanings = ", ".join(f"{role} = {world.bank.kin[role][0]}" for role in ("CH", "SIB1", "MO", "MP", "MGM") if world.bank.kin.get(role))
    assert child.born
    return [
        "Chronology of contact", f"Prepared by Arden {NAMES[sheet.agency]} for the Arden partnership",
        f"Re: {child.name} (DOB {child.born:%d/%m/%Y})", f"Period covered: {world.begins:%d/%m/%Y} to {world.ends:%d/%m/%Y}",
        f"Abbreviations: {meanings}",
    ]  # fmt: skip


def family(world: World) -> list[list[str]]:
    """The table of the family that is no chronology."""
    people = [world.cast.people[role] for role in ("CH", "SIB1", "SIB2", "MO", "MP")]
    return [
        ["Name", "Relationship", "Date of birth"],
        *([each.name, each.role, f"{each.born:%d/%m/%Y}" if each.born else ""] for each in people),
    ]


def word_file(world: World, sheet: Sheet, rng: random.Random) -> bytes:
    """One table a year or one for all, with repeated headings, year rows, blank rows and shared cells."""
    document = Document()
    for text in preamble(world, sheet):
        document.add_paragraph(text)
    _fill(document.add_table(rows=0, cols=3), family(world))
    years: dict[int, list[Line]] = {}
    for line in sheet.lines:
        years.setdefault(line.when.start.year, []).append(line)
    if sheet.has_years_above or rng.random() < 0.5:
        table = _headed(document, sheet)
        for year, lines in years.items():
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = str(year)
            _rows(table, sheet, lines, rng)
    else:
        for lines in years.values():
            document.add_paragraph("")
            _rows(_headed(document, sheet), sheet, lines, rng)
    document.add_paragraph(CLOSING)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue())


def _headed(document: "Document", sheet: Sheet) -> Table:  # type: ignore[valid-type]
    table = document.add_table(rows=0, cols=len(sheet.columns))  # type: ignore[attr-defined]
    _fill(table, [[heading for _, heading in sheet.columns]])
    return table


def _fill(table: Table, rows: list[list[str]]) -> None:
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _rows(table: Table, sheet: Sheet, lines: list[Line], rng: random.Random) -> None:
    above = None
    for at, line in enumerate(lines):
        if at and rng.random() < 0.02:
            _fill(table, [[heading for _, heading in sheet.columns]])
            above = None
        elif at and rng.random() < 0.02:
            table.add_row()
            above = None
        cells = table.add_row().cells
        for place, (name, _) in enumerate(sheet.columns):
            cells[place].text = line.cells[name]
        if line.when.from_row_above and above is not None:
            merged = above.merge(cells[0])
            merged.text = above_text(merged.text)
        elif line.when.from_row_above:  # under a repeated heading nothing is shared: the day is written out
            cells[0].text = f"{line.when.start:%d/%m}" if sheet.has_years_above else f"{line.when.start:%d/%m/%Y}"
        names = [name for name, _ in sheet.columns]
        if "action" in names and not line.cells["action"] and names.index("action") == names.index("event") + 1 and rng.random() < 0.3:
            at_event = names.index("event")
            cells[at_event].merge(cells[at_event + 1]).text = line.cells["event"]
        above = cells[0]


def above_text(text: str) -> str:
    """A merged cell keeps the text of the upper one."""
    return text.strip("\n").split("\n")[0]


def excel_file(world: World, sheet: Sheet, rng: random.Random) -> bytes:
    """A notes sheet, a title over the headings, one or several sheets, real dates beside typed ones."""
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notes"
    for text in preamble(world, sheet):
        notes.append([text])
    parts: dict[int, list[Line]] = {}
    several = rng.random() < 0.5
    for line in sheet.lines:
        parts.setdefault(line.when.start.year if several else 0, []).append(line)
    for number, lines in enumerate(parts.values(), start=1):
        page = book.create_sheet(f"Chronology {number}" if several else "Chronology")
        page.append(["Chronology of contact"])
        page.append([])
        page.append([heading for _, heading in sheet.columns])
        for line in lines:
            _excel_row(page, sheet, line, rng)
    page.append([CLOSING])
    buffer = io.BytesIO()
    book.save(buffer)
    return same_bytes(buffer.getvalue())


def _excel_row(page: Worksheet, sheet: Sheet, line: Line, rng: random.Random) -> None:
    values: list[object] = []
    for name, _ in sheet.columns:
        text: object = line.cells[name] or None
        if name == "date" and line.when.value and text == line.when.text:
            text = datetime.combine(line.when.value, datetime.min.time())
        if name == "recorded" and line.planned.recorded and rng.random() < 0.6:
            text = datetime.combine(line.planned.recorded, datetime.min.time())
        if name == "time" and line.planned.at and text == line.planned.at:
            text = time.fromisoformat(line.planned.at)
        values.append(text)
    page.append(values)
    if line.when.from_row_above and page.max_row > 4 and page.cell(page.max_row - 1, 1).value is not None:
        place = [name for name, _ in sheet.columns].index("date") + 1
        page.merge_cells(start_row=page.max_row - 1, end_row=page.max_row, start_column=place, end_column=place)


def csv_file(world: World, sheet: Sheet, rng: random.Random) -> tuple[bytes, str, str]:
    """Lines above the headings, and one of several encodings and separators."""
    encoding, mark = rng.choice((("cp1252", b""), ("cp1252", b""), ("utf-8-sig", b""), ("utf-16", b""), ("cp1252", b"\xef\xbb\xbf")))
    delimiter = rng.choice((",", ",", ";", "\t"))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for text in preamble(world, sheet)[:3]:
        writer.writerow([text])
    writer.writerow([])
    writer.writerow([heading for _, heading in sheet.columns])
    for line in sheet.lines:
        cells = dict(line.cells)
        if line.when.from_row_above and rng.random() < 0.5:
            cells["date"] = rng.choice(('"', "ditto", "as above"))
        writer.writerow([cells[name] for name, _ in sheet.columns])
    writer.writerow([CLOSING])
    return mark + buffer.getvalue().encode(encoding, errors="replace"), encoding, delimiter


def same_bytes(package: bytes) -> bytes:
    """A zipped document without the moment at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item.filename)
            if item.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?", b"2021-03-10T09:00:00Z", content)
            new.writestr(zipfile.ZipInfo(item.filename, STAMP), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
