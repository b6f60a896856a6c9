"""How long a chronology takes to read, by kind of file and number of rows, and how much memory; invented rows.

    python benchmarks/chronology_reading.py [--rows 250 2500]

CPU time in the process, median of five. Exits with 1 when ten times the rows take more than fifteen times as long, or a row takes
longer than two milliseconds.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.factories import chronologies as made  # noqa: E402

from sightline.procedures.chronology.files import read_chronology  # noqa: E402

TURNS = 5
MOST_GROWTH = 15
LONGEST_A_ROW = 0.002
DATES = ("{:%d/%m/%Y}", "{:%d.%m.%y}", "{:%d %b %Y}", "{:%a %d/%m/%y}", "w/c {:%d.%m.%y}", "c. {:%d/%m/%Y}", "{:%B %Y}", "?/{:%m/%Y}")
TEXTS = (
    "Home visit. Tansy seen and spoken to.",
    "No reply at the door, card left.",
    "Call from school about lunches and the bus pass.",
    "Letter filed.",
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[250, 2500])
    options = parser.parse_args()
    small, large, fails = min(options.rows), max(options.rows), 0
    for kind, make in (("docx", made.docx), ("xlsx", made.xlsx), ("csv", made.csv), ("rtf", made.rtf)):
        taken = {}
        for count in options.rows:
            rows = _rows(count)
            content = make((made.HEADINGS, *rows))
            taken[count] = statistics.median(_once(content, kind, count) for _ in range(TURNS))
            each = taken[count] / count * 1e6
            print(f"{kind}: {count:,} rows, {len(content) / 1024:,.0f} kB: {taken[count] * 1000:,.0f} ms, {each:,.0f} µs a row")  # noqa: T201
        fails += taken[large] / count > LONGEST_A_ROW or (large > small and taken[large] > MOST_GROWTH * large / small / 10 * taken[small])
    print(f"Largest memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")  # noqa: T201
    return 1 if fails else 0


def _rows(count: int) -> list[tuple[str, ...]]:
    chance = random.Random(7)
    day = date(2015, 1, 1)
    rows = []
    for _ in range(count):
        day += timedelta(days=chance.randint(0, 3))
        rows.append(
            (chance.choice(DATES).format(day), chance.choice(("", "14:30", "2.15pm")), "Case note", chance.choice(TEXTS), "Logged", "Yes")
        )
    return rows


def _once(content: bytes, kind: str, count: int) -> float:
    begun = time.process_time()
    reading = read_chronology(content, kind)
    spent = time.process_time() - begun
    if len(reading.rows) != count or not reading.is_whole:
        raise SystemExit(f"{kind}: {len(reading.rows)} rows of {count}")
    return spent


if __name__ == "__main__":
    sys.exit(main())
