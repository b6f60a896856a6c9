"""Who may do what in a matter, once the facts are gathered from the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sightline.partnership.accounts.models import RoleHolding
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import BreakGlass, Clearance, Conflict, Grant, LegalHold, Membership
from sightline.partnership.need_to_know.workflow import conflicts, matters, members, seals
from sightline.procedures.errors import NotPermitted

UP = {"stepped_up": True}


def allowed(account, action, kind, matter, **facts):
    return access.decide(account, action, kind, matter=matter, **facts).allowed


@pytest.mark.parametrize(
    ("role", "action", "kind", "as_member", "as_stranger"),
    [
        ("BM", "L", "K2", True, True),
        ("BM", "R", "K5", True, False),
        ("BO", "E", "K3", True, False),
        ("DSP", "R", "K3", True, True),
        ("PC", "S", "K5", True, False),
        ("PM", "R", "K2", True, False),
        ("PM", "R", "K4", False, False),
        ("AL", "L", "K2", True, False),
        ("AC", "R", "K2", False, False),
        ("SC", "R", "K5", True, True),
        ("IG", "L", "K2", True, True),
        ("IG", "R", "K2", False, False),
        ("LG", "R", "K3", True, False),
        ("IR", "L", "K2", False, False),
        ("SA", "L", "K2", False, False),
        ("SU", "L", "K2", False, False),
        ("AN", "R", "K2", False, False),
    ],
)
def test_membership_lets_in_those_whose_role_works_by_it(world, role, action, kind, as_member, as_stranger):
    member, stranger = world.person(role), world.person(role)
    matter = world.matter(member)

    assert allowed(member, action, kind, matter) is as_member
    assert allowed(stranger, action, kind, matter) is as_stranger


@pytest.mark.parametrize("kind", ["K1", "K2", "K3", "K4", "K5", "K6", "K8", "K16"])
@pytest.mark.parametrize("action", list("LRICESVXPDM"))
def test_system_administrator_has_no_content_even_as_a_member(world, kind, action):
    administrator = world.person("SA")
    matter = world.matter(administrator, raised_by=administrator.agency)

    assert not allowed(administrator, action, kind, matter, owner_agency_id=administrator.agency_id, stepped_up=True)


def test_own_agency_decides_for_what_it_raised(world):
    lead, other = world.person("AL", agency=world.school), world.person("AL", agency=world.council)
    matter = world.matter(raised_by=world.school)

    assert allowed(lead, "E", "K3", matter, owner_agency_id=world.school.pk)
    assert not allowed(other, "E", "K3", matter, owner_agency_id=world.school.pk)
    assert not allowed(lead, "E", "K3", matter, owner_agency_id=None)


def test_own_means_the_person_where_the_table_says_so(world):
    one, colleague = world.person("PM", agency=world.school), world.person("PM", agency=world.school)

    assert access.decide(one, "R", "K18", owner_account_id=one.pk, owner_agency_id=world.school.pk)
    assert not access.decide(colleague, "R", "K18", owner_account_id=one.pk, owner_agency_id=world.school.pk)


def test_local_authority_signs(world):
    council, school = world.person("DSP", agency=world.council), world.person("DSP", agency=world.school)
    matter = world.matter()

    assert allowed(council, "S", "K3", matter)
    assert not allowed(school, "S", "K3", matter)


@pytest.mark.parametrize("source", ["member", "grant", "own", "glass", "administrator"])
def test_conflict_beats_every_other_right(world, source):
    account = world.person("BM", "PC", "DSP", "IG", "AL", agency=world.school)
    by = world.person("BM")
    matter = world.matter(account, raised_by=world.school, by=by)
    now = timezone.now()
    Grant.objects.create(matter=matter, account=account, purpose="x", kinds=["K1", "K5"], valid_from=now, valid_to=now, added_by=by)
    BreakGlass.objects.create(
        matter=matter, account=account, role="BM", category="other", reason="x" * 30, used_at=now, ends_at=now + timedelta(hours=1),
        review_due_on=now,
    )  # fmt: skip
    assert allowed(account, "R", "K5", matter, **UP)

    conflicts.declare(matter, account=account, reason="A relative", by=by)

    for action in "LRICESVXPDM":
        for kind in ("K1", "K2", "K3", "K4", "K5", "K17m", "K18", "K19"):
            assert not allowed(account, action, kind, matter, owner_agency_id=world.school.pk, owner_account_id=account.pk, **UP)
    assert not access.may_know(account, matter)
    assert matter not in access.visible_matters(account)


def test_conflict_put_on_an_officer_reaches_the_account_made_later(world):
    officer = world.officer(world.school)
    by = world.person("BM")
    matter = world.matter(raised_by=world.school, by=by)

    conflicts.declare(matter, officer=officer, reason="Subject of the allegation", by=by)
    account = world.person("DSP")
    account.officer = officer
    account.save()

    assert not allowed(account, "L", "K2", matter)


def test_sealed_agency_sees_nothing_but_for_its_named_persons(world):
    named, other = world.person("AL", agency=world.school), world.person("AL", agency=world.school)
    outside = world.person("AL", agency=world.council)
    by = world.person("BM", agency=world.council)
    matter = world.matter(named, other, outside, raised_by=world.school, by=by)

    seals.place(matter, agency=world.school, named=[named], reason="Allegation against a senior person", by=by)

    assert allowed(named, "L", "K2", matter)
    assert allowed(outside, "L", "K2", matter)
    assert not allowed(other, "L", "K2", matter)
    assert not allowed(other, "R", "K3", matter, owner_agency_id=world.school.pk)
    assert list(access.visible_matters(other)) == []


def test_person_kept_out_with_the_agency_stays_out_after_moving_to_another(world):
    lead = world.person("AL", agency=world.school)
    by = world.person("BM")
    matter = world.matter(lead, raised_by=world.school, by=by)
    seals.place(matter, agency=world.school, named=[], reason="Allegation", by=by)

    lead.officer.agency = world.council
    lead.officer.save()
    lead = type(lead).objects.get(pk=lead.pk)

    assert not allowed(lead, "L", "K2", matter)


def test_grant_opens_only_what_it_names(world, today):
    reviewer = world.person("IR")
    by = world.person("BM")
    matter = world.matter(by=by)
    Grant.objects.create(matter=matter, account=reviewer, purpose="x", kinds=["K4"], valid_from=today, valid_to=today, added_by=by)

    assert allowed(reviewer, "L", "K2", matter)
    assert allowed(reviewer, "R", "K4", matter)
    assert not allowed(reviewer, "R", "K5", matter)
    assert not allowed(reviewer, "R", "K4", matter, on=today + timedelta(days=1))


def test_grant_on_one_record_opens_that_one(world, today):
    reviewer = world.person("IR")
    by = world.person("BM")
    matter = world.matter(by=by)
    Grant.objects.create(
        matter=matter, account=reviewer, purpose="x", kinds=[], object_ids=["ONE"], valid_from=today, valid_to=today, added_by=by
    )

    assert allowed(reviewer, "R", "K4", matter, object_id="ONE")
    assert not allowed(reviewer, "R", "K4", matter, object_id="OTHER")
    assert not allowed(reviewer, "R", "K4", matter)


@pytest.mark.parametrize(
    ("starts_in", "ends_in", "expected"), [(0, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 9, True)]
)
def test_membership_counts_between_its_days(world, today, starts_in, ends_in, expected):
    account = world.person("PM")
    by = world.person("BM")
    matter = world.matter(by=by)
    Membership.objects.create(
        matter=matter, account=account, purpose="x", basis="agreement", added_by=by, valid_from=today + timedelta(days=starts_in),
        valid_to=None if ends_in is None else today + timedelta(days=ends_in),
    )  # fmt: skip

    assert allowed(account, "L", "K2", matter) is expected


def test_seal_on_a_record_needs_the_clearance(world, today):
    chair = world.person("PC")
    by = world.person("BM")
    matter = world.matter(chair, by=by)

    assert not allowed(chair, "R", "K5", matter, seals=["police"])
    Clearance.objects.create(matter=matter, account=chair, seal="police", reason="x", valid_from=today, added_by=by)
    assert allowed(chair, "R", "K5", matter, seals=["police"])
    assert not allowed(chair, "R", "K5", matter, seals=["police", "adoption"])


def test_clearance_in_one_matter_opens_no_other(world, today):
    chair = world.person("PC")
    by = world.person("BM")
    first, second = world.matter(chair, by=by), world.matter(chair, by=by)
    Clearance.objects.create(matter=first, account=chair, seal="police", reason="x", valid_from=today, added_by=by)

    assert not allowed(chair, "R", "K5", second, seals=["police"])


def test_account_without_second_factor_gets_nothing(world):
    chair = world.person("PC", second_factor=False)
    matter = world.matter(chair)

    assert not allowed(chair, "L", "K2", matter)
    assert list(access.visible_matters(chair)) == []


def test_role_that_has_ended_gives_nothing(world, today):
    chair = world.person("PC")
    matter = world.matter(chair)
    RoleHolding.objects.filter(account=chair).update(valid_to=today - timedelta(days=1))

    assert not allowed(chair, "L", "K2", matter)


def test_lapsed_training_stops_new_sharing_but_not_a_live_statutory_review(world, today):
    manager = world.person("BM")
    ordinary, statutory = world.matter(manager), world.matter(manager, statutory_live=True)
    manager.training_valid_until = today - timedelta(days=1)
    manager.save()

    assert not allowed(manager, "M", "K17m", ordinary)
    assert allowed(manager, "R", "K5", ordinary)
    assert allowed(manager, "M", "K17m", statutory)


def test_ended_matter_is_read_and_not_changed(world):
    chair, manager = world.person("PC"), world.person("BM")
    matter = matters.end(world.matter(chair, manager), by=manager)

    assert allowed(chair, "R", "K5", matter)
    assert not allowed(chair, "E", "K5", matter)
    assert not allowed(chair, "M", "K17m", matter)
    assert allowed(manager, "M", "K17m", matter)
    assert allowed(manager, "C", "K21", matter)


def test_hold_is_no_obstacle_to_reading(world):
    chair = world.person("PC")
    matter = world.matter(chair)
    LegalHold.objects.create(matter=matter, reason="Inquest", placed_by=chair)

    assert allowed(chair, "R", "K5", matter)
    assert allowed(chair, "E", "K5", matter)


def test_check_raises_where_decide_refuses(world):
    with pytest.raises(NotPermitted):
        access.check(world.person("PM"), "R", "K5", matter=world.matter())


def test_ending_a_membership_counts_at_once(world):
    chair, manager = world.person("PC"), world.person("BM")
    matter = world.matter(chair, by=manager)
    membership = Membership.objects.get(matter=matter, account=chair)
    assert allowed(chair, "R", "K5", matter)

    members.end(membership, reason="Left the panel", by=manager)

    assert not allowed(chair, "R", "K5", matter)
    assert matter not in access.visible_matters(chair)


def test_number_of_questions_is_the_same_for_a_matter_that_does_not_exist(world, django_assert_num_queries):
    chair = world.person("PC")
    matter = world.matter(chair)
    chair = type(chair).objects.select_related("officer__agency").get(pk=chair.pk)

    with django_assert_num_queries(3):
        access.decide(chair, "R", "K5", matter=matter)
    with django_assert_num_queries(3):
        access.decide(chair, "R", "K5", matter=type(matter)())


def test_facts_of_a_page_that_reads_are_gathered_once_and_for_all_its_matters(world, django_assert_num_queries):
    chair = world.person("PC")
    matters = [world.matter(chair), world.matter(), world.matter(chair)]
    chair = type(chair).objects.select_related("officer__agency").get(pk=chair.pk)
    alone = [bool(access.decide(chair, "R", "K5", matter=matter)) for matter in matters]

    with django_assert_num_queries(3), access.one_look():
        found = access.standings(chair, matters)
        together = [bool(found[matter.pk].decide("R", "K5")) for matter in matters]
        assert [bool(access.decide(chair, "R", "K5", matter=matter)) for matter in matters] == together

    assert together == alone == [True, False, True]


def test_what_was_gathered_is_forgotten_with_the_page(world):
    chair, officer = world.person("PC"), world.person("IG")
    matter = world.matter(chair)
    with access.one_look():
        assert allowed(chair, "R", "K5", matter)
        conflicts.declare(matter, account=chair, reason="Neighbour", by=officer)

    assert not allowed(chair, "R", "K5", matter)


def test_conflict_lifted_lets_in_again(world):
    chair, officer, second_chair = world.person("PC"), world.person("IG"), world.person("PC")
    matter = world.matter(chair, second_chair)
    conflict = conflicts.declare(matter, account=chair, reason="Neighbour", by=officer)
    conflicts.propose_lift(conflict, reason="Another person of that name", by=officer)
    assert not allowed(chair, "L", "K2", matter)

    conflicts.confirm_lift(conflict, reason="Checked with the agency", by=second_chair)

    assert allowed(chair, "L", "K2", matter)
    assert not Conflict.objects.live().exists()
