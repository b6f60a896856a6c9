"""Packed files looked at from outside first: Word and Excel files are packed folders, and a small one can hold a very large bomb."""

import io
import struct
import zipfile
import zlib

from sightline.partnership.documents.inspection.findings import ONE_MEGABYTE, CannotKeep

MOST_PARTS = 2_000
LARGEST_DIRECTORY = ONE_MEGABYTE
LARGEST_UNPACKED = 200 * ONE_MEGABYTE
LARGEST_PART = 100 * ONE_MEGABYTE
MOST_TIMES_SMALLER = 300  # real text packs about 10 to 40 times; a bomb about 1,000 times
SMALL_PART = ONE_MEGABYTE
READ_AT_ONCE = 256 * 1024

END_OF_DIRECTORY = b"PK\x05\x06"
IS_ENCRYPTED = 0x1
LINK_TYPE, TYPE_BITS = 0o120000, 0o170000

BOMB = (
    "The file unpacks to far more than a document of its size could hold, so it was not opened. "
    "Save the document again under a new name and choose that."
)
TOO_MANY_PARTS = "The file is made of more parts than a document has. Save the document again under a new name and choose that."
NOT_YOURS = "Do not open it. Ask whoever sent it to you."
DAMAGED = "The file is damaged: its list of parts cannot be read. Open it in Word or Excel, save it again, and choose it again."


def check(content: bytes) -> None:
    """Refuse a bomb, a trap or a locked file, unpacking in small pieces that are thrown away at once."""
    check_directory(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            check_parts(parts, len(content))
            unpacked = 0
            for part in parts:
                unpacked += measured(packed, part)
                if unpacked > LARGEST_UNPACKED:
                    raise CannotKeep(BOMB)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        struct.error,
        OverflowError,
        ValueError,
    ) as problem:
        raise CannotKeep(DAMAGED) from problem


def check_directory(content: bytes) -> None:
    """Read the list's own size before reading the list: a list of a million names is itself a bomb."""
    at = content.rfind(END_OF_DIRECTORY, max(0, len(content) - 66_000))
    if at < 0 or len(content) < at + 22:
        raise CannotKeep(DAMAGED)
    parts, size, offset = struct.unpack_from("<HII", content, at + 10)
    if parts == 0xFFFF or size == 0xFFFFFFFF or offset == 0xFFFFFFFF:
        raise CannotKeep(BOMB)
    if parts > MOST_PARTS or size > LARGEST_DIRECTORY:
        raise CannotKeep(TOO_MANY_PARTS)


def check_parts(parts: list[zipfile.ZipInfo], packed_size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise CannotKeep(TOO_MANY_PARTS)
    # Parts that begin at one place, or that together are larger than the file, lie on top of each other.
    lie_on_each_other = len({part.header_offset for part in parts}) < len(parts) or sum(part.compress_size for part in parts) > packed_size
    if lie_on_each_other or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise CannotKeep(BOMB)
    names = set()
    for number, part in enumerate(parts, start=1):
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise CannotKeep(f"A part of the file would be unpacked outside it (part {number}). {NOT_YOURS}")
        if (part.external_attr >> 16) & TYPE_BITS == LINK_TYPE:
            raise CannotKeep(f"A part of the file is a link to somewhere else (part {number}). {NOT_YOURS}")
        if part.flag_bits & IS_ENCRYPTED:
            raise CannotKeep("The file is locked with a password, so it cannot be checked. Remove the password and choose it again.")
        if name.casefold() in names:
            raise CannotKeep(
                f"The file holds one part twice (part {number}): programs may read it differently. Save it again under a new name."
            )
        names.add(name.casefold())
        if part.file_size > LARGEST_PART or (
            part.file_size > SMALL_PART and part.file_size > MOST_TIMES_SMALLER * max(part.compress_size, 1)
        ):
            raise CannotKeep(BOMB)


def measured(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """How large a part really is; what its heading says may be a lie."""
    size = 0
    with packed.open(part) as stream:
        while piece := stream.read(READ_AT_ONCE):
            size += len(piece)
            if size > LARGEST_PART:
                raise CannotKeep(BOMB)
    return size


def read_part(packed: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The beginning of one part."""
    with packed.open(name) as stream:
        return stream.read(most)
