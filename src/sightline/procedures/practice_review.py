"""The statuses of a local child safeguarding practice review, the moves between them, who may make each, and what a move needs."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from sightline.procedures import moves
from sightline.procedures.case_review import MadeBy
from sightline.procedures.working_days import WorkingCalendar, add_months, long_date

METHODS: Final = [
    ("systems", "Systems review with practitioners (SILP)"), ("welsh", "Welsh model"), ("scie", "Learning Together (SCIE)"),
    ("appreciative", "Appreciative review"), ("bespoke", "A method of our own"),
]  # fmt: skip


class PracticeReviewStatus(StrEnum):
    """How far a practice review has come."""

    COMMISSIONED = "commissioned"
    SCOPING = "scoping"
    INFORMATION_GATHERING = "information_gathering"
    ANALYSIS = "analysis"
    DRAFT = "draft"
    FACTUAL_ACCURACY = "factual_accuracy"
    PARTNER_SIGNOFF = "partner_signoff"
    PRE_PUBLICATION_NOTICE = "pre_publication_notice"
    PUBLISHED = "published"
    PUBLICATION_DEFERRED = "publication_deferred"
    NOT_PUBLISHED = "not_published"
    ACTION_PLAN_LIVE = "action_plan_live"
    CLOSED_WITH_IMPACT_REVIEW = "closed_with_impact_review"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_ended(self) -> bool:
        return self == PracticeReviewStatus.CLOSED_WITH_IMPACT_REVIEW

    @property
    def stops_clock(self) -> bool:
        """Published, or recorded that it is not to be: the six months end here. Putting publication off does not end them."""
        return self in _STOPS_CLOCK


_S: Final = PracticeReviewStatus

_LABELS: Final[Mapping[PracticeReviewStatus, str]] = {
    _S.COMMISSIONED: "Commissioned",
    _S.SCOPING: "Terms of reference",
    _S.INFORMATION_GATHERING: "Information is gathered",
    _S.ANALYSIS: "Analysis",
    _S.DRAFT: "Report in draft",
    _S.FACTUAL_ACCURACY: "Facts are checked",
    _S.PARTNER_SIGNOFF: "Partner sign-off",
    _S.PRE_PUBLICATION_NOTICE: "Sent before publication",
    _S.PUBLISHED: "Published",
    _S.PUBLICATION_DEFERRED: "Publication put off",
    _S.NOT_PUBLISHED: "Not published; improvements are",
    _S.ACTION_PLAN_LIVE: "Action plan under way",
    _S.CLOSED_WITH_IMPACT_REVIEW: "Closed, its effect looked at",
}

_STOPS_CLOCK: Final = frozenset({_S.PUBLISHED, _S.NOT_PUBLISHED, _S.ACTION_PLAN_LIVE, _S.CLOSED_WITH_IMPACT_REVIEW})

MOVES: Final[Mapping[PracticeReviewStatus, frozenset[PracticeReviewStatus]]] = {
    _S.COMMISSIONED: frozenset({_S.SCOPING}),
    _S.SCOPING: frozenset({_S.INFORMATION_GATHERING}),
    # What is found may change what is asked: the terms of reference are then signed again.
    _S.INFORMATION_GATHERING: frozenset({_S.SCOPING, _S.ANALYSIS}),
    _S.ANALYSIS: frozenset({_S.INFORMATION_GATHERING, _S.DRAFT}),
    _S.DRAFT: frozenset({_S.ANALYSIS, _S.FACTUAL_ACCURACY}),
    _S.FACTUAL_ACCURACY: frozenset({_S.DRAFT, _S.PARTNER_SIGNOFF}),
    _S.PARTNER_SIGNOFF: frozenset({_S.DRAFT, _S.PRE_PUBLICATION_NOTICE}),
    _S.PRE_PUBLICATION_NOTICE: frozenset({_S.DRAFT, _S.PUBLISHED, _S.PUBLICATION_DEFERRED, _S.NOT_PUBLISHED}),
    # Put off, it may still be published, or in the end not; the notice may have to be given again.
    _S.PUBLICATION_DEFERRED: frozenset({_S.PRE_PUBLICATION_NOTICE, _S.PUBLISHED, _S.NOT_PUBLISHED}),
    _S.PUBLISHED: frozenset({_S.ACTION_PLAN_LIVE}),
    _S.NOT_PUBLISHED: frozenset({_S.ACTION_PLAN_LIVE}),
    _S.ACTION_PLAN_LIVE: frozenset({_S.CLOSED_WITH_IMPACT_REVIEW}),
    _S.CLOSED_WITH_IMPACT_REVIEW: frozenset(),
}

# Reached by the notice and by the decision about publication, which ask whether their day has come; never recorded by hand.
BY_PUBLICATION: Final = frozenset({_S.PRE_PUBLICATION_NOTICE, _S.PUBLISHED, _S.PUBLICATION_DEFERRED, _S.NOT_PUBLISHED})

# The parts of the terms of reference that nobody may leave out, as the review keeps them.
TERMS: Final = [
    ("purpose", "its purpose"), ("called", "what the child is called in the review"), ("scope_from", "from which day it looks"),
    ("scope_to", "to which day it looks"), ("agencies_plan", "which agencies take part, and how"),
    ("family_plan", "how the family takes part"), ("practitioner_plan", "how practitioners take part"),
    ("parallel_plan", "proceedings beside it, and who speaks with whom"), ("press_plan", "the press line and who speaks"),
    ("timetable", "its timetable"), ("publication_plan", "how it is to be published"),
    ("information_plan", "how information is kept and shared"),
]  # fmt: skip

_UNIT: Final = MadeBy("business manager", "business manager or business officer", ("reviewer",), "within the business unit")
_PARTNERS: Final = MadeBy("the three safeguarding partners", "business manager", ("review panel", "independent scrutineer"))
_REVIEWER: Final = MadeBy("reviewer with the review panel", "business manager or business officer", ("agencies",))
_PUBLICATION: Final = MadeBy(
    "the three safeguarding partners", "business manager", ("police", "prosecutors", "coroner", "family", "legal adviser", "press office")
)

MADE_BY: Final[Mapping[tuple[PracticeReviewStatus, PracticeReviewStatus], MadeBy]] = {
    (_S.COMMISSIONED, _S.SCOPING): _UNIT,
    (_S.SCOPING, _S.INFORMATION_GATHERING): _PARTNERS,
    (_S.INFORMATION_GATHERING, _S.SCOPING): _UNIT,
    (_S.INFORMATION_GATHERING, _S.ANALYSIS): _REVIEWER,
    (_S.ANALYSIS, _S.INFORMATION_GATHERING): _REVIEWER,
    (_S.ANALYSIS, _S.DRAFT): _REVIEWER,
    (_S.DRAFT, _S.ANALYSIS): _REVIEWER,
    (_S.DRAFT, _S.FACTUAL_ACCURACY): _REVIEWER,
    (_S.FACTUAL_ACCURACY, _S.DRAFT): _REVIEWER,
    (_S.FACTUAL_ACCURACY, _S.PARTNER_SIGNOFF): _UNIT,
    (_S.PARTNER_SIGNOFF, _S.DRAFT): _UNIT,
    (_S.PARTNER_SIGNOFF, _S.PRE_PUBLICATION_NOTICE): _PARTNERS,
    (_S.PRE_PUBLICATION_NOTICE, _S.DRAFT): _UNIT,
    (_S.PRE_PUBLICATION_NOTICE, _S.PUBLISHED): _PUBLICATION,
    (_S.PRE_PUBLICATION_NOTICE, _S.PUBLICATION_DEFERRED): _PUBLICATION,
    (_S.PRE_PUBLICATION_NOTICE, _S.NOT_PUBLISHED): _PUBLICATION,
    (_S.PUBLICATION_DEFERRED, _S.PRE_PUBLICATION_NOTICE): _PUBLICATION,
    (_S.PUBLICATION_DEFERRED, _S.PUBLISHED): _PUBLICATION,
    (_S.PUBLICATION_DEFERRED, _S.NOT_PUBLISHED): _PUBLICATION,
    (_S.PUBLISHED, _S.ACTION_PLAN_LIVE): _UNIT,
    (_S.NOT_PUBLISHED, _S.ACTION_PLAN_LIVE): _UNIT,
    (_S.ACTION_PLAN_LIVE, _S.CLOSED_WITH_IMPACT_REVIEW): MadeBy("Executive", "business manager", ("review panel",)),
}


def moves_from(status: PracticeReviewStatus) -> tuple[PracticeReviewStatus, ...]:
    """Where a practice review may go from here, in the order in which statuses are listed."""
    return moves.moves_from(MOVES, status)


def check_move(status: PracticeReviewStatus, target: PracticeReviewStatus) -> None:
    """Refuse a move that the status does not allow, and say what is possible instead."""
    moves.check_move("practice review", status, target, moves_from(status))


def is_backward(status: PracticeReviewStatus, target: PracticeReviewStatus) -> bool:
    """Whether a move takes a review to an earlier stage again: always open, and always with reasons."""
    order = list(PracticeReviewStatus)
    return order.index(target) < order.index(status)


def target_on(commissioned_on: date, months: int) -> date:
    """The day by which it should be finished and published: the same day of the month, or the month's last. A pause moves nothing."""
    return add_months(commissioned_on, months)


def amber_on(commissioned_on: date, months: int) -> date:
    """From this day on it is close: one month before its target."""
    return add_months(commissioned_on, months - 1)


def latest_notice_on(publish_on: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day to send the full report to the Panel and the Secretary of State before it is published."""
    return calendar.count_back(publish_on, days).due_on


def earliest_publication_on(sent_on: date, days: int, calendar: WorkingCalendar) -> date:
    """The first day on which a report may be published that was sent on a day: the first whose latest notice is not before it."""
    return calendar.add_working_days(sent_on, days).due_on


def public_until(published_on: date) -> date:
    """The last day of the year for which a published report has to be publicly available at the least."""
    return add_months(published_on, 12)


def too_early(publish_on: date, sent_on: date, days: int, calendar: WorkingCalendar) -> str:
    """Why a report may not be published on a day, with the first day on which it may; empty when it may."""
    earliest = earliest_publication_on(sent_on, days, calendar)
    if publish_on >= earliest:
        return ""
    return (
        f"The earliest day is {long_date(earliest)}: the full report goes to the National Panel and the Secretary of State at least "
        f"{days} working days before it is published, and it was sent on {long_date(sent_on)}."
    )
