"""Reading rule sets from their files, and finding the one in force or the one pinned to a case."""

import hashlib
import json
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rule_sets.rule_set import (
    CountingRule,
    NotifiableType,
    Partner,
    Period,
    RapidReviewAnchor,
    RuleSet,
    SignRole,
)
from sightline.procedures.working_days import long_date

PREFIX: Final = "WT"
WHEN_IN_FORCE: Final = frozenset({"from", "to", "is_from_confirmed", "from_note"})


def read_rule_set(text: str) -> RuleSet:
    """Read one rule set; files of the product and sets added by an administrator come through this same gate."""
    content = tomllib.loads(text)
    parameters = content["parameters"]
    return RuleSet(
        id=content["id"],
        edition=content["edition"],
        title=content["title"],
        period=Period.read(content),
        is_from_confirmed=content["is_from_confirmed"],
        notes=tuple(str(value) for key, value in {**content, **parameters}.items() if key.endswith("_note")),
        sources=tuple(content["sources"]),
        content_hash=hash_of(content),
        sin_days=parameters["sin_days"],
        rr_days=parameters["rr_days"],
        rr_anchor=RapidReviewAnchor(parameters["rr_anchor"]),
        lcspr_months=parameters["lcspr_months"],
        prepub_days=parameters["prepub_days"],
        structured_children=parameters["structured_children"],
        children_per_notification=CountingRule(parameters["children_per_notification"]),
        children_per_notification_source=parameters.get("children_per_notification_source", ""),
        partners=tuple(Partner(row["role"], row["name"], Period.read(row)) for row in content["partners"]),
        sign_roles=tuple(SignRole(row["role"], row["signs"], Period.read(row)) for row in content["sign_roles"]),
        notifiable_types=tuple(NotifiableType(row["code"], row["duty"], row["from"], row["source"]) for row in content["notifiable_types"]),
    )


def hash_of(content: dict[str, Any]) -> str:
    """SHA-256 of what a file requires: comments and spacing do not change it, nor does learning when the guidance began or ended."""
    required = {key: value for key, value in content.items() if key not in WHEN_IN_FORCE}
    return hashlib.sha256(json.dumps(required, sort_keys=True, default=date.isoformat, ensure_ascii=True).encode()).hexdigest()


@cache
def all_rule_sets() -> tuple[RuleSet, ...]:
    """Every edition of every rule set, oldest first."""
    folder = files(__package__)
    found = [
        read_rule_set(entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.startswith(PREFIX) and entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda rules: (rules.period.from_on or date.min, rules.edition)))


def in_force(on: date) -> RuleSet:
    """The rules in force on a day, in their latest edition."""
    current = [rules for rules in all_rule_sets() if rules.period.covers(on)]
    if not current:
        first = all_rule_sets()[0].period.from_on or date.min
        raise NotAllowedNow(
            f"Sightline holds no rules for {long_date(on)}: notification to the Panel began on {long_date(first)}. Check the year."
        )
    return max(current, key=lambda rules: rules.edition)


def pinned(rule_set_id: str, content_hash: str) -> RuleSet:
    """Exactly the rules that a case was pinned to, however long ago."""
    for rules in all_rule_sets():
        if (rules.id, rules.content_hash) == (rule_set_id, content_hash):
            return rules
    raise LookupError(f"No rule set {rule_set_id!r} with this content: a released file was changed or removed")
