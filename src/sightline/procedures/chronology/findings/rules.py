"""The rules as the file states them, and the figures that a review runs them with."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

from sightline.procedures.errors import NotAllowedNow

GREATEST: Final = 3660


@dataclass(frozen=True)
class Parameter:
    """One figure of a rule."""

    name: str
    default: int
    least: int
    unit: str
    words: str


@dataclass(frozen=True)
class Rule:
    """One question that is put to the rows, in plain words."""

    kind: str
    title: str
    asks: str
    group: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Which rules a review runs, and with which figures; what is not said is as the file has it."""

    off: frozenset[str] = frozenset()
    figures: Mapping[str, int] = field(default_factory=dict)

    def figure(self, name: str) -> int:
        """A figure by its name."""
        return self.figures.get(name, _defaults()[name])

    def runs(self, kind: str) -> bool:
        """Whether a rule is switched on."""
        return kind not in self.off


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its kind, in the order of the file."""
    text = resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8")
    return {
        kind: Rule(kind, each["title"], each["asks"], each["group"], tuple(Parameter(**one) for one in each["parameters"]))
        for kind, each in tomllib.loads(text).items()
    }


def checked(kind: str, figures: Mapping[str, int]) -> dict[str, int]:
    """The figures of one rule as a person gave them; refused with a sentence where they make no sense."""
    rule = rules().get(kind)
    if rule is None:
        raise NotAllowedNow("This rule does not exist. Choose one of the list.")
    found: dict[str, int] = {}
    for parameter in rule.parameters:
        value = figures.get(parameter.name, parameter.default)
        if not parameter.least <= value <= GREATEST:
            raise NotAllowedNow(f"{parameter.words}: enter a whole number from {parameter.least} to {GREATEST}.")
        found[parameter.name] = value
    return found


@cache
def _defaults() -> dict[str, int]:
    return {parameter.name: parameter.default for rule in rules().values() for parameter in rule.parameters}
