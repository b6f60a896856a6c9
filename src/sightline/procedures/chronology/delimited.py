"""Text with one line a row: CSV as programs write it, and tables pasted as text. Its signs, its separator and its quotes are found out."""

import codecs
import re
from collections import Counter as Tally
from typing import Final

from sightline.procedures.chronology.columns import headings
from sightline.procedures.chronology.dates import read_date
from sightline.procedures.chronology.reading import CannotRead
from sightline.procedures.chronology.tables import MOST_LINES, TOO_WIDE, Cell, Counter, Line, Table, cell
from sightline.procedures.chronology.wording import compared

SEPARATORS: Final = (",", ";", "\t", "|")
MOST_CELLS_IN_A_LINE: Final = 30_000
SAMPLED: Final = 400
LONGEST_QUOTED: Final = 60_000
MOST_QUOTED_LINES: Final = 200
TOO_LONG: Final = f"The file holds more than {MOST_LINES:,} lines. Send it in parts, a year or two at a time."
NOT_TEXT: Final = (
    "The file is neither a Word document, a workbook nor text. It can be kept as an attachment, with its rows typed beside it."
)
MIXED: Final = "The file mixes two ways of writing letters such as é and £. Look whether names are right."
ODD_QUOTES: Final = "A quotation mark is never closed. Look whether the cells near it are right."
_GAP: Final = re.compile(r" {2,}|\t+")


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file: UTF-8 or UTF-16 with or without a mark, Windows-1252 also behind a mark that is not its own."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name, errors="replace"), ()
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\x00" in content[:4000]:
        sample = content[:4000]
        evens, odds = sample[::2].count(0), sample[1::2].count(0)
        if max(evens, odds) * 3 > len(sample) // 2 and min(evens, odds) * 4 < max(evens, odds):
            return content.decode("utf-16-be" if evens > odds else "utf-16-le", errors="replace"), ()
        if sample.count(0) * 20 > len(sample):
            raise CannotRead(NOT_TEXT)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    lines = content.split(b"\n")
    if not any(_is_utf8_beyond_ascii(line) for line in lines):
        return _windows(content), ()
    return "\n".join(line.decode() if _is_utf8(line) else _windows(line) for line in lines), (MIXED,)


def _windows(content: bytes) -> str:
    # Five bytes stand for nothing in Windows-1252; programs write them as control signs all the same.
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in content) if any(
        byte in content for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    ) else content.decode("cp1252")  # fmt: skip


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8_beyond_ascii(line: bytes) -> bool:
    return not line.isascii() and _is_utf8(line)


def delimited(text: str) -> tuple[Table, tuple[str, ...]]:
    """The text as a table by whichever separator makes one of it; lines that begin with a date make one without."""
    text = re.sub(r"\r\n?|[\x0b\x0c\u2028\u2029\x85]", "\n", text)
    if text.count("\n") > MOST_LINES * 3:
        raise CannotRead(TOO_LONG)
    declared = re.match(r"\s*sep=(.)\n", text, re.IGNORECASE)
    sample = "\n".join(text.split("\n")[:SAMPLED])
    best = max((_fit(_records(sample, separator)[0]), -place, separator) for place, separator in enumerate(SEPARATORS))
    separator = declared[1] if declared else best[2]
    if not declared and best[0] < 1.5:
        return _without_separator(text)
    records, notes = _records(text, separator)
    return _table(records, is_pasted=separator in "\t|"), notes


def _table(records: list[tuple[int, list[str]]], *, is_pasted: bool) -> Table:
    counter, lines = Counter(), []
    for number, texts in records:
        line = Line(f"Line {number}", tuple(cell(text) for text in texts))
        counter.count(line)
        lines.append(line)
    while lines and not lines[-1].texts:
        lines.pop()
    return Table("The file", tuple(lines), is_pasted=is_pasted)


def _fit(records: list[tuple[int, list[str]]]) -> float:
    """How well the lines agree on a number of columns; a line that reads as headings says most."""
    widths = [len(texts) for _, texts in records if any(text.strip() for text in texts)]
    if not widths:
        return 0.0
    wide = Tally(width for width in widths if width > 1)
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    share = count / len(widths)
    dated = sum(
        1
        for _, texts in records
        if len(texts) > 1 and any(len(text) < 40 and re.search(r"\d", text) and read_date(text).date.start for text in texts[:4])
    )
    has_headings = any(headings(Line("", tuple(cell(text) for text in texts))) for _, texts in records[:40] if len(texts) > 1)
    return share + min(width, 12) / 12 + (3.0 if has_headings else 0.0) + (1.5 * dated / len(widths))


def _records(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    """The records of the text with the number of the line each begins on; a quote that is never closed is a sign like any other."""
    records: list[tuple[int, list[str]]] = []
    notes: dict[str, None] = {}
    at, number, end = 0, 1, len(text)
    is_piped = separator == "|"
    stop = re.compile(rf"[{re.escape(separator)}\n]")
    while at <= end:
        texts: list[str] = []
        begun = at
        while True:
            if at < end and text[at] == '"' and (closing := _closing(text, at, separator)):
                texts.append(text[at + 1 : closing].replace('""', '"'))
                at = closing + 1
            else:
                if at < end and text[at] == '"' and not re.match(r'"+\s*(?:[;,\t|\n]|$)', text[at : at + 20]):
                    notes[ODD_QUOTES] = None
                match = stop.search(text, at)
                upto = match.start() if match else end
                texts.append(text[at:upto])
                at = upto
            if at >= end or text[at] == "\n":
                break
            at += 1
            if len(texts) > MOST_CELLS_IN_A_LINE:
                raise CannotRead(TOO_WIDE)
        if is_piped and len(texts) > 2:
            texts = texts[1 if not texts[0].strip() else 0 : -1 if not texts[-1].strip() else None]
        records.append((number, texts))
        number += text.count("\n", begun, at) + 1
        at += 1
        if len(records) > MOST_LINES + 1000:
            raise CannotRead(TOO_LONG)
    return records, tuple(notes)


def _closing(text: str, at: int, separator: str) -> int:
    """Where the quoted cell that begins here ends: at a quote before a separator or the end of a line. 0 when it does not."""
    place, limit = at + 1, min(len(text), at + LONGEST_QUOTED)
    while True:
        place = text.find('"', place, limit)
        if place < 0:
            return 0
        if text[place + 1 : place + 2] == '"':
            place += 2
            continue
        break
    is_end = place + 1 >= len(text) or text[place + 1] in (separator, "\n")
    return place if is_end and text.count("\n", at, place) <= MOST_QUOTED_LINES else 0


def _without_separator(text: str) -> tuple[Table, tuple[str, ...]]:
    """Columns held apart by spaces; or else lines that begin with a date, and lines that go on from them."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise CannotRead(TOO_LONG)
    spaced = [(number, [piece for piece in _GAP.split(line.strip())]) for number, line in enumerate(lines, start=1)]
    if _fit(spaced[:SAMPLED]) >= 1.9:
        return _table(spaced, is_pasted=True), ()
    return dated_lines([(f"Line {number}", line) for number, line in enumerate(lines, start=1)]), ()


def dated_lines(lines: list[tuple[str, str]]) -> Table:
    """Lines of running text as a table of two columns: the date that a line begins with, and what it says."""
    counter, found = Counter(), []
    for where, text in lines:
        day, rest = _split_date(text)
        line = Line(where, (cell(day), cell(rest)) if day and rest else (cell(text),))
        counter.count(line)
        found.append(line)
    while found and not found[-1].texts:
        found.pop()
    return Table("The text", tuple(found), is_pasted=True, is_running_text=True)


def _split_date(text: str) -> tuple[str, str]:
    """The date at the beginning of a line, and the rest."""
    words = text.strip().split(" ")[:9]
    if not words or not re.search(r"\d|xmas|christmas|w/c", compared(" ".join(words[:4]))):
        return "", text
    for count in range(min(len(words), 8), 0, -1):
        piece = " ".join(words[:count])
        plain = compared(piece).rstrip(" :-,.")
        found = read_date(plain) if re.search(r"\d{2}|xmas|christmas", plain) else None
        if found and found.date.start and not found.rest and not found.why:
            return plain if not found.time else plain, text.strip()[len(piece) :].strip(" :-\u2013,\t")
    return "", text


def table_of_text(lines: list[str]) -> Table:
    """Lines of text that are no table, each in one cell."""
    return Table("", tuple(Line("Text", (Cell(text),), is_outside=True) for text in lines if text), is_outside=True)
