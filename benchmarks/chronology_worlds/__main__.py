"""Make worlds: `python -m benchmarks.chronology_worlds --bank second --seeds 101-120 --entries 120 FOLDER`."""

import argparse
from pathlib import Path

from benchmarks.chronology_worlds import make


def main() -> None:
    """One folder a world, named by its bank and seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--bank", default="first")
    parser.add_argument("--seeds", default="1-20", help="one number, or first-last")
    parser.add_argument("--entries", type=int, default=120, help="rows of each agency")
    chosen = parser.parse_args()
    first, _, last = chosen.seeds.partition("-")
    for seed in range(int(first), int(last or first) + 1):
        print(make(seed, chosen.bank, chosen.entries, chosen.folder / f"{chosen.bank}-{seed}"))


if __name__ == "__main__":
    main()
