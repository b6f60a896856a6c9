"""Reading the audit trail for people: who has looked at a matter."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from sightline.partnership.audit_trail.models import AuditEvent


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
