"""Forms about who may see a matter."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.partnership.accounts.models import Account, RoleHolding
from sightline.partnership.agencies.models import Agency, Officer
from sightline.partnership.need_to_know.access import may_hold_clearance
from sightline.partnership.need_to_know.models import Matter
from sightline.partnership.need_to_know.models.break_glass import SHORTEST_REASON, Emergency, Finding
from sightline.partnership.need_to_know.models.exclusion_entry import Connection
from sightline.partnership.need_to_know.workflow.grants import grantable_kinds
from sightline.partnership.pages.fields import ChoiceRadio, DayField, LongText, ManyChoices, PostcodeField
from sightline.procedures.access.allow import SEALS, Asker, Thing, allow
from sightline.procedures.access.matrix import MATRIX

MEMBER_ROLES = [role for role in MATRIX.role_by_code if allow(Asker(role), "L", "K2", Thing(member=True))]
GRANTEE_ROLES = [role for role in MATRIX.role_by_code if grantable_kinds([role])]


class PersonChoice(forms.ModelChoiceField):
    """One person who signs in, with their agency."""

    def label_from_instance(self, account: Account) -> str:
        return f"{account.name}, {account.agency}" if account.agency else account.name


class PeopleChoice(forms.ModelMultipleChoiceField):
    """Several people who sign in."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, account: Account) -> str:
        return account.name


def people_with(roles: Collection[str]) -> QuerySet[Account]:
    """Active accounts that hold one of these roles today."""
    holdings = RoleHolding.objects.in_force(timezone.localdate()).filter(role__in=list(roles))
    return (
        Account.objects.active().filter(pk__in=holdings.values("account")).select_related("officer__agency")
        .order_by("officer__agency__name", "officer__name", "known_as")
    )  # fmt: skip


class MemberForm(forms.Form):
    account = PersonChoice(queryset=Account.objects.none(), label="Who needs to know", empty_label="Choose a person")
    purpose = forms.CharField(
        max_length=200, label="Why they need to know",
        help_text="For example: writes the school’s return. Members see it beside the name.",
        error_messages={"required": "Say why this person needs to know."},
    )  # fmt: skip
    capacity = forms.CharField(
        max_length=60, required=False, label="Their part in the matter", help_text="For example: panel member, author, legal adviser."
    )
    valid_from = DayField("First day", required=False, hint="Leave empty for today.")
    valid_to = DayField("Last day", required=False, hint="Leave empty if it is not known yet. You can end it at any time.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = people_with(MEMBER_ROLES)


class GrantForm(forms.Form):
    account = PersonChoice(queryset=Account.objects.none(), label="Who is let in for a limited time", empty_label="Choose a person")
    purpose = forms.CharField(
        max_length=200, label="What they need it for", error_messages={"required": "Say what this person needs the access for."}
    )
    kinds = ManyChoices(
        "What they may open", [(code, MATRIX.kind_by_code[code].name) for code in grantable_kinds()],
        hint="Choose as little as will do. Some of these may not fit the person’s role.",
    )  # fmt: skip
    valid_to = DayField("Last day", hint="At most 90 days ahead. It can be renewed twice.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = people_with(GRANTEE_ROLES)


class RenewForm(forms.Form):
    valid_to = DayField("New last day", hint="At most 90 days from today.")


class ReasonForm(forms.Form):
    """One box: why."""

    reason = LongText("Why", rows=3, required=True)

    def __init__(self, *args: Any, label: str = "Why", hint: str = "", max_length: int = 2000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.max_length = label, hint, max_length
        field.error_messages["required"] = "Give your reason."


class ConflictForm(forms.Form):
    person = forms.ChoiceField(label="Who is connected with the matter")
    reason = LongText(
        "How they are connected", rows=3, required=True,
        hint="For example: the child’s aunt. Only those who look after conflicts of interest read this.",
    )  # fmt: skip

    def __init__(self, *args: Any, by: Account, agency: Agency | None = None, **kwargs: Any) -> None:
        """`agency` limits the choice to one agency's people."""
        super().__init__(*args, **kwargs)
        officers = Officer.objects.in_force(timezone.localdate()).select_related("agency").order_by("agency__name", "name")
        accounts = Account.objects.filter(officer__isnull=True).exclude(pk=by.pk).order_by("known_as")
        if by.officer_id:
            officers = officers.exclude(pk=by.officer_id)
        if agency is not None:
            officers, accounts = officers.filter(agency=agency), accounts.none()
        self.people: dict[str, dict[str, Any]] = {f"officer:{officer.pk}": {"officer": officer} for officer in officers}
        self.people |= {f"account:{account.pk}": {"account": account} for account in accounts}
        labels = {f"officer:{officer.pk}": f"{officer}, {officer.agency}" for officer in officers}
        labels |= {f"account:{account.pk}": account.name for account in accounts}
        self.fields["person"].choices = [("", "Choose a person"), *labels.items()]

    def clean_person(self) -> dict[str, Any]:
        return self.people[self.cleaned_data["person"]]


class AgencySealForm(forms.Form):
    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), label="Agency to be kept out", empty_label="Choose an agency")
    reason = LongText("Why the agency is kept out", rows=3, required=True)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sealed = matter.agency_seals.live().values("agency")
        self.fields["agency"].queryset = Agency.objects.in_force(timezone.localdate()).exclude(pk__in=sealed)


class NamedPersonForm(forms.Form):
    account = PersonChoice(queryset=Account.objects.none(), label="Who keeps access", empty_label="Choose a person")

    def __init__(self, *args: Any, seal: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept_out = Q(officer__agency=seal.agency) | Q(pk__in=seal.kept_out.all())
        named = seal.named.values("pk")
        self.fields["account"].queryset = (
            Account.objects.active().filter(kept_out).exclude(pk__in=named).select_related("officer__agency").order_by("officer__name")
        )


class ClearanceForm(forms.Form):
    account = PersonChoice(queryset=Account.objects.none(), label="Who is cleared", empty_label="Choose a person")
    seal = ChoiceRadio("What they may open", list(SEALS.items()))
    reason = forms.CharField(max_length=300, label="Why they need it", error_messages={"required": "Say why this person needs it."})
    valid_to = DayField("Last day", required=False, hint="Leave empty if it is not known yet.")

    def __init__(self, *args: Any, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in MATRIX.role_by_code if any(may_hold_clearance(role, seal) for seal in SEALS)]
        self.fields["account"].queryset = people_with(roles).exclude(pk=by.pk)


class EmergencyForm(forms.Form):
    category = ChoiceRadio("What kind of emergency is it?", Emergency.choices)
    reason = LongText(
        "What has happened, and what do you need to find out?", rows=4, required=True, min_length=SHORTEST_REASON,
        hint=f"At least {SHORTEST_REASON} characters. The officers who review this will read it.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["min_length"] = f"Say what the emergency is in at least {SHORTEST_REASON} characters."


class ReviewForm(forms.Form):
    finding = ChoiceRadio("Was it justified?", Finding.choices)
    notes = LongText("What you found", rows=4, required=True)


class StatementForm(forms.Form):
    """The statement before a matter is first opened; its words say nothing about the matter."""

    position = ChoiceRadio("Your statement")

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["position"]
        field.choices = [
            (
                "none",
                f"I have no personal connection with any child, family or professional in matter {reference}; my exclusion list is current",
            ),
            ("connected", f"I have, or may have, a personal connection with somebody in matter {reference}"),
        ]
        field.error_messages["required"] = "Choose the statement that is true."


class ExclusionForm(forms.Form):
    connection = ChoiceRadio("What is the connection?", Connection.choices)
    given_name = forms.CharField(max_length=150, required=False, label="First names")
    family_name = forms.CharField(max_length=150, required=False, label="Family name")
    also_known_as = forms.CharField(
        max_length=300, required=False, label="Other names", help_text="A name before marriage, or what people call them."
    )
    born_on = DayField("Date of birth", required=False)
    first_line = forms.CharField(max_length=200, required=False, label="House number and street")
    postcode = PostcodeField(required=False)

    def clean(self) -> dict[str, Any]:
        """Say beside the field what is missing, so that an entry can be told from other people of the same name."""
        typed = super().clean()
        if typed.get("connection") == Connection.PLACE:
            if not typed.get("postcode") and "postcode" not in self.errors:
                self.add_error("postcode", "Enter the postcode of the address.")
            return typed
        for name, words in (("given_name", "first name"), ("family_name", "family name")):
            if "connection" in typed and not typed.get(name, "").strip():
                self.add_error(name, f"Enter the person’s {words}.")
        if "connection" in typed and not (typed.get("born_on") or typed.get("postcode")) and not {"born_on", "postcode"} & set(self.errors):
            self.add_error("born_on", "Enter a date of birth or a postcode, so that nobody else of that name is meant.")
        return typed
