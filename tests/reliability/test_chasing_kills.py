"""Whoever reminds agencies is killed over and over: each rung is climbed once, with all of its letters, and nobody connected hears."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import PostgresServer
from tests.prepared import fill
from tests.running_site import RunningSite

pytestmark = pytest.mark.kills

KILLS = max(int(os.environ.get("SIGHTLINE_KILLS", "20")) // 4, 2)
ROOT = Path(__file__).resolve().parents[2]


def test_each_rung_is_climbed_once_when_whoever_climbs_is_killed(
    tmp_path: Path, server: PostgresServer | None, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("SIGHTLINE_SEED", str(random.randrange(10**6))))
    chance = random.Random(seed)
    undisturbed, killed = _site(tmp_path / "undisturbed", None), _site(tmp_path / "killed", server)
    for site in (undisturbed, killed):
        assert _run(site, "begin").wait(timeout=60) == 0
    began = time.monotonic()
    assert _run(undisturbed, "chase").wait(timeout=120) == 0
    whole = time.monotonic() - began

    died = 0
    for _ in range(KILLS):
        process = _run(killed, "chase")
        time.sleep(whole * chance.uniform(0.35, 0.9))
        died += process.poll() is None
        process.kill()
        process.wait()
    for process in [_run(killed, "chase"), _run(killed, "chase")]:
        assert process.wait(timeout=120) == 0

    told, expected = _told(killed), _told(undisturbed)
    with capsys.disabled():
        rungs = sum(map(len, told["rungs"].values()))
        sys.stdout.write(f"\nchasing: {died} of {KILLS} killed in the middle, {rungs} rungs climbed once, seed {seed}\n")
    assert all(len(set(details)) == len(details) for details in told["rungs"].values())
    # What a quiet worker does and what is left after the kills are the same: no rung without its letters, no letter without its rung.
    assert sorted(map(sorted, told["rungs"].values())) == sorted(map(sorted, expected["rungs"].values()))
    assert _shape(told["letters"]) == _shape(expected["letters"])
    assert told["to_connected"] == 0
    assert sum(map(len, told["letters"].values())) > sum(map(len, told["rungs"].values()))


def _site(folder: Path, server: PostgresServer | None) -> RunningSite:
    site = RunningSite(folder, database_url=server.address() if server else "")
    fill(site, server)
    return site


def _run(site: RunningSite, what: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.reliability.chasing_feed", what], env=site.environment, cwd=ROOT)


def _told(site: RunningSite) -> dict[str, Any]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.reliability.chasing_feed", "tell"], env=site.environment, cwd=ROOT, capture_output=True, check=True
    )
    return dict(json.loads(said.stdout))


def _shape(letters: dict[str, list[list[str]]]) -> list[list[str]]:
    """How many letters of which kind each request has; ids differ between two sites."""
    return sorted(sorted(template for template, _ in rows) for rows in letters.values())
