"""Times at which guidance was relaxed. They never move a due date; they stand beside what is late."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sightline.procedures.rule_sets.rule_set import Period


@dataclass(frozen=True)
class Easement:
    """A dated relaxation of some clocks under some rule sets."""

    id: str
    title: str
    period: Period
    is_end_confirmed: bool
    rule_sets: tuple[str, ...]
    relaxes: tuple[str, ...]
    does_not_relax: tuple[str, ...]
    exception: str
    source: str


def easements_for(clock: str, *, rule_set_id: str, due_on: date, ended_on: Mapping[str, date] | None = None) -> tuple[Easement, ...]:
    """The easements in force on the day a clock ran out; `ended_on` gives the ends that a partnership has confirmed."""
    ended_on = ended_on or {}
    return tuple(
        easement
        for easement in _easements()
        if clock in easement.relaxes
        and rule_set_id in easement.rule_sets
        and easement.period.covers(due_on)
        and due_on <= ended_on.get(easement.id, date.max)
    )


@cache
def _easements() -> tuple[Easement, ...]:
    content = tomllib.loads(files(__package__).joinpath("easements.toml").read_text(encoding="utf-8"))
    return tuple(
        Easement(
            id=row["id"],
            title=row["title"],
            period=Period.read(row),
            is_end_confirmed=row["is_end_confirmed"],
            rule_sets=tuple(row["rule_sets"]),
            relaxes=tuple(row["relaxes"]),
            does_not_relax=tuple(row["does_not_relax"]),
            exception=row["exception"],
            source=row["source"],
        )
        for row in content["easements"]
    )
