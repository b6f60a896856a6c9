"""The file of the access table is read strictly: what cannot be understood is refused, never guessed."""

import copy
import tomllib
from pathlib import Path

import pytest

from sightline.procedures.access import matrix, reference
from sightline.procedures.access.matrix import MATRIX, InvalidMatrix, read_cell, read_matrix

SOURCE = tomllib.loads(Path(matrix.__file__).with_name("matrix.toml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[3]


def test_matrix_has_every_role_and_kind():
    assert len(MATRIX.role_by_code) == 19
    assert list(MATRIX.kind_by_code) == [*(f"K{number}" for number in range(18)), "K17m", *(f"K{number}" for number in range(18, 23))]


def test_cell_reads_scopes_actions_marks_and_note():
    cell = read_cell("LA:S, O&C:RX*‡ (own part)")

    first, second = cell.entries
    assert (first.scopes, first.actions) == ((frozenset({"LA"}),), frozenset("S"))
    assert (second.scopes, second.actions, second.marks) == ((frozenset({"O", "C"}),), frozenset("RX"), frozenset("*‡"))
    assert cell.note == "own part"


def test_cell_with_alternatives_keeps_them_apart():
    assert read_cell("O|C:R").entries[0].scopes == (frozenset({"O"}), frozenset({"C"}))


def test_cell_saying_none_gives_nothing():
    assert read_cell("none (protected totals only)").entries == ()


@pytest.mark.parametrize(
    "text", ["", "R", "A:", ":R", "A:RR", "A:Z", "B:R", "A:R,C:R", "A:R; C:R", "a:R", "A&:R", "A:R (", "A:R ()", "A:R none", "A: R"]
)
def test_cell_that_cannot_be_read_is_refused(text):
    with pytest.raises(InvalidMatrix):
        read_cell(text)


def changed(*path, to):
    source = copy.deepcopy(SOURCE)
    part = source
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return source


@pytest.mark.parametrize(
    "source",
    [
        changed("kinds", "K2", "XX", to="A:R"),
        changed("kinds", "K2", "BM", to="everything"),
        changed("kinds", "K2", "name", to=""),
        changed("roles", "BM", "sentence", to=" "),
        changed("roles", "BM", "powers", to="all"),
        changed("extra", to={}),
    ],
)
def test_matrix_with_a_wrong_part_is_refused_whole(source):
    with pytest.raises(InvalidMatrix):
        read_matrix(source)


def test_reference_page_is_up_to_date():
    assert (ROOT / reference.PAGE).read_text(encoding="utf-8") == reference.as_markdown()
