"""`sightline chronology analyse`: agencies' files in, findings with their rows out, without a database and without the web."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sightline.partnership.case_reviews.chronology_reading import read_apart
from sightline.procedures.chronology import evaluation
from sightline.procedures.chronology.findings.analysis import analyse
from sightline.procedures.chronology.findings.entries import Finding
from sightline.procedures.chronology.findings.rules import rules
from sightline.procedures.chronology.findings.unnamed import Unnamed
from sightline.procedures.chronology.reading import CannotRead, Reading
from sightline.site.chronology_files import case_of
from sightline.site.terminal import complain, say


def run(files: Sequence[Path], *, into: Path | None) -> int:
    """Read the files, put every rule to them, and say how many findings of each kind there are."""
    readings = read_all(files)
    if readings is None:
        return 1
    found = findings_file(readings)
    if into is not None:
        into.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    counts = {kind: sum(finding["kind"] == kind for finding in found["findings"]) for kind in rules()}
    say(f"{len(found['rows'])} rows of {len(readings)} {'file' if len(readings) == 1 else 'files'}")
    for kind, rule in rules().items():
        say(f"  {rule.title}: {counts[kind]}")
    say("Findings are what rules say of the rows that were sent. They are looked at by a person before anybody relies on them.")
    return 0


def read_all(files: Sequence[Path]) -> dict[str, Reading] | None:
    """Every file read; nothing where one could not be, with a sentence that says which and why."""
    readings: dict[str, Reading] = {}
    for path in files:
        if path.name in readings:
            complain(f"{path.name} is named twice. Give each file a name of its own.")
            return None
        try:
            readings[path.name] = read_apart(path.read_bytes(), path.suffix)
        except OSError as problem:
            complain(f"{path}: {problem.strerror or problem}.")
            return None
        except CannotRead as refusal:
            complain(f"{path.name}: {refusal}")
            return None
    return readings


def findings_file(readings: Mapping[str, Reading]) -> dict[str, Any]:
    """Findings, rows and rows without names, in the format of a findings file."""
    case = case_of(readings)
    unnamed = Unnamed(case)
    rows = evaluation.rows_of_reading(readings)
    return {
        "findings": [_plain(finding) for finding in analyse(case)],
        "rows": [{"row": name, **row} for name, row in rows.items()],
        "pseudonymised_rows": {entry.id: unnamed.text_of(entry) for entry in case.entries},
    }


def _plain(finding: Finding) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "kind": finding.kind, "rows": list(finding.rows), "from": finding.start.isoformat() if finding.start else None,
        "to": finding.end.isoformat() if finding.end else None, "days": finding.days, "about": finding.about or None,
        "values": list(finding.values) or None, "says": finding.said, "why": list(finding.reasons), "sentences": dict(finding.sentences),
    }  # fmt: skip
    return {name: value for name, value in plain.items() if value is not None}
