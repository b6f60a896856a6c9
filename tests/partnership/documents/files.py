"""Files made in code: good ones of every kind that is kept, and hostile ones of many kinds. Nothing here comes from anywhere else."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="{kind}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{0}</Relationships>'
RELATION = (
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{to}" TargetMode="External"/>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DATED = (2026, 1, 1, 0, 0, 0)


def packed(parts: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, DATED), content, compression)
    return target.getvalue()


def docx(extra: dict[str, bytes | str] | None = None, *, kind: str = WORD) -> bytes:
    parts: dict[str, bytes | str] = {"[Content_Types].xml": CONTENT_TYPES.format(part="word/document.xml", kind=kind)}
    return packed({**parts, "word/document.xml": "<document>Invented text</document>", **(extra or {})})


def xlsx(extra: dict[str, bytes | str] | None = None) -> bytes:
    book = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="A"/></sheets></workbook>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES.format(part="xl/workbook.xml", kind=EXCEL),
        "xl/workbook.xml": book,
    }
    return packed({**parts, **(extra or {})})


def pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\nstartxref\n0\n%%EOF\n"


def pdf_with_packed_objects(piece: bytes) -> bytes:
    squeezed = zlib.compress(piece, 9)
    return pdf(
        b"7 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n" % len(squeezed) + squeezed + b"\nendstream\nendobj"
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 2, height: int = 2, *, extra: bytes = b"", behind: bytes = b"") -> bytes:
    heading = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\x00" * 6))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", heading) + extra + body + chunk(b"IEND", b"") + behind


def place_notes() -> bytes:
    """Picture notes whose first directory points to a place on the map."""
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", 1) + struct.pack("<HHII", 0x8825, 4, 1, 26) + b"\x00" * 8


def jpg(width: int = 2, height: int = 2, *, notes: bytes = b"", behind: bytes = b"") -> bytes:
    segments = b""
    if notes:
        segments += b"\xff\xe1" + struct.pack(">H", len(notes) + 8) + b"Exif\x00\x00" + notes
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    segments += b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
    return b"\xff\xd8" + segments + b"\xff\xda\x00\x02" + b"\x00" * 20 + b"\xff\xd9" + behind


def mail(*, attachment: str = "") -> bytes:
    start = b"From: a@arden.example\r\nTo: b@arden.example\r\nSubject: Example\r\nMIME-Version: 1.0\r\n"
    if not attachment:
        return start + b"\r\nHello\r\n"
    name = attachment.encode()
    return (
        start + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x\r\n'
        b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="' + name + b'"\r\n\r\nAAAA\r\n--x--\r\n'
    )  # fmt: skip


def outlook() -> bytes:
    return OLE + b"\x00" * 600 + "__properties_version1.0".encode("utf-16-le") + b"\x00" * 64


def lying_heading(part_size: int) -> bytes:
    """A packed file whose list says that a part is small, while it unpacks to much more."""
    honest = docx({"word/media.xml": b"\x00" * part_size})
    wrong = bytearray(honest)
    size = struct.pack("<I", part_size)
    at = wrong.find(size)
    while at >= 0:
        wrong[at : at + 4] = struct.pack("<I", 1000)
        at = wrong.find(size, at + 4)
    return bytes(wrong)


def overlapping(times: int) -> bytes:
    """Many entries of the list that all point at one packed part."""
    base = docx({"word/big.xml": b"a" * 900_000})
    end = base.rfind(b"PK\x05\x06")
    _, _, _, _, count, size, offset, _ = struct.unpack("<4s4H2LH", base[end : end + 22])
    listed = base[offset : offset + size]
    last = listed[listed.rfind(b"PK\x01\x02") :]
    copies = b"".join(last.replace(b"word/big.xml", b"word/%03d.xml" % n) for n in range(times))
    return (
        base[:offset]
        + listed
        + copies
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + times, count + times, size + len(copies), offset, 0)
    )


def with_end(parts: int, size: int) -> bytes:
    """A Word file whose last lines say another number of parts, or another size of their list."""
    return docx()[:-22] + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, parts, parts, size, 10, 0)


def with_named_part(name: str) -> bytes:
    return docx({name: b"outside"})


def with_link() -> bytes:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as archive:
        info = zipfile.ZipInfo("word/link", DATED)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return target.getvalue()


def encrypted_flag() -> bytes:
    wrong = bytearray(docx())
    at = wrong.find(b"PK\x01\x02")
    wrong[at + 8] |= 1
    return bytes(wrong)


def twice() -> bytes:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("WORD/document.xml", "<other/>")
    return target.getvalue()


def older_word() -> bytes:
    return OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00" * 200


def word_with_macros() -> bytes:
    """As Word packs it: the project, its list and what points to them."""
    override = '<Override PartName="/word/vbaData.xml" ContentType="application/vnd.ms-word.vbaData+xml"/>'
    listed = CONTENT_TYPES.format(part="word/document.xml", kind=WORD_MACROS).replace("</Types>", f"{override}</Types>")
    relation = '<Relationship Id="r9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    return packed({
        "[Content_Types].xml": listed, "word/document.xml": "<document>Invented text</document>", "word/vbaProject.bin": b"\x00macro",
        "word/vbaData.xml": "<x/>", "word/_rels/document.xml.rels": RELATIONS.format(relation),
        "word/_rels/vbaProject.bin.rels": RELATIONS.format(""),
    })  # fmt: skip


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Types>&c;</Types>'
)
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><Types>&x;</Types>'

# name of the case -> (file name, how to make it, words that the refusal holds)
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.pdf", lambda: b"", "empty"),
    "too large": ("a.txt", lambda: b"a" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    "no ending": ("notes", lambda: b"hello", "has no ending"),
    "program by name": ("report.exe", lambda: b"MZ\x90", "ends in .exe"),
    "program behind two endings": ("report.pdf.exe", pdf, "ends in .exe"),
    "program called a document": ("report.docx", lambda: b"MZ" + b"\x00" * 400, "program"),
    "script called text": ("notes.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "program or script"),
    "linux program called a picture": ("photo.jpg", lambda: b"\x7fELF" + b"\x00" * 99, "program"),
    "shortcut called a PDF": ("a.pdf", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 99, "program"),
    "page called text": ("a.txt", lambda: b"<!DOCTYPE html><script>alert(1)</script>", "another kind"),
    "drawing with a script called a picture": ("a.png", lambda: b"<svg onload='x()'>", "another kind"),
    "older Word that is none": ("a.doc", lambda: OLE + b"\x00" * 99, "not that of a .doc file"),
    "older Word with macros": ("a.doc", lambda: older_word() + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    "older Word called docx": ("a.docx", lambda: OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "it is a .doc file"),
    "older Excel called xlsx": ("a.xlsx", lambda: OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "save it as an Excel"),
    "older Word called msg": ("a.msg", lambda: OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "it is a .doc file"),
    "locked Word": ("a.docx", lambda: OLE + b"\x00" * 99 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "Word with macros by name": ("a.docm", docx, "it is a .docx file"),
    "Word with macros by its list": ("a.docx", lambda: docx(kind=WORD_MACROS), "macros are taken out"),
    "Excel called Word with macros": ("a.docm", xlsx, "it is a .xlsx file"),
    "Word with a macro project": ("a.docx", lambda: docx({"word/vbaProject.bin": b"\x00"}), "macros"),
    "Excel with a macro sheet": ("a.xlsx", lambda: xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "Excel called Word": ("a.docx", xlsx, "it is a .xlsx file"),
    "packed folder": ("a.zip", lambda: packed({"a.txt": "a"}), "one by one"),
    "packed folder called Word": ("a.docx", lambda: packed({"a.txt": "a"}), "one by one"),
    "bomb of zeros": ("a.docx", lambda: docx({"word/a.xml": b"\x00" * 60_000_000}), "unpacks to far more"),
    "bomb of many parts": ("a.docx", lambda: docx({f"word/{n}.xml": b"\x00" * 900_000 for n in range(240)}), "unpacks to far more"),
    "bomb that lies about its size": ("a.docx", lambda: lying_heading(8_000_000), "damaged"),
    "bomb of entries on top of each other": ("a.docx", lambda: overlapping(300), "unpacks to far more"),
    "list of very many parts": ("a.docx", lambda: docx({f"word/{n}": b"" for n in range(2_500)}), "more parts"),
    "list whose size is a lie": ("a.docx", lambda: with_end(9, 2**31), "more parts"),
    "64-bit list": ("a.docx", lambda: with_end(65535, 99), "unpacks"),
    "cut-off Word": ("a.docx", lambda: docx()[:-40], "damaged"),
    "Word with a damaged part": ("a.docx", lambda: b"PK\x03\x04".join(docx().rsplit(b"PK\x03\x04", 1)[:1] * 2), "damaged"),
    "part that climbs out": ("a.docx", lambda: with_named_part("../../etc/cron.d/x"), "outside it"),
    "part with a whole path": ("a.docx", lambda: with_named_part("/etc/passwd"), "outside it"),
    "part with a drive": ("a.docx", lambda: with_named_part("C:\\windows\\x"), "outside it"),
    "part that is a link": ("a.docx", with_link, "link to somewhere else"),
    "part that is locked": ("a.docx", encrypted_flag, "password"),
    "part that is there twice": ("a.docx", twice, "twice"),
    "entities that grow": ("a.docx", lambda: packed({"[Content_Types].xml": ENTITIES, "word/document.xml": "<d/>"}), "damaged"),
    "entity from outside": ("a.docx", lambda: packed({"[Content_Types].xml": OUTSIDE_ENTITY, "word/document.xml": "<d/>"}), "damaged"),
    "list that is no list": ("a.docx", lambda: packed({"[Content_Types].xml": "not xml", "word/document.xml": "<d/>"}), "damaged"),
    "PDF cut off": ("a.pdf", lambda: pdf()[:-30] + b" " * 5000, "cut off"),
    "PDF locked": ("a.pdf", lambda: pdf(b"<< /Encrypt 5 0 R >>"), "locked"),
    "PDF locked behind a spelling": ("a.pdf", lambda: pdf(b"<< /Encr#79pt 5 0 R >>"), "locked"),
    "PDF bomb": ("a.pdf", lambda: pdf_with_packed_objects(b"\x00" * 20_000_000), "unpacks to far more"),
    "text called PDF": ("a.pdf", lambda: b"hello", "not that of a .pdf"),
    "text with zeros": ("a.txt", lambda: b"hello\x00world", "line 1"),
    "table that is not text": ("a.csv", lambda: b"a,b\n1,\x01\x02\n", "line 2"),
    "table with an endless line": ("a.csv", lambda: b"a," * 600_000, "longer than a million"),
    "picture of very many dots": ("a.png", lambda: png(60_000, 60_000), "more dots"),
    "picture without size": ("a.png", lambda: png(0, 4), "cut off or damaged"),
    "picture cut off": ("a.png", lambda: png()[:-6], "cut off or damaged"),
    "picture with a folder behind": ("a.png", lambda: png(behind=packed({"a.txt": "a"})), "behind the end"),
    "photograph of very many dots": ("a.jpg", lambda: jpg(65_000, 65_000), "more dots"),
    "photograph with a folder behind": ("a.jpg", lambda: jpg(behind=packed({"a": "a"})), "behind the end"),
    "photograph cut off": ("a.jpg", lambda: b"\xff\xd8\xff\xe0\x00", "cut off or damaged"),
    "picture called a photograph": ("a.jpg", png, "it is a .png file"),
    "text called e-mail": ("a.eml", lambda: b"hello\n\nthere\n", "not that of a .eml"),
    "e-mail of very many parts": ("a.eml", lambda: mail() + b"Content-Type: text/plain\r\n" * 300, "far more parts"),
}  # fmt: skip

# name of the case -> (file name, how to make it, words of its warning, '' for none)
KEPT: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "older Word": ("a.doc", older_word, "older Word file"),
    "Word with macros, which are taken out": ("a.docm", word_with_macros, "were taken out"),
    "PDF": ("a.pdf", pdf, ""),
    "Word": ("a.docx", docx, ""),
    "Excel": ("A REPORT.XLSX", xlsx, ""),
    "table": ("a.csv", lambda: b"a,b\n1,2\n", ""),
    "table from Excel": ("a.csv", lambda: "name;n\ncaf\xe9;2\n".encode("cp1252"), ""),
    "text": ("a.txt", lambda: "Zażółć\n".encode(), ""),
    "text in wide letters": ("a.txt", lambda: "hello\n".encode("utf-16"), ""),
    "rich text": ("a.rtf", lambda: b"{\\rtf1 hello}", ""),
    "e-mail": ("a.eml", mail, ""),
    "Outlook e-mail": ("a.msg", outlook, ""),
    "picture": ("a.png", png, ""),
    "photograph": ("a.jpeg", jpg, ""),
    "Word with another file inside": ("a.docx", lambda: docx({"word/embeddings/oleObject1.bin": b"x"}), "1 other file or control inside"),
    "Word with a template elsewhere": (
        "a.docx",
        lambda: docx({"word/_rels/settings.xml.rels": RELATIONS.format(RELATION.format(kind="attachedTemplate", to="http://elsewhere.example/t"))}),
        "fetches something from outside",
    ),
    "Word with a picture elsewhere": (
        "a.docx",
        lambda: docx({"word/_rels/document.xml.rels": RELATIONS.format(RELATION.format(kind="image", to="http://elsewhere.example/p"))}),
        "fetches something from outside",
    ),
    "Word with a link to a page": (
        "a.docx",
        lambda: docx({"word/_rels/document.xml.rels": RELATIONS.format(RELATION.format(kind="hyperlink", to="http://elsewhere.example/p"))}),
        "",
    ),
    "Word with comments": ("a.docx", lambda: docx({"word/comments.xml": "<c/>"}), "comments"),
    "Excel with a hidden sheet": (
        "a.xlsx",
        lambda: packed({
            "[Content_Types].xml": CONTENT_TYPES.format(part="xl/workbook.xml", kind=EXCEL),
            "xl/workbook.xml": '<w xmlns="x"><sheet name="A"/><sheet name="B" state="veryHidden"/></w>',
        }),
        "1 hidden sheet",
    ),
    "PDF with a program": ("a.pdf", lambda: pdf(b"<< /S /JavaScript /JS (x) >>"), "JavaScript"),
    "PDF with a program behind a spelling": ("a.pdf", lambda: pdf(b"<< /S /J#61vaScript >>"), "JavaScript"),
    "PDF with a packed program": ("a.pdf", lambda: pdf_with_packed_objects(b"<< /S /Launch /F (x) >>"), "start another program"),
    "PDF with a file inside": ("a.pdf", lambda: pdf(b"<< /Type /EmbeddedFile >>"), "other files inside"),
    "table with a formula": ("a.csv", lambda: b"name,n\n=HYPERLINK(x),2\n", "begin like a formula"),
    "table with a command": ("a.csv", lambda: b"name,n\n\"=cmd|'/c calc'!A1\",2\n", "begin like a formula"),
    "rich text with a file inside": ("a.rtf", lambda: b"{\\rtf1 {\\object\\objemb{\\*\\objdata 00}}}", "inside it"),
    "rich text with a template elsewhere": ("a.rtf", lambda: b"{\\rtf1 {\\*\\template http://elsewhere.example}}", "fetches something"),
    "e-mail with a program": ("a.eml", lambda: mail(attachment="invoice.exe"), "(exe)"),
    "e-mail with a PDF": ("a.eml", lambda: mail(attachment="a.pdf"), "1 attachment"),
    "picture that tells the place": ("a.png", lambda: png(extra=chunk(b"eXIf", place_notes())), "where it was taken"),
    "photograph that tells the place": ("a.jpg", lambda: jpg(notes=place_notes()), "where it was taken"),
}  # fmt: skip
