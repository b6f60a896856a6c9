"""The audit trail as those who watch over it read it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.audit_trail import trail
from sightline.partnership.audit_trail.models import AuditEvent, VerificationRun
from sightline.partnership.need_to_know.models import Matter
from tests.factories import accounts, matters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _witness(tmp_path: Any, settings: Any) -> None:
    settings.AUDIT_WITNESS = tmp_path / "audit.heads"


@pytest.fixture
def matter() -> Matter:
    return matters.matter()


def opened_by(client: Client, *roles: str, **fields: Any) -> Account:
    account = accounts.account(*roles, **fields)
    client.force_login(account)
    return account


def rows_of(answer: Any) -> list[dict[str, Any]]:
    return [row for row in answer.context["rows"] if row["what"].startswith("incident")]


@pytest.mark.parametrize("role", ["IG", "SU", "SC"])
def test_trail_read_by_those_who_watch_all(client: Client, matter: Matter, role: str) -> None:
    opened_by(client, role)
    person = accounts.account("PM")
    trail.record("incident.read", None, by=person, kind="K3", matter_id=matter.pk, decision="shown")

    (row,) = rows_of(client.get("/audit/"))

    assert (row["who"], row["what"], row["outcome"]) == (person, "incident: read", "Looked at")
    assert row["matter"] == (matter.pk if role == "SU" else matter.reference)


@pytest.mark.parametrize("role", ["SA", "AN", "TR", "PM", "BO", "DSP", "IR"])
def test_trail_refused(client: Client, role: str) -> None:
    opened_by(client, role)

    assert client.get("/audit/").status_code == 404


def test_trail_read_by_an_agency_lead(client: Client, matter: Matter) -> None:
    lead = opened_by(client, "AL")
    colleague = accounts.account("AC", of=lead.agency)
    for person in (colleague, accounts.account("AC")):
        trail.record("incident.read", None, by=person, kind="K3", matter_id=matter.pk, decision="shown")

    (row,) = rows_of(client.get("/audit/"))

    assert (row["who"], row["matter"]) == (colleague, "A matter you are not part of")


def test_trail_read_by_a_contributor(client: Client) -> None:
    person = opened_by(client, "AC")
    for by in (person, accounts.account("AC", of=person.agency)):
        trail.record("incident.read", None, by=by, kind="K3", decision="shown")

    assert [row["who"] for row in rows_of(client.get("/audit/"))] == [person]


def test_trail_read_in_conflict(client: Client, matter: Matter) -> None:
    reader = opened_by(client, "IG")
    trail.record("incident.read", None, by=accounts.account("PM"), kind="K3", matter_id=matter.pk, decision="shown")
    matters.conflict(matter, reader, by=accounts.account("IG"))

    answer = client.get("/audit/")

    assert rows_of(answer) == []
    assert matter.pk not in answer.content.decode()
    assert matter.reference not in answer.content.decode()


def test_trail_searched(client: Client, matter: Matter) -> None:
    opened_by(client, "IG")
    person = accounts.account("PM", email="findme@hartshire.example")
    trail.record("incident.read", None, by=person, kind="K3", matter_id=matter.pk, decision="shown")
    trail.record("incident.decided", None, by=accounts.account("DSP"), kind="K3")
    today = timezone.localdate()
    day = {"first_day_day": today.day, "first_day_month": today.month, "first_day_year": today.year}

    counts = {
        name: len(rows_of(client.get("/audit/", query)))
        for name, query in {
            "person": {"person": "findme"},
            "matter": {"matter": matter.reference.lower()},
            "action": {"action": "incident"},
            "outcome": {"outcome": "shown"},
            "day": day,
            "nobody": {"person": "nobody at all"},
        }.items()
    }

    assert counts == {"person": 1, "matter": 1, "action": 2, "outcome": 1, "day": 2, "nobody": 0}


def test_trail_a_page_at_a_time(client: Client) -> None:
    opened_by(client, "SU")
    for number in range(120):
        trail.record("incident.read", f"thing-{number}", by="system", kind="K3", decision="shown")

    newest = client.get("/audit/", {"action": "incident"}).context["page"]
    middle = client.get("/audit/" + newest.older_url).context["page"]
    oldest = client.get("/audit/" + middle.older_url).context["page"]
    back = client.get("/audit/" + oldest.newer_url).context["page"]

    assert [len(page.rows) for page in (newest, middle, oldest)] == [50, 50, 20]
    assert [event.object_id for event in back.rows] == [event.object_id for event in middle.rows]
    assert (newest.newer_url, oldest.older_url) == ("", "")


def test_reading_the_trail_is_recorded(client: Client) -> None:
    reader = opened_by(client, "IG")

    client.get("/audit/", {"person": "Example"})

    assert AuditEvent.objects.filter(action="audit_trail.read", actor_id=reader.pk, kind="K19").exists()


def test_last_verification_is_shown(client: Client) -> None:
    opened_by(client, "IG")
    assert "not been verified yet" in client.get("/audit/").content.decode()

    VerificationRun.objects.create(verified_at=timezone.now(), is_whole=False, rows=3, first_bad_seq=2, why="Row 2 was changed.")

    assert "The trail is not whole" in client.get("/audit/").content.decode()


def test_trail_that_cannot_be_written(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_by(client, "IG")
    trail.record("incident.read", "canary-thing", by="canary-actor", kind="K3", decision="shown")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AuditEvent, "save", fail)
    answer = client.get("/audit/")

    assert answer.status_code == 503
    assert b"canary" not in answer.content
