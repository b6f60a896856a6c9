"""Forms on the way to a decision: criteria and outcome, a signature, a disagreement, the National Panel's reply, and the report."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from sightline.partnership.agencies.models import Officer
from sightline.partnership.case_reviews.models import LetterOut, ProposedDecision
from sightline.partnership.documents.inspection.findings import ALLOWED
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, MomentField
from sightline.procedures import national_panel, review_decision
from sightline.procedures.review_decision import Criterion
from sightline.procedures.signing import PARTNERS

QUESTIONS = 3


class ProposalForm(forms.Form):
    """Each criterion with its reasons, then what the review comes to. It may be kept before it is complete."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(criteria)
        for each in self.asked:
            self.fields[f"answer_{each.code}"] = ChoiceRadio(each.title, review_decision.ANSWERS, required=False, help_text=each.hint)
            self.fields[f"reasons_{each.code}"] = LongText("Reasons", rows=2)
        self.fields["outcome"] = ChoiceRadio("What the review comes to", review_decision.OUTCOMES, required=False)
        self.fields["rationale"] = LongText("Reasons for the decision", rows=6)
        self.fields["proposed_scope"] = LongText("If a practice review is begun: scope and lines of enquiry", rows=4)
        for code, title in review_decision.OUTCOMES:
            self.fields[f"option_{code}"] = LongText(f"Considered: {title}. Why not?", rows=2)

    @staticmethod
    def initial_of(decision: ProposedDecision | None) -> dict[str, str]:
        if decision is None:
            return {}
        found = {"outcome": decision.outcome, "rationale": decision.rationale, "proposed_scope": decision.proposed_scope}
        for row in decision.criteria.all():
            found |= {f"answer_{row.criterion}": row.answer, f"reasons_{row.criterion}": row.reasons}
        return found | {f"option_{code}": why_not for code, why_not in decision.options.items()}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for each in self.asked:
            if told.get(f"answer_{each.code}") and not (told.get(f"reasons_{each.code}") or "").strip():
                self.add_error(f"reasons_{each.code}", f"Give reasons for your answer to “{each.title}”")
            if not told.get(f"answer_{each.code}") and (told.get(f"reasons_{each.code}") or "").strip():
                self.add_error(f"answer_{each.code}", f"Choose an answer to “{each.title}” that goes with your reasons")
        return told

    @property
    def proposal(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "outcome": told["outcome"], "rationale": told["rationale"], "proposed_scope": told["proposed_scope"],
            "options": {code: told[f"option_{code}"] for code, _ in review_decision.OUTCOMES if code != told["outcome"]},
            "criteria": {each.code: (told[f"answer_{each.code}"], told[f"reasons_{each.code}"]) for each in self.asked},
        }  # fmt: skip

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The criteria as the page shows them: those that must be taken into account first."""
        return [
            {"criterion": each, "answer": self[f"answer_{each.code}"], "reasons": self[f"reasons_{each.code}"]} for each in self.asked
        ]  # fmt: skip

    @property
    def options(self) -> list[Any]:
        return [self[f"option_{code}"] for code, _ in review_decision.OUTCOMES]


class SignForm(forms.Form):
    """One partner's word on one exact text."""

    agrees = ChoiceRadio("Do you agree to this report and decision", [("yes", "I agree"), ("no", "I do not agree")])
    reasons = LongText("If you do not agree: why", rows=4)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("agrees") == "no" and not (told.get("reasons") or "").strip():
            self.add_error("reasons", "Say why you do not agree: the other partners and the scrutineer read it")
        return told


class CommentForm(forms.Form):
    said = LongText("Your comment", rows=4, required=True)


class ScrutineerForm(forms.Form):
    notes = LongText("What has been discussed so far", rows=4)


class ResolutionForm(forms.Form):
    """Who accepted the text for each partner, and that the scrutineer was heard."""

    because = LongText("What was agreed, and why", rows=4, required=True)
    scrutineer_heard = forms.BooleanField(
        label="The independent scrutineer was heard", error_messages={"required": "The scrutineer is heard first. Tick when that was done."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in PARTNERS:
            label = f"Who accepted it for the partner: {role.replace('_', ' ')}"
            self.fields[f"who_{role}"] = forms.CharField(label=label, max_length=200, help_text="Name and post.")
        self.order_fields([*(f"who_{role}" for role in PARTNERS), "scrutineer_heard", "because"])

    @property
    def who(self) -> Mapping[str, str]:
        return {role: self.cleaned_data[f"who_{role}"] for role in PARTNERS}


class InterimForm(forms.Form):
    text = LongText("What the National Panel is told", rows=5, required=True)
    expected_on = DayField("When a decision is expected", required=False)


class ReplyForm(forms.Form):
    """What the Panel answered; up to three questions, each with who finds it out and by when."""

    response = ChoiceRadio("What the Panel says", national_panel.RESPONSES)
    received_on = DayField("Received on", required=True)
    comments = LongText("What it says, in its words", rows=4, required=True)
    quality_comment = LongText("What it says of the quality of the review", rows=2)
    file = forms.FileField(label="The letter", required=False, max_length=None, help_text=ALLOWED)

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, QUESTIONS + 1):
            self.fields[f"question_{number}"] = LongText(f"Question {number} of the Panel", rows=2)
            self.fields[f"owner_{number}"] = forms.ModelChoiceField(officers, label="Who finds it out", required=False)
            self.fields[f"due_on_{number}"] = DayField("By when", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for number in range(1, QUESTIONS + 1):
            if (told.get(f"question_{number}") or "").strip():
                if not told.get(f"owner_{number}"):
                    self.add_error(f"owner_{number}", f"Choose who finds out the answer to question {number}")
                if not told.get(f"due_on_{number}") and f"due_on_{number}" not in self.errors:
                    self.add_error(f"due_on_{number}", f"Say by when question {number} is answered")
        return told

    @property
    def asked(self) -> list[tuple[str, Officer, date]]:
        told = self.cleaned_data
        return [
            (told[f"question_{number}"], told[f"owner_{number}"], told[f"due_on_{number}"])
            for number in range(1, QUESTIONS + 1)
            if told[f"question_{number}"].strip()
        ]


class InformationForm(forms.Form):
    answer = LongText("What was found out", rows=4, required=True)
    letter = forms.ModelChoiceField(LetterOut.objects.none(), label="The letter that took it to the Panel", required=False)

    def __init__(self, *args: Any, letters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].queryset = letters


class SentAgainForm(forms.Form):
    sent_on = DayField("Sent to the National Panel on", required=True)


class ReconsiderForm(forms.Form):
    how = ChoiceRadio("What the partners decide", [("kept", "The decision is kept"), ("again", "A second decision is made")])
    reasons = LongText("Their reasons", rows=5, required=True)
    on = DayField("Decided on", required=True)


class CloseForm(forms.Form):
    on = DayField("Ended on", required=True)
    reasons = LongText("How it ended, in a sentence", rows=3, required=True)


class PartForm(forms.Form):
    """The words of one part of the report, or why a gap stays."""

    text = LongText("Text", rows=14)
    nothing_to_say = LongText("If it stays empty: why", rows=2)


class GapForm(forms.Form):
    nothing_to_say = LongText("Why this gap stays", rows=3, required=True)


class SendForm(forms.Form):
    """How the one signed file reached the National Panel."""

    to_whom = forms.CharField(label="To whom", max_length=300, initial="Child Safeguarding Practice Review Panel")
    how = ChoiceRadio("How it was sent", LetterOut.HOW)
    sent_at = MomentField("When it was sent", time_required=True)
    proof = forms.FileField(label="Proof of sending", required=False, max_length=None, help_text=ALLOWED)
    note = LongText("Note", rows=2)
    recipient_confirmed = forms.BooleanField(
        label="A second person has checked the recipient",
        error_messages={"required": "Have a second person check the recipient, then tick."},
    )
