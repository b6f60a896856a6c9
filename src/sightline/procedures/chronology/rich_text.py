"""The tables and the text of a rich text file (RTF): its control words are followed, its pictures and objects are not."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from sightline.procedures.chronology.reading import CannotRead
from sightline.procedures.chronology.tables import Cell, Counter, Line, Table, cell

DEEPEST: Final = 400
MOST_TOKENS: Final = 3_000_000
TOO_DEEP: Final = (
    "The rich text file is nested far deeper than any program writes, so it was not read. Save it as .docx and choose it again."
)
_TOKEN: Final = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|\r?\n|\r|\\")
_LEFT_OUT: Final = frozenset(
    {
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "header",
        "headerl",
        "headerr",
        "headerf",
        "footer",
        "footerl",
        "footerr",
        "footerf",
        "footnote",
        "annotation",
        "comment",
        "themedata",
        "colorschememapping",
        "datastore",
        "latentstyles",
        "listtable",
        "listoverridetable",
        "rsidtbl",
        "generator",
        "xmlnstbl",
        "fldinst",
        "filetbl",
        "revtbl",
        "pgptbl",
        "mmathPr",
        "bkmkstart",
        "bkmkend",
        "atnid",
        "atnauthor",
        "atndate",
        "do",
        "shppict",
        "nonshppict",
        "objdata",
        "field_inst",
        "listtext",
        "pntext",
        "nonesttables",
    }
)
_SIGNS: Final = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "tab": "\t", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018",
    "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": " ", "enspace": " ",
}  # fmt: skip


@dataclass(frozen=True)
class _Group:
    is_left_out: bool = False
    skip: int = 1
    is_hidden: bool = False


@dataclass
class _Reader:
    """Where the reading of one file stands."""

    encoding: str = "cp1252"
    group: _Group = _Group()
    groups: list[_Group] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    is_in_table: bool = False
    nested: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)
    merge: str = ""
    lines: list[Line] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)
    found: list[Table] = field(default_factory=list)
    tables: int = 0
    counter: Counter = field(default_factory=Counter)


def rich_text_tables(content: bytes) -> list[Table]:
    """Each table, and each run of text between tables, as a table of its own."""
    reader = _Reader()
    for number, token in enumerate(_TOKEN.finditer(content)):
        if number > MOST_TOKENS:
            raise CannotRead(TOO_DEEP)
        word, figure, code, sign, brace, text = token.groups()
        if brace:
            _brace(reader, brace)
        elif reader.group.is_left_out:
            if sign == b"*":
                continue
        elif word:
            _word(reader, word.decode("ascii"), figure)
        elif code:
            if reader.to_skip:
                reader.to_skip -= 1
            else:
                reader.raw.append(int(code, 16))
        elif sign:
            _sign(reader, sign)
        elif text:
            _text(reader, text)
    _end_paragraph(reader)
    _end_table(reader)
    if reader.cells or reader.lines:
        _end_row(reader)
        _end_table(reader)
    if reader.outside:
        reader.found.append(Table("", tuple(reader.outside), is_outside=True))
    return reader.found


def _brace(reader: _Reader, brace: bytes) -> None:
    _settle(reader)
    if brace == b"{":
        reader.groups.append(reader.group)
        if len(reader.groups) > DEEPEST:
            raise CannotRead(TOO_DEEP)
    elif reader.groups:
        reader.group = reader.groups.pop()
        reader.to_skip = 0


def _sign(reader: _Reader, sign: bytes) -> None:
    if sign == b"*":
        # A destination that programs may pass over, and so do we.
        reader.group = replace(reader.group, is_left_out=True)
    elif sign in b"\\{}":
        _text(reader, sign)
    elif sign == b"~":
        _say(reader, "\u00a0")
    elif sign == b"_":
        _say(reader, "-")
    elif sign in b"\r\n":
        _say(reader, "\n")


def _text(reader: _Reader, text: bytes) -> None:
    if reader.to_skip:
        passed = min(reader.to_skip, len(text))
        reader.to_skip, text = reader.to_skip - passed, text[passed:]
    reader.raw += text


def _settle(reader: _Reader) -> None:
    if reader.raw:
        if not reader.group.is_hidden:
            reader.pieces.append(bytes(reader.raw).decode(reader.encoding, errors="replace"))
        reader.raw.clear()


def _say(reader: _Reader, text: str) -> None:
    _settle(reader)
    if not reader.group.is_hidden:
        reader.pieces.append(text)


def _word(reader: _Reader, word: str, figure: bytes | None) -> None:
    number = int(figure) if figure else None
    if word == "u" and number is not None:
        _say(reader, _unicode(reader, number))
        reader.to_skip = reader.group.skip
        return
    if reader.to_skip and word not in ("u", "uc"):
        reader.to_skip = 0
    if word in _LEFT_OUT:
        _settle(reader)
        reader.group = replace(reader.group, is_left_out=True)
    elif word == "uc":
        reader.group = replace(reader.group, skip=max(0, min(number or 0, 10)))
    elif word == "ansicpg":
        reader.encoding = _encoding(number)
    elif word == "mac":
        reader.encoding = "mac_roman"
    elif word in ("v", "deleted"):
        _settle(reader)
        reader.group = replace(reader.group, is_hidden=number != 0)
    elif word == "plain":
        _settle(reader)
        reader.group = replace(reader.group, is_hidden=False)
    else:
        _structure(reader, word)


def _structure(reader: _Reader, word: str) -> None:
    """Words that make paragraphs, cells and rows."""
    if word == "trowd":
        reader.defined, reader.merge = [], ""
    elif word in ("clmgf", "clmrg", "clvmgf", "clvmrg"):
        reader.merge += {"clmrg": "<", "clvmrg": "^"}.get(word, "")
    elif word == "cellx":
        reader.defined.append(reader.merge)
        reader.merge = ""
    elif word == "intbl":
        reader.is_in_table = True
    elif word == "cell":
        _settle(reader)
        reader.cells.append("".join((*reader.nested, *reader.pieces)))
        reader.pieces, reader.nested = [], []
    elif word == "nestcell":
        _settle(reader)
        reader.nested += [*reader.pieces, " | "]
        reader.pieces = []
    elif word == "nestrow":
        reader.nested.append("\n")
    elif word == "row":
        _end_row(reader)
    elif word == "pard":
        reader.is_in_table = False
    elif word == "par" and not reader.is_in_table and not reader.cells:
        _end_paragraph(reader)
    elif word in _SIGNS:
        _say(reader, _SIGNS[word])


def _end_row(reader: _Reader) -> None:
    _settle(reader)
    if "".join(reader.pieces).strip():
        reader.cells.append("".join(reader.pieces))
    reader.pieces = []
    if not reader.lines:
        reader.tables += 1
        if reader.outside:
            reader.found.append(Table("", tuple(reader.outside), is_outside=True))
            reader.outside = []
    marks = [reader.defined[place] if place < len(reader.defined) else "" for place in range(len(reader.cells))]
    cells = []
    for text, mark in zip(reader.cells, marks, strict=True):
        said = cell(text)
        cells.append(said if said.text or not mark else Cell(goes_on_left="<" in mark, goes_on_above="^" in mark))
    line = Line(f"Table {reader.tables}, row {len(reader.lines) + 1}", tuple(cells))
    reader.counter.count(line)
    reader.lines.append(line)
    reader.cells = []


def _end_paragraph(reader: _Reader) -> None:
    _settle(reader)
    text = cell("".join((*reader.nested, *reader.pieces))).text
    reader.pieces, reader.nested = [], []
    if text:
        _end_table(reader)
        line = Line("Text", (Cell(text),), is_outside=True)
        reader.counter.count(line)
        reader.outside.append(line)
    elif not reader.cells:
        _end_table(reader)


def _end_table(reader: _Reader) -> None:
    if reader.lines:
        reader.found.append(Table(f"Table {reader.tables}", tuple(reader.lines)))
        reader.lines = []


def _unicode(reader: _Reader, number: int) -> str:
    """A sign by its number; two halves of one sign come one after the other."""
    number %= 0x10000
    if 0xDC00 <= number <= 0xDFFF and reader.pieces and not reader.raw and 0xD800 <= ord(reader.pieces[-1][-1:] or " ") <= 0xDBFF:
        high = ord(reader.pieces[-1][-1])
        reader.pieces[-1] = reader.pieces[-1][:-1]
        return chr(0x10000 + (high - 0xD800) * 0x400 + number - 0xDC00)
    return chr(number)


def _encoding(number: int | None) -> str:
    name = {65001: "utf-8", 10000: "mac_roman", 932: "cp932", 936: "gbk"}.get(number or 1252, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
