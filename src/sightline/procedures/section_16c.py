"""The legal test of section 16C of the Children Act 2004: its questions in plain words, and what answers to them say together.

Nothing here decides. An answer that is missing or not known is never taken for a no, and the local authority decides with this in view.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sightline.procedures.case_review import NotificationType
from sightline.procedures.rule_sets import RuleSet, all_rule_sets

ANSWERS: Final[Mapping[str, str]] = {"yes": "Yes", "no": "No", "not_known": "Not known"}

ADULT_AGE: Final = 18
CARE_LEAVER_LAST_AGE: Final = 24


@dataclass(frozen=True)
class Question:
    """One question of the test, as it is asked, and where it comes from."""

    code: str
    text: str
    reference: str
    hint: str = ""


QUESTIONS: Final = (
    Question(
        "abuse_or_neglect_known",
        "Does the local authority know that a child has been abused or neglected?",
        "Children Act 2004, section 16C(1)",
        "As a cause of what happened, or as something that contributed to it.",
    ),
    Question(
        "abuse_or_neglect_suspected",
        "Does the local authority suspect that a child has been abused or neglected?",
        "Children Act 2004, section 16C(1)",
        "Think also of suicide or an unexplained death in a family that was recently known for abuse or neglect.",
    ),
    Question(
        "is_child",
        "Was the person, or at least one of them, under 18 and already born?",
        "Children Act 1989, section 105(1): a child is a person under 18",
        "If harm came before birth, or the age is disputed, take legal advice and say so in the reason.",
    ),
    Question("died", "Did the child die?", "Children Act 2004, section 16C(1)(a) and (b)"),
    Question(
        "seriously_harmed",
        "Was the child seriously harmed?",
        "Children Act 2004, sections 16B(9) and 16C(1)",
        "This includes serious or long-term impairment of physical or mental health, or of intellectual, emotional, social or "
        "behavioural development. Judge whether impairment is likely to be long-term even if it is not certain. "
        "Recovery does not rule it out.",
    ),
    Question("in_area", "Did it happen in this authority’s area?", "Children Act 2004, section 16C(1)(a)"),
    Question("normally_resident", "Was the child normally resident in this authority’s area?", "Children Act 2004, section 16C(1)(b)"),
    Question("outside_england", "Did it happen outside England?", "Children Act 2004, section 16C(1)(b)"),
    Question(
        "looked_after",
        "Was the child looked after by a local authority?",
        "Working Together to Safeguard Children 2018, chapter 4; 2023, chapter 5",
        "The death of a looked-after child is always notified, whether or not abuse or neglect is suspected.",
    ),
    Question(
        "care_leaver",
        "Was the person a care leaver aged 18 to 24?",
        "Working Together to Safeguard Children 2023, chapter 5",
        "Notified from 15 December 2023, up to and including the age of 24.",
    ),
)
QUESTION_BY_CODE: Final[Mapping[str, Question]] = {question.code: question for question in QUESTIONS}


class Result(StrEnum):
    """What the answers say of a condition: a third value stands for not being able to say yet."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_SAY = "cannot_say"

    @property
    def label(self) -> str:
        return {Result.MET: "Met", Result.NOT_MET: "Not met", Result.CANNOT_SAY: "Cannot be said yet"}[self]


def _either(results: Sequence[Result]) -> Result:
    if Result.MET in results:
        return Result.MET
    return Result.CANNOT_SAY if Result.CANNOT_SAY in results else Result.NOT_MET


def _both(results: Sequence[Result]) -> Result:
    if Result.NOT_MET in results:
        return Result.NOT_MET
    return Result.CANNOT_SAY if Result.CANNOT_SAY in results else Result.MET


@dataclass(frozen=True)
class Condition:
    """A part of the test: what it asks together, and of which questions it is made."""

    code: str
    label: str
    questions: tuple[str, ...]
    join: Callable[[Sequence[Result]], Result] = _both


_ABUSE: Final = Condition(
    "abuse_or_neglect", "abuse or neglect is known or suspected", ("abuse_or_neglect_known", "abuse_or_neglect_suspected"), _either
)
_CHILD: Final = Condition("is_child", "the person was a child", ("is_child",))
_OUTCOME: Final = Condition("outcome", "the child died or was seriously harmed", ("died", "seriously_harmed"), _either)
_IN_AREA: Final = Condition("in_area", "it happened in this area", ("in_area",))
_ABROAD: Final = Condition(
    "abroad", "the child normally lived in this area and it happened outside England", ("normally_resident", "outside_england")
)
_DIED: Final = Condition("died", "the person died", ("died",))
_LOOKED_AFTER: Final = Condition("looked_after", "the child was looked after", ("looked_after",))
_CARE_LEAVER: Final = Condition("care_leaver", "the person was a care leaver aged 18 to 24", ("care_leaver",))


@dataclass(frozen=True)
class Limb:
    """One way in which an event is notifiable: all its conditions together."""

    code: str
    label: str
    reference: str
    conditions: tuple[Condition, ...]
    notification_type: str = ""


LIMBS: Final = (
    Limb(
        "section_16c_1_a", "A child died or was seriously harmed in this area", "Children Act 2004, section 16C(1)(a)",
        (_ABUSE, _CHILD, _OUTCOME, _IN_AREA),
    ),
    Limb(
        "section_16c_1_b", "A child who normally lived here died or was seriously harmed outside England",
        "Children Act 2004, section 16C(1)(b)", (_ABUSE, _CHILD, _OUTCOME, _ABROAD),
    ),
    Limb(
        "looked_after_child_death", "A looked-after child died", "Working Together to Safeguard Children 2018, chapter 4; 2023, chapter 5",
        (_CHILD, _DIED, _LOOKED_AFTER), NotificationType.LOOKED_AFTER_CHILD_DEATH.value,
    ),
    Limb(
        "care_leaver_death", "A care leaver aged 18 to 24 died", "Working Together to Safeguard Children 2023, chapter 5",
        (_DIED, _CARE_LEAVER), NotificationType.CARE_LEAVER_DEATH.value,
    ),
)  # fmt: skip
SECTION_16C_LIMBS: Final = frozenset({"section_16c_1_a", "section_16c_1_b"})


@dataclass(frozen=True)
class LimbSays:
    """What the answers say of one limb, and why."""

    limb: Limb
    result: Result
    why: str

    @property
    def label(self) -> str:
        return self.limb.label

    @property
    def reference(self) -> str:
        return self.limb.reference


@dataclass(frozen=True)
class Explanation:
    """What the answers say together. It never says what to decide."""

    limbs: tuple[LimbSays, ...]
    unanswered: tuple[Question, ...]
    not_known: tuple[Question, ...]
    points_to: tuple[NotificationType, ...]
    summary: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Each way in which an event is notifiable, with what the answers say of it and why."""
        return tuple(f"{says.label}: {says.result.label.lower()}. {says.why}" for says in self.limbs)

    @property
    def is_complete(self) -> bool:
        """Whether every question has an answer, be it that it is not known."""
        return not self.unanswered

    @property
    def result(self) -> Result:
        """What the answers say of section 16C itself; either of its limbs is enough."""
        return _either([says.result for says in self.limbs if says.limb.code in SECTION_16C_LIMBS])

    def limb(self, code: str) -> LimbSays:
        return next(says for says in self.limbs if says.limb.code == code)


def what_the_answers_say(answers: Mapping[str, str], rules: RuleSet | None = None, on: date | None = None) -> Explanation:
    """Read the answers together, under the rules in force on the day the local authority became aware."""
    limbs = tuple(_limb_says(limb, answers, rules, on) for limb in LIMBS)
    unanswered = tuple(question for question in QUESTIONS if answers.get(question.code, "") not in ANSWERS)
    not_known = tuple(question for question in QUESTIONS if answers.get(question.code) == "not_known")
    return Explanation(limbs, unanswered, not_known, _points_to(limbs, answers), _summary(limbs, len(unanswered), len(not_known)))


def _limb_says(limb: Limb, answers: Mapping[str, str], rules: RuleSet | None, on: date | None) -> LimbSays:
    result_by_condition = {
        condition: condition.join([_result(answers.get(code, "")) for code in condition.questions]) for condition in limb.conditions
    }
    result = _both(list(result_by_condition.values()))
    if result is not Result.NOT_MET and limb.notification_type and rules and not rules.is_notifiable(limb.notification_type, on):
        return LimbSays(limb, Result.NOT_MET, f"{rules.id} and the day on which the local authority became aware do not know this kind.")
    if result is Result.MET and rules is None and not _is_in_every_rule_set(limb.notification_type):
        return LimbSays(limb, Result.CANNOT_SAY, "It depends on the rules in force on the day the local authority became aware.")
    reasons = "; ".join(condition.label for condition, found in result_by_condition.items() if found is result)
    words = {
        Result.MET: "Answered yes",
        Result.NOT_MET: "Answered no",
        Result.CANNOT_SAY: "Not answered, or not known",
    }
    return LimbSays(limb, result, f"{words[result]}: {reasons}.")


def _is_in_every_rule_set(notification_type: str) -> bool:
    return not notification_type or all(rules.is_notifiable(notification_type, None) for rules in all_rule_sets())


def _result(answer: str) -> Result:
    return {"yes": Result.MET, "no": Result.NOT_MET}.get(answer, Result.CANNOT_SAY)


def _points_to(limbs: tuple[LimbSays, ...], answers: Mapping[str, str]) -> tuple[NotificationType, ...]:
    met = {says.limb.code for says in limbs if says.result is Result.MET}
    found = []
    if met & SECTION_16C_LIMBS:
        if answers.get("died") == "yes":
            found.append(NotificationType.ABUSE_OR_NEGLECT_DEATH)
        if answers.get("seriously_harmed") == "yes":
            found.append(NotificationType.ABUSE_OR_NEGLECT_SERIOUS_HARM)
    # A looked-after child who died of abuse or neglect is notified as that, and a rapid review follows.
    if "looked_after_child_death" in met and NotificationType.ABUSE_OR_NEGLECT_DEATH not in found:
        found.append(NotificationType.LOOKED_AFTER_CHILD_DEATH)
    if "care_leaver_death" in met:
        found.append(NotificationType.CARE_LEAVER_DEATH)
    return tuple(found)


def _summary(limbs: tuple[LimbSays, ...], unanswered: int, not_known: int) -> str:
    test = _either([says.result for says in limbs if says.limb.code in SECTION_16C_LIMBS])
    met_besides = [says.label for says in limbs if says.result is Result.MET and says.limb.code not in SECTION_16C_LIMBS]
    if test is Result.MET:
        parts = ["Read together, the answers meet the test of section 16C."]
    elif test is Result.NOT_MET:
        parts = ["Read together, the answers do not meet the test of section 16C."]
    else:
        parts = ["The answers do not say yet whether the test of section 16C is met."]
    parts += [f"{label}: this is notified whether or not abuse or neglect is suspected." for label in met_besides]
    if unanswered:
        parts.append(f"{unanswered} {'question is' if unanswered == 1 else 'questions are'} unanswered.")
    if not_known:
        parts.append("“Not known” is not a “no”.")
    return " ".join([*parts, "The local authority decides."])


def age_on(born_on: date, on: date) -> int:
    """Completed years on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def is_child_on(born_on: date, on: date) -> bool:
    """Whether a person is a child in law on a day: already born, and under 18."""
    return born_on <= on and age_on(born_on, on) < ADULT_AGE


def is_care_leaver_age_on(born_on: date, on: date) -> bool:
    """Whether a person is of the age at which a care leaver's death is notified: from 18 up to and including 24."""
    return ADULT_AGE <= age_on(born_on, on) <= CARE_LEAVER_LAST_AGE
