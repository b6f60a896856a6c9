"""Reminders, the ladder by which lateness climbs, and punctuality by agency and quarter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.chasing import Asked, due_letters, ladder, punctuality, recipients, schedule, whom
from sightline.procedures.working_days import WorkingCalendar

CALENDAR = WorkingCalendar.from_file()
CODES = [rung.code for rung in ladder()]
ASKED_ON, DUE_ON = date(2020, 12, 30), date(2021, 1, 13)


def d(text: str) -> date:
    return date.fromisoformat(text)


def codes_due(on: str, *, asked_on: date = ASKED_ON, submitted_on: date | None = None, already_sent: tuple[str, ...] = ()) -> list[str]:
    letters = due_letters(
        asked_on=asked_on, due_on=DUE_ON, submitted_on=submitted_on, on=d(on), calendar=CALENDAR, already_sent=already_sent
    )
    return [letter.rung.code for letter in letters]


# asked on Wednesday 30 December 2020, due on Wednesday 13 January 2021: rung, day, whom
LADDER = [
    ("first_reminder", "2021-01-06", ["person_asked"]),
    ("last_reminder", "2021-01-12", ["person_asked"]),
    ("late_to_lead", "2021-01-14", ["person_asked", "agency_lead"]),
    ("late_to_alternate", "2021-01-15", ["agency_lead", "agency_alternate"]),
    ("late_to_executive", "2021-01-18", ["named_executive"]),
    ("late_to_partners", "2021-01-19", ["partners_delegates"]),
]


def test_ladder_climbs_from_the_person_asked_to_the_partners_by_day_fourteen() -> None:
    letters = schedule(asked_on=ASKED_ON, due_on=DUE_ON, calendar=CALENDAR)

    assert [(letter.rung.code, letter.on.isoformat(), list(letter.rung.to)) for letter in letters] == LADDER
    assert all(letter.rung.title for letter in letters)


@pytest.mark.parametrize(("code", "on"), [(row[0], row[1]) for row in LADDER])
def test_rung_is_due_on_its_day_when_those_before_were_sent(code: str, on: str) -> None:
    assert codes_due(on, already_sent=tuple(CODES[: CODES.index(code)])) == [code]
    assert codes_due(on, already_sent=tuple(CODES[: CODES.index(code) + 1])) == []


@pytest.mark.parametrize("on", ["2021-01-05", "2021-01-13"])
def test_nothing_is_due_between_rungs(on: str) -> None:
    sent = tuple(code for code, day, _ in LADDER if day < on)

    assert codes_due(on, already_sent=sent) == []


def test_weekend_waits_for_monday() -> None:
    sent = ("first_reminder", "last_reminder", "late_to_lead")

    assert codes_due("2021-01-16", already_sent=sent) == []
    assert codes_due("2021-01-18", already_sent=sent) == ["late_to_alternate", "late_to_executive"]


def test_after_an_outage_reminders_are_dropped_and_lateness_is_made_good() -> None:
    assert codes_due("2021-01-18") == ["late_to_lead", "late_to_alternate", "late_to_executive"]


def test_of_two_missed_reminders_only_the_later_is_sent() -> None:
    assert codes_due("2021-01-12") == ["last_reminder"]
    assert codes_due("2021-01-13") == ["last_reminder"]


def test_agency_asked_late_gets_no_reminder_on_the_day_of_asking() -> None:
    assert codes_due("2021-01-12", asked_on=d("2021-01-12")) == []
    assert codes_due("2021-01-14", asked_on=d("2021-01-12")) == ["late_to_lead"]


def test_nothing_is_sent_after_submission() -> None:
    assert codes_due("2021-01-19", submitted_on=d("2021-01-14")) == []


def test_day_moved_later_does_not_go_down_the_ladder() -> None:
    letters = due_letters(
        asked_on=ASKED_ON, due_on=d("2021-01-20"), submitted_on=None, on=d("2021-01-19"), calendar=CALENDAR, already_sent=["late_to_lead"]
    )

    assert letters == ()


def test_nobody_is_called_late_by_a_provisional_day() -> None:
    due_on = d("2028-01-12")
    asked = {"asked_on": d("2027-12-22"), "due_on": due_on, "submitted_on": None, "calendar": CALENDAR, "is_provisional": True}

    assert [letter.rung.code for letter in due_letters(on=d("2028-01-11"), already_sent=[], **asked)] == ["last_reminder"]  # type: ignore[arg-type]
    assert due_letters(on=d("2028-01-13"), already_sent=[], **asked) == ()  # type: ignore[arg-type]


DAYS = st.dates(date(2018, 7, 2), date(2027, 11, 30))


@given(DAYS, st.integers(0, 30), st.sets(st.integers(0, 60)), st.none() | st.integers(0, 60))
def test_ladder_never_repeats_never_goes_down_and_is_silent_after_submission(
    asked_on: date, days_to_answer: int, worker_ran: set[int], submitted_after: int | None
) -> None:
    due_on = asked_on + timedelta(days=days_to_answer)
    submitted_on = None if submitted_after is None else asked_on + timedelta(days=submitted_after)
    sent: list[tuple[str, date]] = []
    for day in sorted(worker_ran):
        on = asked_on + timedelta(days=day)
        for _ in range(2):  # the worker may run again on the same day
            letters = due_letters(
                asked_on=asked_on,
                due_on=due_on,
                submitted_on=submitted_on if submitted_on is not None and submitted_on <= on else None,
                on=on,
                calendar=CALENDAR,
                already_sent={code for code, _ in sent},
            )
            sent += [(letter.rung.code, on) for letter in letters]

    codes = [code for code, _ in sent]
    assert codes == sorted(set(codes), key=CODES.index)
    assert all(CALENDAR.is_working_day(on) and on > asked_on for _, on in sent)
    assert all(submitted_on is None or on < submitted_on for _, on in sent)
    assert all((on <= due_on) is (code in {"first_reminder", "last_reminder"}) for code, on in sent)


@given(DAYS, st.integers(0, 30))
def test_silent_agency_gets_each_late_rung_exactly_once_if_the_worker_runs_daily(asked_on: date, days_to_answer: int) -> None:
    due_on = asked_on + timedelta(days=days_to_answer)
    sent: list[str] = []
    for day in range(60):
        letters = due_letters(
            asked_on=asked_on,
            due_on=due_on,
            submitted_on=None,
            on=asked_on + timedelta(days=day),
            calendar=CALENDAR,
            already_sent=sent,
        )
        assert len(letters) <= 1
        sent += [letter.rung.code for letter in letters]

    assert sent == [letter.rung.code for letter in schedule(asked_on=asked_on, due_on=due_on, calendar=CALENDAR)]
    assert sent[-4:] == CODES[2:]


PEOPLE = {
    "person_asked": ["ann"],
    "agency_lead": ["ben"],
    "agency_alternate": ["cat"],
    "named_executive": ["dan"],
    "partners_delegates": ["eve", "flo", "gus"],
}
# rung, who is connected with the case or not named, whom it reaches
REACHED = [
    ("first_reminder", [], ["ann"]),
    ("late_to_lead", [], ["ann", "ben"]),
    ("late_to_lead", ["ben"], ["ann", "cat"]),
    ("late_to_alternate", ["ben"], ["cat"]),
    ("late_to_alternate", ["ben", "cat"], ["dan"]),
    ("late_to_executive", ["dan"], ["eve", "flo", "gus"]),
    ("late_to_partners", ["flo"], ["eve", "gus"]),
    ("late_to_partners", ["eve", "flo", "gus"], []),
]


@pytest.mark.parametrize(("code", "connected", "reached"), REACHED)
def test_rung_follows_the_alternate_route_around_whoever_is_connected(code: str, connected: list[str], reached: list[str]) -> None:
    rung = ladder()[CODES.index(code)]

    assert list(whom(rung, PEOPLE, connected=connected)) == reached


def test_rung_reaches_the_next_one_up_where_nobody_is_named() -> None:
    rung = ladder()[CODES.index("late_to_executive")]

    assert whom(rung, {**PEOPLE, "named_executive": []}) == ("eve", "flo", "gus")


@given(st.sets(st.sampled_from(["ann", "ben", "cat", "dan", "eve", "flo", "gus"])), st.sampled_from(CODES))
def test_no_letter_reaches_anyone_connected_or_anyone_twice(connected: set[str], code: str) -> None:
    reached = whom(ladder()[CODES.index(code)], PEOPLE, connected=connected)

    assert not set(reached) & connected
    assert len(set(reached)) == len(reached)


def test_every_recipient_of_the_ladder_has_words() -> None:
    assert set(recipients()) == set(PEOPLE)
    assert all(recipients().values())


REQUESTS = [
    Asked("police", d("2020-10-14"), d("2020-10-14")),
    Asked("police", d("2020-11-11"), d("2020-11-12")),
    Asked("police", d("2020-12-09"), d("2020-12-01"), is_nil=True),
    Asked("police", d("2020-12-16"), None),
    Asked("police", d("2021-01-13"), d("2021-01-05")),
    Asked("school", d("2020-12-16"), d("2021-01-20"), is_nil=True),
    Asked("school", d("2028-01-10"), d("2028-01-11"), is_provisional=True),
]


def test_punctuality_is_told_by_agency_and_quarter_with_its_denominator() -> None:
    rows = punctuality(REQUESTS, on=d("2021-01-12"))

    told = [
        (row.agency, row.quarter.label, row.asked, row.on_time, row.late, row.unanswered, row.not_yet_due, row.nil, row.sentence)
        for row in rows
    ]
    assert told == [
        ("police", "October to December 2020", 4, 2, 1, 1, 0, 1, "2 of 4 on time"),
        ("police", "January to March 2021", 1, 0, 0, 0, 1, 0, "None due yet"),
        ("school", "October to December 2020", 1, 0, 0, 1, 0, 0, "0 of 1 on time"),
        ("school", "January to March 2028", 1, 0, 0, 0, 1, 0, "None due yet"),
    ]
    assert [row.share_on_time for row in rows] == [0.5, None, 0.0, None]


def test_late_answer_stops_being_silence_once_it_is_there() -> None:
    rows = punctuality(REQUESTS, on=d("2021-01-20"))
    school = next(row for row in rows if row.agency == "school")

    assert (school.late, school.unanswered, school.nil) == (1, 0, 1)


def test_provisional_day_makes_nobody_late() -> None:
    last = punctuality(REQUESTS, on=d("2028-02-01"))[-1]

    assert (last.agency, last.late, last.not_yet_due) == ("school", 0, 1)


@given(
    st.lists(
        st.builds(
            Asked,
            agency=st.sampled_from(["a", "b"]),
            due_on=DAYS,
            submitted_on=st.none() | DAYS,
            is_nil=st.booleans(),
            is_provisional=st.booleans(),
        ),
        max_size=20,
    ),
    DAYS,
)
def test_every_request_is_counted_once(requests: list[Asked], on: date) -> None:
    rows = punctuality(requests, on=on)

    assert sum(row.asked for row in rows) == len(requests)
    assert all(row.asked == row.measured + row.not_yet_due and row.nil <= row.asked for row in rows)
    assert all(row.share_on_time is None or 0 <= row.share_on_time <= 1 for row in rows)
