"""E-mails saved as files, and the older Office format that Outlook still uses."""

import email
import email.policy
import re
from email.message import Message

from sightline.partnership.documents.inspection.file_names import extension_of
from sightline.partnership.documents.inspection.findings import MEDIA_TYPES, CannotKeep

HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{0,60}:", re.MULTILINE)
KNOWN_HEADERS = re.compile(
    rb"^(from|to|date|subject|message-id|received|mime-version|return-path|x-[a-z-]+|delivered-to|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
MOST_PARTS = 1_000
MOST_NESTED_TYPES = 200
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OUTLOOK_MARK = "__properties_version1.0".encode("utf-16-le")
OUTLOOK_ATTACHMENT = "__attach_version1.0".encode("utf-16-le")
OLDER_OFFICE = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}


def is_mail(content: bytes) -> bool:
    """Headings of a letter at its very start, at least two of them well known."""
    start = content[:16_384].removeprefix(b"\xef\xbb\xbf")
    headings = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return bool(HEADER.match(start)) and len({heading.lower() for heading in KNOWN_HEADERS.findall(headings)}) >= 2


def look(content: bytes) -> list[str]:
    """An e-mail; its attachments are part of it and are named by kind."""
    if content.lower().count(b"content-type:") > MOST_NESTED_TYPES:
        raise CannotKeep("The e-mail has far more parts than a letter has. Save its attachments, and add the ones that matter one by one.")
    try:
        parts = list(walk(email.message_from_bytes(content, policy=email.policy.compat32)))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as problem:
        raise CannotKeep("The e-mail is damaged and cannot be read. Print it to a PDF and choose that.") from problem
    attached = [name for name in (file_name(part) for part in parts) if name]
    strange = sorted({extension_of(name) or "no ending" for name in attached if extension_of(name) not in MEDIA_TYPES})
    if strange:
        kinds = ", ".join(re.sub(r"[^a-z0-9 ]", "", kind)[:12] for kind in strange[:5])
        return [f"It has attachments that could not be added here by themselves ({kinds}). Do not open those."]
    return [f"It has {len(attached)} attachment{'s' if len(attached) > 1 else ''}, which were not checked one by one."] if attached else []


def walk(letter: Message) -> list[Message]:
    """Every part of a letter, nested or not, up to a limit."""
    parts, waiting = [], [letter]
    while waiting and len(parts) < MOST_PARTS:
        part = waiting.pop()
        parts.append(part)
        if part.is_multipart():
            waiting.extend(inner for inner in part.get_payload() if isinstance(inner, Message))
    return parts


def file_name(part: Message) -> str:
    name = part.get_filename()
    return str(name)[:400] if name else ""


def kind_of_ole(content: bytes) -> str:
    """msg for an Outlook letter; anything else in the older Office format by its usual ending."""
    if ENCRYPTED_PACKAGE in content:
        raise CannotKeep(
            "The document is locked with a password or with rights management, so it cannot be checked. "
            "Remove the lock and choose it again."
        )
    if OUTLOOK_MARK in content:
        return "msg"
    for stream, kind in OLDER_OFFICE.items():
        if stream.encode("utf-16-le") in content:
            return kind
    return "unknown"


def look_at_older_word(content: bytes) -> list[str]:
    """A Word file of before 2007, kept to be read beside the form; one with macros cannot be cleaned and is refused."""
    if any(mark.encode("utf-16-le") in content for mark in ("_VBA_PROJECT", "Macros")):
        raise CannotKeep("The file holds macros, which are small programs. Open it, save it as .docx, and choose it again.")
    return ["It is an older Word file, which cannot be looked into as far as a newer one. Open it in protected view only."]


def look_at_outlook(content: bytes) -> list[str]:
    return ["It has attachments, which were not checked one by one."] if OUTLOOK_ATTACHMENT in content else []
