"""Forms of the register: few fields, so that an owner answers on a telephone in under a minute."""

from typing import Any

from django import forms

from sightline.partnership.actions.models import Action, ActionEvidence, Recommendation
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText
from sightline.procedures.action import OWNER_SAYS


class RaiseForm(forms.Form):
    """A new action."""

    text = LongText("What is to be done", rows=4, required=True, hint="Without names of children or families.")
    outcome = LongText("What will be different for children", rows=3, hint="Something that can be seen or counted by a day.")
    owner_agency = forms.ModelChoiceField(Agency.objects.all(), label="Agency that owns it")
    owner_officer = forms.ModelChoiceField(Officer.objects.select_related("agency"), label="Person who owns it")
    due_on = DayField("Due", required=True)
    priority = ChoiceRadio("Priority", Action.PRIORITIES, initial="medium")


class UpdateForm(forms.Form):
    """How an action stands."""

    status = ChoiceRadio("How it stands", [(status.value, status.label) for status in OWNER_SAYS])
    text = LongText("What has happened", rows=3, required=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    kind = ChoiceRadio("What it shows", ActionEvidence.KINDS)
    text = LongText("What the evidence is", rows=3, required=True, hint="Without names of children or families.")
    dated_on = DayField("Date of the evidence", required=True)

    file = forms.FileField(
        label="File, if there is one", required=False,
        help_text="Everybody who reads the action may open it. It must not name or describe a child or a family.",
    )  # fmt: skip


class ReasonsForm(forms.Form):
    """A step that needs its reasons."""

    because = LongText("Reasons", rows=4, required=True)


class DayAndReasonsForm(forms.Form):
    """A step on a day, with what was seen."""

    day = DayField("Day", required=True)
    because = LongText("What was seen", rows=4, required=True)


class DayForm(forms.Form):
    """A step on a day."""

    day = DayField("Day", required=True)
    text = LongText("Note", rows=3)


class SupersedeForm(ReasonsForm):
    """The action that takes the place of another."""

    def __init__(self, *args: Any, actions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = forms.ModelChoiceField(actions, label="Action that replaces it")
        label.label_from_instance = lambda action: action.text[:90]  # type: ignore[method-assign]
        self.fields = {"replaced_by": label, **self.fields}


class RecommendationForm(forms.ModelForm):
    """What somebody recommends."""

    source_on = DayField("Date of the source", required=True)
    text = LongText("What is recommended", rows=4, required=True, hint="Without names of children or families.")
    by_when = DayField("By", required=False)

    class Meta:
        model = Recommendation
        fields = ["source_kind", "source_title", "source_on", "text", "why", "required_of", "agency", "by_when"]


class AnswerForm(forms.Form):
    """The answer to a recommendation."""

    accepted = ChoiceRadio("Answer", [("yes", "Accepted"), ("no", "Not accepted")])
    decided_on = DayField("Answered on", required=True)
    reasons = LongText("Reasons", rows=4, required=True)
