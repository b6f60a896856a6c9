"""How long many rows take to be merged and analysed, and how right the findings are over many invented worlds.

    python benchmarks/chronology_findings.py                             time at 2,000 and 20,000 rows
    python benchmarks/chronology_findings.py --banks second telegraphic  precision and recall, pooled over 20 worlds of each bank

Time is that of the processor in this process, after the files are read, median of three. Exits with 1 when 2,000 rows take two seconds or
more, 20,000 take thirty or more, or ten times the rows take more than fifteen times as long. Worlds are analysed from their raw files.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.chronology_worlds import make  # noqa: E402
from benchmarks.chronology_worlds.entries import FILES  # noqa: E402

from sightline.procedures.chronology import evaluation  # noqa: E402
from sightline.procedures.chronology.files import read_chronology  # noqa: E402
from sightline.procedures.chronology.findings.analysis import analyse  # noqa: E402
from sightline.procedures.chronology.reading import Reading  # noqa: E402
from sightline.site.chronology_analysis import findings_file  # noqa: E402
from sightline.site.chronology_files import case_of  # noqa: E402

LIMITS: Final = {2_000: 2.0, 20_000: 30.0}
MOST_GROWTH: Final = 15
TURNS: Final = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--banks", nargs="+", default=[])
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--entries", type=int, default=120, help="rows of each agency in a world that is scored")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        if options.banks:
            for bank in options.banks:
                _score(Path(folder), bank, options.worlds, options.entries)
            return 0
        return _time(Path(folder))


def _time(folder: Path) -> int:
    seconds: dict[int, float] = {}
    for rows, limit in LIMITS.items():
        readings = _read(make(1, "second", rows // len(FILES), folder / str(rows)))
        turns = []
        for _ in range(TURNS if rows < max(LIMITS) else 1):
            before = time.process_time()
            found = analyse(case_of(readings))
            turns.append(time.process_time() - before)
        seconds[rows] = statistics.median(turns)
        print(f"{rows:>7,} rows: {seconds[rows]:.2f} s of {limit:.0f}, {len(found):,} findings")  # noqa: T201
    growth = seconds[max(LIMITS)] / seconds[min(LIMITS)]
    print(f"ten times the rows take {growth:.1f} times as long, of {MOST_GROWTH}")  # noqa: T201
    return 0 if all(seconds[rows] < limit for rows, limit in LIMITS.items()) and growth <= MOST_GROWTH else 1


def _score(folder: Path, bank: str, worlds: int, entries: int) -> None:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    read = of = 0
    for seed in range(1, worlds + 1):
        world = make(seed, bank, entries, folder / f"{bank}-{seed}")
        truth = json.loads((world / "truth.json").read_text(encoding="utf-8"))
        found = findings_file(_read(world))
        for kind, score in evaluation.score_findings(found["findings"], truth).items():
            for at, number in enumerate((score.right, score.false, score.found, score.planted)):
                totals[kind][at] += number
        share = evaluation.score_rows({row["row"]: row for row in found["rows"]}, truth, truth["rows"])["all"]
        read, of = read + share.right, of + share.of
    print(f"\n{bank}: {worlds} worlds of {len(FILES) * entries} rows, {read / of:.4f} of the rows read right")  # noqa: T201
    for kind, (right, false, hit, planted) in totals.items():
        print(f"  {kind:20} precision {right / max(1, right + false):.3f}, recall {hit / max(1, planted):.3f} ({planted} planted)")  # noqa: T201


def _read(world: Path) -> dict[str, Reading]:
    return {name: read_chronology((world / name).read_bytes(), name.rpartition(".")[2]) for name in FILES.values()}


if __name__ == "__main__":
    raise SystemExit(main())
