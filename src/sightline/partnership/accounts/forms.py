"""Forms for inviting people, giving them roles, and entering for the first time."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from sightline.partnership.accounts import access, roles
from sightline.partnership.accounts.models import Account, Invitation
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices


def role_choices(codes: list[str]) -> list[tuple[str, str]]:
    """Roles with the sentence that says to the granter what they hand over."""
    return [(code, f"{roles.name_of(code)}: {roles.role(code).sentence}") for code in codes]


class InviteForm(forms.Form):
    """Whom to invite, at which address and in which roles."""

    officer = forms.ModelChoiceField(
        label="Who", queryset=Officer.objects.none(), empty_label="Choose one", help_text="People are added in the directory first."
    )
    email = forms.EmailField(label="E-mail address", help_text="The link is sent here. It works once and for seven days.")
    role_codes = ManyChoices(label="Roles", choices=[])
    ends_on = DayField(label="Last day of these roles", required=False, help_text="Needed for an independent reviewer or an inspector.")

    def __init__(self, *args: Any, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        people = (
            Officer.objects.in_force(today).filter(account=None, left_at=None).select_related("agency").order_by("agency__name", "name")
        )
        if not access.can_manage(by, None):
            people = people.filter(agency=by.agency_id)
        self.fields["officer"].queryset = people
        self.fields["officer"].label_from_instance = lambda officer: f"{officer.name}, {officer.agency.short_name}"
        self.fields["role_codes"].choices = role_choices(access.grantable_roles(by, by.agency))


class GrantForm(forms.Form):
    """A role for somebody who has an account."""

    role = ChoiceRadio(label="Role", choices=[])
    valid_from = DayField(label="From", required=False, help_text="Leave empty for today.")
    valid_to = DayField(label="Last day", required=False, help_text="Needed for an independent reviewer or an inspector.")

    def __init__(self, *args: Any, account: Account, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = account.role_codes(timezone.localdate())
        self.fields["role"].choices = role_choices([code for code in access.grantable_roles(by, account.agency) if code not in held])


class CloseForm(forms.Form):
    """Why an account is closed."""

    reason = forms.CharField(label="Why", max_length=300, help_text="For example: left the agency. Do not mention any case.")


class TrainingForm(forms.Form):
    """Until when training holds."""

    valid_until = DayField(label="Valid until")


class PublishTermsForm(forms.Form):
    """A new version of an agency's terms of use."""

    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none(), empty_label="Choose one")
    text = LongText(
        label="Terms of use", rows=12, required=True, help_text="Everybody of the agency is asked to accept this before they go on."
    )

    def __init__(self, *args: Any, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.in_force(timezone.localdate())
        self.fields["agency"].queryset = agencies if access.can_manage(by, None) else agencies.filter(pk=by.agency_id)


class AcceptTermsForm(forms.Form):
    """A person's yes to the terms of use."""

    accepts_terms = forms.BooleanField(label="I accept these terms of use", error_messages={"required": "Accept the terms of use to go on"})


class JoinForm(forms.Form):
    """How an invited person will sign in, and their yes to the terms."""

    how = ChoiceRadio(label="How you will sign in", choices=[("password", "With a password"), ("organisation", "Through my organisation")])
    password = forms.CharField(
        label="Choose a password", required=False, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password_again = forms.CharField(
        label="The same password again", required=False, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    accepts_terms = forms.BooleanField(label="I accept these terms of use", error_messages={"required": "Accept the terms of use to go on"})

    def __init__(self, *args: Any, invitation: Invitation, has_terms: bool, has_organisation: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation, self.has_organisation = invitation, has_organisation
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
        if not has_organisation:
            del self.fields["how"]
        if not has_terms:
            del self.fields["accepts_terms"]

    @property
    def by_organisation(self) -> bool:
        return self.has_organisation and self.cleaned_data.get("how") == "organisation"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.by_organisation:
            return said
        first, second = said.get("password", ""), said.get("password_again", "")
        if not first:
            self.add_error("password", "Choose a password")
        elif first != second:
            self.add_error("password_again", "Type the same password twice")
        else:
            try:
                validate_password(first, Account(email=self.invitation.email, known_as=self.invitation.known_as))
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return said
