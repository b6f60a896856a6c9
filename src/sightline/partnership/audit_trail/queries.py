"""Reading the audit trail for people: who has looked at a matter, and pages of the trail by key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncDate

from sightline.partnership.audit_trail.models import AuditEvent

PAGE: Final = 50


@dataclass(frozen=True)
class Reader:
    """One person's doings of one sort in one matter on one day."""

    actor_id: str
    kind: str
    action: str
    at: datetime
    """The last time on that day."""
    first_at: datetime
    times: int


@dataclass(frozen=True)
class EventPage:
    """A page of the trail, newest first, with the moments that the pages on either side begin at."""

    events: tuple[AuditEvent, ...]
    newer: datetime | None
    older: datetime | None


def readers_of(matter_id: str, *, limit: int = 500) -> list[Reader]:
    """Who has looked at or changed a matter: a row for each person, action and day, the latest first. Refusals are not in it."""
    rows = (
        AuditEvent.objects.filter(matter_id=matter_id)
        .exclude(decision="refused")
        .annotate(day=TruncDate("at"))
        .values("actor_id", "kind", "action", "day")
        .annotate(last_at=Max("at"), first_at=Min("at"), times=Count("seq"))
        .order_by("-last_at")[:limit]
    )
    return [Reader(row["actor_id"], row["kind"], row["action"], row["last_at"], row["first_at"], row["times"]) for row in rows]


def page(events: QuerySet[AuditEvent], *, before: datetime | None = None, after: datetime | None = None, size: int = PAGE) -> EventPage:
    """One page by key: the rows before a moment, after a moment, or the newest.

    The key is the moment and not the number: a number in an address would tell how much there is that one may not see.
    """
    if after is not None:
        found = list(reversed(events.filter(at__gt=after).order_by("at")[: size + 1]))
        is_more, found = len(found) > size, found[-size:]
        return EventPage(tuple(found), found[0].at if is_more else None, found[-1].at if found else None)
    if before is not None:
        events = events.filter(at__lt=before)
    found = list(events.order_by("-at")[: size + 1])
    is_more, found = len(found) > size, found[:size]
    return EventPage(tuple(found), found[0].at if found and before is not None else None, found[-1].at if is_more else None)
