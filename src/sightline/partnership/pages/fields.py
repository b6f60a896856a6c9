"""Form fields in the patterns of the GOV.UK Design System. Each error says what is wrong and how to put it right."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$")
NOON = time(12)


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes; nothing is guessed from a browser's own calendar."""

    template_name = "pages/forms/boxes.html"
    use_fieldset = True
    parts: tuple[str, ...] = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput(attrs) for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        if not any(typed) and data.get(name):  # one text, as a script or an older draft may send it
            split = re.split(r"[-/. ]+", str(data[name]).strip())
            if len(split) == 3:
                return split[::-1] if len(split[0]) == 4 else split
        return typed

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)


class MomentBoxes(DateBoxes):
    """A date in three boxes and a time on the 24-hour clock."""

    parts = ("day", "month", "year", "time")

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None, None, None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [local.day, local.month, local.year, f"{local:%H:%M}"]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return forms.MultiWidget.value_from_datadict(self, data, files, name)


class BoxesField(forms.MultiValueField):
    """What dates and moments share: parts typed one by one, and one sentence for what is missing."""

    widget: type[DateBoxes] = DateBoxes
    what = "the date"

    def __init__(self, label: str = "", *, hint: str = "", **kwargs: Any) -> None:
        if hint:
            kwargs.setdefault("help_text", hint)
        parts = tuple(forms.CharField(required=False) for _ in self.widget.parts)
        super().__init__(parts, label=label, require_all_fields=False, **kwargs)

    def typed(self, value: Any) -> list[str]:
        """The parts as text, or an empty list where nothing was typed."""
        parts = [str(part or "").strip() for part in (value or [])]
        if any(parts):
            return parts
        if self.required:
            raise forms.ValidationError(f"Enter {self.what} for “{self.label}”.", code="required")
        return []

    def day(self, typed: list[str]) -> date:
        """The calendar day of the first three parts."""
        missing = [part for part, text in zip(("a day", "a month", "a year"), typed, strict=False) if not text]
        if missing:
            raise forms.ValidationError(f"“{self.label}” needs {' and '.join(missing)}.", code="incomplete")
        day, month, year = typed[:3]
        month = _month_number(month)
        if not (day.isdecimal() and month.isdecimal() and year.isdecimal() and len(year) == 4):
            raise forms.ValidationError(
                f"“{self.label}” must be numbers, with the year in full, for example 27 3 2026. The month may be a word.", code="invalid"
            )
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise forms.ValidationError(
                f"“{self.label}” is not a day in the calendar. Check the day and the month.", code="invalid"
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != (initial or None))
        except forms.ValidationError:
            return True


class DayField(BoxesField):
    """A date typed as three numbers; the month may be a word."""

    def clean(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        typed = self.typed(value)
        return self.day(typed) if typed else None


class MomentField(BoxesField):
    """A date and a time in England. Without a time, and where none is required, the moment is noon: the day is what counts."""

    widget = MomentBoxes
    what = "the date and time"

    def __init__(self, label: str = "", *, time_required: bool = False, **kwargs: Any) -> None:
        self.time_required = time_required
        super().__init__(label, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        typed = self.typed(value)
        if not typed:
            return None
        day = self.day(typed)
        if self.time_required and not typed[3]:
            raise forms.ValidationError(f"“{self.label}” needs a time, for example 16:30.", code="incomplete")
        return timezone.make_aware(datetime.combine(day, self.time(typed[3])))

    def time(self, typed: str) -> time:
        """The time of day, with or without a colon."""
        if not typed:
            return NOON
        found = re.fullmatch(r"(\d{1,2})[:.h ]?(\d{2})", typed, re.ASCII)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise forms.ValidationError(f"“{self.label}”: write the time on the 24-hour clock, for example 16:30.", code="invalid")
        return time(int(found[1]), int(found[2]))


class ChoiceRadio(forms.ChoiceField):
    """One answer out of a few, all of them in view."""

    widget = forms.RadioSelect

    def __init__(self, label: str = "", choices: Iterable[tuple[str, str]] = (), *, hint: str = "", **kwargs: Any) -> None:
        given = [(code, text) for code, text in choices if code != ""]
        kwargs.setdefault("error_messages", {"required": f"Choose an answer to “{label}”."})
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(choices=given, label=label, **kwargs)


class ConditionalChoice(forms.ChoiceField):
    """A choice that is needed only after a certain other answer. Its label says after which; its form checks it."""

    is_conditional = True

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)


class ManyChoices(forms.MultipleChoiceField):
    """All that apply, out of a list that is all in view."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str = "", choices: Iterable[tuple[str, str]] = (), *, hint: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": f"Choose at least one answer to “{label}”."})
        if hint:
            kwargs.setdefault("help_text", hint)
        super().__init__(choices=list(choices), label=label, **kwargs)


class LongText(forms.CharField):
    """Text of more than a line."""

    def __init__(self, label: str = "", *, rows: int = 4, hint: str = "", required: bool = False, **kwargs: Any) -> None:
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
            raise forms.ValidationError("Enter a full postcode, for example AR4 7QX. If you do not know all of it, leave it empty.")
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
                "This is not an NHS number: it has 10 digits, and the last one must fit the others. Copy it again, or leave it empty."
            )
        return digits


def is_nhs_number(digits: str) -> bool:
    """Ten digits of which the last is the check of the first nine."""
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def _month_number(typed: str) -> str:
    if typed.isdecimal() or len(typed) < 3:
        return typed
    found = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(typed.lower())]
    return str(found[0]) if found else typed
