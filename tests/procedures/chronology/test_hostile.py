"""Six hundred hostile files, each chunk in a process with little memory: none crashes it, none loses a line."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT
from tests.procedures.chronology.hostile import KINDS, files

FILES_A_CHUNK = 100
MOST_MEGABYTES = 640
SLOWEST_SECONDS = 15


@pytest.mark.parametrize("seed", range(6))
def test_hostile_files_are_read_whole_or_refused_with_a_sentence(seed: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.procedures.chronology.hostile", str(seed), str(FILES_A_CHUNK)],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert told["read"] + told["refused"] == FILES_A_CHUNK
    assert told["peak_mb"] < MOST_MEGABYTES
    assert told["slowest"] < SLOWEST_SECONDS


def test_hostile_files_are_of_every_kind_and_the_same_from_the_same_seed() -> None:
    made = list(files(3, len(KINDS)))

    assert {kind for kind, _, _ in made} == set(KINDS)
    # The packing of Word and Excel files writes down the clock time; all else is the same.
    assert [_plain(*each) for each in files(3, len(KINDS))] == [_plain(*each) for each in made]


def _plain(kind: str, name: str, content: bytes) -> tuple[str, str, bytes]:
    return kind, name, b"" if content.startswith(b"PK") else content
