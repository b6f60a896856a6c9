"""Chronologies of an invented child, as agencies would send them: Word, Excel, delimited, rich text. Everybody in them is invented."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.table import Table
from openpyxl import Workbook

PREAMBLE = ("Chronology of contact", "Prepared by Example Trust for the Example partnership", "Re: Tansy Quill (DOB 03/04/2012)")
FAMILY = (("Name", "Relationship", "Date of birth"), ("Tansy Quill", "CH", "03/04/2012"), ("Rowan Quill", "SIB1", "09/08/2009"))
HEADINGS = ("Date", "Time", "Source", "Event", "Action taken", "Child seen?")
ROWS = (
    ("04/03/2019", "14:30", "Case note", "Home visit. Tansy showed her rabbit.", "Next visit booked", "Yes"),
    ("w/c 11.03.19", "am", "Case note", "Call from the school about lunches.", "Logged", "n/a"),
    ("c. 20 Mar 2019", "2.15pm", "Diary", "No reply at the door.", "Card left", "Not seen"),
    ("?/04/2019", "", "Letter", "Letter about the library card.", "", ""),
)


def csv(
    rows: Sequence[Sequence[str]] = (HEADINGS, *ROWS), *, separator: str = ",", encoding: str = "utf-8", above: Sequence[str] = PREAMBLE
) -> bytes:
    """A delimited file."""
    lines = [*above, "", *(separator.join(_quoted(text, separator) for text in row) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


def docx(*tables: Sequence[Sequence[str]], above: Sequence[str] = PREAMBLE, below: Sequence[str] = ("End of chronology",)) -> bytes:
    """A Word document: text, tables with text between them, text."""
    document = Document()
    for text in above:
        document.add_paragraph(text)
    for rows in tables or ((HEADINGS, *ROWS),):
        fill(document.add_table(len(rows), max(map(len, rows))), rows)
        document.add_paragraph("")
    for text in below:
        document.add_paragraph(text)
    return saved(document)


def fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """Write texts into the cells of a Word table."""
    for line, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=False):
            cell.text = text


def xlsx(*sheets: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """A workbook; `merged` are places of the first sheet."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets or ((HEADINGS, *ROWS),), start=1):
        sheet = workbook.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(list(row))
    for place in merged:
        workbook.worksheets[0].merge_cells(place)
    return saved(workbook)


def rtf(rows: Sequence[Sequence[str]] = (HEADINGS, *ROWS), *, above: Sequence[str] = PREAMBLE) -> bytes:
    """A rich text file with one table."""
    lines = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}", *(rf"\pard {_rtf(text)}\par" for text in above)]
    for row in rows:
        places = "".join(rf"\cellx{1000 * (place + 1)}" for place in range(len(row)))
        lines.append(rf"\trowd{places}" + "".join(rf"\pard\intbl {_rtf(text)}\cell" for text in row) + r"\row")
    return "\n".join([*lines, r"\pard End of chronology\par}"]).encode("ascii")


def saved(made: Any) -> bytes:
    """The bytes of a document or workbook."""
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def moment(text: str) -> datetime:
    """A real date as a spreadsheet holds it."""
    return datetime.fromisoformat(text)  # noqa: DTZ007


def _quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (separator, '"', "\n")) else text


def _rtf(text: str) -> str:
    signs = []
    for sign in text:
        if sign in "\\{}":
            signs.append(f"\\{sign}")
        elif sign == "\n":
            signs.append(r"\line ")
        elif ord(sign) < 128:
            signs.append(sign)
        else:
            signs.extend(rf"\u{unit - 0x10000 if unit > 0x7FFF else unit}?" for unit in _units(sign))
    return "".join(signs)


def _units(sign: str) -> list[int]:
    packed = sign.encode("utf-16-le")
    return [int.from_bytes(packed[at : at + 2], "little") for at in range(0, len(packed), 2)]
