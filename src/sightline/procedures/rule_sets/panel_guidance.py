"""Editions of the national Panel's guidance: what a rapid review is expected to hold, and when each edition began."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from sightline.procedures.rule_sets.rule_set import Period


@dataclass(frozen=True)
class PanelGuidance:
    """One edition of the Panel's guidance for safeguarding partners."""

    id: str
    title: str
    period: Period
    is_from_confirmed: bool
    is_anchor_settled: bool
    adds: tuple[str, ...]
    source: str


def panel_guidance_in_force(on: date) -> PanelGuidance | None:
    """The edition in force on a day; none before April 2019."""
    return next((edition for edition in panel_guidance_editions() if edition.period.covers(on)), None)


@cache
def panel_guidance_editions() -> tuple[PanelGuidance, ...]:
    """Every edition, oldest first."""
    content = tomllib.loads(files(__package__).joinpath("panel_guidance.toml").read_text(encoding="utf-8"))
    return tuple(
        PanelGuidance(
            id=row["id"],
            title=row["title"],
            period=Period.read(row),
            is_from_confirmed=row["is_from_confirmed"],
            is_anchor_settled=row["is_anchor_settled"],
            adds=tuple(row["adds"]),
            source=row["source"],
        )
        for row in content["editions"]
    )
