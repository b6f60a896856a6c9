"""Forms of previews: for whom, what that reader must not learn, which rows are left out, and what police and lawyers say."""

from typing import Any

from django import forms

from sightline.partnership.case_reviews.models import PreviewView, ProtectedFact, VersionPreview
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText


class MakeForm(forms.Form):
    """For whom a version is, and of which rows."""

    audience = ChoiceRadio("Who would read it", VersionPreview.AUDIENCES)
    recipient = forms.ChoiceField(
        label="Who in the family", required=False, help_text="Each has a version of their own: what one must not learn another may know."
    )
    rows = ChoiceRadio("Which rows", VersionPreview.ROWS, hint="Rows that are marked for few readers stand in no version.")

    def __init__(self, *args: Any, recipients: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", "Nobody"), *recipients]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_family, chosen = said.get("audience") == "family", said.get("recipient")
        if is_family and not chosen:
            self.add_error("recipient", "Say for whom in the family it is.")
        said["recipient"] = MatterPerson.objects.get(pk=chosen) if is_family and chosen else None
        return said


class ProtectForm(forms.Form):
    """Something that the reader of one version must not learn."""

    kind = forms.ChoiceField(label="What it is", choices=ProtectedFact.KINDS)
    words = forms.CharField(label="The words in which rows tell it", max_length=300, help_text="They are taken out wherever they stand.")
    why = forms.CharField(label="Why this reader must not learn it", max_length=300)


class LeaveOutForm(forms.Form):
    """Rows by their numbers on the page."""

    numbers = forms.RegexField(
        r"^\s*\d{1,5}(\s*-\s*\d{1,5})?(\s*,\s*\d{1,5}(\s*-\s*\d{1,5})?)*\s*$", label="Rows to leave out", max_length=300,
        help_text="Their numbers, for example 4, 7-9.", error_messages={"invalid": "Write the numbers of rows, for example 4, 7-9."},
    )  # fmt: skip

    def chosen(self) -> set[int]:
        found: set[int] = set()
        for part in self.cleaned_data["numbers"].split(","):
            first, _, last = (piece.strip() for piece in part.partition("-"))
            found |= set(range(int(first), min(int(last or first), int(first) + 2000) + 1))
        return found


class ViewForm(forms.Form):
    """What the police or the legal adviser say."""

    side = ChoiceRadio("Whose view", PreviewView.SIDES)
    agrees = ChoiceRadio("What they say", [("yes", "Nothing in it need be kept from this reader"), ("no", "Something has to be changed")])
    given_by = forms.CharField(label="Who gave it, with their post", max_length=200)
    given_on = DayField("On which day")
    words = LongText("What they said", rows=4)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["agrees"] = said.get("agrees") == "yes"
        if "agrees" not in self.errors and not said["agrees"] and not (said.get("words") or "").strip():
            self.add_error("words", "Write what has to be kept from this reader, or changed.")
        return said
