"""One chronology file, whatever its kind, from its bytes to its rows."""

from collections.abc import Mapping
from datetime import date

from sightline.procedures.chronology.reading import CannotRead, Reading


def read_chronology(
    content: bytes,
    extension: str,
    *,
    period: tuple[date, date] | None = None,
    columns: Mapping[int, str] | None = None,
    names: tuple[str, ...] = (),
) -> Reading:
    """The rows of a chronology: `columns` says what a column holds (counted from 0), `names` how the child is called in it."""
    raise CannotRead("Chronologies are not read yet.")
