"""Forms about what a clock rests on, what a review cost, what went out, and a case's diary."""

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.partnership.case_reviews.models import ClockCorrection, DiaryEntry, LetterOut
from sightline.partnership.documents.inspection.findings import ALLOWED
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, MomentField
from sightline.procedures.outgoing.audiences import audiences
from sightline.procedures.rule_sets import RuleSet

EMPTY_FILE = {"empty": "The file is empty. Open it to check that it was saved, then choose it again."}


class SupposeForm(forms.Form):
    """A day to try out; nothing is kept."""

    on = DayField("Suppose that the first day had been", required=True)


class CorrectDayForm(forms.Form):
    """The moment that should have been recorded, and how it is known."""

    what = ChoiceRadio("What was recorded wrongly", ClockCorrection.WHAT)
    becomes = MomentField("What it should be", time_required=True)
    reasons = LongText("Why, and how the right one is known", rows=4, required=True)

    def __init__(self, *args: Any, is_sent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_sent:
            self.fields["what"].choices = [row for row in ClockCorrection.WHAT if row[0] == "aware_at"]


class DecideCorrectionForm(forms.Form):
    """Whether a second person agrees."""

    confirm = ChoiceRadio("Is the proposed moment the right one", [("yes", "Yes, correct it"), ("no", "No, leave it as it is")])
    because = LongText("On what grounds", rows=3, required=True)


class UpgradeForm(forms.Form):
    """To which later rules, and why."""

    to = ChoiceRadio("Move this case to")
    reasons = LongText("Why", rows=4, required=True)

    def __init__(self, *args: Any, rules: Iterable[RuleSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(each.id, each.title) for each in rules]


class LateReasonsForm(forms.Form):
    reasons = LongText("Why it is late, and when the National Panel was told", rows=5, required=True)


class EffortForm(forms.Form):
    """A rough figure: hours in one box, other cost in the other."""

    hours = forms.DecimalField(
        label="Hours of the business unit", required=False, min_value=0, max_digits=7, decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )  # fmt: skip
    cost = forms.DecimalField(
        label="Other cost in pounds", required=False, min_value=0, max_digits=9, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )  # fmt: skip


class LetterOutForm(forms.Form):
    """Which file exactly was sent to whom, when and how."""

    kind = forms.ChoiceField(label="What was sent", choices=LetterOut.KINDS)
    title = forms.CharField(label="Title", max_length=200, help_text="Without a child’s name.")
    to_whom = forms.CharField(label="To whom", max_length=300)
    how = ChoiceRadio("How it was sent", LetterOut.HOW)
    sent_at = MomentField("When it was sent", time_required=True)
    file = forms.FileField(label="The file that was sent", required=False, max_length=None, help_text=ALLOWED, error_messages=EMPTY_FILE)
    audience = forms.ChoiceField(
        label="Who reads the file", required=False,
        choices=[("", "Choose a reader"), *((each.code, each.title) for each in audiences().values())],
        help_text="The file is looked through for details of people that this reader must not learn, and for what is hidden in it.",
    )  # fmt: skip
    despite = LongText("If it went out before it was checked: what happened", rows=2)
    proof = forms.FileField(label="Proof of sending", required=False, max_length=None, help_text=ALLOWED, error_messages=EMPTY_FILE)
    note = LongText("Note", rows=2)
    recipient_confirmed = forms.BooleanField(
        label="A second person has checked the recipient",
        error_messages={"required": "Have a second person check the recipient, then tick."},
    )


class DiaryForm(forms.Form):
    """A call, an e-mail, a meeting."""

    kind = ChoiceRadio("What it was", DiaryEntry.KINDS)
    happened_at = MomentField("When", required=True)
    with_whom = forms.CharField(label="With whom", required=False, max_length=200)
    what = LongText("What was said", rows=5, required=True)
    file = forms.FileField(
        label="The e-mail or file",
        required=False,
        max_length=None,
        help_text=f"E-mails as .eml or .msg. {ALLOWED}.",
        error_messages=EMPTY_FILE,
    )
