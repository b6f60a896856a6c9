"""The dated list of themes that cases and learning belong to, local and national."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

FEWEST_SHOWN: Final = 6
"""A count below this is not told exactly: it could point to one child."""


@dataclass(frozen=True)
class Theme:
    """One theme, who set it, and from when to when it is offered."""

    code: str
    label: str
    level: str
    source: str
    from_on: date
    to_on: date | None = None

    def is_offered(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@cache
def all_themes() -> dict[str, Theme]:
    text = files(__package__).joinpath("themes.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    return {code: Theme(code, row["label"], row["level"], row["source"], row["from"], row.get("to")) for code, row in rows.items()}


def offered(on: date) -> list[Theme]:
    """Themes that may be chosen on a day, national ones first."""
    return sorted(
        (theme for theme in all_themes().values() if theme.is_offered(on)), key=lambda theme: (theme.level != "national", theme.label)
    )


def label(code: str) -> str:
    """What a theme is called; one that is no longer known is shown as it is, never dropped."""
    theme = all_themes().get(code)
    return theme.label if theme else code


def count_in_words(number: int) -> str:
    """A number of cases as it may be told."""
    if number == 0:
        return "None"
    return str(number) if number >= FEWEST_SHOWN else "Fewer than 6"
