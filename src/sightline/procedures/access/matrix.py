"""The access table as data: read once from `matrix.toml`, and refused whole if any part of it cannot be understood."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ACTIONS: Final = {
    "L": "know that it exists",
    "R": "read under a pseudonym",
    "I": "reveal the identity",
    "C": "create",
    "E": "edit",
    "S": "sign or submit",
    "V": "approve as a second person",
    "X": "export",
    "P": "publish",
    "D": "dispose",
    "M": "manage access",
}
SCOPES: Final = {
    "A": "anything in the partnership",
    "O": "their own agency's",
    "OWN": "their own",
    "C": "as a member of the matter",
    "G": "while a grant names it",
    "LA": "if their agency is the local authority",
    "SAR": "for a subject access request",
    "V": "once released",
    "K": "with a clearance for every seal on it",
    "LPP": "if it is sealed for legal privilege",
    "SUB": "after it is submitted",
}
MARKS: Final = {
    "*": "only of released tables",
    "†": "two different people are needed",
    "‡": "never about oneself, and never seen by the person concerned",
}

_ENTRY = re.compile(r"(?P<scope>[A-Z]+(?:[&|][A-Z]+)*):(?P<actions>[A-Z]+)(?P<marks>[*†‡]*)")
_CELL = re.compile(r"(?P<entries>[^()]*?)(?: \((?P<note>[^()]+)\))?")


class InvalidMatrix(ValueError):
    """The access table has a part that cannot be understood, so none of it is used."""


@dataclass(frozen=True)
class Entry:
    """One permission in a cell: some actions, in one of several scopes (each a set of conditions that must all hold)."""

    text: str
    scopes: tuple[frozenset[str], ...]
    actions: frozenset[str]
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Cell:
    """What one role may do with one kind of record, with a note for readers."""

    entries: tuple[Entry, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Role:
    """One of the parts that people have in the partnership's work."""

    code: str
    name: str
    sentence: str


@dataclass(frozen=True)
class Kind:
    """One kind of record, with the cell of each role that may do something with it."""

    code: str
    name: str
    sentence: str
    cell_by_role: Mapping[str, Cell]


@dataclass(frozen=True)
class Matrix:
    """The whole table: roles, kinds of record, and a cell where they meet."""

    role_by_code: Mapping[str, Role]
    kind_by_code: Mapping[str, Kind]

    def entries(self, kind: str, role: str) -> tuple[Entry, ...]:
        """Return what the role may do with the kind; an unknown kind or role may do nothing."""
        if kind not in self.kind_by_code:
            return ()
        return self.kind_by_code[kind].cell_by_role.get(role, Cell()).entries

    def is_personal(self, kind: str, role: str) -> bool:
        """Say whether *own* in this cell means the person's own, and not the agency's."""
        return any("OWN" in scope for entry in self.entries(kind, role) for scope in entry.scopes)


def read_matrix(source: Mapping[str, Any]) -> Matrix:
    """Turn the parsed file into the table, or say exactly what in it is wrong."""
    if unknown := set(source) - {"roles", "kinds"}:
        raise InvalidMatrix(f"Unknown part of the access table: {sorted(unknown)}.")
    roles = {code: _read_role(code, row) for code, row in source["roles"].items()}
    kinds = {code: _read_kind(code, row, roles) for code, row in source["kinds"].items()}
    return Matrix(role_by_code=roles, kind_by_code=kinds)


def read_cell(text: str, *, where: str = "") -> Cell:
    """Read one cell, such as ``LA:S, A:R`` or ``none (protected totals only)``."""
    parts = _CELL.fullmatch(text)
    if parts is None or not parts["entries"]:
        raise InvalidMatrix(f"{where}: cannot read the cell {text!r}.")
    note = parts["note"] or ""
    if parts["entries"] == "none":
        return Cell(note=note)
    return Cell(entries=tuple(_read_entry(entry, where) for entry in parts["entries"].split(", ")), note=note)


def _read_entry(text: str, where: str) -> Entry:
    parts = _ENTRY.fullmatch(text)
    if parts is None:
        raise InvalidMatrix(f"{where}: cannot read the entry {text!r}.")
    scopes = tuple(frozenset(alternative.split("&")) for alternative in parts["scope"].split("|"))
    if unknown := {condition for scope in scopes for condition in scope} - SCOPES.keys():
        raise InvalidMatrix(f"{where}: unknown scope {sorted(unknown)} in {text!r}.")
    if unknown := set(parts["actions"]) - ACTIONS.keys():
        raise InvalidMatrix(f"{where}: unknown action {sorted(unknown)} in {text!r}.")
    if len(set(parts["actions"])) != len(parts["actions"]):
        raise InvalidMatrix(f"{where}: an action stands twice in {text!r}.")
    return Entry(text=text, scopes=scopes, actions=frozenset(parts["actions"]), marks=frozenset(parts["marks"]))


def _read_role(code: str, row: Mapping[str, Any]) -> Role:
    _check_words(f"role {code}", row)
    if unknown := set(row) - {"name", "sentence"}:
        raise InvalidMatrix(f"role {code}: unknown {sorted(unknown)}.")
    return Role(code=code, name=row["name"], sentence=row["sentence"])


def _read_kind(code: str, row: Mapping[str, Any], roles: Mapping[str, Role]) -> Kind:
    _check_words(f"kind {code}", row)
    cells = {role: text for role, text in row.items() if role not in {"name", "sentence"}}
    if unknown := set(cells) - set(roles):
        raise InvalidMatrix(f"kind {code}: unknown role {sorted(unknown)}.")
    return Kind(
        code=code,
        name=row["name"],
        sentence=row["sentence"],
        cell_by_role={role: read_cell(text, where=f"{code} {role}") for role, text in cells.items()},
    )


def _check_words(where: str, row: Mapping[str, Any]) -> None:
    for word in ("name", "sentence"):
        if not isinstance(row.get(word), str) or not row[word].strip():
            raise InvalidMatrix(f"{where} has no {word}.")


MATRIX: Final = read_matrix(tomllib.loads(Path(__file__).with_name("matrix.toml").read_text(encoding="utf-8")))
