"""Banks of wording for invented chronologies: each is one way in which agencies write; rules are written against the first alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module


@dataclass(frozen=True)
class Said:
    """A routine row: what it says, what was done, and whether the child was seen in it (Y, N or nothing said)."""

    event: str
    actions: tuple[str, ...] = ("",)
    seen: str | None = None


@dataclass(frozen=True)
class Shared:
    """One event that several agencies record, each in its own words; a clash is about whether the child was seen."""

    what: str
    by: Mapping[str, str]
    seen: Mapping[str, str | None] = field(default_factory=dict)
    clash: bool = False


@dataclass(frozen=True)
class Bank:
    """Everything that is said in the worlds of one bank; slots in braces are filled by the generator."""

    name: str
    headings: Mapping[str, tuple[tuple[tuple[str, str], ...], ...]]
    sources: Mapping[str, tuple[str, ...]]
    seen_yes: tuple[str, ...]
    seen_no: tuple[str, ...]
    seen_unsaid: tuple[str, ...]
    sight: Mapping[str, tuple[str, ...]]
    comments: tuple[str, ...]
    shared_with: tuple[str, ...]
    routine: Mapping[str, tuple[Said, ...]]
    events: tuple[Shared, ...]
    significant: Mapping[str, tuple[str, ...]]
    no_action: tuple[str, ...]
    told: tuple[str, ...]
    told_same_day: tuple[str, ...]
    contrary: Mapping[str, tuple[str, ...]]
    framing: tuple[str, ...]
    retest: tuple[str, ...]
    raised: tuple[str, ...]
    topics: tuple[tuple[str, str], ...]
    answered_in_action: tuple[str, ...]
    answered_row: tuple[str, ...]
    missed: tuple[str, ...]
    cancelled: tuple[str, ...]
    services: tuple[str, ...]
    address_said: tuple[str, ...]
    moved: tuple[str, ...]
    out_of_home: tuple[str, ...]
    in_home: tuple[str, ...]
    injury_said: tuple[str, ...]
    injuries: tuple[tuple[str, ...], ...]
    identity: tuple[str, ...]
    weapons: tuple[str, ...]
    places: tuple[str, ...]
    streets: tuple[str, ...]
    schools: tuple[str, ...]
    forenames_f: tuple[str, ...]
    forenames_m: tuple[str, ...]
    surnames: tuple[str, ...]
    kin: Mapping[str, tuple[str, ...]]
    told_names: Mapping[str, tuple[str, ...]]


def bank(name: str) -> Bank:
    """The bank of a file of this folder."""
    found: Bank = import_module(f"{__package__}.{name}").BANK
    return found
