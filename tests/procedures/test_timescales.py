"""Clocks: each length as practitioners know it, worked examples, and how a clock stands on a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import rule_sets
from sightline.procedures.timescales import (
    ClockState,
    Standing,
    all_timescales,
    clock,
    due_at_from,
    due_from,
    rapid_review,
    serious_incident_notification,
    state_of,
    timescale,
    yearly_report_clock,
)
from sightline.procedures.working_days import WorkingCalendar

CALENDAR = WorkingCalendar.from_file()


def d(text: str) -> date:
    return date.fromisoformat(text)


# code, length, unit, force, who is late: appendix A of the partnership's own reference, line by line
CLOCKS = [
    ("serious_incident_notification", 5, "working_days", "statutory", "local authority"),
    ("tell_partners", 5, "working_days", "guidance", "local authority"),
    ("rapid_review", 15, "working_days", "guidance", "safeguarding partners"),
    ("agency_summary", 10, "working_days", "local", "each agency"),
    ("panel_response", 15, "chase", "local", "nobody: no limit is set"),
    ("practice_review_completion", 6, "months", "guidance", "safeguarding partners"),
    ("pre_publication_copy", 7, "working_days_back", "statutory", "safeguarding partners"),
    ("review_stays_public", 12, "months", "guidance", "safeguarding partners"),
    ("yearly_report_2018", 12, "months", "statutory", "safeguarding partners"),
    ("yearly_report_2023", 0, "day_of_year", "guidance", "safeguarding partners"),
    ("yearly_report_copy", 7, "days", "guidance", "business unit"),
    ("child_and_family_assessment", 45, "working_days", "guidance", "local authority"),
    ("initial_child_protection_conference", 15, "working_days", "guidance", "local authority"),
    ("core_group", 10, "working_days", "guidance", "local authority"),
    ("first_review_conference", 3, "months", "guidance", "local authority"),
    ("later_review_conference", 6, "months", "guidance", "local authority"),
    ("referral_decision", 1, "working_days", "guidance", "local authority"),
    ("return_home_interview", 72, "hours", "guidance", "local authority"),
    ("allegation_referral", 1, "working_days", "guidance", "employer"),
    ("initial_health_assessment", 20, "working_days", "statutory", "local authority and NHS"),
    ("subject_access_request", 1, "months", "statutory", "host body"),
    ("freedom_of_information_request", 20, "working_days", "statutory", "host body"),
    ("committee_papers", 5, "clear_working_days_back", "statutory", "council"),
    ("scrutiny_response", 2, "months", "statutory", "executive"),
    ("break_glass_review", 1, "working_days", "local", "information governance lead"),
    ("immediate_concern", 0, "working_days", "local", "duty person"),
]


@pytest.mark.parametrize(("code", "length", "unit", "force", "late"), CLOCKS, ids=[row[0] for row in CLOCKS])
def test_clock_is_as_long_as_practitioners_know_it(code: str, length: int, unit: str, force: str, late: str) -> None:
    row = timescale(code)

    assert (row.number(rule_sets.in_force(d("2026-11-23"))), row.unit, row.force, row.late) == (length, unit, force, late)
    assert row.is_statutory == (force == "statutory")


def test_no_clock_is_missing_from_the_table_above() -> None:
    assert list(all_timescales()) == [row[0] for row in CLOCKS]


@pytest.mark.parametrize("code", list(all_timescales()))
def test_clock_says_what_starts_it_what_stops_it_and_its_source(code: str) -> None:
    row = timescale(code)

    assert row.name and row.starts and row.stops and row.source
    assert row.to_on is None or row.from_on < row.to_on


DUE = [
    ("serious_incident_notification", "2020-12-18", "2020-12-29", "aware on the Friday before Christmas"),
    ("serious_incident_notification", "2020-12-19", "2020-12-29", "aware on the Saturday"),
    ("serious_incident_notification", "2021-03-30", "2021-04-08", "over Easter"),
    ("serious_incident_notification", "2022-09-14", "2022-09-22", "over the State Funeral"),
    ("serious_incident_notification", "2022-05-27", "2022-06-07", "over the Jubilee"),
    ("serious_incident_notification", "2023-04-28", "2023-05-09", "over the coronation"),
    ("serious_incident_notification", "2026-12-21", "2026-12-30", "over Christmas 2026"),
    ("tell_partners", "2020-12-18", "2020-12-29", "the same five days"),
    ("rapid_review", "2020-12-29", "2021-01-20", "notified on the last day"),
    ("rapid_review", "2020-12-18", "2021-01-13", "notified on the day of awareness, or counted from it"),
    ("rapid_review", "2020-12-23", "2021-01-18", "notified on the Wednesday"),
    ("rapid_review", "2023-05-09", "2023-05-31", "over the spring holiday"),
    ("rapid_review", "2026-12-30", "2027-01-21", "over New Year 2027"),
    ("practice_review_completion", "2020-12-15", "2021-06-15", "due June 2021"),
    ("practice_review_completion", "2020-08-31", "2021-02-28", "February is shorter"),
    ("pre_publication_copy", "2021-06-30", "2021-06-21", "published on a Wednesday"),
    ("pre_publication_copy", "2021-04-06", "2021-03-24", "published after Easter"),
    ("pre_publication_copy", "2021-01-04", "2020-12-21", "published after New Year"),
    ("yearly_report_2023", "2024-03-31", "2024-09-30", "report for 2023/24"),
    ("yearly_report_2023", "2025-03-31", "2025-09-30", "report for 2024/25"),
    ("yearly_report_2018", "2020-09-15", "2021-09-15", "a year after the one before"),
    ("yearly_report_copy", "2025-09-24", "2025-10-01", "seven days, not working days"),
    ("child_and_family_assessment", "2021-02-01", "2021-04-07", "forty-five working days over Easter"),
    ("initial_child_protection_conference", "2020-12-15", "2021-01-08", "fifteen working days over Christmas"),
    ("subject_access_request", "2025-01-31", "2025-02-28", "received on the last day of January"),
    ("committee_papers", "2021-03-10", "2021-03-02", "five clear days before a Wednesday"),
    ("immediate_concern", "2026-11-21", "2026-11-21", "the same day, though it is a Saturday"),
]


@pytest.mark.parametrize(("code", "start", "due_on", "shows"), DUE, ids=[f"{row[0]}: {row[3]}" for row in DUE])
def test_due_date_as_practitioners_count_it(code: str, start: str, due_on: str, shows: str) -> None:
    deadline = due_from(code, d(start), calendar=CALENDAR)

    assert deadline.due_on == d(due_on)
    assert deadline.explanation
    assert not deadline.provisional


def test_local_default_of_agency_returns_can_be_changed() -> None:
    assert due_from("agency_summary", d("2026-11-02"), length=8).due_on == d("2026-11-12")


@pytest.mark.parametrize("start_at", [datetime(2026, 3, 27, 18, tzinfo=ZoneInfo("Europe/London")), datetime(2026, 3, 27, 18, tzinfo=UTC)])
def test_hours_are_elapsed_hours_over_the_change_to_summer_time(start_at: datetime) -> None:
    due_at = due_at_from("return_home_interview", start_at)

    assert due_at.astimezone(UTC) - start_at.astimezone(UTC) == timedelta(hours=72)


def test_hours_in_london_keep_the_clock_that_people_see() -> None:
    due_at = due_at_from("return_home_interview", datetime(2026, 3, 27, 18, tzinfo=ZoneInfo("Europe/London")))

    assert f"{due_at:%d %H:%M %Z}" == "30 19:00 BST"


def test_clock_in_hours_and_clock_in_days_are_not_confused() -> None:
    with pytest.raises(ValueError, match="ask due_at_from"):
        due_from("return_home_interview", d("2026-11-02"))
    with pytest.raises(ValueError, match="ask due_from"):
        due_at_from("rapid_review", datetime(2026, 11, 2, tzinfo=UTC))


YEARLY = [("2021-03-31", "yearly_report_2018"), ("2023-03-31", "yearly_report_2018"), ("2024-03-31", "yearly_report_2023")]


@pytest.mark.parametrize(("period_end_on", "code"), YEARLY)
def test_yearly_report_follows_the_rule_in_force_at_the_end_of_its_period(period_end_on: str, code: str) -> None:
    assert yearly_report_clock(d(period_end_on)).code == code


# due on Wednesday 20 January 2021
STANDINGS = [
    (None, "2021-01-11", Standing(ClockState.ON_TIME, working_days_left=7), "well before"),
    (None, "2021-01-15", Standing(ClockState.ON_TIME, working_days_left=3), "three working days left"),
    (None, "2021-01-16", Standing(ClockState.ON_TIME, working_days_left=3), "a Saturday uses up no working day"),
    (None, "2021-01-18", Standing(ClockState.DUE_SOON, working_days_left=2), "two working days left"),
    (None, "2021-01-20", Standing(ClockState.DUE_SOON, is_due_today=True), "the day itself lasts until its end"),
    (None, "2021-01-21", Standing(ClockState.LATE, 1, 1), "the day after"),
    (None, "2021-01-25", Standing(ClockState.LATE, 5, 3), "five days, three of them working days"),
    ("2021-01-20", "2021-02-01", Standing(ClockState.DONE), "done on the last day"),
    ("2021-01-04", "2021-02-01", Standing(ClockState.DONE), "done early"),
    ("2021-01-22", "2021-02-01", Standing(ClockState.DONE_LATE, 2, 2), "done two days late, however long ago"),
]


@pytest.mark.parametrize(("stopped_on", "on", "standing", "shows"), STANDINGS, ids=[row[3] for row in STANDINGS])
def test_clock_stands_as_one_would_say_it(stopped_on: str | None, on: str, standing: Standing, shows: str) -> None:
    assert state_of(d("2021-01-20"), d(stopped_on) if stopped_on else None, d(on), calendar=CALENDAR) == standing


def test_provisional_date_calls_nothing_late() -> None:
    due_on = d("2028-01-10")

    assert state_of(due_on, None, d("2028-01-03"), is_provisional=True).state is ClockState.PROVISIONAL
    assert state_of(due_on, None, d("2028-01-11"), is_provisional=True).state is ClockState.PROVISIONAL
    assert state_of(due_on, d("2028-01-11"), d("2028-01-12"), is_provisional=True).state is ClockState.PROVISIONAL
    assert state_of(due_on, d("2028-01-10"), d("2028-01-12"), is_provisional=True).state is ClockState.DONE


@given(due_on=st.dates(date(2018, 2, 1), date(2027, 6, 1)), on=st.dates(date(2018, 2, 1), date(2027, 6, 1)))
def test_clock_is_late_exactly_when_its_day_is_over(due_on: date, on: date) -> None:
    open_clock, stopped = state_of(due_on, None, on), state_of(due_on, on, date(2027, 12, 31))

    assert (open_clock.state is ClockState.LATE) == (on > due_on)
    assert (stopped.state is ClockState.DONE_LATE) == (on > due_on)
    assert open_clock.days_late == stopped.days_late == max(0, (on - due_on).days)


def test_notification_clock_tells_its_day_and_how_long_is_left() -> None:
    found = serious_incident_notification(d("2020-12-18"), rules=rule_sets.in_force(d("2020-12-18")), calendar=CALENDAR, on=d("2020-12-27"))

    assert (found.day_of, found.state, found.length) == ("Day 4 of 5", ClockState.DUE_SOON, 5)
    assert found.sentence == "Due on Tuesday 29 December 2020, 1 working day left."
    assert [day.number for day in found.days if day.is_counted] == [1, 2, 3, 4, 5]


def test_late_notification_of_the_pandemic_is_plainly_late() -> None:
    rules = rule_sets.in_force(d("2020-12-18"))

    found = serious_incident_notification(d("2020-12-18"), rules=rules, calendar=CALENDAR, on=d("2021-06-01"), stopped_on=d("2020-12-31"))

    assert (found.is_late, found.days_late, found.easements) == (True, 2, ())
    assert found.sentence == "Done on Thursday 31 December 2020, 2 days late."


def test_late_rapid_review_of_the_pandemic_names_the_easement() -> None:
    rules = rule_sets.in_force(d("2020-12-18"))

    found = rapid_review(d("2020-12-29"), rules=rules, calendar=CALENDAR, on=d("2021-01-25"))

    assert found.state is ClockState.LATE
    assert found.sentence == "Was due on Wednesday 20 January 2021, 5 days late (easement in force)."


SENTENCES = [
    ("2026-11-20", None, "Due on Friday 27 November 2026, 5 working days left."),
    ("2026-11-27", None, "Due today, Friday 27 November 2026."),
    ("2026-11-28", None, "Was due on Friday 27 November 2026, 1 day late."),
    ("2026-11-30", "2026-11-26", "Done on Thursday 26 November 2026, on time."),
]


@pytest.mark.parametrize(("on", "stopped_on", "sentence"), SENTENCES)
def test_clock_says_in_one_sentence_how_it_stands(on: str, stopped_on: str | None, sentence: str) -> None:
    rules = rule_sets.in_force(d("2026-11-20"))

    found = serious_incident_notification(
        d("2026-11-20"), rules=rules, calendar=CALENDAR, on=d(on), stopped_on=d(stopped_on) if stopped_on else None
    )

    assert found.sentence == sentence


def test_clock_beyond_the_known_bank_holidays_says_that_it_is_provisional() -> None:
    rules = rule_sets.in_force(d("2027-12-20"))

    found = rapid_review(d("2027-12-20"), rules=rules, calendar=CALENDAR, on=d("2027-12-21"))
    later = rapid_review(d("2027-12-20"), rules=rules, calendar=CALENDAR, on=d("2028-03-01"))
    done = rapid_review(d("2027-12-20"), rules=rules, calendar=CALENDAR, on=d("2028-03-01"), stopped_on=d("2028-02-28"))

    assert (found.state, found.is_provisional) == (ClockState.PROVISIONAL, True)
    assert "provisional: bank holidays not yet known" in found.sentence
    assert later.sentence.startswith("Was expected by")
    assert "depends on bank holidays not yet known" in done.sentence


def test_clock_in_months_counts_no_days() -> None:
    rules = rule_sets.in_force(d("2020-12-15"))

    found = clock("practice_review_completion", d("2020-12-15"), on=d("2021-01-10"), rules=rules, calendar=CALENDAR)

    assert (found.day_of, found.due_on, found.days) == ("", d("2021-06-15"), ())


def test_every_state_has_a_plain_label() -> None:
    assert len({state.label for state in ClockState}) == len(ClockState)
