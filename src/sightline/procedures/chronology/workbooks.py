"""The sheets of a workbook, in their order, with real dates and times as such. Formulas are not worked out: what was last shown is read."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format  # type: ignore[import-untyped]

from sightline.procedures.chronology.packages import Package, attribute, local
from sightline.procedures.chronology.reading import CannotRead
from sightline.procedures.chronology.tables import MOST_COLUMNS, MOST_TEXT, TOO_LONG, TOO_WIDE, Cell, Counter, Line, Table, cell

NO_SHEETS: Final = "The workbook has no sheets that can be read."
MOST_SHEETS: Final = 60
MOST_MERGED: Final = 200_000
_PLACE: Final = re.compile(r"\$?([A-Z]{1,4})\$?(\d{1,8})")
_Merges = dict[tuple[int, int], tuple[bool, bool]]


def sheets(package: Package) -> list[Table]:
    """Each sheet as a table; a hidden one too, because what an agency sent is read whole."""
    names, uses_1904 = _sheet_parts(package)
    if not names:
        raise CannotRead(NO_SHEETS)
    texts = _shared_texts(package)
    dated = _date_styles(package)
    counter = Counter()
    return [Table(f"Sheet {name}", tuple(_lines(package, part, name, texts, dated, uses_1904, counter))) for name, part in names]


def _sheet_parts(package: Package) -> tuple[list[tuple[str, str]], bool]:
    target_by_id: dict[str, str] = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for event, element in package.elements("xl/_rels/workbook.xml.rels", "Relationship"):
            if event == "end" and not attribute(element, "TargetMode").lower().startswith("ext"):
                target = attribute(element, "Target").replace("\\", "/")
                target_by_id[attribute(element, "Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found, uses_1904 = [], False
    if "xl/workbook.xml" in package:
        for event, element in package.elements("xl/workbook.xml", "sheet", "workbookPr"):
            if event == "start":
                continue
            if local(element) == "workbookPr":
                uses_1904 = attribute(element, "date1904") in ("1", "true")
            else:
                found.append((cell(attribute(element, "name")).text[:60], target_by_id.get(attribute(element, "id"), "")))
    found = [(name, part) for name, part in found if part in package and "worksheets" in part.lower()]
    if not found:
        parts = sorted(name for name in package.names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))
        found = [(str(number), part) for number, part in enumerate(parts, start=1)]
    if len(found) > MOST_SHEETS:
        raise CannotRead(f"The workbook has more than {MOST_SHEETS} sheets. Keep those of the chronology and choose it again.")
    return found, uses_1904


def _shared_texts(package: Package) -> list[str]:
    texts: list[str] = []
    length = 0
    if "xl/sharedStrings.xml" in package:
        for event, element in package.elements("xl/sharedStrings.xml", "si"):
            if event == "end":
                texts.append(_text(element))
                length += len(texts[-1])
                if length > MOST_TEXT:
                    raise CannotRead(TOO_LONG)
                element.clear()
    return texts


def _text(element: Any) -> str:
    """The text of a shared or inline string, without the readings that some languages set above it."""
    return "".join(inner.text or "" for inner in element.iter() if local(inner) == "t" and local(inner.getparent()) != "rPh")


def _date_styles(package: Package) -> list[bool]:
    """For each style of a cell, whether it shows a number as a date or time."""
    if "xl/styles.xml" not in package:
        return []
    format_by_number: dict[int, str] = dict(BUILTIN_FORMATS)
    styles: list[bool] = []
    for event, element in package.elements("xl/styles.xml", "numFmt", "cellXfs"):
        if event == "end" and local(element) == "numFmt":
            format_by_number[_whole(attribute(element, "numFmtId"))] = attribute(element, "formatCode")
        elif event == "end":
            styles = [bool(is_date_format(format_by_number.get(_whole(attribute(style, "numFmtId")), ""))) for style in element]
    return styles


def _lines(
    package: Package, part: str, name: str, texts: list[str], dated: list[bool], uses_1904: bool, counter: Counter
) -> Iterator[Line]:
    merges = _merges(package, part)
    row_number = 0
    for event, element in package.elements(part, "row"):
        if event == "start":
            continue
        said = _whole(attribute(element, "r"))
        row_number = said if said > row_number else row_number + 1
        cells: dict[int, Cell] = {}
        column = -1
        for inner in element:
            if local(inner) != "c":
                continue
            place = _PLACE.fullmatch(attribute(inner, "r"))
            column = _column_number(place[1]) if place else column + 1
            found = _cell(inner, texts, dated, uses_1904)
            if found.text:
                if column >= MOST_COLUMNS:
                    raise CannotRead(TOO_WIDE)
                cells[column] = found
        for column in range(min(max(cells, default=-1) + 2, MOST_COLUMNS) if merges else 0):
            on_left, on_above = merges.get((row_number, column), (False, False))
            if (on_left or on_above) and column not in cells:
                cells[column] = Cell(goes_on_left=on_left, goes_on_above=on_above)
        line = Line(f"Sheet {name}, row {row_number}", tuple(cells.get(place, Cell()) for place in range(max(cells, default=-1) + 1)))
        counter.count(line)
        yield line
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _merges(package: Package, part: str) -> _Merges:
    """For each place within a merged cell that is not its first: whether the cell goes on from the left, and whether from above."""
    merges: _Merges = {}
    marked = 0
    for event, element in package.elements(part, "mergeCell"):
        if event == "start":
            continue
        first, _, last = attribute(element, "ref").partition(":")
        begins, ends = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if not begins or not ends:
            continue
        left, right = _column_number(begins[1]), min(_column_number(ends[1]), MOST_COLUMNS)
        top, bottom = int(begins[2]), min(int(ends[2]), int(begins[2]) + 500)
        marked += max(0, bottom - top + 1) * max(0, right - left + 1)
        if marked > MOST_MERGED:
            break
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    merges[row, column] = (column > left, row > top and column == left)
    return merges


def _cell(element: Any, texts: list[str], dated: list[bool], uses_1904: bool) -> Cell:
    kind, style = attribute(element, "t"), _whole(attribute(element, "s"))
    value = next((inner.text or "" for inner in element if local(inner) == "v"), "")
    if kind == "inlineStr":
        return cell("".join(_text(inner) for inner in element if local(inner) == "is"))
    if kind == "s":
        number = _whole(value.strip()) if value.strip().isdecimal() else -1
        return cell(_unescaped(texts[number]) if 0 <= number < len(texts) else "")
    if kind == "b":
        return cell("Yes" if value.strip() == "1" else "No")
    if kind == "d":
        try:
            moment = datetime.fromisoformat(value.strip())  # noqa: DTZ007
        except ValueError:
            return cell(value)
        return _dated(moment)
    if kind in ("str", "e") or not value.strip():
        return cell(_unescaped(value))
    try:
        figure = float(value)
    except ValueError:
        return cell(value)
    if style < len(dated) and dated[style]:
        return _moment(figure, uses_1904) or cell(value)
    return cell(value.strip().removesuffix(".0"), value=figure)


def _moment(figure: float, uses_1904: bool) -> Cell | None:
    """A number as the date or time that its style shows."""
    if 0 <= figure < 1:
        minutes = round(figure * 24 * 60) % (24 * 60)
        return Cell(f"{minutes // 60:02}:{minutes % 60:02}", time(minutes // 60, minutes % 60))
    if not 0 < figure < 2_958_466:
        return None
    # Day 60 is 29 February 1900, which never was; no chronology goes back as far.
    epoch = datetime(1904, 1, 1) if uses_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
    try:
        moment = epoch + timedelta(days=int(figure), minutes=round(figure % 1 * 24 * 60))
    except OverflowError:
        return None
    return _dated(moment)


def _dated(moment: datetime) -> Cell:
    if moment.time() == time():
        return Cell(moment.date().isoformat(), moment.date())
    return Cell(f"{moment:%Y-%m-%d %H:%M}", moment)


def is_day(value: object) -> bool:
    """Whether a cell's value is a real date."""
    return isinstance(value, date)


def _unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
