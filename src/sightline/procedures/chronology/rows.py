"""One line of a chronology's table as a row: its date with what the rows above tell, its time, its texts, and why a person should look."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sightline.procedures.chronology import dates
from sightline.procedures.chronology.columns import JOINED_FIELDS, Claim
from sightline.procedures.chronology.dates import Context, DateRead, read_date
from sightline.procedures.chronology.points import SERIAL_NUMBER
from sightline.procedures.chronology.reading import Row, WrittenDate
from sightline.procedures.chronology.sight import sight_in_text
from sightline.procedures.chronology.sight_cells import read_sight
from sightline.procedures.chronology.tables import Cell, Line
from sightline.procedures.chronology.times import read_time
from sightline.procedures.chronology.wording import compared, excerpt

DATE_OF_ROW_ABOVE: Final = "No date is given; that of the row above is taken."
NO_ROW_ABOVE: Final = "The date is that of the row above, but no row above has one."
NO_EVENT: Final = "No event is written."
OUTSIDE_PERIOD: Final = "The date lies outside the period asked about."
EVENT_OF_ROW_ABOVE: Final = "The event stands in a cell shared with the row above."
RECORDED_NOT_UNDERSTOOD: Final = "The day on which it was recorded was not understood."
TEXT_FIELDS: Final = {"source": "source", "event": "event", "action": "action", "comment": "comment", "shared": "shared_with"}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass
class Above:
    """What the lines above a line tell: the year and month of the section, the last date, and the last row."""

    year: int | None = None
    month: int | None = None
    date: WrittenDate | None = None
    row: Row | None = None


@dataclass(frozen=True)
class Asked:
    """What was asked for: the period, and how the child is called."""

    period: tuple[date, date] | None = None
    names: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the period."""
        return tuple(range(self.period[0].year, self.period[1].year + 1)) if self.period else ()


def row_of(line: Line, claims: Sequence[Claim], above: Above, asked: Asked) -> Row:
    """The row of one line; what the lines below will need to know is left in `above`."""
    place = {claim.field: claim.place for claim in reversed(claims) if claim.field != "other"}
    found = _date(line.at(place["date"]) if "date" in place else Cell(), above, asked)
    if "date_to" in place and line.at(place["date_to"]).text:
        found = _until(found, _date(line.at(place["date_to"]), above, asked))
    written, looks = _following(found, above)
    texts = _texts(line, claims, above)
    if found.rest and not texts["event"]:
        texts["event"] = found.rest
        looks = [why for why in looks if why != dates.OTHER_WORDS]
    other = [(claim.heading or f"Column {claim.place + 1}", line.at(claim.place).text) for claim in claims if claim.field == "other"]
    if len(written.as_written) > dates.LONGEST_DATE:
        other.append(("Date as written", written.as_written))
        written = replace(written, as_written=excerpt(written.as_written, dates.LONGEST_DATE))
    beyond = {claim.place for claim in claims}
    other += [
        (f"Column {at + 1}", cell.text) for at, cell in enumerate(line.cells) if at not in beyond and cell.text and not cell.goes_on_left
    ]
    clock, clock_as_written, why = _time(line.at(place["time"]) if "time" in place else None, found)
    looks += why
    recorded, recorded_as_written, why = _recorded(line.at(place["recorded"]) if "recorded" in place else None)
    looks += why
    seen, seen_as_written, why = _seen(line.at(place["seen"]) if "seen" in place else None, texts["event"], asked)
    looks += why
    if not texts["event"]:
        looks.append(NO_EVENT)
    elif "event" in place and line.at(place["event"]).goes_on_above:
        looks.append(EVENT_OF_ROW_ABOVE)
    if asked.period and written.start and written.end and (written.end < asked.period[0] or written.start > asked.period[1]):
        looks.append(OUTSIDE_PERIOD)
    row = Row(
        number=0, where=line.where, date=written, time=clock, time_as_written=clock_as_written, recorded=recorded,
        recorded_as_written=recorded_as_written, child_seen=seen, child_seen_as_written=seen_as_written,
        needs_look=tuple(dict.fromkeys(looks)), other=tuple((heading, text) for heading, text in other if text),
        **{TEXT_FIELDS[field]: text or None for field, text in texts.items()},
    )  # fmt: skip
    if written.start and not written.from_row_above:
        above.date = written
        if above.year and written.precision == "exact" and written.start.year != above.year:
            above.year = above.month = None
    above.row = row
    return row


def _date(cell: Cell, above: Above, asked: Asked) -> DateRead:
    if isinstance(cell.value, date):
        day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        said = WrittenDate(day, day, "exact", as_written=day.isoformat())
        if not dates.within_reason(day):
            return DateRead(WrittenDate(as_written=day.isoformat()), why=(dates.NOT_UNDERSTOOD,))
        has_time = isinstance(cell.value, datetime) and cell.value.time() != time()
        return DateRead(said, time=read_time(f"{cell.value:%H:%M}") if has_time else None)
    if cell.goes_on_above or not cell.text:
        why = () if cell.goes_on_above else (DATE_OF_ROW_ABOVE,)
        return DateRead(WrittenDate(as_written="", from_row_above=True), why=why)
    context = Context(above.year, above.month, above.date.start if above.date else None, asked.years)
    text, only_day = cell.text, re.fullmatch(r"(?:[a-z]{3,9}\.? )?(\d{1,2})(?:st|nd|rd|th)?", compared(cell.text))
    if only_day and above.month and above.year:
        found = read_date(f"{only_day[1]} {_MONTHS[above.month - 1]} {above.year}", context=context)
        return replace(found, date=replace(found.date, as_written=text))
    found = read_date(text, context=context)
    if isinstance(cell.value, float) and found.date.start and SERIAL_NUMBER not in found.why:
        return replace(found, why=(*found.why, SERIAL_NUMBER))
    return found


def _until(begins: DateRead, ends: DateRead) -> DateRead:
    """From the day of one column to that of another."""
    if not begins.date.start or not ends.date.end:
        return replace(begins, why=begins.why + ends.why)
    start, end = begins.date.start, ends.date.end
    as_written = f"{begins.date.as_written} - {ends.date.as_written}"
    why = begins.why + ends.why
    if end < start:
        start, end, why = end, start, (*why, dates.ENDS_BEFORE_IT_BEGINS)
    precision = begins.date.precision if start == end else "range"
    return replace(begins, date=replace(begins.date, start=start, end=end, precision=precision, as_written=as_written), why=why)


def _following(found: DateRead, above: Above) -> tuple[WrittenDate, list[str]]:
    written, looks = found.date, list(found.why)
    if not written.from_row_above:
        return written, looks
    if above.date is None or above.date.start is None or above.date.end is None:
        return written, [*(why for why in looks if why != DATE_OF_ROW_ABOVE), dates.NO_DATE if not written.as_written else NO_ROW_ABOVE]
    if above.row is not None and above.row.date.start is None:
        # The row above has a date that was not understood: a row that leans on it has none either.
        return written, [*looks, NO_ROW_ABOVE]
    step = timedelta(days=1) if dates.DAY_AFTER in looks else timedelta()
    took = replace(above.date, start=above.date.start + step, end=above.date.end + step)
    return replace(took, as_written=written.as_written, from_row_above=True), looks


def _texts(line: Line, claims: Sequence[Claim], above: Above) -> dict[str, str]:
    texts = dict.fromkeys(TEXT_FIELDS, "")
    for claim in claims:
        if claim.field not in JOINED_FIELDS:
            continue
        cell = line.at(claim.place)
        text = cell.text
        if cell.goes_on_above and above.row is not None:
            text = getattr(above.row, TEXT_FIELDS[claim.field]) or ""
        if text and text not in texts[claim.field].split("\n"):
            texts[claim.field] = f"{texts[claim.field]}\n{text}".strip()
    events = [claim for claim in claims if claim.field == "event"]
    if not texts["event"] and events and line.at(events[0].place).goes_on_left:
        # The event's cell is one with a cell to the left of it, where its text stands.
        for claim in reversed(
            [claim for claim in claims if claim.place < events[0].place and claim.field in ("source", "action", "comment")]
        ):
            if text := line.at(claim.place).text:
                texts["event"], texts[claim.field] = text, ""
                break
    return texts


def _time(cell: Cell | None, found: DateRead) -> tuple[str | None, str | None, list[str]]:
    beside = found.time.time if found.time else None
    if cell is None:
        return beside, None, [found.time.why] if found.time and found.time.why else []
    if isinstance(cell.value, time | datetime):
        return f"{cell.value:%H:%M}", f"{cell.value:%H:%M}", []
    if isinstance(cell.value, float) and 0 <= cell.value < 1:
        minutes = round(cell.value * 24 * 60) % (24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}", cell.text, []
    said = read_time(cell.text)
    return said.time or beside, cell.text, [said.why] if said.why else []


def _recorded(cell: Cell | None) -> tuple[date | None, str | None, list[str]]:
    if cell is None:
        return None, None, []
    if isinstance(cell.value, date):
        day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return day, day.isoformat(), []
    if not cell.text or re.fullmatch(
        r"[-?./]+|n/?[ak]|n/?r|not (?:recorded|known|stated)|unknown|as (?:event|above)|same(?: day| date)?", compared(cell.text)
    ):
        return None, cell.text, []
    found = read_date(cell.text)
    if found.date.start is None or found.date.start != found.date.end:
        return None, cell.text, [RECORDED_NOT_UNDERSTOOD]
    return found.date.start, cell.text, []


def _seen(cell: Cell | None, event: str, asked: Asked) -> tuple[str | None, str | None, list[str]]:
    if cell is None:
        said = sight_in_text(event, asked.names)
        return said.seen, None, [said.why] if said.why else []
    text = {"1": "Y", "0": "N"}.get(cell.text, cell.text)
    said = read_sight(text)
    return said.seen, cell.text, [said.why] if said.why else []
