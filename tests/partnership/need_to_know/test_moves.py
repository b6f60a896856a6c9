"""The moves that let people in and take them out: who may, when, and that it counts at once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.partnership.audit_trail.models import AuditEvent
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import CaseAccess, Clearance, Grant, LegalHold, Membership
from sightline.partnership.need_to_know.workflow import grants, holds, leavers, matters, members, seals
from sightline.procedures.errors import NotAllowedNow, NotPermitted

ADDERS = {"BM": True, "PC as a member": True, "PC": False, "BO": False, "DSP": False, "IG": False, "AL": False, "SA": False, "SC": False}


def last_action() -> str:
    return AuditEvent.objects.latest("seq").action


@pytest.mark.parametrize(("who", "may"), ADDERS.items())
def test_member_is_added_by_those_who_manage_access(world, who, may):
    by, new = world.person(who.split()[0]), world.person("PM")
    matter = world.matter(*([by] if "member" in who else []))

    if not may:
        with pytest.raises(NotPermitted):
            members.add(matter, account=new, purpose="Panel", by=by)
        return
    members.add(matter, account=new, purpose="Panel", by=by)
    assert access.decide(new, "L", "K2", matter=matter)
    assert last_action() == "member.added"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"purpose": "  "}, "Say why"),
        ({"valid_to": -1}, "last day"),
        ({"valid_from": 5, "valid_to": 3}, "last day"),
        ({"role": "SA"}, "never a member"),
        ({"role": "IR"}, "never a member"),
        ({"role": ""}, "never a member"),
        ({"closed": True}, "closed or suspended"),
        ({"already": True}, "already a member"),
    ],
)
def test_member_is_not_added_when(world, today, change, sentence):
    manager = world.person("BM")
    role = change.pop("role", "PM")
    new = world.person(*([role] if role else []))
    matter = world.matter(*([new] if change.pop("already", False) else []))
    if change.pop("closed", False):
        new.is_active, new.suspended_at, new.suspended_for = False, timezone.now(), "by_hand"
        new.save()
    days = {name: today + timedelta(days=number) for name, number in change.items() if name != "purpose"}

    with pytest.raises(NotAllowedNow, match=sentence):
        members.add(matter, account=new, purpose=change.get("purpose", "Panel"), by=manager, **days)


def test_membership_says_on_which_ground(world):
    manager = world.person("BM")
    ordinary, statutory = world.matter(manager), world.matter(manager, statutory_live=True)

    assert Membership.objects.get(matter=ordinary).basis == "agreement"
    assert Membership.objects.get(matter=statutory).basis == "section_16h"
    matters.set_statutory(ordinary, is_live=True, by=manager)
    assert Membership.objects.get(matter=ordinary).basis == "section_16h"


def test_member_let_in_by_another_move_is_let_in_once(world):
    lead, partner = world.person("AL"), world.person("DSP")
    matter = world.matter(lead)

    first = members.ensure(matter, account=partner, purpose="Asked for a view", by=lead)
    second = members.ensure(matter, account=partner, purpose="Asked again", by=lead)

    assert first == second
    assert access.decide(partner, "R", "K5", matter=matter)


def test_membership_to_come_is_listed_from_its_day(world, today):
    manager, new = world.person("BM"), world.person("PM")
    matter = world.matter(manager)
    members.add(matter, account=new, purpose="Panel", by=manager, valid_from=today + timedelta(days=2), valid_to=today + timedelta(days=4))

    shown = [bool(access.visible_matters(new, on=today + timedelta(days=day))) for day in range(6)]

    assert shown == [False, False, True, True, True, False]


def test_membership_ends_once_and_with_a_reason(world):
    manager, member = world.person("BM"), world.person("PM")
    membership = Membership.objects.get(matter=world.matter(member), account=member)

    with pytest.raises(NotAllowedNow, match="Say why"):
        members.end(membership, reason=" ", by=manager)
    members.end(membership, reason="Left the panel", by=manager)
    with pytest.raises(NotAllowedNow, match="already ended"):
        members.end(membership, reason="Again", by=manager)
    assert not CaseAccess.objects.filter(principal=f"account:{member.pk}").exists()


@pytest.mark.parametrize(
    ("days", "kinds", "role", "sentence"),
    [
        (91, ["K4"], "IR", "at most 90 days"),
        (-1, ["K4"], "IR", "last day"),
        (30, [], "IR", "Choose what"),
        (30, ["K8"], "IR", "Choose what"),
        (30, ["K4"], "PM", "Choose what"),
        (30, ["K2"], "IR", "Choose what"),
    ],
)
def test_grant_is_not_given_when(world, today, days, kinds, role, sentence):
    with pytest.raises(NotAllowedNow, match=sentence):
        grants.give(
            world.matter(), account=world.person(role), purpose="Review", kinds=kinds, valid_to=today + timedelta(days=days),
            by=world.person("BM"),
        )  # fmt: skip


def test_grant_is_renewed_twice_at_most(world, today):
    manager, reviewer = world.person("BM"), world.person("IR")
    matter = world.matter()
    grant = grants.give(matter, account=reviewer, purpose="Review", kinds=["K4", "K6"], valid_to=today + timedelta(days=90), by=manager)
    assert access.decide(reviewer, "C", "K6", matter=matter)

    grants.renew(grant, valid_to=today + timedelta(days=60), by=manager)
    grants.renew(grant, valid_to=today + timedelta(days=90), by=manager)

    with pytest.raises(NotAllowedNow, match="twice"):
        grants.renew(grant, valid_to=today + timedelta(days=90), by=manager)


def test_grant_that_ends_counts_at_once(world, today):
    manager, reviewer = world.person("BM"), world.person("IR")
    matter = world.matter()
    grant = grants.give(matter, account=reviewer, purpose="Review", kinds=["K4"], valid_to=today, by=manager)

    grants.end(grant, reason="Report delivered", by=manager)

    assert not access.decide(reviewer, "R", "K4", matter=matter)
    assert list(access.visible_matters(reviewer)) == []


@pytest.mark.parametrize(
    ("role", "seal", "may"),
    [
        ("PC", "police", True), ("BM", "adoption", True), ("PM", "whistleblower", True), ("AL", "police", True), ("SC", "police", True),
        ("LG", "legal_privilege", True), ("LG", "police", False), ("BO", "police", False), ("AC", "police", False),
        ("SA", "police", False), ("AN", "adoption", False),
    ],
)  # fmt: skip
def test_clearance_is_for_the_roles_of_row_k7(world, role, seal, may):
    manager, account = world.person("BM"), world.person(role)
    matter = world.matter(account)

    if may:
        seals.clear(matter, account=account, seal=seal, reason="Reads the statement", by=manager)
        assert seal in access.standing(account, matter).clearances
    else:
        with pytest.raises(NotAllowedNow):
            seals.clear(matter, account=account, seal=seal, reason="Reads the statement", by=manager)


def test_nobody_clears_themselves(world, today):
    manager = world.person("BM")
    matter = world.matter(manager)

    with pytest.raises(NotPermitted):
        seals.clear(matter, account=manager, seal="police", reason="Mine", by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clearance.objects.create(matter=matter, account=manager, seal="police", reason="x", valid_from=today, added_by=manager)


def test_clearance_that_ends_counts_at_once(world):
    manager, chair = world.person("BM"), world.person("PC")
    matter = world.matter(chair)
    clearance = seals.clear(matter, account=chair, seal="police", reason="x", by=manager)

    seals.end_clearance(clearance, reason="Trial is over", by=manager)

    assert not access.decide(chair, "R", "K5", matter=matter, seals=["police"])


@pytest.mark.parametrize(
    ("role", "may_place", "may_lift"),
    [
        ("BM", True, False),
        ("IG", True, True),
        ("LG", True, False),
        ("DSP", False, True),
        ("PC", False, False),
        ("SC", False, False),
        ("AL", False, False),
    ],
)
def test_legal_hold_is_placed_by_one_and_lifted_by_another(world, role, may_place, may_lift):
    account = world.person(role)
    matter = world.matter(account)
    by = world.person("BM")

    assert holds.can_place(account, matter) is may_place
    hold = holds.place(matter, reason="Inquest", by=by)
    with pytest.raises(NotAllowedNow, match="legal hold"):
        holds.check_not_held(matter)
    if may_lift:
        holds.lift(hold, reason="Inquest is over", by=account)
        holds.check_not_held(matter)
    else:
        with pytest.raises(NotPermitted):
            holds.lift(hold, reason="Inquest is over", by=account)


def test_legal_adviser_places_no_hold_on_a_matter_they_may_not_know_of(world):
    with pytest.raises(NotPermitted):
        holds.place(world.matter(), reason="Inquest", by=world.person("LG"))


def test_legal_hold_is_not_lifted_by_its_placer(world):
    officer = world.person("IG")
    hold = holds.place(world.matter(), reason="Inquest", by=officer)

    with pytest.raises(NotAllowedNow, match="Another person"):
        holds.lift(hold, reason="x", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.filter(pk=hold.pk).update(lifted_by=officer, lifted_at=timezone.now(), lift_reason="x")


def test_leaver_loses_everything_in_one_move(world, today):
    administrator, leaver = world.person("BM"), world.person("PC", "IR")
    first, second = world.matter(leaver, by=administrator), world.matter(leaver, by=administrator)
    grants.give(first, account=leaver, purpose="x", kinds=["K4"], valid_to=today, by=administrator)
    seals.clear(second, account=leaver, seal="police", reason="x", by=administrator)

    leavers.leave(leaver, by=administrator)

    leaver = type(leaver).objects.get(pk=leaver.pk)
    assert not leaver.is_active
    assert list(access.visible_matters(leaver)) == []
    for model in (Membership, Grant, Clearance):
        assert not model.objects.filter(account=leaver, ended_at__isnull=True).exists()
    assert not CaseAccess.objects.filter(principal__contains=leaver.pk).exists()
    for matter in (first, second):
        assert not access.decide(leaver, "L", "K2", matter=matter)


def test_leaver_who_cannot_be_closed_keeps_everything(world):
    leaver = world.person("PC")
    matter = world.matter(leaver)

    with pytest.raises(NotPermitted):
        leavers.leave(leaver, by=world.person("PM"))

    assert access.decide(leaver, "R", "K5", matter=matter)


def test_every_matter_has_a_reference_of_its_own(world, monkeypatch):
    drawn = iter(["BC3-4DF", "BC3-4DF", "GH6-7JK"])
    monkeypatch.setattr(matters, "new_reference", lambda: next(drawn))

    assert [world.matter().reference, world.matter().reference] == ["BC3-4DF", "GH6-7JK"]
