"""Forms of a meeting before it is held: when and where, agenda, papers, who comes, interests."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.partnership.agencies.models import Officer, PartnerRole
from sightline.partnership.meetings.models import AgendaItem, Attendance, Declaration, Meeting
from sightline.partnership.meetings.models.agenda_item import PARTS
from sightline.partnership.meetings.workflow.inviting import Invited
from sightline.partnership.pages.fields import ChoiceRadio, LongText, ManyChoices, MomentField
from sightline.procedures.meeting import quorum_rules

NUMBER = {"inputmode": "numeric", "class": "govuk-input--width-3"}
NOT_LET_IN = " (not a member of this review yet)"
OF_A_REVIEW = ("panel", "practitioner_event", "extraordinary")


def _named(officers: Iterable[Officer]) -> list[tuple[str, str]]:
    return [(officer.pk, f"{officer.name}, {officer.job_title}, {officer.agency}") for officer in officers]


def items_to_choose(items: Mapping[str, AgendaItem], none: str) -> list[tuple[str, str]]:
    """The items of an agenda as a choice, after the words for none of them."""
    return [("", none), *((pk, f"{item.position}. {item.title}") for pk, item in items.items())]


class MeetingForm(forms.Form):
    """When, where and how a meeting is held."""

    title = forms.CharField(label="Title", max_length=200, help_text="It is shown in lists and printed. It says nothing about a child.")
    starts_at = MomentField("Starts", time_required=True, required=True)
    ends_at = MomentField("Ends", time_required=True, required=False)
    mode = ChoiceRadio("How it is held", Meeting.MODES)
    place = forms.CharField(label="Place", max_length=300, required=False)
    joining_link = forms.URLField(
        label="Link to join", max_length=500, required=False, assume_scheme="https", help_text="For whoever comes by video or telephone."
    )
    chair = forms.ChoiceField(label="Who takes the chair", required=False)
    quorum_rule = ChoiceRadio("Quorum", [(rule.code, rule.title) for rule in quorum_rules()])
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, officers: Iterable[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {officer.pk: officer for officer in officers}
        self.fields["chair"].choices = [("", "Not known yet"), *_named(self.officers.values())]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        starts, ends = told.get("starts_at"), told.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "The end must be after the start")
        told["chair"] = self.officers.get(told.get("chair", ""))
        return told

    @property
    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "kind", "body")}

    @classmethod
    def initial_of(cls, meeting: Meeting) -> dict[str, Any]:
        return {name: getattr(meeting, f"{name}_id" if name == "chair" else name) for name in cls.base_fields}


class PlanForm(MeetingForm):
    """A meeting that is called for a review."""

    kind = ChoiceRadio("What sort of meeting", [pair for pair in Meeting.KINDS if pair[0] in OF_A_REVIEW])
    body = forms.ChoiceField(label="Whose meeting it is", required=False, help_text="The people in its seats on that day are offered.")
    field_order = ("kind", "body", "title")

    def __init__(self, *args: Any, bodies: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in bodies}
        self.fields["body"].choices = [("", "No body: only those whom I invite"), *((pk, body.name) for pk, body in self.bodies.items())]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        told["body"] = self.bodies.get(told.get("body", ""))
        return told


class CancelForm(forms.Form):
    because = LongText("Why the meeting is cancelled", rows=3, required=True, hint="Those who were invited are told that it is cancelled.")


class InviteForm(forms.Form):
    """People by seat, and people of the review who hold none."""

    seated = ManyChoices("From the seats of the body", required=False)
    others = ManyChoices(
        "From the people of this review", required=False, hint="They come without a seat, for example to present a report."
    )
    anybody = forms.ChoiceField(
        label="Somebody else of an agency", required=False,
        help_text="They are not a member of this review. Nothing reaches them until they are made one, which the next page offers.",
    )  # fmt: skip
    capacity = ChoiceRadio(
        "Those without a seat come as", [pair for pair in Attendance.CAPACITIES if pair[0] not in ("chair", "vice_chair")],
        required=False,
    )  # fmt: skip
    speaks_for = forms.ChoiceField(
        label="Those without a seat speak for", required=False, choices=[("", "No safeguarding partner"), *PartnerRole.choices],
        help_text="Quorum needs somebody who speaks for each of the three.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, offered: list[Invited], others: list[Officer], anybody: Iterable[Officer] = (),
        outside: Iterable[str] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.offered, members, outside = {each.officer.pk: each for each in offered}, {each.pk: each for each in others}, set(outside)
        anybody = {each.pk: each for each in anybody}
        self.free = members | anybody
        self.fields["seated"].choices = [
            (pk, f"{each.seat.title}: {each.officer.name}, {each.officer.agency}{NOT_LET_IN if pk in outside else ''}")
            for pk, each in self.offered.items()
            if each.seat
        ]
        self.fields["others"].choices = _named(others)
        by_agency: dict[str, list[tuple[str, str]]] = {}
        for pk, each in anybody.items():
            by_agency.setdefault(each.agency.name, []).append((pk, str(each)))
        self.fields["anybody"].choices = [("", "Nobody else"), *by_agency.items()]
        self.fields["capacity"].initial = "in_attendance"
        for name, choices in (("seated", self.offered), ("others", members), ("anybody", anybody)):
            if not choices:
                del self.fields[name]
        if not self.free:
            del self.fields["capacity"], self.fields["speaks_for"]

    def people(self) -> list[Invited]:
        told = self.cleaned_data
        capacity = told.get("capacity") or "in_attendance"
        free = [
            Invited(self.free[pk], None, capacity, told.get("speaks_for", ""), receives_restricted=capacity != "observer")
            for pk in [*told.get("others", []), *filter(None, [told.get("anybody")])]
        ]
        return [self.offered[pk] for pk in told.get("seated", [])] + free


class LetInForm(forms.Form):
    """Why somebody who is asked to a meeting needs to know of its matter."""

    purpose = forms.CharField(
        max_length=200, label="Why they need to know", help_text="For example: presents the hospital’s answer. Members see it.",
        error_messages={"required": "Say why this person needs to know of the review"},
    )  # fmt: skip


class TakeOffForm(forms.Form):
    because = LongText("Why they need not come", rows=2, required=True)


class AnswerForm(forms.Form):
    """Coming, apologies, and who comes instead."""

    answer = ChoiceRadio("Can you come?", [("coming", "I am coming"), ("apologies", "I cannot come")])
    deputy = forms.ChoiceField(label="If you cannot: who comes in your place", required=False)
    note = forms.CharField(label="Anything to add", max_length=300, required=False, help_text="For example, that you leave early.")

    def __init__(self, *args: Any, deputies: list[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deputies = {officer.pk: officer for officer in deputies}
        self.fields["deputy"].choices = [("", "Nobody"), *_named(deputies)]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == "coming" and told.get("deputy"):
            self.add_error("deputy", "Choose nobody if you are coming yourself")
        told["deputy"] = self.deputies.get(told.get("deputy", ""))
        return told


class DeclareForm(forms.Form):
    """Whether somebody has an interest in what the meeting talks about."""

    has_interest = ChoiceRadio(
        "Do you have an interest in anything that this meeting talks about?",
        [("no", "No, I have none"), ("yes", "Yes, or I am not sure")],
        hint="For example: you know the family, you manage somebody who worked with them, or your own work is looked at.",
    )
    about = LongText("If yes: what is it?", rows=3, hint="One sentence is enough. The chair decides what follows.")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["has_interest"] = told.get("has_interest") == "yes"
        if told["has_interest"] and not told.get("about", "").strip():
            self.add_error("about", "Say what the interest is")
        return told


class InterestOutcomeForm(forms.Form):
    """What follows from a declared interest."""

    outcome = ChoiceRadio("What follows", Declaration.OUTCOMES)
    item = forms.ChoiceField(label="If for one item: which", required=False)
    note = LongText("Why", rows=2)

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.fields["item"].choices = items_to_choose(self.items, "No item")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["item"] = self.items.get(told.get("item", ""))
        if told.get("outcome") == "leaves_item" and told["item"] is None:
            self.add_error("item", "Choose the item for which they leave")
        if told.get("outcome") != "leaves_item":
            told["item"] = None
        return told


class ItemForm(forms.Form):
    """One item of the agenda."""

    title = forms.CharField(label="Title", max_length=200, help_text="It says nothing about a child.")
    purpose = ChoiceRadio("What it is for", AgendaItem.PURPOSES)
    part = ChoiceRadio("Which part of the meeting", PARTS)
    presenter = forms.ChoiceField(label="Who introduces it", required=False)
    minutes_allowed = forms.IntegerField(
        label="Minutes set aside", min_value=1, max_value=480, required=False, widget=forms.TextInput(attrs=NUMBER)
    )
    position = forms.IntegerField(
        label="Place on the agenda", min_value=1, max_value=200, required=False, widget=forms.TextInput(attrs=NUMBER)
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, officers: Iterable[Officer], is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {officer.pk: officer for officer in officers}
        self.fields["presenter"].choices = [("", "Not said"), *_named(self.officers.values())]
        if is_new:
            del self.fields["position"], self.fields["version"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["presenter"] = self.officers.get(told.get("presenter", ""))
        return told

    @classmethod
    def initial_of(cls, item: AgendaItem) -> dict[str, Any]:
        return {name: getattr(item, f"{name}_id" if name == "presenter" else name) for name in cls.base_fields}


class ReplacePaperForm(forms.Form):
    """A newer version of a paper."""

    file = forms.FileField(label="File", required=False)
    pages = forms.IntegerField(
        label="Number of pages of the file", min_value=1, max_value=500, required=False, widget=forms.TextInput(attrs=NUMBER)
    )
    text = LongText("Or the text of the paper", rows=10)
    because = forms.CharField(label="Why it is replaced, and what is new", max_length=300)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("file")) == bool(told.get("text", "").strip()) and "file" not in self.errors:
            self.add_error("file", "Choose a file, or write the text: one of the two")
        if told.get("file") and not told.get("pages") and "pages" not in self.errors:
            self.add_error("pages", "Enter how many pages the file has, so that the pack can be numbered")
        return told


class PaperForm(ReplacePaperForm):
    """A paper of the pack, with its cover."""

    because = None
    title = forms.CharField(label="Title of the paper", max_length=200, help_text="It says nothing about a child.")
    item = forms.ChoiceField(label="For which item", required=False)
    part = ChoiceRadio("Which part of the meeting", PARTS)
    purpose = LongText("What the paper is for", rows=2)
    decision_wanted = LongText("What is to be decided", rows=2)
    impact_on_children = LongText("What it means for children", rows=2)
    equality = LongText("What it means for equality", rows=2)
    late_because = forms.CharField(label="Why it comes late", max_length=300)
    field_order = ("title", "item", "part", "file", "pages", "text")

    def __init__(self, *args: Any, items: Iterable[AgendaItem], is_late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.fields["item"].choices = items_to_choose(self.items, "The meeting as a whole")
        self.fields["part"].initial = "restricted"
        if not is_late:
            del self.fields["late_because"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        told["item"] = self.items.get(told.get("item", ""))
        return told
