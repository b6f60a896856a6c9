"""The parts of a page, one by one: the page at /help/components/ shows each with its code and when to use it."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms

from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices, MomentField, NhsNumberField, PostcodeField

TEMPLATES = Path(__file__).parent / "templates"
PARTS = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Example:
    """One part: what it is called, when it is right, and the template that shows it."""

    name: str
    title: str
    when: str

    @property
    def template(self) -> str:
        return f"site/components/{self.name}.html"

    @cached_property
    def code(self) -> str:
        return (TEMPLATES / self.template).read_text(encoding="utf-8").strip()


EXAMPLES = tuple(Example(**part) for part in tomllib.loads(PARTS.read_text(encoding="utf-8"))["part"])


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Name of the service", max_length=100, help_text="As it is known locally.")
    happened_on = DayField("Date of the incident", hint="For example 27 3 2026.")
    aware_at = MomentField("When the local authority became aware", required=False, hint="The time if you know it.")
    is_notified = ChoiceRadio("Has the coroner been told", [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")])
    route = ChoiceRadio(
        "What happens next", [("a", "The partners are consulted today"), ("b", "The business unit asks for more first")], required=False
    )
    kinds = ManyChoices(
        "Kinds of harm",
        [("physical", "Physical"), ("neglect", "Neglect"), ("online", "Online")],
        required=False,
        hint="Tick all that apply.",
    )
    ward = forms.ChoiceField(label="Ward", choices=[("", "Choose a ward"), ("1", "Quarry Bank"), ("2", "Hazel Mere")], required=False)
    postcode = PostcodeField(required=False)
    nhs_number = NhsNumberField(required=False, help_text="10 digits, for example 999 000 0018.")
    summary = LongText("What happened", rows=4, hint="Facts, in a few sentences. No names.")
    file = forms.FileField(label="Letter", required=False)
    password = forms.CharField(label="Password", required=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    is_sure = forms.BooleanField(label="I have told my line manager", required=False)


def context() -> dict[str, Any]:
    """What the examples need besides what every page has."""
    wrong = {
        "wrong-happened_on_day": "31",
        "wrong-happened_on_month": "2",
        "wrong-happened_on_year": "2026",
        "wrong-postcode": "AR4",
        "wrong-nhs_number": "123",
    }
    answer = SimpleNamespace(
        answer="not_known", get_group_display="Brothers and sisters, and other children at home", get_answer_display="Not known yet",
        checked_by="", checked_at=None, what_was_done="A social worker is on the way.",
    )  # fmt: skip
    return {
        "examples": EXAMPLES,
        "example_form": ExampleForm(prefix="right"),
        "example_wrong": ExampleForm(wrong, prefix="wrong"),
        "example_answers": {"siblings": answer},
        "example_page": SimpleNamespace(older_url="#list", newer_url=""),
    }
