"""What a rapid review can come to, the criteria for a practice review, and what must be true before a decision goes to the partners."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

from sightline.procedures.rapid_review import RapidReviewStatus

ANSWERS: Final = [("met", "Met"), ("not_met", "Not met"), ("unclear", "Unclear")]


@dataclass(frozen=True)
class Outcome:
    """One thing that a review can come to, and the status that follows when the National Panel has replied."""

    code: str
    title: str
    leads_to: RapidReviewStatus
    needs_scope: bool = False
    fewest_letters_of_reasons: int = 1


@dataclass(frozen=True)
class Criterion:
    """One thing that partners must or should take into account, from a day on, with its source."""

    code: str
    title: str
    weight: str
    from_on: date
    source: str
    hint: str = ""
    to_on: date | None = None

    def is_in_force(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "review_decision.toml").read_text(encoding="utf-8"))


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Everything that a review can come to, in the order of the file."""
    return tuple(Outcome(**{**row, "leads_to": RapidReviewStatus(row["leads_to"])}) for row in _told()["outcomes"])


def outcome(code: str) -> Outcome:
    """One outcome by its code; KeyError for a code that is not in the file."""
    return {each.code: each for each in outcomes()}[code]


@cache
def _criteria() -> tuple[Criterion, ...]:
    return tuple(
        Criterion(**{{"from": "from_on", "to": "to_on"}.get(name, name): value for name, value in row.items()})
        for row in _told()["criteria"]
    )


def criteria(on: date) -> tuple[Criterion, ...]:
    """The criteria in force on a day: those of the rules that a case runs under."""
    return tuple(each for each in _criteria() if each.is_in_force(on))


OUTCOMES: Final = [(each.code, each.title) for each in outcomes()]


def problems(
    *, outcome_code: str, rationale: str, answers: Mapping[str, tuple[str, str]], proposed_scope: str, on: date
) -> list[str]:  # fmt: skip
    """What is still missing before a decision may be put to the partners, each a sentence; `answers` by criterion: answer, reasons."""
    found = []
    for criterion in criteria(on):
        answer, reasons = answers.get(criterion.code, ("", ""))
        if not answer:
            found.append(f"Answer the criterion “{criterion.title}”.")
        elif not reasons.strip():
            found.append(f"Give reasons for the criterion “{criterion.title}”.")
    if not outcome_code:
        return [*found, "Choose what the review comes to."]
    chosen = outcome(outcome_code)
    if len(rationale.strip()) < chosen.fewest_letters_of_reasons:
        least = chosen.fewest_letters_of_reasons
        found.append("Give the reasons for the decision." if least == 1 else f"Give the reasons in at least {least} letters.")
    if chosen.needs_scope and not proposed_scope.strip():
        found.append("Propose the scope and the lines of enquiry of the practice review.")
    must = [answers.get(each.code, ("", ""))[0] for each in criteria(on) if each.weight == "must"]
    if outcome_code == "no_lcspr_criteria_not_met" and "met" in must:
        found.append("A criterion is answered as met. Choose “criteria are met, but a review would add no learning”, or look at it again.")
    return found
