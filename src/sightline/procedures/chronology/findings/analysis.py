"""Puts every rule that is switched on to the rows of all agencies together."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sightline.procedures.chronology.findings import gaps
from sightline.procedures.chronology.findings.entries import Case, Finding
from sightline.procedures.chronology.findings.rules import Settings, rules

RULES: Final[Mapping[str, Callable[[Case, Settings], Iterable[Finding]]]] = {
    "gap": gaps.find,
}


def analyse(case: Case, settings: Settings | None = None) -> tuple[Finding, ...]:
    """What the rules say of the rows, in the order of the rules; needs no database and keeps nothing."""
    settings = settings or Settings()
    return tuple(finding for kind in rules() if settings.runs(kind) and kind in RULES for finding in RULES[kind](case, settings))
