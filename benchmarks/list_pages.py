"""How long a page of the list of incidents takes with a thousand matters and with a million, for three kinds of reader.

    python benchmarks/list_pages.py                                   the embedded database
    python benchmarks/list_pages.py --database postgres://...         an empty PostgreSQL database, which is filled and left as it is

On the embedded database the time is that of the processor in this process; on PostgreSQL it is the server's own, from EXPLAIN ANALYZE.
The clock on the wall says nothing on a shared machine. Exits with 1 if a page of the large list takes 1.5 times
that of the small, or more.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SIZES = (1_000, 1_000_000)
REQUESTS = 200
LARGEST_RATIO = 1.5
AGENCIES = 20
BLOCKED = 3


def main() -> int:
    options = _options()
    if options.one:
        print(json.dumps(measure(options.one, options.requests)))  # noqa: T201
        return 0
    results = {size: _in_a_process_of_its_own(size, options) for size in options.sizes}
    return report(results, options)


def report(results: dict[int, dict], options: argparse.Namespace) -> int:
    small, large = min(results), max(results)
    worst = 0.0
    kind = "server time" if options.database else "CPU time"
    print(f"List of incidents, {options.requests} requests a reader, {kind} in milliseconds: median (p95)\n")  # noqa: T201
    for reader in results[small]["readers"]:
        one, other = results[small]["readers"][reader], results[large]["readers"][reader]
        ratio = other["median"] / one["median"]
        worst = max(worst, ratio)
        print(  # noqa: T201
            f"  {reader:42} {small:>9,}: {one['median']:7.2f} ({one['p95']:7.2f})   {large:>9,}: {other['median']:7.2f} "
            f"({other['p95']:7.2f})   ratio {ratio:.2f}   {other['rows']} rows"
        )
    print(f"\n  worst ratio {worst:.2f}, allowed {LARGEST_RATIO}")  # noqa: T201
    return 0 if worst < LARGEST_RATIO else 1


def measure(size: int, requests: int) -> dict:
    """Fill an empty database and read pages from it."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    readers = fill(size)
    return {"readers": {name: _time_pages(account, place, requests) for name, (account, place) in readers.items()}}


def fill(size: int) -> dict:
    """Matters with their incidents, three members each, spread over agencies; a few of them kept from each reader."""
    from datetime import UTC, date, datetime  # noqa: PLC0415

    from django.db import connection, transaction  # noqa: PLC0415

    from sightline.partnership.accounts.models import Account, RoleHolding  # noqa: PLC0415
    from sightline.partnership.agencies.models import Agency, Officer  # noqa: PLC0415
    from sightline.partnership.case_reviews.models import SeriousIncident  # noqa: PLC0415
    from sightline.partnership.need_to_know import listing  # noqa: PLC0415
    from sightline.partnership.need_to_know.models import CaseAccess, Conflict, Matter  # noqa: PLC0415
    from sightline.procedures import rule_sets  # noqa: PLC0415

    long_ago = date(2010, 1, 1)
    agencies = [Agency.objects.create(name=f"Agency {n}", short_name=f"A{n}", sector="other", valid_from=long_ago) for n in range(AGENCIES)]

    def person(role: str, agency: Agency) -> Account:
        officer = Officer.objects.create(name=f"{role} of {agency}", job_title="Invented post", agency=agency, valid_from=long_ago)
        account = Account.objects.create_user(f"{role}.{agency.short_name}@arden.example".lower(), officer=officer)
        RoleHolding.objects.create(account=account, role=role, valid_from=long_ago)
        return account

    everybody, agency_reader, member = person("BM", agencies[0]), person("AL", agencies[1]), person("PC", agencies[2])
    others = [person("PM", agency) for agency in agencies]

    begin = datetime(2019, 1, 1, tzinfo=UTC)
    template_matter = Matter.objects.create(kind="serious_incident", opened_at=begin, opened_by=everybody, raised_by_agency=agencies[0])
    rules = rule_sets.in_force(begin.date())
    template_incident = SeriousIncident.objects.create(
        matter=template_matter,
        raised_by=everybody,
        raised_by_agency=agencies[0],
        status="raised",
        raised_at=begin,
        summary="Invented",
        rule_set=rules.id,
        rule_set_hash=rules.content_hash,
    )
    new_id = "'01' || printf('%%024d', n)" if connection.vendor == "sqlite" else "'01' || lpad(n::text, 24, '0')"
    moment = (
        "strftime('%%Y-%%m-%%d %%H:%%M:%%S', '2019-01-01', '+' || (n * 3) || ' minutes')"
        if connection.vendor == "sqlite"
        else "timestamptz '2019-01-01 00:00:00+00' + n * interval '3 minutes'"
    )
    series = f"WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {size}) "
    text = "'' ||" if connection.vendor == "sqlite" else ""
    with transaction.atomic(), connection.cursor() as cursor:

        def copy(model: type, changed: dict[str, str]) -> None:
            table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            values = ", ".join(changed.get(column, f't."{column}"') for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            template = template_matter.pk if model is Matter else template_incident.pk
            cursor.execute(f"{series} INSERT INTO {table} ({names}) SELECT {values} FROM series, {table} t WHERE t.id = %s", [template])  # noqa: S608

        def access(principal: str, where: str = "TRUE") -> None:
            cursor.execute(
                f"{series} INSERT INTO {CaseAccess._meta.db_table} (principal, matter_id, opened_at) "  # noqa: S608
                f"SELECT {principal}, {new_id}, {moment} FROM series WHERE {where}",
                [],
            )

        reference = "printf('M%%07d', n)" if connection.vendor == "sqlite" else "'M' || lpad(n::text, 7, '0')"
        copy(Matter, {"id": new_id, "reference": reference, "opened_at": moment})
        copy(SeriousIncident, {"id": new_id, "matter_id": new_id, "raised_at": moment})
        access("'all'")
        for place, agency in enumerate(agencies):
            access(f"{text} 'agency:{agency.pk}'", f"n %% {AGENCIES} = {place}")
            for step in (0, 7, 13):
                access(f"{text} 'account:{others[place].pk}'", f"(n + {step}) %% {AGENCIES} = {place}")
        access(f"'account:{member.pk}'", f"n %% {max(1, size // 5)} = 0")
    template_incident.delete()
    template_matter.delete()
    for account in (everybody, agency_reader, member):
        hidden = CaseAccess.objects.filter(principal=f"agency:{agencies[1].pk}").order_by("-opened_at")[:BLOCKED]
        for row in hidden:
            Conflict.objects.create(matter_id=row.matter_id, account=account, source="case_flag", reason="x", declared_by=others[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    middle = CaseAccess.objects.filter(principal="all", matter_id="01" + str(size // 2).zfill(24)).get()
    place = "?after=" + listing.write_key((middle.opened_at, middle.matter_id))
    return {
        "somebody who may know of all": (everybody, ""),
        "the same, a page in the middle": (everybody, place),
        f"an agency's lead (1 in {AGENCIES})": (agency_reader, ""),
        "a member of 5 matters": (member, ""),
    }


def _time_pages(account: object, place: str, requests: int) -> dict:
    from contextlib import nullcontext  # noqa: PLC0415

    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("case_reviews:incidents") + place
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    rows = answer.content.count(b"<tr") - 1  # the head
    times = []
    for _ in range(requests):
        explained = _Explained() if connection.vendor == "postgresql" else None
        with connection.execute_wrapper(explained) if explained else nullcontext():
            before = time.process_time()
            client.get(url)
            spent = (time.process_time() - before) * 1000
        times.append(explained.milliseconds if explained else spent)
    times.sort()
    return {"median": statistics.median(times), "p95": times[int(len(times) * 0.95)], "rows": rows}


class _Explained:
    """Asks the server how long it needs for each question of a page."""

    def __init__(self) -> None:
        self.milliseconds = 0.0

    def __call__(self, execute, sql, params, many, context):  # noqa: ANN001, ANN204
        if sql.startswith("SELECT"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                plan = cursor.fetchone()[0][0]
            self.milliseconds += plan["Planning Time"] + plan["Execution Time"]
        return execute(sql, params, many, context)


def _in_a_process_of_its_own(size: int, options: argparse.Namespace) -> dict:
    folder = Path(tempfile.mkdtemp(prefix="sightline-bench-"))
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "sightline.site.settings", "SIGHTLINE_DATA": str(folder / "data"),
        "SIGHTLINE_KEYS": str(folder / "keys"), "SIGHTLINE_DEMO": "1", "SIGHTLINE_DATABASE_URL": "",
    }  # fmt: skip
    if options.database:
        environment["SIGHTLINE_DATABASE_URL"] = _database_of_its_own(options.database, size)
    try:
        started = time.monotonic()
        command = [sys.executable, __file__, "--one", str(size), "--requests", str(options.requests)]
        answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        print(f"{size:,} matters: filled and read in {time.monotonic() - started:.0f} s", file=sys.stderr)  # noqa: T201
        return json.loads(answer.stdout.splitlines()[-1])
    except subprocess.CalledProcessError as problem:
        sys.stderr.write(problem.stderr)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _database_of_its_own(url: str, size: int) -> str:
    """A new database on the same server for each size."""
    import psycopg  # noqa: PLC0415

    name = f"sightline_bench_{size}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")  # noqa: S608
        connection.execute(f"CREATE DATABASE {name}")
    head, _, query = url.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--database", default="")
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
