"""Facts that contradict each other, appointments that were missed, and times without a sight of the child."""

from datetime import date

import pytest

from sightline.procedures.chronology.findings.rules import Settings
from tests.procedures.chronology.findings.made import BEGINS, found, row

CLASHES = [
    ("address", "Mother gave the family's address as 72 Millrace Close.", "Address confirmed as 15 Teasel Drive."),
    ("address", "Family residing at 4 Osier Court per tenancy record.", "H/V to home address, 19 Sedge Row."),
    ("address", "System shows 7 Alder Yard as current address.", "It was confirmed that the family live at 112 Bramble Street."),
    ("household", "MO said MP has moved out and is no longer living in the household.", "MP gave the family home as his own address, lives there full time."),
    ("household", "Relationship over, Rowan left the property last week.", "Rowan stays at the house most nights, on the tenancy."),
    ("household", "Mum reports that her partner no longer resides with them.", "Mum's partner still living with the family."),
    ("injury_date", "CH seen with a healing cut to the chin; MO said it happened on 24 February 2019.", "CH has a cut to the chin. Said to have been hurt on 26/02/2019."),
    ("injury_date", "Bruise to left forearm noted, mum states fall on 01/03/19.", "Bruised forearm, CH said it was done on 27 February 2019."),
]  # fmt: skip
MISSED = [
    "CH was not brought to speech therapy.",
    "Did not attend speech therapy (was not brought).",
    "Speech therapy: WNB.",
    "DNA speech therapy appt.",
    "Tansy not brought for speech and language therapy.",
    "Failed to attend speech therapy clinic.",
    "No show at speech therapy.",
    "The child was not presented at her appointment with the speech therapist.",
]


@pytest.mark.parametrize(("about", "first", "second"), CLASHES)
def test_two_agencies_contradict_each_other(about: str, first: str, second: str) -> None:
    rows = (row("csc", 20, first), row("health", 24, second))

    findings = found("conflict", *rows)

    assert [(finding.about, set(finding.rows)) for finding in findings] == [(about, {each.id for each in rows})]


@pytest.mark.parametrize(("about", "first", "second"), CLASHES)
def test_one_agency_may_change_what_it_says(about: str, first: str, second: str) -> None:
    assert found("conflict", row("csc", 20, first), row("csc", 24, second)) == []


def test_move_between_two_addresses_is_no_contradiction() -> None:
    told = row("csc", 20, "Address confirmed as 15 Teasel Drive.")
    moved = row("school", 22, "Family moved to 9 Saddler Street.")

    assert found("conflict", told, moved, row("health", 24, "Address confirmed as 9 Saddler Street.")) == []


def test_sight_of_the_child_in_one_event() -> None:
    one = row("csc", 20, "Joint home visit with the health visitor. CH seen in pyjamas.", seen="Y")
    other = row("health", 20, "Joint visit with social worker. CH not seen, asleep upstairs.", seen="N")

    [finding] = found("conflict", one, other)

    assert (finding.about, finding.values) == ("child_seen", ("seen", "not seen"))


@pytest.mark.parametrize("text", MISSED)
def test_three_missed_appointments(text: str) -> None:
    rows = [row("health", 20, "CH was not brought to speech therapy."), row("health", 50, text), row("health", 80, "Speech therapy: WNB.")]

    [finding] = found("missed_appointments", *rows)

    assert finding.rows == tuple(each.id for each in rows)


@pytest.mark.parametrize("third", [
    "Speech therapy appointment cancelled by the clinic, staff sickness.", "MO did not attend the core group.", "SIB1 was not brought to speech therapy.",
    "CH was not brought to the eye clinic.",
])  # fmt: skip
def test_what_does_not_make_a_run(third: str) -> None:
    rows = [row("health", 20, "CH was not brought to speech therapy."), row("health", 50, "Speech therapy: WNB."), row("health", 80, third)]

    assert found("missed_appointments", *rows) == []


def test_three_in_more_days_than_the_rule_allows() -> None:
    rows = [row("health", day, "CH was not brought to speech therapy.") for day in (1, 100, 190)]

    assert found("missed_appointments", *rows) == []
    assert len(found("missed_appointments", *rows, settings=Settings(figures={"missed_window_days": 200}))) == 1


@pytest.mark.parametrize(("days", "count"), [(41, 0), (42, 1), (70, 1)])
def test_gap_is_as_long_as_the_rule_says(days: int, count: int) -> None:
    rows = [row("school", 10, "CH read aloud to the class.", seen="Y"), row("csc", 10 + days, "CH seen at home.", seen="Y")]

    findings = found("gap", *rows)

    assert len(findings) == count
    if findings:
        assert (findings[0].start, findings[0].days) == (date.fromordinal(BEGINS.toordinal() + 10), days)
        assert findings[0].said.startswith("No row received shows")


def test_rule_that_is_off_finds_nothing() -> None:
    rows = [row("school", 10, "CH read aloud to the class.", seen="Y"), row("csc", 90, "CH seen at home.", seen="Y")]

    assert found("gap", *rows, settings=Settings(off=frozenset({"gap"}))) == []
