"""A paper calendar of 2018 to 2027: every day written out in a row, weekends and bank holidays crossed through by hand.

It knows nothing of the product. Days are named by going round the week from Monday 1 January 2018, and months are as long as the rhyme
says. Counting is done with a finger: start on a day, move on one day at a time, and say a number at each day that is not crossed through.
"""

from dataclasses import dataclass
from datetime import date

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_OF_MONTH = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
LEAP_YEARS = (2020, 2024)

# (day, month) of each bank holiday of England and Wales, by the day on which it is kept, from https://www.gov.uk/bank-holidays
BANK_HOLIDAYS = {
    2018: [(1, 1), (30, 3), (2, 4), (7, 5), (28, 5), (27, 8), (25, 12), (26, 12)],
    2019: [(1, 1), (19, 4), (22, 4), (6, 5), (27, 5), (26, 8), (25, 12), (26, 12)],
    # The early May holiday on Friday 8 May, for VE Day, instead of Monday 4 May.
    2020: [(1, 1), (10, 4), (13, 4), (8, 5), (25, 5), (31, 8), (25, 12), (28, 12)],
    2021: [(1, 1), (2, 4), (5, 4), (3, 5), (31, 5), (30, 8), (27, 12), (28, 12)],
    # The spring holiday on 2 June instead of 30 May; besides, the Jubilee on 3 June and the State Funeral on 19 September.
    2022: [(3, 1), (15, 4), (18, 4), (2, 5), (2, 6), (3, 6), (29, 8), (19, 9), (26, 12), (27, 12)],
    # Besides, the coronation on 8 May.
    2023: [(2, 1), (7, 4), (10, 4), (1, 5), (8, 5), (29, 5), (28, 8), (25, 12), (26, 12)],
    2024: [(1, 1), (29, 3), (1, 4), (6, 5), (27, 5), (26, 8), (25, 12), (26, 12)],
    2025: [(1, 1), (18, 4), (21, 4), (5, 5), (26, 5), (25, 8), (25, 12), (26, 12)],
    2026: [(1, 1), (3, 4), (6, 4), (4, 5), (25, 5), (31, 8), (25, 12), (28, 12)],
    2027: [(1, 1), (26, 3), (29, 3), (3, 5), (31, 5), (30, 8), (27, 12), (28, 12)],
}


@dataclass(frozen=True)
class PaperDay:
    """One square of the calendar."""

    on: date
    name: str
    is_bank_holiday: bool

    @property
    def is_crossed_through(self) -> bool:
        return self.name == "Saturday" or self.name == "Sunday" or self.is_bank_holiday


@dataclass(frozen=True)
class Count:
    """What a finger found: each square from the start on with its number (none if crossed through), and the day on which it stopped.

    Where the paper ends before the count does, `due_on` is empty and `squares` go to the end of the paper."""

    squares: list[tuple[PaperDay, int | None]]
    due_on: date | None


def written_out() -> list[PaperDay]:
    """The whole calendar, in order."""
    squares = []
    for year in range(2018, 2028):
        for month in range(1, 13):
            length = 29 if month == 2 and year in LEAP_YEARS else DAYS_OF_MONTH[month]
            for day in range(1, length + 1):
                name = WEEK[len(squares) % 7]
                squares.append(PaperDay(date(year, month, day), name, (day, month) in BANK_HOLIDAYS[year]))
    return squares


def counted(calendar: list[PaperDay], start: int, number: int) -> Count:
    """Count so many working days from the square at a place; that square is day 0, crossed through or not."""
    squares: list[tuple[PaperDay, int | None]] = [(calendar[start], 0)]
    said = 0
    place = start
    while said < number:
        place += 1
        if place == len(calendar):
            return Count(squares, None)
        if calendar[place].is_crossed_through:
            squares.append((calendar[place], None))
        else:
            said += 1
            squares.append((calendar[place], said))
    return Count(squares, calendar[place].on)


def last_number_said(count: Count, until: date) -> int:
    """Which day it is on a day: the last number said up to and including it."""
    said = 0
    for square, number in count.squares:
        if square.on <= until and number is not None:
            said = number
    return said
