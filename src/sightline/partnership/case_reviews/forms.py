"""Forms of the case reviews room. Each section of an incident is one short page."""

from typing import Any

from django import forms
from django.utils import timezone

from sightline.partnership.accounts.models import Account
from sightline.partnership.agencies.models import Agency, Ward
from sightline.partnership.case_reviews.models import (
    FamilyAndStaff,
    FamilyContact,
    IncidentChild,
    InvolvedProfessional,
    ParallelProceeding,
    SeriousIncident,
    SignificantPerson,
)
from sightline.partnership.pages.fields import ChoiceRadio, ConditionalChoice, DayField, LongText, ManyChoices, MomentField
from sightline.procedures import safety, section_16c
from sightline.procedures.case_review import NotificationType, SeriousIncidentStatus
from sightline.procedures.code_lists import choices
from sightline.procedures.consultation import VIEWS

YES_NO_NOT_KNOWN = choices("yes_no_not_known")


class SectionForm(forms.ModelForm):
    """A part of the incident, saved by itself."""

    class Meta:
        model = SeriousIncident
        fields: list[str] = []


class WhatHappenedForm(SectionForm):
    summary = LongText(
        "What happened",
        rows=8,
        required=True,
        hint="Facts, in a few sentences. Write “Child 1” or “mother”, not names: names have their own place.",
    )
    grounds = LongText("Why abuse or neglect is known or suspected", rows=4, hint="If it is not, say so and why.")
    happened_on = DayField("Date of the incident", required=False, hint="For example 27 3 2026. Leave it empty if it is not known.")
    happened_time = forms.TimeField(
        label="Time of the incident", required=False, help_text="24-hour clock, for example 16:30. Leave it empty if it is not known.",
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"invalid": "Write the time as hours and minutes, for example 16:30."},
    )  # fmt: skip
    happened_precision = ChoiceRadio("How sure is the date", SeriousIncident._meta.get_field("happened_precision").choices, required=False)
    place = forms.ChoiceField(label="Where it happened", required=False)
    place_area = ChoiceRadio("In which area", SeriousIncident._meta.get_field("place_area").choices, required=False)
    place_ward = forms.ModelChoiceField(
        Ward.objects.none(), label="Ward, if it happened here", required=False, empty_label="Not known or not here"
    )
    place_other_authority = forms.CharField(label="Which other local authority or country", required=False, max_length=200)
    media_interest = ChoiceRadio("Media interest", choices("media_interest"), required=False)

    class Meta(SectionForm.Meta):
        fields = [
            "summary", "grounds", "happened_on", "happened_time", "happened_precision", "place", "place_area", "place_ward",
            "place_other_authority", "media_interest",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "Choose a place"), *choices("locations")]
        self.fields["place_ward"].queryset = Ward.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("place_area") in {"england", "outside"} and not cleaned.get("place_other_authority"):
            self.add_error("place_other_authority", "Say which local authority or country it happened in.")
        if (on := cleaned.get("happened_on")) and on > timezone.localdate():
            self.add_error("happened_on", "The incident cannot be in the future. Check the year.")
        return cleaned


class AwarenessForm(SectionForm):
    aware_at = MomentField(
        "When the local authority became aware",
        required=True,
        time_required=False,
        hint="The clock of five working days starts here. If you are not the local authority, say when you told its front door.",
    )
    how_aware = LongText("How it became aware", rows=3)
    partners_told_on = DayField("Date the other safeguarding partners were told", required=False)
    contact_name = forms.CharField(label="Who to ask about this", max_length=200)
    contact_role = forms.CharField(label="Their role", max_length=200, required=False)
    contact_phone = forms.CharField(
        label="Their telephone number", max_length=60, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    contact_email = forms.EmailField(label="Their work e-mail address", required=False)

    class Meta(SectionForm.Meta):
        fields = ["aware_at", "how_aware", "partners_told_on", "contact_name", "contact_role", "contact_phone", "contact_email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Once a clock rests on it, it is corrected with reasons and a second person, never typed over.
        if not self.instance.is_draft:
            del self.fields["aware_at"]

    def clean_aware_at(self) -> Any:
        aware_at = self.cleaned_data["aware_at"]
        if aware_at and aware_at > timezone.now():
            raise forms.ValidationError("This moment is in the future. Check the date and the time.")
        return aware_at


class ChildrenForm(SectionForm):
    no_named_child = forms.BooleanField(label="No child can be named yet", required=False)
    other_children = LongText("Other children, beyond four", rows=3, hint="How each was affected. Write “Child 5”, not names.")
    other_children_count = forms.IntegerField(label="How many other children", required=False, min_value=0, max_value=500)

    class Meta(SectionForm.Meta):
        fields = ["no_named_child", "other_children", "other_children_count"]


class ContextForm(SectionForm):
    family_context = ManyChoices("What is known about the family", choices("family_context"), required=False, hint="Tick all that apply.")
    family_context_notes = LongText("Anything to add", rows=3)

    class Meta(SectionForm.Meta):
        fields = ["family_context", "family_context_notes"]


class LocalReferenceForm(SectionForm):
    local_reference = forms.CharField(
        label="Your own reference",
        required=False,
        max_length=40,
        help_text="Optional, for example SIN-2026-003. It never appears in an address or a file name.",
    )

    class Meta(SectionForm.Meta):
        fields = ["local_reference"]


class SafetyForm(forms.Form):
    """Day 0 asks first: is each group of children safe now, who checked, when, what was done."""

    is_concern = forms.BooleanField(
        label="A child may be in danger now", required=False,
        help_text="Tick this to send it to the duty person today. If a child is in immediate danger, ring 999 first.",
    )  # fmt: skip
    concern = LongText("What the worry is", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group, label in safety.GROUPS.items():
            self.fields[f"{group}_answer"] = ChoiceRadio(f"{label}: safe now?", list(safety.ANSWERS.items()), required=False)
            self.fields[f"{group}_checked_by"] = forms.CharField(label="Who checked", required=False, max_length=200)
            self.fields[f"{group}_checked_at"] = MomentField("When they checked", required=False)
            self.fields[f"{group}_what_was_done"] = LongText("What was done", rows=2)

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        parts = ("answer", "checked_by", "checked_at", "what_was_done")
        return [(label, [self[f"{group}_{part}"] for part in parts]) for group, label in safety.GROUPS.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_concern") and not cleaned.get("concern"):
            self.add_error("concern", "Say in a sentence what the worry is, so that the duty person can act.")
        for group in safety.GROUPS:
            if cleaned.get(f"{group}_answer") == "safe":
                if not cleaned.get(f"{group}_checked_by"):
                    self.add_error(f"{group}_checked_by", "Say who checked that they are safe.")
                if not cleaned.get(f"{group}_checked_at") and f"{group}_checked_at" not in self.errors:
                    self.add_error(f"{group}_checked_at", "Say when they checked.")
        return cleaned

    def answers(self) -> dict[str, dict[str, Any]]:
        """Only the groups that were answered."""
        parts = ("answer", "checked_by", "checked_at", "what_was_done")
        return {
            group: {part: self.cleaned_data[f"{group}_{part}"] for part in parts}
            for group in safety.GROUPS
            if self.cleaned_data.get(f"{group}_answer")
        }


class ConcernAnswerForm(forms.Form):
    what_was_done = LongText("What was done, by whom and when", rows=4, required=True)


class LegalTestForm(forms.Form):
    """The questions of section 16C, each answered in so many words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in section_16c.QUESTIONS:
            self.fields[question.code] = ChoiceRadio(question.text, YES_NO_NOT_KNOWN, required=False, hint=question.reference)
            self.fields[f"{question.code}_reason"] = forms.CharField(label="Why you say so", required=False, max_length=2000)

    def answers(self) -> dict[str, tuple[str, str]]:
        return {
            question.code: (self.cleaned_data[question.code], self.cleaned_data[f"{question.code}_reason"])
            for question in section_16c.QUESTIONS
            if self.cleaned_data[question.code]
        }


class ChildDetailsForm(forms.ModelForm):
    """How the incident touched this child; the identity is a form of the vault beside it."""

    outcome = ChoiceRadio("What happened to this child", choices("outcomes"))
    harm = ManyChoices("Kinds of harm", choices("harm_categories"), required=False, hint="Tick all that apply.")
    was_fatal_injury = ChoiceRadio("Was an injury fatal", YES_NO_NOT_KNOWN, required=False)
    is_long_term = ChoiceRadio("Is the harm likely to be long-term", YES_NO_NOT_KNOWN, required=False)
    social_care_status = forms.ChoiceField(label="Known to children’s social care at the time", required=False)
    protection_plan_category = forms.ChoiceField(label="Category of the child protection plan, if there was one", required=False)
    previous_protection_plan = ChoiceRadio("Earlier child protection plan", YES_NO_NOT_KNOWN, required=False)
    legal_status = forms.ChoiceField(label="Legal status", required=False)
    school_status = forms.ChoiceField(label="School or setting status", required=False)
    lives_in = forms.CharField(label="Local authority where the child lives, if not here", required=False, max_length=200)

    class Meta:
        model = IncidentChild
        fields = [
            "outcome", "harm", "was_fatal_injury", "is_long_term", "social_care_status", "protection_plan_category",
            "previous_protection_plan", "legal_status", "school_status", "lives_in",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("social_care_status", "protection_plan_category", "legal_status", "school_status"):
            self.fields[name].choices = [("", "Not recorded"), *choices(name)]


class SignificantPersonForm(forms.ModelForm):
    relationship = forms.ChoiceField(label="Relationship to the child")
    lives_with_child = ChoiceRadio("Lives with the child", YES_NO_NOT_KNOWN, required=False)
    has_parental_responsibility = ChoiceRadio("Has parental responsibility", YES_NO_NOT_KNOWN, required=False)
    is_suspected = ChoiceRadio("Suspected of causing harm", YES_NO_NOT_KNOWN, required=False)

    class Meta:
        model = SignificantPerson
        fields = ["relationship", "lives_with_child", "has_parental_responsibility", "is_suspected"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relationship"].choices = [("", "Choose a relationship"), *choices("relationships")]


class ProfessionalForm(forms.ModelForm):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", required=False, empty_label="Not in this list")

    class Meta:
        model = InvolvedProfessional
        fields = ["role", "agency", "other_agency", "name", "contact", "knew_whom"]
        help_texts = {"role": "For example “health visitor”.", "name": "Optional."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("agency") and not cleaned.get("other_agency"):
            self.add_error("agency", "Choose the agency, or write its name in the next box.")
        return cleaned


class ProceedingForm(forms.ModelForm):
    kind = forms.ChoiceField(label="Kind of proceedings")

    class Meta:
        model = ParallelProceeding
        fields = ["kind", "reference", "led_by", "stage"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choose a kind"), *choices("parallel_processes")]


class ConsultForm(forms.Form):
    """For each partner: whom to ask, and that this person has no connection with the child or family."""

    def __init__(self, *args: Any, incident: SeriousIncident, partners: dict[str, tuple[str, list[Account]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = list(partners)
        for role, (label, candidates) in partners.items():
            options = [(account.pk, f"{account.name}, {account.officer.job_title}") for account in candidates]
            self.fields[role] = ChoiceRadio(f"{label}: whom to ask", options, required=False)
            self.fields[f"{role}_confirmed"] = forms.BooleanField(
                label="I have checked that this person is not a subject, a relative or a line manager of anyone in this incident",
                required=False,
            )
        self.candidates = {account.pk: account for _, accounts in partners.values() for account in accounts}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [role for role in self.roles if cleaned.get(role)]
        for role in chosen:
            if not cleaned.get(f"{role}_confirmed"):
                self.add_error(
                    f"{role}_confirmed", "Check for a connection before anything is sent. If there is one, choose somebody else."
                )
        if not chosen and not self.errors:
            raise forms.ValidationError("Choose at least one person to ask.")
        return cleaned

    def ask(self) -> dict[str, Account]:
        return {role: self.candidates[self.cleaned_data[role]] for role in self.roles if self.cleaned_data.get(role)}


class ViewForm(forms.Form):
    view = ChoiceRadio("View", list(VIEWS.items()))
    reasons = LongText("Reasons", rows=4, required=True)
    how_received = forms.CharField(
        label="How it reached you",
        required=False,
        max_length=200,
        help_text="Only if you write down somebody else’s view: for example “by telephone at 10:20”.",
    )


class DecisionForm(forms.Form):
    decision = ChoiceRadio("Decision of the local authority", [("notify", "Notify"), ("not_notifiable", "Not notifiable")])
    notification_type = ConditionalChoice("If notify: what kind of notification")
    learning_route = ConditionalChoice("If not notifiable: where the learning goes")
    reasons = LongText("Reasons", rows=5, required=True, hint="They are kept as they are and can be read years from now.")

    def __init__(self, *args: Any, types: list[NotificationType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notification_type"].choices = [("", "Choose a kind"), *[(kind.value, kind.label) for kind in types]]
        self.fields["learning_route"].choices = [("", "Choose a route"), *choices("learning_routes")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "notify" and not cleaned.get("notification_type"):
            self.add_error("notification_type", "Say what kind of notification it is.")
        if cleaned.get("decision") == "not_notifiable" and not cleaned.get("learning_route"):
            self.add_error("learning_route", "Say where the learning goes, so that it is not lost.")
        return cleaned


class FamilyAndStaffForm(forms.ModelForm):
    police_view = ChoiceRadio(
        "Police view on contact with the family", FamilyAndStaff._meta.get_field("police_view").choices, required=False
    )
    coroner_view = ChoiceRadio(
        "Coroner’s view on contact with the family", FamilyAndStaff._meta.get_field("coroner_view").choices, required=False
    )
    social_work_view = ChoiceRadio(
        "Social work view on contact with the family", FamilyAndStaff._meta.get_field("social_work_view").choices, required=False
    )
    views_notes = LongText("What they said", rows=2)
    practitioner_support = LongText("Support for practitioners", rows=3, hint="What has been offered, to which teams, by whom.")
    press_line = LongText("Agreed press line", rows=3)

    class Meta:
        model = FamilyAndStaff
        fields = ["police_view", "coroner_view", "social_work_view", "views_notes", "liaison", "practitioner_support", "press_line"]


class FamilyContactForm(forms.ModelForm):
    happened_at = MomentField("When", time_required=False)
    what = LongText("What was said, by both", rows=4, required=True)

    class Meta:
        model = FamilyContact
        fields = ["happened_at", "told_by", "told_whom", "what"]


class TakeUpForm(forms.Form):
    how = LongText("What will be done, by whom and by when", rows=4, required=True)


class CourseForm(forms.Form):
    """Reopen or end an incident, with reasons."""

    reasons = LongText("Reasons", rows=4, required=True)
    told_on = DayField("Date the Panel or the other authority was told", required=False)

    def __init__(self, *args: Any, courses: list[SeriousIncidentStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wording = {SeriousIncidentStatus.UNDER_CONSIDERATION: "Consider it again: something new is known"}
        self.fields["to"] = ChoiceRadio("What changes", [(course.value, wording.get(course, course.label)) for course in courses])
        self.order_fields(["to", "reasons", "told_on"])
