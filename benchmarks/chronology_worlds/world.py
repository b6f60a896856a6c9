"""Plans one invented world: when the child was seen, what is planted, and routine rows until every agency has its number."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from benchmarks.chronology_worlds.banks import Bank, bank
from benchmarks.chronology_worlds.entries import AGENCIES, Planned, Voice, later
from benchmarks.chronology_worlds.people import Cast, people_of

RULES: Final = {"gap_days": 42, "late_days": 7, "response_days": 30, "missed_run": 3, "missed_window_days": 183}
Given = Mapping[str, tuple[str, bool, date | None]] | None
LONGEST_STEP: Final = 30
DISTRACTOR_GAP: Final = 36


@dataclass
class World:
    """Everything that is known of a world."""

    seed: int
    bank: Bank
    entries: int
    rng: random.Random
    cast: Cast
    begins: date
    ends: date
    rows: list[Planned] = field(default_factory=list)
    gaps: list[tuple[date, date]] = field(default_factory=list)
    near_gaps: list[tuple[date, date]] = field(default_factory=list)
    serious: list[tuple[Planned, str]] = field(default_factory=list)
    planted: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    distractors: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def voice(self) -> Voice:
        return Voice(self.bank, self.cast, self.rng)

    def add(self, row: Planned) -> Planned:
        """Keep a row, at a day that is inside the world."""
        self.rows.append(row)
        return row

    def is_in_gap(self, day: date) -> bool:
        """Whether nobody may see the child on this day."""
        return any(first < day < last for first, last in (*self.gaps, *self.near_gaps))

    def day(self, *, sees: bool = False, first: date | None = None, last: date | None = None) -> date:
        """A day of the world; one on which somebody may see the child, where the row says so."""
        begins, ends = first or self.begins, min(last or self.ends, self.ends)
        for _ in range(1000):
            found = begins + timedelta(days=self.rng.randrange(max(1, (ends - begins).days + 1)))
            if not sees or not self.is_in_gap(found):
                return found
        raise ValueError("No day is free for a row that sees the child.")

    def number(self, small: int, large: int) -> int:
        """How many plants of a kind, by the length of the chronologies."""
        share = min(1.0, max(0.0, (self.entries - 60) / 190))
        return round(small + (large - small) * share)


def plan(seed: int, bank_name: str, entries: int, *, people: Given = None, ends: date | None = None) -> World:
    """A world in the making: its people, its days, and the sightings that leave its gaps."""
    rng = random.Random(f"{bank_name} {seed} {entries}")
    words = bank(bank_name)
    begins = date(2015, 6, 1) + timedelta(days=rng.randrange(900))
    days = rng.randrange(1250, 1450)
    begins = ends - timedelta(days=days) if ends else begins
    world = World(seed, words, entries, rng, people_of(words, rng, people), begins, begins + timedelta(days=days))
    _sightings(world)
    return world


def _sightings(world: World) -> None:
    """From sight to sight in steps shorter than a gap, except where a gap is planted or nearly so."""
    rng, total = world.rng, (world.ends - world.begins).days
    gaps = world.number(2, 3)
    wanted = sorted(rng.sample(range(120, total - 160, 130), gaps + 2))
    long = set(rng.sample(wanted, gaps))
    day = later(world.begins, rng.randrange(0, 10))
    sights = [day]
    while day < world.ends:
        step = rng.randrange(8, LONGEST_STEP)
        if wanted and (day - world.begins).days >= wanted[0]:
            at = wanted.pop(0)
            step = rng.randrange(RULES["gap_days"] + 5, 78) if at in long else DISTRACTOR_GAP
            (world.gaps if at in long else world.near_gaps).append((day, later(day, step)))
        day = later(day, step)
        if day <= world.ends:
            sights.append(day)
    world.gaps = [(first, last) for first, last in world.gaps if last <= world.ends]
    world.near_gaps = [(first, last) for first, last in world.near_gaps if last <= world.ends]
    by_agency = {agency: [said for said in world.bank.routine[agency] if said.seen == "Y"] for agency in AGENCIES}
    counts = dict.fromkeys(AGENCIES, 0)
    for sight in sights:
        agency = min(rng.sample(AGENCIES, 2), key=lambda name: counts[name])
        counts[agency] += 1
        said = rng.choice(by_agency[agency])
        world.add(Planned(agency, sight, world.voice.say(agency, said.event), world.voice.say(agency, rng.choice(said.actions)), "Y"))


def fill(world: World) -> None:
    """Routine rows until every agency has its number, and each row in its place."""
    rng = world.rng
    for agency in AGENCIES:
        while len(mine := [row for row in world.rows if row.agency == agency]) < world.entries:
            said = rng.choice(world.bank.routine[agency])
            day = world.day(sees=said.seen == "Y")
            world.add(
                Planned(
                    agency,
                    day,
                    world.voice.say(agency, said.event),
                    world.voice.say(agency, rng.choice(said.actions)),
                    said.seen,
                    is_plant=False,
                )
            )
        mine.sort(key=lambda row: row.day)
    for agency in AGENCIES:
        for number, row in enumerate(sorted((row for row in world.rows if row.agency == agency), key=lambda row: row.day), start=1):
            row.number = number
            row.at = f"{rng.randrange(8, 18):02}:{rng.randrange(0, 60, 5):02}" if rng.random() < 0.6 else None
            row.comment = rng.choice(world.bank.comments)
            row.shared_with = rng.choice(world.bank.shared_with)
            row.source = rng.choice(world.bank.sources[agency])
            row.recorded = later(row.day, rng.choice((0, 0, 1, 1, 2, 5)))
