"""Reassuring views of an adult, what speaks against them, and when they were looked at again."""

import pytest

from tests.procedures.chronology.findings.made import found, row

VIEWS = [
    "MP seen as a protective and caring adult; no risk to CH identified.",
    "Rowan described as a positive influence, no concerns about Mr Ashgrove.",
    "It was noted that mum's partner presents as a supportive and reliable figure and no concerns were held regarding him.",
    "MP v. good with CH, hands-on, nil concerns.",
    "Worker's impression is that step-father is a calming influence in the home.",
    "Rowan Ashgrove came across as polite and devoted, nothing to suggest risk.",
    "HV felt MP was attentive and appropriate with the children, assessed as low risk.",
]
AGAINST = [
    "MP arrested for assaulting a former partner.",
    "Mum's partner told the doctor of daily cocaine use.",
    "Rowan was slurring and unsteady when collecting the child.",
    "Rowan Ashgrove charged with drink driving, children in the car.",
    "Mr Ashgrove grabbed Tansy by the hood at home time, staff stepped in.",
    "MO disclosed that MP throttled her during an argument.",
    "Neighbour saw step-dad drag SIB1 down the path by the arm.",
]
AGAIN = [
    "Earlier view of MP as protective looked at again in the light of new information; risk assessment redone, Rowan not to be alone with CH.",
    "Assessment of Mr Ashgrove revisited following arrest: no longer considered a protective factor, contact to be supervised.",
    "In supervision the previous view of mum's partner as supportive was reconsidered and a new risk assessment was completed.",
    "MP - risk re-assessed, not seen as safe carer any more.",
]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("against", AGAINST)
def test_view_against_which_a_row_speaks(view: str, against: str) -> None:
    framing, contrary = row("school", 10, view, "Noted"), row("police", 40, against)

    findings = found("untested_framing", framing, contrary)

    assert [finding.rows for finding in findings] == [(framing.id, contrary.id)]


@pytest.mark.parametrize("again", AGAIN)
@pytest.mark.parametrize("view", VIEWS[:4])
def test_view_that_was_looked_at_again(view: str, again: str) -> None:
    assert found("untested_framing", row("school", 10, view), row("police", 40, AGAINST[0]), row("csc", 60, again)) == []


@pytest.mark.parametrize("view", VIEWS)
def test_view_against_which_nothing_speaks(view: str) -> None:
    assert found("untested_framing", row("school", 10, view), row("police", 40, "FA arrested for assaulting a former partner.")) == []


def test_what_came_before_the_view_does_not_count() -> None:
    assert found("untested_framing", row("police", 5, AGAINST[0]), row("school", 10, VIEWS[0])) == []
