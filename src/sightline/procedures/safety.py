"""Day 0 asks first: is every child safe now? Unanswered it stays in view, and it never holds anything up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

GROUPS: Final[Mapping[str, str]] = {
    "this_child": "The child or children of this incident",
    "siblings": "Brothers and sisters, and other children at home",
    "other_children": "Other children who may be at risk",
}

ANSWERS: Final[Mapping[str, str]] = {
    "safe": "Safe now",
    "not_safe": "Not safe",
    "not_known": "Not known yet",
    "not_applicable": "Not applicable, for example the child has died or there are no others",
}

SETTLED_ANSWERS: Final = frozenset({"safe", "not_applicable"})
BLOCKS_NOTIFICATION: Final = False
"""An open question about safety stays at the top of every page, but never delays the notification."""


@dataclass(frozen=True)
class OpenQuestion:
    """A group of children of whom nobody has yet said that they are safe."""

    group: str
    label: str
    answer: str

    @property
    def wording(self) -> str:
        if self.answer == "not_safe":
            return f"{self.label}: not safe. Say what is being done, and ring 999 if the danger is immediate."
        if self.answer == "not_known":
            return f"{self.label}: not known yet. Find out who has seen them today."
        return f"{self.label}: nobody has answered whether they are safe."


def still_open(answers: Mapping[str, str]) -> tuple[OpenQuestion, ...]:
    """The groups of which the last word is not that they are safe, the worst first."""
    open_questions = [OpenQuestion(group, label, answers.get(group, "")) for group, label in GROUPS.items()]
    worst_first = ("not_safe", "not_known", "")
    return tuple(
        sorted(
            (question for question in open_questions if question.answer not in SETTLED_ANSWERS),
            key=lambda question: worst_first.index(question.answer) if question.answer in worst_first else len(worst_first),
        )
    )


def wording(answers: Mapping[str, str]) -> str:
    """One sentence for the head of the page."""
    open_questions = still_open(answers)
    if not open_questions:
        return "Somebody has checked that every child is safe. A new worry opens this question again."
    if any(question.answer == "not_safe" for question in open_questions):
        return "A child is recorded as not safe. In immediate danger, ring 999."
    return "It is not yet recorded that every child is safe. Ask first; notification does not wait for the answer."
