"""Forms of a practice review."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.case_reviews.clock_forms import EMPTY_FILE
from sightline.partnership.case_reviews.models import FamilyPart, LetterOut, LineEvidence, LineOfEnquiry, ParallelPause, PracticeReview
from sightline.partnership.case_reviews.request_forms import CONFIRM_ROUTE, CONNECTION
from sightline.partnership.documents.inspection.findings import ALLOWED
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, MomentField
from sightline.procedures.practice_review import METHODS

SHORT: Final = {"inputmode": "decimal", "class": "govuk-input--width-5"}


def _file(label: str, *, required: bool = True) -> forms.FileField:
    return forms.FileField(label=label, required=required, max_length=None, help_text=ALLOWED, error_messages=EMPTY_FILE)


def _tick(label: str, *, required: bool = False, error: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=required, error_messages={"required": error or "Tick to confirm"})


def _number(label: str, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, widget=forms.TextInput(attrs=SHORT), **kwargs)


class ReviewerForm(forms.Form):
    """Who writes the review, and whether they are independent."""

    name = forms.CharField(label="Name", max_length=200)
    employer = forms.CharField(label="Employer", max_length=200, required=False)
    expertise = LongText("Expertise", rows=3)
    independent = ChoiceRadio("Does the reviewer declare that there is no connection with the agencies or the family",
                              [("yes", "Yes, none"), ("no", "No, there is a connection")])  # fmt: skip
    conflicts = LongText("What was declared", rows=3)
    appointed_on = DayField("Appointed by the partners on", required=True)
    contract_on = DayField("Contract signed on", required=False)
    fee = _number("Fee in pounds", max_digits=9, decimal_places=2)
    days = _number("Days agreed", max_digits=5, decimal_places=1)
    account = forms.ModelChoiceField(None, label="Account in Sightline", required=False, empty_label="No account",
                                     help_text="Lets the reviewer in to this case for three months.")  # fmt: skip

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts
        self.fields["account"].label_from_instance = lambda each: f"{each.name}, {each.agency}"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["is_independent"] = told.pop("independent", "") == "yes"
        return told


class OnForm(forms.Form):
    on = DayField("On", required=True)


class ReviewerEndForm(forms.Form):
    on = DayField("Removed on", required=True)
    because = LongText("Why", rows=3, required=True)


class TermsForm(forms.Form):
    """The terms of reference, which three partners sign."""

    purpose = LongText("Purpose", rows=4)
    called = forms.CharField(
        label="What the child is called in the review", max_length=100, required=False, help_text="For example Child A."
    )
    method = ChoiceRadio("Method", METHODS, required=False)
    method_reasons = LongText("Why this method", rows=3)
    budget = _number("Budget in pounds", max_digits=9, decimal_places=2)
    scope_from = DayField("It looks at the time from", required=False)
    scope_to = DayField("To", required=False)
    agencies_plan = LongText("Which agencies take part, and how", rows=3)
    family_plan = LongText("How the family takes part", rows=3)
    practitioner_plan = LongText("How practitioners take part", rows=3)
    parallel_plan = LongText("Proceedings beside it, and who speaks with whom", rows=3)
    press_plan = LongText("Press line and who speaks", rows=3)
    timetable = LongText("Timetable", rows=4)
    publication_plan = LongText("How it is to be published", rows=3)
    information_plan = LongText("How information is kept and shared", rows=3)

    @classmethod
    def initial_of(cls, review: PracticeReview) -> dict[str, Any]:
        return {name: getattr(review, name) for name in cls.base_fields}


class LineForm(forms.Form):
    question = LongText("Question", rows=3, required=True)
    theme = forms.CharField(label="Theme", max_length=60, required=False)


class FindingForm(LineForm):
    finding = LongText("Finding", rows=6)
    why_it_made_sense = LongText("Why it made sense at the time", rows=4, hint="What those who worked with the family knew and could do.")
    confidence = ChoiceRadio("How sure", LineOfEnquiry.CONFIDENCE, required=False)

    @classmethod
    def initial_of(cls, line: LineOfEnquiry) -> dict[str, Any]:
        return {name: getattr(line, name) for name in ("question", "theme", "finding", "why_it_made_sense", "confidence")}


class EvidenceForm(forms.Form):
    kind = ChoiceRadio("What it is", LineEvidence.KINDS)
    row = forms.ChoiceField(label="Row of the chronology", required=False)
    agency_report = forms.ModelChoiceField(None, label="Agency’s report", required=False)
    document = forms.ModelChoiceField(None, label="Document of this review", required=False)
    text = LongText("What it shows", rows=4, required=True)

    def __init__(self, *args: Any, rows: Any, reports: Any, documents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.pk: row for row in rows}
        self.fields["row"].choices = [("", "None"), *((row.pk, _row_in_brief(row)) for row in rows)]
        self.fields["agency_report"].queryset, self.fields["document"].queryset = reports, documents
        self.fields["agency_report"].label_from_instance = lambda each: str(each.agency)
        self.fields["document"].label_from_instance = lambda each: each.title

    def clean_row(self) -> Any:
        return self.rows.get(self.cleaned_data["row"])


def _row_in_brief(row: Any) -> str:
    return f"{row.date_from:%-d %B %Y}, {row.file.agency}, row {row.number}" if row.date_from else f"{row.file.agency}, row {row.number}"


class AskReportForm(forms.Form):
    """Which agency, whom there, by when; and that the person is not connected with the case."""

    officer = ChoiceRadio("Whom to ask")
    due_on = DayField("By", required=True)
    connection_checked = _tick(CONFIRM_ROUTE, required=True, error=CONNECTION)

    def __init__(self, *args: Any, routes: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers: dict[str, Officer] = {each.officer.pk: each.officer for each in routes}
        self.fields["officer"].choices = [(each.officer.pk, f"{each.officer.name}, {each.why}") for each in routes]

    def clean_officer(self) -> Officer:
        return self.officers[self.cleaned_data["officer"]]


class AgencyChoiceForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class ReceiveReportForm(forms.Form):
    received_on = DayField("Received on", required=True)
    author = forms.CharField(label="Who wrote it", max_length=200, help_text="By role, not by name.")
    independent = ChoiceRadio("Was the author involved in the case", [("yes", "No, not involved"), ("no", "Yes, involved")])
    file = _file("The report")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["author_independent"] = told.pop("independent", "") == "yes"
        return told


class QualityForm(forms.Form):
    quality_note = LongText("What the quality check found", rows=4)


class BecauseForm(forms.Form):
    because = LongText("Why", rows=3, required=True)


class EventForm(forms.Form):
    held_on = DayField("Held on", required=True)
    roles = LongText("Who took part, by role", rows=3, required=True, hint="For example two health visitors and a teacher. Never names.")
    headcount = forms.IntegerField(label="How many took part", required=False, min_value=1, widget=forms.TextInput(attrs=SHORT))
    notes = LongText("What was said, by nobody in particular", rows=6, hint="Nobody is quoted.")
    support_offered = LongText("Support that was offered", rows=3)


class FamilyForm(forms.Form):
    called = forms.CharField(label="Who, as the review calls them", max_length=100, help_text="For example mother of Child A.")
    invited_on = DayField("Asked on", required=False)
    how = LongText("How they were asked, and by whom", rows=3)
    response = ChoiceRadio("What they answered", FamilyPart.RESPONSES, required=False)
    response_reasons = LongText("If they are not asked: why, and who advised it", rows=3)
    views = LongText("What they said", rows=5)
    support = LongText("Support that was offered", rows=3)
    report_shown_on = DayField("Saw the report before it was published on", required=False)
    their_comment = LongText("What they said of it", rows=3)

    @classmethod
    def initial_of(cls, part: FamilyPart | None) -> dict[str, Any]:
        return {name: getattr(part, name) for name in cls.base_fields} if part else {}


class _WithLetter(forms.Form):
    """A form with a letter of the case."""

    def __init__(self, *args: Any, letters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].queryset = letters
        self.fields["letter"].label_from_instance = lambda each: f"{each.title}, {each.sent_at:%-d %B %Y}"


def _letter(*, required: bool) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(LetterOut.objects.none(), label="Letter by which the National Panel was told", required=required,
                                  help_text="Letters are recorded under “What went out” of the case.")  # fmt: skip


class PauseForm(_WithLetter):
    kind = ChoiceRadio("For which proceedings", ParallelPause.KINDS)
    reasons = LongText("Who asked for it, and why", rows=4, required=True)
    since = DayField("Publication waits since", required=True)
    look_again_on = DayField("To be looked at again on", required=True)
    letter = _letter(required=False)


class KeepPauseForm(_WithLetter):
    look_again_on = DayField("To be looked at again on", required=True)
    letter = _letter(required=False)


class EndPauseForm(forms.Form):
    on = DayField("Ended on", required=True)
    because = LongText("How it ended, or who agreed", rows=3, required=True)


class LateForm(_WithLetter):
    reasons = LongText("Why it is late, as the National Panel was told", rows=5, required=True)
    letter = _letter(required=True)


class DraftForm(forms.Form):
    file = _file("The draft")
    given_on = DayField("Given by the reviewer on", required=True)
    note = LongText("What changed", rows=3)
    is_final = _tick("The reviewer calls it final")
    has_summary = _tick("It holds a summary of the improvements recommended")
    has_why = _tick("It holds an analysis of systemic and underlying reasons")


class AskAccuracyForm(forms.Form):
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", required=False)
    who = forms.CharField(label="Or who else", max_length=200, required=False, help_text="For example legal adviser, coroner, prosecutor.")
    due_on = DayField("By", required=True)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class AccuracyForm(forms.Form):
    answered_on = DayField("Answered on", required=False)
    comments = LongText("What they say is not right", rows=5)
    resolution = LongText("What was done with it", rows=4, hint="Or what was done because no answer came.")


class PlanForm(forms.Form):
    planned_on = DayField("To be published on", required=False)
    consulted = LongText("Who was asked: police, prosecutors, coroner, family, legal, press office", rows=4)
    reasons = LongText("If it is not to be published: why", rows=4)
    improvements = LongText("If it is not to be published: the improvements that are published instead", rows=6)


class NoticeForm(forms.Form):
    sent_at = MomentField("When the full report was sent", time_required=True)
    how = ChoiceRadio("How it was sent", LetterOut.HOW)
    planned_on = DayField("To be published on", required=False)
    proof = _file("Proof of sending", required=False)
    recipient_confirmed = _tick(
        "A second person has checked the recipients", required=True, error="Have a second person check the recipients, then tick."
    )


class PublishForm(forms.Form):
    published_on = DayField("Published on", required=True)
    where = forms.CharField(label="Where it is published", max_length=300)


class DeferForm(_WithLetter):
    reasons = LongText("Who asked that it is put off, and why", rows=4, required=True)
    decided_on = DayField("Decided on", required=True)
    look_again_on = DayField("To be looked at again on", required=True)
    letter = _letter(required=True)


class NotPublishForm(forms.Form):
    decided_on = DayField("Decided on", required=True)
    improvements_published_on = DayField("Improvements published on", required=True)
    where = forms.CharField(label="Where the improvements are published", max_length=300)
