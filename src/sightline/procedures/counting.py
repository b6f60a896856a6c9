"""How many notifications one incident makes: the rule of its time, kept in the rule set, with a sentence that explains the count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sightline.procedures.rule_sets import CountingRule, RuleSet

DIED: Final = "died"


@dataclass(frozen=True)
class CountedChild:
    """A child of an incident as far as counting needs: the outcome, and which children are siblings of each other."""

    outcome: str
    sibling_group: str = ""


@dataclass(frozen=True)
class NotificationCount:
    """How many notifications an incident makes under a rule set, why so many, and where the rule comes from."""

    number: int
    sentence: str
    source: str


def count_notifications(children: Sequence[CountedChild], rules: RuleSet, *, is_large_operation: bool = False) -> NotificationCount:
    """One an incident now. In 2018 one for each child who died, each group of harmed siblings and each other harmed child;
    the harmed children of a large exploitation operation shared one."""
    if rules.children_per_notification is CountingRule.INCIDENT:
        return _counted(rules, 1, [_for_incident(len(children), rules)])
    died = sum(1 for child in children if child.outcome == DIED)
    harmed = [child for child in children if child.outcome != DIED]
    families = Counter(child.sibling_group for child in harmed if child.sibling_group)
    siblings = [size for size in families.values() if size > 1]
    alone = len(harmed) - sum(siblings)
    reasons = [_for_each(died, "child who died", "children who died")] if died else []
    if not children:
        return _counted(rules, 1, ["one for the incident; no child is named yet"])
    if is_large_operation and harmed:
        # The single form told of the operation's victims; a child who died had a form of their own in any case.
        return _counted(rules, died + 1, [*reasons, _for_operation(len(harmed))])
    reasons += [f"one for {size} seriously harmed siblings" for size in siblings]
    reasons += [_for_each(alone, "seriously harmed child", "seriously harmed children who are not siblings")] if alone else []
    return _counted(rules, died + len(siblings) + alone, reasons)


def children_beyond_form(number: int, rules: RuleSet) -> int:
    """How many children the national form has no place for, so that they are told in words."""
    return max(0, number - rules.structured_children)


def _counted(rules: RuleSet, number: int, reasons: list[str]) -> NotificationCount:
    reason = " and ".join([", ".join(reasons[:-1]), reasons[-1]]) if len(reasons) > 1 else reasons[0]
    sentence = f"{number} notification{'' if number == 1 else 's'} under {rules}: {reason}."
    return NotificationCount(number, sentence, rules.children_per_notification_source)


def _for_each(number: int, one: str, many: str) -> str:
    return f"one for the {one}" if number == 1 else f"one for each of {number} {many}"


def _for_incident(number: int, rules: RuleSet) -> str:
    if number == 0:
        return "one for the incident; no child is named yet"
    beyond = children_beyond_form(number, rules)
    text = "one for the incident, " + ("with the child in it" if number == 1 else f"with all {number} children in it")
    return f"{text}, {number - beyond} in full and {beyond} in words" if beyond else text


def _for_operation(number: int) -> str:
    text = "one for the large exploitation operation"
    if number < 2:
        return text
    return f"{text}, with the main child in full and {number - 1} {'other' if number == 2 else 'others'} in words"
