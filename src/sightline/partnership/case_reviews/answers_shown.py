"""An agency's answer as it is read: section by section, with what is marked withheld and what changed since the version before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sightline.partnership.accounts.models import Account
from sightline.partnership.case_reviews.models import AgencyRequest, AgencyReturn, ReturnDraft
from sightline.partnership.need_to_know import access as need_to_know
from sightline.procedures.access.allow import SEALS
from sightline.procedures.agency_return import Field, agency_return
from sightline.procedures.working_days import long_date

MARKS: Final = "marks"


@dataclass
class ShownRow:
    """A row of an answer: what it is about, its cells, or only that it is withheld."""

    label: str
    cells: list[tuple[str, str]] = field(default_factory=list)
    withheld: str = ""
    is_new: bool = False
    number: int = 0  # of a row that can be asked about by its number


@dataclass
class ShownField:
    """A question with its answer, or only that the answer is withheld."""

    code: str
    label: str
    text: str = ""
    rows: list[ShownRow] = field(default_factory=list)
    withheld: str = ""
    is_changed: bool = False
    before: str = ""
    rows_before: list[ShownRow] = field(default_factory=list)

    @property
    def is_answered(self) -> bool:
        return bool(self.text or self.rows or self.withheld)


@dataclass
class ShownSection:
    title: str
    fields: list[ShownField]


class Reader:
    """Somebody who reads one answer: which marks hold something back from them is asked once each."""

    def __init__(self, account: Account | None, request: AgencyRequest) -> None:
        self.account, self.request = account, request
        self.owners = [request.agency_id] + ([request.coordinated_by.agency_id] if request.coordinated_by else [])
        self.may_read_by_seal: dict[str, bool] = {}

    def withheld(self, seals: Iterable[str]) -> str:
        """What the reader is told in place of something marked; nothing where it is not marked, or the reader is cleared for all of it."""
        if self.account is None:
            return ""  # whoever writes the answer
        kept = [SEALS.get(seal, seal) for seal in dict.fromkeys(seals) if seal and not self._may_read(seal)]
        return f"Withheld: marked “{'”, “'.join(kept)}”" if kept else ""

    def _may_read(self, seal: str) -> bool:
        if seal not in self.may_read_by_seal:
            self.may_read_by_seal[seal] = any(
                need_to_know.decide(
                    self.account, "R", "K4", matter=self.request.matter, owner_agency_id=owner, state="submitted", seals=[seal]
                )
                for owner in self.owners
            )
        return self.may_read_by_seal[seal]


@dataclass(frozen=True)
class Marks:
    """What is marked in one version, by that version or by a later one: what was marked afterwards must not be read in the first."""

    versions: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, submitted: AgencyReturn) -> "Marks":
        later = submitted.request.returns.filter(number__gt=submitted.number) if submitted.number else ()
        return cls((submitted.answers, *(version.answers for version in later)))

    def on_question(self, code: str) -> list[str]:
        return [seal for answers in self.versions if (seal := (answers.get(MARKS) or {}).get(code))]

    def on_row(self, code: str, place: str, row: Any) -> list[str]:
        """By the row's own place, or because the same row stands at another place in a later version and is marked there."""
        found = [seal for answers in self.versions if (seal := (answers.get(MARKS) or {}).get(place))]
        for answers in self.versions:
            rows = answers.get(code)
            for number, other in enumerate(rows if isinstance(rows, list) else (), start=1):
                if other == row and (seal := (answers.get(MARKS) or {}).get(place_of_row(code, number))):
                    found.append(seal)
        return found


def shown(submitted: AgencyReturn, *, to: Account | None, since: AgencyReturn | None = None) -> list[ShownSection]:
    """The answer with what differs from an earlier version beside it."""
    reader = Reader(to, submitted.request)
    marks, marks_before = Marks.of(submitted), Marks.of(since) if since else None
    called = {subject.pk: subject.called for subject in submitted.request.subjects.all()}
    sections = []
    for section in agency_return().sections:
        fields = [
            _shown_field(question, submitted, since, marks, marks_before, reader, called)
            for question in section.fields
            if question.kind != "files"
        ]
        if answered := [row for row in fields if row is not None]:
            sections.append(ShownSection(section.title, answered))
    return sections


def as_written(request: AgencyRequest, draft: ReturnDraft) -> list[ShownSection]:
    """What an agency has written so far, as those who write it read it."""
    return shown(AgencyReturn(request=request, number=0, answers=draft.answers, is_nil=bool(draft.is_nil)), to=None)


def places_to_mark(sections: Iterable[ShownSection]) -> list[tuple[str, str]]:
    """Every answer and row that could be marked, by the name under which a mark is kept, with words to choose it by."""
    found = []
    for section in sections:
        for answer in section.fields:
            if answer.is_answered:
                found.append((answer.code, answer.label))
                many = [row for row in answer.rows if row.number]
                found += [(place_of_row(answer.code, row.number), f"{answer.label}, row {row.number} alone") for row in many]
    return found


def in_words(question: Field, value: Any, called: Mapping[str, str]) -> str:
    """One answer as plain text, rows line by line."""
    if not _is_answered(value):
        return ""
    if question.kind == "people":
        rows = [(called.get(person, ""), row) for person, row in value.items() if _is_answered(row)]
    elif question.kind == "rows":
        rows = [(f"Row {number}", row) for number, row in enumerate(value, start=1)]
    else:
        return _words(question.kind, question.choices, value)
    return "\n".join(
        f"{label}: {'; '.join(f'{name}: {words}' for name, words in _row(label, '', row, question).cells)}" for label, row in rows
    )


def place_of_row(code: str, number: int) -> str:
    """Under which name a row of an answer is marked; rows are counted from one."""
    return f"{code}:{number}"


def _shown_field(
    question: Field, submitted: AgencyReturn, since: AgencyReturn | None, marks: Marks, marks_before: Marks | None, reader: Reader,
    called: Mapping[str, str],
) -> ShownField | None:  # fmt: skip
    now, then = submitted.answers, since.answers if since else {}
    value, earlier = now.get(question.code), then.get(question.code)
    is_put = question.is_put(now, is_nil=submitted.is_nil)
    if not (is_put or _is_answered(value) or _is_answered(earlier)):
        return None
    field_ = ShownField(question.code, question.label, is_changed=since is not None and (value or None) != (earlier or None))
    field_.withheld = reader.withheld(marks.on_question(question.code))
    if not field_.withheld:
        field_.text, field_.rows = _told(question, value, marks, reader, called)
    if field_.is_changed and marks_before is not None and _is_answered(earlier):
        field_.before = reader.withheld(marks_before.on_question(question.code))
        if not field_.before:
            field_.before, field_.rows_before = _told(question, earlier, marks_before, reader, called)
    if field_.is_changed and question.kind == "rows":
        known = list(earlier or [])
        for row, raw in zip(field_.rows, value or [], strict=False):  # no rows while all of them are withheld
            row.is_new = raw not in known
    if question.kind == "rows":
        for number, row in enumerate(field_.rows, start=1):
            row.number = number
    return field_


def _told(question: Field, value: Any, marks: Marks, reader: Reader, called: Mapping[str, str]) -> tuple[str, list[ShownRow]]:
    if question.kind == "rows":
        return "", [
            _row(f"Row {number}", reader.withheld(marks.on_row(question.code, place_of_row(question.code, number), row)), row, question)
            for number, row in enumerate(value or [], start=1)
        ]
    if question.kind == "people":
        by_person: Mapping[str, Any] = value or {}
        return "", [
            _row(
                called.get(person, "Somebody no longer asked about"),
                reader.withheld(marks.on_row(question.code, f"{question.code}:{person}", row)),
                row,
                question,
            )  # fmt: skip
            for person, row in by_person.items()
            if _is_answered(row)
        ]
    return _words(question.kind, question.choices, value), []


def _row(label: str, withheld: str, row: Mapping[str, Any], question: Field) -> ShownRow:
    if withheld:
        return ShownRow(label, withheld=withheld)
    cells = [(column.label, _words(column.kind, column.choices, row.get(column.code))) for column in question.columns]
    return ShownRow(label, [(name, words) for name, words in cells if words])


def _words(kind: str, choices: str, value: Any) -> str:
    """A plain value as people read it; what cannot be read stays as it was typed."""
    if not _is_answered(value):
        return ""
    if kind == "lines":
        return "\n".join(str(line) for line in value) if isinstance(value, list) else str(value)
    if kind == "choice":
        return agency_return().labels(choices).get(value, str(value))
    if kind == "date":
        try:
            return long_date(date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return str(value)


def _is_answered(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_is_answered(cell) for cell in value.values())
    if isinstance(value, list | tuple):
        return any(_is_answered(part) for part in value)
    return value is not None and bool(str(value).strip())
