"""Forms of a rapid review: its scope, its steps, its plan, and from which day reviews are counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.partnership.case_reviews.models import RapidReview
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices
from sightline.procedures.access.matrix import MATRIX
from sightline.procedures.rapid_review import RapidReviewStatus
from sightline.procedures.rapid_review_plan import MILESTONES, TemplateTask
from sightline.procedures.rule_sets import RapidReviewAnchor, all_rule_sets


class ScopeForm(forms.Form):
    """The time that agencies are asked about, and what the review is to find out."""

    scope_from = DayField("Agencies are asked about the time from", required=True)
    scope_to = DayField("To", required=True)
    earlier_history = LongText("And from before", rows=3, hint="What would be significant, for example earlier removals of a child.")
    scope_notes = LongText("What the review is to find out", rows=5, hint="Questions for the panel. Agencies do not see this.")

    @classmethod
    def initial_of(cls, review: RapidReview) -> dict[str, Any]:
        return {name: getattr(review, name) for name in cls.base_fields}


class StepForm(forms.Form):
    """The stage that a review has come to, and the day on which it did."""

    happened_on = DayField("Day on which it happened", required=True)
    reasons = LongText("Note", rows=3, hint="For example who took part, or why. It stays with the review.")

    def __init__(self, *args: Any, steps: Sequence[RapidReviewStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = ChoiceRadio("What has happened", [(step.value, step.label) for step in steps])
        self.fields = {"to": choice, **self.fields}
        self.fields["happened_on"].initial = timezone.localdate()

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day has not come yet. Enter the day on which it happened.")
        return day


class FinishTaskForm(forms.Form):
    """That a task was done."""

    done_on = DayField("Done on", required=True)
    note = LongText("How it was done", rows=3)


class PlanRowForm(forms.Form):
    """One task of the partnership's own plan."""

    title = forms.CharField(label="What is to be done", max_length=300)
    working_day = forms.IntegerField(
        label="By the end of working day",
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    holder = forms.CharField(label="Who holds the ball, in words", max_length=200)
    holder_role = forms.ChoiceField(label="Their role in Sightline")
    ends_when = forms.CharField(label="It is done when", max_length=300)
    ended_by = ManyChoices("Stages of the review that end it", required=False, hint="Choose none for a task that a person marks as done.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder_role"].choices = [(code, role.name) for code, role in MATRIX.role_by_code.items()]
        self.fields["ended_by"].choices = [(status.value, status.label) for status in MILESTONES]

    @staticmethod
    def initial_of(row: TemplateTask) -> dict[str, Any]:
        return {
            "title": row.title, "working_day": row.working_day, "holder": row.holder, "holder_role": row.holder_role,
            "ends_when": row.ends_when, "ended_by": list(row.ended_by),
        }  # fmt: skip

    def task(self, *, code: str, source: str) -> TemplateTask:
        told = self.cleaned_data
        return TemplateTask(
            code=code, title=told["title"].strip(), holder=told["holder"].strip(), holder_role=told["holder_role"],
            working_day=told["working_day"], ends_when=told["ends_when"].strip(), ended_by=tuple(told["ended_by"]), source=source,
        )  # fmt: skip


class LocalAnchorForm(forms.Form):
    """From which day reviews of later notifications are counted here."""

    rule_set = forms.ChoiceField(label="For cases that run under")
    anchor = ChoiceRadio("Counted from", [(anchor.value, anchor.label) for anchor in RapidReviewAnchor])
    valid_from = DayField("For reviews opened from", required=True)
    reasons = LongText("Why, and who decided it", rows=3, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].choices = [(rules.id, rules.title) for rules in all_rule_sets()]
