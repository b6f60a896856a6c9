"""Puts every rule that is switched on to the rows of all agencies together."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sightline.procedures.chronology.findings import concerns, conflicts, gaps, knowledge, missed, same_events, steps, views
from sightline.procedures.chronology.findings.entries import Case, Finding
from sightline.procedures.chronology.findings.rules import Settings, rules
from sightline.procedures.chronology.findings.scan import Scan

RULES: Final[Mapping[str, Callable[[Scan, Settings], Iterable[Finding]]]] = {
    "gap": gaps.find,
    "missed_appointments": missed.find,
    "unanswered_concern": concerns.find,
    "late_knowledge": knowledge.find_late,
    "never_shared": knowledge.find_never,
    "conflict": conflicts.find,
    "same_event": same_events.find,
    "step_missed": steps.find_missed,
    "untested_framing": views.find,
    "move": steps.find_moves,
    "change_of_worker": steps.find_changes,
}


def analyse(case: Case, settings: Settings | None = None) -> tuple[Finding, ...]:
    """What the rules say of the rows, in the order of the rules; needs no database and keeps nothing."""
    settings, scan = settings or Settings(), Scan(case)
    same_events.groups(scan)
    knowledge.link_people(scan)
    views.link_people(scan)
    return tuple(finding for kind in rules() if settings.runs(kind) and kind in RULES for finding in RULES[kind](scan, settings))
