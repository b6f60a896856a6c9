"""The access table as a page for readers: run this module to write `docs/reference/access.md` from the table."""

import sys
from pathlib import Path

from sightline.procedures.access.matrix import ACTIONS, MARKS, MATRIX, SCOPES, Cell, Kind, Matrix

PAGE = Path("docs/reference/access.md")

_INTRODUCTION = """# Who may do what

This page is written from `src/sightline/procedures/access/matrix.toml`; do not edit it. Write it again with
`python -m sightline.procedures.access.reference`. One pure function, `allow`, reads the table and answers every question about access.
What is not in the table is refused, and a refusal looks exactly like a page that never existed.

Before the table is read, these forbid, and nothing overrides them:

1. a conflict of interest in the matter;
2. a matter sealed to named persons of one's own agency, when one is not named;
3. an account that is not active, or a sign-in without a second factor;
4. a seal on the thing without the clearance for it;
5. the state of the thing: a draft is its author's side's alone; nobody edits what is submitted or locked; nothing is made, edited, signed,
   approved or shared in a closed matter (a business manager may still manage access); what is under a legal hold is not disposed of;
   what is disposed of is gone;
6. revealing an identity, exporting or publishing without having just confirmed one's sign-in;
7. new sharing (exports, access for others, returns, tracker records, members and grants) while training or the sharing agreement has
   lapsed, except in a live statutory review.

Breaking the glass stands in for membership and for a grant, for reading only, for at most four hours, for a business manager, a delegated
safeguarding partner, a panel chair or an information governance officer. It never passes a conflict of interest, a matter sealed to named
persons or legal privilege."""


def as_markdown(matrix: Matrix = MATRIX) -> str:
    """Write the whole table out in words."""
    parts = [_INTRODUCTION, _key("Actions", ACTIONS), _key("Scopes", SCOPES), _key("Marks", MARKS), _roles(matrix), _grid(matrix)]
    parts += [_kind(kind, matrix) for kind in matrix.kind_by_code.values()]
    return "\n\n".join(parts) + "\n"


def _key(title: str, words: dict[str, str]) -> str:
    rows = [f"| {sign} | {meaning} |" for sign, meaning in words.items()]
    return "\n".join([f"## {title}", "", "| Sign | Meaning |", "|---|---|", *rows])


def _roles(matrix: Matrix) -> str:
    rows = [f"| {role.code} | {role.name} | {role.sentence} |" for role in matrix.role_by_code.values()]
    return "\n".join(["## Roles", "", "| Role | Name | What it is for |", "|---|---|---|", *rows])


def _grid(matrix: Matrix) -> str:
    roles = list(matrix.role_by_code)
    rows = [
        "| " + " | ".join([f"{kind.code} {kind.name}", *(_short(kind.cell_by_role.get(role, Cell())) for role in roles)]) + " |"
        for kind in matrix.kind_by_code.values()
    ]
    return "\n".join(["## The table", "", "| Kind | " + " | ".join(roles) + " |", "|---" * (len(roles) + 1) + "|", *rows])


def _short(cell: Cell) -> str:
    return ", ".join(entry.text.replace("|", "\\|") for entry in cell.entries) or "–"


def _kind(kind: Kind, matrix: Matrix) -> str:
    lines = [f"## {kind.code} {kind.name}", "", kind.sentence, ""]
    for code, cell in kind.cell_by_role.items():
        lines += [f"- {matrix.role_by_code[code].name}: {_in_words(cell)}."]
    return "\n".join(lines)


def _in_words(cell: Cell) -> str:
    clauses = []
    for entry in cell.entries:
        actions = ", ".join(ACTIONS[action] for action in ACTIONS if action in entry.actions)
        scopes = " or ".join(" and ".join(SCOPES[name] for name in SCOPES if name in scope) for scope in entry.scopes)
        marks = "".join(f" ({MARKS[mark]})" for mark in MARKS if mark in entry.marks)
        clauses.append(f"{actions}: {scopes}{marks}")
    return ("; ".join(clauses) or "nothing") + (f" ({cell.note})" if cell.note else "")


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else PAGE).write_text(as_markdown(), encoding="utf-8")
