"""The questions to an agency as a Word form to fill in without a connection, and what a filled form says.

The blank form holds no name: people stand in it by what the review calls them. Each answer cell is found again by the code of its
question, which stands small beside it, so that nothing depends on the order or the wording of the form.
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.table import Table, _Cell

from sightline.partnership.documents.word_files import as_of
from sightline.procedures.agency_return import Column, Field, agency_return
from sightline.procedures.working_days import long_date

EMPTY_ROWS: Final = 6
MOST_TABLES: Final = 400
_CODE: Final = re.compile(r"\[([a-z_]+(?:\.[a-z_]+)?)\]\s*$")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass
class Filled:
    """What a filled form says: the answers by code, and a sentence for everything that was found, used or not."""

    values: dict[str, Any] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def blank(*, called: Iterable[str], agency: str, answer_by: date, period: str, send_back_to: str) -> bytes:
    """The form for one request, to print or to fill in a word processor."""
    document, people = Document(), list(called)
    document.core_properties.author, document.core_properties.title = "Sightline", "Answer to a request for information"
    document.core_properties.created = document.core_properties.modified = datetime.combine(answer_by, time(), UTC)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(11)
    document.add_heading("Answer to a request for information", 0)
    document.add_paragraph("OFFICIAL-SENSITIVE when filled in")
    document.add_paragraph(f"{agency}. Answer by {long_date(answer_by)}. Period: {period}.")
    document.add_paragraph(
        "This form is not watched. If a child is in danger now, ring 999. Write people as the form calls them, never by name. Leave the "
        "codes in square brackets as they are: by them the form is read. Where nobody is known to your agency, fill in only the parts "
        "marked “Also if nobody is known”."
    )
    document.add_paragraph(f"Give it back: {send_back_to}")
    for section in agency_return().sections:
        document.add_heading(section.title, 1)
        for question in section.fields:
            if question.kind != "files":
                _write(document, question, people)
    target = io.BytesIO()
    document.save(target)
    return as_of(target, answer_by)


def read(content: bytes, *, person_by_called: Mapping[str, str]) -> Filled:
    """The answers of a filled form. Nothing is guessed: what cannot be read is kept as it was typed and told."""
    filled, fields = Filled(), {question.code: question for question in agency_return().fields()}
    for table in Document(io.BytesIO(content)).tables[:MOST_TABLES]:
        code = _code_of(table)
        if code not in fields:
            text = table.rows[0].cells[0].text.strip()[:60] if table.rows else ""
            filled.problems.append(f"A table beginning “{text}” is not part of the form and was left out.")
            continue
        _read_table(filled, fields[code], table, person_by_called)
    missing = [question.label for question in fields.values() if question.kind != "files" and question.code not in filled.values]
    if not filled.values:
        filled.problems = ["No answer was found. Is this the form, with its codes in square brackets, filled in and saved as .docx?"]
    elif missing:
        filled.problems.append(f"Left empty: {', '.join(missing)}.")
    return filled


def _write(document: WordDocument, question: Field, people: list[str]) -> None:
    document.add_heading(question.label, 2)
    hints = [question.hint, "Also if nobody is known." if question.is_for_nil else "", _choices(question.choices)]
    if text := " ".join(hint for hint in hints if hint):
        document.add_paragraph(text)
    if question.kind in ("rows", "people"):
        rows = people if question.kind == "people" else [""] * EMPTY_ROWS
        table = document.add_table(1 + len(rows), len(question.columns) + 1, style="Table Grid")
        table.rows[0].cells[0].text = f"{'Who' if question.kind == 'people' else 'Row'} [{question.code}]"
        for place, column in enumerate(question.columns, start=1):
            words = " ".join(part for part in (column.label, column.hint, _choices(column.choices)) if part)
            table.rows[0].cells[place].text = f"{words} [{question.code}.{column.code}]"
        for number, called in enumerate(rows, start=1):
            table.rows[number].cells[0].text = called or str(number)
    else:
        table = document.add_table(1, 2, style="Table Grid")
        table.rows[0].cells[0].text = f"{question.label} [{question.code}]"
    _make_codes_small(table)


def _make_codes_small(table: Table) -> None:
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)


def _choices(name: str) -> str:
    return f"Write one of: {'; '.join(agency_return().labels(name).values())}." if name else ""


def _code_of(table: Table) -> str:
    found = _CODE.search(table.rows[0].cells[0].text) if table.rows else None
    return found.group(1) if found else ""


def _read_table(filled: Filled, question: Field, table: Table, person_by_called: Mapping[str, str]) -> None:
    if question.kind not in ("rows", "people"):
        text = _text(table.rows[0].cells[-1]) if len(table.rows[0].cells) > 1 else ""
        if text:
            filled.values[question.code] = _value(filled, question.kind, question.choices, text, f"“{question.label}”")
            filled.used.append(f"“{question.label}” was read.")
        return
    columns = {place: column for place, cell in enumerate(table.rows[0].cells) if (column := _column(question, cell))}
    rows: list[tuple[str, dict[str, Any]]] = []
    for number, row in enumerate(table.rows[1:], start=1):
        label = _text(row.cells[0])
        where = f"{'row ' + str(number) if question.kind == 'rows' else label or 'somebody'} of “{question.label}”"
        cells = {
            column.code: _value(filled, column.kind, column.choices, text, f"“{column.label}” in {where}")
            for place, column in columns.items()
            if place < len(row.cells) and (text := _text(row.cells[place]))
        }
        if cells:
            rows.append((label, {column.code: cells.get(column.code, "") for column in question.columns}))
    if question.kind == "rows":
        if rows:
            filled.values[question.code] = [row for _, row in rows]
            filled.used.append(f"“{question.label}”: {len(rows)} row{'s' if len(rows) > 1 else ''} read.")
        return
    known = {person_by_called[label]: row for label, row in rows if label in person_by_called}
    filled.problems += [
        f"“{question.label}”: “{label[:40]}” is nobody asked about. Write people as the form calls them."
        for label, _ in rows
        if label not in person_by_called
    ]
    if known:
        filled.values[question.code] = known
        filled.used.append(f"“{question.label}”: read for {len(known)} of {len(person_by_called)} people.")


def _column(question: Field, cell: _Cell) -> Column | None:
    found = _CODE.search(cell.text)
    code = found.group(1).partition(".")[2] if found else ""
    return next((column for column in question.columns if column.code == code), None)


def _text(cell: _Cell) -> str:
    return "\n".join(paragraph.text for paragraph in cell.paragraphs).strip()


def _value(filled: Filled, kind: str, choices: str, text: str, where: str) -> Any:
    if kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if kind == "choice":
        labels = agency_return().labels(choices)
        chosen = next((code for code, label in labels.items() if text.casefold().rstrip(".") in (code, label.casefold())), "")
        if not chosen:
            filled.problems.append(f"{where}: “{text[:40]}” is not one of the answers. It is kept as typed; choose one before you submit.")
        return chosen or text
    if kind == "date":
        day = _iso(text)
        if not day:
            filled.problems.append(f"{where}: “{text[:40]}” is not a date. It is kept as typed; write day, month and year.")
        return day or text
    return text


def _iso(text: str) -> str:
    """A date as people write it, as an ISO text; empty for anything else."""
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return _valid(*map(int, found.groups()))
    parts = [part for part in re.split(r"[\s/.,-]+", text.lower()) if part]
    parts = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", part) for part in parts]
    if len(parts) == 4 and parts[0].endswith("day"):
        parts = parts[1:]
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[2].isdecimal() and len(parts[2]) == 4):
        return ""
    if parts[1].isdecimal():
        month = int(parts[1])
    else:
        month = next((number for number, name in enumerate(_MONTHS, start=1) if len(parts[1]) > 2 and name.startswith(parts[1])), 0)
    return _valid(int(parts[2]), month, int(parts[0]))


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
