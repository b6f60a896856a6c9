"""`sightline evaluate chronology`: how well files are read and findings made, against a truth; no database is needed."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sightline.partnership.case_reviews.chronology_reading import read_apart
from sightline.procedures.chronology import evaluation
from sightline.procedures.chronology.reading import CannotRead, Reading
from sightline.site.chronology_analysis import findings_file
from sightline.site.terminal import complain, say


def run(files: Sequence[Path], *, truth: Path, findings: Path | None) -> int:
    """Read the files, score them, and print what came of it."""
    known = json.loads(truth.read_text(encoding="utf-8"))
    if known.get("format") != evaluation.FORMAT:
        complain(f"{truth.name} is not a truth of the format {evaluation.FORMAT}.")
        return 1
    readings: dict[str, Reading] = {}
    for path in files:
        if path.name not in known["rows"]:
            complain(f"{path.name} is not in {truth.name}.")
            return 1
        try:
            readings[path.name] = read_apart(path.read_bytes(), path.suffix)
        except CannotRead as refusal:
            complain(f"{path.name}: {refusal}")
            readings[path.name] = Reading()
    _say_rows(evaluation.rows_of_reading(readings), readings, known)
    _say_findings(json.loads(findings.read_text(encoding="utf-8")) if findings else findings_file(readings), known)
    return 0


def _say_rows(rows: dict[str, dict[str, Any]], readings: dict[str, Reading], known: dict[str, Any]) -> None:
    say("Reading of rows")
    for name, reading in readings.items():
        scores = evaluation.score_rows(rows, known, [name])
        figures = ", ".join(f"{field.replace('_', ' ')} {score.share:.4f}" for field, score in scores.items())
        looked = reading.counts["needs_look"]
        say(f"  {name}: {len(reading.rows)} rows of {len(known['rows'][name])}, {looked} to be looked at; {figures}")
    scores = evaluation.score_rows(rows, known, readings)
    say(
        "  All files: "
        + ", ".join(f"{field.replace('_', ' ')} {score.right} of {score.of} ({score.share:.4f})" for field, score in scores.items())
    )


def _say_findings(said: Any, known: dict[str, Any]) -> None:
    say("Findings")
    whole = {"findings": said} if isinstance(said, list) else said
    if "rows" in whole:
        scores = evaluation.score_rows({row["row"]: row for row in whole["rows"]}, known, known["rows"])
        say("  rows of the findings file: " + ", ".join(f"{field.replace('_', ' ')} {score.share:.4f}" for field, score in scores.items()))
    if "pseudonymised_rows" in whole:
        gone = evaluation.score_pseudonyms(whole["pseudonymised_rows"], known)
        say(f"  identifiers taken out of pseudonymised rows: {gone.right} of {gone.of}")
    listed = whole.get("findings", [])
    for kind, found in evaluation.score_findings(listed, known).items():
        figures = f"precision {found.precision:.4f} ({found.right} right, {found.false} false)"
        say(f"  {kind}: {figures}, recall {found.recall:.4f} ({found.found} of {found.planted})")
