"""An action's rating follows from its dates, its locks open in order, and its evidence decays."""

from datetime import date

import pytest

from sightline.procedures import action as rules
from sightline.procedures.action import ActionStatus, Evidence, Locks, Rating
from sightline.procedures.errors import NotAllowedNow

DUE = date(2026, 3, 31)
FRESH = [Evidence("completion", date(2026, 3, 1), date(2028, 3, 1)), Evidence("impact", date(2026, 3, 1), date(2027, 3, 1))]
DONE = Locks(date(2026, 3, 2))
ASSURED = Locks(date(2026, 3, 2), date(2026, 3, 3))
DIFFERENT = Locks(date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))


@pytest.mark.parametrize(
    ("status", "locks", "on", "expected"),
    [
        ("on_track", Locks(), date(2026, 3, 31), Rating.DUE_SOON),
        ("on_track", Locks(), date(2026, 4, 1), Rating.OVERDUE),
        ("on_track", Locks(), date(2026, 3, 1), Rating.ON_TIME),
        ("at_risk", Locks(), date(2026, 3, 1), Rating.AT_RISK),
        ("evidence_awaited", DONE, date(2026, 6, 1), Rating.TO_ASSURE),
        ("verified", ASSURED, date(2026, 6, 1), Rating.ASSURED),
        ("verified", DIFFERENT, date(2027, 3, 1), Rating.STALE),
        ("superseded", Locks(), date(2027, 3, 1), Rating.SUPERSEDED),
    ],
)
def test_rating_on_a_day(status, locks, on, expected):
    assert rules.rating(ActionStatus(status), locks, DUE, FRESH, on) == expected


def test_withdrawn_and_stale_evidence_shows_nothing():
    on = date(2026, 4, 1)
    assert rules.shows(FRESH, "impact", on)
    assert not rules.shows(FRESH, "impact", date(2027, 3, 1))
    assert not rules.shows([Evidence("impact", on, None, is_withdrawn=True)], "impact", on)


def test_locks_open_in_order():
    on = date(2026, 4, 1)
    for check, locks in ((rules.check_assured, Locks()), (rules.check_difference, DONE), (rules.check_close, ASSURED)):
        with pytest.raises(NotAllowedNow):
            check(locks, FRESH, on)
    rules.check_close(DIFFERENT, FRESH, on)


def test_every_move_has_somebody_who_makes_it():
    moves = {(start, target) for start, targets in rules.MOVES.items() for target in targets}
    assert set(rules.MADE_BY) == moves
