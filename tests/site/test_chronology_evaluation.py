"""The command that measures the reading of chronologies, from the terminal and without a database."""

import json
from pathlib import Path

import pytest

from sightline.procedures.chronology import evaluation
from sightline.site.command_line import main
from tests.factories import chronologies as made
from tests.procedures.chronology.test_evaluation import KNOWN, TRUTH


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An agency's file and the truth about it."""
    (tmp_path / "a.csv").write_bytes(made.csv())
    (tmp_path / "truth.json").write_text(
        json.dumps({**TRUTH, "format": "sightline-chronology-truth/1", "rows": {"a.csv": KNOWN[:4]}}), encoding="utf-8"
    )
    return tmp_path


def test_reading_and_findings_are_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["evaluate", "chronology", str(folder / "a.csv"), "--truth", str(folder / "truth.json")])

    said = capsys.readouterr().out
    assert code == 0
    assert "All files: date 4 of 4 (1.0000), time 3 of 4 (0.7500), child seen 4 of 4 (1.0000)" in said
    assert said.count(": precision ") == len(evaluation.KINDS)


def test_findings_file_is_scored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "said.json").write_text(json.dumps({"findings": [{"kind": "never_shared", "rows": ["a.csv#10"]}]}), encoding="utf-8")

    main(["evaluate", "chronology", str(folder / "a.csv"), "--truth", str(folder / "truth.json"), "--findings", str(folder / "said.json")])

    assert "never_shared: precision 1.0000 (1 right, 0 false), recall 1.0000 (1 of 1)" in capsys.readouterr().out


def test_file_that_the_truth_does_not_know_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "other.csv").write_bytes(made.csv())

    assert main(["evaluate", "chronology", str(folder / "other.csv"), "--truth", str(folder / "truth.json")]) == 1
    assert "other.csv is not in truth.json" in capsys.readouterr().err
