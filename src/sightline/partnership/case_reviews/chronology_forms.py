"""Forms of chronologies: a file or a pasted table, a row, its marks, and which rows of the combined chronology are wanted."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.partnership.agencies.models import Agency
from sightline.partnership.case_reviews.chronology_out import KINDS
from sightline.partnership.case_reviews.combined_chronology import Shown, Wanted
from sightline.partnership.case_reviews.models import ChronologyRow, GlossaryEntry
from sightline.partnership.case_reviews.workflow.chronology_exports import READERS
from sightline.partnership.documents.inspection.findings import LARGEST_FILE
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices
from sightline.procedures.access.allow import SEALS
from sightline.procedures.chronology.themes import THEMES
from sightline.procedures.outgoing.audiences import audiences

MOST_PASTED = 2_000_000
COLUMN_FIELDS = {
    "date": "Day", "date_to": "Last day", "time": "Time", "recorded": "Day on which it was recorded", "source": "Record or system",
    "event": "What happened", "action": "Action taken", "seen": "Child seen", "comment": "Author’s comment", "shared": "Shared with",
    "other": "Something else (goes to the comment)",
}  # fmt: skip


class AddChronologyForm(forms.Form):
    """A file, or a table copied out of a message."""

    upload = forms.FileField(
        label="File", required=False, max_length=None,
        help_text=f"Word, Excel, CSV or rich text, up to {LARGEST_FILE // 1024 // 1024} MB. Rows of a PDF are typed beside it.",
        error_messages={"empty": "The file is empty. Open it to check that it was saved, then choose it again."},
    )  # fmt: skip
    pasted = LongText("Or paste the table here", rows=6, max_length=MOST_PASTED, hint="With its headings, if it has any.")
    seal = forms.ChoiceField(
        label="Mark for every row", required=False, choices=[("", "Not marked"), *SEALS.items()],
        help_text="A marked row is read only by people who have been cleared for that mark. Single rows can be marked later.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies is not None:
            field = forms.ModelChoiceField(Agency.objects.none(), label="Agency whose chronology it is", empty_label="Choose an agency")
            field.queryset = agencies
            field.error_messages["required"] = "Choose the agency whose chronology it is."
            self.fields = {"agency": field, **self.fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and bool(said.get("upload")) == bool((said.get("pasted") or "").strip()):
            raise forms.ValidationError("Choose a file, or paste a table: one of the two.")
        return said


class RowForm(forms.Form):
    """One row of a chronology, typed or put right."""

    date_from = DayField("Day, or the first day", required=False)
    date_to = DayField("Last day", required=False, hint="Only where it lasted longer than a day.")
    precision = forms.ChoiceField(label="How well the date is known", choices=ChronologyRow.PRECISIONS)
    is_uncertain = forms.BooleanField(label="The agency gave the date with a doubt", required=False)
    time = forms.TimeField(
        label="Time", required=False, help_text="24-hour clock, for example 16:30.", input_formats=["%H:%M", "%H.%M", "%H%M"],
        error_messages={"invalid": "Write the time on the 24-hour clock, for example 16:30."},
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
    )  # fmt: skip
    recorded_on = DayField("Day on which the agency recorded it", required=False, hint="By this it is told when the agency knew.")
    source = forms.CharField(label="Record or system", required=False, max_length=2000)
    event = LongText("What happened", rows=5, required=True)
    action = LongText("Action taken", rows=3)
    comment = LongText("Author’s comment", rows=3)
    shared_with = LongText("Shared with", rows=2)
    child_seen = forms.ChoiceField(label="Child seen", required=False, choices=[(code, label) for code, label in ChronologyRow.SEEN])

    @classmethod
    def initial_of(cls, row: ChronologyRow) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("date_from") and not said.get("date_to"):
            said["date_to"] = said["date_from"] if said.get("precision") != "range" else None
        recorded, day = said.get("recorded_on"), said.get("date_from")
        if recorded and day and recorded < day and said.get("precision") == "exact":
            self.add_error("recorded_on", "Nobody records what has not happened yet. Check both days.")
        return said


class MarkRowForm(forms.Form):
    """Who must not read a row, how much it matters, and what it is about."""

    seal = forms.ChoiceField(
        label="Mark", required=False, choices=[("", "Not marked"), *SEALS.items()],
        help_text="A marked row is read only by people who have been cleared for that mark. That may not include you.",
    )  # fmt: skip
    significance = forms.ChoiceField(label="How much it matters", required=False, choices=ChronologyRow.SIGNIFICANCE)
    themes = ManyChoices("Themes", THEMES.items(), required=False)


class SameEventForm(forms.Form):
    """Which row of another agency tells of the same event."""

    def __init__(self, *args: Any, rows: Iterable[Shown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.pk, f"{row.agency}, {row.when.in_words} {row.time}".rstrip() + f": {row.texts['event']}") for row in rows]
        self.fields["other"] = ChoiceRadio("Which row tells of the same event", choices)


class TakeAgencyForm(forms.Form):
    """In which kind of file an agency is sent its own table."""

    kind = ChoiceRadio("Kind of file", KINDS.items())


class TakeOutForm(TakeAgencyForm):
    """For whom the combined chronology goes out, and as what."""

    audience = ChoiceRadio("Who will read it", [(code, audiences()[code].title) for code in READERS])
    recipient = forms.CharField(label="To whom exactly", max_length=300)
    field_order = ("audience", "recipient", "kind")


class ProceedingsForm(forms.Form):
    """Whether a court may come to see what is written here."""

    are_live = ChoiceRadio(
        "Are criminal or family proceedings under way?", [("yes", "Yes, or they are expected"), ("no", "No")],
        hint="While they are, no chronology goes out of Sightline as a file.",
    )  # fmt: skip


class GlossaryForm(forms.Form):
    """A name as rows write it, and the code that stands in its place."""

    kind = ChoiceRadio("Who or what it is", GlossaryEntry.KINDS)
    name = forms.CharField(label="Name, as rows write it", max_length=200)
    also_written = forms.CharField(
        label="Other ways of writing it", required=False, max_length=500,
        help_text="Initials, married names, short names, wrong spellings. Put commas between them.",
    )  # fmt: skip
    called = forms.CharField(
        label="What the review calls them", max_length=60, help_text="By role and number, for example Social worker 1."
    )
    about = forms.CharField(label="Role, without a name", required=False, max_length=200)

    @staticmethod
    def initial_of(entry: GlossaryEntry) -> dict[str, str]:
        written = entry.written
        told = {"kind": entry.kind, "called": entry.called, "about": entry.about}
        return {**told, "name": written.name, "also_written": written.also_written}


class WantedForm(forms.Form):
    """Which rows are wanted. It is posted, as what is typed here must not end up in an address."""

    agency = forms.ChoiceField(label="Agency", required=False)
    person = forms.ChoiceField(label="Person", required=False)
    theme = forms.ChoiceField(label="Theme", required=False, choices=[("", "Every theme"), *THEMES.items()])
    significance = forms.ChoiceField(
        label="How much it matters", required=False, choices=[("", "All"), *[each for each in ChronologyRow.SIGNIFICANCE if each[0]]]
    )
    since = DayField("From", required=False)
    until = DayField("To", required=False)
    words = forms.CharField(label="Words", required=False, max_length=200)
    as_written = forms.BooleanField(label="Show dates as the agency wrote them", required=False)

    def __init__(self, *args: Any, agencies: dict[str, str], people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *agencies.items()]
        self.fields["person"].choices = [("", "Everybody"), *people.items()]

    def wanted(self) -> Wanted:
        if not self.is_bound or not self.is_valid():
            return Wanted()
        said = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "as_written"}
        return Wanted(**said)
