"""Files that mean harm or were badly made, from a seed; and reading many of them in one process with little memory.

python -m tests.procedures.chronology.hostile SEED COUNT       one line of JSON: what became of them
"""

import json
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO

from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.chronology.reading import CannotRead, as_plain
from tests.factories import chronologies as made

MOST_MEMORY = 768 * 1024 * 1024
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRANGE_DATES = (
    "31/02/2019", "00/00/0000", "1/1/0000", "31/12/9999", "99/99/9999", "\u202e9102/30/40", "\u200f04/03/2019", "٠٤/٠٣/٢٠١٩", "-1/-1/-1",
    "1e308", "NaN", "0x10", "?" * 900, "1-" * 400, "c. " * 300, "w/c " * 100, "between " * 90, "4/3/" * 200, "March " * 200,
    "\u0000", "\ud800",
    "04/03/2019" * 50, "(" * 500, "'" * 300, "1 and 2 and " * 60, "2019-02-29", "29/02/1900", "\u0664\u066b5", "𝟎𝟒/𝟎𝟑/𝟐𝟎𝟏𝟗",
    "½/03/2019", "²/03/2019",
)  # fmt: skip
STRANGE_TEXTS = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)", "\u202eevil\u202c", "\u200b" * 400, "the child " * 3000, "not " * 3000 + "seen",
    "a" * 60_000, "\x00\x01\x02",
    "\ud83d", "]]>&lt;&amp;", "{\\rtf1}", '"' * 501, "\n" * 3000, "CH " * 5000, "seen " * 5000, "\ufffe\uffff", "é" * 2000,
    "<script>", "''''", "\t|;,",
)  # fmt: skip


def files(seed: int, count: int) -> Iterator[tuple[str, str, bytes]]:
    """The kind, the extension and the content of each file."""
    chance = random.Random(seed)
    kinds = list(KINDS.items())
    for number in range(count):
        kind, make = kinds[(number + seed) % len(kinds)]
        extension, content = make(chance)
        yield kind, chance.choice((extension, extension, extension, "docx", "xlsx", "csv", "rtf", "")), content


def _tidy(chance: random.Random) -> tuple[str, bytes]:
    rows = (made.HEADINGS, *(made.ROWS * chance.randint(1, 6)))
    extension = chance.choice(("docx", "xlsx", "csv", "rtf"))
    make: dict[str, Callable[[], bytes]] = {
        "docx": lambda: made.docx(made.FAMILY, rows), "xlsx": lambda: made.xlsx(rows), "csv": lambda: made.csv(rows),
        "rtf": lambda: made.rtf(rows),
    }  # fmt: skip
    return extension, make[extension]()


def _truncated(chance: random.Random) -> tuple[str, bytes]:
    extension, content = _tidy(chance)
    return extension, content[: chance.randint(0, len(content))]


def _flipped(chance: random.Random) -> tuple[str, bytes]:
    extension, content = _tidy(chance)
    changed = bytearray(content)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return extension, bytes(changed)


def _parts_flipped(chance: random.Random) -> tuple[str, bytes]:
    """Whole as a package, damaged within: some bytes of each part of XML are others."""
    extension, content = chance.choice((("docx", made.docx()), ("xlsx", made.xlsx())))
    changed = {}
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            part = bytearray(packed.read(name))
            for _ in range(chance.randint(0, 6)):
                part[chance.randrange(len(part))] = chance.choice(b'<>&"/ x0')
            changed[name] = bytes(part)
    return extension, _package(changed)


def _noise(chance: random.Random) -> tuple[str, bytes]:
    head = chance.choice(
        (b"", b"PK\x03\x04", b"{\\rtf1", b"%PDF-", b"\xff\xfe", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00")
    )
    return "csv", head + chance.randbytes(chance.randint(0, 20_000))


def _empty(chance: random.Random) -> tuple[str, bytes]:
    empty = chance.choice((b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"{\\rtf1}", b",,,,\n,,,", _package({}), _word(""), _sheet("")))
    return chance.choice(("docx", "csv", "rtf", "xlsx")), empty


def _zip_bomb(chance: random.Random) -> tuple[str, bytes]:
    size = chance.choice((3, 45, 160)) * 1024 * 1024
    inner = chance.choice((b" ", b"<w:p/>", b"A"))
    body = f'<w:document xmlns:w="{W}"><w:body>'.encode() + inner * (size // len(inner)) + b"</w:body></w:document>"
    if chance.random() < 0.3:
        return "docx", _package({"word/document.xml": b"<a/>", **{f"word/media/{number}.png": b"" for number in range(4200)}})
    return "docx", _package({"word/document.xml": body})


def _lying_zip(chance: random.Random) -> tuple[str, bytes]:
    """The directory of the package says other sizes than there are."""
    content = bytearray(_word("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 3000))
    at = content.rfind(b"PK\x01\x02")
    content[at + 20 : at + 28] = chance.choice((b"\xff\xff\xff\x7f\x10\0\0\0", b"\x10\0\0\0\x10\0\0\0", b"\0" * 8, chance.randbytes(8)))
    if chance.random() < 0.3:
        content[at + 10] = chance.choice((1, 9, 12, 14, 99))
    return "docx", bytes(content)


def _xml_bomb(chance: random.Random) -> tuple[str, bytes]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(chance.randint(2, 12)))
    outside = chance.choice(('<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;', laughs))
    text = f'<?xml version="1.0"?>{"<!-- " + "-x" * 3000 + " -->" if chance.random() < 0.3 else ""}<!DOCTYPE r [{outside}]>'
    root = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a1;&x;</w:t></w:r></w:p></w:body></w:document>'
    if chance.random() < 0.3:
        return "docx", _package({"word/document.xml": (text + root).encode("utf-16")})
    if chance.random() < 0.5:
        return "xlsx", _package(
            _book(f"{text}<worksheet xmlns='{S}'>&a1;</worksheet>") | {"xl/sharedStrings.xml": (text + f"<sst xmlns='{S}'/>").encode()}
        )
    return "docx", _package({"word/document.xml": (text + root).encode()})


def _deep(chance: random.Random) -> tuple[str, bytes]:
    depth = chance.choice((3, 14, 200, 3000))
    tag = chance.choice(("w:tbl><w:tr><w:tc", "w:sdt><w:sdtContent", "w:ins", "w:tbl"))
    inside = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    text = f"<{tag}>" * depth + "<w:p><w:r><w:t>04/03/2019</w:t></w:r></w:p>" + inside * depth
    return "docx", _word(f"<w:tbl><w:tr><w:tc>{text}</w:tc></w:tr></w:tbl>" if chance.random() < 0.5 else text)


def _wide(chance: random.Random) -> tuple[str, bytes]:
    wide = chance.choice((160, 10_000, 40_000))
    if chance.random() < 0.3:
        return "csv", b"Date,Event\n" + b"x," * wide + b"\n" + b"," * wide * 5
    if chance.random() < 0.5:
        return "xlsx", _sheet("<row r='1'>" + "<c t='inlineStr'><is><t>x</t></is></c>" * wide + "</row>")
    span = f"<w:tc><w:tcPr><w:gridSpan w:val='{wide * 100}'/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
    return "docx", _word(f"<w:tbl><w:tr>{span * min(wide, 400)}</w:tr></w:tbl>")


def _merged(chance: random.Random) -> tuple[str, bytes]:
    rows = "".join(
        f"<row r='{number}'><c r='A{number}' t='inlineStr'><is><t>{text}</t></is></c>"
        f"<c r='B{number}' t='inlineStr'><is><t>Visit.</t></is></c></row>"
        for number, text in enumerate(("Date", "04/03/2019", "", "05/03/2019"), start=1)
    )
    places = chance.choice(("A1:XFD1048576", "A2:A4", "B1:B4", "ZZZZ99999999:A1", "A1", "::", "A0:B0"))
    merge = "<mergeCells>" + f"<mergeCell ref='{places}'/>" * chance.choice((1, 5, 3000)) + "</mergeCells>"
    if chance.random() < 0.4:
        cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t></w:t></w:r></w:p></w:tc>"
        return "docx", _word(f"<w:tbl>{f'<w:tr>{cell * 6}</w:tr>' * 40}</w:tbl>")
    return "xlsx", _sheet(rows, after=merge)


def _strange_cells(chance: random.Random) -> tuple[str, bytes]:
    def text() -> str:
        return "".join(
            sign for sign in chance.choice(STRANGE_TEXTS) if sign >= " " and not "\ud800" <= sign <= "\udfff" and sign < "\ufffe"
        )

    rows = [
        (
            "".join(sign for sign in chance.choice(STRANGE_DATES) if sign >= " " and sign != "\ud800"),
            chance.choice(("", "25:99", "9" * 99)),
            text(),
            text(),
            text(),
            text(),
        )
        for _ in range(chance.randint(1, 12))
    ]
    extension = chance.choice(("docx", "csv", "rtf"))
    every = (made.HEADINGS, *rows)
    return extension, {"docx": made.docx, "csv": made.csv, "rtf": made.rtf}[extension](every)  # type: ignore[operator]


def _strange_numbers(chance: random.Random) -> tuple[str, bytes]:
    values = ("NaN", "inf", "-1", "1e308", "0", "60", "2958466", "43586.99999", "abc", "", "9" * 400, "-0.5", "0.6041")
    kinds = ("", "t='s'", "t='b'", "t='d'", "t='e'", "t='str'", "t='zz'", "s='1'", "s='99999'", "s='-1'", "t='n' s='1'")
    cells = "".join(
        f"<row r='{chance.choice((number, 99999999, 0, -3))}'>"
        + "".join(f"<c {chance.choice(kinds)}><f>1+1</f><v>{chance.choice(values)}</v></c>" for _ in range(4)) + "</row>"
        for number in range(1, 12)
    )  # fmt: skip
    return "xlsx", _sheet("<row r='1'><c t='inlineStr'><is><t>Date</t></is></c><c t='inlineStr'><is><t>Event</t></is></c></row>" + cells)


def _links(chance: random.Random) -> tuple[str, bytes]:
    target = chance.choice(
        ("../../../../etc/passwd", "http://127.0.0.1:9/sheet.xml", "worksheets/sheet1.xml", "/xl/worksheets/none.xml", "\\\\host\\share")
    )
    relation = (
        f"<Relationships><Relationship Id='r1' Target='{target}' TargetMode='{chance.choice(('External', 'Internal'))}'/></Relationships>"
    )
    book = "<workbook xmlns:r='x'><sheets>" + "<sheet name='A' r:id='r1'/>" * chance.choice((1, 100)) + "</sheets></workbook>"
    macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/externalLinks/externalLink1.xml": b"<x/>", "../../escape.txt": b"x"}
    return "xlsm", _package(
        _book("<worksheet/>") | {"xl/workbook.xml": book.encode(), "xl/_rels/workbook.xml.rels": relation.encode()} | macros
    )


def _styles(chance: random.Random) -> tuple[str, bytes]:
    cycle = "<styles><style styleId='A'><basedOn val='B'/></style><style styleId='B'><basedOn val='A'/></style></styles>"
    numbers = "<numFmts><numFmt numFmtId='999' formatCode='[' /></numFmts>"
    formats = f"<styleSheet>{numbers}<cellXfs><xf numFmtId='999'/><xf numFmtId='x'/></cellXfs></styleSheet>"
    if chance.random() < 0.5:
        return "docx", _package({"word/document.xml": _document("<w:p/>"), "word/styles.xml": cycle.encode()})
    return "xlsx", _package(
        _book(f"<worksheet xmlns='{S}'><sheetData><row><c s='0'><v>43586</v></c></row></sheetData></worksheet>")
        | {"xl/styles.xml": formats.encode()}
    )


def _long(chance: random.Random) -> tuple[str, bytes]:
    line = chance.choice((b"\n", b"04/03/2019,Visit.\n", b'"\n', b",\n", b'"",""\n', b"04/03/2019\tx\n", b" ", b"|", b"\r", b'"a""'))
    return "csv", b"Date,Event\n" + line * chance.choice((400, 5_000, 90_000))


def _huge_cell(chance: random.Random) -> tuple[str, bytes]:
    text = chance.choice(("the child was not seen ", "04/03/2019 ", "a", "(", "? ", "and ", "w/c ", "seen by ", "n\u0301")) * chance.choice(
        (5_000, 60_000)
    )
    rows = (("Date", "Event"), (text, "Visit."), ("04/03/2019", text))
    return "csv", made.csv(rows, above=(text[:2000],))


def _encodings(chance: random.Random) -> tuple[str, bytes]:
    text = made.csv((made.HEADINGS, ("04/03/2019", "", "", "Caf\u00e9 \u00a330 \u2013 r\u00f4le", "", ""))).decode()
    pieces = [
        text.encode(chance.choice(("utf-8", "cp1252", "utf-16", "utf-16-be", "utf-32", "utf-7", "cp037")), errors="replace")
        for _ in range(chance.randint(1, 3))
    ]
    content = chance.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0")) + b"\n".join(pieces)
    return "csv", content.replace(b" ", b"\x00 ") if chance.random() < 0.2 else content + chance.choice(
        (b"", b"\x00", b"\xd8", b"\x00\xd8\x41")
    )


def _rtf_storm(chance: random.Random) -> tuple[str, bytes]:
    piece = chance.choice(
        (
            b"{", b"}", b"\\par", b"\\cell", b"\\row", b"\\trowd\\cellx1", b"\\u-10179?\\u-8704?", b"\\u55357?", b"\\uc9999999999",
            b"\\'", b"\\'zz", b"\\bin999999999 ",
            b"{\\*\\x", b"\\ansicpg99999 \\'e9", b"\\nestcell", b"\\intbl", b"\\v ", b"\\", b"{\\pict 00ff", b"\\clvmrg\\cellx1",
            b"\\u9999999999 ", b"\\ansicpg932\\'81",
        )
    )  # fmt: skip
    return "rtf", b"{\\rtf1\\ansi " + piece * chance.choice((3, 399, 50_000)) + made.rtf()[5:] + chance.choice((b"", b"}" * 50))


def _package(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()


def _document(body: str) -> bytes:
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def _word(body: str) -> bytes:
    return _package({"word/document.xml": _document(body)})


def _book(sheet: str) -> dict[str, bytes]:
    return {"xl/worksheets/sheet1.xml": sheet.encode()}


def _sheet(rows: str, *, after: str = "") -> bytes:
    styles = "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"
    return _package(_book(f"<worksheet xmlns='{S}'><sheetData>{rows}</sheetData>{after}</worksheet>") | {"xl/styles.xml": styles.encode()})


KINDS: dict[str, Callable[[random.Random], tuple[str, bytes]]] = {
    make.__name__.strip("_"): make
    for make in (
        _tidy, _truncated, _flipped, _parts_flipped, _noise, _empty, _zip_bomb, _lying_zip, _xml_bomb, _deep, _wide, _merged,
        _strange_cells,
        _strange_numbers, _links, _styles, _long, _huge_cell, _encodings, _rtf_storm,
    )
}  # fmt: skip


def read_all(seed: int, count: int) -> dict[str, object]:
    """What became of each file: read whole, refused with a sentence, or wrong; how much memory and how long the slowest took."""
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    slowest, slowest_kind = 0.0, ""
    for number, (kind, extension, content) in enumerate(files(seed, count)):
        begun = time.process_time()
        try:
            reading = read_chronology(content, extension)
            json.dumps(as_plain(reading)).encode()
            tally["read"] += 1
            tally["rows"] += len(reading.rows)
            if not reading.is_whole:
                wrong.append(f"{kind} {number}: {reading.lines} lines, {len(reading.rows)} rows, {len(reading.explained)} explained")
        except CannotRead as refusal:
            tally["refused"] += 1
            if len(refusal.sentence) < 15:
                wrong.append(f"{kind} {number}: {refusal.sentence!r}")
        except Exception as defect:
            wrong.append(f"{kind} {number}: {defect!r:.200}")
        spent = time.process_time() - begun
        if spent > slowest:
            slowest, slowest_kind = spent, kind
    return {
        **tally,
        "wrong": wrong,
        "slowest": round(slowest, 2),
        "slowest_kind": slowest_kind,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(json.dumps(read_all(int(sys.argv[1]), int(sys.argv[2]))) + "\n")
