"""The policy and a second, separately written reading of the same table give the same answers; a wrong cell would be seen."""

import dataclasses
from collections.abc import Callable, Iterator
from itertools import product

import pytest

from sightline.procedures.access.allow import Asker, Thing, allow
from sightline.procedures.access.matrix import ACTIONS, MATRIX, SCOPES, Cell, Entry, Matrix

from . import oracle

SITUATIONS = list(oracle.situations())
THINGS = [(asker, facts, Thing(**facts)) for asker, facts in SITUATIONS]

FEWEST_CASES = 3_000_000
FEWEST_MUTANTS = 1_000


def answers_that_differ(kind: str, role: str, matrix: Matrix = MATRIX) -> Iterator[tuple]:
    """Every case of one cell in which the policy and the oracle disagree."""
    for asker_facts, facts, thing in THINGS:
        asker = Asker(role, **asker_facts)
        for action in ACTIONS:
            if allow(asker, action, kind, thing, matrix=matrix).allowed != oracle.expected(role, action, kind, asker_facts, facts):
                yield action, asker_facts, facts


def test_policy_and_oracle_speak_of_the_same_table():
    assert set(MATRIX.kind_by_code) == set(oracle.KINDS)
    assert set(MATRIX.role_by_code) == set(oracle.ROLES)
    assert set(ACTIONS) == set(oracle.ACTIONS)
    assert {field.name for field in dataclasses.fields(Thing)} == set(oracle.THING)
    assert {field.name for field in dataclasses.fields(Asker)} - {"role"} == set(oracle.ASKER)


@pytest.mark.parametrize("kind", oracle.KINDS)
def test_policy_answers_as_the_oracle_does(kind):
    differing = [(role, case) for role in oracle.ROLES for case in answers_that_differ(kind, role)]

    assert not differing, f"{len(differing)} cases differ, the first: {differing[0]}"


def test_number_of_cases_compared(record_property, capsys):
    cases = len(SITUATIONS) * len(oracle.KINDS) * len(oracle.ROLES) * len(oracle.ACTIONS)

    record_property("cases compared", cases)
    with capsys.disabled():
        print(f"\n{cases:,} cases of access compared with the oracle ({len(SITUATIONS)} situations)")  # noqa: T201
    assert cases >= FEWEST_CASES


# ---- mutants: the table with one thing wrong in it ----


def with_cell(kind: str, role: str, entries: tuple[Entry, ...]) -> Matrix:
    row = MATRIX.kind_by_code[kind]
    changed = dataclasses.replace(row, cell_by_role={**row.cell_by_role, role: Cell(entries)})
    return dataclasses.replace(MATRIX, kind_by_code={**MATRIX.kind_by_code, kind: changed})


def mutants() -> Iterator[tuple[str, str, str, tuple[Entry, ...]]]:
    """Each cell emptied, narrowed by an action, widened by an action, or given another scope; each empty cell filled."""
    for kind in MATRIX.kind_by_code:
        for role in MATRIX.role_by_code:
            entries = MATRIX.entries(kind, role)
            if not entries:
                yield kind, role, "filled", (Entry("A:R", (frozenset("A"),), frozenset("R")),)
            for place, entry in enumerate(entries):
                before, after = entries[:place], entries[place + 1 :]
                yield kind, role, f"{entry.text} dropped", before + after
                for action in entry.actions:
                    less = dataclasses.replace(entry, actions=entry.actions - {action})
                    yield kind, role, f"{entry.text} without {action}", (*before, less, *after)
                for action in set(ACTIONS) - entry.actions:
                    more = dataclasses.replace(entry, actions=entry.actions | {action})
                    yield kind, role, f"{entry.text} with {action}", (*before, more, *after)
                for scope in SCOPES:
                    if entry.scopes == (frozenset({scope}),):
                        continue
                    other = dataclasses.replace(entry, scopes=(frozenset({scope}),))
                    yield kind, role, f"{entry.text} with scope {scope}", (*before, other, *after)


def behaves_as_before(kind: str, role: str, matrix: Matrix) -> bool:
    """Whether a changed table gives the same answers all the same, as when R is added where I stands: then nothing is wrong."""
    for asker_facts, _, thing in THINGS:
        asker = Asker(role, **asker_facts)
        for action in ACTIONS:
            if allow(asker, action, kind, thing, matrix=matrix).allowed != allow(asker, action, kind, thing).allowed:
                return False
    return True


def test_every_wrong_cell_is_caught(capsys):
    caught, harmless, missed = 0, [], []

    for kind, role, change, entries in mutants():
        matrix = with_cell(kind, role, entries)
        if any(answers_that_differ(kind, role, matrix)):
            caught += 1
        elif behaves_as_before(kind, role, matrix):
            harmless.append((kind, role, change))
        else:
            missed.append((kind, role, change))

    with capsys.disabled():
        print(f"\n{caught:,} wrong cells caught, {len(harmless)} changes without any effect, {len(missed)} missed")  # noqa: T201
    assert not missed
    assert caught >= FEWEST_MUTANTS


def policies_blind_to_one_fact() -> Iterator[tuple[str, Callable[[Asker, str, str, Thing], bool]]]:
    """The policy as it would be if one clause of it had been forgotten."""
    for field in dataclasses.fields(Thing):
        yield (
            field.name,
            lambda asker, action, kind, thing, f=field: bool(allow(asker, action, kind, dataclasses.replace(thing, **{f.name: f.default}))),
        )
    for field in dataclasses.fields(Asker)[1:]:
        yield (
            field.name,
            lambda asker, action, kind, thing, f=field: bool(allow(dataclasses.replace(asker, **{f.name: f.default}), action, kind, thing)),
        )
    # Open and held are left out: open limits nothing, and held stops disposal only, which no cell of the table gives.
    for state in ("draft", "submitted", "locked", "closed", "disposed"):
        yield (
            f"state {state}",
            lambda asker, action, kind, thing, s=state: bool(
                allow(asker, action, kind, dataclasses.replace(thing, state="open") if thing.state == s else thing)
            ),
        )


@pytest.mark.parametrize(("fact", "policy"), list(policies_blind_to_one_fact()))
def test_policy_blind_to_a_fact_is_caught(fact, policy):
    cases = product(("BM", "DSP", "IR", "AL", "AN", "IG", "PUB"), ("K2", "K3", "K4", "K5", "K8", "K10", "K12", "K17m"), ACTIONS, THINGS)

    assert any(
        policy(Asker(role, **asker_facts), action, kind, thing) != oracle.expected(role, action, kind, asker_facts, facts)
        for role, kind, action, (asker_facts, facts, thing) in cases
    ), f"a policy that never asks about {fact} would pass"
