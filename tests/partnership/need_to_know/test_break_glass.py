"""Opening a matter in an emergency, and its limits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sightline.partnership.agencies import arrangements
from sightline.partnership.need_to_know import access
from sightline.partnership.need_to_know.models import BreakGlass
from sightline.partnership.need_to_know.workflow import break_glass, conflicts, seals
from sightline.procedures.errors import NotAllowedNow, NotPermitted

REASON = "A child may be with the person named in the record tonight"


def use(matter, by, category="child_in_danger", reason=REASON, stepped_up=True):
    return break_glass.use(matter, category=category, reason=reason, by=by, stepped_up=stepped_up)


def reads(account, matter, kind="K5", stepped_up=True, **facts):
    return access.decide(account, "R", kind, matter=matter, stepped_up=stepped_up, **facts).allowed


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("BM", True), ("DSP", True), ("IG", True), ("PC as a member", True),
        ("PC", False), ("BO", False), ("SC", False), ("PM as a member", False), ("AL as a member", False),
        ("LG as a member", False), ("SA", False), ("SU", False),
    ],
)  # fmt: skip
def test_emergency_opening_is_for_four_roles_that_may_know_of_the_matter(world, who, may):
    account = world.person(who.split()[0])
    matter = world.matter(*([account] if "member" in who else []))

    if not may:
        with pytest.raises(NotPermitted):
            use(matter, account)
        return
    use(matter, account)
    assert reads(account, matter)
    assert reads(account, matter, "K16")


def test_emergency_opening_is_reading_only(world):
    partner = world.person("DSP")
    matter = world.matter()
    assert not reads(partner, matter)
    use(matter, partner)

    assert reads(partner, matter)
    assert access.decide(partner, "I", "K1", matter=matter, stepped_up=True)
    for action in "CESVXPDM":
        for kind in ("K2", "K4", "K5", "K6", "K16", "K17m"):
            assert not access.decide(partner, action, kind, matter=matter, stepped_up=True)


def test_emergency_opening_counts_only_while_the_sign_in_is_fresh(world):
    partner = world.person("DSP")
    matter = world.matter()
    use(matter, partner)

    assert not reads(partner, matter, stepped_up=False)


def test_emergency_opening_ends_after_four_hours(world):
    partner = world.person("DSP")
    matter = world.matter()
    opening = use(matter, partner)
    assert opening.ends_at - opening.used_at == timedelta(hours=4)

    shift = timedelta(hours=4)
    BreakGlass.objects.update(used_at=opening.used_at - shift, ends_at=opening.ends_at - shift)

    assert not reads(partner, matter)


def test_emergency_opening_ends_early_when_closed(world):
    partner = world.person("DSP")
    matter = world.matter()
    opening = use(matter, partner)

    break_glass.close(opening, by=partner)

    assert not reads(partner, matter)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "x" * 29}, "30 characters"),
        ({"reason": "  " + "x" * 28 + "  "}, "30 characters"),
        ({"category": "curiosity"}, "kind of emergency"),
        ({"stepped_up": False}, "Confirm that it is you"),
    ],
)
def test_emergency_opening_is_refused_when(world, change, sentence):
    with pytest.raises(NotAllowedNow, match=sentence):
        use(world.matter(), world.person("DSP"), **change)


def test_emergency_opening_is_made_once_at_a_time(world):
    partner = world.person("DSP")
    matter = world.matter()
    use(matter, partner)

    with pytest.raises(NotAllowedNow, match="already opened"):
        use(matter, partner)


def test_emergency_opening_never_for_somebody_in_conflict(world):
    partner = world.person("DSP")
    matter = world.matter()
    conflicts.declare(matter, account=partner, reason="A relative", by=world.person("IG"))

    with pytest.raises(NotPermitted):
        use(matter, partner)


def test_conflict_found_during_an_emergency_opening_ends_it(world):
    partner = world.person("DSP")
    matter = world.matter()
    use(matter, partner)
    conflicts.declare(matter, account=partner, reason="A relative", by=world.person("IG"))

    assert not reads(partner, matter)


def test_emergency_opening_never_for_a_sealed_agency(world):
    partner = world.person("DSP", agency=world.school)
    matter = world.matter()
    seals.place(matter, agency=world.school, named=[], reason="x", by=world.person("IG", agency=world.council))

    with pytest.raises(NotPermitted):
        use(matter, partner)


def test_emergency_opening_leaves_legal_privilege_closed(world):
    partner = world.person("DSP")
    matter = world.matter()
    seals.clear(matter, account=partner, seal="legal_privilege", reason="x", by=world.person("BM"))
    seals.clear(matter, account=partner, seal="police", reason="x", by=world.person("BM"))
    use(matter, partner)

    assert not reads(partner, matter, seals=["legal_privilege"])
    assert reads(partner, matter, seals=["police"])
    assert not reads(partner, matter, seals=["adoption"])


def test_review_is_due_on_the_next_working_day(world):
    opening = use(world.matter(), world.person("DSP"))
    today = timezone.localdate()

    assert opening.review_due_on == arrangements.working_calendar().add_working_days(today, 1).due_on
    assert opening.review_due_on > today


@pytest.mark.parametrize(("role", "may"), [("IG", True), ("BM", False), ("PC", False), ("DSP", False), ("SC", False)])
def test_review_is_made_by_the_information_governance_officer(world, role, may):
    reviewer = world.person(role)
    matter = world.matter(reviewer)
    opening = use(matter, world.person("DSP"))

    if may:
        reviewed = break_glass.review(opening, finding="justified", notes="Police confirmed the call", by=reviewer)
        assert reviewed.reviewed_by == reviewer
        with pytest.raises(NotAllowedNow, match="already been reviewed"):
            break_glass.review(opening, finding="justified", notes="x", by=reviewer)
    else:
        with pytest.raises(NotPermitted):
            break_glass.review(opening, finding="justified", notes="x", by=reviewer)


def test_review_is_never_of_ones_own_opening(world):
    officer = world.person("IG")
    opening = use(world.matter(), officer)

    with pytest.raises(NotPermitted):
        break_glass.review(opening, finding="justified", notes="x", by=officer)


def test_officers_and_managing_members_are_told_but_nobody_in_conflict(world, monkeypatch):
    told = []
    monkeypatch.setattr(
        break_glass.outbox, "queue", lambda template, *, to, about="", matter_id="", not_before=None: told.append((template, to))
    )
    officer, blocked_officer, manager, member, partner = (world.person(role) for role in ("IG", "IG", "BM", "PM", "DSP"))
    matter = world.matter(manager, member)
    conflicts.declare(matter, account=blocked_officer, reason="x", by=manager)
    told.clear()

    use(matter, partner)

    assert sorted(told) == sorted([("need_to_know.glass_broken", officer.pk), ("need_to_know.glass_broken", manager.pk)])
