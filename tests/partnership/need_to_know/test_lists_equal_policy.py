"""Whatever the world, the lists show exactly the matters that the policy lets a person know of, one by one."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from sightline.partnership.need_to_know import access, case_access, listing
from sightline.partnership.need_to_know.models import AgencySeal, Conflict, Grant, Matter, Membership
from sightline.procedures.access.matrix import MATRIX

from .conftest import World

ROLES = sorted(MATRIX.role_by_code)
DAYS = st.integers(-3, 3)

window = st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 4)))
matter_facts = st.fixed_dictionaries(
    {
        "raised_by": st.sampled_from(["council", "school"]),
        "age": st.integers(0, 2),  # few ages, so that many matters are opened at the same moment
        "memberships": st.lists(window, max_size=2),
        "grants": st.lists(window, max_size=2),
        "membership_ended": st.booleans(),
        "blocked": st.sampled_from(["", "", "", "account", "officer", "lifted"]),
        "sealed": st.sampled_from(["", "", "", "out", "named", "moved"]),
        "ended": st.booleans(),
    }
)


def build(world: World, account, facts: dict, today) -> Matter:
    other = world.someone
    matter = Matter.objects.create(
        kind="serious_incident", opened_by=other, raised_by_agency=getattr(world, facts["raised_by"]),
        opened_at=world.start - timedelta(days=facts["age"]), is_ended=facts["ended"], ended_at=world.start if facts["ended"] else None,
    )  # fmt: skip
    for model, key in ((Membership, "memberships"), (Grant, "grants")):
        for start, length in facts[key]:
            first_day = today + timedelta(days=start)
            dates = {"valid_from": first_day, "valid_to": None if length is None else first_day + timedelta(days=length)}
            if model is Grant:
                dates["valid_to"] = dates["valid_to"] or first_day + timedelta(days=9)
                Grant.objects.create(matter=matter, account=account, purpose="x", kinds=["K4"], added_by=other, **dates)
            else:
                ended = {"ended_at": world.start, "ended_by": other, "end_reason": "x"} if facts["membership_ended"] else {}
                Membership.objects.create(matter=matter, account=account, purpose="x", basis="agreement", added_by=other, **dates, **ended)
    if facts["blocked"]:
        whom = {"officer": account.officer} if facts["blocked"] == "officer" else {"account": account}
        lifted = {}
        if facts["blocked"] == "lifted":
            lifted = {
                "lift_proposed_by": other, "lift_proposed_as": "IG", "lift_proposed_at": world.start, "lift_reason": "x",
                "lifted_by": world.second, "lifted_at": world.start, "lift_confirmation": "x",
            }  # fmt: skip
        Conflict.objects.create(matter=matter, source="case_flag", reason="x", declared_by=other, **whom, **lifted)
    if facts["sealed"]:
        seal = AgencySeal.objects.create(
            matter=matter, agency=world.council if facts["sealed"] == "moved" else world.school, reason="x", placed_by=other
        )
        if facts["sealed"] == "named":
            seal.named.add(account)
        if facts["sealed"] == "moved":
            seal.kept_out.add(account)
    case_access.renew(matter)
    return matter


def walk(account, size: int, backwards: bool = False) -> list[str]:
    """Every id of the list, page by page."""
    found, page = [], listing.page(account, size=size)
    found += page.matter_ids
    while page.older:
        page = listing.page(account, after=page.older, size=size)
        found += page.matter_ids
    if not backwards:
        return found
    back = list(reversed(page.matter_ids))
    while page.newer:
        page = listing.page(account, before=page.newer, size=size)
        back += reversed(page.matter_ids)
    return list(reversed(back))


class ListsEqualPolicy(HypothesisTestCase):
    @settings(max_examples=60)
    @given(
        roles=st.sets(st.sampled_from(ROLES), max_size=2), worlds=st.lists(matter_facts, max_size=6), size=st.integers(1, 3),
        is_active=st.booleans() | st.just(True),
    )  # fmt: skip
    def test_lists_equal_policy_row_by_row(self, roles, worlds, size, is_active):
        world, today = World(), timezone.localdate()
        world.start = timezone.now()
        world.person("BM")
        world.second = world.person("PC")
        account = world.person(*roles, agency=world.school)
        if not is_active:
            account.is_active, account.suspended_at, account.suspended_for = False, world.start, "by_hand"
            account.save()
        matters = [build(world, account, facts, today) for facts in worlds]

        expected = {matter.pk for matter in matters if access.may_know(account, matter)}
        in_order = [m.pk for m in sorted(matters, key=lambda m: (m.opened_at, m.pk), reverse=True) if m.pk in expected]

        self.assertEqual(set(access.visible_matters(account).values_list("pk", flat=True)), expected)
        self.assertEqual(walk(account, size), in_order)
        self.assertEqual(walk(account, size, backwards=True), in_order)


def test_person_in_two_ways_sees_a_matter_once(world):
    lead = world.person("AL", agency=world.school)
    matter = world.matter(lead, raised_by=world.school)

    assert access.principals_of(lead) == [f"agency:{world.school.pk}", f"account:{lead.pk}"]
    assert listing.page(lead).matter_ids == [matter.pk]


@pytest.mark.parametrize("key", ["", "x", "12", "12-", "-", "9" * 30 + "-A", "12-a b", "1e5-A", "１２-A"])
def test_key_that_was_altered_begins_at_the_newest(world, key):
    manager = world.person("BM")
    matter = world.matter(manager)

    assert listing.page(manager, after=key).matter_ids == [matter.pk]


def test_list_of_somebody_with_nothing_is_empty(world):
    world.matter()

    assert listing.page(world.person("PM")).matter_ids == []
    assert listing.page(world.person()).matter_ids == []
