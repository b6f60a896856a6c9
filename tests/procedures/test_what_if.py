"""What if: a rapid review counted from other days, and a case under later rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import rule_sets
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rule_sets import RapidReviewAnchor, RuleSet
from sightline.procedures.rule_sets.rule_set import Period
from sightline.procedures.timescales import ClockState
from sightline.procedures.what_if import AnchorDays, alternatives, upgrade
from sightline.procedures.working_days import WorkingCalendar

CALENDAR = WorkingCalendar.from_file()
NOTIFIED, AWARE, ACCEPTED = RapidReviewAnchor.NOTIFIED_ON, RapidReviewAnchor.AWARE_ON, RapidReviewAnchor.ACCEPTED_ON


def d(text: str) -> date:
    return date.fromisoformat(text)


WT2018, WT2023 = rule_sets.in_force(d("2020-12-18")), rule_sets.in_force(d("2024-02-01"))
# An invented later edition that changes what can be changed.
WTX = replace(WT2023, id="WTX", period=Period(d("2027-01-01"), None), rr_anchor=AWARE, rr_days=20, lcspr_months=9, prepub_days=10)

CHRISTMAS = AnchorDays(aware_on=d("2020-12-18"), notified_on=d("2020-12-29"), accepted_on=d("2020-12-23"))

# aware, notified, accepted: due from each
EXAMPLES = [
    ("2020-12-18", "2020-12-29", None, "2021-01-13", "2021-01-20", None, "example 2.1: notified on the last day"),
    ("2020-12-18", "2020-12-18", None, "2021-01-13", "2021-01-13", None, "example 2.1: notified on the day of awareness"),
    ("2020-12-18", "2020-12-23", None, "2021-01-13", "2021-01-18", None, "example 2.1: notified on the Wednesday"),
    ("2023-04-28", "2023-05-09", None, "2023-05-23", "2023-05-31", None, "example 2.2: over three bank holidays in May 2023"),
    ("2026-12-21", "2026-12-30", None, "2027-01-14", "2027-01-21", None, "example 2.2: over New Year 2027"),
    ("2020-12-18", "2020-12-29", "2020-12-23", "2021-01-13", "2021-01-20", "2021-01-18", "a referral accepted on the Wednesday"),
]


@pytest.mark.parametrize(
    ("aware_on", "notified_on", "accepted_on", "from_aware", "from_notified", "from_accepted", "shows"),
    EXAMPLES,
    ids=[row[6] for row in EXAMPLES],
)
def test_rapid_review_is_due_from_each_anchor_as_practitioners_count_it(
    aware_on: str, notified_on: str, accepted_on: str | None, from_aware: str, from_notified: str, from_accepted: str | None, shows: str
) -> None:
    days = AnchorDays(d(aware_on), d(notified_on), d(accepted_on) if accepted_on else None)

    found = alternatives(days, rules=rule_sets.in_force(d(aware_on)), calendar=CALENDAR, on=d(aware_on))

    assert {row.anchor: row.due_on for row in found} == {
        AWARE: d(from_aware), NOTIFIED: d(from_notified), ACCEPTED: d(from_accepted) if from_accepted else None,
    }  # fmt: skip
    assert [row.anchor for row in found if row.is_used] == [NOTIFIED]


def rows(days: AnchorDays, anchor: RapidReviewAnchor | None = None, rules: RuleSet = WT2018) -> dict[RapidReviewAnchor, str]:
    return {row.anchor: row.sentence for row in alternatives(days, rules=rules, calendar=CALENDAR, on=d("2020-12-30"), anchor=anchor)}


def test_each_row_says_from_what_it_is_counted_and_how_far_it_is_from_the_clock_in_use() -> None:
    assert rows(CHRISTMAS) == {
        NOTIFIED: "Counted from the day the notification was sent to the Panel, Tuesday 29 December 2020: "
        "15 working days end on Wednesday 20 January 2021. This is the clock in use.",
        AWARE: "Counted from the day the local authority became aware, Friday 18 December 2020: "
        "15 working days end on Wednesday 13 January 2021. That is 7 days sooner than the clock in use.",
        ACCEPTED: "Counted from the day the business unit accepted the referral, Wednesday 23 December 2020: "
        "15 working days end on Monday 18 January 2021. That is 2 days sooner than the clock in use.",
    }


def test_partnerships_own_anchor_is_the_one_in_use() -> None:
    told = rows(CHRISTMAS, anchor=AWARE)

    assert told[AWARE].endswith("This is the clock in use.")
    assert told[NOTIFIED].endswith("That is 7 days later than the clock in use.")


def test_same_day_is_said_so() -> None:
    assert rows(replace(CHRISTMAS, aware_on=d("2020-12-29")))[AWARE].endswith("That is the same day as the clock in use.")


def test_day_that_is_not_recorded_gives_a_row_without_a_date() -> None:
    found = alternatives(AnchorDays(aware_on=d("2020-12-18")), rules=WT2018, calendar=CALENDAR, on=d("2020-12-20"))

    by_anchor = {row.anchor: row for row in found}
    unknown = by_anchor[NOTIFIED]
    assert (unknown.started_on, unknown.due_on, unknown.days) == (None, None, ())
    assert unknown.sentence == "Cannot be counted from the day the notification was sent to the Panel: that day is not recorded."
    # Nothing to compare with yet.
    assert by_anchor[AWARE].days_from_used is None
    assert by_anchor[AWARE].sentence.endswith("end on Wednesday 13 January 2021.")


def test_alternative_explains_its_days_and_stands_as_its_clock_does() -> None:
    found = alternatives(CHRISTMAS, rules=WT2018, calendar=CALENDAR, on=d("2021-02-01"), stopped_on=d("2021-01-18"))

    by_anchor = {row.anchor: row for row in found}
    assert by_anchor[AWARE].started_on == d("2020-12-18")
    assert [day.number for day in by_anchor[AWARE].days if day.is_counted] == list(range(1, 16))
    states = {anchor: row.clock.state for anchor, row in by_anchor.items() if row.clock}
    assert states == {NOTIFIED: ClockState.DONE, AWARE: ClockState.DONE_LATE, ACCEPTED: ClockState.DONE}


def test_alternative_beyond_the_known_bank_holidays_says_that_it_is_provisional() -> None:
    assert "This date is provisional" in rows(AnchorDays(notified_on=d("2027-12-20")))[NOTIFIED]


def test_move_to_the_next_guidance_changes_no_clock_of_an_ordinary_case() -> None:
    days = AnchorDays(aware_on=d("2019-06-03"), notified_on=d("2019-06-07"))

    found = upgrade(WT2018, WT2023, days, calendar=CALENDAR, on=d("2019-06-20"), started={"practice_review_completion": d("2019-07-01")})

    assert found.changes == ()
    assert found.sentence == "If this case is moved from WT2018 to WT2023, no clock changes."


def test_move_out_of_the_rules_of_the_pandemic_takes_the_easement_away() -> None:
    stopped = {"serious_incident_notification": d("2020-12-29")}

    found = upgrade(WT2018, WT2023, CHRISTMAS, calendar=CALENDAR, on=d("2021-02-01"), stopped=stopped)

    assert [(change.code, change.old_due_on, change.new_due_on) for change in found.changes] == [
        ("rapid_review", d("2021-01-20"), d("2021-01-20"))
    ]
    assert found.changes[0].sentence == (
        "Rapid review: due on Wednesday 20 January 2021 as before. The Covid-19 easement would no longer stand beside it."
    )
    assert found.sentence == "If this case is moved from WT2018 to WT2023, 1 clock changes."


def test_move_to_rules_with_other_lengths_and_anchor_tells_each_clock_that_changes() -> None:
    found = upgrade(
        WT2023,
        WTX,
        AnchorDays(aware_on=d("2026-11-02"), notified_on=d("2026-11-06")),
        calendar=CALENDAR,
        on=d("2027-01-04"),
        started={"practice_review_completion": d("2026-12-01"), "pre_publication_copy": d("2027-06-30"), "panel_response": d("2026-12-01")},
        stopped={"rapid_review": d("2026-11-30"), "serious_incident_notification": d("2026-11-06"), "tell_partners": d("2026-11-06")},
    )

    assert [change.sentence for change in found.changes] == [
        "Rapid review: due on Friday 27 November 2026 under WT2023, due on Monday 30 November 2026 under WTX. "
        "It would be counted from the day the local authority became aware instead of the day the notification was sent to the Panel. "
        "It would run for 20 working days instead of 15. It would no longer be late.",
        "Local child safeguarding practice review completed and published: due on Tuesday 1 June 2027 under WT2023, "
        "due on Wednesday 1 September 2027 under WTX. It would run for 9 calendar months instead of 6.",
        "Copy to the Panel and the Secretary of State before publication: due on Monday 21 June 2027 under WT2023, "
        "due on Wednesday 16 June 2027 under WTX. It would run for 10 working days instead of 7.",
    ]
    assert found.sentence == "If this case is moved from WT2023 to WTX, 3 clocks change."


def test_move_that_makes_a_finished_review_late_says_by_how_much() -> None:
    rules = replace(WTX, rr_days=15)

    found = upgrade(WT2018, rules, CHRISTMAS, calendar=CALENDAR, on=d("2021-02-01"), stopped={"rapid_review": d("2021-01-18")})

    (change,) = (change for change in found.changes if change.code == "rapid_review")
    assert change.sentence.endswith("It would be 5 days late.")
    assert (change.old_due_on, change.new_due_on) == (d("2021-01-20"), d("2021-01-13"))


def test_partnerships_own_anchor_is_kept_where_it_chose_one_under_both_rules() -> None:
    only_anchor_differs = replace(WTX, rr_days=15, lcspr_months=6, prepub_days=7)

    found = upgrade(WT2023, only_anchor_differs, CHRISTMAS, calendar=CALENDAR, on=d("2021-01-04"), anchor_to=NOTIFIED)

    assert found.changes == ()


ANCHOR_WITHOUT_ITS_DAY = [
    (AnchorDays(notified_on=d("2026-11-06")), "2026-11-27", None, "without a due date under WTX", "That day is not recorded yet."),
    (AnchorDays(aware_on=d("2026-11-02")), None, "2026-11-30", "without a due date under WT2023", "sent to the Panel."),
]


@pytest.mark.parametrize(("days", "old", "new", "says", "ends"), ANCHOR_WITHOUT_ITS_DAY, ids=["new anchor", "old anchor"])
def test_clock_whose_first_day_is_not_recorded_has_no_due_date(days: AnchorDays, old: str, new: str, says: str, ends: str) -> None:
    (change,) = upgrade(WT2023, WTX, days, calendar=CALENDAR, on=d("2026-11-10")).changes

    assert (change.old_due_on, change.new_due_on) == (d(old) if old else None, d(new) if new else None)
    assert says in change.sentence
    assert change.sentence.endswith(ends)


def test_case_without_any_day_has_no_clock_to_change() -> None:
    assert upgrade(WT2023, WTX, AnchorDays(), calendar=CALENDAR, on=d("2026-11-10")).changes == ()


def test_corrected_edition_is_later_than_the_one_before_and_named_by_its_edition() -> None:
    found = upgrade(WT2023, replace(WT2023, edition=2), CHRISTMAS, calendar=CALENDAR, on=d("2021-01-04"))

    assert found.sentence == "If this case is moved from edition 1 of WT2023 to edition 2 of WT2023, no clock changes."


@pytest.mark.parametrize(("rules_from", "rules_to"), [(WT2023, WT2018), (WT2023, WT2023), (replace(WT2018, edition=2), WT2018)])
def test_case_is_never_moved_to_earlier_rules(rules_from: RuleSet, rules_to: RuleSet) -> None:
    with pytest.raises(NotAllowedNow, match="A case can be moved only to later rules: .* does not come after .*leave the case under them"):
        upgrade(rules_from, rules_to, CHRISTMAS, calendar=CALENDAR, on=d("2021-01-04"))


@given(
    aware_on=st.dates(date(2018, 7, 1), date(2027, 9, 1)),
    to_notified=st.integers(0, 30),
    rules=st.sampled_from(rule_sets.all_rule_sets()),
)
def test_counting_from_awareness_never_ends_after_counting_from_notification(aware_on: date, to_notified: int, rules: RuleSet) -> None:
    days = AnchorDays(aware_on=aware_on, notified_on=aware_on + timedelta(days=to_notified))

    by_anchor = {row.anchor: row for row in alternatives(days, rules=rules, calendar=CALENDAR, on=aware_on)}

    assert by_anchor[AWARE].days_from_used is not None
    assert by_anchor[AWARE].days_from_used <= 0 == by_anchor[NOTIFIED].days_from_used
