"""The meaning of each rule of the policy, as tables that a practitioner could check."""

import pytest

from sightline.procedures.access.allow import Asker, Thing, allow
from sightline.procedures.access.matrix import ACTIONS, MATRIX

MEMBER = Thing(member=True)
OWN = Thing(own=True)
GRANT = Thing(grant=True)
ANY = Thing()


def seen(role, action, kind, thing=ANY, **asker):
    return allow(Asker(role, **asker), action, kind, thing).allowed


@pytest.mark.parametrize(
    ("role", "action", "kind", "thing", "expected"),
    [
        ("BM", "L", "K2", ANY, True),
        ("BO", "R", "K3", ANY, False),
        ("BO", "R", "K3", MEMBER, True),
        ("PC", "L", "K2", ANY, False),
        ("PC", "L", "K2", MEMBER, True),
        ("AC", "L", "K2", MEMBER, True),
        ("AC", "R", "K2", MEMBER, False),
        ("BM", "C", "K1", ANY, False),
        ("BM", "C", "K1", MEMBER, True),
        ("SU", "R", "K0", ANY, True),
        ("PUB", "R", "K0", ANY, False),
        ("IR", "L", "K2", MEMBER, False),
        ("IR", "L", "K2", GRANT, True),
        ("AL", "R", "K3", MEMBER, False),
        ("AL", "R", "K3", OWN, True),
        ("AL", "C", "K8", OWN, True),
        ("AL", "C", "K8", MEMBER, True),
        ("AL", "C", "K8", ANY, False),
        ("AC", "R", "K6", MEMBER, False),
        ("AC", "R", "K6", OWN, False),
        ("AC", "R", "K6", Thing(own=True, member=True), True),
        ("PUB", "R", "K12", ANY, False),
        ("PUB", "R", "K12", Thing(released=True), True),
        ("IG", "R", "K8", ANY, False),
        ("IG", "R", "K8", Thing(subject_access=True), True),
        ("KIN", "C", "K16", OWN, True),
        ("KIN", "R", "K16", OWN, False),
        ("KIN", "C", "K16", ANY, False),
        ("SC", "R", "K5", ANY, True),
        ("SC", "E", "K5", ANY, False),
        ("AN", "R", "K8", MEMBER, False),
    ],
)
def test_scope_decides_each_kind_of_need(role, action, kind, thing, expected):
    assert seen(role, action, kind, thing) is expected


@pytest.mark.parametrize("kind", [kind for kind in MATRIX.kind_by_code if kind not in {"K0", "K17", "K18"}])
def test_system_administrator_has_no_content_whatever_the_facts(kind):
    everything = Thing(own=True, member=True, grant=True, break_glass=True, released=True, subject_access=True)

    assert not any(seen("SA", action, kind, everything, stepped_up=True) for action in ACTIONS)


def test_local_authority_alone_signs_the_notification():
    assert seen("DSP", "S", "K3", is_local_authority=True)
    assert not seen("DSP", "S", "K3")
    assert seen("DSP", "R", "K3")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"conflict": True}, "conflict of interest"),
        ({"agency_sealed": True}, "sealed to named persons of the agency"),
        ({"seals": frozenset({"police"})}, "sealed"),
        ({"state": "disposed"}, "state disposed"),
        ({"state": "unheard of"}, "state unheard of"),
    ],
)
def test_what_forbids_beats_every_permission(facts, rule):
    decision = allow(Asker("BM", stepped_up=True), "R", "K2", Thing(own=True, member=True, grant=True, break_glass=True, **facts))

    assert not decision
    assert decision.rule == rule


@pytest.mark.parametrize("missing", ["active", "second_factor"])
@pytest.mark.parametrize("role", list(MATRIX.role_by_code))
def test_no_role_gets_anything_without_an_active_account_and_a_second_factor(role, missing):
    asker = Asker(role, **{missing: False})

    assert not any(allow(asker, action, kind, Thing(own=True, member=True)) for action in ACTIONS for kind in MATRIX.kind_by_code)


def test_clearance_is_needed_for_each_seal():
    two = frozenset({"police", "adoption"})

    assert not seen("PC", "R", "K5", Thing(member=True, seals=two, clearances=frozenset({"police"})))
    assert seen("PC", "R", "K5", Thing(member=True, seals=two, clearances=two))
    assert not seen("PC", "R", "K5", Thing(seals=two, clearances=two))


def test_legal_adviser_writes_only_what_is_sealed_for_legal_privilege():
    privileged, police = frozenset({"legal_privilege"}), frozenset({"police"})

    assert seen("LG", "C", "K7", Thing(member=True, seals=privileged, clearances=privileged))
    assert not seen("LG", "C", "K7", Thing(member=True, seals=police, clearances=police))
    assert not seen("BM", "R", "K7")


@pytest.mark.parametrize(("action", "role", "kind"), [("I", "PC", "K1"), ("X", "IG", "K19"), ("P", "BM", "K12")])
def test_reveal_export_publish_need_a_confirmed_sign_in(action, role, kind):
    assert not seen(role, action, kind, MEMBER)
    assert seen(role, action, kind, MEMBER, stepped_up=True)


def test_reveal_gives_the_pseudonym_too():
    assert seen("PC", "R", "K1", MEMBER)
    assert not seen("PC", "R", "K1", ANY)


@pytest.mark.parametrize(
    ("role", "action", "kind", "expected"),
    [
        ("BM", "R", "K4", True),
        ("DSP", "R", "K5", True),
        ("DSP", "I", "K1", True),
        ("PC", "I", "K1", True),
        ("IG", "R", "K16", True),
        ("IG", "L", "K4", True),
        ("IG", "R", "K8", False),
        ("IG", "I", "K1", False),
        ("DSP", "V", "K5", False),
        ("BM", "E", "K5", False),
        ("PM", "R", "K5", False),
        ("SC", "R", "K4", False),
        ("SA", "R", "K2", False),
    ],
)
def test_broken_glass_reads_for_four_roles(role, action, kind, expected):
    assert seen(role, action, kind, Thing(break_glass=True), stepped_up=True) is expected


@pytest.mark.parametrize(
    "facts",
    [{"conflict": True}, {"agency_sealed": True}, {"seals": frozenset({"legal_privilege"}), "clearances": frozenset({"legal_privilege"})}],
)
def test_broken_glass_never_passes(facts):
    assert not seen("DSP", "R", "K5", Thing(break_glass=True, **facts), stepped_up=True)


def test_broken_glass_passes_another_seal_only_with_clearance():
    police = frozenset({"police"})

    assert not seen("DSP", "R", "K5", Thing(break_glass=True, seals=police), stepped_up=True)
    assert seen("DSP", "R", "K5", Thing(break_glass=True, seals=police, clearances=police), stepped_up=True)


def test_broken_glass_counts_only_after_a_confirmed_sign_in():
    assert not seen("DSP", "R", "K5", Thing(break_glass=True))


def test_member_with_clearance_reads_legal_privilege_although_the_glass_is_broken():
    privileged = frozenset({"legal_privilege"})

    assert seen("PC", "R", "K5", Thing(member=True, break_glass=True, seals=privileged, clearances=privileged), stepped_up=True)


@pytest.mark.parametrize(
    ("state", "role", "action", "kind", "thing", "expected"),
    [
        ("draft", "AL", "E", "K4", {"own": True}, True),
        ("draft", "AL", "R", "K4", {"member": True}, False),
        ("draft", "BM", "R", "K3", {"member": True}, False),
        ("draft", "BM", "E", "K3", {"own": True}, True),
        ("draft", "BM", "P", "K12", {"own": True}, False),
        ("draft", "AL", "C", "K8", {"member": True}, False),
        ("draft", "AL", "C", "K8", {"own": True, "member": True}, True),
        ("draft", "DSP", "R", "K5", {"break_glass": True}, False),
        ("submitted", "AL", "E", "K4", {"own": True}, False),
        ("locked", "AL", "E", "K4", {"own": True}, False),
        ("submitted", "AL", "R", "K4", {"own": True}, True),
        ("open", "PM", "R", "K4", {"member": True}, False),
        ("submitted", "PM", "R", "K4", {"member": True}, True),
        ("locked", "PM", "R", "K4", {"member": True}, True),
        ("closed", "PM", "R", "K4", {"member": True}, True),
        ("held", "PM", "R", "K4", {"member": True}, False),
        ("closed", "DSP", "V", "K5", {"member": True}, False),
        ("closed", "PC", "M", "K17m", {"member": True}, False),
        ("closed", "BM", "M", "K17m", {}, True),
        ("closed", "BM", "C", "K17m", {}, False),
        ("closed", "IG", "X", "K19", {}, True),
        ("held", "BM", "E", "K2", {}, True),
    ],
)
def test_state_limits_what_the_table_permits(state, role, action, kind, thing, expected):
    assert seen(role, action, kind, Thing(state=state, **thing), stepped_up=True) is expected


@pytest.mark.parametrize("lapsed", ["training_in_date", "sharing_agreement"])
@pytest.mark.parametrize(
    ("role", "action", "kind", "thing", "live", "expected"),
    [
        ("BM", "M", "K17m", {}, False, False),
        ("BM", "M", "K17m", {}, True, True),
        ("BM", "C", "K17m", {}, False, False),
        ("AL", "C", "K4", {"own": True}, False, False),
        ("AL", "C", "K4", {"own": True}, True, True),
        ("AL", "C", "K8", {"own": True}, False, False),
        ("AL", "C", "K3", {"own": True}, False, True),
        ("AL", "R", "K4", {"own": True}, False, True),
        ("AL", "S", "K4", {"own": True}, False, True),
        ("AN", "X", "K10", {}, False, False),
        ("PC", "I", "K1", {"member": True}, False, True),
    ],
)
def test_lapsed_training_or_agreement_stops_only_new_sharing(lapsed, role, action, kind, thing, live, expected):
    asker = {lapsed: False, "stepped_up": True}

    assert seen(role, action, kind, Thing(statutory_live=live, **thing), **asker) is expected


@pytest.mark.parametrize(("role", "action", "kind"), [("XX", "R", "K0"), ("BM", "R", "K99"), ("BM", "Z", "K0"), ("BM", "", "K0")])
def test_what_is_not_in_the_table_is_refused(role, action, kind):
    assert not allow(Asker(role, stepped_up=True), action, kind, Thing(own=True, member=True, grant=True))
