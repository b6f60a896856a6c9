"""Who reads what leaves, and what each must not learn from it."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Audience:
    """One kind of reader: which kinds of details are barred, or only where somebody is hidden."""

    code: str
    title: str
    why: str
    bars: frozenset[str]
    protected: bool = False


@cache
def audiences() -> dict[str, Audience]:
    """Every audience by its code, in the order of the file."""
    told = tomllib.loads((resources.files(__package__) / "audiences.toml").read_text(encoding="utf-8"))
    return {
        code: Audience(code, row["title"], row["why"], frozenset(row["bars"]), row.get("protected", False))
        for code, row in told.items()
        if isinstance(row, dict)
    }
