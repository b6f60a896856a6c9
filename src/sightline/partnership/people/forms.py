"""The vault's two forms: a child, and somebody in the household or otherwise significant."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Ward
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices
from sightline.partnership.people import identifiers, workflow
from sightline.partnership.people.models import IDENTITY_FIELDS, Person
from sightline.procedures.code_lists import choices

EARLIEST_BIRTH = date(1900, 1, 1)
LATEST_EXPECTED = timedelta(weeks=45)
ADDRESS_FIELD_BY_NAME = {
    "address_lines": "lines",
    "address_postcode": "postcode",
    "address_ward": "ward",
    "address_from": "from_on",
    "address_is_protected": "is_protected",
}
YES_NO_NOT_KNOWN = choices("yes_no_not_known")


class IdentityForm(forms.Form):
    """What both forms ask. Saving it writes a new record, or corrects the one it was opened with and keeps what it said before."""

    given_name = forms.CharField(label="Given names", max_length=150, required=False)
    family_name = forms.CharField(label="Family name", max_length=150, required=False)
    name_not_known = forms.BooleanField(label="The name is not known", required=False)
    also_known_as = forms.CharField(
        label="Other names they use or have used",
        max_length=300,
        required=False,
        help_text="For example a short name or a name before marriage.",
    )
    born_on = DayField("Date of birth", required=False, hint="For example 27 3 2016. Leave it empty if it is not known.")
    sex = ChoiceRadio("Sex", choices("sex"), required=False)
    ethnicity = forms.ChoiceField(label="Ethnicity", required=False, choices=[("", "Choose an ethnicity"), *choices("ethnicity")])
    first_language = forms.CharField(label="First language", max_length=100, required=False)
    interpreter = ChoiceRadio("Is an interpreter needed", YES_NO_NOT_KNOWN, required=False)
    nhs_number = forms.CharField(
        label="NHS number",
        max_length=20,
        required=False,
        help_text="10 digits, for example 999 000 0018. Leave it empty if you do not have it.",
    )
    social_care_id = forms.CharField(label="Number in the social care system", max_length=40, required=False)
    address_lines = LongText("Current address", rows=3, required=False, max_length=400)
    address_postcode = forms.CharField(label="Postcode", max_length=12, required=False)
    address_ward = forms.ModelChoiceField(Ward.objects.none(), label="Ward", required=False, empty_label="Not known or not in this area")
    address_from = DayField("Lived there since", required=False)
    address_is_protected = forms.BooleanField(
        label="This is a protected address", required=False,
        help_text="Somebody must not learn it. Only people who have been cleared for protected addresses will see it.",
    )  # fmt: skip

    is_about_a_child = True

    def __init__(self, *args: Any, person: Person | None = None, show_protected: bool = False, **kwargs: Any) -> None:
        self.person = person
        address = person.current_address if person else None
        self.keeps_hidden_address = bool(address and address.is_protected and not show_protected)
        initial = {name: getattr(person, name) for name in IDENTITY_FIELDS} if person else {}
        if person and person.nhs_number:
            initial["nhs_number"] = identifiers.grouped_nhs_number(person.nhs_number)
        if address and not self.keeps_hidden_address:
            initial |= {name: getattr(address, stored) for name, stored in ADDRESS_FIELD_BY_NAME.items()}
        kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["address_ward"].queryset = Ward.objects.all()  # type: ignore[attr-defined]
        if self.keeps_hidden_address:
            self.fields[
                "address_lines"
            ].help_text = "A protected address is recorded and is not shown here. Leave these boxes empty to keep it."

    def clean_nhs_number(self) -> str:
        typed = self.cleaned_data["nhs_number"]
        if typed and not identifiers.is_nhs_number(typed):
            raise forms.ValidationError(
                "This is not an NHS number: it has 10 digits, and the last one must fit the others. Copy it again, or leave it empty."
            )
        return identifiers.clean_number(typed)

    def clean_address_postcode(self) -> str:
        typed = self.cleaned_data["address_postcode"]
        if typed and not identifiers.is_postcode(typed):
            raise forms.ValidationError("This is not a full postcode in the United Kingdom. Write all of it, or leave it empty.")
        return identifiers.clean_postcode(typed) if typed else ""

    def clean_born_on(self) -> date | None:
        born_on = self.cleaned_data["born_on"]
        if born_on and born_on > timezone.localdate():
            raise forms.ValidationError("The date of birth is in the future. Check the year, or give the expected date of birth instead.")
        if born_on and born_on < EARLIEST_BIRTH:
            raise forms.ValidationError("The date of birth is before 1900. Check the year.")
        return born_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_name = bool(cleaned.get("given_name") or cleaned.get("family_name"))
        if not has_name and not cleaned.get("name_not_known") and not cleaned.get("expected_on"):
            self.add_error("given_name", "Write a name, or tick that the name is not known.")
        if has_name and cleaned.get("name_not_known"):
            self.add_error("name_not_known", "A name is written above. Remove this tick, or remove the name.")
        return cleaned

    def save(self, *, by: Account, matter_id: str = "", relative_of: Person | None = None, relationship: str = "") -> Person:
        """Write the person down, or correct them; the answer is the same whether or not the vault knows them."""
        fields = {name: self.cleaned_data[name] for name in IDENTITY_FIELDS if name in self.cleaned_data}
        fields.setdefault("is_child", self.is_about_a_child)
        if self.person is None:
            person = workflow.write_down(by=by, matter_id=matter_id, address=self.typed_address(), **fields)
        else:
            person = workflow.correct(self.person, by, matter_id=matter_id, address=self.typed_address(), **fields)
        if relative_of is not None:
            workflow.relate(relative_of, relative=person, kind=relationship, by=by, matter_id=matter_id)
        return person

    def typed_address(self) -> dict[str, Any] | None:
        """The address as typed; None where a protected one that the form did not show is to stay."""
        typed = {stored: self.cleaned_data.get(name) for name, stored in ADDRESS_FIELD_BY_NAME.items()}
        if self.keeps_hidden_address and not any(typed.values()):
            return None
        return typed


class ChildIdentityForm(IdentityForm):
    """A child whom an incident concerns, born or unborn."""

    expected_on = DayField("Expected date of birth, if the child is not born yet", required=False)
    gender_identity = forms.CharField(label="Gender identity, if the child has told somebody", max_length=100, required=False)
    disabilities = ManyChoices("Disability", choices("disability"), required=False)
    religion = forms.CharField(label="Religion", max_length=100, required=False)
    upn = forms.CharField(
        label="Unique pupil number", max_length=20, required=False, help_text="A letter and 12 digits. The school has it."
    )
    school = forms.CharField(label="School, college or nursery", max_length=200, required=False)

    field_order = [
        "given_name", "family_name", "name_not_known", "also_known_as", "born_on", "expected_on", "sex", "gender_identity", "ethnicity",
        "disabilities", "religion", "first_language", "interpreter", "nhs_number", "upn", "social_care_id", "school",
    ]  # fmt: skip

    def clean_upn(self) -> str:
        typed = self.cleaned_data["upn"]
        if typed and not identifiers.is_upn(typed):
            raise forms.ValidationError(
                "This is not a unique pupil number: it is a letter and 12 digits, and the letter must fit them. "
                "Copy it again, or leave it empty."
            )
        return identifiers.clean_number(typed)

    def clean_disabilities(self) -> list[str]:
        chosen = list(self.cleaned_data["disabilities"])
        if "NONE" in chosen and len(chosen) > 1:
            raise forms.ValidationError("You ticked no disability and a disability. Remove one of the ticks.")
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        expected_on = cleaned.get("expected_on")
        if expected_on and cleaned.get("born_on"):
            self.add_error("expected_on", "A date of birth is written above. Leave the expected date empty once the child is born.")
        if expected_on and expected_on > timezone.localdate() + LATEST_EXPECTED:
            self.add_error("expected_on", "The expected date is more than 45 weeks away. Check the year.")
        return cleaned


class AdultIdentityForm(IdentityForm):
    """A parent, carer, sibling or anybody else around the child."""

    is_child = forms.BooleanField(label="This person is under 18", required=False)
    care_experienced = ChoiceRadio("Was this person looked after as a child", YES_NO_NOT_KNOWN, required=False)

    is_about_a_child = False
    field_order = [
        "given_name",
        "family_name",
        "name_not_known",
        "also_known_as",
        "is_child",
        "born_on",
        "sex",
        "ethnicity",
        "care_experienced",
    ]
