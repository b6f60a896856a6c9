"""Rule sets: which one is in force, what it fixes, and that a case can always be opened under the rules it was pinned to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.procedures import rule_sets
from sightline.procedures.case_review import NotificationType, notification_types
from sightline.procedures.errors import NotAllowedNow
from sightline.procedures.rule_sets.loading import read_rule_set

# Every rule set that was ever released. A line is never changed or removed: cases are pinned to it.
RELEASED = {
    "WT2018": ["6deb7d78494aac98420c694b0344db70ca99938a504afd6fdefe22314c556f55"],
    "WT2023": ["70d0e0de2f4fe9778bf463cdb831c3f36681495aa4b003eb39ed3f6ae14e47ff"],
    "WT2026": ["dc9f72eea24dc8cfc5aa3216757facda53e272bfec8c2d3a1abfa8a656827236"],
}


@pytest.mark.parametrize(("rule_set_id", "content_hash"), [(name, found) for name, hashes in RELEASED.items() for found in hashes])
def test_released_rule_set_can_still_be_opened(rule_set_id: str, content_hash: str) -> None:
    rules = rule_sets.pinned(rule_set_id, content_hash)

    assert (rules.id, rules.content_hash) == (rule_set_id, content_hash)


def test_every_rule_set_in_the_folder_is_among_the_released() -> None:
    assert {(rules.id, rules.content_hash) for rules in rule_sets.all_rule_sets()} == {
        (name, found) for name, hashes in RELEASED.items() for found in hashes
    }


def test_unknown_content_is_a_defect_and_not_a_guess() -> None:
    with pytest.raises(LookupError, match="WT2018"):
        rule_sets.pinned("WT2018", "0" * 64)


IN_FORCE = [
    ("2018-06-29", "WT2018"),
    ("2020-12-18", "WT2018"),
    ("2023-12-14", "WT2018"),
    ("2023-12-15", "WT2023"),
    ("2024-02-01", "WT2023"),
    ("2026-03-18", "WT2023"),
    ("2026-03-19", "WT2026"),
    ("2026-11-23", "WT2026"),
]


@pytest.mark.parametrize(("on", "rule_set_id"), IN_FORCE)
def test_rule_set_in_force_on_a_day(on: str, rule_set_id: str) -> None:
    assert rule_sets.in_force(date.fromisoformat(on)).id == rule_set_id


def test_day_before_notification_began_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotAllowedNow, match="Sightline holds no rules for Thursday 28 June 2018.*Check the year"):
        rule_sets.in_force(date(2018, 6, 28))


@given(st.dates(date(2018, 6, 29), date(2060, 1, 1)))
def test_exactly_one_rule_set_is_in_force_on_any_day(on: date) -> None:
    covering = {rules.id for rules in rule_sets.all_rule_sets() if rules.period.covers(on)}

    assert covering == {rule_sets.in_force(on).id}


@given(st.dates(date(2019, 4, 1), date(2060, 1, 1)))
def test_exactly_one_edition_of_panel_guidance_is_in_force_on_any_day(on: date) -> None:
    covering = [edition for edition in rule_sets.panel_guidance_editions() if edition.period.covers(on)]

    assert covering == [rule_sets.panel_guidance_in_force(on)]


PANEL = [
    ("2019-03-31", None),
    ("2019-04-01", "PANEL2019"),
    ("2022-09-01", "PANEL2022"),
    ("2025-05-31", "PANEL2022"),
    ("2025-06-01", "PANEL2025"),
]


@pytest.mark.parametrize(("on", "edition_id"), PANEL)
def test_panel_guidance_in_force_on_a_day(on: str, edition_id: str | None) -> None:
    edition = rule_sets.panel_guidance_in_force(date.fromisoformat(on))

    assert (edition.id if edition else None) == edition_id


@pytest.mark.parametrize("rules", rule_sets.all_rule_sets(), ids=str)
def test_rule_set_fixes_the_lengths_that_practice_knows(rules: rule_sets.RuleSet) -> None:
    assert (rules.sin_days, rules.rr_days, rules.lcspr_months, rules.prepub_days) == (5, 15, 6, 7)
    assert rules.rr_anchor == "notified_on"
    assert rules.structured_children == 4
    assert rules.sources


@pytest.mark.parametrize("rules", rule_sets.all_rule_sets(), ids=str)
def test_rule_set_names_three_partners_and_who_signs_on_every_day_of_its_force(rules: rule_sets.RuleSet) -> None:
    assert rules.period.from_on is not None
    on, last = rules.period.from_on, rules.period.to_on or date(2027, 12, 31)
    while on <= last:
        assert set(rules.partner_names(on)) == {"local_authority", "police", "health"}
        assert all(rules.signs_for(role, on) for role in ("local_authority", "police", "health"))
        on += timedelta(days=1)


HEALTH_PARTNER = [
    ("2021-03-10", "Clinical commissioning group"),
    ("2022-06-30", "Clinical commissioning group"),
    ("2022-07-01", "Integrated care board"),
    ("2023-06-01", "Integrated care board"),
]


@pytest.mark.parametrize(("on", "name"), HEALTH_PARTNER)
def test_health_partner_on_a_day(on: str, name: str) -> None:
    day = date.fromisoformat(on)

    assert rule_sets.in_force(day).partner_names(day)["health"] == name


def test_incident_of_2020_opened_again_in_2026_keeps_its_rules_easement_and_signing_role() -> None:
    aware_on = date(2020, 12, 18)
    raised = rule_sets.in_force(aware_on)

    rules = rule_sets.pinned(raised.id, raised.content_hash)

    assert rules.id == "WT2018"
    assert "clinical commissioning group" in rules.signs_for("health", aware_on)
    easements = rule_sets.easements_for("rapid_review", rule_set_id=rules.id, due_on=date(2021, 1, 20))
    assert [easement.id for easement in easements] == ["covid-2020"]


EASED = [
    ("rapid_review", "WT2018", "2020-03-29", False, "before it began"),
    ("rapid_review", "WT2018", "2020-03-30", True, "on its first day"),
    ("rapid_review", "WT2018", "2021-01-20", True, "its end is not confirmed"),
    ("practice_review_completion", "WT2018", "2021-06-15", True, "six months relaxed"),
    ("pre_publication_copy", "WT2018", "2021-06-15", True, "notice before publication relaxed"),
    ("serious_incident_notification", "WT2018", "2020-12-29", False, "five days were never relaxed"),
    ("rapid_review", "WT2023", "2024-05-01", False, "not under later rules"),
]


@pytest.mark.parametrize(("clock", "rule_set_id", "due_on", "is_eased", "shows"), EASED, ids=[row[4] for row in EASED])
def test_easement_stands_beside_the_clocks_that_it_relaxes(clock: str, rule_set_id: str, due_on: str, is_eased: bool, shows: str) -> None:
    found = rule_sets.easements_for(clock, rule_set_id=rule_set_id, due_on=date.fromisoformat(due_on))

    assert bool(found) is is_eased


def test_easement_ends_where_a_partnership_has_confirmed_its_end() -> None:
    ended_on = {"covid-2020": date(2020, 12, 31)}

    assert not rule_sets.easements_for("rapid_review", rule_set_id="WT2018", due_on=date(2021, 1, 1), ended_on=ended_on)
    assert rule_sets.easements_for("rapid_review", rule_set_id="WT2018", due_on=date(2020, 12, 31), ended_on=ended_on)


CARE_LEAVER = [("2021-02-01", False), ("2023-12-14", False), ("2023-12-15", True), ("2024-02-01", True), ("2026-11-01", True)]


@pytest.mark.parametrize(("aware_on", "is_available"), CARE_LEAVER)
def test_death_of_a_care_leaver_is_notified_from_15_december_2023(aware_on: str, is_available: bool) -> None:
    on = date.fromisoformat(aware_on)

    assert (NotificationType.CARE_LEAVER_DEATH in notification_types(rule_sets.in_force(on), on=on)) is is_available


@pytest.mark.parametrize("rules", rule_sets.all_rule_sets(), ids=str)
def test_rule_set_names_only_notification_types_that_exist(rules: rule_sets.RuleSet) -> None:
    assert {kind.code for kind in rules.notifiable_types} <= {kind.value for kind in NotificationType}
    assert {kind.duty for kind in rules.notifiable_types} <= {"must", "should"}


SMALL = """
id = "WTX"
edition = 1
title = "Invented"
from = 2030-01-01
is_from_confirmed = true
sources = ["Invented"]
[parameters]
sin_days = 5
rr_days = 15
rr_anchor = "notified_on"
lcspr_months = 6
prepub_days = 7
structured_children = 4
children_per_notification = "incident"
[[partners]]
role = "police"
name = "Chief officer of police"
[[sign_roles]]
role = "police"
signs = "Chief officer"
[[notifiable_types]]
code = "abuse_or_neglect_death"
duty = "must"
from = 2030-01-01
source = "Invented"
"""


def test_content_hash_changes_with_what_is_required_only() -> None:
    before = read_rule_set(SMALL).content_hash

    assert read_rule_set("# a comment\r\n" + SMALL.replace("\n", "\r\n")).content_hash == before
    assert read_rule_set(SMALL.replace("from = 2030-01-01\nis", "from = 2030-02-01\nto = 2031-01-01\nis")).content_hash == before
    assert read_rule_set(SMALL.replace("sin_days = 5", "sin_days = 6")).content_hash != before
    assert read_rule_set(SMALL.replace('name = "Chief', 'name = "The chief')).content_hash != before


def test_rule_set_that_lacks_a_length_is_not_read() -> None:
    with pytest.raises(KeyError, match="rr_days"):
        read_rule_set(SMALL.replace("rr_days = 15\n", ""))


UNKNOWN_WORDS = [('rr_anchor = "notified_on"', "RapidReviewAnchor"), ('children_per_notification = "incident"', "CountingRule")]


@pytest.mark.parametrize(("line", "refused"), UNKNOWN_WORDS)
def test_rule_set_with_a_word_that_nobody_knows_is_not_read(line: str, refused: str) -> None:
    with pytest.raises(ValueError, match=refused):
        read_rule_set(SMALL.replace(line, line.split(" = ")[0] + ' = "invented"'))


def test_each_object_says_which_date_chooses_its_rules() -> None:
    assert rule_sets.KEY_DATES["serious_incident"] == "aware_on"
    assert set(rule_sets.KEY_DATES) == {"serious_incident", "rapid_review", "practice_review", "yearly_report", "agency_duty"}
