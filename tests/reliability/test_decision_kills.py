"""Whoever signs, and whoever keeps a chronology, is killed over and over: no signature and no row is lost, and nothing is half there."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.prepared import fill
from tests.running_site import RunningSite

pytestmark = pytest.mark.kills

KILLS = max(int(os.environ.get("SIGHTLINE_KILLS", "20")) // 4, 2)
ROOT = Path(__file__).resolve().parents[2]
# Until the first line is acknowledged, Django has to start; more than this is a fault.
PATIENCE = 60


def test_signatures_and_rows_when_whoever_keeps_them_is_killed(
    tmp_path: Path, server: PostgresServer | None, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("SIGHTLINE_SEED", str(random.randrange(10**6))))
    chance = random.Random(seed)
    site = RunningSite(tmp_path, database_url=server.address() if server else "")
    fill(site, server)
    assert _run(site, "begin").wait(timeout=PATIENCE) == 0

    ledgers = {what: tmp_path / f"{what}.ledger" for what in ("sign", "keep")}
    for _ in range(KILLS):
        before = {what: _lines(ledger) for what, ledger in ledgers.items()}
        processes = [_run(site, what, str(ledger)) for what, ledger in ledgers.items()]
        until = time.monotonic() + PATIENCE
        while any(_lines(ledger) == before[what] for what, ledger in ledgers.items()):
            assert time.monotonic() < until, f"nothing was acknowledged, seed {seed}"
            assert all(process.poll() is None for process in processes), f"a process ended by itself, seed {seed}"
            time.sleep(0.02)
        time.sleep(chance.uniform(0.05, 1.2))
        for process in processes:
            process.kill()
            process.wait()

    said = [line.split() for ledger in ledgers.values() for line in ledger.read_text().splitlines()]
    told = json.loads(_tell(site))
    there = {"put": told["texts"], "signed": told["signatures"], "received": told["files"], "kept": told["kept"]}
    lost = [(what, pk) for what, pk in said if pk not in there[what]]
    counted = {what: sum(each == what for each, _ in said) for what in there}
    with capsys.disabled():
        sys.stdout.write(
            f"\ndecisions on {'PostgreSQL' if server else 'SQLite'}: {KILLS} kills of two processes, acknowledged {counted}, "
            f"lost {len(lost)}, half there {len(told['half'])}, seed {seed}\n"
        )
    assert all(counted.values())
    assert (lost, told["half"], told["decided_without_three"]) == ([], [], 0)
    assert site.sightline("audit", "verify", check=False).returncode == 0


def _run(site: RunningSite, *what: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.reliability.decision_feed", *what], env=site.environment, cwd=ROOT)


def _tell(site: RunningSite) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "tests.reliability.decision_feed", "tell"], env=site.environment, cwd=ROOT, capture_output=True, check=True
    ).stdout


def _lines(ledger: Path) -> int:
    return len(ledger.read_text().splitlines()) if ledger.exists() else 0
