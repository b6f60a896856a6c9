"""Worries that somebody raised, in the words of several registers, and what is no worry."""

import pytest

from tests.procedures.chronology.findings.made import found, row

WORRIES = [
    ("police", "MGM rang, worried that CH is left alone at night."),
    ("csc", "Concern raised by neighbour: there is shouting and banging every evening."),
    ("health", "N1 said at the door that CH is losing weight and asked for help."),
    ("school", "Tansy told a member of staff that there is no food in the cupboards."),
    ("csc", "TC from MGM - worried re bruises on Tansy's arms."),
    ("csc", "It was recorded that a telephone call was received from the maternal grandmother, who expressed concern that the child was sleeping on a mattress on the floor."),
    ("police", "Anonymous caller reports child crying for hours at the address most evenings."),
    ("school", "Nan came into school upset, says Tansy has not been fed properly for days."),
    ("health", "Dad phoned the surgery. He is concerned that CH is always cold and has no coat."),
    ("school", "CH disclosed that MP locks her in her bedroom."),
    ("csc", "Contact from a neighbour who is anxious about strangers coming and going at the home at all hours."),
    ("health", "Gran mentioned to HV she is frightened for Tansy as she hides when MP comes home."),
    ("police", "Neighbour (N1) called 101 to say the child is out on the street past midnight."),
    ("csc", "E-mail from paternal aunt: unhappy about the state of the house, dog mess on the floor, child dirty."),
    ("school", "SIB1 confided in tutor that CH gets hit with a slipper when mum is out."),
    ("health", "MGM approached the receptionist, saying Tansy is wetting the bed and flinches when touched."),
]  # fmt: skip
NO_WORRIES = [
    ("police", "Linnet rang 101 about a lost phone."),
    ("csc", "MO telephoned SW1 about bus passes."),
    ("school", "Nan added to the list of people who may collect."),
    ("health", "Telephone call from mum about hay fever tablets."),
    ("school", "Check-in with the safeguarding lead: CH talked about football."),
    ("csc", "Follow-up of what N1 said about 'alone at night': looked into, MO spoken to."),
    ("police", "FA called to ask for a copy of a statement."),
    ("csc", "SW1 emailed MO about the date of the next meeting."),
]
ANSWERED = [
    "Visited the same day, MO and CH spoken to",
    "Followed up same day with MO and CH",
    "Home visit made in response, plan changed",
    "Referred to MASH",
    "S/V next day, home conditions checked",
    "Strategy discussion requested",
    "DSL spoke to mum and rang social care",
    "Officers attended, safe and well check completed",
    "It was agreed that a visit would be made, and this took place the following day",
]
UNANSWERED = ["Logged", "Noted on file", "", "NFA", "Advice given", "Filed", "No further action", "Recorded for information only"]


@pytest.mark.parametrize(("agency", "text"), WORRIES)
@pytest.mark.parametrize("action", ["Logged", ""])
def test_worry_without_an_answer_is_found(agency: str, text: str, action: str) -> None:
    assert len(found("unanswered_concern", row(agency, 50, text, action))) == 1


@pytest.mark.parametrize(("agency", "text"), NO_WORRIES)
def test_what_is_no_worry_is_left_alone(agency: str, text: str) -> None:
    assert found("unanswered_concern", row(agency, 50, text, "Noted")) == []


@pytest.mark.parametrize("action", ANSWERED)
def test_answer_in_the_action_cell_is_an_answer(action: str) -> None:
    assert found("unanswered_concern", row("police", 50, "MGM rang, worried that CH is left alone at night.", action)) == []


@pytest.mark.parametrize("action", UNANSWERED)
def test_filing_is_no_answer(action: str) -> None:
    assert len(found("unanswered_concern", row("police", 50, "MGM rang, worried that CH is left alone at night.", action))) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "Follow-up of what MGM said about 'alone at night': looked into, MO spoken to.",
        "Visit made following nan's report (left alone at night). Spoke with mum.",
        "H/v re MGM's call - alone at night. MO denies, safety plan agreed.",
    ],
)
@pytest.mark.parametrize(("days", "count"), [(10, 0), (30, 0), (45, 1)])
def test_later_row_answers_within_the_days_of_the_rule(answer: str, days: int, count: int) -> None:
    worry = row("police", 50, "MGM rang, worried that CH is left alone at night.", "Logged")

    findings = found("unanswered_concern", worry, row("csc", 50 + days, answer))

    assert len(findings) == count


def test_finding_says_no_row_shows_and_holds_the_words() -> None:
    [finding] = found("unanswered_concern", row("police", 50, "MGM rang, worried that CH is left alone at night.", "Logged"))

    assert "no row received shows" in finding.said
    assert list(finding.sentences.values()) == ["MGM rang, worried that CH is left alone at night."]
