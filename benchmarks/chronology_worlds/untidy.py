"""Dates, times and cells as people write them, with what they mean."""

import random
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from benchmarks.chronology_worlds.entries import Planned


@dataclass(frozen=True)
class Written:
    """A date as it stands in a cell, and the days that it means; `value` where the cell holds a real date."""

    text: str
    start: date
    end: date
    precision: str = "exact"
    uncertain: bool = False
    value: date | None = None
    from_row_above: bool = False

    @property
    def truth(self) -> dict[str, Any]:
        return {
            "start": self.start.isoformat(), "end": self.end.isoformat(), "precision": self.precision, "uncertain": self.uncertain,
            "as_written": self.text, "from_row_above": self.from_row_above,
        }  # fmt: skip


def written(row: Planned, rng: random.Random, *, style: str) -> Written:
    """A day in one of the ways of an agency; routine rows that see nobody are now and then less exact."""
    day = row.day
    if not row.is_plant and row.seen != "Y" and rng.random() < 0.07:
        return _inexact(day, rng)
    if style == "real" and rng.random() < 0.7:
        return Written(day.isoformat(), day, day, value=day)
    forms = (
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%d.%m/%y}",
        f"{day:%a %d/%m/%y}",
        f"{day.day} {day:%b %Y}",
        f"{day.day} {day:%B %Y}",
    )
    return Written(rng.choice(forms), day, day)


def without_year(day: date, rng: random.Random) -> Written:
    """A day whose year stands in the section row above."""
    return Written(rng.choice((f"{day:%d/%m}", f"{day.day} {day:%b}", f"{day.day} {day:%B}")), day, day)


def _inexact(day: date, rng: random.Random) -> Written:
    kind = rng.choice(("week", "month", "part", "range", "range", "about", "doubt", "unknown_day"))
    monday = day - timedelta(days=day.weekday())
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    if kind == "week":
        return Written(
            rng.choice((f"w/c {monday:%d.%m.%y}", f"w/c {monday.day} {monday:%b %Y}")), monday, monday + timedelta(days=6), "week"
        )
    if kind == "month":
        return Written(f"{day:%B %Y}", first, last, "month")
    if kind == "part":
        part, start, end = (
            ("early", first, first.replace(day=10))
            if day.day <= 10
            else ("mid", first.replace(day=11), first.replace(day=20))
            if day.day <= 20
            else ("late", first.replace(day=21), last)
        )
        return Written(f"{part} {day:%B %Y}", start, end, "approx")
    if kind == "range":
        end = day + timedelta(days=rng.randrange(1, 4))
        return Written(f"{day:%d/%m/%y} - {end:%d/%m/%y}", day, end, "range")
    if kind == "about":
        return Written(f"c. {day:%d/%m/%Y}", day, day, uncertain=True)
    if kind == "doubt":
        return Written(f"{day:%d/%m/%Y} (?)", day, day, uncertain=True)
    if (day.month, day.day) in ((12, 24), (12, 25), (12, 26)):
        return Written(f"Xmas {day.year}", date(day.year, 12, 24), date(day.year, 12, 26), "approx")
    return Written(f"?/{day:%m/%Y}", first, last, "month")


def clock(at: str | None, rng: random.Random) -> str:
    """A time of day in one of the ways of agencies; nothing or half a day for none."""
    if at is None:
        return rng.choice(("", "", "", "am", "pm"))
    hour, minute = int(at[:2]), at[3:]
    short = f"{(hour - 1) % 12 + 1}.{minute}{'am' if hour < 12 else 'pm'}"
    return rng.choice((at, at, f"{at[:2]}{minute}", f"{at[:2]}.{minute}hrs", short))
