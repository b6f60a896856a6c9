"""Columns under headings that no list foresaw: what stands below them tells what they hold, and no row is lost."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest

from sightline.procedures.chronology.files import read_chronology
from tests.factories import chronologies as made

ROWS = 30
CONTENTS = {
    "date": lambda n: (date(2018, 1, 9) + timedelta(days=11 * n)).strftime("%d/%m/%Y"),
    "time": lambda n: ("09:15", "14:40", "pm", "11.30am", "")[n % 5],
    "recorded": lambda n: (date(2018, 1, 9) + timedelta(days=11 * n + n % 4)).strftime("%d/%m/%Y"),
    "source": lambda n: ("Ward book", "Lorenzo", "Desk diary")[n % 3],
    "event": lambda n: f"Family came about the matter number {n} and it was talked over with the practitioner at some length.",
    "action": lambda n: ("Card sent", "Leaflet handed over", "", "Told the manager", f"Booked slot {n}", "Placed on file")[n % 6],
    "seen": lambda n: ("Eyes on, chatty", "Out with nan", "", "Met with aunt", "Doesn't say", "Not about")[n % 6],
    "comment": lambda n: ("Hard to make out the hand", "", "Written long afterwards", "")[n % 4],
    "shared": lambda n: ("GP", "", "", "Mother", "")[n % 5],
}  # fmt: skip

LAYOUTS = [
    {"date": "Dt", "event": "Encounter"},
    {"date": "Contact dt", "time": "Start", "event": "Encounter", "action": "Response", "seen": "CYP about?"},
    {"date": "Held on", "event": "Minute", "action": "Management"},
    {"date": "Day", "time": "Clock", "source": "Found within", "event": "Gist", "action": "Handling", "seen": "Child in the room?"},
    {"date": "Seen/contact date", "time": "Hour of day", "event": "Clinical text", "action": "Plan", "seen": "Was YP about?"},
    {"date": "Of", "recorded": "Uploaded on", "source": "Drawn from", "event": "Our entry", "seen": "Eyes on pupil"},
    {"date": "Date it was", "recorded": "Keyed in", "event": "What we were told", "action": "Our part", "shared": "Relayed to"},
    {"date": "Occurrence dt", "source": "Held within", "event": "Precis", "action": "Steps", "comment": "Reviewer thoughts"},
    {"date": "Visit", "time": "Slot", "event": "Write-up", "action": "Upshot", "seen": "Sight got of child"},
    {"date": "Attended", "source": "Notes stored at", "event": "Clinic letter or text", "comment": "Author's musings"},
    {"date": "Session", "event": "Jottings", "seen": "Child before us?"},
    {"date": "Alpha", "time": "Beta", "source": "Gamma", "event": "Delta", "action": "Epsilon", "seen": "Zeta"},
    {"date": "Cuando", "event": "Relato", "action": "Medidas"},
    {"source": "Whence", "date": "Calendar", "event": "Tale", "action": "Sequel"},
    {"date": "Logged for", "event": "What staff noticed", "seen": "Pupil about?", "shared": "Copy went to"},
    {"date": "Incident dt", "time": "Hrs", "event": "Circs", "action": "Police handling", "source": "Kept on"},
    {"date": "Dated", "time": "At about", "event": "Happening", "action": "Sequel", "comment": "Panel remark"},
    {"date": "Date of call", "event": "Call text", "action": "Disposition", "recorded": "Entered at"},
]


def _table(headings: Sequence[str], fields: Iterable[str], rows: int = ROWS) -> list[tuple[str, ...]]:
    return [tuple(headings), *(tuple(CONTENTS[field](n) for field in fields) for n in range(rows))]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: " | ".join(layout.values()))
def test_columns_are_found_under_headings_nobody_foresaw(layout: dict[str, str]) -> None:
    lines = _table(list(layout.values()), layout)

    reading = read_chronology(made.csv(lines), "csv")

    assert len(reading.rows) == ROWS
    assert {column.heading: column.field for column in reading.columns} == {heading: field for field, heading in layout.items()}


def test_headings_nobody_foresaw_are_headings_again_in_the_table_and_in_the_next() -> None:
    layout = LAYOUTS[11]
    first, second = _table(list(layout.values()), layout), _table(list(layout.values()), layout, rows=1)
    year = ("2019", *[""] * (len(layout) - 1))

    reading = read_chronology(made.docx([*first[:6], year, first[0], *first[6:]], second), "docx")

    assert len(reading.rows) == ROWS + 1
    assert reading.counts["heading"] == 3
    assert [row.child_seen for row in reading.rows[:4]] == ["Y", "N", None, "Y"]


@pytest.mark.parametrize("word", ["Consent given?", "Significant?", "Shared?"])
def test_bare_answers_to_another_question_are_not_about_sight(word: str) -> None:
    lines = [("Dt", "Gist", word), *((CONTENTS["date"](n), CONTENTS["event"](n), ("Y", "N")[n % 2]) for n in range(ROWS))]

    reading = read_chronology(made.csv(lines), "csv")

    assert {row.child_seen for row in reading.rows} == {None}


def test_first_row_with_a_date_that_is_not_understood_is_no_heading() -> None:
    lines = [
        ("Dt", "Gist", "Sequel"),
        ("sometime?", "A long visit to the home. It went well.", "Card"),
        *_table((), ("date", "event", "action"))[1:],
    ]

    assert len(read_chronology(made.csv(lines), "csv").rows) == ROWS + 1
