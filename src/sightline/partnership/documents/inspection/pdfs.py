"""PDF files: what in them could act, hide or lock."""

import re
import zlib

from sightline.partnership.documents.inspection.findings import ONE_MEGABYTE, CannotKeep

LARGEST_UNPACKED = 40 * ONE_MEGABYTE
LARGEST_STREAM = 8 * ONE_MEGABYTE
STREAM = re.compile(rb"stream\r?\n")
HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
ACTS = {
    b"JavaScript": "a small program (JavaScript)",
    b"JS": "a small program (JavaScript)",
    b"Launch": "an instruction to start another program",
    b"SubmitForm": "an instruction to send what is typed elsewhere",
    b"ImportData": "an instruction to fetch data",
    b"GoToE": "a link into an attached file",
}
BOMB = "The PDF unpacks to far more than a document of its size could hold, so it was not opened. Print it to a new PDF and choose that."
HOLDS = {b"EmbeddedFile": "other files inside it", b"RichMedia": "film or sound", b"XFA": "a form that can act"}
NAME = re.compile(rb"/([A-Za-z0-9#]{2,40})")


def look(content: bytes) -> list[str]:
    """Refuse a locked or cut-off file; name what acts by itself and what is attached."""
    if b"%%EOF" not in content[-4096:] and b"startxref" not in content[-4096:]:
        raise CannotKeep("The PDF is cut off: its end is missing. Ask for it again, or print it to a new PDF and choose that.")
    names = set(names_in(content))
    for piece in packed_objects(content):
        names |= names_in(piece)
    if b"Encrypt" in names:
        raise CannotKeep(
            "The PDF is locked with a password or by its owner, so it cannot be checked. Print it to a new PDF and choose that."
        )
    acts = sorted({what for name, what in ACTS.items() if name in names})
    holds = sorted({what for name, what in HOLDS.items() if name in names})
    warnings = []
    if acts:
        warnings.append(f"It holds {' and '.join(acts)}. Open it in a reader that has such actions switched off.")
    if holds:
        warnings.append(f"It holds {' and '.join(holds)}. Do not open those.")
    return warnings


def names_in(piece: bytes) -> set[bytes]:
    """The names that a piece of PDF uses, with letters that were written as numbers (J#61vaScript) read back."""
    return {HEX_IN_NAME.sub(lambda match: bytes([int(match[1], 16)]), name) for name in NAME.findall(piece)}


def packed_objects(content: bytes) -> list[bytes]:
    """Objects packed inside streams, where most PDFs keep them; pictures and pages are passed over, and there is an end to it."""
    pieces, unpacked = [], 0
    for match in STREAM.finditer(content):
        heading = content[max(0, match.start() - 300) : match.start()]
        if b"ObjStm" not in heading[heading.rfind(b"obj") :]:
            continue
        unpacker = zlib.decompressobj()
        try:
            piece = unpacker.decompress(content[match.end() : match.end() + LARGEST_STREAM], LARGEST_STREAM)
        except zlib.error:
            continue
        unpacked += len(piece)
        if len(piece) >= LARGEST_STREAM or unpacked > LARGEST_UNPACKED:
            raise CannotKeep(BOMB)
        pieces.append(piece)
    return pieces
