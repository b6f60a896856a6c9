"""One page of the matters that a person may know of: read from an index by key, however many there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice

from django.db.models import Q
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.need_to_know.access import kept_from, principals_of
from sightline.partnership.need_to_know.models import CaseAccess

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Key = tuple[datetime, str]


@dataclass(frozen=True)
class Page:
    """Ids of one page, newest first, with the keys that lead to the older and the newer page; '' where there is none."""

    matter_ids: list[str]
    older: str = ""
    newer: str = ""


def page(account: Account, *, after: str | None = None, before: str | None = None, size: int = 50) -> Page:
    """The matters older than the key `after`, or newer than the key `before`, or the newest."""
    newer_than = read_key(before) if before else None
    older_than = read_key(after) if after and not newer_than else None
    backwards = newer_than is not None
    found = _distinct(_rows(account, newer_than or older_than, size + 1, backwards=backwards))
    keys = list(islice(found, size + 1))
    is_more = len(keys) > size
    keys = keys[:size]
    if backwards:
        keys.reverse()
    if not keys:
        return Page([])
    has_older, has_newer = (True, is_more) if backwards else (is_more, older_than is not None)
    return Page(
        [matter_id for _, matter_id in keys],
        older=write_key(keys[-1]) if has_older else "",
        newer=write_key(keys[0]) if has_newer else "",
    )


def write_key(key: Key) -> str:
    """A place in the list, as it stands in an address: a moment and an id, which say nothing about a person."""
    opened_at, matter_id = key
    return f"{(opened_at - EPOCH) // MICROSECOND}-{matter_id}"


def read_key(text: str) -> Key | None:
    """The place that an address names; an address that somebody has altered begins at the newest."""
    number, _, matter_id = text.partition("-")
    if not (text.isascii() and number.isdecimal() and len(number) <= 17 and matter_id.isalnum() and len(matter_id) <= 26):
        return None
    return EPOCH + int(number) * MICROSECOND, matter_id


def _rows(account: Account, key: Key | None, number: int, *, backwards: bool) -> Iterable[Key]:
    """Matters by key, in order, with those repeated that a person may know of in two ways."""
    rows = CaseAccess.objects.in_force(timezone.localdate()).exclude(kept_from(account, "matter"))
    order = ("opened_at", "matter_id") if backwards else ("-opened_at", "-matter_id")
    if key is not None:
        rows = rows.filter(_beyond(key, backwards=backwards))
    # One principal may hold the same matter twice (two memberships one after the other), hence the distinct.
    lists = [
        rows.filter(principal=principal).order_by(*order).values_list("opened_at", "matter_id").distinct()[:number]
        for principal in principals_of(account)
    ]
    return merge(*lists, reverse=not backwards)


def _beyond(key: Key, *, backwards: bool) -> Q:
    opened_at, matter_id = key
    # The first condition alone bounds the walk along the index; the second settles matters opened at the same moment.
    if backwards:
        return Q(opened_at__gte=opened_at) & (Q(opened_at__gt=opened_at) | Q(matter_id__gt=matter_id))
    return Q(opened_at__lte=opened_at) & (Q(opened_at__lt=opened_at) | Q(matter_id__lt=matter_id))


def _distinct(keys: Iterable[Key]) -> Iterator[Key]:
    previous = None
    for key in keys:
        if key != previous:
            yield key
        previous = key
