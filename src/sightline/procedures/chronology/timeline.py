"""The picture of a chronology as plain figures: lanes, marks, bands and lines in a plane of fixed width, ready to be drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

WIDTH: Final = 1180
LEFT: Final = 130  # names of the lanes
RIGHT: Final = 20
TOP: Final = 96  # years, density and episodes
LANE: Final = 56
NEAR: Final = 13.0  # marks nearer than this are one mark with a number
EPISODE: Final = 18
MOST_TICKS: Final = 14
TICK_WORDS: Final = 34  # a month that would not fit is not written
BARS: Final = 60


@dataclass(frozen=True)
class Point:
    """One row as the picture needs it."""

    row: str
    lane: str
    start: date
    end: date
    is_exact: bool = True
    is_seen: bool = False
    is_weighty: bool = False


@dataclass(frozen=True)
class Mark:
    """One mark on a lane: one row, or several that fall together."""

    x: float
    y: float
    rows: tuple[str, ...]
    start: date
    end: date
    is_seen: bool
    is_weighty: bool

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Span:
    """A stretch of one lane, for a row whose day is not known well or that lasted."""

    x: float
    width: float
    y: float
    row: str


@dataclass(frozen=True)
class Band:
    """A stretch of time over all lanes: a gap or an episode."""

    x: float
    width: float
    y: float
    height: float
    label: str
    key: str


@dataclass(frozen=True)
class Line:
    """From one row to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    key: str


@dataclass(frozen=True)
class Lane:
    """One agency."""

    key: str
    name: str
    code: str
    y: float
    middle: float


@dataclass
class Picture:
    """Everything to draw."""

    width: int
    height: float
    lanes: list[Lane]
    ticks: list[tuple[float, str]]
    marks: list[Mark] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    gaps: list[Band] = field(default_factory=list)
    episodes: list[Band] = field(default_factory=list)
    lags: list[Line] = field(default_factory=list)
    same: list[Line] = field(default_factory=list)
    density: list[tuple[float, float, float, float]] = field(default_factory=list)


def draw(
    points: Sequence[Point], lanes: Sequence[tuple[str, str, str]], *, first: date, last: date,
    gaps: Iterable[tuple[date, date, str]] = (), episodes: Iterable[tuple[date, date, str, str]] = (),
    lags: Iterable[tuple[str, str, str]] = (), same: Iterable[Sequence[str]] = (),
) -> Picture:  # fmt: skip
    """The picture of the time from `first` to `last`. Lanes are (key, name, code); lags and same events name rows."""
    scale = _Scale(first, last)
    shown = [Lane(key, name, code, TOP + at * LANE, TOP + at * LANE + LANE / 2) for at, (key, name, code) in enumerate(lanes)]
    middle = {lane.key: lane.middle for lane in shown}
    height = TOP + LANE * len(shown) + 10
    inside = [point for point in points if point.end >= first and point.start <= last and point.lane in middle]
    picture = Picture(WIDTH, height, shown, _ticks(scale))
    picture.marks = [mark for lane in shown for mark in _marks([point for point in inside if point.lane == lane.key], lane, scale)]
    picture.spans = [
        Span(scale.x(point.start), max(4.0, scale.x(point.end) - scale.x(point.start)), middle[point.lane] - 9, point.row)
        for point in inside
        if point.end > point.start
    ]
    for start, end, key in gaps:
        if end >= first and start <= last:
            x = scale.x(start)
            picture.gaps.append(Band(x, max(2.0, scale.x(end) - x), TOP, LANE * len(shown), f"{(end - start).days} days", key))
    for at, (start, end, label, key) in enumerate(sorted(episodes)):
        if end >= first and start <= last:
            x = scale.x(start)
            picture.episodes.append(Band(x, max(6.0, scale.x(end) - x), 24 + at % 2 * EPISODE, EPISODE - 3, label, key))
    places = {row: (mark.x, mark.y) for mark in picture.marks for row in mark.rows}
    picture.lags = [Line(*places[knew], *places[learnt], key) for knew, learnt, key in lags if knew in places and learnt in places]
    for rows in same:
        joined = sorted({places[row] for row in rows if row in places}, key=lambda place: place[1])
        picture.same += [Line(*one, *other, "") for one, other in pairwise(joined)]
    picture.density = _density(inside, scale)
    return picture


class _Scale:
    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, max(last, first + timedelta(days=1))
        self.days = (self.last - self.first).days

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        at = min(max((day - self.first).days, 0), self.days)
        return round(LEFT + at * (WIDTH - LEFT - RIGHT) / self.days, 1)


def _marks(points: Sequence[Point], lane: Lane, scale: _Scale) -> list[Mark]:
    """One mark a row, or one for rows that would lie on each other."""
    groups: list[tuple[float, list[Point]]] = []
    for point in sorted(points, key=lambda point: (scale.x(max(point.start, scale.first)), point.row)):
        x = scale.x(max(point.start, scale.first))
        if groups and x - groups[-1][0] < NEAR:
            groups[-1][1].append(point)
        else:
            groups.append((x, [point]))
    return [
        Mark(
            x, lane.middle, tuple(point.row for point in group), min(point.start for point in group), max(point.end for point in group),
            any(point.is_seen for point in group), any(point.is_weighty for point in group),
        )
        for x, group in groups
    ]  # fmt: skip


def _ticks(scale: _Scale) -> list[tuple[float, str]]:
    """The first days of months or years, as many as can be read."""
    months = []
    year, month = scale.first.year, scale.first.month
    while (day := date(year, month, 1)) <= scale.last:
        if day >= scale.first:
            months.append(day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if len(months) / step <= MOST_TICKS), 120)
    shown = [day for day in months if (day.year * 12 + day.month - 1) % step == 0 and scale.x(day) < WIDTH - RIGHT - TICK_WORDS]
    return [(scale.x(day), f"{day:%b %Y}" if step < 12 else f"{day:%Y}") for day in shown]


def _density(points: Sequence[Point], scale: _Scale) -> list[tuple[float, float, float, float]]:
    """How many rows lie in each stretch of time, as bars (x, y, width, height)."""
    counts = [0] * BARS
    for point in points:
        counts[min(BARS - 1, max(0, (max(point.start, scale.first) - scale.first).days * BARS // scale.days))] += 1
    most, width = max(counts, default=0), (WIDTH - LEFT - RIGHT) / BARS
    if not most:
        return []
    return [
        (round(LEFT + at * width, 1), round(92 - 26 * count / most, 1), round(width - 1, 1), round(26 * count / most, 1))
        for at, count in enumerate(counts)
        if count
    ]
