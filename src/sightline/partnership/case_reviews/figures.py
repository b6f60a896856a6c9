"""Plain bar figures, drawn on the server: shapes with their numbers written beside them, so that colour alone says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LABEL_HEIGHT, BAR_HEIGHT, GAP = 22, 18, 14
WIDTH = 640


@dataclass(frozen=True)
class Bar:
    """One row of the figure: how many on time, late and not answered."""

    label: str
    on_time: int
    late: int
    silent: int

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.silent

    @property
    def sentence(self) -> str:
        return f"{self.on_time} on time, {self.late} late, {self.silent} not answered"


@dataclass(frozen=True)
class Part:
    """A piece of a bar, in units of the drawing."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class DrawnBar:
    bar: Bar
    text_y: int
    y: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Figure:
    """A drawing that fits its box: its height, and each bar in its place."""

    height: int
    bars: tuple[DrawnBar, ...]
    width: int = WIDTH
    bar_height: int = field(default=BAR_HEIGHT)


def bars(rows: Sequence[Bar]) -> Figure | None:
    """Bars to one scale, so that lengths can be compared between rows; nothing where nothing is measured."""
    rows = [row for row in rows if row.total]
    if not rows:
        return None
    unit = WIDTH / max(row.total for row in rows)
    drawn, top = [], 0
    for row in rows:
        x, parts = 0.0, []
        for kind, number in (("on-time", row.on_time), ("late", row.late), ("silent", row.silent)):
            if number:
                parts.append(Part(kind, round(x, 2), round(number * unit, 2)))
                x += number * unit
        drawn.append(DrawnBar(row, top + LABEL_HEIGHT - 6, top + LABEL_HEIGHT, tuple(parts)))
        top += LABEL_HEIGHT + BAR_HEIGHT + GAP
    return Figure(top, tuple(drawn))
