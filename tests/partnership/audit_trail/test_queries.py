"""Who has looked at a matter."""

from collections.abc import Callable

from sightline.partnership.audit_trail import queries


def test_readers_of_a_matter(write_rows: Callable[..., None]) -> None:
    write_rows(2, by="anna", matter_id="one")
    write_rows(1, by="ben", matter_id="one")
    write_rows(1, by="carl", matter_id="two")
    write_rows(1, by="dora", matter_id="one", decision="refused")

    readers = queries.readers_of("one")

    assert [(reader.actor_id, reader.times) for reader in readers] == [("ben", 1), ("anna", 2)]
    assert readers[1].first_at < readers[1].at
