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
ROUNDS = 4
LARGEST_RATIO = 1.5
AGENCIES = 20
BLOCKED = 3


def main() -> int:
    options = _options()
    if options.step:
        print(json.dumps(STEPS[options.step](options)))  # noqa: T201
        return 0
    places = {size: _Place(size, options.database) for size in options.sizes}
    try:
        readers = {}
        for size, place in places.items():
            started = time.monotonic()
            readers[size] = place.run("fill", size=size)
            print(f"{size:,} matters: filled in {time.monotonic() - started:.0f} s", file=sys.stderr)  # noqa: T201
        # In turns, so that other work on the machine weighs on both sizes alike.
        rounds = [
            {size: place.run("read", readers=readers[size], requests=options.requests // ROUNDS) for size, place in places.items()}
            for _ in range(ROUNDS)
        ]
    finally:
        for place in places.values():
            place.clear()
    return report(rounds, options)


def report(rounds: list[dict[int, dict]], options: argparse.Namespace) -> int:
    small, large = min(options.sizes), max(options.sizes)
    worst = 0.0
    kind = "server time" if options.database else "CPU time"
    print(f"List of incidents, {options.requests} requests a reader, {kind} in milliseconds: median (p95)\n")  # noqa: T201
    for reader in rounds[0][small]:
        times = {size: sorted(spent for turn in rounds for spent in turn[size][reader]["times"]) for size in (small, large)}
        median = {size: statistics.median(times[size]) for size in times}
        p95 = {size: times[size][int(len(times[size]) * 0.95)] for size in times}
        ratio = median[large] / median[small]
        worst = max(worst, ratio)
        figures = "   ".join(f"{size:>9,}: {median[size]:7.2f} ({p95[size]:7.2f})" for size in (small, large))
        print(f"  {reader:34} {figures}   ratio {ratio:.2f}   {rounds[0][large][reader]['rows']} rows")  # noqa: T201
    print(f"\n  worst ratio {worst:.2f}, allowed less than {LARGEST_RATIO}")  # noqa: T201
    return 0 if worst < LARGEST_RATIO else 1


def fill_step(options: argparse.Namespace) -> dict[str, list[str]]:
    """Make and fill the database; says who reads what."""
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    return fill(options.size)


def read_step(options: argparse.Namespace) -> dict[str, dict]:
    """Read pages as each reader."""
    import django  # noqa: PLC0415

    django.setup()
    from sightline.partnership.accounts.models import Account  # noqa: PLC0415

    readers = json.loads(options.readers)
    return {name: _time_pages(Account.objects.get(pk=account_id), place, options.requests) for name, (account_id, place) in readers.items()}


def fill(size: int) -> dict[str, list[str]]:
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

        def in_turn(principals: list[str], step: int = 0) -> str:
            cases = " ".join(f"WHEN {place} THEN '{principal}'" for place, principal in enumerate(principals))
            return f"CASE (n + {step}) %% {len(principals)} {cases} END"

        reference = "printf('M%%07d', n)" if connection.vendor == "sqlite" else "'M' || lpad(n::text, 7, '0')"
        copy(Matter, {"id": new_id, "reference": reference, "opened_at": moment})
        copy(SeriousIncident, {"id": new_id, "matter_id": new_id, "raised_at": moment})
        access("'all'")
        access(in_turn([f"agency:{agency.pk}" for agency in agencies]))
        for step in (0, 7, 13):
            access(in_turn([f"account:{other.pk}" for other in others], step))
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
        "somebody who may know of all": [everybody.pk, ""],
        "the same, a page in the middle": [everybody.pk, place],
        f"an agency's lead (1 in {AGENCIES})": [agency_reader.pk, ""],
        "a member of 5 matters": [member.pk, ""],
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
    return {"times": times, "rows": rows}


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


class _Place:
    """A database of one size, with a data folder of its own; each step is a process."""

    def __init__(self, size: int, database: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sightline-bench-"))
        self.environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "sightline.site.settings", "SIGHTLINE_DATA": str(self.folder / "data"),
            "SIGHTLINE_KEYS": str(self.folder / "keys"), "SIGHTLINE_DEMO": "1",
            "SIGHTLINE_DATABASE_URL": _database_of_its_own(database, size) if database else "",
        }  # fmt: skip

    def run(self, step: str, *, size: int = 0, requests: int = 0, readers: dict | None = None) -> dict:
        command = [sys.executable, __file__, "--step", step, "--size", str(size), "--requests", str(requests)]
        command += ["--readers", json.dumps(readers or {})]
        try:
            answer = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        except subprocess.CalledProcessError as problem:
            sys.stderr.write(problem.stderr)
            raise
        return json.loads(answer.stdout.splitlines()[-1])

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


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
    for name, kind in (("step", str), ("size", int), ("readers", str)):
        parser.add_argument(f"--{name}", type=kind, default=kind(), help=argparse.SUPPRESS)
    return parser.parse_args()


STEPS = {"fill": fill_step, "read": read_step}

if __name__ == "__main__":
    sys.exit(main())
