"""Every text that a file holds, wherever it stands: body, margins, notes, comments, deleted words, properties, hidden sheets."""

import csv
import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from sightline.procedures.outgoing.packages import CannotLook, open_package, plain, xml_parts

PLACES = (
    ("header", "Header"), ("footer", "Footer"), ("comment", "Comments"), ("footnote", "Footnotes"), ("endnote", "Endnotes"),
    ("docprops", "Properties"), ("customxml", "Data that came with the file"), ("sharedstrings", "Cells"), ("workbook", "Names of sheets"),
    ("worksheets", "Cells"), ("drawing", "Pictures and shapes"), ("document", "Text"),
)  # fmt: skip
PARAGRAPHS = frozenset({"p", "si", "row", "comment"})
SAID_BY_ATTRIBUTES = frozenset({"descr", "title", "alt", "name", "author", "tooltip", "instr"})
UNREADABLE = {
    "pdf": "The text of a PDF is not looked through here.", "jpg": "A picture may show what no search finds.",
    "jpeg": "A picture may show what no search finds.", "png": "A picture may show what no search finds.",
    "doc": "An older Word file is not looked through here.", "msg": "An Outlook message is not looked through here.",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """Words, and where in the file they stand."""

    where: str
    words: str


@dataclass
class Texts:
    """All texts of a file; `unscannable` says why a person must look, and is empty where everything was read."""

    found: list[Text] = field(default_factory=list)
    unscannable: str = ""


def texts_of(content: bytes, extension: str) -> Texts:
    """Read everything that can be read. What cannot is said, never passed over."""
    kind = extension.lower().lstrip(".")
    try:
        if kind in ("docx", "docm", "xlsx", "xlsm"):
            return Texts(list(_of_package(content)), _pictures(content))
        if kind in ("txt", "csv", "html", "htm", "eml", "rtf"):
            return Texts(list(_of_text(content, kind)))
    except CannotLook as problem:
        return Texts(unscannable=str(problem))
    return Texts(unscannable=UNREADABLE.get(kind, "This kind of file is not looked through here."))


def _of_package(content: bytes) -> Iterator[Text]:
    for name, root in xml_parts(open_package(content)):
        where = next((label for sign, label in PLACES if sign in name.lower()), "Another part")
        yield from (Text(where, words) for words in _paragraphs(root) if words.strip())


def _paragraphs(root: Element) -> Iterator[str]:
    """Runs of one paragraph joined, since a name may be torn over several; then whatever stands outside any paragraph."""
    inside: set[int] = set()
    for element in root.iter():
        if plain(element.tag) in PARAGRAPHS:
            pieces = []
            for each in element.iter():
                inside.add(id(each))
                if plain(each.tag) in ("tab", "br", "cr"):
                    pieces.append(" ")
                if each.text:
                    pieces.append(each.text)
            yield "".join(pieces)
    for element in root.iter():
        if id(element) not in inside and element.text and element.text.strip():
            yield element.text
        for key, value in element.attrib.items():
            if plain(key).lower() in SAID_BY_ATTRIBUTES and value.strip():
                yield value


def _pictures(content: bytes) -> str:
    names = open_package(content).namelist()
    has_pictures = any("/media/" in name and not name.endswith((".emf", ".wmf", ".svg")) for name in names)
    return "It holds a picture, which may show what no search finds." if has_pictures else ""


def _of_text(content: bytes, kind: str) -> Iterator[Text]:
    text = decoded(content)
    if kind == "csv":
        for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
            yield Text(f"Line {number}", "  ".join(row))
    elif kind == "eml":
        message = email.message_from_bytes(content, policy=email.policy.default)
        yield from (Text(f"Heading {name}", str(value)) for name, value in message.items())
        for part in message.walk():
            if part.get_content_maintype() == "text":
                yield Text("Message", str(part.get_content()))
    elif kind in ("html", "htm"):
        reader = _Words()
        reader.feed(text)
        yield Text("Text", " ".join(reader.words))
    elif kind == "rtf":
        yield Text("Text", re.sub(r"\\'[0-9a-f]{2}|\\[a-z]+-?\d* ?|[{}]", "", text))
    else:
        yield from (Text(f"Line {number}", line) for number, line in enumerate(text.splitlines(), start=1))


def decoded(content: bytes) -> str:
    """The text of plain bytes: UTF-8 or UTF-16 with a mark, else UTF-8, else Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value for _, value in attrs if value]
