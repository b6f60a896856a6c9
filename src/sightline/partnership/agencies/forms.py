"""The forms of the directory: one a kind of entry, all built the same way from its model."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from sightline.partnership.agencies.models import (
    Absence,
    Agency,
    Appointment,
    Body,
    Delegation,
    DutyTurn,
    Officer,
    PartnerRole,
    Partnership,
    ProclaimedHoliday,
    RelevantAgencyListing,
    SchoolTerm,
    Seat,
    SharingAgreement,
    SharingPurpose,
    Ward,
)
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; nothing when the page is only opened."""
    return request.POST if request.method == "POST" else None


def field_for(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field: dates in three boxes, long text in a tall one, choices of entries that still hold."""
    shown = {"label": str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:], "help_text": field.help_text}
    if isinstance(field, models.DateField):
        return DayField(required=not field.blank, **shown)
    if isinstance(field, models.TextField):
        return LongText(required=not field.blank, **shown)
    built = field.formfield(**kwargs)
    if built is not None:
        built.label = shown["label"]
    if isinstance(built, forms.ModelChoiceField) and not isinstance(built, forms.ModelMultipleChoiceField):
        built.empty_label = "Choose one" if built.required else "Nobody or none"
    return built


class EntryForm(forms.ModelForm):
    """A form of the directory; people and agencies that have ended are not offered, unless the entry already names them."""

    class Meta:
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and hasattr(field.queryset, "in_force"):
                held = getattr(self.instance, f"{name}_id", None) if self.instance.pk else None
                manager = field.queryset.model.objects
                field.queryset = (manager.in_force(today) | manager.filter(pk=held)).distinct()

    def changed_values(self) -> dict[str, Any]:
        """What the form would set, without related sets, which are saved apart."""
        many = {field.name for field in self._meta.model._meta.many_to_many}
        return {name: value for name, value in self.cleaned_data.items() if name not in many}

    def related(self) -> dict[str, Any]:
        many = {field.name for field in self._meta.model._meta.many_to_many}
        return {name: value for name, value in self.cleaned_data.items() if name in many}


class PartnershipForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Partnership
        fields = [
            "name",
            "short_name",
            "area",
            "front_door_name",
            "front_door_phone",
            "out_of_hours_phone",
            "contact_name",
            "contact_email",
            "contact_phone",
            "arrangements_live_on",
        ]


class WardForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Ward
        fields = ["name", "code", "valid_from", "valid_to"]


class AgencyForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Agency
        fields = [
            "name",
            "short_name",
            "sector",
            "safeguarding_lead",
            "alternate_officer",
            "named_executive",
            "out_of_term_contact",
            "valid_from",
            "valid_to",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("safeguarding_lead", "alternate_officer", "named_executive"):
            if self.instance._state.adding:
                del self.fields[name]
            else:
                self.fields[name].queryset = self.fields[name].queryset.filter(agency=self.instance)


class OfficerForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Officer
        fields = ["name", "job_title", "agency", "email", "phone", "valid_from", "valid_to"]


class ListingForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = RelevantAgencyListing
        fields = ["agency", "schedule_type", "paragraph", "why_chosen", "valid_from", "valid_to"]


class BodyForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Body
        fields = ["name", "short_name", "kind", "purpose", "reports_to", "valid_from", "valid_to"]


class SeatForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Seat
        fields = ["body", "title", "capacity", "partner_role", "agency", "valid_from", "valid_to"]


class AppointmentForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Appointment
        fields = ["seat", "officer", "is_deputy", "valid_from", "valid_to"]


class AgreementForm(EntryForm):
    purposes = ManyChoices(label="What may be shared for", choices=SharingPurpose.choices)

    class Meta(EntryForm.Meta):
        model = SharingAgreement
        fields = ["title", "parties", "purposes", "signed_on", "where_kept", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].label = "Expires on"
        self.fields["valid_to"].required = True
        self.fields["parties"].widget = forms.CheckboxSelectMultiple(choices=self.fields["parties"].choices)


class DutyTurnForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = DutyTurn
        fields = ["officer", "cover", "valid_from", "valid_to"]


class AbsenceForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Absence
        fields = ["officer", "cover", "valid_from", "valid_to"]


class DelegationForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = Delegation
        fields = ["partner_role", "delegated_by", "officer", "minute", "valid_from", "valid_to"]


class HolidayForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = ProclaimedHoliday
        fields = ["held_on", "name", "proclaimed_on", "source"]


class SchoolTermForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = SchoolTerm
        fields = ["name", "academic_year", "valid_from", "valid_to"]


class EndForm(forms.Form):
    """The last day of an entry."""

    on = DayField(label="Last day", help_text="The last day on which this is true.")


class OnForm(forms.Form):
    """As it was on which day."""

    on = DayField(label="As it was on", required=False, help_text="For example 10 3 2021. Leave empty for today.")


class ReplacePartnerForm(forms.Form):
    """Which agency becomes the safeguarding partner of a kind, and from when."""

    partner_role = ChoiceRadio(label="Which partner", choices=PartnerRole.choices)
    agency = forms.ModelChoiceField(label="Agency", queryset=Agency.objects.none(), empty_label="Choose one")
    valid_from = DayField(label="From", help_text="The partner before it ends the day before.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(succeeded_by=None)


class SucceedForm(forms.Form):
    """Which agency follows another one, and the other one's last day."""

    successor = forms.ModelChoiceField(label="Succeeded by", queryset=Agency.objects.none(), empty_label="Choose one")
    last_day = DayField(label="Last day of the agency that ends")

    def __init__(self, *args: Any, ending: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Agency.objects.exclude(pk=ending.pk)


class RenameForm(forms.Form):
    """The partnership's new name."""

    name = forms.CharField(label="New name", max_length=200)
    short_name = forms.CharField(label="New short name", max_length=40)
    valid_from = DayField(label="From", help_text="The first day of the new name.")
