"""What columns hold, by their headings and by what stands in them together: contents win over a heading that is doubtful or unknown."""

from collections.abc import Mapping, Sequence
from typing import Final

from sightline.procedures.chronology.columns import SHORTEST_EVENT, Claim, is_dated, settled
from sightline.procedures.chronology.contents import Contents, contents, is_time, never_before
from sightline.procedures.chronology.headings import asks_about_else, asks_about_sight, heading_field, is_family_heading, may_head
from sightline.procedures.chronology.sight_cells import read_sight
from sightline.procedures.chronology.tables import Line, Table

KNOWN: Final = 3  # a heading as sure as this gives way only to contents that are of another kind altogether
FEWEST_CELLS: Final = 3
LONGEST_LAG: Final = 90  # days from an event to its recording, in most rows
LONGEST_SHARED: Final = 16
FEWEST_HEADED: Final = 2
MOST_ABOVE: Final = 5  # lines over the first dated one that are looked at
_DATES: Final = frozenset({"date", "recorded", "date_to"})
_TEXTS: Final = frozenset({"source", "event", "action", "comment", "shared"})
Said = tuple[str, int]
UNKNOWN: Final[Said] = ("other", 0)

Key = tuple[tuple[int, str], ...]


def key(line: Line) -> Key:
    """The words of a heading row with their places, by which it is known when it comes back."""
    return tuple((place, cell.text) for place, cell in enumerate(line.cells) if cell.text and not cell.goes_on_left)


def unknown_heading_row(table: Table) -> int | None:
    """The line over the first dated line that can only be headings, though nobody knows its words."""
    found = contents(table.lines, table.width)
    places = [place for place, column in enumerate(found) if column.is_dates and column.cells >= FEWEST_HEADED]
    if not places or not any(column.is_text and column.length >= SHORTEST_EVENT for column in found):
        return None
    dated = next((number for number, line in enumerate(table.lines) if len(line.texts) > 1 and is_dated(line, places[0])), 0)
    filled = sum(column.filled >= 0.5 for column in found)
    above = [number for number in range(dated) if len(table.lines[number].texts) > 1][-MOST_ABOVE:]
    fitting = [
        number
        for number in above
        if len(table.lines[number].texts) * 5 >= filled * 3 and _can_only_head(table.lines[number], places, found)
    ]
    # Of several, that with the most words of headings; else the nearest to the rows.
    return max(fitting, key=lambda number: (sum(bool(heading_field(text)) for text in table.lines[number].texts), number), default=None)


def _can_only_head(line: Line, dates: Sequence[int], found: Sequence[Contents]) -> bool:
    texts = line.texts
    if len(set(texts)) < len(texts) or any(cell.value is not None for cell in line.cells) or is_family_heading(line):
        return False
    if not all(may_head(text) and len(text) <= 60 and any(map(str.isalpha, text)) and not is_time(text) for text in texts):
        return False
    if not all(line.at(place).text and not is_dated(line, place) for place in dates[:1]):
        return False
    answers = [place for place, column in enumerate(found) if column.is_answers]
    return not any(read_sight(line.at(place).text).is_understood and len(line.at(place).text) < 8 for place in answers)


def weighed(named: Mapping[int, str], lines: Sequence[Line]) -> tuple[Claim, ...]:
    """The columns with these headings over these lines."""
    width = max([len(line.cells) for line in lines], default=0)
    found = dict(enumerate(contents(lines, max(width, max(named, default=0) + 1))))
    said = {place: heading_field(heading) or UNKNOWN for place, heading in named.items()}
    held = {place: _held(field, found[place], named[place]) for place, field in said.items()}
    _find_dates(held, said, found)
    _find_one(held, "time", [place for place in held if found[place].is_times])
    _find_one(held, "seen", [place for place in held if _is_sight(named[place], found[place])])
    _find_event(held, found)
    _find_texts(held, found)
    return settled(
        Claim(
            place,
            field,
            named[place],
            weight,
            "heading" if said[place][0] == field and said[place][1] else "content" if weight else "heading",
        )
        for place, (field, weight) in sorted(held.items())
    )


def _held(said: Said, column: Contents, heading: str) -> Said:
    """What the heading says, unless what stands below is of another kind."""
    field, weight = said
    if column.cells < FEWEST_CELLS or (field == "other" and weight == KNOWN):
        return said
    is_other_kind = (
        (field in _DATES and column.dated < 0.2)
        or (field not in _DATES and column.is_dates)
        or (field == "time" and (column.is_dates or (column.timed < 0.2 and column.length > 2 * SHORTEST_EVENT)))
        or (field in _TEXTS and column.is_times)
        or (field == "seen" and column.sight < 0.4 and (column.length > SHORTEST_EVENT or column.distinct > 14))
        or (field in _TEXTS and weight < KNOWN and _is_sight(heading, column))
    )
    return UNKNOWN if is_other_kind else said


def _is_sight(heading: str, column: Contents) -> bool:
    """Answers that speak of seeing, or that stand under a question about the child."""
    if not column.is_answers:
        return False
    return column.seeing >= 0.25 or asks_about_sight(heading) or ("?" in heading and not asks_about_else(heading))


def _find_dates(held: dict[int, Said], said: Mapping[int, Said], found: Mapping[int, Contents]) -> None:
    """The date of the event is the column surest named so; of two, the one that the other never precedes."""
    days = [place for place in held if found[place].is_dates and said[place] != ("other", KNOWN)]
    if not days:
        if not any(field == "date" for field, _ in held.values()):
            held.update({place: field for place, field in said.items() if field[0] == "date"})
        return
    first = max(days, key=lambda place: (_sure_of_date(held[place]), _follow(place, days, found), -place))
    for place in days:
        field, weight = held[place]
        if place == first:
            held[place] = ("date", max(weight, KNOWN) + 1)
        elif field == "other" and not any(field == "recorded" for field, _ in held.values()) and _is_recording(found[place], found[first]):
            held[place] = ("recorded", 1)


def _sure_of_date(said: Said) -> int:
    field, weight = said
    return weight if field == "date" else -weight if field in _DATES else 0


def _follow(place: int, days: Sequence[int], found: Mapping[int, Contents]) -> int:
    return sum(never_before(found[other], found[place]) for other in days if other != place)


def _is_recording(column: Contents, date: Contents) -> bool:
    lags = sorted((after - before).days for after, before in zip(column.days, date.days, strict=False) if after and before)
    return bool(lags) and never_before(column, date) and lags[len(lags) // 2] <= LONGEST_LAG


def _find_one(held: dict[int, Said], field: str, fitting: Sequence[int]) -> None:
    """The first fitting column that nothing surer is known of, where no heading names this field."""
    if any(taken == field for taken, _ in held.values()):
        return
    free = [place for place in fitting if held[place][1] < KNOWN and held[place][0] not in ("date", "recorded")]
    if free:
        held[free[0]] = (field, 1)


def _find_event(held: dict[int, Said], found: Mapping[int, Contents]) -> None:
    """The event is the column surely named so, or else the longest text that nothing surer is known of."""
    texts = [place for place in held if found[place].is_text]
    longest = max((found[place].length for place in texts), default=0.0)
    for place, (field, _) in list(held.items()):
        if field == "event" and found[place].is_kinds and found[place].length * 2 < longest:
            held[place] = UNKNOWN  # names of records, whatever stands over them
    if any(said == ("event", KNOWN) for said in held.values()):
        return
    free = [place for place in texts if held[place][0] == "event" or held[place][1] < 2]
    if not free:
        return
    event = max(free, key=lambda place: (found[place].length, -place))
    named = [place for place in free if held[place][0] == "event"]
    if named and found[event].length < 1.5 * max(found[place].length for place in named):
        return
    if found[event].length >= SHORTEST_EVENT or not named:
        held[event] = ("event", KNOWN)


def _find_texts(held: dict[int, Said], found: Mapping[int, Contents]) -> None:
    """Texts under unknown headings by their place and look: records before the event, what was done, remarks and receivers after it."""
    event = next((place for place, (field, _) in sorted(held.items()) if field == "event"), -1)
    for place in sorted(held):
        column, taken = found[place], {field for field, _ in held.values()}
        if held[place] != UNKNOWN or not column.is_text or not column.cells:
            continue
        if "source" not in taken and column.is_kinds and (place < event or column.filled > 0.97):
            held[place] = ("source", 1)
        elif place > event >= 0 and (field := _after_event(column, taken)):
            held[place] = (field, 1)


def _after_event(column: Contents, taken: set[str]) -> str:
    is_short = column.length <= LONGEST_SHARED and column.distinct <= 6 and column.filled < 0.65
    if "shared" not in taken and is_short and column.cells >= FEWEST_CELLS:
        return "shared"
    is_remark = column.is_kinds and column.filled < 0.8 and column.length > LONGEST_SHARED
    if "action" not in taken and not (is_remark and "comment" not in taken):
        return "action"
    return "comment" if "comment" not in taken else ""
