"""Moves between statuses: what is possible from one, and the sentence with which any other is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, TypeVar

from sightline.procedures.errors import NotAllowedNow


class Labelled(Protocol):
    """A status that people know by a name."""

    @property
    def label(self) -> str: ...


Status = TypeVar("Status", bound=StrEnum)


def moves_from(moves: Mapping[Status, frozenset[Status]], status: Status) -> tuple[Status, ...]:
    """Where something may go from a status, in the order in which the statuses are listed."""
    return tuple(target for target in type(status) if target in moves[status])


def check_move(thing: str, status: Labelled, target: Labelled, possible: tuple[Labelled, ...]) -> None:
    """Refuse a move that is not possible, and say what is possible instead; `thing` is what the reader calls it."""
    if target in possible:
        return
    if status == target:
        raise NotAllowedNow(f"This {thing} is already “{status.label}”. Open it again to see what was done.")
    steps = " or ".join(f"“{step.label}”" for step in possible)
    next_step = f"From here it can become {steps}." if steps else "Nothing further can be done with it here."
    raise NotAllowedNow(f"This {thing} is “{status.label}” and cannot become “{target.label}” now. {next_step}")
