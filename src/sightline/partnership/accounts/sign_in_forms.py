"""The sign-in library's forms in this house's words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

CODE_HINT = "Six digits from your app, or one of your recovery codes."


class InOurWords(forms.Form):
    """Labels and hints instead of the library's own; nothing is said inside a box, where typing would hide it."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name, (label, hint) in self.words.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint
        if "password1" in self.fields:
            self.fields["password1"].help_text = " ".join(password_validators_help_texts())


class LoginForm(InOurWords, account.LoginForm):
    words = {"login": ("E-mail address", ""), "password": ("Password", "")}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    words = {"email": ("E-mail address", "The one that you sign in with.")}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    words = {"password1": ("New password", ""), "password2": ("The same password again", "")}


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    words = {"password1": ("New password", ""), "password2": ("The same password again", "")}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    words = {
        "oldpassword": ("Your present password", ""),
        "password1": ("New password", ""),
        "password2": ("The same password again", ""),
    }


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    words = {"password": ("Password", "")}


class CodeForm(InOurWords, second_factor.AuthenticateForm):
    words = {"code": ("Code", CODE_HINT)}


class CodeAgainForm(InOurWords, second_factor.ReauthenticateForm):
    words = {"code": ("Code", CODE_HINT)}


class AddAppForm(InOurWords, ActivateTOTPForm):
    words = {"code": ("Code that the app shows now", "Six digits.")}


class AddPasskeyForm(InOurWords, AddWebAuthnForm):
    words = {
        "name": ("A name for it", "So that you know it again, for example “work laptop”."),
        "passwordless": ("Sign in with this alone, without my password", "It will ask for your fingerprint, your face or a PIN."),
    }


class RenamePasskeyForm(InOurWords, EditWebAuthnForm):
    words = {"name": ("Its name", "")}
