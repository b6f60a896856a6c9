"""A section of the questions to agencies as a form. A draft is kept as it is typed, so nothing here refuses: what is missing or cannot be
read is told before the answer is submitted, and the words are still there.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from sightline.partnership.case_reviews.models import RequestSubject
from sightline.partnership.pages.fields import ChoiceRadio, DateBoxes, DayField, LongText
from sightline.procedures.agency_return import PEOPLE_KNOWN, Column, Field, Section, agency_return

MOST_ROWS: Final = 200
_LONGEST: Final = 60_000
FEW_CHOICES: Final = 6


class DayAsTyped(DayField):
    """A date as an ISO text; what is no date stays as it was typed, to be put right before it is submitted."""

    def clean(self, value: Any) -> str:
        parts = [str(part or "").strip() for part in (value or [])]
        if not any(parts):
            return ""
        try:
            return self.day(parts).isoformat()
        except forms.ValidationError:
            return " ".join(part for part in parts if part)


class DayBoxesAsTyped(DateBoxes):
    """Shows an ISO text in three boxes, and anything else where it was typed."""

    def decompress(self, value: Any) -> list[Any]:
        try:
            return super().decompress(date.fromisoformat(value))
        except (TypeError, ValueError):
            words = str(value or "").split(" ", 2)
            return [*words, *[None] * (3 - len(words))]


class SectionForm(forms.Form):
    """The questions of one section that are put to this agency, each under its code; rows and people one box a column."""

    def __init__(
        self, *args: Any, section: Section, answers: Mapping[str, Any], is_nil: bool, people: Sequence[RequestSubject], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.people = section, people
        here = {field.code for field in section.fields}
        self.asked = [
            field
            for field in section.fields
            if field.kind != "files"
            and (field.is_for_nil or not is_nil)
            # A question that hangs on another of this page stands here in any case: without a script nothing appears by itself.
            and (field.when is None or field.when.field in here or field.is_put(answers, is_nil=is_nil))
        ]
        for field in self.asked:
            self._add(field, answers.get(field.code))

    def _add(self, field: Field, value: Any) -> None:
        if field.kind == "rows":
            rows = [row for row in value or [] if any(row.values())][:MOST_ROWS]
            count = max(len(rows) + 1, self._rows_posted(field))
            for number in range(count):
                row = rows[number] if number < len(rows) else {}
                for column in field.columns:
                    self.fields[f"{field.code}-{number}-{column.code}"] = _cell(column, row.get(column.code))
        elif field.kind == "people":
            for subject in self.people:
                row = (value or {}).get(subject.pk) or {}
                for column in field.columns:
                    self.fields[f"{field.code}-{subject.pk}-{column.code}"] = _cell(column, row.get(column.code))
        else:
            self.fields[field.code] = _box(field.kind, field.label, field.choices, _hint(field, self.asked), value)

    def _rows_posted(self, field: Field) -> int:
        prefix = f"{field.code}-"
        numbers = [name.removeprefix(prefix).split("-")[0] for name in self.data if name.startswith(prefix)]
        return min(max((int(number) + 1 for number in numbers if number.isdecimal()), default=0), MOST_ROWS)

    def values(self) -> dict[str, Any]:
        """The plain values by the code of their question, as a return holds them."""
        return {field.code: self._value(field) for field in self.asked}

    def _value(self, field: Field) -> Any:
        if field.kind == "people":
            rows = {subject.pk: self._row(field, subject.pk) for subject in self.people}
            return {person: row for person, row in rows.items() if any(row.values())}
        if field.kind == "rows":
            rows = [self._row(field, str(number)) for number in range(MOST_ROWS) if self._has_row(field, number)]
            return [row for row in rows if any(row.values())]
        value = self.cleaned_data.get(field.code) or ""
        return [line.strip() for line in value.splitlines() if line.strip()] if field.kind == "lines" else value

    def _has_row(self, field: Field, number: int) -> bool:
        return f"{field.code}-{number}-{field.columns[0].code}" in self.fields

    def _row(self, field: Field, key: str) -> dict[str, str]:
        return {column.code: self.cleaned_data.get(f"{field.code}-{key}-{column.code}") or "" for column in field.columns}

    # ---- as it is shown ----

    def groups(self) -> Iterable[dict[str, Any]]:
        """The questions in order; rows and people with their boxes, row by row."""
        for field in self.asked:
            if field.kind == "rows":
                rows = [number for number in range(MOST_ROWS) if self._has_row(field, number)]
                yield self._table(field, [(f"{number + 1}", str(number)) for number in rows], is_growing=True)
            elif field.kind == "people":
                yield self._table(field, [(subject.called, subject.pk) for subject in self.people], is_growing=False)
            else:
                yield {"field": field, "box": self[field.code]}

    def _table(self, field: Field, rows: Iterable[tuple[str, str]], *, is_growing: bool) -> dict[str, Any]:
        shown = [{"label": label, "boxes": [self[f"{field.code}-{key}-{column.code}"] for column in field.columns]} for label, key in rows]
        return {"field": field, "rows": shown, "is_growing": is_growing, "hint": _hint(field, self.asked)}


def nobody_known(values: Mapping[str, Any], people: Sequence[RequestSubject]) -> bool | None:
    """What the search says: nobody is known, somebody is, or it is not said of everybody yet."""
    said = [((values.get(PEOPLE_KNOWN) or {}).get(subject.pk) or {}).get("known", "") for subject in people]
    if "known" in said:
        return False
    return True if said and all(said) else None


def _cell(column: Column, value: Any) -> forms.Field:
    return _box(column.kind, column.label, column.choices, column.hint, value, is_cell=True)


def _box(kind: str, label: str, choices: str, hint: str, value: Any, *, is_cell: bool = False) -> forms.Field:
    given: dict[str, Any] = {"required": False, "help_text": hint, "initial": value}
    if kind == "choice":
        offered = list(agency_return().labels(choices).items())
        if len(offered) <= FEW_CHOICES:
            return _AsChosen(label, offered, **given)
        return _FromList(label=label, choices=[("", "Choose one"), *offered], **given)
    if kind == "date":
        day = DayAsTyped(label, **given)
        day.widget = _boxes_of(day)
        return day
    if kind == "lines":
        given["initial"] = "\n".join(value) if isinstance(value, list) else value
        return LongText(label, rows=4, max_length=_LONGEST, **given)
    if kind == "long_text":
        return LongText(label, rows=3 if is_cell else 6, max_length=_LONGEST, **given)
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}) if kind == "number" else None
    return forms.CharField(label=label, max_length=1000, widget=widget, **given)


def _boxes_of(day: DayAsTyped) -> DayBoxesAsTyped:
    boxes = DayBoxesAsTyped()
    boxes.is_required = False
    return boxes


class _AsChosen(ChoiceRadio):
    def valid_value(self, value: Any) -> bool:
        return True  # an answer from elsewhere, such as a form filled offline, is told before it is submitted


class _FromList(forms.ChoiceField):
    def valid_value(self, value: Any) -> bool:
        return True


def _hint(field: Field, asked: Iterable[Field]) -> str:
    """The hint of a question, and after which answer of the same page it is meant."""
    if field.when is None or field.when.field not in {other.code for other in asked}:
        return field.hint
    before = next(other for other in asked if other.code == field.when.field)
    labels = agency_return().labels(before.choices)
    answers = "” or “".join(labels[answer] for answer in field.when.answers)
    after = f"Only if you answered “{answers}” to “{before.label}”."
    return f"{after} {field.hint}".strip()
