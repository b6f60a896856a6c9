"""How many rapid reviews were completed in a period, what they came to, and what the National Panel said: counts, never a child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ReviewOutcome:
    """What one review came to, as far as it has come."""

    completed_on: date | None
    due_on: date | None
    is_counted_for_time: bool
    has_practice_review: bool
    is_endorsed: bool | None


@dataclass(frozen=True)
class Summary:
    """Counts over the reviews completed in a period. A share is None where there is nothing to share."""

    completed: int
    on_time: int
    timed: int
    practice_reviews: int
    endorsed: int
    not_endorsed: int
    awaited: int

    @property
    def conversion(self) -> float | None:
        """Practice reviews in a hundred completed rapid reviews, to one decimal."""
        return round(100 * self.practice_reviews / self.completed, 1) if self.completed else None


def is_in_period(review: ReviewOutcome, first: date, last: date) -> bool:
    """A review belongs to the period in which it was first sent to the National Panel."""
    return review.completed_on is not None and first <= review.completed_on <= last


def summarise(reviews: Iterable[ReviewOutcome], *, first: date, last: date) -> Summary:
    """Count the reviews completed between two days, both counted in."""
    within = [review for review in reviews if is_in_period(review, first, last)]
    timed = [review for review in within if review.is_counted_for_time and review.due_on is not None]
    return Summary(
        completed=len(within),
        on_time=sum(review.completed_on <= review.due_on for review in timed if review.completed_on and review.due_on),
        timed=len(timed),
        practice_reviews=sum(review.has_practice_review for review in within),
        endorsed=sum(review.is_endorsed is True for review in within),
        not_endorsed=sum(review.is_endorsed is False for review in within),
        awaited=sum(review.is_endorsed is None for review in within),
    )
