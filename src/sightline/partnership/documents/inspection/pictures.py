"""Pictures: whole, of a size that a screen can hold, and whether they tell where they were taken."""

import struct

from sightline.partnership.documents.inspection.findings import CannotKeep

LARGEST_SIDE = 20_000
MOST_PIXELS = 100_000_000
GPS_TAG = 0x8825
PLACE = "The picture records where it was taken. Whoever downloads it can read the place."
TOO_LARGE = "The picture has more dots than a computer can show safely. Make it smaller and choose it again."
CUT_OFF = "The picture is cut off or damaged. Open it, save it again, and choose it again."
MORE_BEHIND = "The file holds something else behind the end of the picture. Open it, save it as a new picture, and choose that."
FRAME_MARKS = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


def look_at_png(content: bytes) -> list[str]:
    """Walk the chunks from the first (its size) to the last (its end)."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise CannotKeep(CUT_OFF)
    check_size(*struct.unpack(">II", content[16:24]))
    at, tells_place = 8, False
    while at + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        if kind == b"eXIf":
            tells_place = tells_place or tells_where(content[at - 4 - length : at - 4])
        if kind == b"IEND":
            if content[at:].strip(b"\x00\r\n "):
                raise CannotKeep(MORE_BEHIND)
            return [PLACE] if tells_place else []
    raise CannotKeep(CUT_OFF)


def look_at_jpeg(content: bytes) -> list[str]:
    """Walk the segments up to the picture itself, then look at the very end."""
    at, has_size, tells_place = 2, False, False
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise CannotKeep(CUT_OFF)
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        length = struct.unpack(">H", content[at + 2 : at + 4])[0]
        segment = content[at + 4 : at + 2 + length]
        if mark in FRAME_MARKS and len(segment) >= 5:
            height, width = struct.unpack(">HH", segment[1:5])
            check_size(width, height)
            has_size = True
        if mark == 0xE1 and segment.startswith(b"Exif\x00\x00"):
            tells_place = tells_place or tells_where(segment[6:])
        if mark == 0xDA:
            break
        at += 2 + length
    if not has_size:
        raise CannotKeep(CUT_OFF)
    end = content.rfind(b"\xff\xd9")
    if end < 0:
        raise CannotKeep(CUT_OFF)
    if b"PK\x03\x04" in content[end:] or b"%PDF-" in content[end:] or b"<script" in content[end:].lower():
        raise CannotKeep(MORE_BEHIND)
    return [PLACE] if tells_place else []


def check_size(width: int, height: int) -> None:
    if not width or not height:
        raise CannotKeep(CUT_OFF)
    if width > LARGEST_SIDE or height > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise CannotKeep(TOO_LARGE)


def tells_where(exif: bytes) -> bool:
    """Whether the first directory of the picture's notes points to a place on the map."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 10:
        return False
    at = struct.unpack(f"{order}I", exif[4:8])[0]
    if at + 2 > len(exif):
        return False
    number = struct.unpack(f"{order}H", exif[at : at + 2])[0]
    for entry in range(min(number, 200)):
        start = at + 2 + 12 * entry
        if start + 2 > len(exif):
            return False
        if struct.unpack(f"{order}H", exif[start : start + 2])[0] == GPS_TAG:
            return True
    return False
