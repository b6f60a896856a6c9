"""The tables and the text of a Word document, in their order, as they read with all changes accepted."""

from collections.abc import Iterator
from typing import Any, Final

from sightline.procedures.chronology.packages import Package, attribute, local
from sightline.procedures.chronology.reading import CannotRead
from sightline.procedures.chronology.tables import MOST_COLUMNS, Cell, Counter, Line, Table, cell

NO_TEXT: Final = "The Word document has no text that can be read."
TOO_DEEP: Final = (
    "The Word document has tables within tables within tables, so it was not read. Save it with plain tables and choose it again."
)
DEEPEST: Final = 12
# Deleted and moved text, the second of two versions of a drawing, and what is never shown.
_LEFT_OUT: Final = frozenset(
    {
        "del",
        "moveFrom",
        "delText",
        "Fallback",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "tcPr",
        "trPr",
        "tblPr",
        "tblGrid",
        "sectPr",
        "sdtPr",
        "proofErr",
        "fldData",
    }
)
_BREAKS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}


def word_tables(package: Package) -> list[Table]:
    """Each table, and each run of text between tables, as a table of its own."""
    name = next((name for name in ("word/document.xml", "word/document2.xml") if name in package), "")
    if not name:
        name = next((name for name in package.names if name.startswith("word/document") and name.endswith(".xml")), "")
    if not name:
        raise CannotRead(NO_TEXT)
    counter = Counter()
    found: list[Table] = []
    lines: list[Line] = []
    outside: list[Line] = []
    depth = tables = drawings = 0
    for event, element in package_events(package, name):
        kind = local(element)
        if kind in ("txbxContent", "Fallback"):
            drawings += 1 if event == "start" else -1
        elif kind == "tbl":
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise CannotRead(TOO_DEEP)
            if event == "start" and depth == 1:
                tables += 1
                if outside:
                    found.append(Table("", tuple(outside), is_outside=True))
                lines, outside = [], []
            elif event == "end" and depth == 0:
                found.append(Table(f"Table {tables}", tuple(lines)))
                lines = []
                element.clear()
        elif event == "end" and kind == "tr" and depth == 1:
            line = Line(f"Table {tables}, row {len(lines) + 1}", _cells(element))
            counter.count(line)
            lines.append(line)
            element.clear()
        elif event == "end" and kind == "p" and depth == 0 and not drawings:
            if text := cell(text_of(element)).text:
                line = Line("Text", (Cell(text),), is_outside=True)
                counter.count(line)
                outside.append(line)
            element.clear()
    if outside:
        found.append(Table("", tuple(outside), is_outside=True))
    return found


def package_events(package: Package, name: str) -> Iterator[tuple[str, Any]]:
    """The beginnings and ends of tables, rows, paragraphs and drawings."""
    yield from package.elements(name, "tbl", "tr", "p", "txbxContent", "Fallback")


def _cells(row: Any) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for properties in row:
        if local(properties) == "trPr":
            for property_ in properties:
                if local(property_) in ("gridBefore",):
                    cells += [Cell()] * min(_number(attribute(property_, "val")), MOST_COLUMNS)
    for element in _cell_elements(row):
        width, goes_on_above = 1, False
        for property_ in (inner for properties in element if local(properties) == "tcPr" for inner in properties):
            if local(property_) == "gridSpan":
                width = max(1, _number(attribute(property_, "val")))
            elif local(property_) in ("vMerge", "hMerge") and attribute(property_, "val") in ("", "continue"):
                goes_on_above = goes_on_above or local(property_) == "vMerge"
        said = cell(text_of(element), goes_on_above=goes_on_above)
        # Word shows no text of a cell that goes on from above, but a file may hold some: it is not lost.
        cells.append(Cell(said.text) if goes_on_above and said.text else said)
        cells += [Cell(goes_on_left=True)] * min(width - 1, MOST_COLUMNS)
    return tuple(cells)


def _cell_elements(row: Any) -> Iterator[Any]:
    """The cells of a row, also those within content controls and marks."""
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from _cell_elements(element)


def text_of(element: Any) -> str:
    """The text of an element with its line breaks; cells of a table within a cell stand beside each other."""
    pieces: list[str] = []
    waiting: list[Any] = [element]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            pieces.append(found)
            continue
        kind = local(found)
        if kind in _LEFT_OUT:
            continue
        if kind == "t":
            pieces.append(found.text or "")
            continue
        if kind == "sym":
            pieces.append("\u2713" if attribute(found, "char").upper() in ("F0FC", "F0FE", "F052", "00FC", "00FE") else " ")
            continue
        if kind in _BREAKS:
            pieces.append(_BREAKS[kind])
            continue
        after = "\n" if kind in ("p", "tr") else " | " if kind == "tc" and found is not element else ""
        if after:
            waiting.append(after)
        waiting.extend(reversed(found))
    return "".join(pieces).strip(" |\n\t")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
