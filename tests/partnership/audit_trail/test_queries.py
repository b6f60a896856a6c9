"""Who has looked at a matter, and pages of the trail."""

from collections.abc import Callable

from sightline.partnership.audit_trail import queries
from sightline.partnership.audit_trail.models import AuditEvent


def test_readers_of_a_matter(write_rows: Callable[..., None]) -> None:
    write_rows(2, by="anna", matter_id="one")
    write_rows(1, by="ben", matter_id="one")
    write_rows(1, by="carl", matter_id="two")
    write_rows(1, by="dora", matter_id="one", decision="refused")

    readers = queries.readers_of("one")

    assert [(reader.actor_id, reader.times) for reader in readers] == [("ben", 1), ("anna", 2)]
    assert readers[1].first_at < readers[1].at


def test_pages_of_the_trail(write_rows: Callable[..., None]) -> None:
    write_rows(7)
    events = AuditEvent.objects.all()

    newest = queries.page(events, size=3)
    middle = queries.page(events, before=newest.older, size=3)
    oldest = queries.page(events, before=middle.older, size=3)
    back = queries.page(events, after=oldest.newer, size=3)

    assert [[event.seq for event in page.events] for page in (newest, middle, oldest, back)] == [[7, 6, 5], [4, 3, 2], [1], [4, 3, 2]]
    assert (newest.newer, oldest.older) == (None, None)
    assert (back.newer, back.older) == (back.events[0].at, back.events[-1].at)


def test_page_of_nothing(db: None) -> None:
    page = queries.page(AuditEvent.objects.all())

    assert (page.events, page.newer, page.older) == ((), None, None)
