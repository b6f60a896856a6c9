"""Incidents are written over HTTP while the web process and the worker are killed: what was acknowledged is kept, nothing is half there."""

import json
import os
import random
import re
import sys
import threading
import time
from pathlib import Path

import pytest
import requests

from tests.postgres import PostgresServer
from tests.prepared import fill
from tests.running_site import RunningSite

pytestmark = pytest.mark.kills

KILLS = int(os.environ.get("SIGHTLINE_KILLS", "20"))
POSTGRES_KILLS = int(os.environ.get("SIGHTLINE_POSTGRES_KILLS", str(max(1, KILLS // 4))))
WRITERS = 2

TELL = """
import json
from django.db import connection
from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.case_reviews.models import SeriousIncident
from sightline.partnership.need_to_know.models import CaseAccess, Matter, Membership
from sightline.partnership.notices.models import Notice
rows = AuditEvent.objects.filter(action="serious_incident.raised").values_list("object_id", flat=True)
recorded, told = set(rows), {}
for about, to in Notice.objects.filter(template="case_reviews.incident_raised").values_list("about", "to"):
    told.setdefault(about, set()).add(to)
half = []
for incident in SeriousIncident.objects.exclude(status="draft"):
    members = Membership.objects.filter(matter=incident.matter_id).count()
    listed = CaseAccess.objects.filter(matter=incident.matter_id).exists()
    whole = incident.matter_id and incident.pk in recorded and told.get(incident.pk) and incident.rule_set and members >= 2 and listed
    if not whole:
        half.append(incident.pk)
raised = set(SeriousIncident.objects.exclude(status="draft").values_list("pk", flat=True))
orphans = Matter.objects.filter(serious_incident=None).count() + len(recorded - raised)
integrity = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
print("TOLD" + json.dumps({
    "summaries": dict(SeriousIncident.objects.values_list("pk", "summary")),
    "raised": sorted(raised),
    "half": half, "orphans": orphans, "integrity": integrity,
}))
"""


class Writer(threading.Thread):
    """One person at the school who writes incidents, one after another, and notes what the site said it had kept."""

    def __init__(self, site: RunningSite, number: int) -> None:
        super().__init__(daemon=True)
        self.site, self.number = site, number
        self.begun: list[str] = []
        self.written: dict[str, str] = {}
        self.raised: list[str] = []
        self.stopping = threading.Event()
        self.problems: list[str] = []

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._sign_in()
                while not self.stopping.is_set():
                    self._write_one()
            except (requests.RequestException, OSError):
                time.sleep(0.1)  # the site was killed; whatever was not acknowledged may or may not be there
            except AssertionError as problem:
                self.problems.append(str(problem))
                return

    def _sign_in(self) -> None:
        self.browser = requests.Session()
        self.token = self._token("/accounts/login/")
        self._post("/accounts/login/", login="hamish.dovemeadow@arden.example", password="arden-example-only")
        self.token = self._token("/case-reviews/raise/")

    def _write_one(self) -> None:
        incident = self._post("/case-reviews/raise/").split("/case-reviews/")[1].split("/")[0]
        self.begun.append(incident)
        where = f"/case-reviews/{incident}"
        text = f"Writer {self.number} wrote invented words, number {len(self.begun)}."
        self._post(f"{where}/sections/what-happened/", summary=text, happened_precision="unknown", seen_version="1")
        self.written[incident] = text
        today = time.strftime("%d %m %Y", time.gmtime(time.time() - 86400)).split()
        when = {f"aware_at_{part}": value for part, value in zip(("day", "month", "year"), today, strict=True)}
        self._post(f"{where}/sections/awareness/", contact_name="A", contact_phone="01632 960 000", seen_version="2", **when)
        self._post(f"{where}/sections/children/", no_named_child="on", seen_version="3")
        self._post(f"{where}/check/")
        self.raised.append(incident)

    def _token(self, path: str) -> str:
        page = self._checked(self.browser.get(f"{self.site.address}{path}", timeout=20, allow_redirects=False), (200,))
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found, f"no form on {path}"
        return found[1]

    def _post(self, path: str, **typed: str) -> str:
        address = f"{self.site.address}{path}"
        form = {**typed, "csrfmiddlewaretoken": self.token}
        answer = self.browser.post(address, data=form, headers={"Referer": address}, timeout=30, allow_redirects=False)
        return self._checked(answer, (302,)).headers["Location"]

    def _checked(self, answer: requests.Response, expected: tuple[int, ...]) -> requests.Response:
        if answer.status_code >= 500:
            raise requests.ConnectionError  # a process that is being killed, or a database that is starting, may answer so
        assert answer.status_code in expected, f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[-1500:]}"
        return answer


def test_writes_when_processes_are_killed(
    tmp_path: Path, server: PostgresServer | None, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = POSTGRES_KILLS if server else KILLS
    site = RunningSite(tmp_path, database_url=server.address() if server else "")
    fill(site, server)
    site.start()
    writers = [Writer(site, number) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        for number in range(kills):
            time.sleep(random.uniform(0.8, 2.5))
            if server and number % 5 == 4:
                server.stop("immediate")  # the whole database crashes
                server.start()
            elif number % 4 == 3:
                site.kill_worker()
                site.start_worker()
            else:
                site.kill_web()
                site.start_web()
        until = time.monotonic() + 60
        while not all(writer.raised for writer in writers) and time.monotonic() < until and not any(w.problems for w in writers):
            time.sleep(0.2)
    finally:
        for writer in writers:
            writer.stopping.set()
        for writer in writers:
            writer.join(timeout=60)
        site.kill_web()
        site.kill_worker()

    told = json.loads(site.sightline("manage", "shell", "-c", TELL).stdout.split("TOLD", 1)[1].splitlines()[0])
    begun = [incident for writer in writers for incident in writer.begun]
    written = {incident: text for writer in writers for incident, text in writer.written.items()}
    raised = [incident for writer in writers for incident in writer.raised]
    lost = [i for i in begun if i not in told["summaries"]]
    lost += [i for i, text in written.items() if told["summaries"].get(i) != text] + [i for i in raised if i not in told["raised"]]
    with capsys.disabled():
        sys.stdout.write(
            f"\nwrites on {'PostgreSQL' if server else 'SQLite'}: {kills} kills, {len(begun) + len(written) + len(raised)} acknowledged "
            f"({len(raised)} raised), lost {len(lost)}, half there {len(told['half']) + told['orphans']}, integrity {told['integrity']}\n"
        )
    assert [problem for writer in writers for problem in writer.problems] == []
    assert raised, "nothing was raised, so nothing was tested"
    assert (lost, told["half"], told["orphans"], told["integrity"]) == ([], [], 0, "ok")
    assert site.sightline("audit", "verify", check=False).returncode == 0
