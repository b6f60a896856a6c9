"""Form fields in the patterns of the GOV.UK Design System. Each error says what is wrong and how to put it right."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$")


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes; nothing is guessed from a browser's own calendar."""

    template_name = "pages/forms/date_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput(attrs) for part in ("day", "month", "year")}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        if not any(typed) and data.get(name):  # one text, as a script or an older draft may send it
            parts = re.split(r"[-/. ]+", str(data[name]).strip())
            if len(parts) == 3:
                return parts[::-1] if len(parts[0]) == 4 else parts
        return typed

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)


class DayField(forms.MultiValueField):
    """A date typed as three numbers; the month may be a word."""

    widget = DateBoxes

    def __init__(self, label: str = "", *, hint: str = "", **kwargs: Any) -> None:
        parts = (forms.CharField(required=False), forms.CharField(required=False), forms.CharField(required=False))
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(parts, label=label, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        typed = [str(part or "").strip() for part in (value or [])] or ["", "", ""]
        name = self.label or "the date"
        if not any(typed):
            if self.required:
                raise forms.ValidationError(f"Enter {_lower(name)}.", code="required")
            return None
        missing = [part for part, text in zip(("a day", "a month", "a year"), typed, strict=True) if not text]
        if missing:
            raise forms.ValidationError(f"{name} needs {' and '.join(missing)}.", code="incomplete")
        return _to_date(typed, name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or None)
        except forms.ValidationError:
            return True


class MomentBoxes(forms.MultiWidget):
    """A date in three boxes and a time on the 24-hour clock."""

    template_name = "pages/forms/moment_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput(attrs) for part in ("day", "month", "year", "time")}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None, None, None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [local.day, local.month, local.year, f"{local:%H:%M}"]


class MomentField(forms.MultiValueField):
    """A date and a time in England. Without a time, and where none is required, the moment is noon: the day is what counts."""

    widget = MomentBoxes

    def __init__(self, label: str = "", *, hint: str = "", time_required: bool = False, **kwargs: Any) -> None:
        self.time_required = time_required
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(tuple(forms.CharField(required=False) for _ in range(4)), label=label, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        typed = [str(part or "").strip() for part in (value or [])] or [""] * 4
        name = self.label or "the moment"
        if not any(typed):
            if self.required:
                raise forms.ValidationError(f"Enter {_lower(name)}.", code="required")
            return None
        if not all(typed[:3]):
            raise forms.ValidationError(f"{name} needs a day, a month and a year.", code="incomplete")
        if self.time_required and not typed[3]:
            raise forms.ValidationError(f"{name} needs a time, for example 16:30.", code="incomplete")
        day = _to_date(typed[:3], name)
        return timezone.make_aware(datetime.combine(day, _to_time(typed[3], name)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != (initial or None)
        except forms.ValidationError:
            return True


class ChoiceRadio(forms.ChoiceField):
    """One answer out of a few, all of them in view."""

    widget = forms.RadioSelect

    def __init__(self, label: str = "", choices: Iterable[tuple[str, str]] = (), *, hint: str = "", **kwargs: Any) -> None:
        given = [(code, text) for code, text in choices if code != ""]
        kwargs.setdefault(
            "error_messages", {"required": f"Choose an answer: {_lower(label)}.", "invalid_choice": "Choose one of the answers shown."}
        )
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(choices=given, label=label, **kwargs)


class ManyChoices(forms.MultipleChoiceField):
    """All that apply, out of a list that is all in view."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str = "", choices: Iterable[tuple[str, str]] = (), *, hint: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": f"Choose at least one: {_lower(label)}."})
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(choices=list(choices), label=label, **kwargs)


class LongText(forms.CharField):
    """Text of more than a line."""

    def __init__(self, label: str = "", *, rows: int = 4, hint: str = "", required: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": f"Enter {_lower(label)}."})
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PostcodeField(forms.CharField):
    """A UK postcode, kept with one space before its last three characters."""

    def __init__(self, label: str = "Postcode", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}))
        super().__init__(label=label, max_length=10, **kwargs)

    def clean(self, value: Any) -> str:
        text = re.sub(r"\s+", "", super().clean(value) or "").upper()
        if text and not POSTCODE.match(text):
            raise forms.ValidationError("Enter a full postcode, for example AR4 7QX, or leave it empty.")
        return f"{text[:-3]} {text[-3:]}" if text else ""


class NhsNumberField(forms.CharField):
    """An NHS number: ten digits of which the last checks the others (modulus 11)."""

    def __init__(self, label: str = "NHS number", **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-10"})
        )
        super().__init__(label=label, max_length=14, **kwargs)

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[\s-]", "", super().clean(value) or "")
        if digits and not is_nhs_number(digits):
            raise forms.ValidationError(
                "This is not an NHS number: it has ten digits, and the last one checks the rest. Check it against the record."
            )
        return digits


def is_nhs_number(digits: str) -> bool:
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def _to_date(typed: list[str], name: str) -> date:
    day, month, year = typed
    if not month.isdigit():
        found = [n for n, word in enumerate(MONTHS, start=1) if len(month) >= 3 and word.startswith(month.lower())]
        month = str(found[0]) if found else month
    if not (day.isdigit() and month.isdigit() and year.isdigit() and len(year) == 4):
        raise forms.ValidationError(f"{name} must be numbers, with the year in full, for example 27 3 2026.", code="invalid")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise forms.ValidationError(f"{name} is not a day in the calendar. Check the day and the month.", code="invalid") from None


def _to_time(typed: str, name: str) -> time:
    if not typed:
        return time(12)
    found = re.match(r"^(\d{1,2})[:.h ]?(\d{2})$", typed)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise forms.ValidationError(f"{name}: write the time on the 24-hour clock, for example 16:30.", code="invalid")
    return time(int(found[1]), int(found[2]))


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
