"""Every invented incident has been read by the second reader, and none has changed since."""

import hashlib
import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

TOLD = files("sightline") / "site" / "demo" / "incidents.toml"
READING = Path(__file__).parents[2] / "docs" / "explanation" / "invented-children.md"
READ_FOR = ("summary", "grounds", "outcome", "harm", "children", "people", "place")


def incidents() -> list[dict[str, Any]]:
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))
    return [*told["incident"], told["live"], told["in_review"]]


def mark(incident: dict[str, Any]) -> str:
    """Changes when anything changes that the second reader looked at, the month included."""
    month = f"{incident['happened_on']:%Y-%m}" if "happened_on" in incident else ""
    facts = json.dumps([month, *(incident[name] for name in READ_FOR)], sort_keys=True, default=str)
    return hashlib.sha256(facts.encode()).hexdigest()[:8]


def test_every_invented_incident_was_read_as_it_stands() -> None:
    rows = [line for line in READING.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    read = {row.split("`")[1]: row.split("`")[3] for row in rows}

    assert read == {incident["key"]: mark(incident) for incident in incidents()}
