"""Whole files of every kind, tidy and untidy: which rows come out, and that no line is lost."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.chronology.reading import CannotRead, Reading, as_plain, from_plain
from sightline.procedures.chronology.rows import DATE_OF_ROW_ABOVE, NO_EVENT, OUTSIDE_PERIOD
from tests.factories import chronologies as made

EXPECTED = [
    ("2019-03-04", "2019-03-04", "exact", "14:30", "Y"),
    ("2019-03-11", "2019-03-17", "week", None, None),
    ("2019-03-20", "2019-03-20", "exact", "14:15", "N"),
    ("2019-04-01", "2019-04-30", "month", None, None),
]


def told(reading: Reading) -> list[tuple[str, str, str, str | None, str | None]]:
    """What is scored of each row."""
    return [(str(row.date.start), str(row.date.end), row.date.precision, row.time, row.child_seen) for row in reading.rows]


def fates(reading: Reading) -> dict[str, int]:
    """How many lines met each fate that any met."""
    return {fate: count for fate, count in reading.counts.items() if count}


def rows_of(*rows: Sequence[Any], headings: Sequence[str] = made.HEADINGS) -> Reading:
    """What is read of a delimited file with these rows."""
    return read_chronology(made.csv((headings, *rows)), "csv")


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (made.docx(), "docx"),
        (made.docx(made.FAMILY, (made.HEADINGS, *made.ROWS)), "docx"),
        (made.docx((made.HEADINGS, *made.ROWS[:2]), (made.HEADINGS, *made.ROWS[2:])), "docx"),
        (made.xlsx(), "xlsx"),
        (made.xlsx((("Notes",), ("About this file",)), (("Chronology",), (), made.HEADINGS, *made.ROWS)), "xlsx"),
        (made.rtf(), "rtf"),
        (made.rtf(), "doc"),
        *((made.csv(separator=separator), "csv") for separator in (",", ";", "\t", "|")),
        *((made.csv(encoding=encoding), "csv") for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")),
        (b"\xef\xbb\xbf" + made.csv(above=("Café notes",), encoding="cp1252"), "csv"),
        ("\n".join("   ".join(text or "-" for text in row) for row in (made.HEADINGS, *made.ROWS)).encode(), "txt"),
        ("\n".join("| " + " | ".join(row) + " |" for row in (made.HEADINGS, ("---",) * 6, *made.ROWS)).encode(), "txt"),
    ],
)
def test_same_rows_come_out_of_every_kind_of_file(content: bytes, extension: str) -> None:
    reading = read_chronology(content, extension)

    assert told(reading) == EXPECTED
    assert reading.is_whole


def test_every_line_has_its_fate() -> None:
    year, blank = ("2019", "", "", "", "", ""), ("",) * 6

    reading = rows_of(year, *made.ROWS[:2], blank, made.HEADINGS, *made.ROWS[2:], ("End of chronology",))

    assert fates(reading) == {"kept": 4, "heading": 2, "section": 1, "blank": 2, "outside": 3, "closing": 1}
    assert reading.rows[0].where == "Line 7"
    assert [row.number for row in reading.rows] == [1, 2, 3, 4]


def test_family_table_is_no_chronology() -> None:
    reading = read_chronology(made.docx(made.FAMILY, (made.HEADINGS, *made.ROWS)), "docx")

    assert fates(reading)["family"] == 3
    assert reading.rows[0].where == "Table 2, row 2"


@pytest.mark.parametrize(
    "headings",
    [
        ("Date of contact", "Hour", "Record system", "Description of event", "Outcome", "Was the child seen?"),
        ("When", "Time of event", "Where recorded", "What happened", "What was done", "Child sighted Y/N"),
        ("DATE", "TIME (24hr)", "Source of information", "Details of contact", "Response", "CH seen"),
        ("Event date", "Time", "Document", "Narrative", "Follow-up", "Seen"),
        ("Day", "At", "Origin", "Significant incident", "Decision", "Child seen / spoken to"),
        ("Date (dd/mm/yyyy)", "Time", "File", "Summary", "Next steps", "Child/ren seen?"),
    ],
)
def test_columns_are_known_under_many_names(headings: Sequence[str]) -> None:
    reading = rows_of(*made.ROWS, headings=headings)

    assert told(reading) == EXPECTED
    assert (reading.rows[0].source, reading.rows[0].event, reading.rows[0].action) == made.ROWS[0][2:5]


def test_columns_may_stand_in_any_order_with_others_between() -> None:
    headings = ("No.", "Event", "Worker", "Child seen", "Date", "Comments", "Shared with", "Date recorded", "Time")
    row = ("7", "Home visit.", "Example Worker", "No", "04/03/2019", "Brief", "School", "05/03/2019", "9.15am")

    (read,) = rows_of(row, headings=headings).rows

    assert (read.event, read.comment, read.shared_with, read.recorded, read.time) == (
        "Home visit.",
        "Brief",
        "School",
        date(2019, 3, 5),
        "09:15",
    )
    assert read.other == (("No.", "7"), ("Worker", "Example Worker"))
    assert read.child_seen == "N"


def test_columns_without_headings_are_found_by_what_stands_in_them() -> None:
    rows = tuple(
        (f"0{day}/03/2019", "10:30", "Diary", "A visit to the home that was written about at length.", "Logged") for day in range(1, 8)
    )

    reading = read_chronology(made.docx(rows), "docx")

    assert len(reading.rows) == 7
    assert {column.field for column in reading.columns} == {"date", "time", "source", "event", "action"}
    assert {column.by for column in reading.columns} == {"content"}
    assert reading.notes


def test_table_without_headings_has_the_columns_of_the_table_above() -> None:
    reading = read_chronology(made.docx((made.HEADINGS, *made.ROWS[:2]), made.ROWS[2:]), "docx")

    assert told(reading) == EXPECTED


def test_person_may_say_what_the_columns_hold() -> None:
    content = made.csv((("A", "B", "C"), ("Visit", "04/03/2019", "Logged")), above=())

    (row,) = read_chronology(content, "csv", columns={0: "event", 1: "date", 2: "action"}).rows[-1:]

    assert (row.event, row.date.start, row.action) == ("Visit", date(2019, 3, 4), "Logged")


def test_year_of_the_section_completes_dates() -> None:
    reading = rows_of(
        ("2018", "", "", "", "", ""),
        ("14 March", "", "", "Visit.", "", ""),
        ("2019", "", "", "", "", ""),
        ("14/03", "", "", "Visit.", "", ""),
    )

    assert [row.date.start for row in reading.rows] == [date(2018, 3, 14), date(2019, 3, 14)]
    assert fates(reading)["kept"] == 2


@pytest.mark.parametrize("mark", ['"', "ditto", "as above", "\u3003"])
def test_ditto_takes_the_date_above(mark: str) -> None:
    first, second = rows_of(("04/03/2019", "", "", "Visit.", "", ""), (mark, "15:00", "", "Second visit.", "", "")).rows

    assert second.date.start == first.date.start
    assert second.date.from_row_above
    assert not second.needs_look


def test_row_without_date_takes_that_above_and_is_to_be_looked_at() -> None:
    _, second = rows_of(("04/03/2019", "", "", "Visit.", "", ""), ("", "15:00", "Diary", "Second visit.", "", "")).rows

    assert second.date.start == date(2019, 3, 4)
    assert second.needs_look == (DATE_OF_ROW_ABOVE,)


def test_unread_date_is_kept_and_what_leans_on_it_has_none() -> None:
    reading = rows_of(
        ("04/03/2019", "", "", "Visit.", "", ""), ("31/02/2019", "", "", "Call.", "", ""), ("ditto", "", "", "Letter.", "", "")
    )

    assert [row.date.start for row in reading.rows] == [date(2019, 3, 4), None, None]
    assert [bool(row.needs_look) for row in reading.rows] == [False, True, True]


def test_row_without_event_or_outside_the_period_is_to_be_looked_at() -> None:
    content = made.csv((made.HEADINGS, ("04/03/2019", "10:00", "Diary", "", "Logged", ""), ("04/03/2016", "", "", "Visit.", "", "")))

    reading = read_chronology(content, "csv", period=(date(2018, 1, 1), date(2020, 1, 1)))

    assert [row.needs_look for row in reading.rows] == [(NO_EVENT,), (OUTSIDE_PERIOD,)]


def test_quoted_cells_keep_their_lines_and_an_open_quote_swallows_none() -> None:
    rows = (("04/03/2019", "", "", 'Said "no",\nthen left.', "", ""), ("05/03/2019", "", "", "Call.", "", ""))
    reading = rows_of(*rows)
    broken = made.csv().replace(b"Home visit", b'"Home visit')

    assert [row.event for row in reading.rows] == ['Said "no",\nthen left.', "Call."]
    assert told(read_chronology(broken, "csv")) == EXPECTED


def test_merged_cells_of_word() -> None:
    document = Document()
    table = document.add_table(3, 4)
    made.fill(
        table,
        (
            ("Date", "Source", "Event", "Action"),
            ("04/03/2019", "Diary", "Visit with all of it.", ""),
            ("", "Diary", "Second visit.", "Logged"),
        ),
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 2).merge(table.cell(1, 3))

    first, second = read_chronology(made.saved(document), "docx").rows

    assert (first.event, first.action) == ("Visit with all of it.", None)
    assert (second.date.start, second.date.from_row_above, second.date.as_written) == (date(2019, 3, 4), True, "")
    assert not second.needs_look


def test_real_dates_and_times_of_a_workbook_beside_typed_ones() -> None:
    rows = (
        (made.moment("2019-03-04"), time(14, 30), "Diary", "Visit.", "", "Y"),
        ("w/c 11.03.19", "am", "Diary", "Call.", "", ""),
        (None, "15:00", "Diary", "Second call.", "", ""),
        (made.moment("2019-03-20 14:15"), None, "Diary", "Visit.", "", "Not seen"),
    )

    reading = read_chronology(made.xlsx((made.HEADINGS, *rows), merged=("A3:A4",)), "xlsx")

    assert told(reading) == [EXPECTED[0], EXPECTED[1], ("2019-03-11", "2019-03-17", "week", "15:00", None), EXPECTED[2]]
    assert [row.needs_look for row in reading.rows] == [(), (), (), ()]


def test_date_and_time_in_one_cell() -> None:
    reading = rows_of(("04/03/2019 14:30", "Visit."), ("5 March 2019 at 2pm", "Call."), headings=("Date and time", "Event"))

    assert [row.time for row in reading.rows] == ["14:30", "14:00"]
    assert not any(row.needs_look for row in reading.rows)


def test_paragraphs_that_begin_with_a_date_are_rows() -> None:
    above = ("Chronology", "04/03/2019 - Visit to the home.", "05/03/2019 - Call to the school.", "They would ring back.")

    reading = read_chronology(made.docx((("Key", "Meaning"), ("HV", "Health visitor")), above=above), "docx")

    assert [row.date.start for row in reading.rows] == [date(2019, 3, 4), date(2019, 3, 5)]
    assert reading.rows[1].event == "Call to the school.\nThey would ring back."
    assert reading.is_whole


def test_pasted_lines_that_begin_with_a_date_are_rows() -> None:
    text = "Chronology for Tansy Quill\n04/03/2019: HV called. Tansy seen.\nw/c 11/03/2019: calls.\nXmas 2019 - gifts\n"

    reading = read_chronology(text.encode(), "txt")

    assert [(row.date.precision, row.child_seen) for row in reading.rows] == [("exact", "Y"), ("week", None), ("approx", None)]


def test_headings_over_two_lines_belong_together() -> None:
    rows = (
        ("Date of", "Nature of", "Child", ""),
        ("contact", "contact", "seen?", "Outcome"),
        ("04/03/2019", "Visit to the home", "Y", "Logged"),
    )

    (row,) = read_chronology(made.docx(rows), "docx").rows

    assert (row.event, row.child_seen, row.action) == ("Visit to the home", "Y", "Logged")


def test_month_of_the_section_completes_days() -> None:
    reading = rows_of(("March 2018", ""), ("14th", "Visit."), ("April 2018", ""), ("3", "Call."), headings=("Date", "Event"))

    assert [row.date.start for row in reading.rows] == [date(2018, 3, 14), date(2018, 4, 3)]


def test_file_named_otherwise_is_read_as_what_it_is() -> None:
    reading = read_chronology(made.docx(), "csv")

    assert told(reading) == EXPECTED
    assert "Word document" in reading.notes[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"), (b"\xef\xbb\xbf\r\n", "empty"), (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"), (made.docx()[:3000], "damaged"),
        (b"PK\x03\x04nothing", "damaged"), (b"\x89PNG\r\n" + b"\0" * 80, "picture"), (bytes(range(256)) * 30, "neither"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        read_chronology(content, "docx")


def test_reading_crosses_a_pipe_unchanged() -> None:
    reading = read_chronology(made.docx(made.FAMILY, (made.HEADINGS, *made.ROWS)), "docx")

    assert from_plain(as_plain(reading)) == reading


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
DATES = st.one_of(
    TEXTS, st.sampled_from(("04/03/2019", "w/c 11.03.19", "2019", '"', "", "March 2019", "31/02/2019", "End", "Total", "2018/19"))
)
LINES = st.lists(
    st.tuples(DATES, st.sampled_from(("", "14:30", "am", "x")), TEXTS, TEXTS, TEXTS, st.sampled_from(("", "Y", "No"))), max_size=12
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.sampled_from((",", ";", "\t")), st.booleans())
def test_no_line_of_a_delimited_file_is_lost(lines: list[tuple[str, ...]], separator: str, has_headings: bool) -> None:
    content = made.csv((made.HEADINGS, *lines) if has_headings else lines, separator=separator)

    reading = read_chronology(content, "csv")

    assert reading.is_whole
    assert [row.number for row in reading.rows] == list(range(1, len(reading.rows) + 1))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), max_size=20)] * 6), max_size=8
    ),
    st.booleans(),
)
def test_no_line_of_a_table_is_lost(lines: list[tuple[str, ...]], is_word: bool) -> None:
    rows = (made.HEADINGS, *made.ROWS, *lines)
    content = made.docx(rows) if is_word else made.xlsx([[text if not text.startswith("=") else "" for text in row] for row in rows])

    reading = read_chronology(content, "docx" if is_word else "xlsx")

    assert reading.is_whole
    places = [row.where for row in reading.rows] + [line.where for line in reading.explained if line.where != "Text"]
    assert len(places) == len(set(places))
    assert len(places) >= len(made.ROWS) + 1 + len(lines) * is_word
