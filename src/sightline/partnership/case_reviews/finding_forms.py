"""Forms of findings: what is asked of an agency, what becomes of a finding, what it is turned into, and the rules of a review."""

from typing import Any

from django import forms

from sightline.partnership.case_reviews.learning_forms import _themes
from sightline.partnership.case_reviews.models import ChronologyFinding
from sightline.partnership.pages.fields import DayField, LongText, ManyChoices
from sightline.procedures.chronology.findings.rules import GREATEST, Rule, Settings


class AskForm(forms.Form):
    """A question to an agency about what its rows seem to say."""

    text = LongText(
        "Question",
        rows=5,
        required=True,
        hint="The agency sees its own rows alone. Name nobody, and tell nothing of another agency’s rows.",
    )


class AnswerForm(forms.Form):
    """What came back, or why it goes on without."""

    answer = LongText("What the agency says", rows=5)
    because = LongText("Or why it goes on without an answer", rows=3)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool((said.get("answer") or "").strip()) == bool((said.get("because") or "").strip()):
            raise forms.ValidationError("Write what the agency says, or why it goes on without an answer: one of the two.")
        return said


class WhyForm(forms.Form):
    because = LongText("Why", rows=3, required=True)


class AcceptForm(forms.Form):
    """A finding that a person holds to be so."""

    why_it_made_sense = LongText(
        "Why it made sense at the time", rows=4, hint="To those who did it, with what they knew then. Not needed for good practice."
    )
    is_good_practice = forms.BooleanField(label="It shows good practice", required=False)


class EpisodeForm(forms.Form):
    """A key practice episode."""

    title = forms.CharField(label="Title", max_length=120, help_text="It stands on the picture. Name nobody.")
    starts_on = DayField("First day")
    ends_on = DayField("Last day")
    text = LongText("What happened, without names", rows=4)

    @staticmethod
    def initial_of(finding: ChronologyFinding) -> dict[str, Any]:
        return {"starts_on": finding.starts_on, "ends_on": finding.ends_on or finding.starts_on, "text": finding.said}


class LineForm(forms.Form):
    question = LongText("Question for the practice review", rows=3, required=True)


class FromFindingForm(forms.Form):
    """A learning point from a finding."""

    text = LongText("What was learnt", rows=4, required=True, hint="Without names, places or dates that tell of one child.")
    is_good_practice = forms.BooleanField(label="It is good practice, to be kept", required=False)
    why_it_made_sense = LongText("Why it made sense at the time", rows=3)
    what_changes = LongText("What is to be different for children", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"] = ManyChoices("Themes", _themes(), required=False)

    @staticmethod
    def initial_of(finding: ChronologyFinding) -> dict[str, Any]:
        return {"why_it_made_sense": finding.why_it_made_sense, "is_good_practice": finding.is_good_practice}


class RuleForm(forms.Form):
    """One rule as a review runs it."""

    is_on = forms.BooleanField(label="The rule is on", required=False)

    def __init__(self, *args: Any, rule: Rule, settings: Settings, **kwargs: Any) -> None:
        initial = {"is_on": settings.runs(rule.kind)} | {each.name: settings.figure(each.name) for each in rule.parameters}
        super().__init__(*args, initial=initial, **kwargs)
        self.rule = rule
        for each in rule.parameters:
            self.fields[each.name] = forms.IntegerField(
                label=f"{each.words} ({each.unit})",
                min_value=each.least,
                max_value=GREATEST,
                help_text=f"As the rule has it: {each.default}.",
            )
        self.fields["because"] = LongText("Why this review changes it", rows=2, required=True)

    def figures(self) -> dict[str, int]:
        return {each.name: self.cleaned_data[each.name] for each in self.rule.parameters}
