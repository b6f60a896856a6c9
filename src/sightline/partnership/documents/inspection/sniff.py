"""What a file really is, by its content; its name is only a claim."""

import re
from base64 import b64encode

from sightline.partnership.documents.inspection import mails, office, pdfs, pictures, texts, zips
from sightline.partnership.documents.inspection.file_names import extension_of
from sightline.partnership.documents.inspection.findings import ALLOWED, INSTEAD, LARGEST_FILE, MEDIA_TYPES, SAME_AS, CannotKeep, Inspected

PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNATURES = [
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"),
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (OLE, "ole"), (b"GIF8", "gif"), (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"), (b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ", "xz"), (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"), (b"RIFF", "riff"), (b"OggS", "ogg"), (b"ID3", "mp3"), (b"%!PS", "ps"), (b"SQLite format 3", "sqlite"),
]  # fmt: skip
WITH_MACROS = "docm"
MARKUP = re.compile(rb"^\s*(<!doctype|<html|<svg|<\?xml|<script|<head|<body|<iframe)", re.IGNORECASE)
LOOK_BY_TYPE = {
    "pdf": pdfs.look,
    "docx": office.look,
    "doc": mails.look_at_older_word,
    "xlsx": office.look,
    "csv": texts.look_at_table,
    "txt": texts.look,
    "rtf": texts.look_at_rich_text,
    "eml": mails.look,
    "msg": mails.look_at_outlook,
    "png": pictures.look_at_png,
    "jpg": pictures.look_at_jpeg,
}


def inspect(content: bytes, name: str) -> Inspected:
    """Say what a file is and what its reader should know, or why it cannot be kept."""
    claimed = SAME_AS.get(extension_of(name), extension_of(name))
    if not content:
        raise CannotKeep("The file is empty. Open it to check that it was saved, then choose it again.")
    if len(content) > LARGEST_FILE:
        raise CannotKeep("The file is larger than 20 MB. Make its pictures smaller, or split it into parts, and add each part.")
    if claimed == WITH_MACROS:
        return _cleaned(content)
    if claimed not in MEDIA_TYPES:
        how = INSTEAD.get(claimed, f"Save it as one of these and choose it again: {ALLOWED}.")
        ending = f"ends in .{claimed}" if claimed else "has no ending such as .pdf"
        raise CannotKeep(f"The name of the file {ending}, which cannot be kept here. {how}")
    true_type = sniff(content, claimed)
    if true_type != claimed:
        raise CannotKeep(disagreement(claimed, true_type))
    warnings = LOOK_BY_TYPE[claimed](content)
    return Inspected(claimed, MEDIA_TYPES[claimed], warnings)


def _cleaned(content: bytes) -> Inspected:
    """A Word file with macros is kept without them, as the plain kind; whoever added it is told."""
    if (true_type := sniff(content, WITH_MACROS)) != WITH_MACROS:
        raise CannotKeep(disagreement(WITH_MACROS, true_type))
    cleaned = office.without_macros(content)
    if sniff(cleaned, "docx") != "docx":
        raise CannotKeep("The macros of this file could not be taken out. Open it in Word and save it as a Word document (.docx).")
    warnings = ["Its macros, which are small programs, were taken out before it was kept.", *office.look(cleaned)]
    return Inspected("docx", MEDIA_TYPES["docx"], warnings, b64encode(cleaned).decode())


def sniff(content: bytes, claimed: str) -> str:
    """The type that the content shows. Plain text has no mark of its own, so there the name decides among the kinds of text."""
    if content.startswith(PROGRAMS):
        raise CannotKeep(
            "The file is a program or script, whatever its name says. Do not open it. Ask whoever sent it to you, and tell your IT team."
        )
    for mark, kind in SIGNATURES:
        if content.startswith(mark):
            if kind == "zip":
                zips.check(content)
                return office.kind_of(content)
            return mails.kind_of_ole(content) if kind == "ole" else kind
    if MARKUP.match(content[:512].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if claimed in {"csv", "txt"}:
        texts.decoded(content)
        return claimed
    if claimed == "eml" and mails.is_mail(content):
        return "eml"
    return "unknown"


def disagreement(claimed: str, true_type: str) -> str:
    if true_type in MEDIA_TYPES:
        return (
            f"The name of the file ends in .{claimed}, but it is a .{true_type} file. "
            f"Change the ending to .{true_type}, or choose the right file."
        )
    if true_type == "unknown":
        return (
            f"The content is not that of a .{claimed} file. It may be damaged. Open it, save it again as .{claimed}, and choose it again."
        )
    how = INSTEAD.get(true_type, f"Save it as one of these and choose it again: {ALLOWED}.")
    return f"The name of the file ends in .{claimed}, but its content is of another kind (.{true_type}), which cannot be kept here. {how}"
