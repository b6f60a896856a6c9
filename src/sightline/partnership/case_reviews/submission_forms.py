"""Forms on which the submission to the national service is recorded, and what comes of it."""

from typing import Any

from django import forms
from django.utils import timezone

from sightline.partnership.pages.fields import LongText, MomentField


class AddToSentForm(forms.Form):
    """What may come after the notification was submitted. Only whoever may add documents is asked for a file."""

    national_reference = forms.CharField(
        label="National reference", required=False, max_length=60, help_text="The national service gives it when you submit."
    )
    proof = forms.FileField(
        label="Proof of submission", required=False, max_length=None,
        help_text="For example the confirmation page or e-mail, as PDF or picture. It is kept with the documents of this incident.",
        error_messages={"empty": "The file is empty. Open it to check that it was saved, then choose it again."},
    )  # fmt: skip

    def __init__(self, *args: Any, may_keep_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_keep_proof:
            del self.fields["proof"]


class SentForm(AddToSentForm):
    notified_at = MomentField("When the notification was submitted", time_required=True)
    submitted_by_name = forms.CharField(label="Who submitted it", max_length=200)
    submitted_by_role = forms.CharField(label="Their role", required=False, max_length=200)
    submitted_by_phone = forms.CharField(label="Their telephone number", required=False, max_length=60)
    submitted_by_email = forms.EmailField(label="Their e-mail address", required=False)
    late_reasons = LongText("If it was late: why", rows=3)

    field_order = [
        "notified_at", "submitted_by_name", "submitted_by_role", "submitted_by_phone", "submitted_by_email", "national_reference", "proof",
        "late_reasons",
    ]  # fmt: skip

    def clean_notified_at(self) -> Any:
        if (moment := self.cleaned_data["notified_at"]) > timezone.now():
            raise forms.ValidationError("This moment is in the future. Check the date and the time.")
        return moment
