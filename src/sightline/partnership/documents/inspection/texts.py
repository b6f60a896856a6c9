"""Plain text, tables as text, and rich text."""

import csv
import re

from sightline.partnership.documents.inspection.findings import CannotKeep

ENCODINGS = ("utf-8-sig", "cp1252")
LONGEST_LINE = 1_000_000
# Blanks are counted, as an open-ended run of them would make a file of blank lines take hours.
FORMULA = re.compile(r'(^|[,;\t\n]) {0,4}"? {0,4}([=@] ?[A-Za-z+\-(]|[+\-] ?[A-Za-z]{1,20}\()|cmd ?\|', re.IGNORECASE)
RICH_TEXT_ACTS = re.compile(rb"\\(object|objdata|objemb|objocx|ddeauto|dde|objupdate)\b", re.IGNORECASE)
RICH_TEXT_FETCHES = re.compile(rb"\\\*\\template\b|INCLUDEPICTURE|INCLUDETEXT", re.IGNORECASE)
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(content: bytes) -> str:
    """The text, whichever of the usual encodings it is in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if bad := NOT_TEXT.search(text):
            line = text.count("\n", 0, bad.start()) + 1
            raise CannotKeep(
                f"The file is not plain text: line {line} holds signs that no text has. "
                "Open it, save it as plain text, and choose it again."
            )
        return text
    raise CannotKeep("The file is not plain text that can be read. Open it, save it as text with the encoding UTF-8, and choose it again.")


def look(content: bytes) -> list[str]:
    decoded(content)
    return []


def look_at_table(content: bytes) -> list[str]:
    """A table as text; a cell that begins like a formula would be worked out by Excel."""
    text = decoded(content)
    longest = max((len(line) for line in text.splitlines()), default=0)
    if longest > LONGEST_LINE:
        raise CannotKeep(
            "A line of the table is longer than a million characters. Check that the quotation marks are in pairs, and save it again."
        )
    try:
        csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
    except csv.Error:
        warnings = ["It has one column, or its columns could not be told apart."]
    else:
        warnings = []
    if FORMULA.search(text):
        warnings.append("Some cells begin like a formula. Open it as text, or let Excel import every column as text.")
    return warnings


def look_at_rich_text(content: bytes) -> list[str]:
    warnings = []
    if RICH_TEXT_ACTS.search(content):
        warnings.append("It holds another file or a link to a program inside it. Do not open those.")
    if RICH_TEXT_FETCHES.search(content):
        warnings.append("It fetches something from outside when it is opened. Open it in protected view only.")
    return warnings
