"""The parts of a rapid review's report by edition, its exact text, and what is missing from it."""

import pytest

from sightline.procedures import review_report
from sightline.procedures.review_report import Fact, FilledPart, Gap, Written
from sightline.procedures.rule_sets.panel_guidance import panel_guidance_editions

ADDED_IN_2025 = {"episodes", "inequality"}


def codes(edition: str) -> list[str]:
    return [part.code for part in review_report.parts(edition)]


def filled(code: str, text: str = "", nothing_to_say: str = "", *facts: Fact) -> FilledPart:
    part = next(part for part in review_report.parts("PANEL2025") if part.code == code)
    return FilledPart(part, facts, Written(text, nothing_to_say))


def test_edition_of_2025_adds_key_episodes_and_inequality() -> None:
    assert set(codes("PANEL2025")) - set(codes("PANEL2022")) == ADDED_IN_2025
    assert codes("PANEL2019") == codes("PANEL2022")


def test_case_without_edition_has_what_every_edition_has() -> None:
    assert codes("") == codes("PANEL2019")


@pytest.mark.parametrize("edition", [each.id for each in panel_guidance_editions()])
def test_every_required_part_says_what_its_absence_is(edition: str) -> None:
    found = review_report.parts(edition)

    assert len({part.code for part in found}) == len(found)
    for part in found:
        assert bool(part.gap) == part.required
        assert part.holds_text or part.facts
        assert not part.required or part.holds_text  # nobody can be asked to write where nothing is written
        assert not part.gap.endswith(".")


def test_required_part_without_text_is_a_gap_until_it_is_said_why() -> None:
    assert review_report.gaps([filled("identity")], {}, {}) == (Gap("identity", "No analysis of ethnicity and identity"),)
    answered = review_report.gaps([filled("identity", nothing_to_say="Nothing was recorded by anybody.")], {}, {})
    assert not answered[0].is_open
    assert review_report.gaps([filled("identity", "It was not asked.")], {}, {}) == ()
    assert review_report.gaps([filled("identity", "  \n ")], {}, {})[0].is_open


def test_what_the_case_lacks_is_a_gap_with_its_own_reason() -> None:
    missing = {"no_return_1": "No return from school nursing", "no_return_2": "No return from the school"}
    found = review_report.gaps([], missing, {"no_return_2": "It closed.", "other": "Of something else."})

    assert [(gap.sentence, gap.is_open) for gap in found] == [("No return from school nursing", True), ("No return from the school", False)]


def test_exact_text_holds_facts_with_their_source_and_why_a_part_stays_empty() -> None:
    text = review_report.exact_text([
        filled("voice", " It was heard. ", "", Fact("Hartshire Invented School", "Yes", "Was the child seen?"), Fact("Mother", "No")),
        filled("men", "", "No man is known."),
    ])  # fmt: skip

    assert text == (
        "# The child’s voice and daily life\nHartshire Invented School: Yes (Was the child seen?)\nMother: No\nIt was heard.\n\n"
        "# Fathers and men\nLeft empty: No man is known.\n"
    )


def test_exact_text_tells_two_reports_apart_by_one_letter() -> None:
    assert review_report.exact_text([filled("men", "None known")]) != review_report.exact_text([filled("men", "None known.")])
