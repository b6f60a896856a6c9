"""Long lists a page at a time, keyed by a moment: no page costs more than the first, and no address holds a number that counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

ROWS: Final = 50


@dataclass(frozen=True)
class MomentPage:
    """The rows of one page, newest first, and the addresses of the pages on either side."""

    rows: tuple[Any, ...]
    newer_url: str = ""
    older_url: str = ""


def newest_first(request: HttpRequest, rows: QuerySet, field: str, *, size: int = ROWS) -> MomentPage:
    """The page that the address asks for: `before` or `after` a moment, or the newest."""
    before, after = _moment(request, "before"), _moment(request, "after")
    if after is not None:
        found = list(reversed(rows.filter(**{f"{field}__gt": after}).order_by(field)[: size + 1]))
        is_more, found = len(found) > size, found[-size:]
        return _page(request, found, field, newer=is_more, older=bool(found))
    if before is not None:
        rows = rows.filter(**{f"{field}__lt": before})
    found = list(rows.order_by(f"-{field}")[: size + 1])
    is_more, found = len(found) > size, found[:size]
    return _page(request, found, field, newer=before is not None and bool(found), older=is_more)


def _page(request: HttpRequest, found: list[Any], field: str, *, newer: bool, older: bool) -> MomentPage:
    return MomentPage(
        rows=tuple(found),
        newer_url=_url(request, "after", getattr(found[0], field)) if newer else "",
        older_url=_url(request, "before", getattr(found[-1], field)) if older else "",
    )


def _url(request: HttpRequest, name: str, moment: datetime) -> str:
    kept = request.GET.copy()
    for other in ("before", "after"):
        kept.pop(other, None)
    kept[name] = f"{moment.astimezone(timezone.get_default_timezone()):%Y-%m-%dT%H:%M:%S.%f%z}"
    return f"?{kept.urlencode()}"


def _moment(request: HttpRequest, name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
