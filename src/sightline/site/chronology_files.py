"""Agencies' chronology files as one case for the rules, without a database."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from sightline.procedures.chronology.findings.entries import Case, Entry, entries_of
from sightline.procedures.chronology.reading import Reading

_PREPARED_BY: Final = re.compile(
    r"(?:prepared|completed|written|compiled|submitted|produced|author(?:ed)?) (?:by|for):?\s+(.+?)(?:\s+for\b|[,.;]|$)", re.IGNORECASE
)


def case_of(readings: Mapping[str, Reading]) -> Case:
    """Every file is one agency's; which it is, the file says or its name tells."""
    entries: list[Entry] = []
    preamble: list[str] = []
    for name, reading in readings.items():
        outside = [line.text for line in reading.explained if line.text and line.fate in ("outside", "family", "closing", "section")]
        said = next((match[1] for text in outside if (match := _PREPARED_BY.search(text))), "")
        entries += entries_of(reading.rows, file=name, agency=PurePath(name).stem, agency_name=said)
        preamble += outside
    return Case(tuple(entries), preamble=tuple(dict.fromkeys(preamble)))
