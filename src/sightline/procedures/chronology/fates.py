"""What becomes of every line of every table: a row of the chronology, or a line that is explained. None is lost."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sightline.procedures.chronology import columns as found_columns
from sightline.procedures.chronology.columns import Claim, by_content, headings, is_dated
from sightline.procedures.chronology.headings import heading_field, is_family_heading, lists_people, may_head
from sightline.procedures.chronology.points import MONTH_FIRST, month_number, whole_year
from sightline.procedures.chronology.reading import FATES, Column, Explained, Reading, Row, numbered
from sightline.procedures.chronology.rows import Above, Asked, row_of
from sightline.procedures.chronology.subject import names_of_child
from sightline.procedures.chronology.tables import Line, Table
from sightline.procedures.chronology.times import read_time
from sightline.procedures.chronology.weighing import Key, key, unknown_heading_row, weighed
from sightline.procedures.chronology.wording import compared, excerpt

NO_ROWS: Final = "No rows of a chronology were found. Say what each column holds, or keep the file as an attachment and type its rows."
MONTHS_FIRST: Final = "Some dates can only be read with the month before the day. Look whether others were meant so too."
NO_HEADINGS: Final = "{table}: what its columns hold was found from what stands in them, not from headings. Look whether it is right."

LONGEST_SHOWN: Final = 200
LONGEST_OUTSIDE: Final = 1_500  # a line may say what every code of the file means

_SECTION: Final = re.compile(
    r"(?:(?:the )?(?:calendar |academic |school |financial )?years?:? |events (?:of|in) |chronology (?:for|of) |"
    r"\W*)?(?P<year>(?:19|20)\d\d)\W*"
    r"(?:[/\-]\s?(?:(?:19|20)?\d\d)\W*)?(?:\(?(?:continued|cont'?d?|cont\.)\)?|onwards|events|chronology)?\W*"
)
_MONTH_SECTION: Final = re.compile(r"\W*(?P<month>[a-z]{3,9})\.?,?\s+'?(?P<year>\d{4}|\d{2})\W*(?:\(?(?:continued|cont'?d?|cont\.)\)?)?\W*")
_CLOSING: Final = re.compile(
    r"(?:\W*(?:end|ends|ended|fin|total|totals|page|signed|signature|completed|compiled|prepared|author|produced|written|"
    r"chronology (?:ends|ended|completed|prepared|compiled|by)|"
    r"no (?:further|more|other)|nothing (?:further|more)|date (?:completed|of completion|signed)|key|abbreviations?|nb|"
    r"note|notes|please|official|"
    r"confidential|this (?:chronology|document)|report|name|role|designation|checked|approved|quality assured|version)\b|[*=_\-.~#\s]+$)"
)


class Fates:
    """Goes through the tables of one file in their order and gives each line its fate."""

    def __init__(self, asked: Asked, told: Mapping[int, str] | None) -> None:
        self.asked, self.told = asked, told
        self.rows: list[Row] = []
        self.explained: list[Explained] = []
        self.columns: list[Column] = []
        self.notes: list[str] = []
        self.lines = 0
        self._above = Above()
        self._last: tuple[tuple[Claim, ...], int] | None = None
        self._below: dict[Key, list[Line]] = {}  # all lines of the file that stand under the same headings
        self._claims_by_key: dict[Key, tuple[Claim, ...]] = {}

    def look_over(self, tables: Sequence[Table]) -> None:
        """Gather what stands under each row of headings in the whole file: a table of one year may be too short to tell."""
        for table in tables:
            number = None if table.is_outside or table.is_running_text else self._heading_row(table)
            if number is not None:
                self._below.setdefault(key(table.lines[number]), []).extend(table.lines[number + 1 :])

    def take(self, table: Table) -> None:
        """Give every line of one table its fate."""
        self.lines += len(table.lines)
        if table.is_outside:
            for line in table.lines:
                self._section(line.text)
                self._explain(line, "outside")
            return
        claims, start = ((), 0) if not self.told and lists_people(table.lines) else self._claims(table)
        if not claims:
            for line in table.lines:
                self._explain(line, "family" if line.texts else "blank")
            return
        self._last = claims, table.width
        self._say_columns(table, claims)
        self._go_through(table, claims, start)

    def reading(self) -> Reading:
        """The whole file."""
        if not self.rows:
            self.notes.append(NO_ROWS)
        if any(MONTH_FIRST in row.needs_look for row in self.rows):
            self.notes.append(MONTHS_FIRST)
        return Reading(numbered(self.rows), tuple(self.explained), tuple(self.columns), self.lines, tuple(dict.fromkeys(self.notes)))

    def _claims(self, table: Table) -> tuple[tuple[Claim, ...], int]:
        """The columns of a table and the line from which they hold."""
        number = self._heading_row(table)
        if self.told:
            if number is None and any(is_family_heading(line) for line in table.lines[:3]):
                return (), 0
            return found_columns.told(
                self.told, table.lines[number] if number is not None else None
            ), number + 1 if number is not None else 0
        if number is not None:
            line, below = table.lines[number], table.lines[number + 1 :]
            claims = self._weighed(line, below, _second_headings(headings(line), below[0]) if below else ())
            fields = {claim.field for claim in claims}
            return (claims if {"date", "event"} <= fields else by_content(table, below, claims) or claims), number + 1
        return self._without_headings(table), 0

    def _heading_row(self, table: Table) -> int | None:
        """The line that heads a table's columns: by known words, because it heads another table, or because it can be nothing else."""
        for number, line in enumerate(table.lines):
            if headings(line) or (key(line) in self._below and len(line.texts) > 1):
                return number
        return None if table.is_outside or table.is_running_text else unknown_heading_row(table)

    def _weighed(self, line: Line, below: Sequence[Line], named: tuple[Claim, ...] = ()) -> tuple[Claim, ...]:
        """The columns under a row of headings, found once for all tables that have the same."""
        words = key(line)
        if words not in self._claims_by_key:
            texts = {claim.place: claim.heading for claim in named} or dict(words)
            self._claims_by_key[words] = weighed(texts, self._below.get(words, below))
        return self._claims_by_key[words]

    def _without_headings(self, table: Table) -> tuple[Claim, ...]:
        filled = [line for line in table.lines if line.texts]
        if table.is_running_text:
            return (
                (Claim(0, "date", "", 1, "content"), Claim(1, "event", "", 1, "content"))
                if any(len(line.cells) > 1 for line in filled)
                else ()
            )
        if any(is_family_heading(line) for line in filled[:3]):
            return ()
        if self._last and self._last[1] == table.width:
            place = next((claim.place for claim in self._last[0] if claim.field == "date"), 0)
            if filled and sum(is_dated(line, place) for line in filled) * 2 >= len(filled):
                return tuple(Claim(claim.place, claim.field, claim.heading, claim.weight, "above") for claim in self._last[0])
        known: tuple[Claim, ...] = ()
        for line in filled[:12]:
            cells = [(place, cell.text, heading_field(cell.text)) for place, cell in enumerate(line.cells) if cell.text]
            if len([field for _, _, field in cells if field]) >= 2 and all(
                may_head(text) and not read_time(text).time for _, text, _ in cells
            ):
                loose = [Claim(place, field[0], text, field[1]) for place, text, field in cells if field]
                once = {claim.field: claim for claim in reversed(loose)}
                known = tuple(claim for claim in loose if once[claim.field] is claim)
                break
        dated = [line for line in filled if any(is_dated(line, place) for place in range(min(len(line.cells), 8)))]
        if len(dated) < 2 and not (known and dated):
            return ()
        claims = by_content(table, dated if len(dated) * 4 >= len(filled) else filled, known)
        if claims and len({claim.place for claim in claims}) > 1:
            self.notes.append(NO_HEADINGS.format(table=table.name or "The table"))
        return claims

    def _go_through(self, table: Table, claims: tuple[Claim, ...], start: int) -> None:
        place = next((claim.place for claim in claims if claim.field == "date"), 0)
        last_dated = max((number for number, line in enumerate(table.lines) if is_dated(line, place)), default=-1)
        first_dated = next(
            (number for number, line in enumerate(table.lines) if is_dated(line, place) and len(line.texts) > 1), len(table.lines)
        )
        # Words that stand over the first row and come back further down are headings, known or not.
        over = {tuple(line.texts) for line in table.lines[:first_dated] if len(line.texts) > 1}
        is_family = False
        for number, line in enumerate(table.lines):
            again = self._again(table, number)
            if not line.texts:
                self._explain(line, "blank")
            elif again:
                is_family = False
                self._explain(line, "heading")
                if (
                    not self.told
                    and [(claim.place, claim.field) for claim in again] != [(claim.place, claim.field) for claim in claims]
                    and number >= start
                ):
                    claims = again
                    place = next((claim.place for claim in claims if claim.field == "date"), 0)
                    self._say_columns(table, claims)
            elif (
                number > first_dated
                and not is_family
                and tuple(line.texts) in over
                and not is_dated(line, place)
                or number == start
                and start
                and _is_second_heading(line, claims)
            ):
                self._explain(line, "heading")
            elif is_family or (is_family_heading(line) and not is_dated(line, place)):
                is_family = True
                self._explain(line, "family")
            elif number < start:
                self._before_headings(line, claims, place)
            elif number < first_dated and self._is_heading_by_words(line):
                self._explain(line, "heading")
            elif fate := self._not_a_row(line, claims, place, number > last_dated, is_before=number < first_dated):
                if table.is_pasted and self.rows and fate != "outside" and self._goes_on(line):
                    self._go_on(line)
                else:
                    self._explain(line, fate)
            else:
                self.rows.append(row_of(line, claims, self._above, self.asked))

    def _again(self, table: Table, number: int) -> tuple[Claim, ...]:
        """The columns from here on, where a line is a row of headings."""
        line = table.lines[number]
        is_known = bool(headings(line)) or (len(line.texts) > 1 and key(line) in self._below)
        return self._weighed(line, table.lines[number + 1 :]) if is_known else ()

    def _before_headings(self, line: Line, claims: tuple[Claim, ...], place: int) -> None:
        """Above the headings stand titles and preambles; a dated line with an event is a row even there."""
        events = [claim.place for claim in claims if claim.field == "event"]
        if is_dated(line, place) and len(line.texts) >= 3 and events and line.at(events[0]).text:
            self.rows.append(row_of(line, claims, self._above, self.asked))
        else:
            self._section(line.text)
            self._explain(line, "outside")

    def _is_heading_by_words(self, line: Line) -> bool:
        known = [text for text in line.texts if heading_field(text)]
        return not any(is_dated(line, at) for at in range(len(line.cells))) and len(known) > 1 and len(known) * 2 >= len(line.texts)

    def _not_a_row(self, line: Line, claims: tuple[Claim, ...], place: int, is_after_all: bool, *, is_before: bool) -> str:
        """The fate of a line that is no row, or nothing."""
        texts = line.texts
        same = {" ".join(text.split()) for text in texts}
        plain = compared(texts[0][:300])
        if len(same) > 1:
            if re.fullmatch(r"[\s\-=:|+]*", "".join(texts)):
                return "section"
            return "closing" if is_after_all and _CLOSING.match(plain) and not is_dated(line, place) else ""
        if self._section(texts[0]):
            return "section"
        if is_dated(line, place):
            return ""
        at = next(number for number, cell in enumerate(line.cells) if cell.text)
        width = 1
        while line.at(at + width).goes_on_left:
            width += 1
        is_wide = width > 1 and width * 2 > len(claims)
        events = [claim.place for claim in claims if claim.field == "event"]
        if at in events and line.at(place).goes_on_above:
            return ""  # it shares the date of the row above
        if at in events and not is_wide and not _CLOSING.match(plain) and not is_before:
            return ""
        if is_after_all or _CLOSING.match(plain):
            return "outside" if is_before else "closing"
        return "section"

    def _section(self, text: str) -> bool:
        """Whether the line is a year or a month over the rows below, which then need not give it."""
        plain = compared(text[:200])
        if len(plain) > 60:
            return False
        if match := _SECTION.fullmatch(plain):
            self._above.year, self._above.month = int(match["year"]), None
            return True
        if (match := _MONTH_SECTION.fullmatch(plain)) and (month := month_number(match["month"])):
            self._above.year, self._above.month = whole_year(match["year"]), month
            return True
        return False

    def _goes_on(self, line: Line) -> bool:
        """Whether a pasted line of one cell is words of the row above rather than a heading or an end."""
        plain = compared(line.text[:300])
        return len(line.texts) == 1 and bool(line.at(0).text) and not _CLOSING.match(plain) and not self._section(plain)

    def _go_on(self, line: Line) -> None:
        """A pasted line without columns goes on from the row above: its words are added to that row's last text."""
        row = self.rows[-1]
        longer = {"event": f"{row.event}\n{line.text}"} if row.event else {"event": line.text}
        self.rows[-1] = Row(**{**vars(row), **longer})
        self._explain(line, "continued")

    def _explain(self, line: Line, fate: str) -> None:
        longest = LONGEST_OUTSIDE if fate in ("outside", "family") else LONGEST_SHOWN
        self.explained.append(Explained(line.where, fate, f"{FATES[fate]}.", excerpt(line.text, longest)))

    def _say_columns(self, table: Table, claims: tuple[Claim, ...]) -> None:
        self.columns += [Column(table.name, claim.place, claim.field, excerpt(claim.heading, 100), claim.by) for claim in claims]


def understand(
    tables: Sequence[Table],
    *,
    period: tuple[date, date] | None = None,
    columns: Mapping[int, str] | None = None,
    names: tuple[str, ...] = (),
) -> Reading:
    """The rows of a file's tables, and what became of every other line."""
    called = tuple(dict.fromkeys((*names_of_child(tables, names),)))
    fates = Fates(Asked(period, called), columns)
    fates.look_over(tables)
    for table in tables:
        fates.take(table)
    return fates.reading()


def _is_second_heading(line: Line, claims: tuple[Claim, ...]) -> bool:
    """A line right below the headings that completes them, as `(dd/mm/yy)` or `seen?` under `Child`."""
    texts = line.texts
    if not texts or any(len(text) > 40 or re.search(r"\d", text) for text in texts) or any(cell.value is not None for cell in line.cells):
        return False
    plain = [compared(text) for text in texts]
    named = [bool(heading_field(text)) or text.startswith("(") for text in plain]
    return all(named) and not is_dated(line, next((claim.place for claim in claims if claim.field == "date"), 0))


def _second_headings(claims: tuple[Claim, ...], line: Line) -> tuple[Claim, ...]:
    """Headings over two lines: what the second says of a column joins what the first said."""
    if not _is_second_heading(line, claims):
        return claims
    first = {claim.place: claim.heading for claim in claims}
    joined = []
    for place in range(max((len(line.cells), *(at + 1 for at in first)))):
        heading = " ".join(part for part in (first.get(place, ""), line.at(place).text) if part)
        field = heading_field(heading) or heading_field(line.at(place).text)
        if heading:
            joined.append(Claim(place, field[0] if field else "other", heading, field[1] if field else 0))
    again = found_columns.settled(joined)
    return again if {"date", "event"} <= {claim.field for claim in again} else claims
