"""Three partners' views on notifying."""

from itertools import product

import pytest

from sightline.procedures.consultation import DECISION_WAITS_FOR_VIEWS, PARTNERS, VIEWS, dissent_in_words, summary


def views(local_authority: str, police: str, health: str) -> dict[str, str]:
    return {"local_authority": local_authority, "police": police, "health": health}


SUMMARIES = [
    (views("notify", "notify", "notify"), "unanimous", "All three partners say: notify. The local authority decides."),
    (
        views("do_not_notify", "do_not_notify", "do_not_notify"),
        "unanimous",
        "All three partners say: do not notify. The local authority decides.",
    ),
    (
        views("notify", "notify", "do_not_notify"),
        "differing",
        "The partners differ. The local authority decides, and the views are kept with the decision.",
    ),
    (
        views("notify", "", "do_not_notify"),
        "differing",
        "The partners differ. The local authority decides, and the views are kept with the decision.",
    ),
    (views("notify", "", "notify"), "awaiting", "No view for or against yet: police. The local authority can decide without waiting."),
    (
        views("notify", "undecided", "awaited"),
        "awaiting",
        "No view for or against yet: police, health partner. The local authority can decide without waiting.",
    ),
    ({}, "not_asked", "No partner has been asked yet. The local authority can decide without waiting."),
    (
        {"police": "notify"},
        "awaiting",
        "No view for or against yet: local authority, health partner. The local authority can decide without waiting.",
    ),
]


@pytest.mark.parametrize(("given", "outcome", "sentence"), SUMMARIES)
def test_views_are_read_together(given: dict[str, str], outcome: str, sentence: str) -> None:
    found = summary(given)

    assert (found.outcome, str(found)) == (outcome, sentence)
    assert found.is_unanimous is (outcome == "unanimous")
    assert found.is_differing is (outcome == "differing")
    assert found.is_awaiting is (outcome in {"awaiting", "not_asked"})


@pytest.mark.parametrize("given", [dict(zip(PARTNERS, row, strict=True)) for row in product([*VIEWS, "", "awaited"], repeat=3)])
def test_decision_is_possible_whatever_the_partners_say_or_do_not_say(given: dict[str, str]) -> None:
    found = summary(given)

    assert found.decision_is_possible
    assert DECISION_WAITS_FOR_VIEWS is False
    assert sum(len(roles) for roles in found.partners_by_view.values()) + len(found.awaiting) == 3
    assert found.is_unanimous == (set(given.values()) in ({"notify"}, {"do_not_notify"}))


def test_partner_not_asked_differs_from_partner_that_is_silent() -> None:
    found = summary({"police": "", "health": "notify"})

    assert (found.awaiting, found.not_asked) == (("police",), ("local_authority",))


DISSENT = [
    (views("notify", "do_not_notify", "notify"), True, "Police: do not notify"),
    (views("notify", "do_not_notify", "do_not_notify"), True, "Police: do not notify; Health partner: do not notify"),
    (views("notify", "notify", "do_not_notify"), False, "Local authority: notify; Police: notify"),
    (views("notify", "awaited", "undecided"), True, ""),
    ({}, False, ""),
]


@pytest.mark.parametrize(("given", "notify", "words"), DISSENT)
def test_dissent_names_the_partners_that_differ_from_the_decision(given: dict[str, str], notify: bool, words: str) -> None:
    assert dissent_in_words(given, notify=notify) == words
