"""How long the combined chronology of 2,000 events takes on the embedded database, whole and with a choice of rows.

    python benchmarks/combined_chronology.py
    python benchmarks/combined_chronology.py --rows 5000 --requests 20

The time is that of the processor in this process, from the address to the last byte: the clock on the wall says nothing on a shared
machine. Exits with 1 if the median of a page of 2,000 events is one second or more, or if it asks the database more questions than a
page of few.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROWS, REQUESTS, AGENCIES, FEW = 2_000, 15, 8, 20
LONGEST_SECONDS = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="sightline-bench-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "sightline.site.settings", "SIGHTLINE_DATA": str(folder / "data"),
        "SIGHTLINE_KEYS": str(folder / "keys"), "SIGHTLINE_DEMO": "1", "SIGHTLINE_DATABASE_URL": "",
    }  # fmt: skip
    try:
        return _measure(options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(options: argparse.Namespace) -> int:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    review, browser, files = _review()
    url = reverse("case_reviews:combined_chronology", args=[review.pk])
    _fill(files, FEW)
    browser.get(url)
    few = _questions(browser, url)
    _fill(files, options.rows - FEW)
    slowest = 0.0
    print(f"Combined chronology of {options.rows:,} events, {options.requests} requests, CPU time in seconds: median (p95)\n")  # noqa: T201
    for name, said in (("everything", None), ("rows of one theme", {"theme": "neglect"}), ("rows with a word", {"words": "register"})):
        times, answer = [], None
        for _ in range(options.requests):
            before = time.process_time()
            answer = browser.post(url, said) if said else browser.get(url)
            times.append(time.process_time() - before)
        assert answer is not None
        assert answer.status_code == 200, answer.status_code
        median, last = statistics.median(times), sorted(times)[int(len(times) * 0.95) - 1]
        slowest = max(slowest, median)
        print(f"  {name:20} {median:.2f} ({last:.2f}), {answer.content.count(b'/chronology-rows/'):,} rows, {len(answer.content):,} bytes")  # noqa: T201
    many = _questions(browser, url)
    print(f"\n  questions to the database: {few} for {FEW} events, {many} for {options.rows:,}")  # noqa: T201
    return 0 if slowest < LONGEST_SECONDS and many <= few else 1


def _review():  # noqa: ANN202
    from tests.access.world import signed_in  # noqa: PLC0415
    from tests.factories import agencies, chronology, reviews  # noqa: PLC0415
    from tests.factories.incidents import Place  # noqa: PLC0415

    from sightline.partnership.need_to_know.models import ConflictStatement  # noqa: PLC0415

    place = Place()
    review = reviews.review(place)
    ConflictStatement.objects.get_or_create(matter=review.matter, account=place.manager, defaults={"is_connected": False})
    senders = [agencies.agency(f"Invented Agency {number}", sector="health") for number in range(AGENCIES)]
    files = [chronology.kept(review, sender, by=place.manager) for sender in senders]
    return review, signed_in(place.manager), files


def _fill(files: list, count: int) -> None:
    from sightline.partnership.case_reviews import chronology_people  # noqa: PLC0415
    from sightline.partnership.case_reviews.models import ChronologyRow  # noqa: PLC0415

    cast, begin, rows = chronology_people.cast_of(files[0].review), date(2015, 1, 1), []
    name = files[0].review.incident.children.get().person.given_name
    first = ChronologyRow.objects.count()
    for number in range(first, first + count):
        on = begin + timedelta(days=number * 7919 % 2000)
        row = ChronologyRow(
            file=files[number % len(files)], number=number + 1, date_from=on, date_to=on, source="Invented register, page 12",
            event=f"{name} was late and said that nobody was at home. " * 4, action="Letter home; told the duty team. " * 2,
            comment="Not discussed in supervision." if number % 3 == 0 else "", themes=["neglect"] if number % 5 == 0 else [],
            date_as_written=f"{on:%d.%m.%y}", child_seen="Y" if number % 2 else "",
        )  # fmt: skip
        cast.put_into(row)
        rows.append(row)
    ChronologyRow.objects.bulk_create(rows, batch_size=500)


def _questions(browser, url: str) -> int:  # noqa: ANN001
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    return len(asked)


if __name__ == "__main__":
    sys.exit(main())
