"""What if: a rapid review counted from another day than the one in use, and the clocks of a case under later rules.

Nothing here moves a clock. The real one stands beside it, and a case is moved to later rules only by a reasoned act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from sightline.procedures import timescales
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rule_sets import RapidReviewAnchor, RuleSet
from sightline.procedures.timescales import Clock
from sightline.procedures.working_days import CountedDay, WorkingCalendar, long_date

NONE_GIVEN: Final[Mapping[str, date]] = MappingProxyType({})

FROM_AWARENESS: Final = ("serious_incident_notification", "tell_partners")
FROM_ANCHOR: Final = "rapid_review"

_UNITS: Final[Mapping[str, str]] = {"months": "calendar months", "days": "days"}


@dataclass(frozen=True)
class AnchorDays:
    """The days from which a rapid review has been counted in practice, recorded or supposed; empty where there is none yet."""

    aware_on: date | None = None
    notified_on: date | None = None
    accepted_on: date | None = None

    def of(self, anchor: RapidReviewAnchor) -> date | None:
        return {
            RapidReviewAnchor.AWARE_ON: self.aware_on,
            RapidReviewAnchor.NOTIFIED_ON: self.notified_on,
            RapidReviewAnchor.ACCEPTED_ON: self.accepted_on,
        }[anchor]


@dataclass(frozen=True)
class Alternative:
    """A rapid review's clock from one of the days that it might be counted from; `days_from_used` is how much later it ends."""

    anchor: RapidReviewAnchor
    clock: Clock | None
    is_used: bool
    days_from_used: int | None

    @property
    def started_on(self) -> date | None:
        return self.clock.started_on if self.clock else None

    @property
    def due_on(self) -> date | None:
        return self.clock.due_on if self.clock else None

    @property
    def days(self) -> tuple[CountedDay, ...]:
        return self.clock.days if self.clock else ()

    @property
    def sentence(self) -> str:
        """What this row says, beside the clock in use."""
        if self.clock is None:
            return f"Cannot be counted from {self.anchor.label}: that day is not recorded."
        text = (
            f"Counted from {self.anchor.label}, {long_date(self.clock.started_on)}: "
            f"{self.clock.length} working days end on {long_date(self.clock.due_on)}."
        )
        if self.clock.is_provisional:
            text += " This date is provisional: some bank holidays are not known yet."
        return text + self._beside_the_clock_in_use()

    def _beside_the_clock_in_use(self) -> str:
        if self.is_used:
            return " This is the clock in use."
        if self.days_from_used is None:
            return ""
        if self.days_from_used == 0:
            return " That is the same day as the clock in use."
        return f" That is {_in_days(abs(self.days_from_used))} {'later' if self.days_from_used > 0 else 'sooner'} than the clock in use."


def alternatives(
    days: AnchorDays,
    *,
    rules: RuleSet,
    calendar: WorkingCalendar,
    on: date,
    stopped_on: date | None = None,
    anchor: RapidReviewAnchor | None = None,
) -> tuple[Alternative, ...]:
    """A rapid review counted from each anchor; the one in use is the partnership's own choice, or else what the rule set names."""
    used = anchor or rules.rr_anchor
    clocks = {
        each: timescales.rapid_review(start, rules=rules, calendar=calendar, on=on, stopped_on=stopped_on)
        for each in RapidReviewAnchor
        if (start := days.of(each)) is not None
    }
    in_use = clocks.get(used)
    return tuple(
        Alternative(
            each,
            clocks.get(each),
            is_used=each is used,
            days_from_used=(clocks[each].due_on - in_use.due_on).days if in_use and each in clocks else None,
        )
        for each in RapidReviewAnchor
    )


@dataclass(frozen=True)
class ClockChange:
    """A clock of a case that would change under later rules; empty on a side on which its first day is not recorded."""

    code: str
    old: Clock | None
    new: Clock | None
    sentence: str

    @property
    def old_due_on(self) -> date | None:
        return self.old.due_on if self.old else None

    @property
    def new_due_on(self) -> date | None:
        return self.new.due_on if self.new else None


@dataclass(frozen=True)
class Upgrade:
    """What moving a case to later rules would do to its clocks, to be read before anybody decides it."""

    rules_from: RuleSet
    rules_to: RuleSet
    changes: tuple[ClockChange, ...]

    @property
    def sentence(self) -> str:
        number = len(self.changes)
        what = "no clock changes" if not number else "1 clock changes" if number == 1 else f"{number} clocks change"
        return f"If this case is moved from {_name(self.rules_from, self.rules_to)} to {_name(self.rules_to, self.rules_from)}, {what}."


def upgrade(
    rules_from: RuleSet,
    rules_to: RuleSet,
    days: AnchorDays,
    *,
    calendar: WorkingCalendar,
    on: date,
    started: Mapping[str, date] = NONE_GIVEN,
    stopped: Mapping[str, date] = NONE_GIVEN,
    anchor_from: RapidReviewAnchor | None = None,
    anchor_to: RapidReviewAnchor | None = None,
) -> Upgrade:
    """Which clocks of a case would change under later rules.

    Notification and rapid review start from `days`; `started` gives the first day of any other clock of the case, and `stopped` the day on
    which a clock ended, both by the clock's code. An anchor is given where the partnership chose its own under those rules.
    """
    if _order(rules_to) <= _order(rules_from):
        raise NotAllowedNow(
            f"A case can be moved only to later rules: {_name(rules_to, rules_from)} does not come after {_name(rules_from, rules_to)}. "
            f"Choose rules that came after {_name(rules_from, rules_to)}, or leave the case under them."
        )
    anchors = anchor_from or rules_from.rr_anchor, anchor_to or rules_to.rr_anchor
    first_days = {**dict.fromkeys(FROM_AWARENESS, (days.aware_on, days.aware_on)), FROM_ANCHOR: (days.of(anchors[0]), days.of(anchors[1]))}
    first_days |= {code: (start, start) for code, start in started.items()}
    changes = []
    for code, starts in first_days.items():
        old, new = (
            timescales.clock(code, start, on=on, rules=rules, calendar=calendar, stopped_on=stopped.get(code)) if start else None
            for start, rules in zip(starts, (rules_from, rules_to), strict=True)
        )
        if reasons := _differences(old, new, anchors if code == FROM_ANCHOR else None):
            sentence = " ".join([_due_dates(code, old, new, rules_from, rules_to), *reasons])
            changes.append(ClockChange(code, old, new, sentence))
    return Upgrade(rules_from, rules_to, tuple(changes))


def _due_dates(code: str, old: Clock | None, new: Clock | None, rules_from: RuleSet, rules_to: RuleSet) -> str:
    name = timescales.timescale(code).name
    if old and new and old.due_on == new.due_on:
        return f"{name}: due on {long_date(old.due_on)} as before."
    before, after = (f"due on {long_date(clock.due_on)}" if clock else "without a due date" for clock in (old, new))
    return f"{name}: {before} under {_name(rules_from, rules_to)}, {after} under {_name(rules_to, rules_from)}."


def _differences(old: Clock | None, new: Clock | None, anchors: tuple[RapidReviewAnchor, RapidReviewAnchor] | None) -> list[str]:
    """Why and in what two clocks differ, one sentence each; none where they are the same or neither has begun."""
    if old is None and new is None:
        return []
    found = []
    if anchors and anchors[0] is not anchors[1]:
        found.append(f"It would be counted from {anchors[1].label} instead of {anchors[0].label}.")
        if new is None:
            found.append("That day is not recorded yet.")
    if old is None or new is None:
        return found
    if old.length != new.length:
        unit = _UNITS.get(new.timescale.unit, "working days")
        found.append(f"It would run for {new.length} {unit} instead of {old.length}.")
    found += [f"The {gone.title} would no longer stand beside it." for gone in old.easements if gone not in new.easements]
    found += [f"The {come.title} would stand beside it." for come in new.easements if come not in old.easements]
    if old.days_late != new.days_late:
        found.append(f"It would be {_in_days(new.days_late)} late." if new.days_late else "It would no longer be late.")
    return found


def _order(rules: RuleSet) -> tuple[date, int]:
    return rules.period.from_on or date.min, rules.edition


def _name(rules: RuleSet, other: RuleSet) -> str:
    """The name of a rule set beside another: with its edition where both are editions of the same guidance."""
    return f"edition {rules.edition} of {rules}" if rules.id == other.id else str(rules)


def _in_days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
