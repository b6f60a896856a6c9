"""Office files as the parts they are made of: one that is too large or not well-formed stops the look, and never the site."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

MOST_PARTS = 5_000
MOST_BYTES = 200 * 1024 * 1024


class CannotLook(ValueError):
    """A file that cannot be looked at; the sentence says why, and a person has to look instead."""


def open_package(content: bytes) -> zipfile.ZipFile:
    """The parts of a Word or Excel file; CannotLook where it is none, or would be too large once opened."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise CannotLook("The file is not a whole Word or Excel file.") from None
    rows = package.infolist()
    if len(rows) > MOST_PARTS or sum(row.file_size for row in rows) > MOST_BYTES:
        raise CannotLook("The file is too large to be looked through.")
    return package


def xml_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, Element]]:
    """Every part that is XML, by its name."""
    for name in package.namelist():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                yield name, fromstring(package.read(name))
            except (ParseError, DefusedXmlException, ValueError):
                raise CannotLook("A part of the file cannot be read.") from None


def plain(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if plain(key) == name), "")
