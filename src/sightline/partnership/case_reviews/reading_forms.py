"""Forms of reading a chronology: a day, a private note, to whom a row was told, and which stretch of time a picture shows."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews.models import RowShared
from sightline.partnership.pages.fields import DayField, LongText


class DayForm(forms.Form):
    on = DayField("Day")


class NoteForm(forms.Form):
    text = LongText("Note", rows=5, hint="Nobody but you reads it. Without words it is taken away.")


class SharedForm(forms.Form):
    """An agency was told."""

    agency = forms.ChoiceField(label="Agency that was told", choices=())
    on = DayField("Told on")
    at = forms.TimeField(label="Time", required=False, help_text="On the 24-hour clock, for example 14:30.")
    how = forms.ChoiceField(label="How", choices=RowShared.HOW, required=False)
    words = forms.CharField(label="As it is written", max_length=200, required=False)

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose an agency"), *agencies]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        return {**self.cleaned_data, "agency": Agency.objects.get(pk=self.cleaned_data["agency"])}
