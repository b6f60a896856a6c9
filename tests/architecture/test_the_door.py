"""Whatever marks something as sent or published asks the one door first: its file is looked through for its reader, or it says why not."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import SOURCE

MOVES = SOURCE / "partnership" / "case_reviews" / "workflow"
DOOR = "outgoing.let_out"
# What a move does when it marks something: a row that says so, a status that says so, or the day on which it happened.
ROWS = {"LetterOut.objects.create", "NotificationSent.objects.create"}
STATUSES = {"SENT_TO_PANEL", "PRE_PUBLICATION_NOTICE", "PUBLISHED", "NOT_PUBLISHED"}
DAYS = {"notice_sent_on", "published_on", "improvements_published_on", "issued_at"}
# Marks something as sent, and holds nothing that the door could look through.
WITHOUT_A_FILE = {
    "consideration.record_sent": "The notification is typed into the national service, which learns there who the children are.",
}
MARKS = {
    "letters_out.record", "report_texts.mark_sent", "panel_replies._send_again", "practice_publication.send_notice",
    "practice_publication._publish", "practice_publication._not_publish", "consideration.record_sent",
    "learning.issue_briefing",
}  # fmt: skip

# Give a file into somebody's hands without marking anything. An agency that takes back what it wrote itself passes no door.
HAND_OUT = {"chronology_exports.take_out", "chronology_exports.take_out_for_agency"}

Moves = dict[str, ast.FunctionDef]


@cache
def moves() -> Moves:
    return {name: node for path in sorted(MOVES.glob("*.py")) for name, node in moves_of(path.stem, path.read_text(encoding="utf-8"))}


def moves_of(module: str, text: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            yield f"{module}.{node.name}", node


def calls(name: str, node: ast.AST) -> Iterator[tuple[int, str]]:
    """Each call in a move with its line; one within the same module is named by it."""
    module = name.partition(".")[0]
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            called = ast.unparse(each.func)
            yield each.lineno, called if "." in called else f"{module}.{called}"


def marks_at(node: ast.FunctionDef) -> list[int]:
    """The lines at which a move says that something went out."""
    found = []
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            states = {word.value.attr for word in each.keywords if word.arg == "to" and isinstance(word.value, ast.Attribute)}
            if ast.unparse(each.func) in ROWS or states & STATUSES:
                found.append(each.lineno)
        elif isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) and each.attr in DAYS:
            found.append(each.lineno)
    return found


def reaches_the_door(name: str, every: Moves, seen: frozenset[str] = frozenset()) -> bool:
    if name == DOOR:
        return True
    if name not in every or name in seen:
        return False
    return any(reaches_the_door(called, every, seen | {name}) for _, called in calls(name, every[name]))


def asks_first(name: str, every: Moves) -> bool:
    """The door is asked above the first mark. A private move is asked for by each move that calls it, above the call."""
    if asked_above(name, every, min(marks_at(every[name]))):
        return True
    callers = [(caller, line) for caller, node in every.items() for line, called in calls(caller, node) if called == name]
    return name.partition(".")[2].startswith("_") and bool(callers) and all(asked_above(caller, every, line) for caller, line in callers)


def asked_above(name: str, every: Moves, line: int) -> bool:
    return any(at < line and reaches_the_door(called, every) for at, called in calls(name, every[name]))


def test_moves_that_mark_something_as_sent_are_these() -> None:
    """A new one is listed here, and with it the question of what it lets out."""
    assert {name for name, node in moves().items() if marks_at(node)} == MARKS


@pytest.mark.parametrize("name", sorted(MARKS - WITHOUT_A_FILE.keys()))
def test_each_asks_the_door_before_it_marks(name: str) -> None:
    assert asks_first(name, moves())


@pytest.mark.parametrize("name", sorted(HAND_OUT))
def test_each_that_hands_out_a_file_asks_the_door(name: str) -> None:
    assert reaches_the_door(name, moves())


def test_what_is_marked_elsewhere_is_marked_by_a_move() -> None:
    """No page and no command writes the row of a letter or of a notification past the moves."""
    rooms = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent != MOVES and "migrations" not in path.parts]
    assert [path for path in rooms if any(row in path.read_text(encoding="utf-8") for row in ROWS)] == []


@pytest.mark.parametrize(
    ("body", "is_right"),
    [
        ("outgoing.let_out()\n    LetterOut.objects.create()", True),
        ("LetterOut.objects.create()\n    outgoing.let_out()", False),
        ("LetterOut.objects.create()", False),
        ("_asks()\n    note_status(to=Status.PUBLISHED)", True),
        ("row.published_on = today", False),
    ],
)
def test_a_move_that_marks_before_it_asks_is_seen(body: str, is_right: bool) -> None:
    every = dict(moves_of("example", f"def _asks():\n    outgoing.let_out()\ndef send():\n    {body}\n"))
    assert asks_first("example.send", every) is is_right


def test_moves_are_where_this_reads_them() -> None:
    assert Path(MOVES).is_dir() and DOOR in moves()
