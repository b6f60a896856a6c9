"""Rows of the access table in words a practitioner can check, held against the oracle."""

import pytest

from .oracle import ACTIONS, ASKER, KINDS, PRIVILEGE, ROLES, ROWS, THING, expected, situations

UP = {"stepped_up": True}
LPP = {"seals": {PRIVILEGE}}
CLEARED = {"seals": {PRIVILEGE}, "clearances": {PRIVILEGE}}
EVERYTHING = {"own": True, "member": True, "grant": True}

YES, NO = True, False

# what is said, answer, role, action, kind, asker, thing
SAID = [
    ("the business manager opens a case", YES, "BM", "C", "K2", {}, {}),
    ("the chair sees a case she is on", YES, "PC", "R", "K2", {}, {"member": True}),
    ("the chair does not see a case she is not on", NO, "PC", "R", "K2", {}, {}),
    ("an agency author knows of his case", YES, "AC", "L", "K2", {}, {"member": True}),
    ("an agency author does not read its core", NO, "AC", "R", "K2", {}, {"member": True}),
    ("the data protection officer knows every case", YES, "IG", "L", "K2", {}, {}),
    ("the data protection officer reads none of them", NO, "IG", "R", "K2", {}, {"member": True}),
    ("the analyst knows of no case", NO, "AN", "L", "K2", UP, EVERYTHING),
    ("a chair reveals a name after stepping up", YES, "PC", "I", "K1", UP, {"member": True}),
    ("a chair reveals no name without", NO, "PC", "I", "K1", {}, {"member": True}),
    ("who may reveal may read in pseudonym", YES, "PC", "R", "K1", {}, {"member": True}),
    ("an agency lead on the case, another's child", NO, "AL", "I", "K1", UP, {"member": True}),
    ("an agency lead, own child and on the case", YES, "AL", "I", "K1", UP,
     {"own": True, "member": True}),
    ("a reviewer reveals under her grant", YES, "IR", "I", "K1", UP, {"grant": True}),
    ("the scrutineer never sees a name", NO, "SC", "I", "K1", UP, EVERYTHING),
    ("the local authority's partner notifies", YES, "DSP", "S", "K3",
     {"is_local_authority": True}, {}),
    ("the health partner does not notify", NO, "DSP", "S", "K3", {}, {"member": True}),
    ("any agency's lead raises an incident", YES, "AL", "C", "K3", {}, {"own": True}),
    ("an agency lead signs off the agency's return", YES, "AL", "S", "K4", {}, {"own": True}),
    ("an author does not sign it off", NO, "AC", "S", "K4", {}, {"own": True}),
    ("a submitted return is not edited", NO, "AL", "E", "K4", {},
     {"own": True, "state": "submitted"}),
    ("the business manager edits no agency's return", NO, "BM", "E", "K4", {}, {"member": True}),
    ("a panel member before submission", NO, "PM", "R", "K4", {}, {"member": True}),
    ("a panel member after submission", YES, "PM", "R", "K4", {},
     {"member": True, "state": "submitted"}),
    ("another's draft is not seen", NO, "BM", "R", "K4", {}, {"member": True, "state": "draft"}),
    ("the author reads the agency's draft", YES, "AC", "R", "K4", {},
     {"own": True, "state": "draft"}),
    ("a partner approves the rapid review", YES, "DSP", "V", "K5", {}, {"member": True}),
    ("the chair signs it", YES, "PC", "S", "K5", {}, {"member": True}),
    ("an agency author reads only the own part of a review", NO, "AC", "R", "K6", {},
     {"member": True}),
    ("the reviewer writes the review under grant", YES, "IR", "E", "K6", {}, {"grant": True}),
    ("legal advice, adviser on the case and cleared", YES, "LG", "E", "K7", {},
     {"member": True, **CLEARED}),
    ("legal advice, manager not cleared", NO, "BM", "R", "K7", {}, {"member": True, **LPP}),
    ("an inspector gets nothing sealed", NO, "IN", "R", "K7", UP, {**EVERYTHING, **CLEARED}),
    ("a seal stops a case's ordinary record too", NO, "BM", "R", "K2", {},
     {"member": True, "seals": {"police"}}),
    ("an agency tracks its own child", YES, "AC", "E", "K8", {}, {"own": True}),
    ("an agency at the table tracks another's", YES, "AC", "E", "K8", {}, {"member": True}),
    ("the analyst has no person level", NO, "AN", "R", "K8", UP, EVERYTHING),
    ("the analyst exports after stepping up", YES, "AN", "X", "K10", UP, {}),
    ("the public reads what is released", YES, "PUB", "R", "K12", {}, {"released": True}),
    ("the public reads nothing else", NO, "PUB", "R", "K12", {}, {}),
    ("publishing needs stepping up", NO, "BM", "P", "K12", {}, {}),
    ("the scrutineer approves an action's closing", YES, "SC", "V", "K13", {}, {}),
    ("a young person gives feedback", YES, "KIN", "C", "K16", {}, {"own": True}),
    ("a young person reads no one's", NO, "KIN", "R", "K16", {}, EVERYTHING),
    ("the administrator makes accounts", YES, "SA", "C", "K17", {}, {}),
    ("the administrator puts nobody on a case", NO, "SA", "M", "K17m", UP, EVERYTHING),
    ("an agency lead manages the agency's users", YES, "AL", "M", "K17", {}, {"own": True}),
    ("he puts nobody on a case", NO, "AL", "M", "K17m", UP, EVERYTHING),
    ("a person declares an own conflict", YES, "AU", "C", "K18", {}, {"own": True}),
    ("the security auditor exports the audit log", YES, "SU", "X", "K19", UP, {}),
    ("the administrator does not read it", NO, "SA", "R", "K19", UP, EVERYTHING),
    ("conflict beats membership, grant and rank", NO, "BM", "R", "K2", UP,
     {**EVERYTHING, "break_glass": True, "conflict": True}),
    ("a sealed agency's lead sees nothing", NO, "AL", "R", "K4", {},
     {"own": True, "agency_sealed": True}),
    ("broken glass opens a return", YES, "IG", "R", "K4", UP, {"break_glass": True}),
    ("broken glass writes nothing", NO, "BM", "E", "K6", UP, {"break_glass": True}),
    ("broken glass does not open legal advice", NO, "DSP", "R", "K5", UP,
     {"break_glass": True, **CLEARED}),
    ("a panel member has no glass to break", NO, "PM", "R", "K5", UP, {"break_glass": True}),
    ("a leaver has nothing", NO, "BM", "R", "K2", {"active": False}, {"member": True}),
    ("one factor is nothing", NO, "BM", "R", "K2", {"second_factor": False}, {"member": True}),
    ("lapsed training stops a new membership", NO, "BM", "M", "K17m",
     {"training_in_date": False}, {}),
    ("but not while statutory work is live", YES, "BM", "M", "K17m",
     {"training_in_date": False}, {"statutory_live": True}),
    ("lapsed training stops no reading", YES, "PC", "R", "K5",
     {"training_in_date": False}, {"member": True}),
    ("the manager still manages a closed case", YES, "BM", "M", "K2", {}, {"state": "closed"}),
    ("a closed case is not edited", NO, "BM", "E", "K2", {}, {"state": "closed"}),
    ("what is disposed of is gone", NO, "BM", "R", "K2", {}, {"state": "disposed"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "role", "action", "kind", "asker", "thing"),
    [row[1:] for row in SAID],
    ids=[row[0] for row in SAID],
)
def test_oracle_answers_as_the_table_says(answer, role, action, kind, asker, thing):
    assert expected(role, action, kind, asker, thing) is answer


def test_oracle_knows_every_kind_and_role():
    assert len(ROLES) == len(set(ROLES)) == 19
    assert set(ROWS) == set(KINDS) and len(KINDS) == 24
    assert len(ACTIONS) == 11


def test_oracle_refuses_what_it_does_not_know():
    assert not expected("XX", "R", "K2", {}, {"member": True})
    assert not expected("BM", "Z", "K2", {}, {})
    assert not expected("BM", "R", "K99", {}, {})


def test_situations_are_whole_distinct_and_the_same_each_time():
    once, again = list(situations()), list(situations())
    assert once == again
    assert 300 <= len(once) <= 1000
    for asker, thing in once:
        assert set(asker) == set(ASKER) and set(thing) == set(THING)


def test_situations_bring_out_every_cell_that_says_something():
    """Each role has something somewhere, and each kind but backups something for somebody."""
    granted = {
        (role, kind)
        for asker, thing in situations()
        for kind in KINDS
        for role in ROLES
        for action in ACTIONS
        if expected(role, action, kind, asker, thing)
    }
    assert {role for role, _ in granted} == set(ROLES)
    assert {kind for _, kind in granted} == set(KINDS) - {"K22"}
