"""Forms of a meeting while it is held and afterwards: who comes and goes, what is said and decided, minutes, actions."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from sightline.partnership.actions.models import Action
from sightline.partnership.agencies.models import Officer
from sightline.partnership.meetings.forms import items_to_choose
from sightline.partnership.meetings.models import AgendaItem, Meeting, MeetingDecision
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, MomentField

OPTIONS: Final = 4
CRITERIA: Final = 4


class OpenForm(forms.Form):
    chair = forms.ChoiceField(label="Who takes the chair")
    at = MomentField("Began", time_required=True, required=True)

    def __init__(self, *args: Any, officers: Iterable[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {officer.pk: officer for officer in officers}
        self.fields["chair"].choices = [("", "Choose who takes the chair"), *((pk, str(each)) for pk, each in self.officers.items())]

    def clean_chair(self) -> Officer:
        return self.officers[self.cleaned_data["chair"]]


class ArriveForm(forms.Form):
    at = MomentField("Came in", time_required=True, required=True)


class LeaveForm(forms.Form):
    """When and why somebody leaves the room."""

    at = MomentField("Left", time_required=True, required=True)
    because = forms.CharField(label="Why they left", max_length=300, required=False)
    for_conflict = forms.BooleanField(label="They left for a conflict of interest", required=False)
    item = forms.ChoiceField(label="For which item", required=False)

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.fields["item"].choices = items_to_choose(self.items, "For the rest of the meeting")

    def clean_item(self) -> AgendaItem | None:
        return self.items.get(self.cleaned_data["item"])


class EndForm(forms.Form):
    at = MomentField("Ended", time_required=True, required=True)
    note = LongText("What else should be known of how it was held", rows=3, hint="For example that the connection failed for ten minutes.")


class NotesForm(forms.Form):
    """What was said of one item."""

    notes = LongText("What was said", rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class MinutesForm(forms.Form):
    """What else was said, outside the items."""

    text = LongText("What else was said", rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """A decision, the options it was chosen from, and why."""

    item = forms.ChoiceField(label="Under which item", required=False)
    decided_at = MomentField("When it was decided", time_required=True, required=True, hint="Quorum is asked at this moment.")
    text = LongText("What was decided", rows=4, required=True)
    chosen = forms.ChoiceField(
        label="Which option was chosen", required=False,
        choices=[("", "None of them as it stands"), *((str(n), f"Option {n}") for n in range(1, OPTIONS + 1))],
    )  # fmt: skip
    reasons = LongText("Why", rows=4, required=True, hint="Reasons for the option chosen, and against the others.")
    review_on = DayField("To be looked at again on", required=False)

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.fields["item"].choices = items_to_choose(self.items, "The meeting as a whole")
        for n in range(1, OPTIONS + 1):
            self.fields[f"option_{n}"] = forms.CharField(label=f"Option {n}", max_length=300, required=False)
        for n in range(1, CRITERIA + 1):
            self.fields[f"criterion_{n}"] = forms.CharField(label=f"Criterion {n}", max_length=300, required=False)
            self.fields[f"found_{n}"] = LongText(f"What was found of criterion {n}", rows=2)
        options, criteria = [f"option_{n}" for n in range(1, OPTIONS + 1)], []
        for n in range(1, CRITERIA + 1):
            criteria += [f"criterion_{n}", f"found_{n}"]
        self.order_fields(["item", "decided_at", *options, *criteria, "text", "chosen", "reasons", "review_on"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        number = told.get("chosen", "")
        if number and not told.get(f"option_{number}", "").strip():
            self.add_error("chosen", "Write this option first, or choose another")
        for n in range(1, CRITERIA + 1):
            if bool(told.get(f"criterion_{n}", "").strip()) != bool(told.get(f"found_{n}", "").strip()):
                self.add_error(f"found_{n}", "Write both the criterion and what was found of it, or neither")
        return told

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields as the page shows them: what most decisions do not need stays folded until it is used."""
        options = [self[f"option_{n}"] for n in range(1, OPTIONS + 1)]
        criteria = [self[f"{kind}_{n}"] for n in range(1, CRITERIA + 1) for kind in ("criterion", "found")]
        rest = [self[name] for name in ("text", "chosen", "reasons", "review_on")]
        return [
            {"fields": [self["item"], self["decided_at"], *options[:2]]},
            {"fields": options[2:], "folded": "Further options", "is_open": any(field.value() for field in options[2:])},
            {"fields": criteria[:2]},
            {"fields": criteria[2:], "folded": "Further criteria", "is_open": any(field.value() for field in criteria[2:])},
            {"fields": rest},
        ]

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        options = [data[f"option_{n}"].strip() for n in range(1, OPTIONS + 1) if data[f"option_{n}"].strip()]
        criteria = [
            {"criterion": data[f"criterion_{n}"].strip(), "found": data[f"found_{n}"].strip()}
            for n in range(1, CRITERIA + 1)
            if data[f"criterion_{n}"].strip()
        ]
        return {
            "item": self.items.get(data["item"]), "decided_at": data["decided_at"], "text": data["text"], "reasons": data["reasons"],
            "options": options, "chosen": data[f"option_{data['chosen']}"].strip() if data["chosen"] else "", "criteria": criteria,
            "review_on": data["review_on"],
        }  # fmt: skip


class DissentForm(forms.Form):
    """Who did not agree, and why."""

    officer = forms.ChoiceField(label="Who did not agree")
    reasons = LongText("Why, in their words", rows=4, required=True)

    def __init__(self, *args: Any, officers: Iterable[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {officer.pk: officer for officer in officers}
        self.fields["officer"].choices = [("", "Choose a person"), *((pk, str(each)) for pk, each in self.officers.items())]

    def clean_officer(self) -> Officer:
        return self.officers[self.cleaned_data["officer"]]


class RatifyForm(forms.Form):
    """At which later meeting, and when, a recommendation was ratified."""

    at_meeting = forms.ChoiceField(label="Ratified at")
    ratified_at = MomentField("When", time_required=True, required=True, hint="Quorum of that meeting is asked at this moment.")

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {each.pk: each for each in meetings}
        self.fields["at_meeting"].choices = [("", "Choose a meeting"), *((pk, each.title) for pk, each in self.meetings.items())]

    def clean_at_meeting(self) -> Meeting:
        return self.meetings[self.cleaned_data["at_meeting"]]


class ApproveForm(forms.Form):
    """Approval of minutes, with what is not accurate in them."""

    corrections = LongText("Matters of accuracy", rows=4, hint="The minutes stay as they were fixed; this stands beside them.")
    at_meeting = forms.ChoiceField(label="Approved at a later meeting", required=False)

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {each.pk: each for each in meetings}
        later = [(pk, each.title) for pk, each in self.meetings.items()]
        self.fields["at_meeting"].choices = [("", "No, agreed by those who were there"), *later]

    def clean_at_meeting(self) -> Meeting | None:
        return self.meetings.get(self.cleaned_data["at_meeting"])


class ActionForm(forms.Form):
    """Something that somebody is to do after the meeting."""

    under = forms.ChoiceField(label="Raised under", required=False)
    text = LongText(
        "What is to be done", rows=3, required=True, hint="Without names of children or families: whoever owns it may not know the case."
    )
    outcome = LongText(
        "What will be different for children", rows=2, required=True, hint="The measure: what can be seen or counted by the day."
    )
    owner = forms.ChoiceField(label="Who owns it", help_text="A named person of an agency. They are written to today.")
    due_on = DayField("To be done by", required=True)
    priority = ChoiceRadio("Priority", Action.PRIORITIES, initial="medium")

    def __init__(
        self, *args: Any, items: Iterable[AgendaItem], decisions: Iterable[MeetingDecision], officers: Iterable[Officer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, dict[str, Any]] = {"": {"item": None, "decision": None}}
        choices, by_agency = [("", "The meeting as a whole")], {}
        for item in items:
            self.places[item.pk] = {"item": item, "decision": None}
            choices.append((item.pk, f"Item {item.position}: {item.title}"))
        for decision in decisions:
            self.places[decision.pk] = {"item": decision.item, "decision": decision}
            choices.append((decision.pk, f"Decision {decision.number}: {decision.text[:80]}"))
        self.fields["under"].choices = choices
        self.officers = {officer.pk: officer for officer in officers}
        for pk, officer in self.officers.items():
            by_agency.setdefault(officer.agency.name, []).append((pk, str(officer)))
        self.fields["owner"].choices = [("", "Choose a person"), *by_agency.items()]

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        owner = self.officers[data["owner"]]
        named = {name: data[name] for name in ("text", "outcome", "due_on", "priority")}
        return {**named, **self.places[data["under"]], "owner_agency": owner.agency, "owner_officer": owner}
