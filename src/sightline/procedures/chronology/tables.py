"""A table as it was found, before anything is understood: its lines, and in each line its cells."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sightline.procedures.chronology.reading import CannotRead
from sightline.procedures.chronology.wording import kept

MOST_LINES: Final = 20_000
MOST_CELLS: Final = 600_000
MOST_COLUMNS: Final = 150
MOST_TEXT: Final = 12_000_000
TOO_LONG: Final = (
    f"The file holds more than {MOST_LINES:,} lines or far more text than a chronology. Send it in parts, a year or two at a time."
)
TOO_WIDE: Final = f"The file has more than {MOST_COLUMNS} columns. Keep the columns of the chronology only and choose it again."


@dataclass(frozen=True)
class Cell:
    """One cell: its text, a real date or time where the file holds one, and whether it is part of the cell beside or above it."""

    text: str = ""
    value: date | datetime | time | float | None = None
    goes_on_left: bool = False
    goes_on_above: bool = False


EMPTY: Final = Cell()


@dataclass(frozen=True)
class Line:
    """One line of a table, by its number in the table or the file."""

    where: str
    cells: tuple[Cell, ...]
    is_outside: bool = False

    @property
    def texts(self) -> list[str]:
        """The texts that stand in this line, without those of merged cells above or beside."""
        return [cell.text for cell in self.cells if cell.text and not cell.goes_on_above and not cell.goes_on_left]

    @property
    def text(self) -> str:
        """The whole line as one text."""
        return " | ".join(self.texts)

    def at(self, place: int) -> Cell:
        """The cell in a column; a merged cell stands in the first of its columns only."""
        return self.cells[place] if 0 <= place < len(self.cells) else Cell()


@dataclass(frozen=True)
class Table:
    """One table, sheet or delimited file; or text outside tables, which has one cell a line."""

    name: str
    lines: tuple[Line, ...]
    is_outside: bool = False
    is_pasted: bool = False
    is_running_text: bool = False

    @property
    def width(self) -> int:
        """The number of its columns."""
        return max((len(line.cells) for line in self.lines), default=0)


def cell(text: str, **also: object) -> Cell:
    """A cell with its text as it is kept."""
    said = kept(text)
    return Cell(said, **also) if said or also else EMPTY  # type: ignore[arg-type]


class Counter:
    """Counts what a file holds and stops where it holds more than a chronology can."""

    def __init__(self) -> None:
        self.lines = self.cells = self.signs = 0

    def count(self, line: Line) -> None:
        """One more line."""
        self.lines += 1
        self.cells += len(line.cells)
        self.signs += sum(len(cell.text) for cell in line.cells)
        if self.lines > MOST_LINES or self.cells > MOST_CELLS or self.signs > MOST_TEXT:
            raise CannotRead(TOO_LONG)
        if sum(1 for cell in line.cells[MOST_COLUMNS:] if cell.text):
            raise CannotRead(TOO_WIDE)
