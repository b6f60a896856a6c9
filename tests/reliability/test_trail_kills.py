"""Several processes write the trail at once and are killed: the chain stays whole, and every acknowledged row is in it."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.running_site import RunningSite

pytestmark = pytest.mark.kills

ROUNDS = int(os.environ.get("SIGHTLINE_KILLS", "20")) // 5
WRITERS = 3
ROOT = Path(__file__).resolve().parents[2]


def test_trail_when_its_writers_are_killed(tmp_path: Path, server: PostgresServer | None, capsys: pytest.CaptureFixture[str]) -> None:
    rounds = max(1, ROUNDS // 2) if server else ROUNDS
    site = RunningSite(tmp_path, database_url=server.address() if server else "", is_demo=False)
    site.sightline("migrate")
    acknowledged: list[int] = []

    for number in range(rounds):
        acknowledged += _write_and_kill(site, tmp_path / f"round{number}")

    verified = site.sightline("audit", "verify", check=False)
    without_row, without_move, last, is_contiguous = map(int, _feed(site, subprocess.PIPE, "tell").communicate(timeout=60)[0].split())
    with capsys.disabled():
        sys.stdout.write(
            f"\ntrail on {'PostgreSQL' if server else 'SQLite'}: {rounds * WRITERS} kills of {WRITERS} writers at once, {last} rows, "
            f"{len(acknowledged)} acknowledged, lost {sum(seq > last for seq in acknowledged)}, moves without a row {without_row}, "
            f"rows without a move {without_move}; {verified.stdout.strip().splitlines()[0]}\n"
        )
    assert verified.returncode == 0, verified.stdout
    assert (without_row, without_move, is_contiguous) == (0, 0, 1)
    assert len(set(acknowledged)) == len(acknowledged)
    assert max(acknowledged) <= last


def _write_and_kill(site: RunningSite, said: Path) -> list[int]:
    said.mkdir()
    files = [(said / str(number)).open("w+") for number in range(WRITERS)]
    writers = [_feed(site, file.fileno()) for file in files]
    try:
        until = time.monotonic() + 60
        while not all((said / str(number)).stat().st_size for number in range(WRITERS)) and time.monotonic() < until:
            time.sleep(0.02)
        for writer in writers:
            time.sleep(random.uniform(0.1, 0.4))
            writer.kill()
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    seqs = []
    for file in files:
        file.seek(0)
        seqs += [int(line.split()[1]) for line in file.read().splitlines(keepends=True) if line.endswith("\n")]
        file.close()
    return seqs


def _feed(site: RunningSite, stdout: int, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.reliability.trail_feed", *arguments]
    return subprocess.Popen(command, env=site.environment, cwd=ROOT, stdout=stdout, text=True)
