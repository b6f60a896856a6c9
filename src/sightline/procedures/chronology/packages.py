"""A Word document or workbook as the package of parts it is: looked over before it is unpacked, and its XML read without outside help."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]

from sightline.procedures.chronology.reading import CannotRead

MOST_PARTS: Final = 4_000
MOST_UNPACKED: Final = 150 * 1024 * 1024
MOST_IN_A_PART: Final = 40 * 1024 * 1024
MOST_TIMES_LARGER: Final = 150
SMALL: Final = 2 * 1024 * 1024

DAMAGED: Final = "The file is damaged: it could not be opened. Open it in the program it was made with, save it again and choose it again."
PASSWORD: Final = "The file is protected by a password. Take the password off, save it and choose it again."
TOO_LARGE: Final = (
    "The file unpacks to far more than a chronology can hold, so it was not opened. Save it again, without pictures, and choose it again."
)
UNSAFE: Final = "The file has parts that no word processor or spreadsheet writes, so it was not read. Save it again and choose it again."


class Package:
    """The parts of one file, each unpacked only as far as it may be."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, OverflowError, MemoryError, RuntimeError) as defect:
            raise CannotRead(DAMAGED) from defect
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise CannotRead(TOO_LARGE)
        if any(part.flag_bits & 1 for part in parts):
            raise CannotRead(PASSWORD)
        if any(part.file_size > SMALL and part.file_size > MOST_TIMES_LARGER * max(part.compress_size, 1) for part in parts):
            raise CannotRead(TOO_LARGE)
        self._part_by_name = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").lower() in self._part_by_name

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in small letters."""
        return tuple(self._part_by_name)

    def part(self, name: str) -> bytes:
        """One part unpacked; what it says of its own size is not trusted."""
        found = self._part_by_name.get(name.lstrip("/").lower())
        if found is None:
            raise CannotRead(DAMAGED)
        try:
            with self._zip.open(found) as unpacked:
                content = unpacked.read(MOST_IN_A_PART + 1)
        except (
            zipfile.BadZipFile,
            zipfile.LargeZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
            OverflowError,
        ) as defect:
            raise CannotRead(DAMAGED) from defect
        except Exception as defect:
            # Each way of packing has an error class of its own, which zipfile hands on.
            if type(defect).__module__ in ("zlib", "_lzma", "lzma", "bz2", "_bz2"):
                raise CannotRead(DAMAGED) from defect
            raise
        if len(content) > MOST_IN_A_PART:
            raise CannotRead(TOO_LARGE)
        return content

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """The elements with these names at their ends, in their order; the caller clears what it has read."""
        content = self.part(name)
        if re.search(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)", content):
            raise CannotRead(UNSAFE)
        # Refused above; and no parser of ours expands what a file declares, loads what it points to or takes a text without end.
        reader = etree.iterparse(
            io.BytesIO(content), events=("start", "end"), tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            yield from reader
        except (etree.LxmlError, LookupError, ValueError, OSError) as defect:
            raise CannotRead(DAMAGED) from defect


def local(element: Any) -> str:
    """An element's or attribute's name without its namespace: documents come in two dialects."""
    name = element if isinstance(element, str) else element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without namespace, or nothing."""
    return next((str(value) for key, value in element.attrib.items() if local(key) == name), "")
