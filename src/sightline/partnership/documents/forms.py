"""Forms of the documents room."""

from typing import Any

from django import forms

from sightline.partnership.documents.inspection.findings import ALLOWED, LARGEST_FILE
from sightline.partnership.pages.fields import LongText
from sightline.procedures.access.allow import SEALS

ONE_MEGABYTE = 1024 * 1024


class AddDocumentForm(forms.Form):
    """A file, what it is, and whether it is sealed."""

    upload = forms.FileField(
        label="File", help_text=f"{ALLOWED}, up to {LARGEST_FILE // ONE_MEGABYTE} MB.", max_length=None,
        error_messages={
            "required": "Choose a file. One of more than 20 MB cannot be sent.",
            "empty": "The file is empty. Open it to check that it was saved, then choose it again.",
        },
    )  # fmt: skip
    title = forms.CharField(
        label="What it is", max_length=200, help_text="For example: police record of first attendance. Do not write a child’s name.",
        error_messages={"required": "Say what the document is."},
    )  # fmt: skip
    seal = forms.ChoiceField(
        label="Seal", required=False, choices=[("", "Not sealed"), *SEALS.items()],
        help_text="A sealed document is seen only by people who have been cleared for that seal in this matter. That may not include you.",
    )  # fmt: skip


class RemoveDocumentForm(forms.Form):
    """Why a document is taken away."""

    reason = LongText("Why it is removed", rows=3, required=True, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why the document is removed, for example that it belongs to another matter."
