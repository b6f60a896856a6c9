"""Forms about links: the code on the way in, and whom the unit gives a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews import links
from sightline.partnership.pages.fields import ChoiceRadio


class CodeForm(forms.Form):
    """The eight digits that the partnership told by telephone."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Eight digits. The partnership tells you the code by telephone and never sends it by e-mail.",
        error_messages={"required": "Enter the code of eight digits that the partnership told you by telephone."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}),
    )

    def clean_code(self) -> str:
        digits = links.digits_of(self.cleaned_data["code"])
        if len(digits) != links.CODE_LENGTH:
            raise forms.ValidationError("The code has eight digits. Enter all of them.")
        return digits


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be given a link, for one purpose; or the reason why not."""

    officer: Officer
    purpose: str
    why: str
    obstacle: str = ""

    @property
    def key(self) -> str:
        return f"{self.officer.pk}:{self.purpose}"


class MakeLinkForm(forms.Form):
    """Who gets the link, and that their number was not taken from their own message."""

    number_checked = forms.BooleanField(
        label="I will ring the number of the directory, not one from an e-mail",
        error_messages={"required": "Confirm that you will ring the number of the directory before you make the link."},
    )

    field_order = ("who", "number_checked")

    def __init__(self, *args: object, candidates: Sequence[Candidate], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {row.key: row for row in candidates if not row.obstacle}
        choices = [(key, f"{row.officer.name}, {row.why}: {row.officer.phone}") for key, row in self.candidates.items()]
        self.fields["who"] = ChoiceRadio("Who gets the link", choices, required=True, initial=choices[0][0] if len(choices) == 1 else None)
        self.order_fields(self.field_order)

    @property
    def chosen(self) -> Candidate:
        return self.candidates[self.cleaned_data["who"]]
