"""Slips of the pen in names, and the words that look like one and are none."""

import tomllib
from functools import cache
from importlib import resources
from typing import Final

from rapidfuzz.distance import OSA

SHORTEST: Final = 4


@cache
def listed(name: str) -> frozenset[str]:
    """Words of the file: `shorthand` that is nobody's initials, and `common` words that begin sentences."""
    text = resources.files(__package__).joinpath("slips.toml").read_text(encoding="utf-8")
    return frozenset(str(tomllib.loads(text)[name]).split())


def is_slip(word: str, name: str) -> bool:
    """One letter wrong, missing or doubled, or two changed about; in a short name only the last. Both in small letters."""
    if word == name or not word or word[0] != name[:1] or abs(len(word) - len(name)) > 1 or OSA.distance(word, name) != 1:
        return False
    if word in listed("common"):
        return False
    return len(name) > SHORTEST or sorted(word) == sorted(name)
