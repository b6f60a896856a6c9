"""What an agency answers to a request: the questions, section by section, and what is still missing before it can be submitted.

Answers are plain values by the code of their question: text, a number, an ISO date, the code of a choice, a list of lines or of files,
a list of rows by column, or for each person asked about a row by column.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sightline.procedures import code_lists

SIMPLE_KINDS: Final = frozenset({"text", "long_text", "lines", "number", "date", "choice", "files"})
KINDS: Final = SIMPLE_KINDS | {"rows", "people"}
PEOPLE_KNOWN: Final = "people_known"
SIGN_OFF: Final = frozenset({"signed_off_by", "signed_off_on"})


@dataclass(frozen=True)
class Column:
    """One column of a question that is answered by rows or for each person."""

    code: str
    label: str
    kind: str
    required: bool
    hint: str = ""
    choices: str = ""


@dataclass(frozen=True)
class Condition:
    """The answer to an earlier question without which a question is not put."""

    field: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One question to an agency."""

    code: str
    section: str
    label: str
    kind: str
    required: str
    hint: str = ""
    choices: str = ""
    is_for_nil: bool = False
    when: Condition | None = None
    columns: tuple[Column, ...] = ()

    def is_put(self, answers: Mapping[str, Any], *, is_nil: bool) -> bool:
        """Whether the question is asked at all, given the answers so far."""
        if is_nil and not self.is_for_nil:
            return False
        return self.when is None or answers.get(self.when.field) in self.when.answers

    def is_required(self, *, is_nil: bool) -> bool:
        return self.required == "always" or self.required == "known" and not is_nil


@dataclass(frozen=True)
class Section:
    """Questions that are asked together on one page."""

    code: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class AgencyReturn:
    """One version of the questions; a return keeps the version under which it was begun."""

    version: int
    sections: tuple[Section, ...]
    choices: Mapping[str, Mapping[str, str]]
    corrections: Mapping[str, str]

    def fields(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    def labels(self, name: str) -> Mapping[str, str]:
        """The codes and labels of a list of choices."""
        return self.choices[name] if name in self.choices else code_lists.label_by_code(name)


@dataclass(frozen=True)
class Missing:
    """One thing to put right before a return can be submitted, and the question at which to do it."""

    field: Field
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@cache
def agency_return() -> AgencyReturn:
    """The questions that agencies are asked."""
    return read_agency_return(files(__package__).joinpath("agency_return.toml").read_text(encoding="utf-8"))


def read_agency_return(text: str) -> AgencyReturn:
    """Read the questions from their file, and refuse a file that could not be asked or answered."""
    content = tomllib.loads(text)
    sections = tuple(
        Section(row["code"], row["title"], tuple(_read_field(field, row["title"]) for field in row["fields"]))
        for row in content["sections"]
    )
    questions = AgencyReturn(content["version"], sections, content["choices"], content["corrections"])
    earlier: set[str] = set()
    for field in questions.fields():
        if problem := _problem_of_question(field, earlier, questions):
            raise ValueError(f"The question {field.code!r} {problem}")
        earlier.add(field.code)
    return questions


def missing_for_submission(answers: Mapping[str, Any], *, is_nil: bool, people: Collection[str]) -> tuple[Missing, ...]:
    """What an agency has still to answer, for the people asked about: none when the return can be submitted."""
    questions = agency_return()
    found: list[Missing] = []
    for field in questions.fields():
        if field.is_put(answers, is_nil=is_nil):
            found += (
                Missing(field, sentence) for sentence in _wrong_with(field, answers.get(field.code), questions, people, is_nil=is_nil)
            )
            if field.code == PEOPLE_KNOWN and not any(missing.field is field for missing in found):
                found += _against_nil(field, answers.get(field.code) or {}, people, is_nil=is_nil)
    return tuple(found)


def missing_for_sign_off(answers: Mapping[str, Any], *, is_nil: bool, people: Collection[str]) -> tuple[Missing, ...]:
    """What a colleague has still to answer before the agency's lead is asked to sign off: all but the sign-off itself."""
    found = missing_for_submission(answers, is_nil=is_nil, people=people)
    return tuple(missing for missing in found if missing.field.code not in SIGN_OFF)


def _against_nil(field: Field, rows: Mapping[str, Any], people: Collection[str], *, is_nil: bool) -> list[Missing]:
    """“Not known to us” must not stand beside somebody known, nor an account of involvement beside nobody known."""
    is_anybody_known = any(rows[person]["known"] == "known" for person in people)
    if is_anybody_known and is_nil:
        return [Missing(field, "You say that somebody is known to you. Answer the full return instead of “not known to us”.")]
    if people and not is_anybody_known and not is_nil:
        return [Missing(field, "You say that nobody is known to you. Answer “not known to us” instead of the full return.")]
    return []


def _wrong_with(field: Field, value: Any, questions: AgencyReturn, people: Collection[str], *, is_nil: bool) -> list[str]:
    where = f"“{field.label}” under “{field.section}”"
    is_required = field.is_required(is_nil=is_nil)
    if field.kind == "people":
        by_person: Mapping[str, Mapping[str, Any]] = value or {}
        rows = [by_person[person] for person in people if _has_answer(by_person.get(person))]
        if is_required and len(rows) < len(people):
            return [f"Answer {where} for each person: {len(people) - len(rows)} still to answer."]
        return [sentence for row in rows for sentence in _wrong_with_row(row, field, where, questions)]
    if not _has_answer(value):
        return [f"Answer {where}."] if is_required else []
    if field.kind == "rows":
        return [
            sentence
            for number, row in enumerate(value, start=1)
            if _has_answer(row)
            for sentence in _wrong_with_row(row, field, f"row {number} of {where}", questions)
        ]
    sentence = _wrong_with_value(field.kind, field.choices, value, where, questions)
    return [sentence] if sentence else []


def _has_answer(value: Any) -> bool:
    """Whether anything was written: not in blanks alone, nor in a list, a row or a table of blanks."""
    if isinstance(value, Mapping):
        return any(_has_answer(cell) for cell in value.values())
    if isinstance(value, list | tuple):
        return any(_has_answer(part) for part in value)
    return value is not None and bool(str(value).strip())


def _wrong_with_row(row: Mapping[str, Any], field: Field, where: str, questions: AgencyReturn) -> list[str]:
    found = []
    for column in field.columns:
        value = row.get(column.code)
        if not _has_answer(value):
            sentence = f"Fill in “{column.label}” in {where}." if column.required else ""
        else:
            sentence = _wrong_with_value(column.kind, column.choices, value, f"“{column.label}” in {where}", questions)
        if sentence:
            found.append(sentence)
    return found


def _wrong_with_value(kind: str, choices: str, value: Any, where: str, questions: AgencyReturn) -> str:
    """A draft is kept as it was typed, so what cannot be read is told only here."""
    if kind == "date" and not _is_date(value):
        return f"{where} is not a date. Enter day, month and year, such as 3 2 2020."
    if kind == "number" and not _is_number(value):
        return f"{where} is not a number. Enter digits, such as 12 or 7.5."
    if kind == "choice" and value not in questions.labels(choices):
        return f"{where} is not one of the answers. Choose one of them."
    return ""


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _is_number(value: Any) -> bool:
    try:
        return 0 <= float(value) < 1e9
    except (TypeError, ValueError):
        return False


def _read_field(row: Mapping[str, Any], section: str) -> Field:
    when = row.get("when")
    return Field(
        code=row["code"],
        section=section,
        label=row["label"],
        kind=row["kind"],
        required=row["required"],
        hint=row.get("hint", ""),
        choices=row.get("choices", ""),
        is_for_nil=row.get("nil", False),
        when=Condition(when["field"], tuple(when["is"])) if when else None,
        columns=tuple(Column(**column) for column in row.get("columns", ())),
    )


def _problem_of_question(field: Field, earlier: Collection[str], questions: AgencyReturn) -> str:
    if field.code in earlier:
        return "is there twice."
    if field.kind not in KINDS or any(column.kind not in SIMPLE_KINDS for column in field.columns):
        return "has a kind that does not exist."
    if field.required not in {"always", "known", "no"}:
        return f"is required {field.required!r}; write always, known or no."
    if field.required == "always" and not field.is_for_nil:
        return "is always required and so must be put to those who know nobody too: set nil."
    if bool(field.columns) is not (field.kind in {"rows", "people"}):
        return "has columns without rows, or rows without columns."
    if field.when is not None and field.when.field not in earlier:
        return f"waits for {field.when.field!r}, which is not asked before it."
    named = [field.choices] if field.kind == "choice" else []
    named += [column.choices for column in field.columns if column.kind == "choice"]
    if any(name not in questions.choices and name not in code_lists.names() for name in named):
        return "offers a list of choices that does not exist."
    return ""
