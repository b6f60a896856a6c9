"""Six thousand hostile chronologies: each is read whole or refused with a sentence, in processes with little memory.

    python benchmarks/chronology_hostile.py [--files 6000] [--chunk 100]

Exits with 1 when a file crashed its process, lost a line, or took more memory or time than one file may.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
MOST_MEGABYTES = 640
SLOWEST_SECONDS = 30
FIRST_SEED = 1000


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=6000)
    parser.add_argument("--chunk", type=int, default=100)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    seeds = range(FIRST_SEED, FIRST_SEED + options.files // options.chunk)
    with ThreadPoolExecutor(options.processes) as pool:
        told = list(pool.map(lambda seed: _chunk(seed, options.chunk), seeds))
    wrong = [line for one in told for line in one["wrong"]]
    peak, slowest = max(one["peak_mb"] for one in told), max(told, key=lambda one: one["slowest"])
    print(  # noqa: T201
        f"{len(seeds) * options.chunk:,} hostile files: {sum(one.get('read', 0) for one in told):,} read whole "
        f"({sum(one.get('rows', 0) for one in told):,} rows), {sum(one.get('refused', 0) for one in told):,} refused with a sentence, "
        f"{len(wrong)} wrong; largest memory {peak} MB, slowest file {slowest['slowest']} s ({slowest['slowest_kind']})"
    )
    for line in wrong[:40]:
        print(f"  {line}")  # noqa: T201
    return 1 if wrong or peak > MOST_MEGABYTES or slowest["slowest"] > SLOWEST_SECONDS else 0


def _chunk(seed: int, count: int) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.procedures.chronology.hostile", str(seed), str(count)],
        cwd=HOME, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(HOME / "src")},
    )  # fmt: skip
    if done.returncode:
        return {"wrong": [f"seed {seed}: {done.stderr[-300:]}"], "peak_mb": 0, "slowest": 0.0, "slowest_kind": ""}
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
