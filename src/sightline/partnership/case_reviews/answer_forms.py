"""The short forms beside an answer: which text to keep, what is not for everybody, who writes, and a word to the unit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews.answers_shown import in_words
from sightline.partnership.case_reviews.models import RequestSubject
from sightline.partnership.case_reviews.routes import Route
from sightline.partnership.pages.fields import ChoiceRadio, LongText
from sightline.procedures.access.allow import SEALS
from sightline.procedures.agency_return import Section, agency_return

NOT_MARKED = "Not marked"


class PassOnForm(forms.Form):
    """The colleague who is to write."""

    def __init__(self, *args: Any, routes: Iterable[Route], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {route.officer.pk: route.officer for route in routes}
        self.fields["officer"] = ChoiceRadio(
            "Who is to write", [(pk, str(officer)) for pk, officer in self.officers.items()],
            hint="Somebody who is connected with a person in the case must not write. If in doubt, ask the business unit.",
        )  # fmt: skip

    def officer(self) -> Officer:
        return self.officers[self.cleaned_data["officer"]]


class SayForm(forms.Form):
    """A question, a reply, or another agency that should be asked."""

    question = forms.ChoiceField(label="What it is about", required=False)
    text = LongText(
        "Your message", rows=5, required=True, max_length=5000,
        hint="Read inside only, by the business unit and your agency. To propose another agency, write its name and why.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = [(field.code, f"{field.section}: {field.label}") for field in agency_return().fields()]
        self.fields["question"].choices = [("", "The request as a whole"), *questions]


class MarksForm(forms.Form):
    """For each answer or row, whether it is for every reader of the answer."""

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], marks: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"mark-{number}": place for number, (place, _) in enumerate(places)}
        labels = dict(places)
        for name, place in self.names.items():
            self.fields[name] = forms.ChoiceField(
                label=labels[place], choices=[("", NOT_MARKED), *SEALS.items()], required=False, initial=marks.get(place, "")
            )

    def marks(self) -> dict[str, str]:
        return {place: self.cleaned_data[name] for name, place in self.names.items()}


class ChooseTextForm:
    """Two texts of one question side by side."""

    @staticmethod
    def pairs(
        section: Section, theirs: Mapping[str, Any], yours: Mapping[str, Any], people: Iterable[RequestSubject]
    ) -> list[dict[str, Any]]:
        called = {subject.pk: subject.called for subject in people}
        fields = {field.code: field for field in section.fields}
        return [
            {
                "field": fields[code],
                "theirs": in_words(fields[code], theirs[code], called),
                "yours": in_words(fields[code], yours[code], called),
            }
            for code in theirs
        ]


class ReceiveForm(forms.Form):
    """A form that was filled in without a connection."""

    upload = forms.FileField(
        label="The filled form", max_length=None, help_text="A Word document (.docx), with the codes in square brackets as they were.",
        error_messages={
            "required": "Choose the form.", "empty": "The file is empty. Open it to check that it was saved, then choose it again.",
        },
    )  # fmt: skip
