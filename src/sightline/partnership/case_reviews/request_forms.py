"""Forms by which the business unit asks agencies and follows what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews.routes import Proposal, Route
from sightline.partnership.need_to_know.models import MatterPerson
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices
from sightline.procedures.agency_return import agency_return

CONFIRM_ROUTE = "I have checked that this person is not a subject, a relative or a line manager of anyone in this case"
CONNECTION = "Check for a connection before anything is sent. If there is one, choose somebody else."


@dataclass(frozen=True)
class Chosen:
    """One agency ticked on the page: whom to ask there, and about whom."""

    agency: Agency
    officer: Officer
    subjects: list[MatterPerson]


@dataclass(frozen=True)
class Block:
    """One agency on the page, with its own fields."""

    row: Proposal
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        """In view without being unfolded: the agency is ticked, or something about it is to be put right."""
        return bool(self.fields[0].value()) or any(field.errors for field in self.fields)


class AskForm(forms.Form):
    """A tick list of agencies; for each, whom to ask, about whom, and that the recipient has no connection."""

    due_on = DayField("Answer by", required=True)
    message = LongText(
        "What they need to know to search", rows=3,
        hint="Goes to every agency that you tick. Not what happened, and never a protected address. You may leave it empty.",
    )  # fmt: skip

    def __init__(self, *args: Any, proposals: Iterable[Proposal], needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in proposals if row.can_be_asked]
        for row in self.rows:
            self._add(row)
        if needs_reason:
            self.fields["added_because"] = LongText(
                "Why they are asked now", rows=2, required=True, hint="The first requests went out on an earlier day."
            )

    def _add(self, row: Proposal) -> None:
        key = _key(row)
        people = [(person.matter_person.pk, person.called) for person in row.people_left]
        self.fields[f"{key}_ask"] = forms.BooleanField(label=f"Ask {row.name}", required=False)
        self.fields[f"{key}_officer"] = forms.ChoiceField(label="Whom to ask", choices=route_choices(row.routes), required=False)
        self.fields[f"{key}_people"] = ManyChoices("About whom", people, required=False, initial=[pk for pk, _ in people])
        self.fields[f"{key}_confirmed"] = forms.BooleanField(label=CONFIRM_ROUTE, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ticked = [row for row in self.rows if cleaned.get(f"{_key(row)}_ask")]
        for row in ticked:
            if not cleaned.get(f"{_key(row)}_people") and f"{_key(row)}_people" not in self.errors:
                self.add_error(f"{_key(row)}_people", f"Choose at least one person about whom {row.name} is asked.")
            if not cleaned.get(f"{_key(row)}_confirmed"):
                self.add_error(f"{_key(row)}_confirmed", f"{row.name}: {CONNECTION[0].lower()}{CONNECTION[1:]}")
        if not ticked and not self.errors:
            raise forms.ValidationError("Tick at least one agency to ask.")
        return cleaned

    def chosen(self) -> list[Chosen]:
        found = []
        for row in self.rows:
            said = {part: self.cleaned_data.get(f"{_key(row)}_{part}") for part in ("ask", "officer", "people")}
            if said["ask"] and row.agency is not None:
                officers = {route.officer.pk: route.officer for route in row.routes}
                subjects = [person.matter_person for person in row.people_left if person.matter_person.pk in said["people"]]
                found.append(Chosen(row.agency, officers[said["officer"]], subjects))
        return found

    @property
    def blocks(self) -> list["Block"]:
        """Each agency with its own fields, as the page shows them."""
        return [Block(row, [self[f"{_key(row)}_{part}"] for part in ("ask", "officer", "people", "confirmed")]) for row in self.rows]

    @property
    def about_all(self) -> list[Any]:
        return [self[name] for name in ("due_on", "message", "added_because") if name in self.fields]


class OfficerForm(forms.Form):
    """Whom to ask at one agency, confirmed as a safe route."""

    confirmed = forms.BooleanField(label=CONFIRM_ROUTE, required=True, error_messages={"required": CONNECTION})

    def __init__(self, *args: Any, routes: Sequence[Route], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {route.officer.pk: route.officer for route in routes}
        self.fields["officer"] = ChoiceRadio("Whom to ask", route_choices(routes))
        self.order_fields(["officer", "confirmed"])

    def officer(self) -> Officer:
        return self.officers[self.cleaned_data["officer"]]


class ChangeRequestForm(OfficerForm):
    """Another day, another person, or both; a new person is confirmed as a safe route."""

    due_on = DayField("Answer by", required=True)
    confirmed = forms.BooleanField(label=CONFIRM_ROUTE, required=False)

    def __init__(self, *args: Any, asked: Officer, due_on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"due_on": due_on, "officer": asked.pk}, **kwargs)
        self.asked, self.was_due_on = asked, due_on
        self.officers[asked.pk] = asked
        others = [choice for choice in self.fields["officer"].choices if choice[0] != asked.pk]
        self.fields["officer"].choices = [(asked.pk, f"{asked}, as now"), *others]
        self.order_fields(["due_on", "officer", "confirmed"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("officer") not in (None, self.asked.pk) and not cleaned.get("confirmed"):
            self.add_error("confirmed", CONNECTION)
        return cleaned

    @property
    def new_officer(self) -> Officer | None:
        return self.officer() if self.cleaned_data["officer"] != self.asked.pk else None

    @property
    def new_day(self) -> date | None:
        return self.cleaned_data["due_on"] if self.cleaned_data["due_on"] != self.was_due_on else None


class ReturnAnswerForm(forms.Form):
    """Why an answer goes back. The letter says only that it was returned; all of this is read inside."""

    correction = ChoiceRadio("Why it goes back")
    note = LongText("What is to be put right", rows=4, required=True, hint="The agency reads it inside, beside its answer.")
    due_on = DayField("Answer by", required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["correction"].choices = list(agency_return().corrections.items())

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("This day has passed. Choose a day to come, so that the agency is not late at once.")
        return due_on


class ReasonsForm(forms.Form):
    """A step that is taken for reasons."""

    reasons = LongText("Reasons", rows=4, required=True)


class AskBackForm(forms.Form):
    """A question to the agency, or a reply to its own."""

    question = forms.ChoiceField(label="About", required=False)
    row = forms.RegexField(r"^[0-9]{1,4}$", required=False, widget=forms.HiddenInput)
    text = LongText("What you wish to ask or say", rows=4, required=True, hint="The agency’s letter says only that something waits for it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(section.title, [(field.code, field.label) for field in section.fields]) for section in agency_return().sections]
        self.fields["question"].choices = [("", "The answer as a whole"), *sections]


class AgencyForm(forms.Form):
    """One agency of the directory."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", empty_label="Choose an agency")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


def route_choices(routes: Iterable[Route]) -> list[tuple[str, str]]:
    def told(route: Route) -> str:
        named = " (named at intake)" if route.is_named_at_intake else ""
        unreachable = "" if route.can_be_written_to else " (no e-mail address)"
        return f"{route.officer.name}, {route.why}{named}{unreachable}"

    return [(route.officer.pk, told(route)) for route in routes]


def _key(row: Proposal) -> str:
    assert row.agency is not None  # what the directory does not know cannot be asked
    return f"agency_{row.agency.pk}"
