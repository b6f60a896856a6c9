"""What a file carries that its reader does not see on the page: each kind with where it is and what to do about it."""

import csv
import email
import email.policy
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from sightline.procedures.outgoing.packages import CannotLook, attribute, open_package, plain, xml_parts
from sightline.procedures.outgoing.texts import decoded

OURS: Final = frozenset({"", "sightline", "python-docx", "openpyxl"})
CLEAN: Final = "Save a clean copy without it and check that."


@dataclass(frozen=True)
class Hidden:
    """One thing that is hidden: its kind, where it is, and a sentence for whoever sends the file."""

    kind: str
    where: str
    sentence: str


def hidden_content(content: bytes, extension: str) -> list[Hidden]:
    """Everything hidden that was found, each kind and place once. A file that cannot be opened is said by `texts_of`."""
    kind = extension.lower().lstrip(".")
    finders: dict[str, Callable[[bytes], Iterator[Hidden]]] = {
        "docx": _of_package, "docm": _of_package, "xlsx": _of_package, "xlsm": _of_package, "pdf": _of_pdf, "csv": _of_csv,
        "eml": _of_mail, "html": _of_html, "htm": _of_html, "jpg": _of_picture, "jpeg": _of_picture, "png": _of_picture,
    }  # fmt: skip
    finder = finders.get(kind)
    try:
        return list(dict.fromkeys(finder(content))) if finder else []
    except CannotLook:
        return []


def _of_package(content: bytes) -> Iterator[Hidden]:
    package = open_package(content)
    for name in package.namelist():
        low = name.lower()
        if "vbaproject" in low:
            yield Hidden("macro", name, f"The file holds a macro. {CLEAN}")
        if "/embeddings/" in low or "oleobject" in low:
            yield Hidden("embedded_file", name, f"Another file is embedded in it. {CLEAN}")
        if "thumbnail" in low:
            yield Hidden("thumbnail", name, f"It holds a small picture of an earlier version. {CLEAN}")
        if "pivotcache" in low:
            yield Hidden("pivot_cache", name, f"A pivot table keeps the rows that it was made from. {CLEAN}")
        if "externallink" in low:
            yield Hidden("external_link", name, f"It is linked to another workbook. {CLEAN}")
        if low.startswith("customxml/item") and low.endswith(".xml") and "props" not in low:
            yield Hidden("custom_data", name, f"It carries data that no page shows. {CLEAN}")
        if "/media/" in low and low.endswith((".jpg", ".jpeg", ".png", ".tif", ".tiff")):
            yield from (Hidden(found.kind, name, found.sentence) for found in _of_picture(package.read(name)))
    for name, root in xml_parts(package):
        yield from _of_part(name, root)


def _of_part(name: str, root: Element) -> Iterator[Hidden]:
    low = name.lower()
    if low.endswith("docprops/core.xml"):
        for element in root:
            who = (element.text or "").strip()
            if plain(element.tag) in ("creator", "lastModifiedBy") and who.lower() not in OURS:
                yield Hidden("author", "Properties", f"Its properties name who wrote it. {CLEAN}")
    if low.endswith("docprops/app.xml"):
        for element in root.iter():
            if plain(element.tag) in ("Company", "Manager") and (element.text or "").strip():
                yield Hidden("author", "Properties", f"Its properties name a manager or organisation. {CLEAN}")
    if low.endswith("docprops/custom.xml") and len(root):
        yield Hidden("custom_data", "Properties", f"It carries properties of its own. {CLEAN}")
    if low.endswith(".rels"):
        for element in root.iter():
            outside = attribute(element, "TargetMode").lower() == "external"
            kind = attribute(element, "Type").lower()
            if "attachedtemplate" in kind:
                yield Hidden("external_template", name, f"It opens a template from elsewhere. {CLEAN}")
            elif outside and not kind.endswith("/hyperlink"):
                yield Hidden("external_link", name, f"It fetches something from elsewhere when it is opened. {CLEAN}")
        return
    is_style = low.endswith(("styles.xml", "styleswitheffects.xml", "theme1.xml", "numbering.xml"))
    for element in root.iter():
        tag = plain(element.tag)
        if tag in ("ins", "del", "moveFrom", "moveTo") and low.startswith("word/"):
            yield Hidden("tracked_change", name, "Changes are still tracked in it. Accept or reject each, then check the file again.")
        if tag == "comment":
            yield Hidden("comment", name, "It holds comments. Delete them, then check the file again.")
        if tag == "srcRect" and any(value not in ("", "0") for value in element.attrib.values()):
            yield Hidden("cropped_picture", name, f"A picture is cropped, and the rest of it is still there. {CLEAN}")
        if is_style:
            continue
        if tag in ("vanish", "webHidden") and attribute(element, "val") not in ("0", "false"):
            yield Hidden("hidden_text", name, "Some text is hidden. Show it and delete it, then check the file again.")
        if low.startswith("word/") and tag == "color" and attribute(element, "val").upper() == "FFFFFF":
            yield Hidden("white_text", name, "Some text is white and cannot be seen. Delete it, then check the file again.")
        if low.startswith("word/") and tag == "sz" and attribute(element, "val").isdecimal() and int(attribute(element, "val")) <= 6:
            yield Hidden("tiny_text", name, "Some text is too small to be read. Delete it, then check the file again.")
        if tag == "sheet" and attribute(element, "state") in ("hidden", "veryHidden"):
            yield Hidden("hidden_sheet", attribute(element, "name"), "A sheet is hidden. Show it and delete it, then check the file again.")
        if tag in ("row", "col") and low.startswith("xl/worksheets/") and attribute(element, "hidden") in ("1", "true"):
            yield Hidden("hidden_row_or_column", name, "Rows or columns are hidden. Delete them, then check the file again.")


def _of_pdf(content: bytes) -> Iterator[Hidden]:
    for sign, kind, sentence in (
        (rb"/EmbeddedFile", "embedded_file", f"Another file is attached inside it. {CLEAN}"),
        (rb"/OCProperties", "layers", f"It has layers, of which some may be hidden. {CLEAN}"),
        (rb"/JavaScript|/JS\b", "macro", f"It holds a script. {CLEAN}"),
        (rb"/Subtype\s*/(Text|FreeText|Popup|Highlight)\b", "comment", f"It holds comments. {CLEAN}"),
        (rb"/Author\s*\((?!\s*\)|Sightline)", "author", f"Its properties name who wrote it. {CLEAN}"),
    ):
        if re.search(sign, content):
            yield Hidden(kind, "The file", sentence)


def _of_csv(content: bytes) -> Iterator[Hidden]:
    for number, row in enumerate(csv.reader(io.StringIO(decoded(content))), start=1):
        if any(re.match(r"\s*(=|@|[+-](?![\d .,]*$))", cell) for cell in row):
            yield Hidden("formula", f"Line {number}", "A cell begins like a formula and may be run. Put a space before it.")


def _of_mail(content: bytes) -> Iterator[Hidden]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    if message.get("Bcc"):
        yield Hidden("blind_copy", "Heading Bcc", "It names people who were copied in secret. Send a new message instead.")
    if any(part.get_filename() for part in message.walk()):
        yield Hidden("embedded_file", "Attachments", "It carries attachments. Check each of them by itself.")


def _of_html(content: bytes) -> Iterator[Hidden]:
    text = decoded(content)
    if "<!--" in text:
        yield Hidden("comment", "The file", f"It holds comments that the page does not show. {CLEAN}")
    if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden|\bhidden\b(?=[\s>=])", text):
        yield Hidden("hidden_text", "The file", f"Some text is hidden. {CLEAN}")
    if re.search(r"<script\b", text, re.IGNORECASE):
        yield Hidden("macro", "The file", f"It holds a script. {CLEAN}")


def _of_picture(content: bytes) -> Iterator[Hidden]:
    if b"Exif\x00\x00" in content[:65_536] or b"eXIf" in content[:65_536] or b"http://ns.adobe.com/xap" in content[:65_536]:
        yield Hidden("camera_data", "The picture", "The picture says when, with what and perhaps where it was taken. Save it without that.")
