"""Conflicts of interest: found, hidden, never about oneself, and lifted by two."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import AgencySeal, Conflict, ConflictStatement
from sightline.partnership.need_to_know.workflow import conflicts, members, registers, seals
from sightline.procedures.errors import NotAllowedNow, NotPermitted

BORN = date(2020, 2, 29)


@pytest.mark.parametrize(
    ("entry", "matches"),
    [
        ({"given_name": "Robin", "family_name": "Invented", "born_on": BORN}, True),
        ({"given_name": "ROBIN ", "family_name": "invented", "born_on": BORN}, True),
        ({"given_name": "Robyn", "family_name": "Inventid", "born_on": BORN}, True),
        ({"given_name": "Invented", "family_name": "Robin", "born_on": BORN}, True),
        ({"given_name": "Robin", "family_name": "Invented", "postcode": "ZZ9 9ZZ"}, True),
        ({"given_name": "Robin", "family_name": "Invented", "postcode": "zz99zz"}, True),
        ({"given_name": "Robin", "family_name": "Invented", "born_on": date(2019, 5, 6)}, False),
        ({"given_name": "Robin", "family_name": "Invented", "postcode": "ZZ1 1ZZ"}, False),
        ({"given_name": "Walter", "family_name": "Otherwise", "born_on": BORN}, False),
        ({"given_name": "Walter", "family_name": "Otherwise", "postcode": "ZZ9 9ZZ"}, False),
        ({"connection": "place", "postcode": "ZZ9 9ZZ"}, True),
        ({"connection": "place", "postcode": "ZZ9 9ZZ", "first_line": "14 Invented Row"}, True),
        ({"connection": "place", "postcode": "ZZ9 9ZZ", "first_line": "14a Invented Row"}, False),
        ({"connection": "place", "postcode": "ZZ9 9ZZ", "first_line": "15 Invented Row"}, False),
        ({"connection": "place", "postcode": "ZZ1 1ZZ", "first_line": "14 Invented Row"}, False),
    ],
)
@pytest.mark.parametrize("entry_comes_first", [True, False])
def test_private_list_is_held_against_the_people_of_a_matter(world, entry, matches, entry_comes_first):
    reader, officer = world.person("DSP"), world.person("IG")
    matter = world.matter()
    child = world.child("Robin", "Invented", BORN, "ZZ9 9ZZ")
    write = {"connection": "relative", **entry}

    if entry_comes_first:
        registers.write_down(by=reader, **write)
    registers.match_registers(matter, [child, None], by=officer)
    if not entry_comes_first:
        registers.write_down(by=reader, **write)

    assert access.may_know(reader, matter) is not matches
    assert Conflict.objects.filter(account=reader, source="register").exists() is matches
    assert access.may_know(officer, matter)


def test_same_names_are_enough_where_the_matter_knows_nothing_more(world):
    reader = world.person("DSP")
    matter = world.matter()
    registers.write_down(by=reader, connection="relative", given_name="Robin", family_name="Invented", born_on=BORN)

    registers.match_registers(matter, [world.child("Robyn", "Invented", born_on=None)], by=reader)
    assert access.may_know(reader, matter)
    registers.match_registers(matter, [world.child("Robin", "Invented", born_on=None)], by=reader)
    assert not access.may_know(reader, matter)


def test_member_is_matched_before_being_let_in(world):
    manager, new = world.person("BM"), world.person("PM")
    matter = world.matter(manager)
    child = world.child("Robin", "Invented", None, "ZZ9 9ZZ")
    registers.match_registers(matter, [child], by=manager)
    registers.write_down(by=new, connection="relative", given_name="Robin", family_name="Invented", born_on=BORN)
    child.born_on = BORN
    child.save()

    with pytest.raises(NotAllowedNow, match="conflict of interest"):
        members.add(matter, account=new, purpose="Panel", by=manager)


def test_corrected_name_is_found_by_the_nightly_match(world):
    reader = world.person("DSP")
    matter = world.matter()
    child = world.child("Unknown", "Unknown", BORN)
    registers.write_down(by=reader, connection="relative", given_name="Robin", family_name="Invented", born_on=BORN)
    registers.match_registers(matter, [child], by=reader)
    child.given_name, child.family_name = "Robin", "Invented"
    child.save()

    assert registers.match_everything() == 1
    assert registers.match_everything() == 0
    assert not access.may_know(reader, matter)


def test_block_that_was_lifted_is_not_put_back_for_the_same_entry(world):
    reader, officer, chair = world.person("DSP"), world.person("IG"), world.person("PC")
    matter = world.matter(chair)
    child = world.child()
    registers.write_down(by=reader, connection="relative", given_name="Robin", family_name="Invented", born_on=BORN)
    registers.match_registers(matter, [child], by=officer)
    conflict = Conflict.objects.get()
    conflicts.propose_lift(conflict, reason="Another Robin", by=chair)
    conflicts.confirm_lift(conflict, reason="Agreed", by=officer)

    registers.match_registers(matter, [child], by=officer)

    assert access.may_know(reader, matter)


def test_entry_taken_off_the_list_leaves_the_block(world):
    reader = world.person("DSP")
    matter = world.matter()
    entry = registers.write_down(by=reader, connection="relative", given_name="Robin", family_name="Invented", born_on=BORN)
    registers.match_registers(matter, [world.child()], by=reader)

    registers.remove(entry, by=reader)

    assert not access.may_know(reader, matter)


def test_entry_is_removed_only_by_its_writer(world):
    entry = registers.write_down(by=world.person("DSP"), connection="place", postcode="ZZ9 9ZZ")

    with pytest.raises(NotPermitted):
        registers.remove(entry, by=world.person("IG"))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"connection": "relative", "given_name": "Robin", "family_name": "Invented"}, "date of birth or a postcode"),
        ({"connection": "relative", "given_name": "Robin", "born_on": BORN}, "family name"),
        ({"connection": "place"}, "postcode of the address"),
        ({"connection": "place", "postcode": "nonsense"}, "full UK postcode"),
    ],
)
def test_entry_that_could_not_be_matched_is_refused(world, entry, sentence):
    with pytest.raises(NotAllowedNow, match=sentence):
        registers.write_down(by=world.person("DSP"), **entry)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("BM", True),
        ("IG", True),
        ("PC as a member", True),
        ("AL as a member", True),
        ("PC", False),
        ("AL", False),
        ("DSP", False),
        ("SC", False),
        ("SA", False),
    ],
)
def test_conflict_is_declared_by(world, who, may):
    by, subject = world.person(who.split()[0], agency=world.school), world.person("DSP", agency=world.school)
    matter = world.matter(*([by] if "member" in who else []))

    if may:
        conflicts.declare(matter, account=subject, reason="Their relative", by=by)
        assert not access.may_know(subject, matter)
    else:
        with pytest.raises(NotPermitted):
            conflicts.declare(matter, account=subject, reason="Their relative", by=by)


def test_agency_lead_declares_only_for_the_own_agency(world):
    lead, stranger = world.person("AL", agency=world.school), world.person("DSP", agency=world.council)

    with pytest.raises(NotPermitted):
        conflicts.declare(world.matter(lead), account=stranger, reason="x", by=lead)


def test_nobody_declares_or_lifts_a_block_about_themselves(world):
    officer, chair, second = world.person("IG"), world.person("PC"), world.person("IG")
    matter = world.matter(chair)

    with pytest.raises(NotPermitted):
        conflicts.declare(matter, account=officer, reason="x", by=officer)
    with pytest.raises(NotPermitted):
        conflicts.declare(matter, officer=officer.officer, reason="x", by=officer)
    conflict = conflicts.declare(matter, account=officer, reason="A relative", by=second)
    for move in (conflicts.propose_lift, conflicts.confirm_lift):
        with pytest.raises(NotPermitted):
            move(conflict, reason="x", by=officer)
    conflicts.propose_lift(conflict, reason="x", by=chair)
    with pytest.raises(NotPermitted):
        conflicts.confirm_lift(conflict, reason="x", by=officer)
    with pytest.raises(NotPermitted):
        conflicts.withdraw_lift(conflict, by=officer)


@pytest.mark.parametrize(
    ("first", "second", "error"),
    [
        ("IG", "PC", None), ("PC", "IG", None),
        ("IG", "IG", NotAllowedNow), ("PC", "PC", NotAllowedNow), ("IG", "BM", NotPermitted),
        ("IG", "DSP", NotPermitted), ("IG", "SA", NotPermitted),
    ],
)  # fmt: skip
def test_block_is_lifted_by_officer_and_chair(world, first, second, error):
    subject, one, two = world.person("DSP"), world.person(first), world.person(second)
    matter = world.matter(one, two)
    conflict = conflicts.declare(matter, account=subject, reason="Neighbour", by=world.person("BM"))

    conflicts.propose_lift(conflict, reason="Another house", by=one)
    assert not access.may_know(subject, matter)
    if error:
        with pytest.raises(error):
            conflicts.confirm_lift(conflict, reason="Agreed", by=two)
        assert not access.may_know(subject, matter)
    else:
        conflicts.confirm_lift(conflict, reason="Agreed", by=two)
        assert access.may_know(subject, matter)


def test_block_is_not_lifted_by_one_person_in_both_roles(world):
    both, chair = world.person("IG", "PC"), world.person("PC")
    matter = world.matter(both, chair)
    conflict = conflicts.declare(matter, account=world.person("DSP"), reason="x", by=world.person("BM"))
    conflicts.propose_lift(conflict, reason="x", by=both)

    with pytest.raises(NotAllowedNow, match="Another person"):
        conflicts.confirm_lift(conflict, reason="x", by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(lifted_by=both, lifted_at=conflict.declared_at, lift_confirmation="x")
    conflicts.confirm_lift(conflict, reason="Agreed", by=chair)


def test_block_is_not_lifted_without_a_proposal_or_reasons(world):
    officer, chair = world.person("IG"), world.person("PC")
    matter = world.matter(chair)
    conflict = conflicts.declare(matter, account=world.person("DSP"), reason="x", by=world.person("BM"))

    with pytest.raises(NotAllowedNow, match="Nobody has proposed"):
        conflicts.confirm_lift(conflict, reason="x", by=chair)
    with pytest.raises(NotAllowedNow, match="reasons"):
        conflicts.propose_lift(conflict, reason=" ", by=officer)
    conflicts.propose_lift(conflict, reason="x", by=officer)
    conflicts.withdraw_lift(conflict, by=chair)
    with pytest.raises(NotAllowedNow, match="Nobody has proposed"):
        conflicts.confirm_lift(conflict, reason="x", by=chair)


def test_chair_who_is_not_a_member_lifts_nothing(world):
    officer, chair = world.person("IG"), world.person("PC")
    conflict = conflicts.declare(world.matter(), account=world.person("DSP"), reason="x", by=officer)
    conflicts.propose_lift(conflict, reason="x", by=officer)

    with pytest.raises(NotPermitted):
        conflicts.confirm_lift(conflict, reason="x", by=chair)


def test_statement_of_a_connection_closes_the_matter_at_once(world):
    member = world.person("PM")
    matter = world.matter(member)

    conflicts.state_position(matter, is_connected=True, by=member)

    assert not access.may_know(member, matter)
    assert Conflict.objects.get().source == "attestation"


def test_statement_is_made_once_and_only_by_those_who_may_know(world):
    member, stranger = world.person("PM"), world.person("PM")
    matter = world.matter(member)

    conflicts.state_position(matter, is_connected=False, by=member)
    with pytest.raises(NotAllowedNow, match="already"):
        conflicts.state_position(matter, is_connected=False, by=member)
    with pytest.raises(NotPermitted):
        conflicts.state_position(matter, is_connected=False, by=stranger)
    assert ConflictStatement.objects.get().account == member


# ---- the agency kept out ----


def test_lead_of_a_sealed_agency_cannot_let_himself_in(world):
    lead, named = world.person("AL", agency=world.school), world.person("AL", agency=world.school)
    manager = world.person("BM", agency=world.council)
    matter = world.matter(lead, raised_by=world.school, by=manager)
    seal = seals.place(matter, agency=world.school, named=[named], reason="Allegation against the head", by=manager)

    for attempt in (
        lambda: members.add(matter, account=lead, purpose="Mine", by=lead),
        lambda: seals.name_person(seal, account=lead, by=lead),
        lambda: seals.name_person(seal, account=lead, by=named),
        lambda: seals.propose_lift(seal, reason="x", by=lead),
        lambda: seals.withdraw_lift(seal, by=lead),
        lambda: conflicts.declare(matter, account=manager, reason="x", by=lead),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert not access.may_know(lead, matter)
    assert access.may_know(named, matter)


def test_every_role_of_a_sealed_agency_is_kept_out(world):
    roles = ["BM", "PC", "DSP", "IG", "SC", "AL", "LG"]
    insiders = [world.person(role, agency=world.school) for role in roles]
    manager = world.person("BM", agency=world.council)
    matter = world.matter(*insiders, raised_by=world.school, by=manager)

    seals.place(matter, agency=world.school, named=[], reason="Allegation", by=manager)

    assert [role for role, insider in zip(roles, insiders, strict=True) if access.may_know(insider, matter)] == []


def test_agency_seal_is_lifted_by_two_from_outside(world):
    officer, chair = world.person("IG", agency=world.council), world.person("PC", agency=world.council)
    insider_chair, lead = world.person("PC", agency=world.school), world.person("AL", agency=world.school)
    matter = world.matter(chair, insider_chair, lead)
    seal = seals.place(matter, agency=world.school, named=[insider_chair], reason="x", by=officer)

    seals.propose_lift(seal, reason="Unfounded", by=officer)
    with pytest.raises(NotPermitted):
        seals.confirm_lift(seal, reason="x", by=insider_chair)
    seals.confirm_lift(seal, reason="Agreed", by=chair)

    assert access.may_know(lead, matter)


def test_agency_seal_names_people_one_by_one(world):
    officer, lead = world.person("IG", agency=world.council), world.person("AL", agency=world.school)
    matter = world.matter(lead)
    seal = seals.place(matter, agency=world.school, named=[], reason="x", by=officer)

    with pytest.raises(NotAllowedNow, match="not kept out"):
        seals.name_person(seal, account=world.person("AL", agency=world.council), by=officer)
    seals.name_person(seal, account=lead, by=officer)
    assert access.may_know(lead, matter)
    seals.unname_person(seal, account=lead, by=officer)
    assert not access.may_know(lead, matter)


def test_agency_seal_is_placed_once_and_names_only_its_people(world):
    officer = world.person("IG", agency=world.council)
    matter = world.matter()

    with pytest.raises(NotAllowedNow, match="not in"):
        seals.place(matter, agency=world.school, named=[officer], reason="x", by=officer)
    seals.place(matter, agency=world.school, named=[], reason="x", by=officer)
    with pytest.raises(NotAllowedNow, match="already sealed"):
        seals.place(matter, agency=world.school, named=[], reason="x", by=officer)
    assert AgencySeal.objects.count() == 1


def test_person_who_joins_a_sealed_agency_is_kept_out(world):
    officer = world.person("IG", agency=world.council)
    matter = world.matter()
    seals.place(matter, agency=world.school, named=[], reason="x", by=officer)

    assert not access.may_know(world.person("DSP", agency=world.school), matter)
