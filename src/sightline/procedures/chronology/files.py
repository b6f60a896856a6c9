"""One chronology file, whatever its kind, from its bytes to its rows. The content decides what it is; its name only says what was meant."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sightline.procedures.chronology.delimited import NOT_TEXT, dated_lines, decoded, delimited
from sightline.procedures.chronology.fates import understand
from sightline.procedures.chronology.packages import PASSWORD, Package
from sightline.procedures.chronology.reading import CannotRead, Reading
from sightline.procedures.chronology.rich_text import rich_text_tables
from sightline.procedures.chronology.tables import Table
from sightline.procedures.chronology.word_tables import word_tables
from sightline.procedures.chronology.workbooks import sheets

LARGEST: Final = 25 * 1024 * 1024
EMPTY: Final = "The file is empty."
TOO_LARGE: Final = "The file is larger than 25 MB. Save it without pictures, or send it in parts."
OLD_OFFICE: Final = (
    "Files of old Word and Excel (.doc, .xls) are not read. Save it as .docx or .xlsx and choose it again, or keep it as an attachment "
    "and type its rows beside it."
)
PORTABLE: Final = (
    "PDF files are kept as an attachment, with their rows typed beside them. If the agency has it in Word or Excel, ask for that."
)
OPEN_DOCUMENT: Final = "OpenDocument files are not read. Save it as .docx or .xlsx and choose it again."
PICTURE: Final = "The file is a picture. It can be kept as an attachment, with its rows typed beside it."
OTHER_PACKAGE: Final = "The file is a package of files, not a Word document or workbook. Choose the chronology itself."
NAMED_OTHERWISE: Final = "The file is named .{extension}, but it is {kind}. It was read as what it is."
_KINDS: Final = {"docx": "a Word document", "xlsx": "a workbook", "rtf": "rich text", "csv": "text"}
_SAME_KIND: Final = {
    "docm": "docx",
    "dotx": "docx",
    "xlsm": "xlsx",
    "xltx": "xlsx",
    "tsv": "csv",
    "txt": "csv",
    "tab": "csv",
    "": "csv",
    "text": "csv",
}


def read_chronology(
    content: bytes,
    extension: str,
    *,
    period: tuple[date, date] | None = None,
    columns: Mapping[int, str] | None = None,
    names: tuple[str, ...] = (),
) -> Reading:
    """The rows of a chronology: `columns` says what a column holds (counted from 0), `names` how the child is called in it."""
    named = extension.lower().lstrip(".")
    kind, tables, notes = _tables(content)
    reading = understand(tables, period=period, columns=columns, names=names)
    if not reading.rows and columns is None:
        reading = _from_running_text(tables, reading, period, names)
    if _SAME_KIND.get(named, named) != kind:
        notes = (*notes, NAMED_OTHERWISE.format(extension=named[:12], kind=_KINDS[kind]))
    return replace(reading, notes=(*notes, *reading.notes))


def _tables(content: bytes) -> tuple[str, list[Table], tuple[str, ...]]:
    if not content.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise CannotRead(EMPTY)
    if len(content) > LARGEST:
        raise CannotRead(TOO_LARGE)
    if content.startswith(b"PK"):
        return _packed(content)
    if content.lstrip()[:5] == b"{\\rtf":
        return "rtf", rich_text_tables(content), ()
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise CannotRead(PASSWORD if "EncryptedPackage".encode("utf-16-le") in content else OLD_OFFICE)
    if b"%PDF-" in content[:1024]:
        raise CannotRead(PORTABLE)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")):
        raise CannotRead(PICTURE)
    if content.startswith((b"MZ", b"\x7fELF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")):
        raise CannotRead(NOT_TEXT)
    text, notes = decoded(content)
    if _is_no_text(text):
        raise CannotRead(NOT_TEXT)
    table, odd = delimited(text)
    return "csv", [table], (*notes, *odd)


def _packed(content: bytes) -> tuple[str, list[Table], tuple[str, ...]]:
    package = Package(content)
    if any(name.startswith("word/document") for name in package.names):
        return "docx", word_tables(package), ()
    if any(name.startswith("xl/") for name in package.names):
        return "xlsx", sheets(package), ()
    raise CannotRead(OPEN_DOCUMENT if "content.xml" in package and "mimetype" in package else OTHER_PACKAGE)


def _is_no_text(text: str) -> bool:
    sample = text[:4000]
    strange = sum(1 for sign in sample if (sign < " " and sign not in "\t\n\r\x0b\x0c") or sign == "\ufffd")
    return strange * 10 > len(sample)


def _from_running_text(tables: Sequence[Table], reading: Reading, period: tuple[date, date] | None, names: tuple[str, ...]) -> Reading:
    """A chronology without any table: paragraphs that begin with a date."""
    if not any(table.is_outside for table in tables):
        return reading
    text_tables = [
        replace(dated_lines([(f"Paragraph {number}", line.text) for number, line in enumerate(table.lines, start=1)]), name="The text")
        if table.is_outside
        else table
        for table in tables
    ]
    again = understand(text_tables, period=period, names=names)
    return again if len(again.rows) > 1 else reading
