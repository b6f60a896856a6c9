"""Forms of the check before something is sent."""

from typing import Any

from django import forms

from sightline.partnership.documents.inspection.findings import ALLOWED
from sightline.partnership.documents.models import Document
from sightline.partnership.pages.fields import ChoiceRadio, LongText
from sightline.procedures.outgoing.audiences import audiences


class CheckForm(forms.Form):
    """A file, chosen here or kept already, and who will read it."""

    kept = forms.ModelChoiceField(Document.objects.none(), label="A file that is kept with this case", required=False)
    file = forms.FileField(label="Or another file", required=False, max_length=None, help_text=ALLOWED)
    audience = ChoiceRadio("Who will read it")
    recipient = forms.CharField(label="To whom exactly", max_length=300, required=False)

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = papers
        self.fields["kept"].label_from_instance = lambda document: f"{document.title} ({document.extension})"
        self.fields["audience"].choices = [(each.code, each.title) for each in audiences().values()]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("kept")) == bool(told.get("file")) and "file" not in self.errors:
            self.add_error("file", "Choose a file that is kept, or another file; one of the two")
        return told


class ClearForm(forms.Form):
    because = LongText("For each thing that was found: why it may go out", rows=5, required=True)
