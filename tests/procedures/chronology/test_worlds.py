"""Invented worlds: their truth holds together, and what the rules find in them from the raw files, in the held-out bank too."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from benchmarks.chronology_worlds import make
from benchmarks.chronology_worlds.entries import FILES

from sightline.procedures.chronology import evaluation
from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.chronology.reading import Reading
from sightline.site.chronology_analysis import findings_file

STRICT = {"same_event", "gap", "missed_appointments"}
WORLDS, ENTRIES = 20, 60


def _readings(folder: Path) -> dict[str, Reading]:
    return {name: read_chronology((folder / name).read_bytes(), name.rpartition(".")[2]) for name in FILES.values()}


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Truth and findings of many worlds of the bank for which no rule was written."""
    found = []
    for seed in range(1, WORLDS + 1):
        folder = make(seed, "second", ENTRIES, tmp_path_factory.mktemp("world"))
        found.append((json.loads((folder / "truth.json").read_text(encoding="utf-8")), findings_file(_readings(folder))))
    return found


@pytest.mark.parametrize("bank", ["first", "second", "third"])
def test_truth_of_a_world_holds_together(bank: str, tmp_path: Path) -> None:
    truth = json.loads((make(7, bank, 60, tmp_path) / "truth.json").read_text(encoding="utf-8"))
    seen = sorted(row["date"]["start"] for rows in truth["rows"].values() for row in rows if row["child_seen"] == "Y")

    assert all(len(rows) == 60 for rows in truth["rows"].values())
    assert all(not gap["from"] < day < gap["to"] for gap in truth["gaps"] for day in seen), "somebody saw the child in a gap"
    planted = {(gap["from"], gap["to"]) for gap in truth["gaps"]}
    apart = [(one, other) for one, other in zip(seen, seen[1:], strict=False) if (_day(other) - _day(one)).days >= 42]
    assert set(apart) == planted, "a gap that was not planted"
    assert all(item["days"] >= 7 for item in truth["late_knowledge"])
    assert all(len({row.split("#")[0] for row in item["rows"]}) > 1 for item in truth["same_event"])


def test_world_is_the_same_again_to_the_byte(tmp_path: Path) -> None:
    one, other = make(3, "first", 60, tmp_path / "one"), make(3, "first", 60, tmp_path / "other")

    assert all((one / name).read_bytes() == (other / name).read_bytes() for name in (*FILES.values(), "truth.json"))


def test_rows_of_the_held_out_bank_are_read(second: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    right = total = 0
    for truth, found in second:
        share = evaluation.score_rows({row["row"]: row for row in found["rows"]}, truth, truth["rows"])["all"]
        right, total = right + share.right, total + share.of

    assert right / total >= 0.98


@pytest.mark.parametrize("kind", list(evaluation.KINDS))
def test_findings_of_the_held_out_bank(kind: str, second: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    totals: dict[str, int] = defaultdict(int)
    for truth, found in second:
        score = evaluation.score_findings(found["findings"], truth)[kind]
        for name in ("right", "false", "found", "planted"):
            totals[name] += getattr(score, name)
    precision, recall = totals["right"] / max(1, totals["right"] + totals["false"]), totals["found"] / max(1, totals["planted"])

    assert totals["planted"] >= WORLDS
    assert (precision, recall) >= ((0.95, 0) if kind in STRICT else (0.90, 0)), f"precision {precision:.3f}, recall {recall:.3f}"
    assert recall >= (0.90 if kind in STRICT else 0.80), f"precision {precision:.3f}, recall {recall:.3f}"


def test_names_are_taken_out_without_being_told(second: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    gone = [evaluation.score_pseudonyms(found["pseudonymised_rows"], truth) for truth, found in second]

    assert sum(share.right for share in gone) / sum(share.of for share in gone) >= 0.95


def _day(text: str) -> date:
    return date.fromisoformat(text)
