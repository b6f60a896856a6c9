"""The log of a request in words: what happened, who did it, and what its short detail stands for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews.models import AgencyRequest
from sightline.procedures import chasing
from sightline.procedures.agency_return import agency_return
from sightline.procedures.working_days import long_date

_TONES: Final = {"submitted": "blue", "returned": "orange", "accepted": "green", "nil_accepted": "green", "withdrawn": "grey"}


@dataclass(frozen=True)
class LogLine:
    at: datetime
    title: str
    who: str
    text: str
    tone: str


def log_of(request: AgencyRequest) -> list[LogLine]:
    """Everything that happened with a request, newest last; never a word of the answer."""
    events = list(request.events.select_related("by__officer__agency", "by_officer__agency"))
    details = {event.detail for event in events if event.detail}
    officers = {officer.pk: str(officer) for officer in Officer.objects.filter(pk__in=details)}
    agencies = {agency.pk: str(agency) for agency in Agency.objects.filter(pk__in=details)}
    rungs = {rung.code: rung.title for rung in chasing.ladder()}
    in_words: Mapping[str, Callable[[str], str]] = {
        "returned": lambda code: agency_return().corrections.get(code, code),
        "chased": lambda detail: rungs.get(detail.partition(":")[0], detail),
        "due_changed": lambda day: f"Now {long_date(date.fromisoformat(day))}" if day else "",
        "submitted": lambda number: f"Version {number}" if number.isdecimal() else number,
        "accepted": lambda number: f"Version {number}" if number.isdecimal() else number,
        "nil_accepted": lambda number: f"Version {number}" if number.isdecimal() else number,
    }
    lines = []
    for event in events:
        said = in_words.get(event.what, lambda detail: officers.get(detail) or agencies.get(detail) or detail)(event.detail)
        who = event.by.name if event.by else f"{event.by_officer.name}, by link" if event.by_officer else "Sightline"
        lines.append(LogLine(event.at, event.get_what_display(), who, said, _TONES.get(event.what, "")))
    return lines
