"""Word and Excel files: which of the two a packed file is, and what in it could act or hide."""

import io
import posixpath
import re
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sightline.partnership.documents.inspection import zips
from sightline.partnership.documents.inspection.findings import ONE_MEGABYTE, CannotKeep

CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.ms-word.document.macroenabled.main+xml": "docm",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.sheet.binary.macroenabled.main": "xlsb",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "dotx",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "dotm",
}
MACRO_PART = re.compile(r"vba(project|data)", re.IGNORECASE)
MACRO_OVERRIDE = re.compile(rb"<(\w+:)?Override\b[^>]*vba(Project|Data)[^>]*/>", re.IGNORECASE)
MACRO_RELATION = re.compile(rb"<(\w+:)?Relationship\b[^>]*vba(Project|Data)[^>]*/>", re.IGNORECASE)
MACRO_MAIN = re.compile(rb"application/vnd\.ms-word\.document\.macroEnabled\.main\+xml", re.IGNORECASE)
PLAIN_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LARGEST_LIST = 2 * ONE_MEGABYTE
DAMAGED = (
    "The file is damaged: the list of what it holds cannot be read ([Content_Types].xml). Open it, save it again, and choose it again."
)
MACROS = "The file holds macros, which are small programs ({where}). Open it, save it without macros as .{kind}, and choose it again."


def kind_of(content: bytes) -> str:
    """docx or xlsx by the list inside the file; 'zip' where it is a packed folder of some other kind."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if CONTENT_TYPES not in packed.namelist():
            return "zip"
        for override in read_xml(packed, CONTENT_TYPES):
            kind = MAIN_PARTS.get(override.get("ContentType", "").casefold())
            if kind:
                return kind
    return "zip"


def without_macros(content: bytes) -> bytes:
    """A Word file of the kind that may hold macros as one that may not: its programs are left out, all else stays as it was."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as cleaned:
        for name in packed.namelist():
            if MACRO_PART.search(name):
                continue
            part = packed.read(name)
            if name == CONTENT_TYPES:
                part = MACRO_OVERRIDE.sub(b"", part)
                part = MACRO_MAIN.sub(PLAIN_MAIN, part)
            elif name.casefold().endswith(".rels"):
                part = MACRO_RELATION.sub(b"", part)
            cleaned.writestr(name, part)
    return target.getvalue()


def look(content: bytes) -> list[str]:
    """Refuse macros; name embedded objects, links to elsewhere, and what hides from the eye."""
    warnings = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        kind = "xlsx" if any(name.startswith("xl/") for name in names) else "docx"
        for name in names:
            low = name.casefold()
            if low.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in low:
                raise CannotKeep(MACROS.format(where=name[:80], kind=kind))
        embedded = [
            name
            for name in names
            if "/embeddings/" in name.casefold() or "/activex/" in name.casefold() or name.casefold().endswith(".bin")
        ]
        embedded = [name for name in embedded if "printersettings" not in name.casefold()]
        if embedded:
            warnings.append(f"It holds {count(len(embedded), 'other file')} or control inside it ({embedded[0][:80]}). Do not open those.")
        warnings += links(packed, names)
        if any(name.casefold().startswith(("word/comments", "xl/comments", "xl/threadedcomments")) for name in names):
            warnings.append("It holds comments, which may not show at first sight.")
        if kind == "xlsx":
            warnings += hidden_sheets(packed, names)
    return warnings


def links(packed: zipfile.ZipFile, names: list[str]) -> list[str]:
    """Links that reach outside the file. Pages one clicks on are common and harmless to name; the rest load by themselves."""
    loading = set()
    for name in names:
        if not name.casefold().endswith(".rels"):
            continue
        for relation in read_xml(packed, name):
            if relation.get("TargetMode", "").casefold() == "external" and not relation.get("Type", "").casefold().endswith("/hyperlink"):
                loading.add(posixpath.basename(relation.get("Type", "")) or "link")
    if not loading:
        return []
    kinds = ", ".join(sorted(kind[:40] for kind in loading)[:5])
    return [f"It fetches something from outside when it is opened ({kinds}). Open it in protected view only."]


def hidden_sheets(packed: zipfile.ZipFile, names: list[str]) -> list[str]:
    if "xl/workbook.xml" not in names:
        return []
    hidden = [
        sheet
        for sheet in read_xml(packed, "xl/workbook.xml").iter()
        if sheet.tag.endswith("}sheet") and sheet.get("state", "visible") != "visible"
    ]
    return [f"It has {count(len(hidden), 'hidden sheet')}."] if hidden else []


def read_xml(packed: zipfile.ZipFile, name: str) -> Element:
    """One small list inside the file; entities and document types are refused, as they are only of use to an attacker."""
    text = zips.read_part(packed, name, LARGEST_LIST + 1)
    if len(text) > LARGEST_LIST:
        raise CannotKeep(f"A list inside the file is far too long ({name[:80]}). Save the document again under a new name and choose that.")
    try:
        return fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        if name == CONTENT_TYPES:
            raise CannotKeep(DAMAGED) from problem
        raise CannotKeep(
            f"The file is damaged in one of its parts ({name[:80]}). Open it, save it again, and choose it again."
        ) from problem


def count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
