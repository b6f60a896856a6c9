"""Three signatures over one exact text: what they come to, who may give them, and what changed when a text was changed."""

import difflib
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

PARTNERS: Final = ("local_authority", "police", "health")


class SignOff(StrEnum):
    """What the signatures on one text come to."""

    WAITING = "waiting"
    DISSENT = "dissent"
    SIGNED = "signed"


@dataclass(frozen=True)
class SigningRule:
    """How partners sign under one rule set."""

    rule_set: str
    may_delegate: bool
    delegate: str
    resolution: str
    resolved_by: str
    source: str


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "signing.toml").read_text(encoding="utf-8"))


def signing_rule(rule_set: str) -> SigningRule:
    """The rule of the set that a case runs under; KeyError for a set that has none."""
    return {row["rule_set"]: SigningRule(**row) for row in _told()["rules"]}[rule_set]


def reminder_days() -> tuple[int, ...]:
    """Working days of the review on which those who have not signed are reminded."""
    return tuple(int(day) for day in _told()["reminders_on_working_days"])


def fingerprint(text: str) -> str:
    """What a signature is given over: the SHA-256 of the text's exact bytes in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def sign_off(signatures: Iterable[tuple[str, bool]]) -> SignOff:
    """What signatures come to, each as (partner, agrees) in the order in which they were given; a partner's last word counts.

    One dissent is enough: there is no majority among equal partners.
    """
    last: Mapping[str, bool] = dict(signatures)
    if any(not agrees for agrees in last.values()):
        return SignOff.DISSENT
    return SignOff.SIGNED if all(last.get(partner) for partner in PARTNERS) else SignOff.WAITING


def changes(was: str, becomes: str) -> list[str]:
    """Which lines went and which came, for a reader: “Removed: …” and “Added: …”."""
    found = []
    for line in difflib.ndiff(was.splitlines(), becomes.splitlines()):
        if line.startswith("- "):
            found.append(f"Removed: {line[2:]}")
        elif line.startswith("+ "):
            found.append(f"Added: {line[2:]}")
    return found
