"""What the National Panel can answer, what each answer calls for, and when it is asked again."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from sightline.procedures.working_days import WorkingCalendar


@dataclass(frozen=True)
class Response:
    """One answer. `calls_for` is close, commission, reconsider, answer or wait."""

    code: str
    title: str
    calls_for: str


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "national_panel.toml").read_text(encoding="utf-8"))


@cache
def responses() -> tuple[Response, ...]:
    """Every answer that the Panel can give, in the order of the file."""
    return tuple(Response(**row) for row in _told()["responses"])


def response(code: str) -> Response:
    """One answer by its code; KeyError for a code that is not in the file."""
    return {each.code: each for each in responses()}[code]


RESPONSES: Final = [(each.code, each.title) for each in responses()]


def chase_on(sent_on: date, calendar: WorkingCalendar) -> date:
    """The day on which the Panel is asked again if it has not replied."""
    return calendar.add_working_days(sent_on, int(_told()["chase_working_days"])).due_on
