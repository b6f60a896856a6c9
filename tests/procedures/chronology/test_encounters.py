"""Sight of the child without the word: what the child does before those who write, who the child is, and what is no sight at all."""

from datetime import date

import pytest

from sightline.procedures.chronology.dates import Context, read_date
from sightline.procedures.chronology.files import read_chronology
from sightline.procedures.chronology.sight import forms_of_name, sight_in_text
from sightline.procedures.chronology.sight_cells import read_sight

NAMES = (*forms_of_name("Tansy Quill"), "tq")

MET = [
    "Tansy told the nurse about a hamster.",
    "Tansy sang in assembly.",
    "TQ took part in the puppet show given by the nursing team.",
    "Tansy attd with mum. O/E throat red.",
    "Growth check. Tansy wt 24.6kg, following centiles; seen with mother.",
    "Vaccine given to Tansy, tolerated well.",
    "Peak flow done with TQ, good technique.",
    "Tansy approached a patrolling officer to hand in a glove.",
    "Mother attended the front office, accompanied by Tansy, to collect a purse.",
    "Constable came across Tansy walking a dog and gave advice on road crossings.",
    "Home visit. Tansy brought out a jigsaw.",
    "Volunteer heard Tansy read, one book band up.",
    "Tansy missing after a row, found at a friend's. Brought back and spoken to by officers.",
    "Joint call with the nurse; Tansy seen on the sofa, drawing.",
    "Mother reviewed. Tansy was seen to be well.",
]
NOT_MET = [
    "WNB at the dental clinic.",
    "Audiology: not brought.",
    "Podiatry: DNA, was not brought.",
    "Mother did not bring Tansy to physiotherapy.",
    "Nobody came with Tansy. No sight of Tansy this time.",
    "The girl was out with a neighbour, so not met.",
]
NOTHING_SAID = [
    "Letter regarding Tansy received from orthoptics and scanned.",
    "E-mail from school: Tansy told the teacher about a hamster.",
    "School phoned duty: Tansy disclosed to the teacher being struck.",
    "Dental clinic cancelled by the provider.",
    "Lost jumper of Tansy turned up in the cupboard.",
    "Unsupervised time with Tansy stopped.",
    "Annual report for Tansy posted.",
]


@pytest.mark.parametrize(
    ("text", "seen"), [*((text, "Y") for text in MET), *((text, "N") for text in NOT_MET), *((text, None) for text in NOTHING_SAID)]
)
def test_sight_told_by_what_the_child_did(text: str, seen: str | None) -> None:
    assert sight_in_text(text, NAMES).seen == seen


def test_cell_of_no_entry_is_silent() -> None:
    assert read_sight("no entry").seen is None


ABOVE = {
    "a day of birth": "Relating to Tansy Quill (date of birth 07-02-2013)",
    "a key": "Codes used: SC the child; BM mother",
    "nothing": "Single agency chronology",
}


@pytest.mark.parametrize(
    ("above", "event", "seen"),
    [
        ("a day of birth", "Tansy seen.", "Y"),
        ("a day of birth", "QUILL, Tansy not seen.", "N"),
        ("a key", "SC not present.", "N"),
        ("a key", "BM seen.", None),
        ("nothing", "Tansy told the nurse about a hamster.", None),
    ],
)
def test_child_is_known_by_what_stands_above_the_headings(above: str, event: str, seen: str | None) -> None:
    text = f'{ABOVE[above]}\nDate,Event\n01/02/2019,Rang the school.\n02/02/2019,"{event}"\n03/02/2019,Filed.\n'

    assert [row.child_seen for row in read_chronology(text.encode(), "csv").rows] == [None, seen, None]


def test_short_name_is_learnt_from_closing_sentences_that_come_again() -> None:
    rows = "".join(f"0{day}/02/2019,Tansy Quill played cards. Pip was there and said hello.\n" for day in (1, 2, 3))
    text = f"Relating to Tansy Quill (date of birth 07-02-2013)\nDate,Event\n{rows}04/02/2019,Mother in. Pip not with her.\n"

    assert [row.child_seen for row in read_chronology(text.encode(), "csv").rows] == ["Y", "Y", "Y", "N"]


@pytest.mark.parametrize(
    ("text", "start", "end", "time"),
    [
        ("2015-06-21 10:50 am", date(2015, 6, 21), date(2015, 6, 21), "10:50"),
        ("21/6/15, 11:45 pm", date(2015, 6, 21), date(2015, 6, 21), "23:45"),
        ("27-02-2016, 11.00", date(2016, 2, 27), date(2016, 2, 27), "11:00"),
        ("2016-10-25 12.30", date(2016, 10, 25), date(2016, 10, 25), "12:30"),
        ("12/06, 9:05 AM", date(2019, 6, 12), date(2019, 6, 12), "09:05"),
        ("02/12 - 05/12", date(2019, 12, 2), date(2019, 12, 5), None),
        ("wk beg 24/06/19", date(2019, 6, 24), date(2019, 6, 30), None),
    ],
)
def test_day_with_a_clock_beside_it(text: str, start: date, end: date, time: str | None) -> None:
    read = read_date(text, context=Context(year=2019))

    assert (read.date.start, read.date.end, read.time.time if read.time else None) == (start, end, time)


@pytest.mark.parametrize("text", ['" "', '" ", 1450 hours', '" " at 16.00hrs', "ditto, 14.55hrs"])
def test_ditto_in_two_marks_and_with_a_time(text: str) -> None:
    assert read_date(text).date.from_row_above
