"""The chronologies that agencies of Arden sent: written as files of the kinds that really come, then read as any other."""

import csv
import io
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import docx
import openpyxl

# The worked example: four agencies, 250 rows each, made by benchmarks/chronology_worlds/demo.py with a truth beside them.
WORLD_OF = "parcels"
WORLD_FILES = {"police": "police.docx", "council": "childrens-social-care.xlsx", "health_trust": "health.csv", "school": "school.docx"}
HEADINGS = ("Date", "Time", "Source", "Event", "Action taken", "Child seen")


def agencies() -> tuple[str, ...]:
    """The agencies that have sent one, by their code in the demonstration."""
    return tuple(_told())


def file_of(code: str, happened_on: date) -> tuple[str, bytes]:
    """The name and bytes of one agency's chronology, its days counted back from the incident."""
    told = _told()[code]
    rows = list(_rows(told["rows"], happened_on))
    name, write = {"word": ("chronology.docx", _word), "workbook": ("chronology.xlsx", _workbook), "csv": ("chronology.csv", _csv)}[
        told["file"]
    ]
    return name, write(rows)


def world_file(code: str) -> tuple[str, bytes]:
    """The name and bytes of one agency's chronology in the worked example."""
    name = WORLD_FILES[code]
    return name, (files(__package__) / "world" / name).read_bytes()


def _rows(told: list[dict[str, Any]], happened_on: date) -> Iterator[tuple[str, ...]]:
    for row in told:
        on = happened_on - timedelta(days=row["before"])
        yield _typed(on, row["date"]), row["time"], row["source"], row["event"], row["action"], row.get("seen", "")


def _typed(on: date, how: str) -> str:
    """A day as somebody would type it."""
    part = "early" if on.day <= 10 else "mid" if on.day <= 20 else "late"
    return {
        "plain": f"{on:%d/%m/%Y}", "dotted": f"{on:%d.%m.%y}", "doubt": f"?/{on:%m/%Y}", "month": f"{on:%B %Y}",
        "about": f"{part} {on:%B %Y}", "week": f"w/c {on - timedelta(days=on.weekday()):%d.%m.%y}",
    }[how]  # fmt: skip


def _word(rows: list[tuple[str, ...]]) -> bytes:
    document = docx.Document()
    document.core_properties.author = ""
    document.add_paragraph("Chronology of contacts. Everything in it is invented.")
    table = document.add_table(rows=1, cols=len(HEADINGS))
    for cells, texts in [(table.rows[0].cells, HEADINGS), *((table.add_row().cells, row) for row in rows)]:
        for cell, text in zip(cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("End of chronology")
    return _bytes(document.save)


def _workbook(rows: list[tuple[str, ...]]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Chronology of contacts (invented)"])
    for row in [HEADINGS, *rows]:
        sheet.append(list(row))
    return _bytes(workbook.save)


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["Chronology of contacts (invented)"], [], list(HEADINGS), *map(list, rows)])
    return text.getvalue().encode("cp1252", errors="replace")


def _bytes(save: Any) -> bytes:
    into = io.BytesIO()
    save(into)
    return into.getvalue()


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "chronologies.toml").read_text(encoding="utf-8"))
