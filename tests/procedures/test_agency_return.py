"""What agencies are asked, and what is missing before a return can be submitted."""

from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures.agency_return import SIGN_OFF, agency_return, missing_for_sign_off, missing_for_submission, read_agency_return

TEXT = files("sightline.procedures").joinpath("agency_return.toml").read_text(encoding="utf-8")
PEOPLE = ["P1", "P2"]

NIL: dict[str, Any] = {
    "people_known": {"P1": {"known": "not_known"}, "P2": {"known": "not_known"}},
    "systems_searched": ["Pupil records", "Paper archive"],
    "searched_on": "2021-01-05",
    "records_secured": "yes",
    "records_secured_on": "2020-12-31",
    "immediate_concern": "no",
    "author_name": "Asha Example",
    "author_role": "Data manager",
    "author_independent": "yes",
    "signed_off_by": "Bertil Example, head",
    "signed_off_on": "2021-01-06",
}
FULL: dict[str, Any] = {
    **NIL,
    "people_known": {"P1": {"known": "known"}, "P2": {"known": "not_known"}},
    "immediate_actions": "A home visit was made the same day.",
    "services": [{"service": "Health visiting", "to_whom": "P1", "from_on": "2019-02-01", "to_on": "", "why": ""}],
    "last_contact_on": "2020-12-10",
    "last_contact_what": "Clinic visit with the mother.",
    "contact_person": "Cem Example, team manager, 01632 960001",
    "summary": "Seen at every due review.",
    "child_seen": "yes",
    "child_spoken_to_alone": "not_recorded",
    "voice": "Settled and playful.",
    "identity_considered": "Our records say nothing of it.",
    "analysis": "Moves of home were not followed up.",
    "worked_well": "Good handover between midwife and health visitor.",
    "could_be_better": "No-access visits were not counted.",
    "criteria_view": "no_view",
    "staff_process": "no",
}

# what domain practice expects a summary to hold, and the code under which it is asked
ASKED = [
    ("author, role, independence", ["author_name", "author_role", "author_independent"]),
    ("sign-off by a senior officer with date", ["signed_off_by", "signed_off_on"]),
    ("systems searched, each subject known or not", ["systems_searched", "people_known"]),
    ("dates of involvement and services", ["services"]),
    ("headline contacts", ["last_contact_on", "last_contact_what", "contact_person"]),
    ("identity held, and how it was understood", ["identity_held", "identity_considered"]),
    ("summary and key events", ["summary", "key_events"]),
    ("child seen, spoken to, voice", ["child_seen", "child_spoken_to_alone", "voice"]),
    ("what worked well, what could be better and why, analysis", ["worked_well", "could_be_better", "analysis"]),
    ("immediate safety and actions", ["immediate_concern", "immediate_actions"]),
    ("single-agency learning", ["learning"]),
    ("practitioner and supervision context", ["practice_context"]),
    ("parallel staff processes", ["staff_process"]),
    ("view on the criteria", ["criteria_view"]),
    ("attachments", ["files"]),
    ("records secured, with date", ["records_secured", "records_secured_on"]),
    ("other agencies proposed", ["others_to_ask"]),
    ("hours and cost", ["hours", "cost"]),
]


@pytest.mark.parametrize(("what", "codes"), ASKED, ids=[row[0] for row in ASKED])
def test_agencies_are_asked_for_everything_that_a_summary_holds(what: str, codes: list[str]) -> None:
    assert set(codes) <= {field.code for field in agency_return().fields()}


def test_every_question_is_one_of_those_or_follows_from_one() -> None:
    expected = {code for _, codes in ASKED for code in codes}

    assert {field.code for field in agency_return().fields() if field.when is None} - expected == {"searched_on"}


def test_complete_answers_lack_nothing() -> None:
    assert missing_for_submission(FULL, is_nil=False, people=PEOPLE) == ()
    assert missing_for_submission(NIL, is_nil=True, people=PEOPLE) == ()


def test_nil_return_asks_little_and_of_safety_too() -> None:
    missing = missing_for_submission({}, is_nil=True, people=PEOPLE)

    assert [entry.field.code for entry in missing] == [
        "people_known", "systems_searched", "searched_on", "records_secured", "immediate_concern", "author_name", "author_role",
        "author_independent", "signed_off_by", "signed_off_on",
    ]  # fmt: skip
    assert str(missing[0]) == "Answer “Who is known to you” under “Your search” for each person: 2 still to answer."
    assert str(missing[2]) == "Answer “Date of the search” under “Your search”."


@pytest.mark.parametrize("code", [code for code in FULL if code not in {"people_known"}])
def test_answer_left_out_of_a_full_return_is_named(code: str) -> None:
    missing = missing_for_submission({**FULL, code: ""}, is_nil=False, people=PEOPLE)

    # What hangs on an answer is not asked for as long as that answer is missing.
    assert [entry.field.code for entry in missing] == [code]


WRONG = [
    ({"searched_on": "2021-02-30"}, "“Date of the search” under “Your search” is not a date. Enter day, month and year, such as 3 2 2020."),
    ({"hours": "many"}, "“Hours that your agency spent on this return” under “Anything further” is not a number."),
    ({"hours": "nan"}, "is not a number."),
    ({"author_independent": "perhaps"}, "is not one of the answers. Choose one of them."),
    ({"summary": "   "}, "Answer “Summary of your involvement” under “Your involvement”."),
    ({"systems_searched": ["", " "]}, "Answer “Systems and files that you searched” under “Your search”."),
    ({"services": [{"service": "", "to_whom": ""}]}, "Answer “Services that you gave” under “Your involvement”."),
    (
        {"services": [{"service": "Midwifery", "to_whom": "P1", "from_on": ""}]},
        "Fill in “From” in row 1 of “Services that you gave” under “Your involvement”.",
    ),
    (
        {"key_events": [{}, {"on": "early 2020", "event": ""}]},
        "Fill in “What happened” in row 2 of “Key events” under “Your involvement”.",
    ),
    ({"people_known": {"P1": {"known": "known"}}}, "for each person: 1 still to answer."),
    ({"people_known": {"P1": {"known": "known"}, "P2": {"known": ""}}}, "for each person: 1 still to answer."),
    ({"people_known": {"P1": {"known": "known"}, "P2": {"known": "perhaps"}}}, "is not one of the answers."),
    ({"identity_held": {"P1": {"ethnicity": "ZZZZ"}}}, "“Ethnicity” in “Identity as your records have it” under “The child” is not one"),
    ({"records_secured": "no"}, "Answer “Why they are not secured, and when they will be” under “Your search”."),
    ({"immediate_concern": "yes"}, "Answer “What the danger is, and whom you have told” under “Safety now”."),
    (
        {"author_independent": "no"},
        "Answer “How the author is connected with the case, and why nobody else could write” under “Who answers”.",
    ),
    ({"criteria_view": "met"}, "Answer “Reasons for your view” under “What you make of it”."),
    ({"staff_process": "yes"}, "Answer “Which process, and how far it has come” under “What you make of it”."),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=[sentence[:60] for _, sentence in WRONG])
def test_answer_that_cannot_be_used_is_named_where_it_stands(change: dict[str, Any], sentence: str) -> None:
    missing = missing_for_submission({**FULL, **change}, is_nil=False, people=PEOPLE)

    assert len(missing) == 1
    assert sentence in missing[0].sentence


def test_optional_answers_may_be_given_and_no_hours_are_an_answer_too() -> None:
    more = {
        "identity_held": {"P1": {"ethnicity": "BCRB", "first_language": "English"}},
        "key_events": [{"on": "early 2020", "event": "Moved house."}],
        "learning": [{"learning": "Count no-access visits.", "due_on": "2021-03-01"}],
        "others_to_ask": [{"agency": "Housing", "why": "Moves"}],
        "hours": 0,
        "cost": "120.50",
        "files": ["01J"],
    }

    assert missing_for_submission({**FULL, **more}, is_nil=False, people=PEOPLE) == ()


def test_nil_return_cannot_stand_beside_somebody_known() -> None:
    missing = missing_for_submission({**NIL, "people_known": FULL["people_known"]}, is_nil=True, people=PEOPLE)

    assert [str(entry) for entry in missing] == [
        "You say that somebody is known to you. Answer the full return instead of “not known to us”."
    ]


def test_full_return_cannot_stand_beside_nobody_known() -> None:
    missing = missing_for_submission({**FULL, "people_known": NIL["people_known"]}, is_nil=False, people=PEOPLE)

    assert [str(entry) for entry in missing] == [
        "You say that nobody is known to you. Answer “not known to us” instead of the full return."
    ]


def test_colleague_hands_over_for_sign_off_without_signing() -> None:
    unsigned = {code: value for code, value in FULL.items() if code not in SIGN_OFF}

    assert missing_for_sign_off(unsigned, is_nil=False, people=PEOPLE) == ()
    assert {entry.field.code for entry in missing_for_submission(unsigned, is_nil=False, people=PEOPLE)} == SIGN_OFF


@given(st.sets(st.sampled_from(sorted(FULL))), st.booleans())
def test_what_is_missing_is_among_what_was_left_out(left_out: set[str], is_nil: bool) -> None:
    source = NIL if is_nil else FULL
    answers = {code: value for code, value in source.items() if code not in left_out}

    missing = {entry.field.code for entry in missing_for_submission(answers, is_nil=is_nil, people=PEOPLE)}

    assert missing <= left_out
    assert all(sentence.sentence.endswith(".") for sentence in missing_for_submission(answers, is_nil=is_nil, people=PEOPLE))


def test_message_of_a_return_for_correction_is_one_of_few_fixed_sentences() -> None:
    assert all(sentence.endswith(".") for sentence in agency_return().corrections.values())
    assert agency_return().version == 1


def test_choices_have_labels_from_this_file_or_the_code_lists() -> None:
    assert agency_return().labels("yes_no")["yes"] == "Yes"
    assert agency_return().labels("ethnicity")["BCRB"] == "Black Caribbean"


BROKEN = [
    ('kind = "lines"', 'kind = "line"', "has a kind that does not exist"),
    ('code = "searched_on"', 'code = "systems_searched"', "is there twice"),
    ('field = "records_secured", is = ["yes"]', 'field = "criteria_view", is = ["yes"]', "which is not asked before it"),
    ('choices = "criteria_view"', 'choices = "no_such_list"', "offers a list of choices that does not exist"),
    ('choices = "ethnicity"', 'choices = "no_such_list"', "offers a list of choices that does not exist"),
    ('kind = "people"', 'kind = "text"', "has columns without rows"),
    ('required = "known"', 'required = "sometimes"', "write always, known or no"),
    ('required = "known"', 'required = "always"', "set nil"),
]


@pytest.mark.parametrize(("before", "after", "sentence"), BROKEN, ids=[row[2] + row[0] for row in BROKEN])
def test_file_that_could_not_be_asked_is_refused(before: str, after: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_agency_return(TEXT.replace(before, after, 1))
